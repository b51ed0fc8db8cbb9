// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { noSlip } from "./sections/local-parts.js";

describe("a pair that docs/PROTOCOL calls no slip", () => {
  for (const [typed, other, why] of /** @type {const} */ ([
    ["room12", "room13", "another number"],
    ["2152343", "2152345", "another number"],
    ["j.smith", "k.smith", "another single-letter initial"],
    ["j..smith", "k..smith", "another single-letter initial"],
    ["ada.b.tate", "ada.c.tate", "another single-letter initial"],
  ])) {
    it(`is '${typed}' for '${other}': ${why}`, () => {
      assert.equal(noSlip(typed, other), why);
      assert.equal(noSlip(other, typed), why);
    });
  }
  for (const [typed, other] of [
    ["jsmith", "ksmith"], // no part by itself: the contract's initial is one letter
    ["j.smith", "jo.smith"],
    ["room1", "room12"],
    ["r0om", "room"],
    ["j.smith", "j.smyth"],
    ["jsmith", "j.smith"],
    ["a", "b"],
    ["j.smith", "j.smith"],
  ]) {
    it(`is not '${typed}' for '${other}'`, () => {
      assert.equal(noSlip(typed, other), null);
      assert.equal(noSlip(other, typed), null);
    });
  }
});
