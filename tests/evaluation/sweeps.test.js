// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { sweepLines } from "./sweeps.js";

test("a constant that tells slips from right names finds more at as many questions", () => {
  const weights = new Map([
    ["prior", -1],
    ["in_subdomain", 2],
  ]);
  /** @param {string[]} terms @param {string[]} right */
  const row = (terms, right) => ({
    right,
    certain: false,
    fold: 0,
    candidates: [{ meant: "a@near.org", near: "near.org", terms }],
  });
  const slip = row(["prior", "in_subdomain"], ["a@near.org"]);
  const rows = {
    natural: [slip],
    generated: [slip, slip],
    business: [row(["prior"], []), row(["prior"], [])],
    among: [row(["prior", "in_subdomain"], []), row(["prior"], [])],
  };
  const lines = sweepLines(rows, weights).map((line) => line.split(/ {2,}/));
  const of = (/** @type {string} */ name) => lines.find(([first]) => first === name)?.[4];
  assert.equal(of("constant"), "1"); // in the 0.6, 0.8, 1 and 1.2 of one question
  assert.equal(of("in_subdomain x 1"), "100.0 100.0");
  assert.equal(of("in_subdomain x 0"), "0.0 0.0");
});
