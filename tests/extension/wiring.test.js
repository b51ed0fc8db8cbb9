// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

import { HostLink } from "../../extension/background/host-link.js";
import { Notices } from "../../extension/background/notices.js";
import { reviewWindows } from "../../extension/background/review-windows.js";
import { runOf, sessionStore } from "../../extension/background/session-store.js";
import { Clock } from "./clock.js";

/** A storage area that copies. */
function storage() {
  const kept = {};
  return {
    kept,
    get: async (name) => structuredClone(name === null ? kept : name in kept ? { [name]: kept[name] } : {}),
    set: async (values) => void Object.assign(kept, structuredClone(values)),
    remove: async (name) => void delete kept[name],
  };
}

/** Windows that can be opened and closed. */
function windows() {
  const open = new Map();
  let last = 0;
  return {
    open,
    create: async (what) => {
      last += 1;
      open.set(last, what);
      return { id: last };
    },
    get: async (id) => (open.has(id) ? open.get(id) : Promise.reject(new Error("gone"))),
    remove: async (id) => (open.delete(id) ? undefined : Promise.reject(new Error("gone"))),
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("the listeners", () => {
  it("are all registered at once, so that Thunderbird can wake the event page for each", async () => {
    const listeners = new Map();
    const event = (name) => ({ addListener: (heard) => listeners.set(name, heard) });
    const session = storage();
    const local = storage();
    let looks = 0;
    globalThis.browser = {
      accounts: {},
      addressBooks: {
        list: async () => {
          looks += 1;
          return [];
        },
        onCreated: event("book"), onUpdated: event("book"), onDeleted: event("bookGone"),
        contacts: { onCreated: event("card"), onUpdated: event("cardChanged"), onDeleted: event("cardGone") },
        mailingLists: {
        onCreated: event("list"), onUpdated: event("list"), onDeleted: event("list"),
        onMemberAdded: event("member"), onMemberRemoved: event("member"),
      } },
      compose: {
        onBeforeSend: event("beforeSend"), onAfterSend: event("afterSend"), listAttachments: async () => [],
      },
      messengerUtilities: { parseMailboxString: async () => [{ name: "Staff" }] },
      runtime: {
        id: "ours", onMessage: event("message"), onStartup: event("startup"),
        onInstalled: event("installed"), sendMessage: async () => {},
        getManifest: () => ({ version: "1" }),
      },
      storage: { session, local, managed: {} },
      tabs: { onCreated: event("created"), onRemoved: event("removed"), query: async () => [] },
      windows: { ...windows(), onRemoved: event("windowRemoved") },
    };
    const loaded = import("../../extension/background/main.js");
    await loaded;
    assert.deepEqual([...listeners.keys()].sort(), ["afterSend", "beforeSend", "book", "bookGone", "card", "cardChanged", "cardGone",
      "created", "installed", "list", "member", "message", "removed", "startup", "windowRemoved"]);
    const message = listeners.get("message");
    assert.equal(message({ type: "send", token: "t" }, { id: "stranger" }), undefined);
    assert.equal(message({ type: "view", token: "t" }, { id: "ours" }), undefined);
    assert.equal(await message({ type: "ready", token: "nobody's" }, { id: "ours" }), null);
    assert.deepEqual(await message({ type: "notices" }, { id: "ours" }), []);
    assert.equal(message({ type: "settings:host", op: "trust.list" }, { id: "stranger" }), undefined);
    assert.equal((await message({ type: "settings:host", op: "unguarded" }, { id: "ours" })).error.code, "unknown-op");
    await session.set({ written: { "ann@x.mil": Date.now() } });
    for (const [heard, id] of [["cardChanged", "old"], ["card", "new"]]) {
      listeners.get(heard)({ id, parentId: "pab", vCard: "EMAIL:ann@x.mil" });
    }
    await settled();
    assert.deepEqual(local.kept.books.collected, ["new"], "a card that was there before stays the person's own");
    // Thunderbird is answered whatever is missing.
    assert.deepEqual(await listeners.get("beforeSend")({ id: 1 }, {}), { cancel: true });
    for (const [heard, expected] of [["", 1], ["", 1], ["book", 2], ["bookGone", 3]]) {
      listeners.get(heard)?.({ id: "pab" });
      await listeners.get("beforeSend")({ id: 1 }, { to: ["Staff"] });
      assert.equal(looks, expected, "lists are looked for anew where a book came or went");
    }
  });
});

describe("the connection to the host", () => {
  /** @param {object} [more] */
  function link(more = {}) {
    const clock = new Clock();
    const calls = [];
    const told = [];
    const made = new HostLink({
      port: {
        idle: true,
        greet: async () => void calls.push("greet"),
        close: () => calls.push("close"),
        ask: async (op, entry) => void told.push([op, entry]),
      },
      unguarded: { flush: async (tell) => tell({ why: "late" }) },
      timer: (after, run) => clock.timer(after, run),
      log: (error) => assert.fail(error),
      composing: async () => 0,
      ...more,
    });
    return { made, clock, calls, told };
  }

  it("opens with a compose window and is let go a while after the last", async () => {
    const { made, clock, calls } = link();
    made.composing();
    made.composed();
    await clock.advance(14000);
    assert.deepEqual(calls, ["greet"]);
    await clock.advance(2000);
    assert.deepEqual(calls, ["greet", "close"]);
  });

  it("stays while another compose window is open", async () => {
    const { made, clock, calls } = link({ composing: async () => 1 });
    made.composed();
    await clock.advance(20000);
    assert.deepEqual(calls, []);
  });

  it("tells after a hello, once, what left without the check", async () => {
    const { made, clock, told } = link();
    made.greeted();
    made.greeted();
    await clock.advance(2000);
    assert.deepEqual(told, [["unguarded", { why: "late" }]]);
  });

  it("is opened a moment after the start, to tell what is due, and let go again", async () => {
    const { made, clock, calls } = link();
    made.started();
    await clock.advance(1000);
    assert.deepEqual(calls, []);
    await clock.advance(20000);
    assert.deepEqual(calls, ["greet", "close"]);
  });
});

describe("a notice", () => {
  it("stands in a window with those before it, in front, until it is closed", async () => {
    const api = { windows: windows(), storage: { session: storage() } };
    const notices = new Notices(api);
    notices.say("noticeAdded", ["a@x"]);
    notices.say("noticeUnguarded", ["s"]);
    await settled();
    assert.deepEqual((await notices.all()).map((one) => one.key), ["noticeAdded", "noticeUnguarded"]);
    assert.deepEqual([...api.windows.open.keys()], [2]);
    notices.windowClosed(1);
    await settled();
    assert.equal((await notices.all()).length, 2);
    notices.windowClosed(2);
    await settled();
    assert.deepEqual(await notices.all(), []);
  });
});

describe("the review page's window", () => {
  it("opens below the compose window's recipients and can be closed twice", async () => {
    const api = { windows: windows(), tabs: { get: async () => ({ windowId: 1 }) }, runtime: {} };
    api.windows.open.set(1, { left: 100, top: 50, width: 900, height: 800 });
    const pages = reviewWindows({ ...api, windows: { ...api.windows, create: async (what) => {
      api.windows.open.set(2, what);
      return { id: 2 };
    } } });
    assert.equal(await pages.open(7, "t0ken", [{ field: "to", text: "a@x" }]), 2);
    const { url, type, left, top } = api.windows.open.get(2);
    assert.equal(url, "review/review.html?token=t0ken");
    assert.equal(type, "popup");
    assert.equal(left, 240);
    assert.ok(top > 250 && top < 320);
    assert.equal(await pages.exists(2), true);
    await pages.close(2);
    await pages.close(2);
    assert.equal(await pages.exists(2), false);
  });
});

describe("the table of compose windows", () => {
  it("is kept apart from what else the session keeps", async () => {
    const session = storage();
    const store = sessionStore(session);
    await session.set({ run: "r", "origin:1": {} });
    await store.save(1, { phase: "asking" });
    assert.deepEqual(await store.load(), { 1: { phase: "asking" } });
    await store.save(1, null);
    assert.deepEqual(await store.load(), {});
    assert.deepEqual(Object.keys(session.kept), ["run", "origin:1"]);
  });
});

it("a run of Thunderbird has one name, though two ask at once, and another event page finds it", async () => {
  const session = storage();
  let names = 0;
  const ask = () => runOf(session, () => `run${(names += 1)}`);
  const run = ask();
  assert.deepEqual(await Promise.all([run(), run()]), ["run1", "run1"]);
  assert.equal(await ask()(), "run1");
  session.set = async () => Promise.reject(new Error("no space"));
  session.get = async () => ({});
  const later = ask();
  await assert.rejects(later());
  session.set = async () => {};
  assert.equal(await later(), "run3", "asked anew after a failure");
});

it("each permission is explained in docs/ARCHITECTURE, and no other", () => {
  const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const { permissions } = JSON.parse(read("extension/manifest.json.in").replaceAll(/@\w+@/g, "0"));
  const table = read("docs/ARCHITECTURE.md").split("| permission | for |")[1].split("\n\n")[0];
  assert.deepEqual([...table.matchAll(/^\| `([\w.]+)` \|/gm)].map((one) => one[1]), permissions);
});
