// SPDX-License-Identifier: MPL-2.0
/**
 * A desk with one Thunderbird on it, for all scenarios of a test file: started before the first,
 * tidied after each, closed after the last. A scenario that fails leaves a picture of the screen in
 * build/thunderbird-failures. Nothing is tried twice.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import path from 'node:path';

import { BUILD } from './places.js';
import { Review } from './review.js';
import { pause } from './run.js';
import { Thunderbird } from './thunderbird.js';

/** How long a window may stay locked after Send, in milliseconds; the gate answers within 250. */
export const LOCK_LIMIT = 1_000;

/** How long nothing must happen before it counts as "nothing happens", in milliseconds. */
const QUIET_TIME = 700;

export class Desk {
  /** @type {Thunderbird} */
  thunderbird = /** @type {any} */ (undefined);

  /**
   * @param {import("./thunderbird.js").Options} [options]
   * @param {(thunderbird: Thunderbird) => unknown} [prepare] awaited before Thunderbird starts
   * @param {(thunderbird: Thunderbird) => unknown} [ready] awaited when it has started
   */
  constructor(options, prepare, ready = () => {}) {
    // One hook for all of it: several at the top of a file may run side by side.
    before(async () => {
      this.thunderbird = await Thunderbird.start(options, prepare);
      await this.thunderbird.watchWindows();
      await ready(this.thunderbird);
    });
    after(async () => {
      await this.thunderbird?.close();
    });
  }

  /**
   * @param {string} name a sentence
   * @param {(thunderbird: Thunderbird) => Promise<void>} act
   * @param {number} [time] milliseconds
   */
  scenario(name, act, time = 60_000) {
    test(name, { timeout: time }, async () => {
      const { thunderbird } = this;
      await thunderbird.opened();
      try {
        await act(thunderbird);
      } catch (error) {
        await this.#keepPicture(name);
        throw error;
      } finally {
        await thunderbird.tidy();
      }
    });
  }

  /** @param {string} name */
  async #keepPicture(name) {
    const file = path.join(BUILD, 'thunderbird-failures', `${name.replace(/\W+/g, '-')}.png`);
    try {
      await this.thunderbird.display.screenshot(file);
      const titles = (await this.thunderbird.windows()).map((win) => win.title);
      console.error(`windows: ${titles.join(' | ')}; picture: ${file}`);
      console.error(this.thunderbird.sink.lines.slice(-5).join('\n'));
    } catch (error) {
      console.error(`no picture of the failure: ${error}`);
    }
  }

  /**
   * Nothing has left, and the way out is open: a message to somebody else, sent now, arrives alone.
   * @param {string} [to]
   */
  async nothingLeft(to = 'carol@army.mil') {
    const { sink } = this.thunderbird;
    await pause(QUIET_TIME);
    assert.deepEqual(await sink.take(), [], 'something left');
    const compose = await this.thunderbird.compose({ to });
    await compose.pressSend();
    assert.deepEqual(await sink.take(1), [[to]]);
    await compose.closes();
  }

  /**
   * Exactly this leaves, once.
   * @param {string[]} recipients of the one message, as in its RCPT lines
   */
  async leaves(recipients) {
    const { sink } = this.thunderbird;
    assert.deepEqual(await sink.take(1), [recipients]);
    await pause(200);
    assert.deepEqual(await sink.take(), [], 'it left twice');
  }

  /** No window came up since the scenario began but compose windows. */
  async noWindowOpened() {
    const opened = await this.thunderbird.opened();
    assert.deepEqual(opened.filter((url) => !url.endsWith('/messengercompose.xhtml')), []);
  }

  /**
   * The message was not sent: its window is there, and can be used.
   * @param {import("./compose.js").Compose} compose
   */
  async usable(compose) {
    assert.equal(await compose.isOpen(), true, 'the compose window is gone');
    assert.equal(await compose.isLocked(), false, 'the compose window is locked');
    const longest = await compose.longestLock();
    assert.ok(longest < LOCK_LIMIT, `the compose window was locked for ${longest} ms`);
  }

  /** @param {Parameters<typeof Review.opens>[1]} [options] */
  review(options) {
    return Review.opens(this.thunderbird, options);
  }
}
