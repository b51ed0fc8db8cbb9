// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { firstLabelLength, gateAtEqualRecall, isOneEdit, OneEditIndex } from "./one-edit.js";

describe("one edit", () => {
  for (const [a, b] of [
    ["navy.ml", "navy.mil"],
    ["navvy.mil", "navy.mil"],
    ["nacy.mil", "navy.mil"],
    ["anvy.mil", "navy.mil"],
    ["", "a"],
    ["navym.il", "navy.mil"],
  ]) {
    it(`is between '${a}' and '${b}', both ways`, () => {
      assert.ok(isOneEdit(a, b));
      assert.ok(isOneEdit(b, a));
    });
  }
  for (const [a, b] of [
    ["navy.mil", "navy.mil"],
    ["nvay.ml", "navy.mil"],
    ["abc", "cba"],
    ["abcd", "ab"],
    ["ab", "ba.com"],
  ]) {
    it(`is not between '${a}' and '${b}'`, () => assert.ok(!isOneEdit(a, b)));
  }
});

describe("the index of one-edit neighbours", () => {
  it("finds what comparing with every name finds", () => {
    const names = ["aa.b", "ab.b", "ba.b", "aab.b", "a.b", "abab", "b.aa", "a.bb", "aaa.b"];
    const index = new OneEditIndex(names);
    for (const typed of ["ab.a", "aba.b", "a.a", "aa.bb", "bb", "aab.bb", ".b"]) {
      assert.deepEqual(
        index.near(typed),
        names.filter((name) => isOneEdit(typed, name)),
        typed,
      );
    }
  });

  it("finds nothing near a name that it holds", () =>
    assert.deepEqual(new OneEditIndex(["ab.c", "ac.c"]).near("ab.c"), []));

  it("holds a name added twice once", () => {
    const index = new OneEditIndex(["ab.c", "ab.c"]);
    assert.deepEqual(index.near("ax.c"), ["ab.c"]);
  });
});

describe("the gate", () => {
  it("looks at the first label", () => {
    assert.equal(firstLabelLength("navy.mil"), 4);
    assert.equal(firstLabelLength("navymil"), 7);
  });

  const slips = [
    { length: 3, found: true },
    { length: 4, found: true },
    { length: 6, found: true },
    { length: 8, found: false },
  ];

  it("is the strictest that still finds as much", () => {
    assert.deepEqual(gateAtEqualRecall(slips, 0.5), { gate: 4, recall: 0.5 });
    assert.deepEqual(gateAtEqualRecall(slips, 0.3), { gate: 4, recall: 0.5 });
    assert.deepEqual(gateAtEqualRecall(slips, 0.2), { gate: 6, recall: 0.25 });
  });

  it("is where the plain rule finds most, if that is not enough", () =>
    assert.deepEqual(gateAtEqualRecall(slips, 0.99), { gate: 3, recall: 0.75 }));
});
