// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { HostError, HostFailure } from "../../extension/background/host-port.js";
import { learnable, Learning } from "../../extension/background/learning.js";
import { Clock } from "./clock.js";
import { storage } from "./storage.js";

const START = 2_000_000_000_000;

/** @param {number} i */
const header = (i) => ({
  id: i, author: "me@own.mil", recipients: [`p${i}@x.mil`], ccList: [], bccList: [], subject: `marker ${i}`,
  date: new Date(START - 1e9 + i * 1000),
});

/** A Thunderbird with a Sent folder, and a host that learns. */
function desk(count = 260) {
  const clock = new Clock();
  clock.now = START;
  const sent = Array.from({ length: count }, (_, i) => header(i));
  const lists = new Map();
  const one = { clock, sent, learned: [], told: [], store: storage(), answers: [], busy: false, late: 0, aborted: [], epoch: 0 };
  /** @param {string} id */
  function page(id) {
    const list = lists.get(id);
    const messages = list.messages.splice(0, list.size);
    return { messages, id: list.messages.length > 0 ? id : null };
  }
  one.wake = () => {
    one.epoch += 1;
    const { epoch } = one;
    // What a page that was stopped still waited for never comes.
    const alive = (value) => (epoch === one.epoch ? value : new Promise(() => {}));
    one.learning = new Learning({
      api: {
        accounts: { list: async () => [{ id: "a1", name: "Work" }] },
        folders: {
          query: async () => [{ id: "a1/Sent", name: "Sent", path: "/Sent", accountId: "a1" }],
          getFolderInfo: async () => ({ totalMessageCount: sent.length }),
        },
        messages: {
          query: async ({ messagesPerPage }) => {
            const id = String(lists.size);
            lists.set(id, { size: messagesPerPage, messages: [...sent] });
            return page(id);
          },
          continueList: async (id) => {
            await new Promise((resolve) => clock.timer(10, () => resolve(undefined)));
            return alive(page(id));
          },
          abortList: async (id) => void one.aborted.push(id),
        },
      },
      store: one.store,
      ask: async (op, { messages }) => {
        assert.equal(op, "history.learn");
        const answer = one.answers.shift();
        if (answer) {
          throw answer;
        }
        one.learned.push(...messages);
        if (one.late > 0) {
          await new Promise((resolve) => clock.timer(one.late, () => resolve(undefined)));
        }
        return alive({ learned: messages.length, passed_over: 0 });
      },
      timer: (after, run) => clock.timer(after, run),
      now: () => clock.now,
      busy: () => one.busy,
      tell: (progress) => one.told.push(structuredClone(progress)),
      log: () => {},
    });
    return one.learning;
  };
  one.wake();
  one.to = () => one.learned.map((message) => message.recipients[0].text);
  return one;
}

const everybody = (count) => Array.from({ length: count }, (_, i) => `p${i}@x.mil`);

describe("learning from a Sent folder", () => {
  it("tells the host of each message once, and counts", async () => {
    const d = desk();
    assert.deepEqual(await d.learning.folders(), [
      { id: "a1/Sent", name: "Sent", path: "/Sent", account: "Work", total: 260, sent: true, learned: null }]);
    await d.learning.start(["a1/Sent"]);
    await d.clock.advance(5000);
    assert.deepEqual(d.to(), everybody(260));
    assert.equal(d.told.at(-1).state, "done");
    assert.equal(d.told.at(-1).learned, 260);
    assert.deepEqual(d.told.map((one) => one.folders[0].done), [0, 100, 200, 260, 260, 260]);
  });

  it("pauses, goes on, and asks for no message twice, whenever the host answers", async () => {
    for (const [late, rest] of [[0, 5000], [50, 5000], [50, 0]]) {
      const d = desk();
      d.late = late;
      await d.learning.start(["a1/Sent"]);
      await d.clock.advance(100);
      await d.learning.pause();
      await d.clock.advance(rest);
      assert.equal(d.learned.length, 100);
      assert.equal(d.aborted.length, rest > 0 ? 1 : 0);
      await d.learning.resume();
      await d.clock.advance(5000);
      assert.deepEqual(d.to(), everybody(260));
      assert.equal((await d.learning.progress()).state, "done");
    }
  });

  it("begins after a cancel where it was, and then reads what is newer", async () => {
    const d = desk();
    d.late = 50;
    await d.learning.start(["a1/Sent"]);
    await d.clock.advance(100);
    await d.learning.cancel();
    // Another choice between them changes nothing, and nor does a second click.
    await Promise.all([d.learning.start([]), d.clock.advance(1000)]);
    d.sent.push({ ...header(260), date: new Date(START + 2000) });
    await Promise.all([d.learning.start(["a1/Sent"]), d.learning.start(["a1/Sent"])]);
    assert.equal(d.told.at(-1).folders[0].done, 100);
    await d.clock.advance(5000);
    assert.deepEqual(d.to(), everybody(260));
    assert.equal(d.told.at(-1).state, "done");
    await d.learning.start(["a1/Sent"]);
    await d.clock.advance(5000);
    assert.deepEqual(d.to(), everybody(261));
  });

  it("keeps nothing of an answer that comes after all was forgotten", async () => {
    const d = desk();
    d.late = 50;
    await d.learning.start(["a1/Sent"]);
    await d.clock.advance(100);
    await d.learning.forgotten();
    await d.clock.advance(1000);
    assert.deepEqual(d.store.kept, {});
    await d.learning.start(["a1/Sent"]);
    await d.clock.advance(5000);
    assert.deepEqual(d.to(), [...everybody(100), ...everybody(260)]);
  });

  it("misses nothing where messages were archived or deleted during a pause", async () => {
    for (const [first, twice] of [[0, 0], [150, 80]]) {
      const d = desk();
      await d.learning.start(["a1/Sent"]);
      await d.clock.advance(100);
      await d.learning.pause();
      await d.clock.advance(100);
      d.sent.splice(first, 80);
      await d.learning.resume();
      await d.clock.advance(5000);
      const told = d.to();
      assert.deepEqual(d.sent.map((one) => one.recipients[0]).filter((one) => !told.includes(one)), []);
      assert.equal(told.length - new Set(told).size, twice);
    }
  });

  it("goes on where it was after a restart", async () => {
    const d = desk();
    await d.learning.start(["a1/Sent"]);
    await d.clock.advance(100);
    const before = d.learned.length;
    assert.ok(before > 0 && before < 260, String(before));
    d.wake().wake();
    await d.clock.advance(10000);
    assert.deepEqual(d.to(), everybody(260));
    assert.equal((await d.learning.progress()).state, "done");
  });

  it("stays paused, or cancelled, over a restart", async () => {
    for (const act of ["pause", "cancel"]) {
      const d = desk();
      await d.learning.start(["a1/Sent"]);
      await d.clock.advance(45);
      await d.learning[act]();
      const before = d.learned.length;
      d.wake().wake();
      await d.clock.advance(10000);
      assert.equal(d.learned.length, before);
      assert.equal((await d.learning.progress()).state, act === "pause" ? "paused" : "cancelled");
    }
  });

  it("waits while a message is being sent", async () => {
    const d = desk();
    d.busy = true;
    await d.learning.start(["a1/Sent"]);
    await d.clock.advance(5000);
    assert.equal(d.learned.length, 0);
    d.busy = false;
    await d.clock.advance(5000);
    assert.equal(d.learned.length, 260);
  });

  it("is paused and cancelled though a message is being sent without end", async () => {
    for (const act of ["pause", "cancel"]) {
      const d = desk();
      d.busy = true;
      await d.learning.start(["a1/Sent"]);
      await d.clock.advance(5000);
      await d.learning[act]();
      await d.clock.advance(1000);
      assert.equal(d.aborted.length, 1, "nothing is held any more");
      d.busy = false;
      await d.clock.advance(5000);
      assert.equal(d.learned.length, 0);
    }
  });

  it("asks a busy or missing host again, and says so where it stays away", async () => {
    const d = desk(50);
    d.answers = [new HostError("busy", "", true), new HostFailure("late")];
    await d.learning.start(["a1/Sent"]);
    await d.clock.advance(5000);
    assert.equal((await d.learning.progress()).state, "done");
    assert.equal(d.learned.length, 50);

    const gone = desk(50);
    gone.answers = Array.from({ length: 4 }, () => new HostFailure("missing"));
    await gone.learning.start(["a1/Sent"]);
    await gone.clock.advance(60000);
    assert.deepEqual([gone.told.at(-1).state, gone.told.at(-1).error], ["failed", "host"]);
    await gone.learning.resume();
    await gone.clock.advance(5000);
    assert.equal(gone.learned.length, 50);
  });

  it("stops at once where the policy keeps nothing of sent mail", async () => {
    const d = desk(50);
    d.answers = [new HostError("not-permitted", "history.learn is false", false)];
    await d.learning.start(["a1/Sent"]);
    await d.clock.advance(60000);
    assert.deepEqual([d.told.at(-1).state, d.told.at(-1).error], ["failed", "not-permitted"]);
  });

  it("reads of a folder that was read before only what is newer, unless all was forgotten", async () => {
    const d = desk(50);
    await d.learning.start(["a1/Sent"]);
    await d.clock.advance(5000);
    d.sent.push({ ...header(50), date: new Date(START + 2000) });
    d.clock.now = START + 10000;
    await d.learning.start(["a1/Sent"]);
    await d.clock.advance(5000);
    assert.deepEqual(d.to(), everybody(51));
    await d.learning.forgotten();
    assert.equal(await d.learning.progress(), null);
    await d.learning.start(["a1/Sent"]);
    await d.clock.advance(5000);
    assert.equal(d.learned.length, 102);
  });
});

describe("a message that is learned from", () => {
  it("tells to whom and when, and nothing of what", () => {
    const told = learnable({
      ...header(1), ccList: ["Ann <ann@x.mil>"], bccList: ["ben@x.mil"], subject: "The secret plan", size: 7,
    });
    assert.deepEqual(told, {
      from: "me@own.mil", kind: "new", time: (START - 1e9) / 1000 + 1,
      recipients: [{ field: "to", text: "p1@x.mil" }, { field: "cc", text: "Ann <ann@x.mil>" }, { field: "bcc", text: "ben@x.mil" }],
    });
  });

  it("is known for an answer where another program's word for it stands in its subject", () => {
    for (const [subject, kind] of [["Re: x", "reply"], ["AW: x", "reply"], ["Re[2]: x", "reply"], ["Report: x", "new"], [undefined, "new"]]) {
      assert.equal(learnable({ ...header(1), subject }).kind, kind, subject);
    }
  });
});
