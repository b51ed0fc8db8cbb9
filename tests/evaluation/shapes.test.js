// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { shapeLines } from "./shapes.js";

const weights = new Map([
  ["kind[deletion]", 1],
  ["kind[transposition]", 2],
  ["length_deleted[2]", -3],
  ["length_transposed[12]", 1],
]);
const short = { meant: "ab.com", near: "ab.com", terms: ["kind[deletion]", "length_deleted[2]"] };
const long = {
  meant: "long.com",
  near: "long.com",
  terms: ["kind[transposition]", "length_transposed[12]"],
};

test("slips and right names are counted by kind and length, near and asked about", () => {
  const slips = [
    { right: ["ab.com"], certain: false, fold: 0, candidates: [short, long] },
    { right: ["long.com"], certain: false, fold: 0, candidates: [short, long] },
  ];
  const names = [
    { right: [], certain: false, fold: 0, candidates: [short, long] },
    { right: [], certain: false, fold: 0, candidates: [] },
    { right: [], certain: true, fold: 0, candidates: [] },
    { right: [], certain: false, fold: 0, candidates: [short] },
  ];
  const lines = shapeLines(slips, names, weights).map((line) => line.split(/ {2,}/));
  assert.deepEqual(lines.slice(-2), [
    ["deletion 2", "5000.0", "0.0", "2500.0", "0.0"],
    ["transposition 8", "5000.0", "5000.0", "2500.0", "2500.0"],
  ]);
});
