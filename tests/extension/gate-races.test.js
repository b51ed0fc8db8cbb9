// SPDX-License-Identifier: MPL-2.0
// Two things at once: each of these was found by an exploration of all orders in which Thunderbird,
// the host, the stores and a person can answer.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { SendAnswer } from "../../extension/background/send-answer.js";
import { Turns } from "../../extension/background/turns.js";
import { Clock } from "./clock.js";
import { stopped, TAB, world } from "./world.js";

const right = { card: "bad@x.mil", settled: { action: "right" } };
const change = { card: "bad@x.mil", settled: { action: "change", to: "good@x.mil" } };

/**
 * Makes something of the world take longer.
 *
 * @param {import("./world.js").World} w
 * @param {any} part of the world @param {string} name
 * @param {number} ms
 */
function slow(w, part, name, ms) {
  const quick = part[name];
  part[name] = (...args) => new Promise((resolve) => {
    w.clock.timer(ms, () => resolve(quick(...args)));
  });
}

describe("Back to editing", () => {
  it("holds where the answer that lets the message go is just being written down", async () => {
    const w = await stopped(world());
    await w.does("act", right);
    w.storeLatency = 50;
    slow(w, w.core.world.pages, "close", 60);
    w.press();
    await w.clock.advance(20);
    w.back();
    await w.clock.advance(1000);
    assert.equal(w.events.at(-1).cancel, true);
    assert.deepEqual(w.departures, []);
    assert.deepEqual(w.stored, []);
  });

  it("holds while Send of the page is on its way to Thunderbird", async () => {
    for (let at = 1; at < 80; at += 1) {
      const w = await stopped(world());
      await w.does("act", change);
      slow(w, w.core.world.compose, "send", 50);
      w.pageSend();
      await w.clock.advance(at);
      const left = w.page ? 0 : 1;
      w.back();
      await w.clock.advance(5000);
      assert.equal(w.windows.size, 0, `after ${at} ms`);
      assert.equal(w.departures.length, left, `after ${at} ms`);
    }
  });

  it("holds for that Send also where another, of an edited message, took its permit", async () => {
    const w = await stopped(world());
    await w.does("act", change);
    slow(w, w.core.world.compose, "send", 100);
    w.pageSend();
    await w.clock.advance(20);
    w.edit(["good2@x.mil"]);
    w.host.latency = 30;
    w.press();
    await w.clock.advance(5);
    w.back();
    await w.clock.advance(5000);
    assert.deepEqual(w.departures, []);
    w.press();
    await w.clock.advance(5000);
    assert.equal(w.departures.length, 1);
  });

  it("does not swallow a Send that is pressed while the page still closes", async () => {
    const w = await stopped(world());
    slow(w, w.core.world.pages, "close", 20);
    w.back();
    await w.clock.advance(5);
    w.press();
    await w.clock.advance(1000);
    assert.equal(w.windows.size, 1);
    assert.equal((await w.view()).cards.length, 1);
  });
});

describe("the page", () => {
  it("stays where the news comes late that the one before it is closed", async () => {
    const w = world();
    slow(w, w.core.world.pages, "exists", 200);
    await stopped(w);
    w.press();
    await w.clock.advance(1000);
    assert.equal(w.opened, 2);
    assert.equal(w.windows.size, 1);
    assert.equal((await w.view()).cards.length, 1);
  });

  it("is one, though Send is pressed again while the one before it still closes", async () => {
    const w = await stopped(world());
    slow(w, w.core.world.pages, "close", 200);
    w.press();
    await w.clock.advance(100);
    w.press();
    await w.clock.advance(1000);
    assert.equal(w.windows.size, 1);
    assert.equal((await w.view()).cards.length, 1);
  });

  it("shows what Send was pressed for, though the answer to an earlier look comes after it", async () => {
    const w = await stopped(world(), ["bad@x.mil"]);
    w.edit(["bad@x.mil", "bad2@x.mil"]);
    w.host.latency = 500;
    w.ask("look");
    await w.clock.advance(100);
    w.host.latency = 5;
    w.edit(["bad@x.mil", "bad3@x.mil"]);
    w.press();
    await w.clock.advance(1000);
    assert.deepEqual((await w.view()).cards.map((card) => card.id), ["bad@x.mil", "bad3@x.mil"]);
  });

  it("says so where the message cannot even be looked at", async () => {
    const w = world();
    w.core.world.fields = async () => Promise.reject(new Error("no attachments"));
    w.press();
    await w.clock.advance(1000);
    assert.equal(w.events[0].cancel, true);
    assert.equal((await w.view()).notice.key, "noticeNotChecked");
  });
});

describe("a permit that another press used", () => {
  for (const [how, host, setting] of [["checked", { latency: 1000, why: "" }, "confirm"],
    ["unguarded", { latency: 1000, why: "crashed" }, "allow"]]) {
    it(`lets a message leave that is told, ${how}, though our own try was refused`, async () => {
      const w = world({ host, setting });
      w.core.world.compose.send = () => {
        w.press();
        return new Promise((_, reject) => {
          w.clock.timer(10, () => reject(new Error("Message compose window not ready for the requested command")));
        });
      };
      w.press();
      await w.clock.advance(5000);
      assert.equal(w.departures.length, 1);
      assert.deepEqual([...w.told.map((one) => one.op), ...w.unguarded.map((one) => one.state)],
        [how === "checked" ? "sent" : "left"]);
    });
  }

  it("is taken back for good where the page that had granted it was stopped", async () => {
    const w = await stopped(world({ host: { latency: 2, why: "missing" } }));
    await w.does("act", right);
    w.sendMessage = () => new Promise(() => {});
    w.pageSend();
    await w.clock.advance(50);
    w.wake();
    await w.clock.advance(20000);
    await w.view();
    assert.deepEqual(w.unguarded.map((one) => one.state), ["dropped"]);
  });
});

describe("Send Later pressed twice", () => {
  it("stays Send Later, whenever the second comes", async () => {
    for (let at = 990; at < 1070; at += 1) {
      const w = world({ host: { latency: 1000, why: "" } });
      const { fields } = w.core.world;
      w.core.world.fields = async (tab, details) => {
        await new Promise((resolve) => {
          w.clock.timer(details ? 0 : 50, () => resolve(undefined));
        });
        return fields(tab, details);
      };
      w.press("sendLater");
      await w.clock.advance(at);
      w.press("sendLater");
      await w.clock.advance(4000);
      assert.deepEqual(w.departures.map((one) => one.mode), ["sendLater"], `after ${at} ms`);
    }
  });
});

describe("a change that the page makes", () => {
  it("holds up a Send that is pressed meanwhile: what was looked at would be older", async () => {
    const w = await stopped(world());
    await w.does("act", right);
    slow(w, w.core.world.compose, "set", 100);
    w.ask("act", change);
    await w.clock.advance(10);
    w.press();
    await w.clock.advance(5);
    assert.equal(w.events.at(-1).cancel, true, "at once");
    await w.clock.advance(1000);
    assert.deepEqual(w.departures, []);
    assert.deepEqual(w.details.to, ["good@x.mil"]);
  });

  it("is not made while Thunderbird waits for our answer", async () => {
    const clock = new Clock();
    const timer = (after, run) => clock.timer(after, run);
    const turns = new Turns(timer);
    const answer = new SendAnswer(timer);
    let made = 0;
    turns.tryBegins(TAB, answer);
    await assert.rejects(turns.change(TAB, async () => void (made += 1)));
    assert.equal(made, 0);
    answer.stay();
    await turns.change(TAB, async () => void (made += 1));
    assert.equal(made, 1);
  });
});
