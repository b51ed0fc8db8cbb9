// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judged, printed, rate, share } from "./table.js";

const about = /** @type {const} */ ({ group: "group", figure: "figure", source: "natural" });

describe("a row of the table", () => {
  for (const [hits, result] of /** @type {const} */ ([
    [94, "MISSED"],
    [95, "must"],
    [98, "goal"],
  ])) {
    it(`with ${hits} of 100 found, must 95 and goal 98, is '${result}'`, () =>
      assert.equal(judged(share({ ...about, hits, n: 100, must: 95, goal: 98 })).result, result));
  }

  it("of false questions is judged the other way round", () => {
    assert.equal(judged(rate({ ...about, hits: 6, n: 1000, must: 5, goal: 1 })).result, "MISSED");
    assert.equal(judged(rate({ ...about, hits: 1, n: 1000, must: 5, goal: 1 })).result, "goal");
  });

  it("that must be fewer than another is missed when equal", () => {
    assert.equal(judged(rate({ ...about, hits: 7, n: 1000, mustBelow: 7 })).result, "MISSED");
    assert.equal(judged(rate({ ...about, hits: 6, n: 1000, mustBelow: 7 })).result, "must");
  });

  it("that must be more than another is missed when equal", () => {
    assert.equal(judged(share({ ...about, hits: 7, n: 100, mustAbove: 7 })).result, "MISSED");
    assert.equal(judged(share({ ...about, hits: 8, n: 100, mustAbove: 7 })).result, "must");
  });

  it("with a must and nothing counted is missed", () =>
    assert.equal(judged(share({ ...about, hits: 0, n: 0, must: 95 })).result, "MISSED"));

  it("without bounds has no result", () =>
    assert.equal(judged(share({ ...about, hits: 1, n: 2 })).result, ""));

  it("never shows less than all as 100 %", () => {
    const text = printed([judged(share({ ...about, hits: 9999, n: 10_000 }))]);
    assert.match(text, /figure +natural +99\.9 %/);
  });
});
