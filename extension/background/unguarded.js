// SPDX-License-Identifier: MPL-2.0
// Messages that left while the host was away: kept until it is told.

import { HostError } from './host-port.js';

const KEY = 'unguarded';

/** So many are kept; beyond it the oldest go. */
const MOST = 1000;

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
  #line = Promise.resolve();

  /**
   * @param {any} store storage.local
   * @param {() => Promise<string>} run names this run of Thunderbird
   * @param {() => string} newId
   */
  constructor(store, run, newId) {
    this.#store = store;
    this.#run = run;
    this.#newId = newId;
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
   * Tells the host. What it does not take is kept for the next hello.
   *
   * @param {(entry: {message: object, actions: object[], why: string, mode: string}) =>
   *   Promise<unknown>} tell
   */
  async flush(tell) {
    const run = await this.#run();
    for (const entry of await this.#read()) {
      const { id, message, actions, why, mode } = entry;
      // One of an earlier run that never told its end has most likely left.
      if (entry.left || entry.run !== run) {
        const taken = await tell({ message, actions, why, mode }).then(() => true, (error) => {
          if (!(error instanceof HostError)) {
            throw error;
          }
          // Not this one; the others may be taken all the same.
          return false;
        });
        if (taken) {
          await this.drop(id);
        }
      }
    }
  }

  /** @returns {Promise<Entry[]>} */
  async #read() {
    const kept = (await this.#store.get(KEY))[KEY];
    return Array.isArray(kept) ? kept : [];
  }

  /** @param {(all: Entry[]) => Entry[]} change */
  #edit(change) {
    const done = this.#line.then(async () => {
      await this.#store.set({ [KEY]: change(await this.#read()).slice(-MOST) });
    });
    this.#line = done.catch(() => {});
    return done;
  }
}
