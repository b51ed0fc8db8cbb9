// SPDX-License-Identifier: MPL-2.0
// Texts of _locales for the page. What comes from a message is set apart as <bdi>, so that an
// address in another script cannot turn the sentence around.

/** Stand-ins for the gaps of a text, of the private use area, so no address holds them. */
const OPEN = '\uE000';
const CLOSE = '\uE001';

/**
 * A text that cannot hold elements: a title, the name of a button.
 *
 * @param {string} key
 * @param {string[]} [args]
 * @returns {string}
 */
export function say(key, args = []) {
  return raw(key, args.map(setApart));
}

/**
 * @param {string} key
 * @param {string[]} args
 * @returns {string}
 */
function raw(key, args) {
  return browser.i18n.getMessage(key, args);
}

/**
 * The language of the texts, with Thunderbird's region (en-GB) where Thunderbird speaks it too.
 * Where there is no translation they are in English, whatever Thunderbird speaks.
 */
export const language = languageOf(browser.i18n.getUILanguage(), raw('language', []));

/**
 * @param {string} ours of Thunderbird
 * @param {string} texts
 */
function languageOf(ours, texts) {
  return ours.split('-')[0] === texts.split('-')[0] ? ours : texts;
}

/** Thunderbird tells the direction of its own language only; English goes to the right. */
const direction = language === browser.i18n.getUILanguage() ? raw('@@bidi_dir', []) : 'ltr';

/** Tells the page its language. */
export function giveLanguage() {
  const root = document.documentElement;
  root.lang = language;
  root.dir = direction;
}

/**
 * What isolated() does, by the characters of Unicode for it. Digits at the start of an address would
 * go to its other end among letters that run to the left.
 *
 * @param {string} text of a message
 */
function setApart(text) {
  if (direction === 'ltr' || text === '') {
    return text;
  }
  return `${text.includes('@') ? '\u2066' : '\u2068'}${text}\u2069`;
}

/**
 * A text by plural form.
 *
 * @param {string} key
 * @param {number} n
 * @param {string[]} [more] after the number
 */
export function count(key, n, more = []) {
  const form = new Intl.PluralRules(language).select(n);
  const args = [new Intl.NumberFormat(language).format(n), ...more];
  return say(`${key}_${form}`, args) || say(`${key}_other`, args);
}

/**
 * A text whose gaps are filled with isolated elements.
 *
 * @param {string} key
 * @param {string[]} args
 * @returns {(string | HTMLElement)[]}
 */
export function sentence(key, args) {
  const gaps = args.map((_, i) => `${OPEN}${i}${CLOSE}`);
  return parts(raw(key, gaps), args);
}

/**
 * @param {string} text
 * @param {string[]} args
 */
function parts(text, args) {
  return text.split(OPEN).flatMap((part, i) => {
    if (i === 0) {
      return [part];
    }
    const [number, rest] = part.split(CLOSE);
    return [isolated(args[Number(number)] ?? ''), rest ?? ''];
  }).filter((part) => part !== '');
}

/** Nobody reads more of an address; what is pasted by mistake can be a whole document. */
const MOST = 600;

/**
 * @param {string} text of a message
 */
export function shortened(text) {
  return text.length > MOST ? `${text.slice(0, MOST)}\u2026` : text;
}

/**
 * Several of them, with commas between.
 *
 * @param {string[]} texts of messages
 */
export function listed(texts) {
  return joined(texts.map(isolated));
}

/**
 * Words of ours or elements, with the commas of the language between.
 *
 * @template {string | Node} T
 * @param {T[]} all
 * @returns {(T | string)[]}
 */
export function joined(all) {
  const between = raw('listPair', ['', '']);
  return all.flatMap((one, i) => (i > 0 ? [between, one] : [one]));
}

/**
 * An address runs to the right in each language, else its domain would change sides with its letters.
 *
 * @param {string} text of a message
 */
export function isolated(text) {
  const bdi = document.createElement('bdi');
  if (text.includes('@')) {
    bdi.dir = 'ltr';
  }
  bdi.textContent = shortened(text);
  return bdi;
}
