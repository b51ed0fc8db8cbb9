// SPDX-License-Identifier: MPL-2.0
import { setImmediate as idle } from "node:timers/promises";

/** Time that only passes when told to. */
export class Clock {
  now = 1000;
  #timers = [];
  #last = 0;

  timer(after, run) {
    this.#last += 1;
    const entry = { at: this.now + after, order: this.#last, run };
    this.#timers.push(entry);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== entry);
    };
  }

  async advance(ms) {
    const until = this.now + ms;
    await idle();
    for (;;) {
      this.#timers.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.#timers[0];
      if (!next || next.at > until) {
        break;
      }
      this.#timers.shift();
      this.now = Math.max(this.now, next.at);
      next.run();
      await idle();
    }
    this.now = until;
  }
}
