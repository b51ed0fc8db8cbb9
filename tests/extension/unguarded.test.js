// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { HostError, HostFailure } from "../../extension/background/host-port.js";
import { Unguarded } from "../../extension/background/unguarded.js";
import { storage } from "./storage.js";

describe("what left without the check", () => {
  let ids = 0;
  const logged = [];

  /** @param {string} run */
  const kept = (store, run = "run1") => new Unguarded(store, async () => run, () => `id${(ids += 1)}`,
    (what) => void logged.push(what));

  it("is told once it left, and then forgotten", async () => {
    const store = storage();
    const one = kept(store);
    const id = await one.begin({ message: { from: "me@x" }, actions: [], why: "late" });
    const told = [];
    await one.flush(async (entry) => void told.push(entry));
    assert.equal(told.length, 0, "still on its way out");
    await one.left(id, { mode: "later" });
    await kept(store).flush(async (entry) => void told.push(entry));
    await kept(store).flush(async (entry) => void told.push(entry));
    assert.deepEqual(told, [{ message: { from: "me@x" }, actions: [], why: "late", mode: "later" }]);
  });

  it("is written down and told without subject and attachment names", async () => {
    const store = storage();
    const message = { recipients: [{ field: "to", text: "a@x" }], subject: "secret", attachments: ["secret.pdf"] };
    const id = await kept(store).begin({ message, actions: [], why: "late" });
    assert.doesNotMatch(JSON.stringify(store.kept), /secret/);
    await kept(store).left(id, { message });
    assert.doesNotMatch(JSON.stringify(store.kept), /secret/);
    // As an earlier version wrote it.
    store.kept.unguarded[0].message = message;
    const told = [];
    await kept(store).flush(async (entry) => void told.push(entry.message));
    assert.deepEqual(told, [{ recipients: message.recipients }]);
  });

  it("is told once where two are about to tell it", async () => {
    const store = storage();
    const one = kept(store);
    await one.left(await one.begin({ message: {}, actions: [], why: "late" }), {});
    const told = [];
    await Promise.all([1, 2].map(() => one.flush(async (entry) => void told.push(entry))));
    assert.equal(told.length, 1);
  });

  it("goes with everything that is forgotten, but for what is still on its way out", async () => {
    const store = storage();
    const one = kept(store);
    await one.left(await one.begin({ message: {}, actions: [], why: "late" }), {});
    const id = await one.begin({ message: {}, actions: [], why: "late" });
    await one.forgotten();
    assert.deepEqual(store.kept.unguarded.map((entry) => entry.id), [id]);
  });

  it("is told too where Thunderbird went before its end was known", async () => {
    const store = storage();
    await kept(store).begin({ message: {}, actions: [], why: "late" });
    const told = [];
    await kept(store, "run2").flush(async (entry) => void told.push(entry));
    assert.equal(told.length, 1);
  });

  it("is forgotten where it did not leave", async () => {
    const store = storage();
    await kept(store).drop(await kept(store).begin({ message: {}, actions: [], why: "late" }));
    const told = [];
    await kept(store, "run2").flush(async (entry) => void told.push(entry));
    assert.deepEqual(told, []);
  });

  for (const [what, code, retry, often] of /** @type {[string, string, boolean, number][]} */ ([
    ["kept where the host cannot take it now", "busy", true, 2],
    ["let go, and said in the log, where the host finds fault with it", "bad-request", false, 1],
  ])) {
    it(`is ${what}, and does not hold up the others`, async () => {
      const store = storage();
      const one = kept(store);
      for (const from of ["a", "b"]) {
        await one.left(await one.begin({ message: { from }, actions: [], why: "late" }), {});
      }
      const told = [];
      const error = new HostError(code, "", retry);
      const tell = async (/** @type {any} */ { message }) => {
        told.push(message.from);
        if (message.from === "a") {
          throw error;
        }
      };
      await one.flush(tell);
      assert.equal(logged.at(-1), error);
      await one.flush(tell);
      assert.deepEqual(told, ["a", "b", "a"].slice(0, 1 + often));
      assert.equal(store.kept.unguarded.length, often - 1);
    });
  }

  it("is let go where it is too large for the host, which ends by it, and does not hold up the others", async () => {
    const store = storage();
    const one = kept(store);
    for (const from of ["a", "b"]) {
      await one.left(await one.begin({ message: { from }, actions: [], why: "too-large" }), {});
    }
    const told = [];
    await one.flush(async (/** @type {any} */ { message }) => {
      told.push(message.from);
      if (message.from === "a") {
        throw new HostFailure("too-large", false);
      }
    });
    assert.deepEqual(told, ["a", "b"]);
    assert.deepEqual(store.kept.unguarded, []);
  });

  it("is kept where there is no host to tell", async () => {
    const store = storage();
    const one = kept(store);
    await one.left(await one.begin({ message: {}, actions: [], why: "late" }), {});
    await assert.rejects(one.flush(async () => Promise.reject(new HostFailure("late"))), HostFailure);
    assert.equal(store.kept.unguarded.length, 1);
  });
});
