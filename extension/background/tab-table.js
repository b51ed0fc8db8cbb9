// SPDX-License-Identifier: MPL-2.0
// What is known of each compose window: a small table that outlives the event page.

/**
 * @typedef {import('../shared/message.js').Message} Message
 * @typedef {import('../shared/cards.js').Card} Card
 */

/**
 * - checking: the host is asked about a message whose Send was pressed
 * - asking: the review page is open and a person thinks
 * - deciding: Send was pressed in the page
 * - sending: a permit waits for the listener to be asked again
 * - opening: the answer that lets the message go is being given
 * - leaving: the message was let go
 *
 * @typedef {'checking'|'asking'|'deciding'|'sending'|'opening'|'leaving'} Phase
 */

/**
 * A message that may go. `unguarded` names the entry of one that goes without the host; `unasked`
 * says that not even a person was asked, `unrecorded` that the host could not write it down,
 * `unkept` that an "it is right" will be asked again.
 *
 * @typedef {{message: Message, key: string | null, unguarded: string | null,
 *   unasked?: boolean, unrecorded?: boolean, unkept?: boolean}} Allowed
 * @typedef {{print: string, until: number, allowed: Allowed, taken?: boolean}} Permit
 *   for exactly one message, until a time in milliseconds; `taken`: the listener was asked
 * @typedef {{
 *   phase: Phase, print: string, message: Message | null, key: string | null, cards: Card[],
 *   failed: {why: string, stopped: boolean} | null, help: string, more: number, trustable: boolean,
 *   notice: {key: string, args: string[]} | null, mode: string | null,
 *   page: {token: string, window: number | null} | null, permit: Permit | null,
 *   allowed: Allowed | null}} TabState
 */

/** Phases that mean nothing once the page that worked on them is gone: not sent. */
export const CUT_SHORT = ['checking', 'deciding', 'sending'];

export class TabTable {
  /** @type {Map<number, TabState>} */
  #states = new Map();
  #store;
  #now;

  /**
   * @param {{load: () => Promise<Record<string, TabState>>,
   *   save: (tabId: number, state: TabState | null) => Promise<void>}} store
   * @param {() => number} now
   */
  constructor(store, now) {
    this.#store = store;
    this.#now = now;
    /** Settled once the table can be read. Never rejects. */
    this.ready = this.#load();
  }

  async #load() {
    /** @type {Record<string, TabState>} */
    const kept = await this.#store.load().catch(() => ({}));
    for (const [id, state] of Object.entries(kept)) {
      if (this.#states.has(Number(id))) {
        continue;
      }
      const awaited = state.phase === 'sending' && (state.permit?.until ?? 0) > this.#now();
      if (state.phase === 'opening') {
        // Whether the answer still arrived, Thunderbird will tell.
        this.#states.set(Number(id), { ...state, phase: 'leaving' });
      } else if (awaited || !CUT_SHORT.includes(state.phase)) {
        this.#states.set(Number(id), state);
      } else if (state.page) {
        const { permit, ...rest } = state;
        this.#states.set(Number(id), {
          ...rest, permit: null, allowed: permit?.allowed ?? state.allowed, phase: 'asking',
        });
      } else {
        await this.#store.save(Number(id), null).catch(() => {});
      }
    }
  }

  /** @param {number} tabId */
  get(tabId) {
    return this.#states.get(tabId) ?? null;
  }

  /**
   * @param {number} tabId
   * @param {TabState} state
   */
  put(tabId, state) {
    this.#states.set(tabId, state);
  }

  /** @param {(state: TabState) => boolean} wanted */
  find(wanted) {
    for (const [tabId, state] of this.#states) {
      if (wanted(state)) {
        return { tabId, state };
      }
    }
    return null;
  }

  entries() {
    return [...this.#states];
  }

  /**
   * Writes the state of a window down. The gate waits for it before it opens: a permit that is
   * used up must be so after a restart too.
   *
   * @param {number} tabId
   */
  async keep(tabId) {
    await this.#store.save(tabId, this.get(tabId));
  }

  /** @param {number} tabId */
  async drop(tabId) {
    this.#states.delete(tabId);
    await this.#store.save(tabId, null).catch(() => {});
  }
}

/** @returns {TabState} */
export function freshState() {
  return {
    phase: 'checking', print: '', message: null, key: null, cards: [], failed: null, help: '', more: 0,
    trustable: false, notice: null, mode: null, page: null, permit: null, allowed: null,
  };
}
