// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import {
  helpIn, keepsRecord, otherProtocol, readAnswer, readHello, readVerdict, request, storesPeople, strictest,
} from "../../extension/shared/protocol.js";

const finding = { code: "lookalike-domain", verdict: "warn", meant: ["a@b.c"] };
const entry = {
  index: 0, field: "to", address: "a@x.ml", shown: "a@x.ml", verdict: "warn", findings: [finding],
  override: "click", trust: "none",
};
const warn = { verdict: "warn", recipients: [entry], findings: [] };

describe("an answer", () => {
  it("is read where it is one of the protocol", () => {
    assert.deepEqual(readAnswer({ v: 1, id: 3, ok: { a: 1 } }), { id: 3, ok: { a: 1 } });
    assert.deepEqual(readAnswer({ v: 1, id: 3, ok: true }), { id: 3, ok: {} });
    assert.deepEqual(readAnswer({ v: 1, id: null, error: { code: "bad-json", text: "t", retry: true } }),
      { id: null, error: { code: "bad-json", text: "t", retry: true } });
    assert.equal(readAnswer({ v: 1, id: 1, error: { code: "busy" } })?.error?.retry, false);
  });

  for (const raw of [null, undefined, 1, "ok", [], {}, { v: 2, id: 1, ok: {} }, { v: 1, ok: {} },
    { v: 1, id: 1.5, ok: {} }, { v: 1, id: "1", ok: {} }, { v: 1, id: 1 }, { v: 1, id: 1, ok: [] },
    { v: 1, id: 1, ok: {}, error: { code: "x" } }, { v: 1, id: 1, error: "x" }, { v: 1, id: 1, error: {} },
    { v: 1, id: 1, ok: null }, { v: 1, id: 1, ok: "yes" }, { v: 1, id: 1, ok: false }]) {
    it(`is none: ${JSON.stringify(raw)}`, () => assert.equal(readAnswer(raw), null));
  }

  it("of another protocol is told from garbage", () => {
    assert.equal(otherProtocol({ v: 2, id: 1, ok: {} }), true);
    for (const raw of [{ v: 1 }, {}, null, { v: "2" }]) {
      assert.equal(otherProtocol(raw), false);
    }
  });
});

describe("a verdict", () => {
  it("is read where it agrees with itself", () => {
    assert.deepEqual(readVerdict(warn, 1), warn);
    assert.equal(readVerdict({ verdict: "allow", recipients: [] }, 0)?.findings.length, 0);
  });

  it("may bring what this version does not know", () => {
    assert.ok(readVerdict({ ...warn, added: 1, recipients: [{ ...entry, added: {} }] }, 1));
  });

  it("may allow what it would question, where it only watches", () => {
    const allowed = { ...entry, verdict: "allow", would: "warn", findings: [{ ...finding, verdict: "allow" }] };
    assert.ok(readVerdict({ verdict: "allow", would: "warn", recipients: [allowed], more: 7 }, 1));
  });

  for (const [name, raw] of Object.entries({
    "allows what it blocks": { ...warn, verdict: "allow" },
    "blocks without a reason": { verdict: "block", recipients: [entry] },
    "warns of nothing": { verdict: "warn", recipients: [] },
    "speaks of a recipient that is not there": { ...warn, recipients: [{ ...entry, index: 1 }] },
    "speaks of one twice": { ...warn, recipients: [entry, entry] },
    "has no word": { recipients: [] },
    "has another word": { verdict: "maybe", recipients: [] },
    "has no recipients": { verdict: "allow" },
    "allows although more are questioned": { verdict: "allow", recipients: [], more: 3 },
    "has fewer than none more": { ...warn, more: -1 },
    "has an override that nobody knows": { ...warn, recipients: [{ ...entry, override: "yes" }] },
    "means something that is no text": { ...warn, recipients: [{ ...entry, findings: [{ ...finding, meant: [1] }] }] },
    "has findings that are none": { ...warn, findings: {} },
    "has a finding without a code": { ...warn, findings: [{ verdict: "warn" }] },
    "is no object": [],
  })) {
    it(`is none where it ${name}`, () => assert.equal(readVerdict(raw, 1), null));
  }
});

describe("a hello", () => {
  it("is read where the protocol fits", () => {
    const hello = readHello({ version: "1", protocol: 1, policy: { mode: "watch" }, health: {}, replaced: true });
    assert.equal(hello?.replaced, true);
    assert.equal(hello?.policy.mode, "watch");
  });

  it("is none where it does not", () => {
    assert.equal(readHello({ version: "1", protocol: 2 }), null);
    assert.equal(readHello({ protocol: 1 }), null);
  });

  it("offers trust only where people are kept", () => {
    assert.equal(storesPeople({ people: "ok" }), true);
    for (const health of [{ people: "this-run" }, {}, null, "ok", { people: "none" }, { people: { ok: true } }]) {
      assert.equal(storesPeople(health), false);
    }
  });

  it("tells whether a record is kept, so that a missing one can be said", () => {
    assert.equal(keepsRecord({ audit: "ok" }), true);
    assert.equal(keepsRecord({ audit: "unavailable" }), true);
    for (const health of [{ audit: "none" }, {}, null, "ok"]) {
      assert.equal(keepsRecord(health), false);
    }
  });
});

describe("the organisation's help", () => {
  const help = { en: "Ask.", de: "Frag.", "pt-BR": "Pergunte." };
  for (const [language, text] of [["en-GB", "Ask."], ["de-AT", "Frag."], ["pt-br", "Pergunte."], ["fi", "Ask."]]) {
    it(`stands in the user's language, ${language}`, () => assert.equal(helpIn(help, language), text));
  }

  it("stands in the first language there is, where neither the user's nor English is there", () => {
    assert.equal(helpIn({ fr: "Demandez." }, "fi"), "Demandez.");
  });

  it("may be one text for all, or none", () => {
    assert.equal(helpIn("Ask.", "de"), "Ask.");
    for (const none of [undefined, null, 7, [], {}, { en: 7 }]) {
      assert.equal(helpIn(none, "en"), "");
    }
  });
});

it("a request carries version, id and operation", () => {
  assert.deepEqual(request(7, "sent", { key: "k" }), { v: 1, id: 7, op: "sent", key: "k" });
});

it("the strictest word is found", () => {
  assert.equal(strictest([]), "allow");
  assert.equal(strictest(["warn", "allow"]), "warn");
  assert.equal(strictest(["warn", "block", "allow"]), "block");
});
