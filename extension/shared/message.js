// SPDX-License-Identifier: MPL-2.0
// The message as the host is told of it. Built anew, field by field: whatever else Thunderbird
// hands over, the body above all, never gets near the port.

import { splitMailbox } from './mailbox.js';

/**
 * @typedef {{field: string, text?: string, parsed?: string, list?: string}} Recipient
 * @typedef {{from: string, kind: string, purpose: string, recipients: Recipient[],
 *   thread?: string[], answered?: {from: string, reply_to?: string[]}, subject: string,
 *   attachments: string[], time: number}} Message
 * @typedef {{thread?: string[], answered?: {from: string, reply_to?: string[]}}} Origin
 *   who took part in the message that is answered
 */

/**
 * Where a recipient stands in the compose window.
 *
 * @typedef {{field: string, at: number}} Place
 */

/**
 * The fields of the compose window that decide who gets the message, as Thunderbird holds them.
 *
 * @typedef {{from: string, type: string, to: string[], cc: string[], bcc: string[],
 *   replyTo: string[], followupTo: string[], newsgroups: string[], subject: string,
 *   attachments: string[]}} Fields
 */

const KINDS = ['new', 'reply', 'forward', 'redirect', 'draft'];

/** The fields of a message, as the host names them, and as Thunderbird does. */
export const FIELD_NAMES = Object.freeze({
  to: 'to',
  cc: 'cc',
  bcc: 'bcc',
  'reply-to': 'replyTo',
  'followup-to': 'followupTo',
  newsgroup: 'newsgroups',
});

/** The fields by which somebody gets the message. */
export const SENDING_FIELDS = Object.freeze(['to', 'cc', 'bcc', 'newsgroup']);

/**
 * Text that is no Unicode (half a surrogate pair) is mended, so that one bad file name cannot make
 * a send fail.
 *
 * @param {string} text
 */
export function wellFormed(text) {
  const known = /** @type {{toWellFormed?: () => string}} */ (/** @type {unknown} */ (text));
  if (typeof known.toWellFormed === 'function') {
    return known.toWellFormed();
  }
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    '\uFFFD');
}

/**
 * @param {unknown} value
 * @returns {string[]}
 */
function texts(value) {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((text) => typeof text === 'string' && text !== '');
}

/**
 * @param {Record<string, any>} details ComposeDetails of Thunderbird
 * @param {string[]} attachments their names
 * @returns {Fields}
 */
export function fieldsOf(details, attachments) {
  return {
    from: texts(details.from)[0] ?? '',
    type: KINDS.includes(details.type) ? details.type : 'new',
    to: texts(details.to),
    cc: texts(details.cc),
    bcc: texts(details.bcc),
    replyTo: texts(details.replyTo),
    followupTo: texts(details.followupTo),
    newsgroups: texts(details.newsgroups),
    subject: texts(details.subject)[0] ?? '',
    attachments: [...attachments],
  };
}

/**
 * What a permit is bound to. Two messages with the same print go from the same person, in the same
 * kind, to the same recipients, with the same subject and attachment names.
 *
 * @param {Fields} fields
 */
export function printOf(fields) {
  return JSON.stringify([fields.from, fields.type, fields.to, fields.cc, fields.bcc,
    fields.replyTo, fields.followupTo, fields.newsgroups, fields.subject, fields.attachments]);
}

/**
 * @param {Recipient} recipient
 * @returns {Recipient}
 */
export function mended({ field, text, parsed, list }) {
  return {
    field,
    ...(text === undefined ? {} : { text: wellFormed(text) }),
    ...(parsed === undefined ? {} : { parsed: wellFormed(parsed) }),
    ...(list === undefined ? {} : { list: wellFormed(list) }),
  };
}

/**
 * @param {Fields} fields
 * @param {string} from the bare address of From
 * @param {Recipient[]} recipients
 * @param {Origin | null} origin
 * @param {number} time Unix seconds
 * @returns {Message}
 */
export function buildMessage(fields, from, recipients, origin, time) {
  const answered = origin?.answered;
  return {
    from: wellFormed(from),
    kind: fields.type,
    purpose: 'send',
    recipients: recipients.map(mended),
    ...(origin?.thread ? { thread: origin.thread.map(wellFormed) } : {}),
    ...(answered ? {
      answered: {
        from: wellFormed(answered.from),
        ...(answered.reply_to ? { reply_to: answered.reply_to.map(wellFormed) } : {}),
      },
    } : {}),
    subject: wellFormed(fields.subject),
    attachments: fields.attachments.map(wellFormed),
    time,
  };
}

/**
 * How many would get the message; without any there is nothing to send.
 *
 * @param {Message} message
 */
export function receivers(message) {
  return message.recipients.filter((one) => SENDING_FIELDS.includes(one.field)).length;
}

/**
 * The address of one recipient for comparing, as Thunderbird read it, else as it stands.
 *
 * @param {Recipient} one
 */
export function addressIn(one) {
  const address = one.parsed ?? splitMailbox(one.text ?? '').address;
  return (address || one.list || '').toLowerCase();
}

/**
 * Whom a message reached that the allowed one did not name: what another add-on put in after our
 * answer.
 *
 * @param {Message} allowed
 * @param {Message} left
 * @returns {string[]} as shown
 */
export function addedRecipients(allowed, left) {
  // Lists nobody could look into were allowed as a whole: their members are no surprise.
  if (allowed.recipients.some((one) => one.list !== undefined && one.text === undefined)) {
    return [];
  }
  const known = new Set(allowed.recipients.map(addressIn));
  const added = left.recipients.filter((one) => {
    return SENDING_FIELDS.includes(one.field) && !known.has(addressIn(one));
  });
  return [...new Set(added.map((one) => one.parsed ?? one.text ?? one.list ?? ''))];
}
