// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { stopped, world } from "./world.js";

const bad = { card: "bad@x.mil" };
const right = { ...bad, settled: { action: "right" } };
const change = { ...bad, settled: { action: "change", to: "good@x.mil" } };
const remove = { ...bad, settled: { action: "remove" } };

describe("a message whose recipients are right", () => {
  it("leaves within the event, without a page, and is told", async () => {
    const w = world();
    w.press();
    await w.clock.advance(100);
    assert.deepEqual(w.departures, [{ to: "ok@x.mil", mode: "sendNow" }]);
    assert.equal(w.events.length, 1);
    assert.equal(w.opened, 0);
    assert.deepEqual(w.told.map(({ op, mode, to }) => ({ op, mode, to })),
      [{ op: "sent", mode: "now", to: ["ok@x.mil"] }]);
  });

  it("leaves by itself where the host answers late, and Send Later stays Send Later", async () => {
    const w = world({ host: { latency: 1000, why: "" } });
    w.press("sendLater");
    await w.clock.advance(240);
    assert.equal(w.events[0].cancel, true);
    assert.equal(w.locked, false);
    await w.clock.advance(2000);
    assert.deepEqual(w.departures, [{ to: "ok@x.mil", mode: "sendLater" }]);
    assert.equal(w.opened, 0);
    assert.equal(w.told[0].mode, "later");
  });

  it("waits for the person where it was edited while a late host was awaited", async () => {
    const w = world({ host: { latency: 1000, why: "" } });
    w.press();
    await w.clock.advance(500);
    w.edit(["other@x.mil"]);
    await w.clock.advance(2000);
    assert.equal(w.departures.length, 0);
    assert.equal(w.events.length, 1);
    assert.equal((await w.view()).notice.key, "noticeChanged");
  });

  it("is not sent before Thunderbird told the mode of the try that was cancelled", async () => {
    for (let latency = 210; latency < 230; latency += 1) {
      const w = world({ host: { latency, why: "" } });
      w.press("sendLater");
      await w.clock.advance(2000);
      assert.deepEqual(w.departures.map((one) => one.mode), ["sendLater"], `after ${latency} ms`);
    }
  });

  it("is told as allowed where sending in the background tells nothing", async () => {
    const w = world({ background: true });
    w.press();
    await w.clock.advance(1000);
    assert.equal(w.told.length, 0);
    await w.clock.advance(5000);
    assert.deepEqual(w.told.map((one) => one.op), ["sent"]);
  });

  for (const background of [false, true]) {
    const where = background ? " in the background" : "";
    for (const mode of ["sendNow", "sendLater"]) {
      it(`is told by nobody where Thunderbird stopped ${mode}${where} and the window is closed`, async () => {
        const w = world({ background, halts: true });
        w.press(mode);
        await w.clock.advance(100);
        assert.equal(w.events[0].cancel, false);
        w.closeTab();
        await w.clock.advance(10000);
        assert.deepEqual(w.told, []);
        assert.deepEqual(w.stored, []);
      });
    }
  }

  for (const mode of ["sendNow", "sendLater"]) {
    it(`is told by nobody where Thunderbird stopped ${mode} and the draft is saved, and may be sent again`, async () => {
      const w = world({ halts: true });
      w.press(mode);
      await w.clock.advance(100);
      w.save();
      await w.clock.advance(5000);
      assert.deepEqual(w.told, []);
      assert.deepEqual(w.stored, []);
      w.halts = false;
      w.press(mode);
      await w.clock.advance(5000);
      assert.deepEqual(w.departures.map((one) => one.mode), [mode]);
      assert.equal(w.told.length, 1);
    });
  }

  it("keeps its page where the draft is saved after a stopped send and a second one that was asked about", async () => {
    const w = world({ halts: true });
    w.press();
    await w.clock.advance(100);
    w.edit(["bad@x.mil"]);
    w.press();
    await w.clock.advance(100);
    w.save();
    await w.clock.advance(100);
    assert.equal(w.windows.size, 1);
    assert.deepEqual(w.told, []);
  });

  it("is said to have gone to others where another add-on added some after the answer", async () => {
    const w = world({ added: ["spy@y.com"] });
    w.press();
    await w.clock.advance(100);
    assert.deepEqual(w.notices, [{ key: "noticeAdded", args: ["spy@y.com"] }]);
  });

  it("is said to have no record, or an answer not kept, where the host could not write it", async () => {
    const w = world();
    const { judge } = w.core.world;
    const { check } = judge;
    judge.check = async (...asked) => ({ ...await check(...asked), unrecorded: true, unkept: true });
    w.press();
    await w.clock.advance(100);
    assert.deepEqual(w.notices.map((one) => one.key), ["noticeUnrecorded", "noticeUnkept"]);
  });

  it("stays where the state cannot be written down", async () => {
    const w = world({ storeFails: true });
    w.press();
    await w.clock.advance(5000);
    assert.equal(w.events[0].cancel, true);
    assert.equal(w.departures.length, 0);
  });

  it("stays, and says so, where its recipients cannot be gathered", async () => {
    const w = world({ gatherFails: true });
    w.press();
    await w.clock.advance(5000);
    assert.equal(w.departures.length, 0);
    const { notice, known, maySend } = await w.view();
    assert.deepEqual([notice.key, known, maySend], ["noticeNotChecked", false, false]);
  });

  it("is checked once where Send is pressed again while the host is awaited", async () => {
    const w = world({ host: { latency: 1000, why: "" } });
    w.press();
    await w.clock.advance(500);
    w.press("sendLater");
    await w.clock.advance(3000);
    assert.equal(w.checks.length, 1);
    assert.deepEqual(w.departures, [{ to: "ok@x.mil", mode: "sendLater" }]);
  });
});

describe("a questioned message", () => {
  it("is corrected in the compose window by Change, and then leaves by Send", async () => {
    const w = await stopped(world());
    const view = await w.does("act", change);
    assert.deepEqual(w.details.to, ["good@x.mil"]);
    assert.equal(view.cards[0].settled.action, "change");
    assert.equal(view.maySend, true);
    w.pageSend();
    await w.clock.advance(100);
    assert.deepEqual(w.departures, [{ to: "good@x.mil", mode: "sendNow" }]);
    assert.equal(w.windows.size, 0, "the page closes when the permit is used");
    assert.deepEqual(w.decisions[0].actions,
      [{ address: "bad@x.mil", action: "change", to: "good@x.mil" }]);
    assert.equal(w.checks.length, 1, "the page's own change is no edit");
  });

  it("leaves as it is where the person says that it is right", async () => {
    const w = await stopped(world());
    await w.does("act", right);
    w.pageSend();
    await w.clock.advance(100);
    assert.deepEqual(w.departures.map((one) => one.to), ["bad@x.mil"]);
  });

  it("does not leave while a card is open", async () => {
    const w = await stopped(world());
    w.pageSend();
    await w.clock.advance(1000);
    assert.equal(w.departures.length, 0);
    assert.equal(w.decisions.length, 0);
  });

  it("takes an answer back by Undo", async () => {
    const w = await stopped(world());
    await w.does("act", right);
    const view = await w.does("act", { ...bad, settled: null });
    assert.equal(view.cards[0].settled, null);
    assert.equal(view.maySend, false);
  });

  it("refuses an answer that its card does not offer", async () => {
    const w = await stopped(world());
    const view = await w.does("act", { ...bad, settled: { action: "change", to: "evil@y.com" } });
    assert.equal(view.cards[0].settled, null);
    assert.deepEqual(w.details.to, ["bad@x.mil"]);
  });

  it("sleeps where no recipient is left", async () => {
    const w = await stopped(world());
    const view = await w.does("act", remove);
    assert.equal(view.empty, true);
    assert.equal(view.maySend, false);
    w.pageSend();
    await w.clock.advance(1000);
    assert.equal(w.events.length, 1);
  });

  it("keeps both of two quick choices", async () => {
    const w = await stopped(world(), ["bad@x.mil", "bad2@x.mil", "ok@x.mil"]);
    w.ask("act", remove);
    w.ask("act", { card: "bad2@x.mil", settled: { action: "remove" } });
    await w.clock.advance(100);
    assert.deepEqual(w.details.to, ["ok@x.mil"]);
  });

  for (const [how, go] of Object.entries({
    "Back to editing": (w) => w.back(), "closing the page": (w) => w.closePage(),
  })) {
    it(`stays by ${how}, and the host is told`, async () => {
      const w = await stopped(world());
      go(w);
      await w.clock.advance(1000);
      assert.deepEqual(w.told.map((one) => one.op), ["back"]);
      assert.equal(w.windows.size, 0);
      assert.equal(w.departures.length, 0);
      assert.deepEqual(w.stored, []);
    });
  }

  it("is not sent by an answer that comes after the page was closed", async () => {
    const w = await stopped(world());
    await w.does("act", right);
    w.host.latency = 1000;
    w.pageSend();
    await w.clock.advance(300);
    w.closePage();
    await w.clock.advance(5000);
    assert.equal(w.departures.length, 0);
  });

  it("closes its page with the compose window", async () => {
    const w = await stopped(world());
    w.closeTab();
    await w.clock.advance(1000);
    assert.equal(w.windows.size, 0);
    assert.deepEqual(w.told.map((one) => one.op), ["back"]);
  });

  it("is decided first where Send is pressed again, and the page opens anew with the answers", async () => {
    const w = await stopped(world(), ["bad@x.mil", "bad2@x.mil"]);
    const [before] = w.page;
    await w.does("act", { card: "bad2@x.mil", settled: { action: "right" } });
    w.press();
    await w.clock.advance(100);
    assert.equal(w.decisions.length, 1);
    assert.equal(w.checks.length, 1);
    assert.notEqual(w.page[0], before);
    assert.equal(w.windows.size, 1);
    const view = await w.view();
    assert.deepEqual(view.cards.map((card) => card.settled?.action ?? null), [null, "right"]);
  });

  it("leaves by Send in the compose window where all was answered", async () => {
    const w = await stopped(world());
    await w.does("act", right);
    w.press();
    await w.clock.advance(100);
    assert.deepEqual(w.departures.map((one) => one.to), ["bad@x.mil"]);
    assert.equal(w.windows.size, 0);
  });

  it("has its cards renewed under a new key after an edit, with the answers kept", async () => {
    const w = await stopped(world(), ["bad@x.mil", "ok@x.mil"]);
    await w.does("act", right);
    w.edit(["bad@x.mil", "bad2@x.mil"]);
    await w.does("look");
    assert.equal(w.checks[1].renews !== null, true);
    const view = await w.view();
    assert.deepEqual(view.cards.map((card) => [card.id, card.settled?.action ?? null]),
      [["bad@x.mil", "right"], ["bad2@x.mil", null]]);
  });

  it("is looked at for at most one fiftieth of the time", async () => {
    const w = await stopped(world());
    const { wait } = await w.does("look");
    assert.ok(wait >= 50 * 1, `next look after ${wait} ms`);
  });

  it("shows an edit that nobody looked at before it sends", async () => {
    const w = await stopped(world());
    await w.does("act", right);
    w.edit(["bad@x.mil", "bad2@x.mil"]);
    w.pageSend();
    await w.clock.advance(1000);
    assert.equal(w.departures.length, 0);
    assert.equal((await w.view()).cards.length, 2);
    assert.notEqual(w.checks[1].renews, null);
    assert.equal(w.decisions.length, 0);
  });

  it("is kept while the event page is stopped", async () => {
    const w = await stopped(world());
    await w.does("act", right);
    w.suspend();
    w.pageSend();
    await w.clock.advance(100);
    assert.deepEqual(w.departures.map((one) => one.to), ["bad@x.mil"]);
  });

  it("comes to an end where its page went while the event page was stopped", async () => {
    const w = await stopped(world());
    w.windows.clear();
    w.suspend();
    await w.clock.advance(100);
    assert.deepEqual(w.stored, []);
  });
});

describe("a permit", () => {
  it("does not let another message go", async () => {
    const w = await stopped(world());
    await w.does("act", right);
    w.onSend = () => w.edit(["bad@x.mil", "bad3@x.mil"]);
    w.pageSend();
    await w.clock.advance(1000);
    assert.equal(w.departures.length, 0);
    assert.equal((await w.view()).cards.length, 2);
  });

  it("is void once sendMessage failed, and the page says why and stays", async () => {
    const w = await stopped(world({ offline: true }));
    await w.does("act", right);
    w.pageSend();
    await w.clock.advance(100);
    const view = await w.view();
    assert.equal(view.notice.key, "noticeNotReady");
    assert.equal(view.maySend, true);
    assert.deepEqual(w.stored.map((state) => state.permit), [null]);
    w.offline = false;
    w.pageSend();
    await w.clock.advance(100);
    assert.equal(w.departures.length, 1);
  });

  it("is found by a fresh event page", async () => {
    const w = await stopped(world());
    await w.does("act", right);
    w.onSend = () => w.wake();
    w.pageSend();
    await w.clock.advance(100);
    assert.equal(w.departures.length, 1);
    assert.equal(w.decisions.length, 1, "no second question");
  });

  it("is void after a while where nobody saw its send end", async () => {
    const w = await stopped(world());
    await w.does("act", right);
    w.sendMessage = () => new Promise(() => {});
    w.pageSend();
    await w.clock.advance(50);
    w.wake();
    await w.clock.advance(20000);
    w.press();
    await w.clock.advance(100);
    assert.equal(w.decisions.length, 2, "asked again");
  });

  it("is not tried for ever where another add-on changes each message", async () => {
    const w = world({ host: { latency: 1000, why: "" } });
    let n = 0;
    w.onEvent = () => {
      n += 1;
      w.details = { ...w.details, bcc: [`ok${n}@x.mil`] };
    };
    w.press();
    await w.clock.advance(60000);
    assert.ok(w.events.length <= 2, `${w.events.length} tries`);
    assert.equal(w.departures.length, 0);
    assert.equal((await w.view()).notice.key, "noticeChanged");
  });
});
