// SPDX-License-Identifier: MPL-2.0
// The one wrapper around Thunderbird's event: it settles exactly once, in time, and never rejects.
// A listener that throws, rejects or never settles would lock the compose window for good.

/** Thunderbird is answered within this many milliseconds, whatever the host or a person does. */
export const ANSWER_LIMIT = 250;

/** Room for the way back to Thunderbird. */
const MARGIN = 30;

export class SendAnswer {
  /** @type {(answer: {cancel: boolean}) => void} */
  #resolve = () => {};
  #settled = false;
  #stopTimer;

  /**
   * @param {(after: number, run: () => void) => () => void} timer starts a timer, gives its stop
   */
  constructor(timer) {
    /** @type {Promise<{cancel: boolean}>} */
    this.promise = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#stopTimer = timer(ANSWER_LIMIT - MARGIN, () => this.stay());
  }

  /**
   * Lets the message go.
   *
   * @returns {boolean} false where the answer was given already: the message stays
   */
  open() {
    return this.#settle(false);
  }

  get settled() {
    return this.#settled;
  }

  /** The message stays; the compose window is usable at once. */
  stay() {
    return this.#settle(true);
  }

  /** @param {boolean} cancel */
  #settle(cancel) {
    if (this.#settled) {
      return false;
    }
    this.#settled = true;
    this.#stopTimer();
    this.#resolve({ cancel });
    return true;
  }
}
