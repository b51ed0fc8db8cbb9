// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import {
  actionsOf, cardsOf, degradedCards, fineRecipients, isPermitted, mainChoice, maySend, pageState, placeCards, renewCards,
} from "../../extension/shared/cards.js";
import { countryOf } from "../../extension/shared/country.js";
import { headingOf, REASON_KEYS, sentenceOf } from "../../extension/shared/reasons.js";
import { viewOf } from "../../extension/shared/view.js";

/** @param {...string} texts */
const message = (...texts) => ({
  from: "me@own.mil", recipients: texts.map((text) => ({ field: "to", text, parsed: text })), subject: "",
});

/** @param {number} index @param {string} address @param {object} [more] */
const entry = (index, address, more = {}) => ({
  index, field: "to", address, shown: address, verdict: "warn", override: "click", trust: "none",
  findings: [{ code: "lookalike-domain", verdict: "warn", meant: ["m@x.mil"], near: "x.mil" }], ...more,
});

/** @param {object[]} recipients @param {object[]} [findings] */
const verdict = (recipients, findings = []) => ({ verdict: "warn", recipients, findings });

/** @param {any} card @param {object | null} settled */
const settle = (card, settled) => ({ ...card, settled });

describe("the cards of a verdict", () => {
  it("are one for each address, by the strictest word and the least override", () => {
    const both = { ...message("b@x", "b@x") };
    const cards = cardsOf(verdict([entry(0, "b@x"), entry(1, "b@x", {
      field: "cc", verdict: "block", override: "none",
      findings: [{ code: "blocked-by-organisation", verdict: "block" }],
    })]), both);
    assert.equal(cards.length, 1);
    assert.deepEqual([cards[0].verdict, cards[0].override, cards[0].fields], ["block", "none", ["to", "cc"]]);
    assert.equal(cards[0].findings.length, 2);
  });

  it("leave out what is allowed, also where the host only watches", () => {
    assert.deepEqual(cardsOf(verdict([entry(0, "b@x", { verdict: "allow" })]), message("b@x")), []);
  });

  it("put first what cannot go at all", () => {
    const cards = cardsOf(verdict([entry(0, "a@x"), entry(1, "b@x", { override: "none", verdict: "block" })]), message("a@x", "b@x"));
    assert.deepEqual(cards.map((card) => card.id), ["b@x", "a@x"]);
  });

  it("have one for each finding about the whole message, by marking", () => {
    const cards = cardsOf(verdict([], [{ code: "marking", verdict: "block", marking: "SECRET", recipients: [0] },
      { code: "visible-crowd", verdict: "warn", override: "click" }]), message("a@x"));
    assert.deepEqual(cards.map((card) => [card.id, card.override]), [["code:marking:SECRET", "none"], ["code:visible-crowd", "click"]]);
  });

  it("name whom a finding about the whole message is about, and count them as fine only once settled", () => {
    const one = { recipients: [
      { field: "to", text: "Ann <ann@x.com>", parsed: "ann@x.com" }, { field: "cc", text: "ben@xn--exmple-cua.com", parsed: "ben@xn--exmple-cua.com" },
      { field: "cc", list: "Staff" }, { field: "bcc", text: "ann@x.com", parsed: "ann@x.com" }, { field: "to", text: "me@own.mil", parsed: "me@own.mil" },
    ] };
    const finding = { code: "marking", verdict: "warn", marking: "SECRET", override: "click", recipients: [0, 1, 2, 3] };
    const [card] = cardsOf(verdict([], [finding]), one);
    assert.deepEqual(card.about, ["ann@x.com", "ben@ex\u00e4mple.com", "Staff"]);
    assert.deepEqual(fineRecipients([card], one), ["me@own.mil"]);
    assert.equal(fineRecipients([settle(card, { action: "right" })], one).length, 5);
    assert.deepEqual(actionsOf([settle(card, { action: "right" })]), [{ code: "marking", marking: "SECRET", action: "right" }]);
  });

  it("say where their recipients stand after everybody was moved, and where those stood who were removed", () => {
    const cards = cardsOf(verdict([entry(0, "a@x"), entry(1, "b@x")]), message("a@x", "b@x"));
    placeCards(cards, { ...message(), recipients: [{ field: "bcc", text: "A <a@x>", parsed: "a@x" }] });
    assert.deepEqual(cards.map((card) => card.fields), [["bcc"], ["to"]]);
  });

  it("know the name that stands beside the address", () => {
    const named = { ...message(), recipients: [{ field: "to", text: "\"Smith, Bob\" <b@x>", parsed: "b@x" }] };
    const [card] = cardsOf(verdict([entry(0, "b@x", { findings: [{ code: "misleading-name", verdict: "warn" }] })]), named);
    assert.deepEqual(sentenceOf(card.findings[0], card, "en"), { key: "reasonMisleadingName", args: ["Smith, Bob"] });
  });

  it("show what cannot be read as it was given", () => {
    const [card] = cardsOf(verdict([entry(0, "", { shown: "a b@x", override: "none" })]), message("a b@x"));
    assert.equal(card.id, "a b@x");
    assert.deepEqual(actionsOf([settle(card, { action: "remove" })]), [{ address: "a b@x", action: "remove" }]);
  });
});

describe("answers", () => {
  const [card] = cardsOf(verdict([entry(0, "b@x")]), message("b@x"));

  it("are told as the protocol names them", () => {
    const crowd = cardsOf(verdict([], [{ code: "marking", verdict: "warn", marking: "M", override: "reason" }]), message())[0];
    assert.deepEqual(actionsOf([
      settle(card, { action: "change", to: "m@x.mil" }), card,
      settle(crowd, { action: "right", reason: "because", trust: "address" })]), [
      { address: "b@x", action: "change", to: "m@x.mil" },
      { code: "marking", marking: "M", action: "right", reason: "because", trust: "address" }]);
  });

  it("are permitted only as the card offers them", () => {
    const blocked = { ...card, override: "none" };
    const asks = { ...card, override: "reason" };
    for (const [one, settled, may] of [
      [card, { action: "right" }, true], [blocked, { action: "right" }, false],
      [asks, { action: "right" }, false], [asks, { action: "right", reason: "  " }, false],
      [asks, { action: "right", reason: "so" }, true], [card, { action: "change", to: "m@x.mil" }, true],
      [card, { action: "change", to: "other@x" }, false], [card, { action: "change" }, false],
      [blocked, { action: "remove" }, true], [card, { action: "bcc" }, false], [card, { action: "nonsense" }, false],
    ]) {
      assert.equal(isPermitted(/** @type {any} */ (one), /** @type {any} */ (settled)), may, JSON.stringify([one.override, settled]));
    }
  });

  it("are kept when the cards are renewed, and dropped where the host judged with them", () => {
    const fresh = cardsOf(verdict([entry(0, "b@x")]), message("b@x"));
    const old = [settle(card, { action: "right" })];
    assert.equal(renewCards(old, fresh, message("b@x"), false)[0].settled?.action, "right");
    assert.equal(renewCards(old, fresh, message("b@x"), true)[0].settled, null);
  });

  it("are not kept for a card that may no longer be answered so", () => {
    const fresh = cardsOf(verdict([entry(0, "b@x", { override: "none" })]), message("b@x"));
    assert.equal(renewCards([settle(card, { action: "right" })], fresh, message("b@x"), false)[0].settled, null);
  });

  it("stay on show as long as they hold", () => {
    const removed = [settle(card, { action: "remove" })];
    const trusted = [settle(card, { action: "right" })];
    assert.equal(renewCards(removed, [], message("a@x"), false).length, 1);
    assert.equal(renewCards(removed, [], message("b@x"), false).length, 0, "it was put in again");
    assert.equal(renewCards(trusted, [], message("b@x"), true).length, 1);
    assert.equal(renewCards(trusted, [], message("a@x"), true).length, 0, "it was taken out by hand");
    assert.equal(renewCards([card], [], message("a@x"), false).length, 0);
  });

  it("offer one main choice only where one was meant", () => {
    assert.equal(mainChoice(card), "m@x.mil");
    assert.equal(mainChoice({ ...card, findings: [{ code: "x", verdict: "warn", meant: ["a@b", "c@d"] }] }), null);
    assert.equal(mainChoice({ ...card, findings: [{ code: "x", verdict: "warn", meant: ["a@b"] }, { code: "y", verdict: "warn", meant: ["c@d"] }] }), null);
    assert.equal(mainChoice({ ...card, findings: [{ code: "x", verdict: "warn" }, { code: "y", verdict: "warn", meant: ["c@d"] }] }), "c@d");
  });
});

describe("the page as a whole", () => {
  const [card] = cardsOf(verdict([entry(0, "b@x")]), message("b@x"));
  const blocked = { ...card, override: "none", verdict: "block" };

  it("is blocked while something stands that nobody may confirm", () => {
    assert.equal(pageState([card], false), "asking");
    assert.equal(pageState([card, blocked], false), "blocked");
    assert.equal(pageState([card, settle(blocked, { action: "remove" })], false), "asking");
    assert.equal(pageState([blocked], true), "degraded");
  });

  it("may send when each card is settled and somebody is left", () => {
    assert.equal(maySend([card], message("b@x")), false);
    assert.equal(maySend([settle(card, { action: "right" })], message("b@x")), true);
    assert.equal(maySend([settle(card, { action: "remove" })], message()), false);
  });

  it("names the others, but not whom nobody judged yet", () => {
    const changed = settle(card, { action: "change", to: "m@x.mil" });
    assert.deepEqual(fineRecipients([changed], message("a@x", "m@x.mil")), ["a@x"]);
    assert.deepEqual(fineRecipients([card], message("a@x", "b@x")), ["a@x"]);
  });

  it("says in its heading the gravest of what is open", () => {
    const unreadable = { ...blocked, findings: [{ code: "unreadable-address", verdict: "block" }] };
    const stranger = { ...card, findings: [{ code: "not-on-allowlist", verdict: "warn" }] };
    const whole = { ...card, kind: "message", findings: [{ code: "visible-crowd", verdict: "warn" }] };
    for (const [cards, key, count] of [
      [[], "", 0], [[card], "headingMistyped", 1], [[card, stranger], "headingQuestioned", 2],
      [[card, blocked], "headingBlocked", 1], [[unreadable], "headingUnreadable", 1], [[whole], "headingMessage", 1],
      [[{ ...whole, verdict: "block", override: "none" }], "headingMessageBlocked", 1],
      [[whole, card], "headingMixed", 2],
      [[settle(blocked, { action: "remove" }), card], "headingMistyped", 1],
    ]) {
      assert.deepEqual(headingOf(/** @type {any} */ (cards)), { key, count });
    }
  });
});

describe("the organisation's help", () => {
  it("is shown while something blocked is open, also where a reason lets it go", () => {
    const cards = cardsOf(verdict([entry(0, "b@x", { verdict: "block", override: "reason" })]), message("b@x"));
    const help = (/** @type {any} */ settled, failed = null) => viewOf(/** @type {any} */ ({
      phase: "asking", message: message("b@x"), cards: [settle(cards[0], settled)], help: "Ask.", failed,
    })).help;
    assert.equal(help(null), "Ask.");
    assert.equal(help({ action: "right" }), "");
    assert.equal(help({ action: "right" }, { why: "late" }), "Ask.");
  });
});

describe("the cards without a check", () => {
  it("are one for each outside the domain of From, and one for those inside", () => {
    const cards = degradedCards(message("a@x.ml", "b@own.mil", "c@OWN.mil", "d@sub.own.mil", "nobody"), []);
    assert.deepEqual(cards.map((card) => [card.id, card.kind]), [["a@x.ml", "outside"], ["d@sub.own.mil", "outside"],
      ["nobody", "outside"], ["code:inside", "inside"]]);
    assert.deepEqual(cards[3].addresses, ["b@own.mil", "c@own.mil"]);
  });

  it("are all outside where From has no domain", () => {
    const cards = degradedCards({ ...message("a", "b@x"), from: "" }, []);
    assert.deepEqual(cards.map((card) => card.kind), ["outside", "outside"]);
  });

  it("never take a list that nobody can look into for inside", () => {
    const list = { ...message(), recipients: [{ field: "to", list: "Staff" }] };
    assert.deepEqual(degradedCards(list, []).map((card) => [card.kind, card.shown]), [["outside", "Staff"]]);
  });

  it("take no time that Thunderbird would wait for, though ten thousand are inside", () => {
    const many = message(...Array.from({ length: 10000 }, (_, i) => `a${i}@own.mil`));
    const began = performance.now();
    degradedCards(many, degradedCards(many, []));
    const took = performance.now() - began;
    assert.ok(took < 1500, `${took} ms: each looks at each again`);
  });

  it("keep a tick only for whom it was made", () => {
    const old = degradedCards(message("a@own.mil", "x@y.z"), []).map((card) => settle(card, { action: "right" }));
    const ticks = (/** @type {string[]} */ ...texts) => degradedCards(message(...texts), old).map((card) => card.settled !== null);
    assert.deepEqual(ticks("a@own.mil", "x@y.z"), [true, true]);
    assert.deepEqual(ticks("a@own.mil", "b@own.mil", "x@y.z"), [true, false]);
  });
});

describe("a reason", () => {
  const [card] = cardsOf(verdict([entry(0, "bob@navy.ml")]), message("bob@navy.ml"));
  const say = (/** @type {object} */ finding, one = card) => sentenceOf({ verdict: "warn", .../** @type {any} */ (finding) }, one, "en");

  it("names the country of the typed end, and whom one writes to", () => {
    assert.deepEqual(say({ code: "confusable-suffix", meant: ["bob@navy.mil"], near: "navy.mil" }),
      { key: "reasonConfusableCountry", args: ["navy.ml", "navy.mil", ".ml", "Mali"] });
  });

  it("names no country where the end has none", () => {
    assert.equal(say({ code: "confusable-suffix", near: "x.com", meant: ["a@x.com"] }, { ...card, shown: "a@x.con" }).key, "reasonConfusableSuffix");
    assert.equal(say({ code: "confusable-suffix", near: "x.com", meant: [] }, { ...card, shown: "a@x.con" }).key, "reasonConfusableAlone");
    assert.equal(say({ code: "confusable-suffix" }, { ...card, shown: "a@x.con" }).key, "reasonConfusableAlone");
  });

  it("says which slip it was", () => {
    assert.equal(say({ code: "lookalike-domain", near: "navy.mil", slip: "transposition" }).key, "reasonSlipTransposition");
    assert.equal(say({ code: "lookalike-domain", near: "navy.mil", slip: "several" }).key, "reasonLookalikeDomain");
    assert.equal(say({ code: "lookalike-domain" }).key, "reasonLookalikeAlone");
  });

  it("prefers none of several that may have been meant", () => {
    const meant = ["bob@navy.mil", "bob@nav.mil"];
    assert.equal(say({ code: "confusable-suffix", meant, near: "navy.mil" }).key, "reasonConfusableAlone");
    assert.equal(say({ code: "lookalike-domain", meant, near: "navy.mil", slip: "deletion" }).key, "reasonLookalikeAlone");
    assert.equal(say({ code: "lookalike-address", meant: ["bob@navy.mil", "rob@navy.mil"] }).key, "reasonLookalikeAddressAlone");
    // Several people of one domain: it is what was meant.
    assert.deepEqual(say({ code: "lookalike-domain", meant: ["bob@navy.mil", "rob@navy.mil"], near: "navy.mil", slip: "deletion" }),
      { key: "reasonSlipDeletion", args: ["navy.ml", "navy.mil", ".ml"] });
  });

  it("has a text for each code, and one for codes to come", () => {
    const codes = ["unreadable-address", "blocked-by-organisation", "asked-by-organisation", "not-on-allowlist",
      "confusable-suffix", "homoglyph-domain", "lookalike-domain", "lookalike-address", "known-elsewhere",
      "misleading-name", "unusual-address", "no-such-suffix", "unknown-members", "odd-one-out", "new-in-reply",
      "reply-diverted", "posting", "marking", "visible-crowd", "of-a-later-version"];
    for (const code of codes) {
      const { key, args } = say({ code });
      assert.ok(REASON_KEYS.includes(key), key);
      assert.equal(key === "reasonUnknown", code === "of-a-later-version");
      assert.ok(args.every((arg) => typeof arg === "string"));
    }
  });

  it("knows the country of a domain in the user's language", () => {
    for (const [domain, language, name] of [["x.ml", "en", "Mali"], ["x.co.uk", "en", "United Kingdom"], ["x.de", "de", "Deutschland"],
      ["x.mil", "en", ""], ["x.eu", "en", ""], ["x.zz", "en", ""], ["x.xx", "no such language", ""], ["", "en", ""]]) {
      assert.equal(countryOf(domain, language), name, domain);
    }
  });
});
