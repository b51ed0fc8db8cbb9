// SPDX-License-Identifier: MPL-2.0
// Lists of the address books. Thunderbird hands them over unexpanded and expands them after we
// answered, so their members are looked up here; what cannot be looked into is said to be so.

import { joinMailbox } from '../shared/mailbox.js';
import { formattedName, preferredEmail } from '../shared/vcard.js';

/**
 * @typedef {{id: string, name: string}} List
 * @typedef {{list: string, members: string[] | null}} Expanded
 *   mailboxes in display form; null where nobody can look into the list
 */

export class Lists {
  #books;
  /** @type {Promise<Map<string, List>> | null} by what their recipients look like */
  #known = null;

  /** @param {any} addressBooks Thunderbird's API */
  constructor(addressBooks) {
    this.#books = addressBooks;
  }

  /** Address books may have changed: look anew when next asked. */
  forget() {
    this.#known = null;
  }

  /**
   * @param {string} name as Thunderbird read the recipient
   * @param {string} email the same; of a list it is its description or its name
   * @returns {Promise<Expanded | null>} null where this is no list
   */
  async expand(name, email) {
    // A bare word is all name to Thunderbird.
    const list = await this.#find(name, email || name);
    if (list) {
      const members = await this.#members(list, new Set()).catch(() => []);
      return { list: list.name, members: members.length > 0 ? members : null };
    }
    // Thunderbird refuses an address without an @ unless it is a list, of a directory perhaps.
    return name === '' || email.includes('@') ? null : { list: name, members: null };
  }

  /**
   * @param {string} name
   * @param {string} email
   */
  async #find(name, email) {
    return name === '' ? null : (await this.#all()).get(looksLike(name, email)) ?? null;
  }

  #all() {
    this.#known ??= this.#read().catch(() => {
      // Address books that cannot be read: tried anew the next time.
      this.#known = null;
      return new Map();
    });
    return this.#known;
  }

  /** @returns {Promise<Map<string, List>>} */
  async #read() {
    const books = await this.#books.list();
    const lists = await Promise.all(books.map((/** @type {any} */ book) => {
      // A directory that cannot be listed has no lists to offer.
      return this.#books.mailingLists.list(book.id).catch(() => []);
    }));
    // Of two that look alike Thunderbird takes the first.
    return new Map(lists.flat().reverse().map(({ id, name, description }) => {
      return [looksLike(name ?? '', description || name || ''), { id, name: name ?? '' }];
    }));
  }

  /**
   * @param {List} list
   * @param {Set<string>} seen lists that are being expanded
   * @returns {Promise<string[]>}
   */
  async #members(list, seen) {
    if (seen.has(list.id)) {
      return [];
    }
    seen.add(list.id);
    const contacts = await this.#books.mailingLists.listMembers(list.id);
    const members = await Promise.all(contacts.map((/** @type {any} */ contact) => {
      return this.#member(contact, seen);
    }));
    return members.flat();
  }

  /**
   * @param {any} contact
   * @param {Set<string>} seen
   * @returns {Promise<string[]>}
   */
  async #member(contact, seen) {
    const vCard = contact.vCard ?? contact.properties?.vCard ?? '';
    const email = preferredEmail(vCard);
    const name = formattedName(vCard);
    if (!email) {
      return [];
    }
    const inner = await this.#find(name, email);
    return inner ? this.#members(inner, seen) : [joinMailbox(name, email)];
  }
}

/**
 * What makes a recipient a list to Thunderbird: the list's name, and behind it the description, of
 * a list without one the name again, in any case. Whether that looks like an address is all the
 * same to it.
 *
 * @param {string} name
 * @param {string} email
 */
function looksLike(name, email) {
  return JSON.stringify([name, email]).toLowerCase();
}
