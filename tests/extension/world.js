// SPDX-License-Identifier: MPL-2.0
// A world for the gate: a clock of its own, a Thunderbird with one compose window, a host, a person.
// Everything that happens is counted, so that a test can say what may never happen.
import assert from "node:assert/strict";

import { Departures } from "../../extension/background/departures.js";
import { GateCore } from "../../extension/background/gate-core.js";
import { ReviewDesk } from "../../extension/background/review-desk.js";
import { SendGate } from "../../extension/background/send-gate.js";
import { buildMessage, fieldsOf } from "../../extension/shared/message.js";
import { Clock } from "./clock.js";

export const TAB = 1;

/** @param {string} address who is questioned unless it is the right one */
const questioned = (address) => address.startsWith("bad");

export class World {
  clock = new Clock();
  /** How the host behaves: its verdicts come after `latency`, or it fails with `why`. */
  host = { latency: 5, why: "" };
  setting = "confirm";
  offline = false;
  details = { from: "me@own.mil", type: "new", to: ["ok@x.mil"], subject: "s" };
  open = true;
  events = [];
  departures = [];
  credits = new Map();
  wish = false;
  windows = new Map();
  told = [];
  notices = [];
  waiting = new Map();
  unguarded = [];
  checks = [];
  decisions = [];
  opened = 0;
  /** Another add-on, a full disk, a server: what else may go wrong. */
  onEvent = () => {};
  onSend = () => {};
  storeFails = false;
  storeLatency = 1;
  gatherFails = false;
  background = false;
  /** Thunderbird halts a send after our answer, and tells nobody; and the one that it halted last. */
  halts = false;
  halted = null;
  outbox = [];
  added = [];
  #store = new Map();
  #epoch = 0;
  #ids = 0;

  constructor() {
    this.wake();
  }

  /** A fresh event page; whatever the one before still waited for never comes. */
  wake() {
    this.#epoch += 1;
    this.core = new GateCore(this.#world(this.#epoch));
    this.gate = new SendGate(this.core);
    this.departing = new Departures(this.core);
    this.desk = new ReviewDesk(this.core, () => this.clock.now);
    this.desk.sweep();
  }

  get stored() {
    return [...this.#store.values()].map((text) => JSON.parse(text));
  }

  #later(epoch, ms, make) {
    return new Promise((resolve, reject) => {
      this.clock.timer(ms, () => {
        if (epoch === this.#epoch) {
          try {
            resolve(make());
          } catch (error) {
            reject(error);
          }
        }
      });
    });
  }

  #world(epoch) {
    const later = (ms, make) => this.#later(epoch, ms, make);
    return {
      store: {
        load: async () => Object.fromEntries([...this.#store].map(([k, v]) => [k, JSON.parse(v)])),
        save: (tab, state) => {
          const text = state && JSON.stringify(state);
          const write = () => (text ? this.#store.set(String(tab), text) : this.#store.delete(String(tab)));
          return this.storeFails ? Promise.reject(new Error("no space")) : later(this.storeLatency, write);
        },
      },
      fields: (tab, details) => later(1, () => {
        if (!details && !this.open) {
          throw new Error("no such tab");
        }
        return fieldsOf(details ?? this.details, []);
      }),
      gather: (tab, fields) => later(1, () => {
        if (this.gatherFails) {
          throw new Error("no such list");
        }
        return this.gathered(fields);
      }),
      judge: {
        trustable: false,
        check: (message, renews) => {
          this.checks.push({ message, renews });
          return later(this.host.latency, () => this.#judged(message, []));
        },
        decide: (key, message, actions) => {
          this.decisions.push({ key, message, actions });
          return later(this.host.latency, () => this.#judged(message, actions));
        },
        back: async (key, message, actions) => {
          this.told.push({ op: "back", key, actions });
        },
        sent: async (key, message, mode) => {
          this.told.push({ op: "sent", key, mode, to: message.recipients.map((one) => one.text) });
          return this.added.length === 0;
        },
      },
      compose: {
        send: (tab, mode) => {
          this.onSend();
          return this.sendMessage(mode);
        },
        set: (tab, changes) => later(1, () => {
          this.details = { ...this.details, ...changes };
        }),
        focused: async () => true,
      },
      pages: {
        open: (tab, token) => later(5, () => {
          this.#ids += 1;
          this.opened += 1;
          this.windows.set(this.#ids, token);
          return this.#ids;
        }),
        close: async (id) => this.closeWindow(id),
        exists: async (id) => this.windows.has(id),
        show: () => {},
      },
      onHostFailure: async () => this.setting,
      unguarded: {
        begin: async (entry) => {
          this.#ids += 1;
          this.#credit(entry.message);
          this.unguarded.push({ id: String(this.#ids), ...entry, state: "begun" });
          return String(this.#ids);
        },
        left: async (id, entry) => this.#mark(id, "left", entry),
        drop: async (id) => this.#mark(id, "dropped", {}),
      },
      leaving: () => {},
      left: async (info, allowed) => {
        const more = this.added.map((text) => ({ field: "bcc", text, parsed: text }));
        return { ...allowed, recipients: [...allowed.recipients, ...more] };
      },
      queued: () => later(1, () => this.outbox[0] ?? null),
      language: () => "en",
      notices: { say: (key, args) => this.notices.push({ key, args }) },
      now: () => this.clock.now,
      timer: (after, run) => this.clock.timer(after, () => epoch === this.#epoch && run()),
      token: () => {
        this.#ids += 1;
        return `token${this.#ids}`;
      },
      log: (error) => {
        if (error?.name === "AssertionError") {
          throw error;
        }
      },
    };
  }

  #mark(id, state, entry) {
    Object.assign(this.unguarded.find((one) => one.id === id), { state, ...entry });
  }

  gathered(fields) {
    const names = ["to", "cc", "bcc"];
    const recipients = names.flatMap((field) => fields[field].map((text) => ({ field, text, parsed: text })));
    const places = names.flatMap((field) => fields[field].map((_, at) => ({ field, at })));
    const message = buildMessage(fields, fields.from, recipients, null, 1);
    return { fields, recipients, places, message };
  }

  #credit(message) {
    const name = message.recipients.map((one) => one.text).join();
    this.credits.set(name, (this.credits.get(name) ?? 0) + 1);
  }

  #judged(message, actions) {
    if (this.host.why) {
      return { kind: "failed", why: this.host.why };
    }
    const right = new Set(actions.filter((one) => one.action === "right").map((one) => one.address));
    const recipients = message.recipients.flatMap((one, index) => {
      if (!questioned(one.text) || right.has(one.text)) {
        return [];
      }
      const meant = [one.text.replace("bad", "good")];
      return [{
        index, field: one.field, address: one.text, shown: one.text, verdict: "warn",
        findings: [{ code: "lookalike-domain", verdict: "warn", meant }], override: "click", trust: "none",
      }];
    });
    const verdict = recipients.length > 0 ? "warn" : "allow";
    if (verdict === "allow") {
      this.#credit(message);
    }
    this.#ids += 1;
    return { kind: "verdict", key: `key${this.#ids}`, verdict: { verdict, recipients, findings: [] } };
  }

  /** The listener is asked; counts how it is answered. */
  #event(mode) {
    const event = { mode, settled: 0, pending: true, began: this.clock.now, took: 0, cancel: null };
    this.events.push(event);
    this.onEvent();
    event.done = this.gate.beforeSend(TAB, structuredClone(this.details)).then((answer) => {
      event.settled += 1;
      event.pending = false;
      event.took = this.clock.now - event.began;
      event.cancel = answer.cancel;
      assert.equal(typeof answer.cancel, "boolean");
      return answer.cancel ? this.#cancelled(mode) : this.#leaves(mode);
    }, () => assert.fail("the listener rejected"));
    return event.done;
  }

  #cancelled(mode) {
    this.clock.timer(8, () => this.departing.afterSend(TAB, { mode, error: "aborted", messages: [] }));
    return new Error("Send aborted by an onBeforeSend event");
  }

  #leaves(mode) {
    if (this.halts) {
      this.wish = false;
      return new Promise((end) => void Object.assign(this, { halted: { mode, end } }));
    }
    const to = this.details.to.join();
    const allowed = this.credits.get(to) ?? 0;
    const fault = this.wish ? "without being allowed" : "though nobody wanted it any more";
    if (!this.wish || allowed === 0) {
      // Past whoever waits for the end of a send, and would catch it.
      setImmediate(() => assert.fail(`left ${fault}: ${to}`));
    }
    this.credits.set(to, allowed - 1);
    this.wish = false;
    this.departures.push({ to, mode });
    this.open = false;
    this.outbox = this.background || mode === "sendLater" ? [{}] : [];
    this.clock.timer(20, () => {
      this.#ended(mode, mode === "sendNow" ? "sent" : "outbox", "m@own.mil");
      this.departing.tabClosed(TAB);
    });
    return null;
  }

  /** Thunderbird tells of the end of a send, with the copy that it kept. */
  #ended(mode, use, id) {
    const messages = [{ folder: { specialUse: [use] } }];
    const more = { details: this.details, ...(mode === "sendNow" ? { headerMessageId: id } : {}) };
    return this.background || this.departing.afterSend(TAB, { mode, messages, ...more });
  }

  /** The draft is saved, which Thunderbird takes for the end of a send that it halted. */
  save() {
    const { halted } = this;
    if (this.open && !this.locked && halted) {
      this.halted = null;
      this.#ended(halted.mode, "drafts", null);
      halted.end(null);
    }
  }

  get locked() {
    return this.events.some((event) => event.pending);
  }

  /** Send pressed in the compose window. */
  press(mode = "sendNow") {
    if (this.open && !this.locked && this.details.to.length > 0) {
      this.wish = true;
      this.#event(mode);
    }
  }

  /** compose.sendMessage */
  async sendMessage(mode) {
    if (!this.open || this.locked || this.offline || this.details.to.length === 0) {
      throw new Error("Message compose window not ready for the requested command");
    }
    const error = await this.#event(mode);
    if (error) {
      throw error;
    }
  }

  get page() {
    return [...this.windows.entries()][0] ?? null;
  }

  ask(type, more = {}) {
    return this.page ? this.desk.heard({ type, token: this.page[1], ...more }) : Promise.resolve(null);
  }

  closeWindow(id) {
    if (this.windows.delete(id)) {
      this.desk.windowClosed(id);
    }
  }

  /** What a person does to the page; nothing where there is none. */
  async right() {
    const view = await this.ask("ready");
    const card = view?.cards.find((one) => !one.settled);
    if (card) {
      this.ask("act", { card: card.id, settled: { action: "right" } });
    }
  }

  /** What the page shows. */
  view = () => this.does("ready", {}, 0);

  /** @param {string} type @param {object} [more] @param {number} [time] it may take */
  async does(type, more, time = 50) {
    const done = this.ask(type, more);
    await this.clock.advance(time);
    return done;
  }

  pageSend() {
    if (this.page) {
      this.wish = true;
      this.ask("send");
    }
  }

  back() {
    if (this.page) {
      this.wish = false;
      this.ask("back");
    }
  }

  closePage() {
    if (this.page) {
      this.wish = false;
      this.closeWindow(this.page[0]);
    }
  }

  closeTab() {
    if (this.open && !this.locked) {
      this.open = false;
      this.wish = false;
      this.departing.tabClosed(TAB);
    }
  }

  edit(to) {
    if (this.open && !this.locked) {
      this.details = { ...this.details, to };
    }
  }

  /** Thunderbird stops an event page only while it answers nothing. */
  suspend() {
    if (!this.locked) {
      this.wake();
    }
  }
}

/** @param {Partial<World>} [change] */
export function world(change = {}) {
  return Object.assign(new World(), change);
}

/**
 * Send was pressed and the message was stopped.
 *
 * @param {World} one
 * @param {string[]} to
 */
export async function stopped(one, to = ["bad@x.mil"]) {
  one.details.to = to;
  one.press();
  await one.clock.advance(100);
  assert.equal(one.events.at(-1).cancel, true);
  assert.equal(one.windows.size, 1, "the page is open");
  return one;
}
