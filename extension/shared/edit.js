// SPDX-License-Identifier: MPL-2.0
// What a choice in the review page does to the recipients of the compose window.

import { FIELD_NAMES } from './message.js';
import { joinMailbox, splitMailbox } from './mailbox.js';

/**
 * @typedef {import('./message.js').Fields} Fields
 * @typedef {import('./message.js').Recipient} Recipient
 * @typedef {import('./message.js').Place} Place
 * @typedef {{fields: Fields, recipients: Recipient[], places: Place[]}} Gathered
 */

/**
 * Puts another address in the place of one, or takes it away. A recipient that came out of a list
 * is no pill of its own: the list's members take the list's place.
 *
 * @param {Gathered} gathered as the message stands now
 * @param {(one: Recipient) => boolean} wanted which recipients it is about
 * @param {string | null} to the new address; null takes the recipient away
 * @returns {Record<string, string[]>} the changed fields, by Thunderbird's names; empty where none
 */
export function replaceRecipients(gathered, wanted, to) {
  /** @type {Record<string, string[]>} */
  const changed = {};
  const standing = byPlace(gathered);
  for (const [field, name] of Object.entries(FIELD_NAMES)) {
    const before = /** @type {string[]} */ (gathered.fields[/** @type {keyof Fields} */ (name)]);
    const after = before.flatMap((text, at) => {
      const here = standing.get(placeName(field, at)) ?? [];
      return here.some(wanted) ? here.flatMap((one) => replaced(one, wanted(one), to)) : [text];
    });
    if (after.length !== before.length || after.some((text, i) => text !== before[i])) {
      changed[name] = withoutDoubles(after, gathered);
    }
  }
  return changed;
}

/**
 * @param {Gathered} gathered
 * @returns {Map<string, Recipient[]>}
 */
function byPlace({ recipients, places }) {
  /** @type {Map<string, Recipient[]>} */
  const standing = new Map();
  places.forEach(({ field, at }, i) => {
    const name = placeName(field, at);
    const here = standing.get(name) ?? [];
    here.push(recipients[i]);
    standing.set(name, here);
  });
  return standing;
}

/**
 * @param {string} field
 * @param {number} at
 */
function placeName(field, at) {
  return `${field}:${at}`;
}

/**
 * @param {Recipient} one
 * @param {boolean} wanted
 * @param {string | null} to
 */
function replaced(one, wanted, to) {
  if (!wanted) {
    return [one.text ?? ''].filter(Boolean);
  }
  if (to === null) {
    return [];
  }
  const { name, address } = splitMailbox(one.text ?? '');
  // A name that is but the mistyped address would go on telling the mistake.
  return [joinMailbox(name.includes('@') || name === address ? '' : name, to)];
}

/**
 * The right person may stand beside the mistyped one already. Lists are told by their names: two may
 * have one description, and that may be the address of somebody else.
 *
 * @param {string[]} texts
 * @param {Gathered} gathered
 */
function withoutDoubles(texts, { fields, recipients, places }) {
  const lists = new Set(places.map(({ field, at }, i) => {
    const name = /** @type {Record<string, keyof Fields>} */ (FIELD_NAMES)[field];
    return recipients[i].list === undefined ? '' : fields[name][at];
  }));
  const seen = new Set();
  return texts.filter((text) => {
    const who = lists.has(text) ? `list ${text}` : splitMailbox(text).address.toLowerCase();
    const fresh = !seen.has(who);
    seen.add(who);
    return fresh;
  });
}

/**
 * Moves everybody in To and Cc to Bcc.
 *
 * @param {Gathered} gathered
 * @returns {Record<string, string[]>}
 */
export function moveToBcc(gathered) {
  const { bcc, to, cc } = gathered.fields;
  return { to: [], cc: [], bcc: withoutDoubles([...bcc, ...to, ...cc], gathered) };
}
