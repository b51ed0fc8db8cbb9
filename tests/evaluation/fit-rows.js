// SPDX-License-Identifier: MPL-2.0
// What the constants of a slip are fitted on: slips and right names of the tuning half, each with the
// terms that the program weighed.
import { createHash } from "node:crypto";
import { isQuestioned } from "./answers.js";
import { coveredBy, domainOf } from "./context.js";
import { realLists } from "./data.js";
import { domainSlips } from "./generator/slips.js";
import { everyOther } from "./sections/strangers.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./counting.js").Case} Case */
/** @typedef {{meant: string, near: string, terms: string[]}} Candidate */
/** @typedef {{right: string[], certain: boolean, fold: number, candidates: Candidate[]}} Row */
/** @typedef {Record<string, Row[]>} Rows by what they are */
/** @typedef {Map<string, number>} Weights by name, as in a trace */

/** Slips drawn from the known business domains, beside those that people made. */
const drawn = 6000;
/** Of business names held against one another, so many parts are asked about in turn. */
const parts = 10;
export const folds = 4;

/** Terms that differ from name to name carry their value in their name. */
const valued = new Set(["names_of_house"]);

/** @param {string} text @param {number} count */
function shareOf(text, count) {
  return createHash("sha256").update(`fold\n${text}`, "utf8").digest().readUInt32BE(0) % count;
}

/**
 * What belongs together falls into one fold: all slips of a name, both directions of a pair.
 * @param {Case} one
 */
function foldOf({ typed, right, answer }) {
  const near = answer.recipients?.[0]?.evidence?.find((piece) => piece.near)?.near;
  const names = right.length > 0 ? right : [typed, near ?? ""];
  return shareOf(names.map(domainOf).sort().join(" "), folds);
}

/** @param {Case} one @param {Weights} weights takes in the shipped value of each term @returns {Row} */
function rowOf(one, weights) {
  const evidence = one.answer.recipients?.[0]?.evidence ?? [];
  const weighed = evidence.filter((piece) => Object.keys(piece.weights ?? {}).length > 0);
  const candidates = weighed
    .filter((piece) => !piece.cleared_by)
    .map((piece) => {
      const terms = Object.entries(piece.weights ?? {}).map(([name, value]) => {
        const full =
          name === "kind"
            ? `kind[${piece.slip}]`
            : valued.has(name)
              ? `${name}=${value}`
              : name;
        weights.set(full, value);
        return full;
      });
      return { meant: piece.meant ?? "", near: piece.near ?? "", terms };
    });
  return {
    right: one.right,
    certain: weighed.length === 0 && isQuestioned(one.answer),
    fold: foldOf(one),
    candidates,
  };
}

/**
 * Real business names that are right, held against others of the kind: the known ones against one
 * another and the strangers, and the strangers against one another. Each of a tenth against the rest.
 * @param {Context} context @returns {Promise<Case[]>}
 */
async function amongBusiness(context) {
  const { allowed } = context.business();
  const known = context.data.businessKnown();
  const strangers = context.halfOfNames(context.data.businessStrangers());
  /** @param {string[]} allow @param {string[]} names */
  const askBelow = (allow, names) => {
    const covers = coveredBy(allow);
    return context.askDomains(
      context.engine.policy({ allow }),
      names.filter((name) => !covers(name)),
    );
  };
  const cases = await askBelow(strangers, known);
  for (let part = 0; part < parts; part += 1) {
    const isAsked = (/** @type {string} */ name) => shareOf(name, parts) === part;
    for (const [allow, names] of [
      [allowed, known],
      [strangers, strangers],
    ]) {
      const rest = allow.filter((name) => !isAsked(name));
      cases.push(...(await askBelow(rest, names.filter(isAsked))));
    }
  }
  return cases;
}

/** @param {Context} context @returns {Promise<{rows: Rows, shipped: Weights}>} */
export async function rowsOf(context) {
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
    among: await amongBusiness(context),
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

/** @param {Candidate} candidate @param {Weights} weights */
export function scoreOf(candidate, weights) {
  return candidate.terms.reduce((sum, name) => sum + (weights.get(name) ?? 0), 0);
}

/** @param {Row} row @param {Weights} weights @returns {{best?: Candidate, score: number}} */
export function strongestOf(row, weights) {
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
