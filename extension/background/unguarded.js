// SPDX-License-Identifier: MPL-2.0
// Messages that left while the host was away: kept, without subject and attachment names, until it
// is told.

import { HostError, HostFailure } from './host-port.js';

const KEY = 'unguarded';

/** So many are kept; beyond it the oldest go. */
const MOST = 1000;

/** With these a host finds fault with what it was told: it would refuse it again, for ever. */
const FAULTS = ['bad-frame', 'too-large', 'bad-json', 'bad-request'];

/**
 * `left` is false while it is still on its way out.
 *
 * @typedef {{id: string, left: boolean, run: string, message: object, actions: object[],
 *   why: string, mode: string}} Entry
 */

export class Unguarded {
  #store;
  #run;
  #newId;
  #log;
  #line = Promise.resolve();
  /** @type {Promise<void>} */
  #telling = Promise.resolve();

  /**
   * @param {any} store storage.local
   * @param {() => Promise<string>} run names this run of Thunderbird
   * @param {() => string} newId
   * @param {(what: unknown) => void} log
   */
  constructor(store, run, newId, log) {
    this.#store = store;
    this.#run = run;
    this.#newId = newId;
    this.#log = log;
  }

  /**
   * Written down before the message leaves, so that no crash can lose it.
   *
   * @param {object} entry
   * @returns {Promise<string>} its name
   */
  async begin(entry) {
    const id = this.#newId();
    const run = await this.#run();
    await this.#edit((all) => [...all,
      /** @type {Entry} */ ({ mode: 'now', ...entry, id, left: false, run })]);
    return id;
  }

  /**
   * @param {string} id
   * @param {object} entry what is known better by now
   */
  async left(id, entry) {
    await this.#edit((all) => all.map((one) => {
      return one.id === id ? { ...one, ...entry, left: true } : one;
    }));
  }

  /** @param {string} id of one that did not leave */
  async drop(id) {
    await this.#edit((all) => all.filter((one) => one.id !== id));
  }

  /**
   * Tells the host. What it does not take now is kept for the next hello; what it finds fault with
   * is let go. Two at a time would tell everything twice.
   *
   * @param {(entry: {message: object, actions: object[], why: string, mode: string}) =>
   *   Promise<unknown>} tell
   */
  flush(tell) {
    const told = this.#telling.then(() => this.#flush(tell));
    this.#telling = told.catch(() => {});
    return told;
  }

  /** @param {Parameters<Unguarded['flush']>[0]} tell */
  async #flush(tell) {
    const gone = await this.#gone();
    for (const entry of (await this.#read()).filter(gone)) {
      const { id, message, actions, why, mode } = bare(entry);
      const done = await tell({ message, actions, why, mode }).then(() => true, (error) => {
        // A host that was told too much ends without having read which request it was.
        const said = error instanceof HostFailure ? error.why : error.code;
        if (!(error instanceof HostError) && !FAULTS.includes(said)) {
          throw error;
        }
        this.#log(error);
        // Not this one; the others may be taken all the same.
        return FAULTS.includes(said);
      });
      if (done) {
        await this.drop(id);
      }
    }
  }

  /** Everything was forgotten: what the host has not taken is forgotten too. */
  async forgotten() {
    const gone = await this.#gone();
    await this.#edit((all) => all.filter((one) => !gone(one)));
  }

  /**
   * Which have left. One of an earlier run that never told its end most likely has.
   *
   * @returns {Promise<(entry: Entry) => boolean>}
   */
  async #gone() {
    const run = await this.#run();
    return (entry) => entry.left || entry.run !== run;
  }

  /** @returns {Promise<Entry[]>} */
  async #read() {
    const kept = (await this.#store.get(KEY))[KEY];
    return Array.isArray(kept) ? kept : [];
  }

  /** @param {(all: Entry[]) => Entry[]} change */
  #edit(change) {
    const done = this.#line.then(async () => {
      await this.#store.set({ [KEY]: change(await this.#read()).slice(-MOST).map(bare) });
    });
    this.#line = done.catch(() => {});
    return done;
  }
}

/**
 * An entry as it may stand on a disk.
 *
 * @param {Entry} entry
 * @returns {Entry}
 */
function bare(entry) {
  const { subject, attachments, ...message } = /** @type {any} */ (entry.message);
  return { ...entry, message };
}
