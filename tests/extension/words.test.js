// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

const english = JSON.parse(readFileSync(new URL("../../extension/_locales/en/messages.json", import.meta.url), "utf8"));

/**
 * The page's words in a Thunderbird of that language that has no texts of ours but English ones.
 *
 * @param {string} ui
 */
async function words(ui, texts = english) {
  /** @param {string} key @param {string[]} [args] */
  function getMessage(key, args = []) {
    return key === "@@bidi_dir" ? (/^(he|ar)/.test(ui) ? "rtl" : "ltr")
      : (texts[key]?.message ?? "").replace(/\$(\d)/g, (_, at) => args[at - 1]);
  }
  const root = {};
  Object.assign(globalThis, {
    browser: { i18n: { getMessage, getUILanguage: () => ui } }, document: { documentElement: root, createElement: () => ({}) },
  });
  // A module of its own for each language.
  const made = await import(`../../extension/review/words.js?${ui}-${texts.language.message}`);
  made.giveLanguage();
  return { ...made, root };
}

describe("the words of a page", () => {
  it("are counted by the rules of their own language, not of Thunderbird's", async () => {
    for (const [ui, n] of /** @type {[string, number][]} */ ([
      ["en-GB", 1], ["ru", 21], ["hr", 31], ["lv", 101], ["is", 21], ["fr", 0], ["pt-BR", 0], ["de", 0],
    ])) {
      const { count } = await words(ui);
      assert.equal(count("trustedCount", n), n === 1 ? "One contact" : `${n} contacts`, ui);
    }
    assert.equal((await words("de")).count("trustedCount", 1234), "1,234 contacts");
  });

  it("let an address run to the right in each language, and a name as its letters do", async () => {
    const { isolated } = await words("he");
    assert.equal(isolated("\u05D3\u05E0@navy.mil").dir, "ltr");
    assert.equal(isolated("\u05D3\u05E0").dir, undefined);
  });

  it("set apart what a message holds, also where no element can, as it would change sides in its sentence", async () => {
    const hebrew = { ...english, language: { message: "he" } };
    const { say, count, sentence } = await words("he", hebrew);
    assert.equal(say("forgetAddressHeading", ["1st@navy.mil"]), "Forget \u20661st@navy.mil\u2069?");
    assert.equal(say("pageTitle", ["3 ships"]), "Not sent yet: \u20683 ships\u2069");
    assert.equal(count("insideTitle", 1, ["3.example"]), "One recipient at \u20683.example\u2069");
    assert.equal(say("noticeNotSent", [""]).trim().at(-1), ".");
    assert.equal(sentence("forgotten", ["a@navy.mil"]).at(-1), " was forgotten.");
    assert.equal((await words("en-US")).say("pageTitle", ["3 ships"]), "Not sent yet: 3 ships");
  });

  it("stand in a list with the commas of their language", async () => {
    const japanese = { ...english, language: { message: "ja" }, listPair: { message: "$1\u3001$2" } };
    for (const [ui, texts, line] of /** @type {[string, object, string][]} */ ([
      ["en-US", english, "To, Cc, Bcc"], ["ja", japanese, "To\u3001Cc\u3001Bcc"],
    ])) {
      const { joined, listed } = await words(ui, texts);
      assert.equal(joined(["To", "Cc", "Bcc"]).join(""), line);
      const addresses = listed(["To", "Cc", "Bcc"]).map((one) => one.textContent ?? one);
      assert.equal(addresses.join(""), line);
      assert.deepEqual(joined([]), []);
    }
  });

  it("stand before what is told of them with the colon of their language", async () => {
    const french = { ...english, language: { message: "fr" }, labelPair: { message: "$1\u00A0: $2" } };
    for (const [ui, texts, line] of /** @type {[string, object, string][]} */ ([
      ["en-US", english, "Work: Sent"], ["fr", french, "Work\u00A0: Sent"],
    ])) {
      const { sentence } = await words(ui, texts);
      const told = sentence("labelPair", ["Work", "Sent"]).map((one) => one.textContent ?? one);
      assert.equal(told.join(""), line);
    }
  });

  it("tell the page their language, with the region where Thunderbird speaks it too", async () => {
    const german = { ...english, language: { message: "de" } };
    const hebrew = { ...english, language: { message: "he" } };
    for (const [ui, texts, lang, dir] of /** @type {[string, object, string, string][]} */ ([
      ["en-GB", english, "en-GB", "ltr"], ["ru", english, "en", "ltr"], ["de-AT", german, "de-AT", "ltr"],
      ["he", english, "en", "ltr"], ["he", hebrew, "he", "rtl"],
    ])) {
      assert.deepEqual((await words(ui, texts)).root, { lang, dir }, ui);
    }
  });
});
