// SPDX-License-Identifier: MPL-2.0
// The country that a domain belongs to, by the two letters of its end, in the language of the texts.

/** Endings whose letters are not the country's code of ISO 3166. */
const CODES = Object.freeze({ uk: 'GB' });

/** Endings used by everybody, so that naming the country would mislead. */
const WORLDWIDE = Object.freeze(['eu', 'io', 'ai', 'tv', 'me', 'su']);

/** Codes that ISO 3166 leaves to each user belong to no country. */
const NOBODY = /^(aa|q[m-z]|x[a-z]|zz)$/u;

/**
 * @param {string} domain
 * @returns {string} its last label
 */
export function ending(domain) {
  return domain.slice(domain.lastIndexOf('.') + 1).toLowerCase();
}

/**
 * @param {string} domain
 * @param {string} language BCP 47
 * @returns {string} empty where the ending names no country
 */
export function countryOf(domain, language) {
  const end = ending(domain);
  if (!/^[a-z]{2}$/u.test(end) || NOBODY.test(end) || WORLDWIDE.includes(end)) {
    return '';
  }
  const code = /** @type {Record<string, string>} */ (CODES)[end] ?? end.toUpperCase();
  try {
    const name = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }).of(code);
    return name && name !== code ? name : '';
  } catch {
    return '';
  }
}
