// SPDX-License-Identifier: MPL-2.0
// What a person does in the review page. The page only draws and asks; what it comes to is decided
// here, on the state that is kept.

import { actionsOf, isPermitted, placeCards } from '../shared/cards.js';
import { moveToBcc, replaceRecipients } from '../shared/edit.js';
import { addressIn, printOf } from '../shared/message.js';
import { viewOf } from '../shared/view.js';
import { refusalText } from './send-gate.js';
import { CUT_SHORT } from './tab-table.js';

/**
 * @typedef {import('./gate-core.js').GateCore} GateCore
 * @typedef {import('./tab-table.js').TabState} TabState
 * @typedef {import('../shared/cards.js').Card} Card
 * @typedef {import('../shared/cards.js').Settled} Settled
 * @typedef {{type: string, token: string, window?: number, card?: string,
 *   settled?: Settled}} Asked
 */

/** Looking at the compose window may take one part in so many of the time. */
const LOOK_SHARE = 50;

/** No look sooner than this, in milliseconds. */
const LOOK_LEAST = 400;

/** Next look where there is nothing to see. */
const LOOK_IDLE = 700;

/** Next look where the host did not answer. */
const LOOK_FAILED = 5000;

export class ReviewDesk {
  #core;
  /** @type {Map<string, Promise<unknown>>} */
  #lines = new Map();

  /**
   * @param {GateCore} core
   * @param {() => number} clock milliseconds
   */
  constructor(core, clock) {
    this.#core = core;
    this.clock = clock;
  }

  /**
   * Something a page asks for. One at a time for each page: two quick clicks must not overwrite
   * each other's recipients.
   *
   * @param {Asked} asked
   * @returns {Promise<unknown>} the view, or for a look when to look next; null where the page
   *   belongs to nothing any more
   */
  async heard(asked) {
    await this.#core.tabs.ready;
    const { token } = asked;
    if (asked.type === 'back') {
      return this.#back(token);
    }
    const before = this.#lines.get(token) ?? Promise.resolve();
    const run = before.then(() => this.#serve(asked));
    const settled = run.catch(() => {});
    this.#lines.set(token, settled);
    try {
      return await run;
    } finally {
      if (this.#lines.get(token) === settled) {
        this.#lines.delete(token);
      }
    }
  }

  /**
   * A window is gone; if it was a review page, that means back to editing.
   *
   * @param {number} window
   */
  async windowClosed(window) {
    await this.#core.tabs.ready;
    const found = this.#core.tabs.find((state) => state.page?.window === window);
    if (found) {
      await this.#core.goBack(found.tabId);
    }
  }

  /** What was cut short, and pages that went, while nobody listened. */
  async sweep() {
    await this.#core.tabs.ready;
    for (const [tabId, state] of this.#core.tabs.entries()) {
      if (state.phase === 'asking') {
        this.#core.withdraw(state);
      }
      const window = state.page?.window ?? null;
      if (window !== null && !await this.#core.world.pages.exists(window)) {
        await this.#core.goBack(tabId);
      }
    }
  }

  /** @param {string} token */
  async #back(token) {
    const found = this.#find(token);
    if (found) {
      await this.#core.goBack(found.tabId);
    }
    return null;
  }

  /** @param {string} token */
  #find(token) {
    return this.#core.tabs.find((state) => state.page?.token === token);
  }

  /** @param {Asked} asked */
  async #serve(asked) {
    const found = this.#find(asked.token);
    if (!found) {
      return null;
    }
    const { tabId, state } = found;
    if (CUT_SHORT.includes(state.phase) && !this.#core.working(tabId)) {
      // Whoever worked on it was stopped on the way: nothing was sent, the person decides again.
      state.phase = 'asking';
      this.#core.withdraw(state);
    }
    switch (asked.type) {
      case 'ready':
        await this.#ready(tabId, state, asked.window ?? null);
        break;
      case 'act':
        await this.#act(tabId, state, asked.card ?? '', asked.settled ?? null);
        break;
      case 'send':
        await this.#send(tabId, state);
        break;
      case 'retry':
        await this.#retry(tabId, state);
        break;
      case 'look':
        return { wait: await this.#look(tabId, state) };
      default:
        break;
    }
    return this.#find(asked.token) ? viewOf(state) : null;
  }

  /**
   * The page is there. It knows its window before the one who opened it does, or where that one
   * was stopped.
   *
   * @param {number} tabId
   * @param {TabState} state
   * @param {number | null} window
   */
  async #ready(tabId, state, window) {
    if (state.page && state.page.window === null && window !== null) {
      state.page.window = window;
      await this.#core.tabs.keep(tabId).catch(this.#core.world.log);
    }
  }

  /**
   * @param {number} tabId
   * @param {TabState} state
   * @param {string} id of the card
   * @param {Settled | null} settled null takes an "it is right" back
   */
  async #act(tabId, state, id, settled) {
    const card = state.cards.find((one) => one.id === id);
    if (state.phase !== 'asking' || !card) {
      return;
    }
    if (!settled) {
      card.settled = card.settled?.action === 'right' ? null : card.settled;
    } else if (isPermitted(card, settled)) {
      const done = settled.action === 'right'
        || await this.#change(tabId, state, card, settled);
      card.settled = done ? settled : card.settled;
    }
    await this.#core.tabs.keep(tabId).catch(this.#core.world.log);
  }

  /**
   * Puts a choice into the compose window.
   *
   * @param {number} tabId
   * @param {TabState} state
   * @param {Card} card
   * @param {Settled} settled
   * @returns {Promise<boolean>} false where it could not be done
   */
  async #change(tabId, state, card, settled) {
    const { world } = this.#core;
    try {
      const before = await world.gather(tabId, await world.fields(tabId));
      const changes = settled.action === 'bcc' ? moveToBcc(before) : replaceRecipients(
        before, (one) => card.addresses.includes(addressIn(one)), settled.to ?? null);
      if (Object.keys(changes).length > 0) {
        await this.#core.turns.change(tabId, () => world.compose.set(tabId, changes));
      }
      const after = await world.gather(tabId, await world.fields(tabId));
      // What the person changed by hand meanwhile has still to be looked at: the old print stays.
      state.print = printOf(before.fields) === state.print ? printOf(after.fields) : state.print;
      state.message = after.message;
      placeCards(state.cards, after.message);
      state.notice = null;
      return true;
    } catch (error) {
      world.log(error);
      state.notice = { key: 'noticeNotChanged', args: [] };
      return false;
    }
  }

  /**
   * Send in the page.
   *
   * @param {number} tabId
   * @param {TabState} state
   */
  async #send(tabId, state) {
    if (!viewOf(state).maySend) {
      return;
    }
    const { world } = this.#core;
    const job = this.#core.begin(tabId);
    state.phase = 'deciding';
    state.notice = null;
    try {
      const gathered = await world.gather(tabId, await world.fields(tabId));
      if (this.#core.holds(tabId, job)) {
        await this.#decide(tabId, state, job, gathered);
      }
    } catch (error) {
      world.log(error);
      await this.#core.stay(tabId, job, 'noticeNotSent', ['']);
    }
  }

  /**
   * @param {number} tabId
   * @param {TabState} state
   * @param {object} job
   * @param {import('./gate-core.js').Gathered} gathered
   */
  async #decide(tabId, state, job, gathered) {
    const { world } = this.#core;
    const print = printOf(gathered.fields);
    if (print !== state.print) {
      const open = await this.#renew(tabId, state, gathered, job);
      if (!open || !this.#core.holds(tabId, job)) {
        await this.#core.ask(tabId, job, true);
        return;
      }
    }
    const { message } = gathered;
    const actions = actionsOf(state.cards);
    if (state.failed) {
      const entry = { message, actions, why: state.failed.why };
      const unguarded = await world.unguarded.begin(entry);
      await this.#core.grant(tabId, job, print, { message, key: null, unguarded });
      return;
    }
    const outcome = state.key ? await world.judge.decide(state.key, message, actions)
      : await world.judge.check(message, null);
    if (!this.#core.holds(tabId, job)) {
      return;
    }
    if (outcome.kind === 'verdict' && outcome.verdict.verdict === 'allow') {
      state.key = outcome.key;
      const { key, unrecorded, unkept } = outcome;
      await this.#core.grant(tabId, job, print, { message, key, unguarded: null, unrecorded, unkept });
      return;
    }
    if (outcome.kind === 'verdict') {
      this.#core.takeVerdict(state, gathered, outcome, true);
    } else if (outcome.kind === 'refused') {
      state.notice = { key: refusalText(outcome.code), args: [] };
    } else {
      await this.#fail(state, gathered, outcome.why);
    }
    await this.#core.ask(tabId, job, true);
  }

  /**
   * The host went away while the page is open. What was decided so far stays decided by a person,
   * and the page takes its degraded form.
   *
   * @param {TabState} state
   * @param {import('./gate-core.js').Gathered} gathered
   * @param {string} why
   */
  async #fail(state, gathered, why) {
    const setting = await this.#core.world.onHostFailure();
    this.#core.takeFailure(state, gathered, why, setting === 'block');
  }

  /**
   * The recipients changed in the compose window: the cards are renewed.
   *
   * @param {number} tabId
   * @param {TabState} state
   * @param {import('./gate-core.js').Gathered} gathered
   * @param {object | null} job
   * @returns {Promise<boolean>} whether Send may go on
   */
  async #renew(tabId, state, gathered, job) {
    if (state.failed) {
      this.#core.takeFailure(state, gathered, state.failed.why, state.failed.stopped);
    } else {
      const { print } = state;
      const outcome = await this.#core.world.judge.check(gathered.message, state.key);
      const stands = this.#core.tabs.get(tabId) === state && state.print === print;
      if (!stands || (job && !this.#core.holds(tabId, job))) {
        // Somebody looked at a newer message meanwhile.
        return false;
      }
      if (outcome.kind === 'verdict') {
        this.#core.takeVerdict(state, gathered, outcome, false);
      } else if (job) {
        await this.#fail(state, gathered, outcome.kind === 'failed' ? outcome.why : 'internal');
      } else {
        return false;
      }
    }
    return state.cards.every((card) => card.settled);
  }

  /**
   * Whether the check can run by now.
   *
   * @param {number} tabId
   * @param {TabState} state
   */
  async #retry(tabId, state) {
    if (state.phase !== 'asking' || !state.failed) {
      return;
    }
    const { world } = this.#core;
    const job = this.#core.begin(tabId);
    state.phase = 'deciding';
    try {
      const gathered = await world.gather(tabId, await world.fields(tabId));
      const outcome = await world.judge.check(gathered.message, null);
      if (this.#core.holds(tabId, job) && outcome.kind === 'verdict') {
        this.#core.takeVerdict(state, gathered, outcome, false);
      }
    } catch (error) {
      world.log(error);
    }
    await this.#core.ask(tabId, job, true);
  }

  /**
   * Looks whether the recipients were changed by hand; only while the compose window has focus.
   *
   * @param {number} tabId
   * @param {TabState} state
   * @returns {Promise<number>} milliseconds until the next look
   */
  async #look(tabId, state) {
    const { world } = this.#core;
    if (state.phase !== 'asking' || !await world.compose.focused(tabId)) {
      return LOOK_IDLE;
    }
    const began = this.clock();
    const fields = await world.fields(tabId);
    const took = this.clock() - began;
    if (printOf(fields) !== state.print && state.phase === 'asking') {
      const gathered = await world.gather(tabId, fields);
      const print = state.print;
      await this.#renew(tabId, state, gathered, null);
      if (state.print === print) {
        return LOOK_FAILED;
      }
      await this.#core.tabs.keep(tabId).catch(world.log);
      this.#core.show(tabId);
    }
    return Math.max(LOOK_LEAST, took * LOOK_SHARE);
  }
}
