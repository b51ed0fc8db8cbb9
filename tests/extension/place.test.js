// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { headOf, placeBelow } from "../../extension/shared/place.js";

const compose = { left: 10, top: 20, width: 860, height: 820 };
const to = (/** @type {number} */ n, field = "to") => Array.from({ length: n }, (_, i) => ({ field, text: `person${i}@navy.mil` }));

describe("the page opens below the recipients", () => {
  it("one row of them leaves the body in sight from there, as measured in Thunderbird", () => {
    assert.ok(Math.abs(headOf(to(1), compose) - 231) <= 15);
    assert.ok(Math.abs(headOf([...to(1), ...to(1, "cc")], compose) - 267) <= 15);
  });

  it("more fields and more lines push it down", () => {
    const heads = [to(1), [...to(1), ...to(1, "cc")], [...to(20), ...to(1, "cc")]].map((all) => headOf(all, compose));
    assert.deepEqual(heads, [...heads].sort((a, b) => a - b));
    assert.equal(new Set(heads).size, 3);
  });

  it("a list is one recipient, however many stand in it", () => {
    const members = to(400).map((one) => ({ ...one, list: "Staff" }));
    assert.equal(headOf(members, compose), headOf(to(1), compose));
  });

  it("ten thousand of them do not push it out of the window", () => {
    assert.ok(headOf(to(10000), compose) < compose.height);
  });

  it("it stands in the middle, also on a screen to the left", () => {
    assert.deepEqual(placeBelow(to(1), { ...compose, left: -1000 }, 620), { left: -880, top: 20 + headOf(to(1), compose) });
  });
});
