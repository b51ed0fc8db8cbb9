// SPDX-License-Identifier: MPL-2.0
// Gathers all whom a message goes to, as the host is told: each field, lists expanded, and beside
// each text Thunderbird's own reading of it.

import { buildMessage, FIELD_NAMES, fieldsOf } from '../shared/message.js';
import { splitMailbox } from '../shared/mailbox.js';

/**
 * @typedef {import('../shared/message.js').Fields} Fields
 * @typedef {import('../shared/message.js').Recipient} Recipient
 * @typedef {import('../shared/message.js').Place} Place
 * @typedef {{name: string, email: string}} Reading
 */

/** Readings that are remembered: the same people are written to again and again. */
const MOST_READINGS = 5000;

/** Group names are no mailboxes. */
const GROUPS = ['newsgroup', 'followup-to'];

export class Recipients {
  #api;
  #lists;
  #origins;
  /** @type {Map<string, Promise<Reading[]>>} */
  #readings = new Map();

  /**
   * @param {any} api Thunderbird's
   * @param {import('./lists.js').Lists} lists
   * @param {import('./origins.js').Origins} origins
   */
  constructor(api, lists, origins) {
    this.#api = api;
    this.#lists = lists;
    this.#origins = origins;
  }

  /**
   * @param {number} tabId
   * @param {Record<string, any>} [details] where Thunderbird handed them over already
   * @returns {Promise<Fields>}
   */
  async fields(tabId, details) {
    const [known, attachments] = await Promise.all([
      details ?? this.#api.compose.getComposeDetails(tabId),
      this.#api.compose.listAttachments(tabId),
    ]);
    return fieldsOf(known, attachments.map((/** @type {any} */ one) => String(one.name ?? '')));
  }

  /**
   * @param {number} tabId
   * @param {Fields} fields
   */
  async gather(tabId, fields) {
    const all = Object.entries(FIELD_NAMES).flatMap(([field, name]) => {
      const texts = /** @type {string[]} */ (fields[/** @type {keyof Fields} */ (name)]);
      return texts.map((text, at) => ({ field, text, at }));
    });
    const [read, from, origin] = await Promise.all([
      Promise.all(all.map(({ field, text }) => this.expanded(field, text))),
      this.#read(fields.from),
      this.#origins.of(tabId, fields.type),
    ]);
    const recipients = read.flat();
    /** @type {Place[]} */
    const places = read.flatMap((ones, i) => ones.map(() => ({ field: all[i].field, at: all[i].at })));
    const sender = from[0]?.email ?? splitMailbox(fields.from).address;
    const time = Math.floor(Date.now() / 1000);
    const message = buildMessage(fields, sender, recipients, origin, time);
    return { fields, recipients, places, message };
  }

  /**
   * Whom a text stands for: of a list its members.
   *
   * @param {string} field
   * @param {string} text
   * @returns {Promise<Recipient[]>}
   */
  async expanded(field, text) {
    if (GROUPS.includes(field)) {
      return [{ field, text: text.replace(/^"(.*)"$/su, '$1') }];
    }
    const readings = await this.#read(text);
    if (readings.length === 1) {
      const { name, email } = readings[0];
      const expanded = await this.#lists.expand(name, email);
      if (expanded) {
        return this.#members(field, expanded);
      }
    }
    return [await this.single(field, text)];
  }

  /**
   * A text that stands for itself.
   *
   * @param {string} field
   * @param {string} text
   * @returns {Promise<Recipient>}
   */
  async single(field, text) {
    return { field, text, ...parsedOf(await this.#read(text)) };
  }

  /**
   * @param {string} field
   * @param {import('./lists.js').Expanded} expanded
   * @returns {Promise<Recipient[]>}
   */
  async #members(field, { list, members }) {
    if (!members) {
      return [{ field, list }];
    }
    return Promise.all(members.map(async (text) => ({ ...await this.single(field, text), list })));
  }

  /**
   * Thunderbird's reading of a text.
   *
   * @param {string} text
   * @returns {Promise<Reading[]>} empty where it has none
   */
  #read(text) {
    const known = this.#readings.get(text);
    if (known) {
      return known;
    }
    if (this.#readings.size >= MOST_READINGS) {
      this.#readings.clear();
    }
    const reading = this.#api.messengerUtilities.parseMailboxString(text).then(
      (/** @type {any[]} */ ones) => ones.map(({ name, email }) => {
        return { name: String(name ?? ''), email: String(email ?? '') };
      }),
      () => {
        this.#readings.delete(text);
        return [];
      },
    );
    this.#readings.set(text, reading);
    return reading;
  }
}

/**
 * One text that Thunderbird reads as several mailboxes is told so: the readings differ then.
 *
 * @param {Reading[]} readings
 */
function parsedOf(readings) {
  const parsed = readings.map((one) => one.email).filter(Boolean).join(', ');
  return parsed ? { parsed } : {};
}
