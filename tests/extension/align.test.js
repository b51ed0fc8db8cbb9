// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { align, characters } from "../../extension/shared/align.js";

/** @param {string} typed @param {string} meant */
function rows(typed, meant) {
  const columns = align(typed, meant);
  return [
    columns.map((one) => one.typed || "_").join(""), columns.map((one) => one.meant || "_").join(""),
    columns.map((one) => (one.same ? " " : "^")).join(""),
  ];
}

describe("typed and meant stand under each other", () => {
  const cases = [
    ["a missing letter is a gap", "bob@navy.ml", "bob@navy.mil", "bob@navy.m_l", "bob@navy.mil", "          ^ "],
    ["a letter too many stands over a gap", "bob@navyy.mil", "bob@navy.mil", "bob@navyy.mil", null, null],
    ["a wrong letter stands over the right one", "bob@nawy.mil", "bob@navy.mil", "bob@nawy.mil", "bob@navy.mil", "      ^     "],
    ["swapped letters stand over each other", "x@nayv.mil", "x@navy.mil", "x@nayv.mil", "x@navy.mil", "    ^^    "],
    ["the same twice has no mark", "a@b.c", "a@b.c", "a@b.c", "a@b.c", "     "],
    ["a suffix glued on is all gap", "a@navy.mil.ml", "a@navy.mil", "a@navy.mil.ml", "a@navy.mil___", "          ^^^"],
    ["nothing against something is all gap", "", "ab", "__", "ab", "^^"],
    ["a letter with its accent is one character", "e\u0301@x", "e@x", "e\u0301@x", "e@x", "^  "],
    ["letters that join stay together", "\u0645\u062B\u0644@a.b", "\u0645\u062B\u0644@a.bc", "\u0645\u062B\u0644@a.b_", "\u0645\u062B\u0644@a.bc", "     ^"],
    ["letters that join are marked together", "\u0645\u062B@a", "\u0645\u0628@a", "\u0645\u062B@a", "\u0645\u0628@a", "^  "],
    ["a character beyond the first plane is one", "\u{1F600}a", "a", "\u{1F600}a", "_a", "^ "],
  ];
  for (const [name, typed, meant, first, second, marks] of cases) {
    it(`${name}`, () => {
      const got = rows(/** @type {string} */ (typed), /** @type {string} */ (meant));
      assert.equal(got[0], first);
      if (second !== null) {
        assert.deepEqual(got.slice(1), [second, marks]);
      }
    });
  }

  it("both rows hold their text whole, however they differ", () => {
    const letters = ["a", "b", ".", "@", "\u00e9"];
    let seed = 7;
    const random = (/** @type {number} */ n) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % n;
    };
    for (let i = 0; i < 500; i += 1) {
      const text = () => Array.from({ length: random(12) }, () => letters[random(5)]).join("");
      const [typed, meant] = [text(), text()];
      const columns = align(typed, meant);
      assert.equal(columns.map((one) => one.typed).join(""), typed);
      assert.equal(columns.map((one) => one.meant).join(""), meant);
      assert.ok(columns.every((one) => one.same === (one.typed === one.meant)));
      assert.ok(columns.every((one) => one.typed || one.meant));
    }
  });

  it("a text that nobody could compare by eye costs nothing", () => {
    const columns = align("a".repeat(100000), "b".repeat(100000));
    assert.equal(columns.length, 1);
  });

  it("characters are counted as a person would", () => {
    assert.deepEqual(characters("e\u0301x"), ["e\u0301", "x"]);
  });
});
