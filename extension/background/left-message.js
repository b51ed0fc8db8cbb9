// SPDX-License-Identifier: MPL-2.0
// Whether a message that was let go has left, and as what: its recipients from the copy that
// Thunderbird kept, where there is one.

import { FIELD_NAMES, addressIn, mended } from '../shared/message.js';

/**
 * @typedef {import('../shared/message.js').Message} Message
 * @typedef {import('../shared/message.js').Recipient} Recipient
 */

/** Where a profile asks for it, Thunderbird cuts the Date of a message down to the minute. */
const DATE_SLACK = 60_000;

/** What the kept copy shows of its recipients. */
const COPIED = Object.freeze({ to: 'recipients', cc: 'ccList', bcc: 'bccList' });

/** The same fields of the compose window. */
const COMPOSED = Object.freeze({ to: FIELD_NAMES.to, cc: FIELD_NAMES.cc, bcc: FIELD_NAMES.bcc });

/**
 * Whether what onAfterSend told is the end of a send. Thunderbird can stop one without a word (a
 * key that is missing); the next save of the draft then ends it, and is told as if it were the
 * send. Only a message that went to the server gets its Message-ID told, and only one that was put
 * off lies in the Outbox.
 *
 * @param {Record<string, any>} info
 */
export function hasLeft({ error, mode, headerMessageId, messages }) {
  if (error) {
    return false;
  }
  // A posting to a newsgroup alone may have an empty one.
  return mode === 'sendLater' ? (messages ?? []).some(isQueued) : typeof headerMessageId === 'string';
}

/** @param {Record<string, any>} copy */
function isQueued(copy) {
  return copy.folder?.specialUse?.includes('outbox') === true;
}

/**
 * The copy in the Outbox of a message that was let go: with sending in the background there is no
 * other sign that it left. It lies there for a second at least.
 *
 * @param {any} api Thunderbird's
 * @param {import('./recipients.js').Recipients} recipients
 * @param {Message} allowed
 * @returns {Promise<Record<string, any> | null>} null where it does not lie there
 */
export async function queuedCopy(api, recipients, allowed) {
  const outboxes = await api.folders.query({ specialUse: ['outbox'] });
  const pages = await Promise.all(outboxes.map((/** @type {{id: string}} */ { id }) => {
    return api.messages.query({ folderId: id, fromDate: new Date(allowed.time * 1000 - DATE_SLACK) });
  }));
  const copies = pages.flatMap((page) => page.messages);
  const left = await Promise.all(copies.map((copy) => {
    return leftMessage(recipients, { messages: [copy] }, allowed);
  }));
  return copies.find((_, at) => reaches(left[at], allowed)) ?? null;
}

/**
 * @param {Message} left
 * @param {Message} allowed
 * @returns {boolean} whether everybody who was allowed gets it; the names of lists are no address
 */
function reaches(left, allowed) {
  const got = new Set(left.recipients.map(addressIn));
  return allowed.recipients.every((one) => one.text === undefined || got.has(addressIn(one)));
}

/**
 * Subject and attachments are those that were allowed; so are the fields that no copy shows.
 *
 * @param {import('./recipients.js').Recipients} recipients
 * @param {Record<string, any>} info what onAfterSend told
 * @param {Message} allowed
 * @returns {Promise<Message>}
 */
export async function leftMessage(recipients, info, allowed) {
  const copy = info.messages?.[0];
  const source = copy ?? info.details;
  if (!source) {
    return allowed;
  }
  const names = copy ? COPIED : COMPOSED;
  const left = await Promise.all(Object.entries(names).flatMap(([field, name]) => {
    return (source[name] ?? []).map(async (/** @type {string} */ text) => {
      // A list stands in the copy by its members, in the compose window by its name.
      return copy ? recipients.single(field, text) : recipients.expanded(field, text);
    });
  }));
  const others = allowed.recipients.filter((one) => !(one.field in names));
  return {
    ...allowed,
    recipients: [...left.flat().map(mended).flatMap((one) => seen(one, allowed)), ...others],
  };
}

/**
 * A list that cannot be looked into now has left with the members that were allowed.
 *
 * @param {Recipient} one
 * @param {Message} allowed
 */
function seen(one, allowed) {
  const members = one.text === undefined ? allowed.recipients.filter(({ field, list }) => {
    return field === one.field && list === one.list;
  }) : [];
  return members.length > 0 ? members : [one];
}
