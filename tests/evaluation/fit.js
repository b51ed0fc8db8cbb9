// SPDX-License-Identifier: MPL-2.0
// How the constants of a slip in verdict/weights.hpp were chosen: step by step, as long as a step
// finds more slips than the questions it brings are worth, on the tuning half. It reads the engine's
// own terms from --trace, so it needs no second model: a score is their sum, and steps move the
// terms.
import { isQuestioned } from "./answers.js";
import { coveredBy } from "./context.js";
import { realLists } from "./data.js";
import { domainSlips } from "./generator/slips.js";
import { everyOther } from "./sections/strangers.js";
import { shapeLines } from "./shapes.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./counting.js").Case} Case */
/** @typedef {{meant: string, near: string, terms: string[]}} Candidate */
/** @typedef {{right: string[], certain: boolean, candidates: Candidate[]}} Row */
/** @typedef {Map<string, number>} Weights by name, as in a trace */

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

/** Slips drawn from the known business domains, beside those that people made. */
const drawn = 6000;
/** Of the slips found, in percent: those that people made are few. */
const shareOfNatural = 0.3;
/** A false question more of 1,000 business strangers has to find so many percent more slips. Half of
 * them are counted on the strangers themselves, half on every other real name held against the same
 * allowlist: they are twenty times as many, and have a near name less often by this factor. */
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

/** @param {Case} one @param {Weights} weights takes in the shipped value of each term @returns {Row} */
function rowOf({ answer, right }, weights) {
  const evidence = answer.recipients?.[0]?.evidence ?? [];
  const weighed = evidence.filter((piece) => Object.keys(piece.weights ?? {}).length > 0);
  const candidates = weighed
    .filter((piece) => !piece.cleared_by)
    .map((piece) => {
      const terms = Object.entries(piece.weights ?? {}).map(([name, value]) => {
        const full =
          name === "kind"
            ? `kind[${piece.slip}]`
            : name === "names_of_house"
              ? `${name}=${value}` // differs from name to name
              : name;
        weights.set(full, value);
        return full;
      });
      return { meant: piece.meant ?? "", near: piece.near ?? "", terms };
    });
  return { right, certain: weighed.length === 0 && isQuestioned(answer), candidates };
}

/** @param {Candidate} candidate @param {Weights} weights */
function scoreOf(candidate, weights) {
  return candidate.terms.reduce((sum, name) => sum + (weights.get(name) ?? 0), 0);
}

/** @param {Row} row @param {Weights} weights @returns {{best?: Candidate, score: number}} */
function strongestOf(row, weights) {
  let best;
  let score = -Infinity;
  for (const candidate of row.candidates) {
    const own = scoreOf(candidate, weights);
    if (own > score) {
      best = candidate;
      score = own;
    }
  }
  return { best, score };
}

/** @param {Context} context */
async function rowsOf(context) {
  /** @type {Weights} */
  const shipped = new Map();
  const { allowed, policy } = context.business();
  const chance = context.chance("fit");
  const slips = domainSlips(allowed, drawn, chance, context.realDomains(), coveredBy(allowed));
  const inside = slips
    .filter((slip) => !slip.outside)
    .map(({ typed, intended }) => ({ typed, right: [intended] }));
  /** @type {Record<string, Case[]>} */
  const cases = {
    natural: await context.naturalSlips(),
    generated: await context.askSlips(policy, inside),
    business: await context.businessStrangers(),
  };
  const covers = coveredBy(allowed);
  const lists = /** @type {import("./data.js").ListName[]} */ (Object.keys(realLists));
  cases.elsewhere = await context.askDomains(
    policy,
    context
      .halfOfNames(lists.flatMap((name) => context.data.realList(name)))
      .filter((name) => !covers(name)),
  );
  for (const name of lists) {
    const split = everyOther(context.data.realList(name));
    const list = context.engine.policy({ allow: split.allowed });
    cases[name] = await context.askDomains(list, context.halfOfNames(split.strangers));
  }
  const rows = Object.fromEntries(
    Object.entries(cases).map(([name, all]) => [name, all.map((one) => rowOf(one, shipped))]),
  );
  return { rows, shipped };
}

/**
 * In percent of slips, or of 1,000 others; soft.
 * @param {Record<string, Row[]>} rows @param {Weights} weights @param {string} name
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

/** @param {Record<string, Row[]>} rows @param {Weights} weights @param {Weights} shipped */
function gain(rows, weights, shipped) {
  const found =
    shareOfNatural * asked(rows, weights, "natural") +
    (1 - shareOfNatural) * asked(rows, weights, "generated");
  const business =
    (asked(rows, weights, "business") + elsewhereFactor * asked(rows, weights, "elsewhere")) / 2;
  const lists = Object.keys(realLists).reduce((sum, name) => sum + asked(rows, weights, name), 0);
  let moved = 0;
  for (const [name, value] of shipped) {
    moved += ((weights.get(name) ?? 0) - value) ** 2;
  }
  return found - worth * business - worthOnList * lists - inertia * moved;
}

/** @param {Record<string, Row[]>} rows @param {Weights} shipped @returns {Weights} */
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
 * @param {Record<string, Row[]>} rows @param {Weights} weights @param {number} threshold
 * @returns {string} a line of the curve
 */
function curveLine(rows, weights, threshold) {
  const cells = Object.entries(rows).map(([name, all]) => {
    const questioned = all.filter((row) => {
      return row.certain || strongestOf(row, weights).score >= threshold;
    });
    if (name !== "natural" && name !== "generated") {
      return ((1000 * questioned.length) / all.length).toFixed(1);
    }
    const right = questioned.filter((row) =>
      row.right.includes(strongestOf(row, weights).best?.meant ?? ""),
    );
    return ((100 * right.length) / all.length).toFixed(1);
  });
  return [threshold.toFixed(1), ...cells].map((cell) => cell.padStart(12)).join("");
}

/** @param {Context} context @returns {Promise<string>} the fit, and what it is worth */
export async function fitText(context) {
  const { rows, shipped } = await rowsOf(context);
  const weights = fit(rows, shipped);
  const head = ["threshold", ...Object.keys(rows)].map((cell) => cell.padStart(12)).join("");
  /** @param {Weights} of */
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
    ...curve(shipped),
    "",
    "Fitted:",
    ...curve(weights),
    "",
    `${"constant".padEnd(26)}${"shipped".padStart(8)}${"fitted".padStart(8)}`,
    ...table,
    "",
    ...shapeLines(rows.generated, rows.elsewhere, shipped),
    "",
  ].join("\n");
}
