// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { HostError, HostFailure } from "../../extension/background/host-port.js";
import { Pulse } from "../../extension/background/pulse.js";
import { SettingsDesk } from "../../extension/background/settings-desk.js";
import { broughtBy, readCsv, trustedIn, writeCsv } from "../../extension/shared/csv.js";
import { storage } from "./storage.js";

/** @param {any} answer of the host */
function desk(answer) {
  const calls = [];
  const made = new SettingsDesk({
    api: {
      storage: { managed: { get: async () => ({ on_host_failure: "block", require_organisation: { name: "Staff", revision: 7 } }) } },
      runtime: { getManifest: () => ({ version: "1" }), getBrowserInfo: async () => ({ name: "Thunderbird", version: "140" }) },
    },
    port: { ask: async (op, body, deadline) => {
      calls.push([op, body, deadline]);
      return answer instanceof Error ? Promise.reject(answer) : answer;
    } },
    learning: {
      forgotten: async () => void calls.push("learning forgotten"), progress: async () => "progress",
      folders: async () => ["folder"], start: async (folders) => void calls.push(["start", folders]),
      pause: async () => void calls.push("pause"), resume: async () => void calls.push("resume"),
      cancel: async () => void calls.push("cancel"),
    },
    unguarded: {
      flush: async (tell) => tell({ why: "late" }), forgotten: async () => void calls.push("unguarded forgotten"),
    },
    pulse: { read: async () => ({ since: 1, checked: 2, failed: null }) },
    books: { again: async () => void calls.push("books again") },
    newKey: () => "key",
    letGo: () => calls.push("let go"),
  });
  return { made, calls };
}

describe("the settings page", () => {
  it("may use some of the host's operations and no other", async () => {
    const { made, calls } = desk({ entries: [] });
    assert.deepEqual(await made.heard({ type: "settings:host", op: "trust.list", body: { after: "a" } }), { ok: { entries: [] } });
    for (const op of ["decision", "sent", "unguarded", "known.replace", "history.learn", "hello", ""]) {
      assert.equal((await made.heard({ type: "settings:host", op })).error.code, "unknown-op", op);
    }
    assert.deepEqual(calls, [["trust.list", { after: "a" }, 5000], "let go"]);
  });

  it("is told what the host refused, and why there is no host", async () => {
    const refused = desk(new HostError("not-permitted", "policy.json:9 blocks it", false));
    assert.deepEqual(await refused.made.heard({ type: "settings:host", op: "trust.add", body: {} }),
      { error: { code: "not-permitted", text: "policy.json:9 blocks it" } });
    assert.deepEqual(await desk(new HostFailure("missing")).made.heard({ type: "settings:host", op: "status" }),
      { error: { code: "host", text: "missing" } });
  });

  it("tries an address under a key of its own", async () => {
    const { made, calls } = desk({});
    await made.heard({ type: "settings:host", op: "check", body: { message: {} } });
    assert.deepEqual(calls[0][1], { message: {}, key: "key" });
  });

  it("has the address books read again, and the learning start afresh, after all was forgotten", async () => {
    const { made, calls } = desk({ forgotten: true });
    await made.heard({ type: "settings:host", op: "history.forget", body: { address: "a@x" } });
    assert.ok(!calls.includes("books again"));
    await made.heard({ type: "settings:host", op: "history.forget", body: { all: true } });
    assert.ok(calls.includes("learning forgotten") && calls.includes("books again"));
  });

  it("has what left unguarded told before anything is forgotten, and none of it kept with all", async () => {
    const { made, calls } = desk({ forgotten: true });
    await made.heard({ type: "settings:host", op: "history.forget", body: { all: true } });
    assert.deepEqual(calls.slice(0, 3), [
      ["unguarded", { why: "late" }, undefined], ["history.forget", { all: true }, 20000], "unguarded forgotten"]);
    const one = desk({ forgotten: true });
    await one.made.heard({ type: "settings:host", op: "history.forget", body: { address: "a@x" } });
    assert.deepEqual(one.calls, [
      ["unguarded", { why: "late" }, undefined], ["history.forget", { address: "a@x" }, 20000], "let go"]);
  });

  it("steers the learning", async () => {
    const { made, calls } = desk({});
    for (const act of ["start", "pause", "resume", "cancel", "look"]) {
      assert.equal(await made.heard({ type: "settings:learning", act, folders: ["f"] }), "progress");
    }
    assert.deepEqual(calls, [["start", ["f"]], "pause", "resume", "cancel"]);
    assert.deepEqual(await made.heard({ type: "settings:folders" }), ["folder"]);
  });

  it("is told the administrator's switches and the versions", async () => {
    assert.deepEqual(await desk({}).made.heard({ type: "settings:guard" }), {
      since: 1, checked: 2, failed: null, onHostFailure: "block", required: { name: "Staff", revision: 7 },
      extension: "1", thunderbird: "Thunderbird 140",
    });
  });
});

describe("the pulse", () => {
  it("tells since when the guard works, and of the last check and failure", async () => {
    let now = 1;
    const store = storage();
    const pulse = new Pulse(store, () => now);
    assert.deepEqual(await pulse.read(), { since: null, checked: null, failed: null });
    pulse.alive();
    now = 2;
    pulse.alive();
    pulse.judged({ kind: "verdict", key: "k", verdict: /** @type {any} */ ({}) });
    assert.deepEqual(await new Pulse(store, () => now).read().then(() => pulse.read()), { since: 1, checked: 2, failed: null });
    now = 3;
    pulse.judged({ kind: "failed", why: "late" });
    assert.deepEqual(await pulse.read(), { since: null, checked: 2, failed: { at: 3, why: "late" } });
    now = 4;
    pulse.judged({ kind: "verdict", key: "k", verdict: /** @type {any} */ ({}) });
    assert.equal((await pulse.read()).since, 4);
  });
});

describe("a file of contacts", () => {
  it("is read as RFC 4180 has it, with the number of each line", () => {
    assert.deepEqual(readCsv('\uFEFFa,"b, ""c""\r\nd"\r\n\r\n e ,f'), [
      { line: 1, cells: ["a", 'b, "c"\r\nd'] }, { line: 4, cells: ["e", "f"] }]);
    assert.deepEqual(readCsv(""), []);
    assert.deepEqual(readCsv('"open'), [{ line: 1, cells: ["open"] }]);
  });

  it("comes back as it was written", () => {
    const rows = [["plain", 'quo"te', "com,ma", " space", "two\r\nlines"], ["2", "", "", "", "x"]];
    assert.deepEqual(readCsv(writeCsv([["a", 'b"c', "d,e"]]))[0].cells, ["a", 'b"c', "d,e"]);
    assert.deepEqual(readCsv(writeCsv(rows)).map((row) => row.cells[1]), ['quo"te', ""]);
  });

  it("holds no cell that a spreadsheet would run, and comes back exactly all the same", () => {
    const cells = ["=cmd@navy.mil", "+44@navy.mil", "-x@navy.mil", "'=x@navy.mil", "o'neil@navy.mil"];
    const text = writeCsv([cells]);
    assert.ok(text.trim().split(",").every((cell) => !/^[=+\-@]/u.test(cell)), text);
    assert.deepEqual(readCsv(text)[0].cells, cells);
  });

  it("names the contact in its column, or in the first, and when it was trusted", () => {
    assert.deepEqual(trustedIn("kind,entry,time,source\naddress,bob@navy.mil,1690329600,review\ndomain,navy.mil,,x"), [
      { line: 2, entry: "bob@navy.mil", time: 1690329600 }, { line: 3, entry: "navy.mil" }]);
    assert.deepEqual(trustedIn("bob@navy.mil\n\nann@navy.mil\n"), [
      { line: 1, entry: "bob@navy.mil" }, { line: 3, entry: "ann@navy.mil" }]);
    assert.deepEqual(trustedIn("entry,time\na@x,2023-07-26T00:00:00Z\n,5"), [
      { line: 2, entry: "a@x", time: 1690329600 }, { line: 3, entry: "", time: 5 }]);
  });

  it("that failed half way takes back what it brought, and nothing that others trusted", () => {
    const rows = ["old@x.mil", "Ann@X.mil", "bob@b\u00FCro.example", "carl@x.mil"].map((entry) => ({ entry }));
    const before = [{ entry: "old@x.mil" }];
    const now = [
      { entry: "old@x.mil", source: "import" }, { entry: "Ann@x.mil", source: "import" },
      { entry: "bob@xn--bro-hoa.example", shown: "bob@b\u00FCro.example", source: "import" },
      { entry: "carl@x.mil", source: "review" }, { entry: "dana@x.mil", source: "import" },
    ];
    assert.deepEqual(broughtBy(rows, before, now), now.slice(1, 3));
  });
});
