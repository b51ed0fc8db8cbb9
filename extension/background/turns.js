// SPDX-License-Identifier: MPL-2.0
// Whose turn it is in a compose window: Thunderbird's, from the moment it asks whether a message may
// go until it told how that ended, or ours, while we change the recipients. What is changed while
// Thunderbird waits for our answer would be sent, though we looked at something else.

/**
 * @typedef {import('./send-answer.js').SendAnswer} SendAnswer
 * @typedef {{answer: SendAnswer, told: Promise<void>, tell: () => void}} Try
 */

/** How long to wait for Thunderbird to tell the mode of the try that was cancelled. */
const MODE_LIMIT = 1000;

export class Turns {
  /** @type {Map<number, Try>} */
  #tries = new Map();
  /** @type {Set<number>} */
  #changing = new Set();
  #timer;

  /** @param {(after: number, run: () => void) => () => void} timer */
  constructor(timer) {
    this.#timer = timer;
  }

  /**
   * The listener is being asked: until onAfterSend tells of this try, nothing can be sent. What it
   * is handed may be older than a change of ours that is under way: then the message stays, and may
   * go later by a permit, which is compared with what stands there by then.
   *
   * @param {number} tabId
   * @param {SendAnswer} answer
   */
  tryBegins(tabId, answer) {
    let tell = () => {};
    /** @type {Promise<void>} */
    const told = new Promise((resolve) => {
      tell = resolve;
    });
    this.#tries.set(tabId, { answer, told, tell });
    if (this.#changing.has(tabId)) {
      answer.stay();
    }
  }

  /** @param {number} tabId */
  tryEnds(tabId) {
    this.#tries.get(tabId)?.tell();
    this.#tries.delete(tabId);
  }

  /**
   * Waits until Thunderbird told of all tries, for a while.
   *
   * @param {number} tabId
   */
  async triesTold(tabId) {
    let late = false;
    /** @type {Promise<void>} */
    const limit = new Promise((resolve) => {
      this.#timer(MODE_LIMIT, () => {
        late = true;
        resolve();
      });
    });
    for (let open = this.#tries.get(tabId); open && !late; open = this.#tries.get(tabId)) {
      await Promise.race([open.told, limit]);
    }
  }

  /**
   * @param {number} tabId
   * @param {() => Promise<unknown>} set changes the compose window
   */
  async change(tabId, set) {
    if (this.#tries.get(tabId)?.answer.settled === false) {
      throw new Error('the message is just being sent');
    }
    this.#changing.add(tabId);
    try {
      await set();
    } finally {
      this.#changing.delete(tabId);
    }
  }
}
