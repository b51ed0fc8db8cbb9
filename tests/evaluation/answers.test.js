// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { codesOf, firstMeant, isQuestioned, isRightFirst, strongest } from "./answers.js";
import { curveOf, picture } from "./picture.js";
import { Affinity, foundAt } from "./sections/wrong-bob.js";

/**
 * @param {string} verdict @param {import("./engine.js").Finding[]} findings
 * @param {import("./engine.js").Evidence[]} [evidence]
 */
const answer = (verdict, findings, evidence) => ({
  verdict,
  recipients: [{ verdict, address: "bob@navy.ml", shown: "bob@navy.ml", findings, evidence }],
  findings: [],
});
const slip = { code: "lookalike-domain", verdict: "warn", meant: ["bob@navy.mil", "bob@nova.mil"] };

describe("an answer", () => {
  it("is right first only where the first offer is right", () => {
    const both = answer("warn", [{ code: "no-such-suffix", verdict: "warn" }, slip]);
    assert.ok(isQuestioned(both));
    assert.equal(firstMeant(both), "bob@navy.mil");
    assert.ok(isRightFirst(both, ["bob@navy.mil"]));
    assert.ok(!isRightFirst(both, ["bob@nova.mil"]));
    assert.deepEqual(codesOf(both), ["no-such-suffix", "lookalike-domain"]);
  });

  it("counts as a question by every code of the message too", () => {
    const crowd = { ...answer("warn", []), findings: [{ code: "visible-crowd", verdict: "warn" }] };
    assert.ok(isQuestioned(crowd));
    assert.deepEqual(codesOf(crowd), ["visible-crowd"]);
  });

  it("has the margin of its strongest evidence that nothing clears", () => {
    const pieces = [
      { code: "a", score: 1, threshold: 3, near: "x" },
      { code: "b", score: 2.5, threshold: 3, near: "y" },
      { code: "c", score: 9, threshold: 3, near: "z", cleared_by: "K" },
    ];
    assert.deepEqual(strongest(answer("allow", [], pieces)), { margin: -0.5, near: "y" });
  });

  it("without evidence is questioned at every threshold, or at none", () => {
    assert.equal(strongest(answer("warn", [slip])).margin, Infinity);
    assert.equal(strongest(answer("allow", [])).margin, -Infinity);
  });
});

describe("the curve", () => {
  const slips = [
    { margin: 2, right: true },
    { margin: -1, right: true },
    { margin: 1, right: false },
    { margin: -Infinity, right: false },
  ];

  it("rises on both axes as the threshold falls", () =>
    assert.deepEqual(curveOf(slips, [0.5, -2]), [
      { wrong: 0, right: 0 },
      { wrong: 0, right: 25 },
      { wrong: 0, right: 25 },
      { wrong: 500, right: 25 },
      { wrong: 500, right: 50 },
      { wrong: 1000, right: 50 },
    ]));

  it("is drawn as an SVG of plain ASCII, names escaped", () => {
    const at = { wrong: 1, right: 90 };
    const svg = picture({
      curve: [at],
      shipped: at,
      peers: [{ name: "a<b", ...at }],
      slips: 1,
      strangers: 1,
    });
    assert.match(svg, /^<svg [^]*<\/svg>\n$/);
    assert.match(svg, /^[\n -~]*$/);
    assert.ok(svg.includes("a&#60;b") && !svg.includes("a<b"));
  });
});

describe("the plain affinity", () => {
  it("prefers the namesake who stood beside the others", () => {
    const affinity = new Affinity();
    affinity.learn(["Bob Reed", "Ann Lee"]);
    affinity.learn(["Bob Reed", "Ann Lee"]);
    affinity.learn(["Bob Stone"]);
    assert.ok(affinity.score(0, ["Bob Stone", "Ann Lee"]) > 1);
    assert.ok(affinity.score(0, ["Bob Reed", "Ann Lee"]) < 0);
    assert.equal(affinity.score(1, ["Bob Stone", "Ann Lee"]), -Infinity); // no other Ann
  });

  it("finds above the score that the allowed share of right messages reaches", () => {
    const right = Array.from({ length: 1000 }, (_, i) => i / 1000);
    assert.equal(foundAt({ right, swapped: [0.9975, 0.9985, 0.9995] }, 0.001), 2);
    assert.equal(foundAt({ right, swapped: [0.9975, 0.9985, 0.9995] }, 0.005), 3);
    assert.equal(foundAt({ right: [-Infinity, -Infinity], swapped: [-Infinity, 1] }, 0.001), 1);
  });
});
