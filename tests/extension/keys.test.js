// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { letterOf } from "../../extension/review/keys.js";

describe("the letters of buttons", () => {
  it("are found on a keyboard of another script", () => {
    for (const [key, code, letter] of [
      ["c", "KeyC", "c"], ["C", "KeyC", "c"], ["\u0624", "KeyC", "c"], ["\u0441", "KeyC", "c"], ["\u05D1", "KeyC", "c"],
      // Where the letters of a Latin keyboard stand in other places, what it writes counts.
      ["a", "KeyQ", "a"], ["y", "KeyZ", "y"],
      // The Alt key of a Mac writes letters in a field: it sends nothing by that.
      ["\u00DF", "KeyS", "\u00DF"], ["\u00E7", "KeyC", "\u00E7"], ["\u2211", "KeyW", "\u2211"],
      ["\u0637", "Quote", "\u0637"], ["Alt", "AltLeft", "alt"], ["Dead", "KeyE", "dead"], ["1", "Digit1", "1"],
    ]) {
      assert.equal(letterOf({ key, code }), letter, key);
    }
  });
});
