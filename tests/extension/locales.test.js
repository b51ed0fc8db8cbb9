// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { HEADING_KEYS, REASON_KEYS } from "../../extension/shared/reasons.js";

const root = fileURLToPath(new URL("../../extension/", import.meta.url));
const locales = readdirSync(join(root, "_locales"));

/** @param {string} folder @returns {string[]} */
function files(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

const sources = files(".").filter((path) => /\.(js|html|in)$/.test(path));
const english = messages("en");

/** @param {string} locale */
function messages(locale) {
  return JSON.parse(readFileSync(join(root, "_locales", locale, "messages.json"), "utf8"));
}

/**
 * Each text that a source asks for: by name in a text of its own, so that no name is put together.
 *
 * @param {string} text
 */
function named(text) {
  return [...text.matchAll(/['"`]([a-z][A-Za-z]+)['"`]|__MSG_(\w+)__/g)].map((match) => match[1] ?? match[2]);
}

const words = new Set([...sources.flatMap((path) => named(readFileSync(join(root, path), "utf8"))),
  ...REASON_KEYS, ...HEADING_KEYS]);

/** @param {string} key without its plural form */
const base = (key) => key.replace(/_(zero|one|two|few|many|other)$/, "");

/** @param {string} language whether its form for one stands for 1 alone */
function oneIsOne(language) {
  const rules = new Intl.PluralRules(language);
  return Array.from({ length: 1000 }, (_, n) => n).every((n) => n === 1 || rules.select(n) !== "one");
}

/** The letters that stand on one page together: where recipients are questioned, where the check could not run. */
const PAGES = [
  ["keyChange", "keyRemove", "keyRight", "keyBcc", "keyBack", "keySend", "keyHelp"],
  ["keyCancel", "keySend", "keyRetry", "keyHelp"],
];

describe("the texts of the extension", () => {
  it("are all used", () => {
    const unused = Object.keys(english).filter((key) => !words.has(base(key)));
    assert.deepEqual(unused, []);
  });

  it("are all there", () => {
    const defined = new Set(Object.keys(english).map(base));
    const asked = sources.flatMap((path) => {
      const text = readFileSync(join(root, path), "utf8");
      const direct = [...text.matchAll(/\b(?:say|count|sentence|getMessage)\(\s*'(\w+)'/g)].map((one) => one[1]);
      return [...direct, ...[...text.matchAll(/__MSG_(\w+)__/g)].map((one) => one[1])];
    });
    const families = /^(action|field|heading|key|label|lead|notice|reason|settled|spoken|tick|why|word)[A-Z]/;
    const wanted = [...words].filter((word) => families.test(word) && !["keyCode", "fieldNames"].includes(word));
    const missing = [...new Set([...asked, ...wanted, ...REASON_KEYS, ...HEADING_KEYS])]
      .filter((key) => !defined.has(key) && !key.startsWith("@@"));
    assert.deepEqual(missing, []);
    assert.ok(asked.length > 30, "the sources were read");
  });

  it("hold what stands between two of them: no page puts a comma or colon of English there", () => {
    const put = sources.filter((path) => /^(review|settings)\b/.test(path)).flatMap((path) => {
      const found = readFileSync(join(root, path), "utf8").matchAll(/(?<=[[(,?:+]\s*)(['"`])\s*[,:;]\s*\1/g);
      return [...found].map(([mark]) => `${path}: ${mark}`);
    });
    assert.deepEqual(put, []);
  });

  for (const locale of locales) {
    const texts = messages(locale);

    it(`have the same names in ${locale} as in English`, () => {
      assert.deepEqual([...new Set(Object.keys(texts).map(base))].sort(),
        [...new Set(Object.keys(english).map(base))].sort());
    });

    it(`each have a text and a description in ${locale}`, () => {
      for (const [key, { message, description }] of Object.entries(texts)) {
        assert.ok(message?.trim(), `${key} has no text`);
        assert.ok(description?.trim(), `${key} has no description`);
      }
    });

    it(`fill the same gaps in ${locale} as in English, and the description tells of each`, () => {
      for (const [key, { message, description }] of Object.entries(texts)) {
        const gaps = new Set(message.match(/\$\d/g) ?? []);
        for (const gap of gaps) {
          assert.ok(description.includes(gap), `${key}: the description does not tell of ${gap}`);
        }
        if (english[key] && !/_one$/.test(key)) {
          assert.deepEqual(gaps, new Set(english[key].message.match(/\$\d/g) ?? []), key);
        }
      }
    });

    it(`have a general form for each number in ${locale}`, () => {
      for (const key of Object.keys(texts).filter((one) => one !== base(one))) {
        assert.ok(`${base(key)}_other` in texts, `${base(key)} has no form for other numbers`);
      }
    });

    it(`leave the number out in ${locale} only where it can be no other than one`, () => {
      const language = texts.language.message;
      assert.equal(language, locale.replace("_", "-"));
      for (const key of Object.keys(texts).filter((one) => one.endsWith("_one"))) {
        const [one, other] = [key, `${base(key)}_other`].map((name) => texts[name].message.match(/\$\d/g) ?? []);
        const may = oneIsOne(language) ? ["$1"] : [];
        assert.deepEqual(new Set([...one, ...may]), new Set([...other, ...may]), key);
      }
    });

    it(`give each letter to one button of a page in ${locale}`, () => {
      for (const page of PAGES) {
        const letters = page.map((key) => texts[key].message);
        assert.equal(new Set(letters).size, letters.length, `${page}: ${letters}`);
        assert.ok(letters.every((letter) => letter === letter.toLowerCase() && [...letter].length === 1), letters.join());
      }
    });
  }

  it("know of a language whose form for one stands for other numbers too", () => {
    assert.deepEqual(["en", "de", "fr", "pt-BR", "pt-PT", "ru", "lv"].filter(oneIsOne), ["en", "de", "pt-PT"]);
  });
});
