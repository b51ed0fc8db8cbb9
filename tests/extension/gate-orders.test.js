// SPDX-License-Identifier: MPL-2.0
// The gate in all orders of its events, generated and counted: answer, page closed, tab closed, host
// gone, deadline, page suspended, Send again, edits. What may never happen is asserted in world.js
// at the moment it would, and here at the end of each run.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { World } from "./world.js";

/** @type {Record<string, (world: World) => unknown>} */
const EVENTS = {
  press: (world) => world.press(),
  later: (world) => world.press("sendLater"),
  right: (world) => world.right(),
  pageSend: (world) => world.pageSend(),
  back: (world) => world.back(),
  closePage: (world) => world.closePage(),
  closeTab: (world) => world.closeTab(),
  halts: (world) => Object.assign(world, { halts: !world.halts }),
  save: (world) => world.save(),
  edit: (world) => world.edit(["bad2@x.mil", "ok@x.mil"]),
  mend: (world) => world.edit(["good@x.mil"]),
  look: (world) => world.ask("look"),
  suspend: (world) => world.suspend(),
  hostGone: (world) => Object.assign(world.host, { why: "crashed", latency: 5 }),
  hostBack: (world) => Object.assign(world.host, { why: "", latency: 5 }),
};

const HOSTS = {
  "a quick host": { latency: 5, why: "" },
  "a slow host": { latency: 1000, why: "" },
  "a host that hangs": { latency: 4000, why: "late" },
  "no host": { latency: 2, why: "missing" },
};

/** Time between two events, in milliseconds: within the answer's limit, after it, after all. */
const PAUSES = [3, 300, 6000];

/** @param {number} length @param {string[]} names @returns {Generator<string[]>} */
function* sequences(length, names) {
  if (length === 0) {
    yield [];
    return;
  }
  for (const rest of sequences(length - 1, names)) {
    for (const name of names) {
      yield [...rest, name];
    }
  }
}

/**
 * @param {string[]} names what happens after the first press
 * @param {number[]} pauses before each, used in turn
 * @param {object} host
 * @param {string} setting
 * @param {string} to
 */
async function run(names, pauses, host, setting, to) {
  const world = new World();
  world.details.to = [to];
  Object.assign(world.host, host);
  world.setting = setting;
  world.press();
  for (const [i, name] of names.entries()) {
    await world.clock.advance(pauses[i % pauses.length]);
    EVENTS[name](world);
  }
  await world.clock.advance(30000);
  for (const event of world.events) {
    assert.equal(event.settled, 1, "an event settles exactly once");
    assert.ok(event.took <= 250, `an event was answered after ${event.took} ms`);
  }
  assert.equal(world.locked, false, "the window is never locked");
  assert.ok(world.departures.length <= 1, "a message leaves once");
  assert.ok(world.windows.size <= 1, "there is one page at most");
  assert.ok(world.open || world.windows.size === 0, "no page outlives its compose window");
  const reported = world.told.filter((one) => one.op === "sent").length
    + world.unguarded.filter((one) => one.state === "left").length;
  const suspended = names.includes("suspend");
  assert.ok(reported === world.departures.length || (suspended && reported <= world.departures.length),
    `${world.departures.length} left, ${reported} told`);
  for (const state of world.stored) {
    const fresh = (state.permit?.until ?? 0) > world.clock.now;
    assert.equal(fresh, false, "no permit outlives its send");
  }
  const begun = world.unguarded.filter((one) => one.state === "begun").length;
  assert.ok(begun === 0 || suspended || (world.open && world.halted), "each message without the check came to an end");
  return { events: world.events.length, left: world.departures.length };
}

describe("the gate", () => {
  for (const [hostName, host] of Object.entries(HOSTS)) {
    it(`settles each event once and uses no permit twice, in each order of three events, with ${hostName}`, async () => {
      const count = { runs: 0, events: 0, left: 0 };
      for (const names of sequences(3, Object.keys(EVENTS))) {
        const pauses = PAUSES.map((_, i) => PAUSES[(count.runs + i) % PAUSES.length]);
        const to = count.runs % 2 === 0 ? "bad@x.mil" : "ok@x.mil";
        const setting = ["confirm", "block", "allow"][count.runs % 3];
        try {
          const done = await run(names, pauses, host, setting, to);
          count.runs += 1;
          count.events += done.events;
          count.left += done.left;
        } catch (error) {
          error.message = `${names} after ${pauses} ms, ${to}, ${setting}: ${error.message}`;
          throw error;
        }
      }
      assert.equal(count.runs, Object.keys(EVENTS).length ** 3);
      assert.ok(count.events > count.runs, "a press beside the first was tried");
      assert.ok(count.left > 100, `only ${count.left} left: the runs would prove nothing`);
    });
  }

  it("holds in orders of five events around the page, at each pause", async () => {
    const names = ["press", "right", "pageSend", "edit", "suspend", "look"];
    const count = { runs: 0, left: 0 };
    for (const order of sequences(4, names)) {
      for (const pause of [3, 400]) {
        const done = await run([...order, "pageSend"], [pause], HOSTS["a quick host"], "confirm", "bad@x.mil")
          .catch((error) => {
            error.message = `${order} after ${pause} ms: ${error.message}`;
            throw error;
          });
        count.runs += 1;
        count.left += done.left;
      }
    }
    assert.equal(count.runs, 2 * names.length ** 4);
    assert.ok(count.left > 100, `only ${count.left} left: the runs would prove nothing`);
  });
});
