// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { replaceRecipients, moveToBcc } from "../../extension/shared/edit.js";
import {
  addedRecipients, addressIn, buildMessage, fieldsOf, printOf, receivers, wellFormed,
} from "../../extension/shared/message.js";

const details = {
  from: "Alice <alice@own.mil>", type: "reply", to: ["a@x.mil"], cc: [], bcc: ["b@x.mil"], replyTo: [],
  followupTo: [], newsgroups: [], subject: "s", body: "<p>secret</p>", plainTextBody: "secret", customHeaders: [],
};
const fields = fieldsOf(details, ["crew.xlsx"]);

describe("the message that the host is told of", () => {
  it("has nothing in it but what the protocol names", () => {
    const recipients = [{ field: "to", text: "a@x.mil", parsed: "a@x.mil", secret: 1 }];
    const origin = { thread: ["c@x.mil"], answered: { from: "c@x.mil", reply_to: ["d@x.mil"], body: "x" }, more: 1 };
    const message = buildMessage(fields, "alice@own.mil", recipients, origin, 5);
    assert.deepEqual(message, {
      from: "alice@own.mil", kind: "reply", purpose: "send",
      recipients: [{ field: "to", text: "a@x.mil", parsed: "a@x.mil" }],
      thread: ["c@x.mil"], answered: { from: "c@x.mil", reply_to: ["d@x.mil"] },
      subject: "s", attachments: ["crew.xlsx"], time: 5,
    });
    assert.doesNotMatch(JSON.stringify(message), /secret/);
  });

  it("is Unicode, whatever Thunderbird hands over", () => {
    const bad = fieldsOf({ ...details, subject: "a\ud800b" }, ["\udc00.txt"]);
    const message = buildMessage(bad, "x\ud800@y", [{ field: "to", text: "\udfff <a@b>", list: "\ud801" }], null, 1);
    assert.doesNotMatch(JSON.stringify(message), /\\ud[89a-f]/i);
    assert.equal(message.subject, "a\ufffdb");
  });

  it("is mended the same where the runtime cannot", () => {
    const texts = ["\ud800", "a\udc00", "\ud83d\ude00", "\ud83d\ud83d\ude00\ude00", "plain", "\ude00\ud83d"];
    const known = texts.map(wellFormed);
    const proto = /** @type {any} */ (String.prototype);
    const native = proto.toWellFormed;
    proto.toWellFormed = undefined;
    try {
      const again = texts.map(wellFormed);
      assert.deepEqual(again, known.map((text, i) => (native ? text : again[i])));
      assert.equal(wellFormed("\ud83d\ud83d\ude00\ude00"), "\ufffd\ud83d\ude00\ufffd");
    } finally {
      proto.toWellFormed = native;
    }
  });

  it("reads a kind that nobody knows as new", () => {
    assert.equal(fieldsOf({ ...details, type: "template" }, []).type, "new");
  });

  it("counts those who get it, not those who are only named", () => {
    const recipients = ["to", "cc", "bcc", "newsgroup", "reply-to", "followup-to"].map((field) => ({ field, text: "a@b" }));
    assert.equal(receivers(buildMessage(fields, "", recipients, null, 1)), 4);
  });
});

describe("the print that a permit is bound to", () => {
  it("differs with each thing that matters", () => {
    const prints = new Set([printOf(fields)]);
    const changes = [{ from: "b@own.mil" }, { type: "new" }, { to: ["a@x.ml"] }, { to: [], cc: ["a@x.mil"] },
      { bcc: [] }, { replyTo: ["r@x"] }, { followupTo: ["g"] }, { newsgroups: ["g"] }, { subject: "t" },
      { to: ["a@x.mil", "a@x.mil"] }];
    for (const change of changes) {
      prints.add(printOf(fieldsOf({ ...details, ...change }, ["crew.xlsx"])));
    }
    prints.add(printOf(fieldsOf(details, [])));
    assert.equal(prints.size, changes.length + 2);
  });

  it("does not look at the body", () => {
    assert.equal(printOf(fieldsOf({ ...details, body: "other" }, ["crew.xlsx"])), printOf(fields));
  });
});

describe("who was added after the check", () => {
  const allowed = { recipients: [{ field: "to", text: "A <a@x.mil>", parsed: "a@x.mil" }] };
  const left = (...texts) => ({ recipients: texts.map((text) => ({ field: "bcc", text, parsed: text })) });

  it("is named", () => {
    assert.deepEqual(addedRecipients(allowed, left("a@x.mil", "spy@y.com")), ["spy@y.com"]);
  });

  it("is nobody whose address only changed its case or field", () => {
    assert.deepEqual(addedRecipients(allowed, left("A@X.mil")), []);
  });

  it("is not asked of a list that nobody can look into", () => {
    const list = { recipients: [{ field: "to", list: "Staff" }] };
    assert.deepEqual(addedRecipients(list, left("b@x.mil")), []);
  });

  it("is compared by Thunderbird's reading, else by the address in the text", () => {
    assert.equal(addressIn({ field: "to", text: "Bob <B@x.mil>" }), "b@x.mil");
    assert.equal(addressIn({ field: "to", list: "Staff" }), "staff");
  });
});

describe("a choice in the compose window", () => {
  const gathered = (to, recipients, places) => ({ fields: fieldsOf({ ...details, to, bcc: [] }, []), recipients, places });
  const at = (i) => ({ field: "to", at: i });
  const is = (text) => (/** @type {any} */ one) => one.parsed === text;
  const one = (text, parsed = text) => ({ field: "to", text, parsed });

  it("changes the address and keeps the name", () => {
    const now = gathered(["Bob <b@x.ml>", "c@x"], [one("Bob <b@x.ml>", "b@x.ml"), one("c@x")], [at(0), at(1)]);
    assert.deepEqual(replaceRecipients(now, is("b@x.ml"), "b@x.mil"), { to: ["Bob <b@x.mil>", "c@x"] });
  });

  it("drops a name that is but the mistyped address", () => {
    const text = '"b@x.ml" <b@x.ml>';
    const now = gathered([text], [one(text, "b@x.ml")], [at(0)]);
    assert.deepEqual(replaceRecipients(now, is("b@x.ml"), "b@x.mil"), { to: ["b@x.mil"] });
  });

  it("removes, and leaves an emptied field empty", () => {
    const now = gathered(["b@x.ml"], [one("b@x.ml")], [at(0)]);
    assert.deepEqual(replaceRecipients(now, is("b@x.ml"), null), { to: [] });
  });

  it("reaches an address in each field that it stands in", () => {
    const now = { ...gathered(["b@x.ml"], [one("b@x.ml"), { ...one("b@x.ml"), field: "cc" }], [at(0), { field: "cc", at: 0 }]) };
    now.fields = { ...now.fields, cc: ["b@x.ml"] };
    assert.deepEqual(replaceRecipients(now, is("b@x.ml"), "b@x.mil"), { to: ["b@x.mil"], cc: ["b@x.mil"] });
  });

  it("puts the members in the place of their list", () => {
    const members = ["A <a@x>", "b@x.ml", "c@x"].map((text) => ({ ...one(text, text.replace(/.*<|>/g, "")), list: "L" }));
    const now = gathered(["z@x", "L <L>"], [one("z@x"), ...members], [at(0), at(1), at(1), at(1)]);
    assert.deepEqual(replaceRecipients(now, is("b@x.ml"), "b@x.mil"), { to: ["z@x", "A <a@x>", "b@x.mil", "c@x"] });
    assert.deepEqual(replaceRecipients(now, is("b@x.ml"), null), { to: ["z@x", "A <a@x>", "c@x"] });
  });

  it("writes nobody twice", () => {
    const now = gathered(["b@x.ml", "b@x.mil"], [one("b@x.ml"), one("b@x.mil")], [at(0), at(1)]);
    assert.deepEqual(replaceRecipients(now, is("b@x.ml"), "b@x.mil"), { to: ["b@x.mil"] });
  });

  it("leaves everything else alone", () => {
    const now = gathered(["a@x", "a@x"], [one("a@x"), one("a@x")], [at(0), at(1)]);
    assert.deepEqual(replaceRecipients(now, is("nobody@x"), null), {});
  });

  it("moves everyone to Bcc, each once", () => {
    const fields = fieldsOf({ ...details, to: ["a@x", "b@x"], cc: ["c@x", "a@x"], bcc: ["d@x"] }, []);
    assert.deepEqual(moveToBcc({ fields, recipients: [], places: [] }),
      { to: [], cc: [], bcc: ["d@x", "a@x", "b@x", "c@x"] });
  });

  it("takes no list for another of the same description, nor for somebody of that address", () => {
    const to = ["A <desk@x>", "B <desk@x>", "desk@x", "b@x.ml"];
    const now = gathered(to, [{ ...one("m@x"), list: "A" }, { field: "to", list: "B" }, one("desk@x"), one("b@x.ml")],
      [at(0), at(1), at(2), at(3)]);
    assert.deepEqual(moveToBcc(now).bcc, to);
    assert.deepEqual(replaceRecipients(now, is("b@x.ml"), null), { to: to.slice(0, 3) });
  });
});
