// SPDX-License-Identifier: MPL-2.0
// Constants that the steps of the fit do not move, each scaled by itself: how many slips are found at
// as many questions as the shipped ones ask.
import { strongestOf } from "./fit-rows.js";

/** @typedef {import("./fit-rows.js").Rows} Rows */
/** @typedef {import("./fit-rows.js").Weights} Weights */

/** What the name of a term begins with. */
const swept = ["in_subdomain", "names_of_house", "shared_subdomain", "stray_digit"];
const factors = [0, 0.5, 0.75, 1, 1.25, 1.5, 2];
/** Of the questions that the shipped constants ask. */
const budgets = [0.6, 0.8, 1, 1.2];

const slips = ["natural", "generated"];
const rightNames = ["business", "among"];

/** @param {Weights} shipped @param {string} name @param {number} factor @returns {Weights} */
function scaled(shipped, name, factor) {
  return new Map(
    [...shipped].map(([term, value]) => [term, term.startsWith(name) ? factor * value : value]),
  );
}

/**
 * @param {Rows} rows @param {Weights} weights @param {string} name
 * @returns {{score: number, isRight: boolean}[]} the highest score first
 */
function scoresOf(rows, weights, name) {
  return rows[name]
    .map((row) => {
      const { best, score } = strongestOf(row, weights);
      return {
        score: row.certain ? Infinity : score,
        isRight: row.right.includes(best?.meant ?? ""),
      };
    })
    .sort((a, b) => b.score - a.score);
}

/** @param {Rows} rows @param {Weights} shipped @returns {string[]} lines of a table */
export function sweepLines(rows, shipped) {
  /** @param {Weights} weights */
  const questionsOf = (weights) =>
    rightNames.flatMap((name) => scoresOf(rows, weights, name)).sort((a, b) => b.score - a.score);
  const asked = questionsOf(shipped).filter(({ score }) => score >= 0).length;
  /** @param {Weights} weights @param {number} questions */
  const found = (weights, questions) => {
    const threshold = questionsOf(weights)[questions]?.score ?? -Infinity;
    return slips.map((name) => {
      const all = scoresOf(rows, weights, name);
      const right = all.filter(({ score, isRight }) => isRight && score > threshold).length;
      return ((100 * right) / Math.max(1, all.length)).toFixed(1);
    });
  };
  const counts = budgets.map((budget) => Math.round(budget * asked));
  const line = (/** @type {string[]} */ cells) =>
    cells[0].padEnd(24) + cells.slice(1).map((cell) => cell.padStart(14)).join("");
  const lines = swept.flatMap((name) =>
    factors.map((factor) => {
      const weights = scaled(shipped, name, factor);
      return line([
        `${name} x ${factor}`,
        ...counts.map((count) => found(weights, count).join(" ")),
      ]);
    }),
  );
  return [
    "Right correction first (natural, generated), one constant scaled, at so many questions about",
    `right business names (n ${rightNames.map((name) => rows[name].length).join(" + ")}):`,
    "",
    line(["constant", ...counts.map(String)]),
    ...lines,
  ];
}
