// SPDX-License-Identifier: MPL-2.0
// How the constants of a slip in verdict/weights.hpp were chosen: step by step, as long as a step
// finds more slips than the questions it brings are worth, on the tuning half. It reads the engine's
// own terms from --trace, so it needs no second model: a score is their sum, and steps move the
// terms.
import { realLists } from "./data.js";
import { folds, rowsOf, scoreOf, strongestOf } from "./fit-rows.js";
import { shapeLines } from "./shapes.js";
import { sweepLines } from "./sweeps.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./fit-rows.js").Row} Row */
/** @typedef {import("./fit-rows.js").Rows} Rows */
/** @typedef {import("./fit-rows.js").Weights} Weights */

/** What is fitted: single letters in a name. Marks, look-alikes, glue and endings are asked about
 * wherever the table's classes want it, and of the rest the rows say too little. */
const fitted = new RegExp(
  [
    "^kind\\[(deletion|doubled|insertion|substitution|transposition|undoubled)\\]$",
    "^length_(deleted|doubled|inserted|replaced|transposed|undoubled)\\[",
    "^(first_(left_out|put_in|replaced)|last_(left_out|put_in))$",
    "^(neighbouring_keys|wrong_doubled|typed_subdomain)$",
  ].join("|"),
);

/** Of the slips found, in percent: those that people made are few. */
const shareOfNatural = 0.3;
/** A false question more of 1,000 business strangers has to find so many percent more slips. Half of
 * them are counted on the strangers themselves and on other business names held against one another,
 * half on every other real name held against the same allowlist: they are twenty times as many, and
 * have a near name less often by this factor. */
const worth = 0.7;
const elsewhereFactor = 2.4;
/** The same of a real list's own strangers: no allowlist is as dense. */
const worthOnList = 0.02;
/** What moves away from the value that is shipped has to earn it. */
const inertia = 0.08;
const stepSize = 0.2;
const rounds = 6;
/** Counts are soft: a score of so much is asked about with 73 %. */
const softness = 0.35;

/**
 * In percent of slips, or of 1,000 others; soft.
 * @param {Rows} rows @param {Weights} weights @param {string} name
 */
function asked(rows, weights, name) {
  const isSlip = name === "natural" || name === "generated";
  const sum = rows[name].reduce((total, row) => {
    const near = row.certain
      ? []
      : row.candidates.filter(({ meant }) => !isSlip || row.right.includes(meant));
    const score = near.reduce((best, one) => Math.max(best, scoreOf(one, weights)), -Infinity);
    return total + 1 / (1 + Math.exp(-score / softness));
  }, 0);
  return ((isSlip ? 100 : 1000) * sum) / Math.max(1, rows[name].length);
}

/** @param {Rows} rows @param {Weights} weights @param {Weights} shipped */
function gain(rows, weights, shipped) {
  const found =
    shareOfNatural * asked(rows, weights, "natural") +
    (1 - shareOfNatural) * asked(rows, weights, "generated");
  const ofBusiness = (asked(rows, weights, "business") + asked(rows, weights, "among")) / 2;
  const business = (ofBusiness + elsewhereFactor * asked(rows, weights, "elsewhere")) / 2;
  const lists = Object.keys(realLists).reduce((sum, name) => sum + asked(rows, weights, name), 0);
  let moved = 0;
  for (const [name, value] of shipped) {
    moved += ((weights.get(name) ?? 0) - value) ** 2;
  }
  return found - worth * business - worthOnList * lists - inertia * moved;
}

/** @param {Rows} rows @param {(row: Row) => boolean} isKept @returns {Rows} */
function rowsWhere(rows, isKept) {
  return Object.fromEntries(Object.entries(rows).map(([name, all]) => [name, all.filter(isKept)]));
}

/** @param {Rows} rows @param {Weights} shipped @returns {Weights} */
function fit(rows, shipped) {
  const weights = new Map(shipped);
  const names = [...shipped.keys()].filter((name) => fitted.test(name)).sort();
  let best = gain(rows, weights, shipped);
  for (let round = 0, moved = true; round < rounds && moved; round += 1) {
    moved = false;
    for (const name of names) {
      for (const step of [stepSize, -stepSize]) {
        for (;;) {
          const before = weights.get(name) ?? 0;
          weights.set(name, before + step);
          const now = gain(rows, weights, shipped);
          if (now <= best) {
            weights.set(name, before);
            break;
          }
          [best, moved] = [now, true];
        }
      }
    }
  }
  return weights;
}

/**
 * @param {Rows} rows @param {(row: Row) => Weights} weightsOf @param {number} threshold
 * @returns {string} a line of the curve
 */
function curveLine(rows, weightsOf, threshold) {
  const cells = Object.entries(rows).map(([name, all]) => {
    const questioned = all.filter((row) => {
      return row.certain || strongestOf(row, weightsOf(row)).score >= threshold;
    });
    if (name !== "natural" && name !== "generated") {
      return ((1000 * questioned.length) / all.length).toFixed(1);
    }
    const right = questioned.filter((row) =>
      row.right.includes(strongestOf(row, weightsOf(row)).best?.meant ?? ""),
    );
    return ((100 * right.length) / all.length).toFixed(1);
  });
  return [threshold.toFixed(1), ...cells].map((cell) => cell.padStart(12)).join("");
}

/** @param {Context} context @returns {Promise<string>} the fit, and what it is worth */
export async function fitText(context) {
  const { rows, shipped } = await rowsOf(context);
  const weights = fit(rows, shipped);
  const ofFold = Array.from({ length: folds }, (_, fold) =>
    fit(
      rowsWhere(rows, (row) => row.fold !== fold),
      shipped,
    ),
  );
  const head = ["threshold", ...Object.keys(rows)].map((cell) => cell.padStart(12)).join("");
  /** @param {(row: Row) => Weights} of */
  const curve = (of) => {
    const thresholds = Array.from({ length: 17 }, (_, i) => (i - 8) / 4);
    return [head, ...thresholds.map((threshold) => curveLine(rows, of, threshold))];
  };
  const table = [...shipped.keys()]
    .filter((name) => fitted.test(name))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .map((name) => {
      const [now, then] = [shipped.get(name) ?? 0, weights.get(name) ?? 0];
      return `${name.padEnd(26)}${now.toFixed(1).padStart(8)}${then.toFixed(1).padStart(8)}`;
    });
  return [
    `Half '${context.half}', seed ${context.seed}. Right correction first in percent of the slips`,
    "(natural, generated), questioned of 1,000 others, by threshold.",
    "",
    "As shipped:",
    ...curve(() => shipped),
    "",
    "Fitted:",
    ...curve(() => weights),
    "",
    `Cross-validated: each of ${folds} parts by what was fitted on the others:`,
    ...curve((row) => ofFold[row.fold]),
    "",
    `${"constant".padEnd(26)}${"shipped".padStart(8)}${"fitted".padStart(8)}`,
    ...table,
    "",
    ...sweepLines(rows, shipped),
    "",
    ...shapeLines(rows.generated, rows.elsewhere, shipped),
    "",
  ].join("\n");
}
