// SPDX-License-Identifier: MPL-2.0
// Rows of the result: measured beside must and goal, and how they are printed. Pure.
import { wilson } from "./statistics.js";

/** @typedef {{group: string, figure: string, source: "natural" | "generated",
 *   unit: "%" | "per 1,000", hits: number, n: number, must?: number, mustBelow?: number,
 *   mustAbove?: number, goal?: number, note?: string, misses?: string[]}} Row `misses`: what is
 *   behind the figure, a line each, for --misses */
/** @typedef {Row & {measured: number | null, interval: [number, number],
 *   result: string}} Measured */

/** @typedef {Omit<Row, "unit">} Figures */

/** @param {Figures} figures @returns {Row} a share of which more is better */
export function share(figures) {
  return { unit: "%", ...figures };
}

/** @param {Figures} figures @returns {Row} a rate of which less is better */
export function rate(figures) {
  return { unit: "per 1,000", ...figures };
}

/**
 * What becomes of a row. A must needs something measured: nothing counted misses it.
 * @param {Row} row @returns {Measured}
 */
export function judged(row) {
  const scale = row.unit === "%" ? 100 : 1000;
  const measured = row.n === 0 ? null : (scale * row.hits) / row.n;
  const [low, high] = wilson(Math.min(row.hits, row.n), row.n);
  const isAtLeast = row.unit === "%";
  /** @param {number | undefined} bound */
  const reaches = (bound) =>
    bound === undefined ||
    (measured !== null && (isAtLeast ? measured >= bound : measured <= bound));
  let result = "";
  const hasMust = [row.must, row.mustBelow, row.mustAbove].some((bound) => bound !== undefined);
  const isBeyond =
    measured !== null &&
    (row.mustBelow === undefined || measured < row.mustBelow) &&
    (row.mustAbove === undefined || measured > row.mustAbove);
  if (hasMust && !(reaches(row.must) && isBeyond)) {
    result = "MISSED";
  } else if (row.goal !== undefined && reaches(row.goal)) {
    result = "goal";
  } else if (hasMust) {
    result = "must";
  }
  return { ...row, measured, interval: [scale * low, scale * high], result };
}

/** @param {number | null} value */
const short = (value) =>
  value === null ? "-" : value >= 99.95 && value < 100 ? "99.9" : value.toFixed(value < 1 ? 2 : 1);

/** @param {Measured} row */
function cells(row) {
  const unit = row.unit === "%" ? " %" : "";
  const below = row.unit === "%" ? "" : "<= ";
  const must =
    row.mustBelow !== undefined
      ? `< ${short(row.mustBelow)}`
      : row.mustAbove !== undefined
        ? `> ${short(row.mustAbove)}${unit}`
        : row.must === undefined
          ? ""
          : `${below}${row.must}${unit}`;
  return [
    row.figure,
    row.source,
    must,
    row.goal === undefined ? "" : `${below}${Number(row.goal.toFixed(2))}${unit}`,
    `${short(row.measured)}${unit}`,
    `${short(row.interval[0])} - ${short(row.interval[1])}`,
    String(row.n),
    row.result,
  ];
}

const heads = ["figure", "rows", "must", "goal", "measured", "95 % interval", "n", ""];

/**
 * @param {Measured[]} rows @param {number} [misses] how many lines of what is behind a row
 * @returns {string} the table as text, a heading a group
 */
export function printed(rows, misses = 0) {
  const body = rows.map(cells);
  const widths = heads.map((head, i) => Math.max(head.length, ...body.map((row) => row[i].length)));
  /** @param {string[]} row */
  const line = (row) =>
    row
      .map((cell, i) => (i < 2 || i === 7 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join("  ")
      .trimEnd();
  const lines = [line(heads)];
  let group = "";
  rows.forEach((row, i) => {
    if (row.group !== group) {
      group = row.group;
      lines.push("", group);
    }
    lines.push(line(body[i]));
    if (row.note) {
      lines.push(`    ${row.note}`);
    }
    lines.push(...(row.misses ?? []).slice(0, misses).map((miss) => `      - ${miss}`));
  });
  return `${lines.join("\n")}\n`;
}
