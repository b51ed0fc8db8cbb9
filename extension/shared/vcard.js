// SPDX-License-Identifier: MPL-2.0
// The address that Thunderbird writes to when a contact is picked or stands in a list (RFC 6350).

/**
 * @param {string} vCard
 * @returns {string[]} its lines, unfolded
 */
function lines(vCard) {
  return vCard.replace(/\r?\n[ \t]/gu, '').split(/\r?\n/u);
}

/**
 * @param {string} value
 */
function unescape(value) {
  return value.replace(/\\([\\,;nN])/gu, (_, c) => (c === 'n' || c === 'N' ? '\n' : c));
}

/**
 * Splits `group.NAME;PARAM=VALUE:value`; a colon inside a quoted parameter is none.
 *
 * @param {string} line
 */
function property(line) {
  const match = /^((?:[^":;]+\.)?)([^":;.]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)$/su.exec(line);
  return match && { name: match[2].toUpperCase(), params: match[3], value: unescape(match[4]) };
}

/**
 * The contact's preferred address: the lowest PREF, else the first, as Thunderbird takes it.
 *
 * @param {string} vCard
 * @returns {string} empty where the contact has none
 */
export function preferredEmail(vCard) {
  let best = '';
  let rank = Infinity;
  let next = 101;
  for (const line of lines(vCard)) {
    const found = property(line);
    if (found?.name !== 'EMAIL' || !found.value.trim()) {
      continue;
    }
    const pref = Number(/;PREF="?(\d+)"?/iu.exec(found.params)?.[1] ?? 0) || next++;
    if (pref < rank) {
      rank = pref;
      best = found.value.trim();
    }
  }
  return best;
}

/**
 * All addresses of the contact.
 *
 * @param {string} vCard
 */
export function emails(vCard) {
  return lines(vCard).map(property).filter((found) => found?.name === 'EMAIL')
    .map((found) => found?.value.trim() ?? '').filter((value) => value.includes('@'));
}

/**
 * The contact's formatted name.
 *
 * @param {string} vCard
 */
export function formattedName(vCard) {
  for (const line of lines(vCard)) {
    const found = property(line);
    if (found?.name === 'FN') {
      return found.value.trim();
    }
  }
  return '';
}
