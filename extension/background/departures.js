// SPDX-License-Identifier: MPL-2.0
// What became of a message that was let go: it left, or it stayed after all. Only what left is told,
// once.

import { addedRecipients } from '../shared/message.js';
import { hasLeft } from './left-message.js';

/**
 * @typedef {import('./gate-core.js').GateCore} GateCore
 * @typedef {import('./tab-table.js').TabState} TabState
 * @typedef {import('./tab-table.js').Allowed} Allowed
 */

/** With sending in the background onAfterSend never comes; so long it is waited for. */
const AFTER_SEND_LIMIT = 3000;

export class Departures {
  #core;

  /** @param {GateCore} core */
  constructor(core) {
    this.#core = core;
  }

  /**
   * Thunderbird tells how a send ended; of a cancelled one its mode.
   *
   * @param {number} tabId
   * @param {Record<string, any>} info
   */
  async afterSend(tabId, info) {
    const { tabs, turns } = this.#core;
    await tabs.ready;
    const state = tabs.get(tabId);
    if (state && info.error) {
      state.mode = info.mode ?? null;
    }
    turns.tryEnds(tabId);
    if (!state) {
      return;
    }
    if (!hasLeft(info)) {
      if (state.phase === 'leaving') {
        await this.#core.fellThrough(tabId, state);
      }
      return;
    }
    await this.#left(tabId, state, info);
  }

  /**
   * A message has left.
   *
   * @param {number} tabId
   * @param {TabState} state
   * @param {Record<string, any>} info what is known of it
   */
  async #left(tabId, { allowed }, info) {
    await this.#core.discard(tabId);
    if (allowed) {
      const left = await this.#core.world.left(info, allowed.message).catch(() => allowed.message);
      await this.#tell(allowed, left, info.mode);
    }
  }

  /**
   * @param {Allowed} allowed
   * @param {import('../shared/message.js').Message} left
   * @param {string} sendMode Thunderbird's word
   */
  async #tell(allowed, left, sendMode) {
    const { judge, unguarded, notices, log } = this.#core.world;
    const mode = sendMode === 'sendLater' ? 'later' : 'now';
    if (allowed.unguarded) {
      // Where that fails it is told at the next start, as it was written down before.
      await unguarded.left(allowed.unguarded, { message: left, mode }).catch(log);
    }
    if (allowed.unasked) {
      notices.say('noticeUnguarded', [left.subject]);
    }
    if (allowed.unrecorded) {
      notices.say('noticeUnrecorded', [left.subject]);
    }
    if (allowed.unkept) {
      notices.say('noticeUnkept', [left.subject]);
    }
    const matched = allowed.key ? await judge.sent(allowed.key, left, mode) : null;
    const added = addedRecipients(allowed.message, left);
    if (matched !== true && added.length > 0) {
      notices.say('noticeAdded', [added.join(', ')]);
    } else if (matched === false) {
      notices.say('noticeMismatch', [left.subject]);
    }
  }

  /**
   * A compose window is gone. One whose message was let go has sent it in the background, of which
   * onAfterSend never tells, or Thunderbird stopped it and the person gave it up: the Outbox shows
   * which, and is asked at once, before the message leaves it.
   *
   * @param {number} tabId
   */
  async tabClosed(tabId) {
    const { tabs, turns, world } = this.#core;
    await tabs.ready;
    turns.tryEnds(tabId);
    const state = tabs.get(tabId);
    if (!state) {
      return;
    }
    const { phase, allowed } = state;
    if (phase !== 'leaving' || !allowed) {
      await this.#core.goBack(tabId);
      return;
    }
    const copy = await world.queued(allowed.message).catch(world.log);
    await new Promise((resolve) => {
      world.timer(AFTER_SEND_LIMIT, () => resolve(undefined));
    });
    if (tabs.get(tabId) !== state) {
      return;
    }
    if (!copy) {
      await this.#core.fellThrough(tabId, state);
      return;
    }
    await this.#left(tabId, state, { messages: [copy], mode: state.mode ?? 'sendNow' });
  }
}
