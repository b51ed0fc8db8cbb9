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
