// SPDX-License-Identifier: MPL-2.0
// Whether the guard works: since when, and when it last looked at a message. Kept for the settings
// page, across restarts.

const KEY = 'pulse';

/**
 * @typedef {{since: number | null, checked: number | null,
 *   failed: {at: number, why: string} | null}} State times in milliseconds
 */

export class Pulse {
  #store;
  #now;
  #line = Promise.resolve();

  /**
   * @param {any} store storage.local
   * @param {() => number} now
   */
  constructor(store, now) {
    this.#store = store;
    this.#now = now;
  }

  /** The host said hello. */
  alive() {
    const at = this.#now();
    this.#edit((state) => ({ ...state, since: state.since ?? at }));
  }

  /**
   * @param {import('./judge.js').Outcome} outcome of a check
   */
  judged(outcome) {
    const at = this.#now();
    this.#edit((state) => (outcome.kind === 'failed'
      ? { ...state, since: null, failed: { at, why: outcome.why } }
      : { ...state, since: state.since ?? at, checked: at }));
  }

  /** @returns {Promise<State>} */
  async read() {
    await this.#line;
    return this.#kept();
  }

  async #kept() {
    const kept = (await this.#store.get(KEY))[KEY];
    return { since: null, checked: null, failed: null, ...kept };
  }

  /** @param {(state: State) => State} change */
  #edit(change) {
    this.#line = this.#line.then(async () => {
      const before = await this.#kept();
      const after = change(before);
      if (JSON.stringify(after) !== JSON.stringify(before)) {
        await this.#store.set({ [KEY]: after });
      }
    }).catch(() => {});
  }
}
