// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Chance, halfOf, ofHalf, wilson } from "./statistics.js";

/** @param {[number, number]} interval */
const rounded = (interval) => interval.map((share) => Number(share.toFixed(4)));

describe("Wilson's interval", () => {
  it("is the one of the textbooks", () => {
    assert.deepEqual(rounded(wilson(81, 263)), [0.2553, 0.3662]); // Newcombe 1998, table I
    assert.deepEqual(rounded(wilson(15, 148)), [0.0624, 0.1605]);
    assert.deepEqual(rounded(wilson(1, 29)), [0.0061, 0.1718]);
  });

  it("ends at 0 and at 1 exactly, and is wide there for few rows", () => {
    assert.deepEqual(rounded(wilson(0, 20)), [0, 0.1611]);
    assert.deepEqual(rounded(wilson(29, 29)), [0.883, 1]);
  });

  it("says nothing where nothing was counted", () => assert.deepEqual(wilson(0, 0), [0, 1]));
});

describe("chance", () => {
  it("repeats with the same seed and differs with another", () => {
    const draw = (/** @type {number} */ seed) => {
      const chance = new Chance(seed);
      return Array.from({ length: 5 }, () => chance.below(1000));
    };
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
  });

  it("draws by weight", () => {
    const chance = new Chance(1);
    const counts = { often: 0, seldom: 0 };
    for (let i = 0; i < 10_000; i += 1) {
      counts[chance.weighted({ often: 9, seldom: 1 })] += 1;
    }
    assert.ok(Math.abs(counts.seldom - 1000) < 100, String(counts.seldom));
  });

  it("samples without repeats, and everything where more is asked than there is", () => {
    const things = [1, 2, 3, 4, 5];
    assert.equal(new Set(new Chance(3).sample(things, 3)).size, 3);
    assert.deepEqual(new Chance(3).sample(things, 9).sort(), things);
  });
});

describe("the halves", () => {
  const rows = Array.from({ length: 2000 }, (_, i) => `name${i}.example`);

  it("share nothing and leave nothing out", () => {
    const tune = ofHalf(rows, "tune", (row) => row);
    const report = ofHalf(rows, "report", (row) => row);
    assert.equal(tune.length + report.length, rows.length);
    assert.ok(tune.every((row) => halfOf(row) === "tune" && !report.includes(row)));
  });

  it("are about equal", () => {
    assert.ok(Math.abs(ofHalf(rows, "tune", (row) => row).length - 1000) < 100);
  });

  it("are fixed: a row never changes sides", () => {
    assert.deepEqual(["navy.mil", "army.mil", "osd.mil", "dla.mil", "nhs.uk"].map(halfOf), [
      "report",
      "report",
      "tune",
      "report",
      "report",
    ]);
  });
});
