// SPDX-License-Identifier: MPL-2.0
// How the constants of a slip in verdict/weights.hpp were chosen: a logistic regression with a
// ridge on the tuning half, slips against strangers. It reads the engine's own terms from --trace,
// so it needs no second model: a score is their sum, and the fit moves the terms.
import { isQuestioned } from "./answers.js";
import { coveredBy } from "./context.js";
import { realLists } from "./data.js";
import { domainSlips } from "./generator/slips.js";
import { everyOther } from "./sections/strangers.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./counting.js").Case} Case */
/** @typedef {{meant: string, near: string, terms: string[]}} Candidate */
/** @typedef {{right: string[], certain: boolean, candidates: Candidate[]}} Row */
/** @typedef {Map<string, number>} Weights by name, as in a trace */
/** @typedef {{candidate: Candidate, sign: 1 | -1, mass: number}} Example */

/** What is fitted: single letters in a name. Marks, look-alikes, glue and endings are asked about
 * wherever the table's classes want it, and of the rest the rows say too little. */
const fitted = new RegExp(
  [
    "^kind\\[(deletion|digits|doubled|insertion|substitution|transposition|undoubled)\\]$",
    "^length_(deleted|doubled|of_label|transposed)\\[",
    "^(first_(left_out|put_in|replaced)|last_(left_out|put_in))$",
    "^(neighbouring_keys|wrong_doubled|typed_subdomain)$",
  ].join("|"),
);

/** Slips drawn from the known business domains, beside those that people made. */
const drawn = 6000;
/** All slips together weigh 1, half of it those that people made; this the business strangers: a
 * false question more of 1,000 has to find 0.7 % more of the slips. */
const strangersMass = 7;
/** Each real list: it shows how two right names differ, but is denser than anybody's allowlist. */
const listMass = 0.3;
/** Towards the value that is shipped: what few rows speak of hardly moves. */
const ridge = 0.002;
/** Rows of a table that lie side by side keep half the step between them. */
const smoothness = 0.003;
const rounds = 6;
const steps = 400;

/** @param {Case} one @param {Weights} weights takes in the shipped value of each term @returns {Row} */
function rowOf({ answer, right }, weights) {
  const evidence = answer.recipients?.[0]?.evidence ?? [];
  const weighed = evidence.filter((piece) => Object.keys(piece.weights ?? {}).length > 0);
  const candidates = weighed
    .filter((piece) => !piece.cleared_by)
    .map((piece) => {
      const terms = Object.entries(piece.weights ?? {}).map(([name, value]) => {
        const full = name === "kind" ? `kind[${piece.slip}]` : name;
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
  for (const name of /** @type {import("./data.js").ListName[]} */ (Object.keys(realLists))) {
    const split = everyOther(context.data.realList(name));
    const list = context.engine.policy({ allow: split.allowed });
    cases[name] = await context.askDomains(list, context.halfOfNames(split.strangers));
  }
  const rows = Object.fromEntries(
    Object.entries(cases).map(([name, all]) => [name, all.map((one) => rowOf(one, shipped))]),
  );
  return { rows, shipped };
}

/** @param {Record<string, Row[]>} rows @param {Weights} weights @returns {Example[]} */
function examplesOf(rows, weights) {
  return Object.entries(rows).flatMap(([name, all]) => {
    const isSlip = name === "natural" || name === "generated";
    const total = isSlip ? 0.5 : name === "business" ? strangersMass : listMass;
    return all.flatMap((row) => {
      const candidate = isSlip
        ? row.candidates.find(({ meant }) => row.right.includes(meant))
        : strongestOf(row, weights).best;
      const sign = /** @type {1 | -1} */ (isSlip ? 1 : -1);
      return candidate && !row.certain ? [{ candidate, sign, mass: total / all.length }] : [];
    });
  });
}

/** @param {string} name @returns {string[]} the rows above and below in its table */
function beside(name) {
  const row = /^(\w+)\[(\d+)\]$/.exec(name);
  return row ? [-1, 1].map((step) => `${row[1]}[${Number(row[2]) + step}]`) : [];
}

/** @param {Record<string, Row[]>} rows @param {Weights} shipped @returns {Weights} */
function fit(rows, shipped) {
  const weights = new Map(shipped);
  const names = [...shipped.keys()].filter((name) => fitted.test(name)).sort();
  /** @param {string} name @param {Weights} of */
  const value = (name, of) => of.get(name) ?? 0;
  for (let round = 0; round < rounds; round += 1) {
    const examples = examplesOf(rows, weights);
    for (let step = 0; step < steps; step += 1) {
      const slope = new Map(
        names.map((name) => [name, ridge * (value(name, weights) - value(name, shipped))]),
      );
      for (const { candidate, sign, mass } of examples) {
        const pull = (-sign * mass) / (1 + Math.exp(sign * scoreOf(candidate, weights)));
        for (const name of candidate.terms) {
          const own = slope.get(name);
          if (own !== undefined) {
            slope.set(name, own + pull);
          }
        }
      }
      for (const name of names) {
        const rough = beside(name)
          .filter((other) => shipped.has(other))
          .map((other) => {
            const gap = value(name, weights) - value(other, weights);
            return smoothness * (gap - (value(name, shipped) - value(other, shipped)) / 2);
          })
          .reduce((sum, one) => sum + one, 0);
        const whole = Math.max(-0.05, Math.min(0.05, value(name, slope) + rough));
        weights.set(name, value(name, weights) - 8 * whole);
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
    const asked = all.filter((row) => {
      return row.certain || strongestOf(row, weights).score >= threshold;
    });
    if (name !== "natural" && name !== "generated") {
      return ((1000 * asked.length) / all.length).toFixed(1);
    }
    const right = asked.filter((row) =>
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
  ].join("\n");
}
