// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { stopped, world } from "./world.js";

const right = { card: "bad@x.mil", settled: { action: "right" } };

describe("without an answer of the host", () => {
  const missing = { latency: 2, why: "missing" };

  it("the page asks for each outside address, and for those inside together", async () => {
    const w = world({ host: missing });
    await stopped(w, ["ok@x.mil", "a@own.mil", "b@own.mil"]);
    const view = await w.view();
    assert.equal(view.state, "degraded");
    assert.deepEqual(view.cards.map((card) => card.kind), ["outside", "inside"]);
    await w.does("act", { card: "ok@x.mil", settled: { action: "right" } });
    assert.equal((await w.view()).maySend, false);
    await w.does("act", { card: "code:inside", settled: { action: "right" } });
    w.pageSend();
    await w.clock.advance(100);
    assert.equal(w.departures.length, 1);
    assert.deepEqual(w.unguarded.map(({ state, why, mode, actions }) => ({ state, why, mode, actions })), [{
      state: "left", why: "missing", mode: "now",
      actions: [{ address: "ok@x.mil", action: "right" }, { code: "inside", action: "right" }],
    }]);
    assert.equal(w.told.length, 0);
  });

  it("a person sees the page within five seconds, though the host hangs", async () => {
    const w = world({ host: { latency: 4000, why: "late" } });
    w.press();
    await w.clock.advance(4990);
    assert.equal(w.windows.size, 1);
  });

  it("nothing goes where the administrator said block", async () => {
    const w = await stopped(world({ host: missing, setting: "block" }));
    await w.does("act", right);
    assert.equal((await w.view()).maySend, false);
    w.pageSend();
    await w.clock.advance(1000);
    assert.equal(w.departures.length, 0);
  });

  for (const [when, host] of Object.entries({ "at once": missing, late: { latency: 4000, why: "late" } })) {
    it(`it goes with a notice where the administrator said allow and the failure comes ${when}`, async () => {
      const w = world({ host, setting: "allow" });
      w.press();
      await w.clock.advance(8000);
      assert.equal(w.departures.length, 1);
      assert.equal(w.opened, 0);
      assert.deepEqual(w.notices.map((one) => one.key), ["noticeUnguarded"]);
      assert.deepEqual(w.unguarded.map((one) => one.state), ["left"]);
    });
  }

  it("nothing is told of a message that did not leave after all", async () => {
    const w = await stopped(world({ host: missing, offline: true }));
    await w.does("act", right);
    w.pageSend();
    await w.clock.advance(1000);
    assert.deepEqual(w.unguarded.map((one) => one.state), ["dropped"]);
  });

  for (const [how, change] of Object.entries({
    "the store is too slow for the answer": (w) => Object.assign(w, { storeLatency: 300 }),
    "the store is full": (w) => Object.assign(w, { storeFails: true }),
    "the compose window is just closing": (w) => {
      const { begin } = w.core.world.unguarded;
      w.core.world.unguarded.begin = (entry) => begin(entry).finally(() => Object.assign(w, { open: false }));
    },
    "Thunderbird stops it without a word": (w) => Object.assign(w, { halts: true }),
  })) {
    it(`nothing is kept of a message that did not leave: ${how}`, async () => {
      const w = await stopped(world({ host: missing }));
      await w.does("act", right);
      change(w);
      w.pageSend();
      await w.clock.advance(2000);
      assert.equal(w.departures.length, 0);
      w.back();
      w.open = true;
      w.closeTab();
      await w.clock.advance(10000);
      assert.deepEqual(w.unguarded.map((one) => one.state), ["dropped"]);
    });
  }

  it("nothing is kept of a message that was too slow for the answer, where nobody was asked", async () => {
    const w = world({ host: missing, setting: "allow", storeLatency: 300 });
    w.press();
    await w.clock.advance(5000);
    assert.equal(w.departures.length, 0);
    assert.deepEqual(w.unguarded.map((one) => one.state), ["dropped"]);
    assert.equal((await w.view()).state, "degraded");
  });

  it("a tick is kept where the page opens anew", async () => {
    const w = await stopped(world({ host: missing }), ["bad@x.mil", "c@y.mil"]);
    await w.does("act", right);
    w.press();
    await w.clock.advance(100);
    const view = await w.view();
    assert.deepEqual(view.cards.map((card) => card.settled?.action ?? null), ["right", null]);
  });

  it("the open page takes its degraded form where the host goes away at Send", async () => {
    const w = await stopped(world());
    await w.does("act", right);
    Object.assign(w.host, missing);
    w.pageSend();
    await w.clock.advance(1000);
    assert.equal(w.departures.length, 0);
    const view = await w.view();
    assert.equal(view.state, "degraded");
    assert.equal(view.cards[0].settled, null, "an answer to the check is no answer without it");
  });

  it("Check again brings the cards back once the host is there", async () => {
    const w = await stopped(world({ host: { ...missing } }));
    Object.assign(w.host, { why: "" });
    const view = await w.does("retry");
    assert.equal(view.state, "asking");
    assert.equal(view.cards[0].kind, "recipient");
  });
});
