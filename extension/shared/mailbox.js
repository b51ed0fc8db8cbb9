// SPDX-License-Identifier: MPL-2.0
// Small readings of mailbox text, for showing and for the degraded page. No verdict rests on
// them: whether an address is right is for the host alone to say.

/**
 * Splits `Name <address>`. Text without angle brackets is all address.
 *
 * @param {string} text one mailbox in display form
 */
export function splitMailbox(text) {
  const match = /^(.*)<([^<>]*)>\s*$/su.exec(text);
  if (!match) {
    return { name: '', address: text.trim() };
  }
  const name = match[1].trim().replace(/^"(.*)"$/su, '$1').replace(/\\(.)/gsu, '$1');
  return { name, address: match[2].trim() };
}

/**
 * Display form of one mailbox.
 *
 * @param {string} name
 * @param {string} address
 */
export function joinMailbox(name, address) {
  if (!name) {
    return address;
  }
  const plain = /^[\p{L}\p{M}\p{N} '\-_/!#$%&*+=?^`{|}~]+$/u.test(name);
  const shown = plain ? name : `"${name.replace(/(["\\])/gu, '\\$1')}"`;
  return `${shown} <${address}>`;
}

/**
 * What stands after the last `@` outside quotes, as lower-case A-label; empty where there is none
 * or it cannot be a domain.
 *
 * @param {string} address
 */
export function domainOf(address) {
  let quoted = false;
  let at = -1;
  for (let i = 0; i < address.length; i += 1) {
    if (address[i] === '\\') {
      i += 1;
    } else if (address[i] === '"') {
      quoted = !quoted;
    } else if (address[i] === '@' && !quoted) {
      at = i;
    }
  }
  return at < 0 ? '' : asciiDomain(address.slice(at + 1));
}

/**
 * @param {string} domain in either form
 * @returns {string} lower-case A-labels, or empty
 */
export function asciiDomain(domain) {
  // What a URL reader would silently drop or take for another part is no domain.
  if (!domain || /[\s/?#@:\\%\[\]<>^|\p{Cc}\p{Cf}]/u.test(domain)) {
    return '';
  }
  if (/^[a-z0-9.-]+$/iu.test(domain) && !/xn--/iu.test(domain)) {
    return domain.toLowerCase();
  }
  try {
    return new URL(`http://${domain}/`).hostname;
  } catch {
    return '';
  }
}

/**
 * A domain with its A-labels in Unicode (RFC 3492), for showing only; labels that do not decode
 * stay as they are.
 *
 * @param {string} domain
 */
export function unicodeDomain(domain) {
  return domain.split('.').map((label) => {
    return /^xn--/iu.test(label) ? decodeLabel(label.slice(4).toLowerCase()) ?? label : label;
  }).join('.');
}

/**
 * An address with its domain in Unicode, for showing only.
 *
 * @param {string} address
 */
export function unicodeAddress(address) {
  const at = address.lastIndexOf('@');
  return at < 0 ? address : address.slice(0, at + 1) + unicodeDomain(address.slice(at + 1));
}

/**
 * @param {number} delta
 * @param {number} points
 * @param {boolean} first
 */
function adapt(delta, points, first) {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / points);
  let k = 0;
  while (rest > 455) {
    rest = Math.floor(rest / 35);
    k += 36;
  }
  return k + Math.floor((36 * rest) / (rest + 38));
}

/**
 * @param {string} letter
 * @returns {number} 36 where it is no digit of punycode
 */
function digitOf(letter) {
  if (/^[a-z]$/u.test(letter)) {
    return letter.charCodeAt(0) - 97;
  }
  return /^[0-9]$/u.test(letter) ? letter.charCodeAt(0) - 22 : 36;
}

/**
 * @param {string} text one label without its `xn--`
 * @returns {string | null}
 */
function decodeLabel(text) {
  const split = text.lastIndexOf('-');
  const out = split > 0 ? [...text.slice(0, split)].map((c) => c.charCodeAt(0)) : [];
  let code = 128;
  let index = 0;
  let bias = 72;
  for (let at = split + 1; at < text.length;) {
    const before = index;
    for (let weight = 1, k = 36; ; k += 36) {
      const digit = at < text.length ? digitOf(text[at]) : 36;
      at += 1;
      if (digit >= 36) {
        return null;
      }
      index += digit * weight;
      const limit = Math.min(26, Math.max(1, k - bias));
      if (digit < limit) {
        break;
      }
      weight *= 36 - limit;
    }
    bias = adapt(index - before, out.length + 1, before === 0);
    code += Math.floor(index / (out.length + 1));
    index %= out.length + 1;
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
      return null;
    }
    out.splice(index, 0, code);
    index += 1;
  }
  // A label of plain ASCII would not have been encoded.
  return out.some((one) => one > 127) ? String.fromCodePoint(...out) : null;
}
