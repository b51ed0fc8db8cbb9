// SPDX-License-Identifier: MPL-2.0
// The gate that each message passes at Send. It holds no promise while a person thinks: the event
// is answered at once, and whatever takes longer goes on outside of it.

import { actionsOf } from '../shared/cards.js';
import { printOf } from '../shared/message.js';
import { SendAnswer } from './send-answer.js';
import { freshState } from './tab-table.js';

/**
 * @typedef {import('./gate-core.js').GateCore} GateCore
 * @typedef {import('./gate-core.js').Gathered} Gathered
 * @typedef {import('./gate-core.js').Outcome} Outcome
 * @typedef {import('./tab-table.js').TabState} TabState
 * @typedef {import('./tab-table.js').Allowed} Allowed
 * @typedef {{tabId: number, job: object, state: TabState, answer: SendAnswer, own: boolean}} Press
 */

/**
 * What the page says where the host refused a decision; else its store could not be written.
 *
 * @type {Record<string, string>}
 */
const REFUSALS = {
  'cannot-record': 'noticeCannotRecord',
  'not-permitted': 'noticeNotPermitted',
};

export class SendGate {
  #core;

  /** @param {GateCore} core */
  constructor(core) {
    this.#core = core;
  }

  /**
   * Thunderbird asks whether a message may go.
   *
   * @param {number} tabId
   * @param {Record<string, any>} details
   * @returns {Promise<{cancel: boolean}>} settles once, in time, and never rejects
   */
  beforeSend(tabId, details) {
    const answer = new SendAnswer(this.#core.world.timer);
    this.#core.turns.tryBegins(tabId, answer);
    if (this.#core.tookBack(tabId)) {
      answer.stay();
      return answer.promise;
    }
    this.#pressed(tabId, details, answer)
      .catch((error) => this.#unchecked(tabId, this.#core.begin(tabId), answer, error))
      .catch(this.#core.world.log)
      .finally(() => answer.stay());
    return answer.promise;
  }

  /**
   * Something failed that should not: the message stays, and the page says so.
   *
   * @param {number} tabId
   * @param {object} job
   * @param {SendAnswer} answer
   * @param {unknown} error
   */
  async #unchecked(tabId, job, answer, error) {
    this.#core.world.log(error);
    answer.stay();
    await this.#core.stay(tabId, job, 'noticeNotChecked');
  }

  /**
   * @param {number} tabId
   * @param {Record<string, any>} details
   * @param {SendAnswer} answer
   */
  async #pressed(tabId, details, answer) {
    const { tabs, world } = this.#core;
    await tabs.ready;
    const state = await this.#stateFor(tabId);
    const { permit } = state;
    if (permit) {
      state.permit = null;
      permit.taken = true;
      // Used up before anything else: also where the message turns out to be another.
      await tabs.keep(tabId);
    }
    const fields = await world.fields(tabId, details);
    const print = printOf(fields);
    if (permit) {
      const matches = permit.print === print && world.now() < permit.until;
      if (matches && state.phase === 'sending') {
        await this.#useUp(tabId, state, answer, permit.allowed);
        return;
      }
      await this.#core.forget(permit.allowed);
    }
    if (state.phase === 'checking' && this.#core.working(tabId) && state.print === print) {
      // The same message is being checked already; its answer is for this press too.
      answer.stay();
      return;
    }
    const job = this.#core.begin(tabId);
    const press = { tabId, job, state, answer, own: permit !== null };
    try {
      await this.#judge(press, await world.gather(tabId, fields));
    } catch (error) {
      await this.#unchecked(tabId, job, answer, error);
    }
  }

  /**
   * @param {number} tabId
   * @returns {Promise<TabState>}
   */
  async #stateFor(tabId) {
    const { tabs } = this.#core;
    const left = tabs.get(tabId);
    if (left?.phase === 'leaving') {
      // Let go before, and still here: it did not leave.
      await this.#core.fellThrough(tabId, left);
    }
    const state = tabs.get(tabId) ?? freshState();
    // Of a try of our own the mode is known; of another, Thunderbird tells it once it is cancelled.
    state.mode = state.permit ? state.mode : null;
    tabs.put(tabId, state);
    return state;
  }

  /**
   * @param {number} tabId
   * @param {TabState} state
   * @param {SendAnswer} answer
   * @param {Allowed} allowed
   */
  async #useUp(tabId, state, answer, allowed) {
    if (await this.#letGo(tabId, state, answer, allowed)) {
      await this.#core.closePage(tabId);
      await this.#core.tabs.keep(tabId);
      return;
    }
    await this.#core.forget(allowed);
    // Too slow by a hair. Not tried again without the person, else it might never end.
    await this.#core.stay(tabId, this.#core.begin(tabId), 'noticeNotSent', ['']);
  }

  /**
   * @param {Press} press
   * @param {Gathered} gathered
   */
  async #judge(press, gathered) {
    const { tabId, job, state } = press;
    if (!this.#core.holds(tabId, job)) {
      return;
    }
    const asked = state.page !== null && state.key !== null && !state.failed;
    const edited = state.print !== printOf(gathered.fields);
    Object.assign(state, { phase: 'checking', print: printOf(gathered.fields) });
    if (!asked) {
      Object.assign(state, { message: gathered.message, key: null });
      const outcome = await this.#core.world.judge.check(gathered.message, null);
      await this.#settle(press, gathered, outcome, false);
      return;
    }
    await this.#decideAgain(press, gathered, edited);
  }

  /**
   * Send pressed in the compose window while the page is open: a decision with the answers so far.
   *
   * @param {Press} press
   * @param {Gathered} gathered
   * @param {boolean} edited
   */
  async #decideAgain(press, gathered, edited) {
    const { tabId, job, state } = press;
    const { judge } = this.#core.world;
    if (edited) {
      const renewed = await judge.check(gathered.message, state.key);
      if (!this.#core.holds(tabId, job)) {
        return;
      }
      if (renewed.kind !== 'verdict') {
        await this.#settle(press, gathered, renewed, false);
        return;
      }
      this.#core.takeVerdict(state, gathered, renewed, false);
    }
    const key = state.key ?? '';
    const outcome = await judge.decide(key, gathered.message, actionsOf(state.cards));
    await this.#settle(press, gathered, outcome, true);
  }

  /**
   * @param {Press} press
   * @param {Gathered} gathered
   * @param {Outcome} outcome
   * @param {boolean} decided
   */
  async #settle(press, gathered, outcome, decided) {
    const { tabId, job, state, answer } = press;
    if (!this.#core.holds(tabId, job)) {
      return;
    }
    if (outcome.kind === 'verdict' && outcome.verdict.verdict === 'allow') {
      this.#core.takeVerdict(state, gathered, outcome, decided);
      const { key, unrecorded, unkept } = outcome;
      const { message } = gathered;
      await this.#leave(press, { message, key, unguarded: null, unrecorded, unkept });
      return;
    }
    if (outcome.kind === 'failed') {
      await this.#withoutHost(press, gathered, outcome.why);
      return;
    }
    answer.stay();
    if (outcome.kind === 'verdict') {
      this.#core.takeVerdict(state, gathered, outcome, decided);
    } else {
      state.notice = { key: refusalText(outcome.code), args: [] };
    }
    await this.#core.ask(tabId, job, false);
  }

  /**
   * @param {Press} press
   * @param {Gathered} gathered
   * @param {string} why
   */
  async #withoutHost(press, gathered, why) {
    const { tabId, job, state, answer } = press;
    const setting = await this.#core.world.onHostFailure();
    if (!this.#core.holds(tabId, job)) {
      return;
    }
    this.#core.takeFailure(state, gathered, why, setting === 'block');
    if (setting !== 'allow') {
      answer.stay();
      await this.#core.ask(tabId, job, false);
      return;
    }
    const { message } = gathered;
    const unguarded = await this.#core.world.unguarded.begin({ message, actions: [], why });
    await this.#leave(press, { message, key: null, unguarded, unasked: true });
  }

  /**
   * The message may go: at once where Thunderbird still waits, else by a permit.
   *
   * @param {Press} press
   * @param {Allowed} allowed
   */
  async #leave(press, allowed) {
    const { tabId, job, state, answer, own } = press;
    const { print } = state;
    if (await this.#letGo(tabId, state, answer, allowed)) {
      this.#core.end(tabId, job);
      await this.#core.closePage(tabId);
      await this.#core.tabs.keep(tabId);
    } else if (own) {
      await this.#core.forget(allowed);
      // Our own try met another message than its permit, and again was too slow.
      await this.#core.stay(tabId, job, 'noticeChanged');
    } else {
      answer.stay();
      await this.#core.grant(tabId, job, print, allowed);
    }
  }

  /**
   * @param {number} tabId
   * @param {TabState} state
   * @param {SendAnswer} answer
   * @param {Allowed} allowed
   * @returns {Promise<boolean>} false where the message stays; never rejects
   */
  async #letGo(tabId, state, answer, allowed) {
    const { world } = this.#core;
    const { phase } = state;
    // Until Thunderbird has the answer, a failure it tells of is that of an earlier try.
    Object.assign(state, { phase: 'opening', allowed });
    const kept = await this.#core.tabs.keep(tabId).then(() => true, world.log);
    const ours = this.#core.tabs.get(tabId) === state && state.phase === 'opening';
    if (kept && ours && answer.open()) {
      state.phase = 'leaving';
      world.leaving(allowed.message);
      return true;
    }
    if (ours) {
      Object.assign(state, { phase, allowed: null });
    }
    return false;
  }
}

/**
 * @param {string} code with which the host refused a decision
 */
export function refusalText(code) {
  return REFUSALS[code] ?? 'noticeNotKept';
}
