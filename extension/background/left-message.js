// SPDX-License-Identifier: MPL-2.0
// The message as it left: its recipients from the copy that Thunderbird kept, where there is one.

import { FIELD_NAMES, wellFormed } from '../shared/message.js';

/**
 * @typedef {import('../shared/message.js').Message} Message
 * @typedef {import('../shared/message.js').Recipient} Recipient
 */

/** What the kept copy shows of its recipients. */
const COPIED = Object.freeze({ to: 'recipients', cc: 'ccList', bcc: 'bccList' });

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
