// SPDX-License-Identifier: MPL-2.0
// Tells the host whom the address books hold. Cards are read, never changed. What Thunderbird
// collects by itself from sent mail is no word of the person's: a slip that went out once would
// count as known for good. So the book of collected addresses is read once, when the extension is
// first installed, and a new card for somebody just written to is passed over.

import { wellFormed } from '../shared/message.js';
import { emails } from '../shared/vcard.js';

const KEY = 'books';

/** A book is told of so long after its last change, in milliseconds. */
const SETTLE = 1000;

/**
 * A card for somebody written to so long ago may have been collected, in milliseconds: a large
 * attachment takes its time on the way to the server.
 */
const COLLECTED_WITHIN = 600000;

/** So many addresses of one book are told. */
const MOST = 100000;

/** A longer one is no address (RFC 5321 allows 64 and 255 octets), perhaps a whole document. */
const LONGEST = 320;

/** So many collected cards are remembered; beyond it the oldest count as the person's own. */
const MOST_COLLECTED = 20000;

/** How long the host has for a large book, in milliseconds. */
const DEADLINE = 15000;

/** Thunderbird's name of the book it collects into: en, de, fr, es. */
const COLLECTING = ['collected addresses', 'gesammelte adressen', 'adresses collect\u00e9es',
  'direcciones recopiladas'];

/**
 * `told`: books that the host holds; `once`: of these the ones that are never read again;
 * `collected`: cards that Thunderbird collected.
 *
 * @typedef {{told: string[], once: string[], collected: string[]}} Kept
 */

export class Books {
  #deps;
  /** @type {Set<string>} */
  #changed = new Set();
  /** @type {() => void} */
  #stop = () => {};
  /** @type {Promise<unknown>} */
  #line = Promise.resolve();

  /**
   * @param {{books: any, store: any, session: any, ask: (op: string,
   *   body: Record<string, unknown>, deadline: number) => Promise<unknown>,
   *   timer: (after: number, run: () => void) => () => void, now: () => number,
   *   log: (what: unknown) => void}} deps
   */
  constructor(deps) {
    this.#deps = deps;
  }

  /**
   * Mail goes out to these.
   *
   * @param {string[]} addresses
   */
  written(addresses) {
    return this.#then(async () => {
      const now = this.#deps.now();
      const recent = Object.entries(await this.#written()).filter(([, at]) => {
        return now - at <= COLLECTED_WITHIN;
      });
      const fresh = addresses.map((address) => [address.toLowerCase(), now]);
      await this.#deps.session.set({ written: Object.fromEntries([...recent, ...fresh]) });
    });
  }

  /** @returns {Promise<Record<string, number>>} who was written to lately, and when */
  async #written() {
    return (await this.#deps.session.get('written')).written ?? {};
  }

  /** The host said hello: once a run it is told of all books. */
  greeted() {
    return this.#then(async () => {
      if (!(await this.#deps.session.get('booksTold')).booksTold) {
        await this.#tellAll();
        await this.#deps.session.set({ booksTold: true });
      }
    });
  }

  /** What the host held was forgotten. */
  again() {
    return this.#then(async () => {
      await this.#tellAll();
      await this.#deps.session.set({ booksTold: true });
    });
  }

  /**
   * A card came up, or was changed. One that was there before is not made a collected one by it:
   * Thunderbird puts the name that was typed into a card without one.
   *
   * @param {{id: string, parentId: string, vCard?: string}} card
   * @param {boolean} fresh
   */
  card(card, fresh) {
    return this.#then(async () => {
      const now = this.#deps.now();
      const written = await this.#written();
      const recent = emails(card.vCard ?? '').some((one) => {
        return now - (written[one.toLowerCase()] ?? -Infinity) <= COLLECTED_WITHIN;
      });
      const kept = await this.#read();
      const collected = recent && (fresh || kept.collected.includes(card.id));
      if (collected !== kept.collected.includes(card.id)) {
        const others = kept.collected.filter((id) => id !== card.id);
        await this.#write({ ...kept, collected: [...others, ...(collected ? [card.id] : [])] });
      }
      if (!collected) {
        this.#later(card.parentId);
      }
    });
  }

  /**
   * A book came up, changed or went, or a card was taken out of it.
   *
   * @param {string} id
   */
  book(id) {
    this.#later(id);
  }

  /** @param {string} id */
  #later(id) {
    this.#changed.add(id);
    this.#stop();
    this.#stop = this.#deps.timer(SETTLE, () => {
      this.#then(() => this.#tellChanged());
    });
  }

  /**
   * One thing after the other; what fails is told at the next hello.
   *
   * @param {() => Promise<unknown>} run
   */
  #then(run) {
    this.#line = this.#line.then(run).catch(async () => {
      await this.#deps.session.remove('booksTold').catch(() => {});
    });
    return this.#line;
  }

  async #tellChanged() {
    const ids = [...this.#changed];
    this.#changed.clear();
    const there = await this.#deps.books.list();
    for (const id of ids) {
      const book = there.find((/** @type {any} */ one) => one.id === id);
      await (book ? this.#tell(book) : this.#gone(id));
    }
  }

  async #tellAll() {
    const there = await this.#deps.books.list();
    for (const book of there) {
      await this.#tell(book);
    }
    const ids = there.map((/** @type {any} */ one) => one.id);
    for (const id of (await this.#read()).told.filter((one) => !ids.includes(one))) {
      await this.#gone(id);
    }
  }

  /** @param {{id: string, name: string}} book */
  async #tell(book) {
    const before = await this.#read();
    if (before.once.includes(book.id)) {
      return;
    }
    const cards = await this.#deps.books.contacts.list(book.id).catch(() => null);
    if (!cards) {
      // A directory that cannot be listed: what was known of it stays.
      return;
    }
    const collected = new Set(before.collected);
    const all = cards.filter((/** @type {any} */ card) => !collected.has(card.id))
      .flatMap((/** @type {any} */ card) => emails(card.vCard ?? ''))
      // One that spoils the frame would end the host, and keep all other addresses from it.
      .filter((/** @type {string} */ one) => one.length <= LONGEST).map(wellFormed);
    await this.#replace(book.id, [...new Set(all)].slice(0, MOST));
    const kept = await this.#read();
    await this.#write({
      ...kept,
      told: [...new Set([...kept.told, book.id])],
      once: isCollecting(book.name) ? [...kept.once, book.id] : kept.once,
    });
  }

  /** @param {string} id of a book that is there no more */
  async #gone(id) {
    const kept = await this.#read();
    if (kept.told.includes(id)) {
      await this.#replace(id, []);
      const without = (/** @type {string[]} */ ids) => ids.filter((one) => one !== id);
      await this.#write({ ...kept, told: without(kept.told), once: without(kept.once) });
    }
  }

  /**
   * @param {string} id of the book: random, so that it names the profile too
   * @param {string[]} addresses
   */
  async #replace(id, addresses) {
    await this.#deps.ask('known.replace', { source: `thunderbird/${id}`, addresses }, DEADLINE);
  }

  /** @returns {Promise<Kept>} */
  async #read() {
    const kept = (await this.#deps.store.get(KEY))[KEY];
    return { told: [], once: [], collected: [], ...kept };
  }

  /** @param {Kept} kept */
  async #write(kept) {
    const collected = kept.collected.slice(-MOST_COLLECTED);
    await this.#deps.store.set({ [KEY]: { ...kept, collected } });
  }
}

/** @param {string} name */
function isCollecting(name) {
  return COLLECTING.includes(name.toLowerCase());
}
