// SPDX-License-Identifier: MPL-2.0
// What the send gate and the review desk share: the table of compose windows, who works on which,
// and the way a message is let go by a permit.
//
// Work on a window that takes longer than a moment is a job. A new press of Send, a closed page or
// a closed window ends the job before it, and each step asks whether it still has the word.

import { printOf } from '../shared/message.js';
import { actionsOf, cardsOf, degradedCards, renewCards } from '../shared/cards.js';
import { helpIn } from '../shared/protocol.js';
import { viewOf } from '../shared/view.js';
import { TabTable } from './tab-table.js';
import { Turns } from './turns.js';

/**
 * @typedef {import('../shared/message.js').Fields} Fields
 * @typedef {import('../shared/message.js').Message} Message
 * @typedef {import('../shared/message.js').Recipient} Recipient
 * @typedef {import('../shared/message.js').Place} Place
 * @typedef {import('../shared/view.js').View} View
 * @typedef {import('./judge.js').Outcome} Outcome
 * @typedef {import('./tab-table.js').TabState} TabState
 * @typedef {import('./tab-table.js').Allowed} Allowed
 * @typedef {{fields: Fields, recipients: Recipient[], places: Place[], message: Message}} Gathered
 */

/**
 * All that the gate needs of the world.
 *
 * @typedef {{
 *   store: ConstructorParameters<typeof TabTable>[0],
 *   fields: (tabId: number, details?: Record<string, any>) => Promise<Fields>,
 *   gather: (tabId: number, fields: Fields) => Promise<Gathered>,
 *   judge: {check: (message: Message, renews: string | null) => Promise<Outcome>,
 *     decide: (key: string, message: Message, actions: object[]) => Promise<Outcome>,
 *     back: (key: string, message: Message, actions: object[]) => Promise<void>,
 *     sent: (key: string, message: Message, mode: string) => Promise<boolean | null>,
 *     trustable: boolean},
 *   compose: {send: (tabId: number, mode: string) => Promise<unknown>,
 *     set: (tabId: number, changes: Record<string, string[]>) => Promise<unknown>,
 *     focused: (tabId: number) => Promise<boolean>},
 *   pages: {open: (tabId: number, token: string, recipients: Recipient[]) =>
 *       Promise<number | null>,
 *     close: (window: number) => Promise<void>, exists: (window: number) => Promise<boolean>,
 *     show: (token: string, view: View) => void},
 *   onHostFailure: () => Promise<string>,
 *   unguarded: {begin: (entry: object) => Promise<string>,
 *     left: (id: string, entry: object) => Promise<void>, drop: (id: string) => Promise<void>},
 *   leaving: (message: Message) => void,
 *   left: (info: Record<string, any>, allowed: Message) => Promise<Message>,
 *   queued: (allowed: Message) => Promise<Record<string, any> | null>,
 *   notices: {say: (key: string, args: string[]) => void},
 *   language: () => string,
 *   now: () => number,
 *   timer: (after: number, run: () => void) => () => void,
 *   token: () => string,
 *   log: (what: unknown) => void}} World
 */

/** A permit whose sendMessage nobody watches any more (the event page was stopped) ends by itself. */
const PERMIT_LIFE = 10000;

export class GateCore {
  /** @type {Map<number, object>} */
  #jobs = new Map();
  /** @type {Map<number, {until: number, back: boolean}>} tries of our own that are on their way */
  #tries = new Map();

  /** @param {World} world */
  constructor(world) {
    this.world = world;
    this.tabs = new TabTable(world.store, world.now);
    this.turns = new Turns(world.timer);
  }

  /**
   * Takes over the work on a window.
   *
   * @param {number} tabId
   */
  begin(tabId) {
    const job = {};
    this.#jobs.set(tabId, job);
    return job;
  }

  /**
   * @param {number} tabId
   * @param {object} job
   */
  holds(tabId, job) {
    return this.#jobs.get(tabId) === job;
  }

  /** @param {number} tabId */
  working(tabId) {
    return this.#jobs.has(tabId);
  }

  /**
   * @param {number} tabId
   * @param {object} [job] only where this one still has the word
   */
  end(tabId, job) {
    if (!job || this.holds(tabId, job)) {
      this.#jobs.delete(tabId);
    }
  }

  /**
   * Lets a message go by a permit for exactly this message: one time, void once the listener was
   * asked or sendMessage settled. Where the listener never took it over, it is forgotten.
   *
   * @param {number} tabId
   * @param {object} job
   * @param {string} print of the message that was allowed
   * @param {Allowed} allowed
   */
  async grant(tabId, job, print, allowed) {
    let taken = false;
    try {
      const now = this.holds(tabId, job) && await this.world.fields(tabId);
      const state = this.tabs.get(tabId);
      if (!this.holds(tabId, job) || !state || !now) {
        this.end(tabId, job);
        return;
      }
      if (printOf(now) !== print) {
        await this.stay(tabId, job, 'noticeChanged');
        return;
      }
      const permit = { print, until: this.world.now() + PERMIT_LIFE, allowed };
      Object.assign(state, { phase: 'sending', permit });
      await this.tabs.keep(tabId);
      taken = await this.#send(tabId, job, state, permit);
    } finally {
      if (!taken) {
        await this.forget(allowed);
      }
    }
  }

  /**
   * @param {number} tabId
   * @param {object} job
   * @param {TabState} state
   * @param {import('./tab-table.js').Permit} permit
   * @returns {Promise<boolean>} whether the listener took the message over
   */
  async #send(tabId, job, state, permit) {
    const { allowed } = permit;
    let error = '';
    await this.turns.triesTold(tabId);
    // Where another press took over meanwhile or used the permit, there is nothing to send.
    if (this.holds(tabId, job) && state.permit === permit) {
      this.#tries.set(tabId, { until: permit.until, back: false });
      try {
        await this.world.compose.send(tabId, state.mode ?? 'sendNow');
      } catch (thrown) {
        error = thrown instanceof Error ? thrown.message : String(thrown);
      }
    }
    this.#tries.delete(tabId);
    const { taken = false } = permit;
    if (state.permit === permit) {
      state.permit = null;
    }
    const here = this.tabs.get(tabId) === state;
    // Offline, no recipient, or busy: Thunderbird says no more than this, and did not begin.
    const begun = !/window not ready/iu.test(error);
    if (here && !taken) {
      await this.tabs.keep(tabId);
      const said = error.replace(/^compose\.sendMessage failed: /u, '');
      await this.stay(tabId, job, begun ? 'noticeNotSent' : 'noticeNotReady', [said]);
    } else if (here && begun && error !== '' && state.phase === 'leaving' && state.allowed === allowed) {
      await this.fellThrough(tabId, state);
    }
    this.end(tabId, job);
    return taken;
  }

  /**
   * A message that was let go did not leave after all: a prompt of Thunderbird's, another add-on,
   * a server that refused it.
   *
   * @param {number} tabId
   * @param {TabState} state
   */
  async fellThrough(tabId, state) {
    this.#tries.delete(tabId);
    this.withdraw(state);
    await this.discard(tabId);
  }

  /**
   * Takes back what was allowed and not used. Nobody has to wait for that.
   *
   * @param {TabState} state
   */
  withdraw(state) {
    for (const allowed of [state.permit?.allowed, state.allowed]) {
      if (allowed) {
        this.forget(allowed);
      }
    }
    Object.assign(state, { permit: null, allowed: null });
  }

  /**
   * Thunderbird asks about a try of ours after which the person went back.
   *
   * @param {number} tabId
   */
  tookBack(tabId) {
    const { until, back } = this.#tries.get(tabId) ?? { until: 0, back: false };
    // Whatever is pressed after it is meant.
    return back && this.#tries.delete(tabId) && this.world.now() < until;
  }

  /** @param {Allowed} allowed that did not leave */
  async forget(allowed) {
    if (allowed.unguarded) {
      await this.world.unguarded.drop(allowed.unguarded).catch(this.world.log);
    }
  }

  /**
   * The message stays; the page says why and lets the person send.
   *
   * @param {number} tabId
   * @param {object} job
   * @param {string} key of the text
   * @param {string[]} [args]
   */
  async stay(tabId, job, key, args = []) {
    const state = this.tabs.get(tabId);
    if (!state || !this.holds(tabId, job)) {
      this.end(tabId, job);
      return;
    }
    state.notice = { key, args };
    await this.ask(tabId, job, state.page !== null);
  }

  /**
   * Opens the review page, in front; or draws it anew where it is open and may stay.
   *
   * @param {number} tabId
   * @param {object} job
   * @param {boolean} inPlace
   */
  async ask(tabId, job, inPlace) {
    const state = this.tabs.get(tabId);
    if (!state || !this.holds(tabId, job)) {
      return;
    }
    state.phase = 'asking';
    this.end(tabId, job);
    this.withdraw(state);
    if (inPlace && state.page) {
      await this.tabs.keep(tabId).catch(this.world.log);
      this.show(tabId);
      return;
    }
    const closed = this.closePage(tabId);
    const page = { token: this.world.token(), window: null };
    state.page = page;
    await closed;
    await this.tabs.keep(tabId).catch(this.world.log);
    if (state.page === page) {
      await this.#openPage(tabId, state, page);
    }
  }

  /**
   * @param {number} tabId
   * @param {TabState} state
   * @param {{token: string, window: number | null}} page
   */
  async #openPage(tabId, state, page) {
    let window = null;
    try {
      const recipients = state.message?.recipients ?? [];
      window = await this.world.pages.open(tabId, page.token, recipients);
    } catch (error) {
      this.world.log(error);
      this.world.notices.say('noticeNoPage', []);
    }
    if (state.page !== page || this.tabs.get(tabId) !== state) {
      if (window !== null) {
        await this.world.pages.close(window);
      }
      return;
    }
    page.window = window;
    const open = window !== null && await this.world.pages.exists(window);
    if (open) {
      await this.tabs.keep(tabId).catch(this.world.log);
    } else if (state.page === page) {
      // Closed before its number was known: the same as closed.
      await this.goBack(tabId);
    }
  }

  /**
   * Back to editing: not sent. The button, Escape and closing the page alike.
   *
   * @param {number} tabId
   */
  async goBack(tabId) {
    const state = this.tabs.get(tabId);
    if (!state || state.phase === 'leaving') {
      return;
    }
    const { key, message, failed, cards } = state;
    Object.assign(this.#tries.get(tabId) ?? {}, { back: true });
    this.withdraw(state);
    await this.discard(tabId);
    if (key && message && !failed) {
      // Nobody waits for it: a hanging host must not keep the person.
      this.world.judge.back(key, message, actionsOf(cards)).catch(this.world.log);
    }
  }

  /**
   * Forgets all of a compose window's message, and closes its page. It is forgotten at once: a press
   * of Send that comes meanwhile begins anew, and whoever worked on it has lost the word.
   *
   * @param {number} tabId
   */
  async discard(tabId) {
    const state = this.tabs.get(tabId);
    this.end(tabId);
    const dropped = this.tabs.drop(tabId);
    await this.#closeWindow(state);
    await dropped;
  }

  /** @param {number} tabId */
  async closePage(tabId) {
    await this.#closeWindow(this.tabs.get(tabId));
  }

  /** @param {TabState | null} state */
  async #closeWindow(state) {
    const window = state?.page?.window ?? null;
    if (state) {
      state.page = null;
    }
    if (window !== null) {
      await this.world.pages.close(window).catch(this.world.log);
    }
  }

  /**
   * Takes in what the host said of a message.
   *
   * @param {TabState} state
   * @param {Gathered} gathered what it was asked about
   * @param {Extract<Outcome, {kind: 'verdict'}>} outcome
   * @param {boolean} decided whether the answers were taken in
   */
  takeVerdict(state, gathered, outcome, decided) {
    const { key, verdict } = outcome;
    const old = state.failed ? [] : state.cards;
    const cards = renewCards(old, cardsOf(verdict, gathered.message), gathered.message, decided);
    const help = helpIn(verdict.help, this.world.language());
    Object.assign(state, {
      key, cards, help, more: verdict.more ?? 0, failed: null, notice: null, message: gathered.message,
      print: printOf(gathered.fields), trustable: this.world.judge.trustable,
    });
  }

  /**
   * The check could not run.
   *
   * @param {TabState} state
   * @param {Gathered} gathered
   * @param {string} why
   * @param {boolean} stopped whether the administrator lets nothing go without the check
   */
  takeFailure(state, gathered, why, stopped) {
    const old = state.failed ? state.cards : [];
    Object.assign(state, {
      failed: { why, stopped }, more: 0, notice: null, message: gathered.message,
      print: printOf(gathered.fields), cards: degradedCards(gathered.message, old),
    });
  }

  /** @param {number} tabId */
  show(tabId) {
    const state = this.tabs.get(tabId);
    if (state?.page) {
      this.world.pages.show(state.page.token, viewOf(state));
    }
  }
}
