// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { HostError, HostFailure } from "../../extension/background/host-port.js";
import { Judge } from "../../extension/background/judge.js";
import { meets, readRequirement } from "../../extension/shared/requirement.js";

const message = { recipients: [{ field: "to", text: "a@x" }] };
const allow = { verdict: "allow", recipients: [], findings: [] };

/** @param {Record<string, any>[]} answers in turn; an Error is thrown */
function judge(...answers) {
  return requiring(async () => null, () => {}, answers);
}

/**
 * @param {() => Promise<any>} required
 * @param {(judge: Judge) => void} greeted what the host says of itself when asked
 * @param {any[]} answers
 */
function requiring(required, greeted, answers) {
  const asked = [];
  let n = 0;
  const ask = async (op, body) => {
    asked.push({ op, ...body });
    const answer = answers.shift();
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  const port = {
    ask,
    askAfterHello: async (op, body) => {
      greeted(made);
      return ask(op, body);
    },
  };
  const made = new Judge(port, () => `key${(n += 1)}`, required);
  return { asked, judge: made };
}

const unknown = new HostError("unknown-key", "", false);

describe("the judge", () => {
  it("checks under a new key each time", async () => {
    const one = judge(allow, allow);
    assert.deepEqual(await one.judge.check(message, null), { kind: "verdict", key: "key1", verdict: allow });
    await one.judge.check(message, "key1");
    assert.deepEqual(one.asked, [{ op: "check", key: "key1", message },
      { op: "check", key: "key2", message, renews: "key1" }]);
  });

  it("takes a verdict that makes no sense for a failure", async () => {
    const one = judge({ verdict: "allow" });
    assert.deepEqual(await one.judge.check(message, null), { kind: "failed", why: "garbage" });
  });

  it("names each failure", async () => {
    for (const [error, why] of [[new HostFailure("late"), "late"], [new Error("x"), "internal"],
      [new HostError("policy-unavailable", "", false), "policy-unavailable"]]) {
      assert.deepEqual(await judge(error).judge.check(message, null), { kind: "failed", why });
    }
  });

  it("checks without the old key where a fresh host does not know it", async () => {
    const one = judge(unknown, allow);
    assert.equal((await one.judge.check(message, "old")).kind, "verdict");
    assert.equal("renews" in one.asked[1], false);
  });

  it("repeats a decision after a new check where the host no longer knows the key", async () => {
    const one = judge(unknown, { ...allow }, allow);
    const actions = [{ address: "a@x", action: "right" }];
    const outcome = await one.judge.decide("old", message, actions);
    assert.equal(outcome.kind, "verdict");
    assert.deepEqual(one.asked.map(({ op, key }) => [op, key]),
      [["decision", "old"], ["check", "key1"], ["decision", "key1"]]);
    assert.deepEqual(one.asked[2], { op: "decision", key: "key1", message, actions, outcome: "send" });
  });

  it("asks what the new check asks where the answers were to what it asks no more", async () => {
    const one = judge(unknown, { ...allow }, new HostError("not-permitted", "", false));
    const outcome = await one.judge.decide("old", message, [{ address: "a@x", action: "right" }]);
    assert.deepEqual([outcome.kind, outcome.key, outcome.verdict?.verdict], ["verdict", "key1", "allow"]);
  });

  it("tells refusals from failures", async () => {
    for (const code of ["not-permitted", "cannot-record"]) {
      assert.deepEqual(await judge(new HostError(code, "", false)).judge.decide("k", message, []),
        { kind: "refused", code });
    }
  });

  it("tells that the person went back, and waits for nothing", async () => {
    const one = judge(new HostFailure("late"));
    await one.judge.back("k", message, []);
    assert.deepEqual(one.asked, [{ op: "decision", key: "k", message, actions: [], outcome: "back" }]);
  });

  it("hands on whether a message left as allowed, and null where nobody can say", async () => {
    assert.equal(await judge({ matched: false }).judge.sent("k", message, "now"), false);
    assert.equal(await judge({ matched: null }).judge.sent("k", message, "now"), null);
    assert.equal(await judge(new HostFailure("late")).judge.sent("k", message, "now"), null);
  });
});

describe("a required organisation", () => {
  const required = { name: "Staff", revision: 7 };
  /** @param {object} policy @param {any} wanted */
  async function outcome(policy, wanted = required) {
    const one = requiring(async () => wanted, (made) => made.heard({ health: {}, policy }), [allow, allow]);
    const [check, decision] = [await one.judge.check(message, null), await one.judge.decide("k", message, [])];
    assert.equal(check.kind, decision.kind);
    return check.why ?? check.kind;
  }

  it("is met by the same name and the revision or a later one", async () => {
    assert.equal(await outcome({ organisation: "Staff", revision: 7 }), "verdict");
    assert.equal(await outcome({ organisation: "Staff", revision: 8 }), "verdict");
    assert.equal(await outcome({ organisation: "Staff" }, { name: "Staff", revision: 0 }), "verdict");
  });

  it("makes the guard count as failed under another policy, an older one, or none", async () => {
    for (const policy of [{ organisation: "Other", revision: 9 }, { organisation: "Staff", revision: 6 },
      { organisation: "Staff" }, { organisation: null, revision: 9 }, {}]) {
      assert.equal(await outcome(policy), "organisation", JSON.stringify(policy));
    }
  });

  it("is looked at anew with each check: the policy can change under an open connection", async () => {
    const policy = { organisation: "Staff", revision: 7 };
    const one = requiring(async () => required, (made) => made.heard({ health: {}, policy }), [allow, allow]);
    assert.equal((await one.judge.check(message, null)).kind, "verdict");
    policy.revision = 6;
    assert.equal((await one.judge.check(message, null)).why, "organisation");
  });

  it("is read from managed storage, and one that cannot be read is met by nobody", () => {
    assert.deepEqual(readRequirement({ name: "Staff", revision: 7 }), required);
    assert.deepEqual(readRequirement({ name: "Staff" }), { name: "Staff", revision: 0 });
    assert.deepEqual(readRequirement("Staff"), { name: "Staff", revision: 0 });
    assert.equal(readRequirement(undefined), null);
    for (const odd of [7, {}, [], { name: 7 }, { name: "Staff", revision: "7" }]) {
      const read = readRequirement(odd);
      assert.equal(meets({ organisation: "Staff", revision: 99 }, read), false, JSON.stringify(odd));
    }
  });
});

describe("an answer that could not be kept", () => {
  it("is said, so that nobody is surprised by the same question", async () => {
    for (const [kept, unkept] of [[false, true], [true, undefined], [undefined, undefined]]) {
      assert.equal((await judge({ ...allow, kept }).judge.decide("k", message, [])).unkept, unkept);
    }
  });
});

describe("a record that could not be written", () => {
  it("is said where the host keeps one, else not", async () => {
    for (const [audit, unrecorded] of [["ok", true], ["none", undefined]]) {
      const one = judge({ ...allow, recorded: false });
      one.judge.heard({ health: { audit }, policy: {} });
      assert.equal((await one.judge.decide("k", message, [])).unrecorded, unrecorded);
    }
  });
});
