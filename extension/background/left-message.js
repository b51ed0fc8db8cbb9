// SPDX-License-Identifier: MPL-2.0
// Whether a message that was let go has left, and as what: its recipients from the copy that
// Thunderbird kept, where there is one.

import { FIELD_NAMES, addressIn, wellFormed } from '../shared/message.js';

/**
 * @typedef {import('../shared/message.js').Message} Message
 * @typedef {import('../shared/message.js').Recipient} Recipient
 */

/** Where a profile asks for it, Thunderbird cuts the Date of a message down to the minute. */
const DATE_SLACK = 60_000;

/** What the kept copy shows of its recipients. */
const COPIED = Object.freeze({ to: 'recipients', cc: 'ccList', bcc: 'bccList' });

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
 * @param {Message} allowed
 * @returns {Promise<Record<string, any> | null>} null where it does not lie there
 */
export async function queuedCopy(api, allowed) {
  const outboxes = await api.folders.query({ specialUse: ['outbox'] });
  const pages = await Promise.all(outboxes.map((/** @type {{id: string}} */ { id }) => {
    return api.messages.query({ folderId: id, fromDate: new Date(allowed.time * 1000 - DATE_SLACK) });
  }));
  const copies = pages.flatMap((page) => page.messages);
  const left = await Promise.all(copies.map((copy) => leftMessage(api, { messages: [copy] }, allowed)));
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
 * @param {any} api Thunderbird's
 * @param {Record<string, any>} info what onAfterSend told
 * @param {Message} allowed
 * @returns {Promise<Message>}
 */
export async function leftMessage(api, info, allowed) {
  const copy = info.messages?.[0];
  const source = copy ?? info.details;
  if (!source) {
    return allowed;
  }
  const names = copy ? COPIED : { to: FIELD_NAMES.to, cc: FIELD_NAMES.cc, bcc: FIELD_NAMES.bcc };
  const left = await Promise.all(Object.entries(names).flatMap(([field, name]) => {
    return (source[name] ?? []).map((/** @type {string} */ text) => read(api, field, text));
  }));
  const others = allowed.recipients.filter((one) => !(one.field in names));
  return { ...allowed, recipients: [...left, ...others] };
}

/**
 * @param {any} api
 * @param {string} field
 * @param {string} text
 * @returns {Promise<Recipient>}
 */
async function read(api, field, text) {
  const readings = await api.messengerUtilities.parseMailboxString(text).catch(() => []);
  const parsed = readings.map((/** @type {any} */ one) => one.email).filter(Boolean).join(', ');
  return { field, text: wellFormed(text), ...(parsed ? { parsed: wellFormed(parsed) } : {}) };
}
