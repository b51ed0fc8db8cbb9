// SPDX-License-Identifier: MPL-2.0
// Slips beside right names of the same shape: by kind and by the length of the label. Where right
// names of a shape are as many as slips, no constant can tell the two apart.

/** @typedef {import("./fit-rows.js").Row} Row */
/** @typedef {import("./fit-rows.js").Weights} Weights */

const longest = 8;
const outOf = 10_000;

/**
 * @param {Row} row @param {Weights} weights
 * @returns {{kind: string, length: number, score: number} | undefined} of the likeliest candidate
 */
function shapeOf(row, weights) {
  const [best] = row.candidates
    .filter(({ meant }) => row.right.length === 0 || row.right.includes(meant))
    .map(({ terms }) => ({
      terms,
      score: terms.reduce((sum, name) => sum + (weights.get(name) ?? 0), 0),
    }))
    .sort((a, b) => b.score - a.score);
  const told = best?.terms.map((name) => /^(?:kind|length_\w+)\[(\w+)\]$/.exec(name)?.[1]) ?? [];
  const [kind, length] = [told.find((one) => one && /\D/.test(one)), told.find((one) => /^\d+$/.test(one ?? ""))];
  return kind && length
    ? { kind, length: Math.min(longest, Number(length)), score: best.score }
    : undefined;
}

/**
 * @param {Row[]} rows @param {Weights} weights
 * @returns {Map<string, {near: number, asked: number}>} by "kind length"
 */
function countByShape(rows, weights) {
  /** @type {Map<string, {near: number, asked: number}>} */
  const counts = new Map();
  for (const row of rows) {
    const shape = shapeOf(row, weights);
    if (shape) {
      const key = `${shape.kind} ${shape.length}`;
      const count = counts.get(key) ?? { near: 0, asked: 0 };
      count.near += 1;
      count.asked += shape.score >= 0 ? 1 : 0;
      counts.set(key, count);
    }
  }
  return counts;
}

/**
 * @param {Row[]} slips @param {Row[]} names right ones, none of them allowed @param {Weights} weights
 * @returns {string[]} lines of a table
 */
export function shapeLines(slips, names, weights) {
  const [ofSlips, ofNames] = [countByShape(slips, weights), countByShape(names, weights)];
  const keys = [...new Set([...ofSlips.keys(), ...ofNames.keys()])].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  /** @param {{near: number, asked: number} | undefined} count @param {Row[]} all */
  const cells = (count, all) =>
    [count?.near ?? 0, count?.asked ?? 0].map((n) => ((outOf * n) / Math.max(1, all.length)).toFixed(1));
  const line = (/** @type {string[]} */ parts) =>
    parts[0].padEnd(20) + parts.slice(1).map((part) => part.padStart(14)).join("");
  return [
    `Of ${outOf} slips (n ${slips.length}) and ${outOf} right names (n ${names.length}) so many come`,
    `near an allowed name by this kind, in a label of so many characters (${longest}: or more):`,
    "",
    line(["kind, length", "slips", "asked about", "right names", "asked about"]),
    ...keys.map((key) => line([key, ...cells(ofSlips.get(key), slips), ...cells(ofNames.get(key), names)])),
  ];
}
