// SPDX-License-Identifier: MPL-2.0
// Generated slips: in the measured shares, and by class.
import { isQuestioned, isRightFirst } from "../answers.js";
import { coveredBy } from "../context.js";
import { person } from "../engine.js";
import { makeMany, markClasses, twinClasses } from "../generator/classes.js";
import { domainSlips } from "../generator/slips.js";
import { share } from "../table.js";
import { slipRows } from "./natural.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../table.js").Row} Row */
/** @typedef {import("../generator/classes.js").Maker} Maker */

const source = "generated";

/** @param {Context} context @returns {Promise<Row[]>} */
export async function generated(context) {
  const group = "Generated slips of an allowed domain, in the measured shares";
  /** @type {(import("../generator/slips.js").Slip & {answer: import("../engine.js").Answer})[]} */
  const all = [];
  const rows = [];
  const lists = /** @type {const} */ ([
    ["business domains", 3000],
    [".mil", 1000],
    [".gov", 1000],
    ["British public sector", 1000],
  ]);
  for (const [title, count] of lists) {
    const names = namesOf(context)[title];
    const slips = domainSlips(
      names,
      count,
      context.chance(title),
      context.realDomains(),
      coveredBy(names),
    );
    const answers = await context.askDomains(
      context.engine.policy({ allow: names }),
      slips.map((slip) => slip.typed),
    );
    const asked = slips.map((slip, i) => ({ ...slip, answer: answers[i] }));
    all.push(...asked);
    const inside = asked.filter((slip) => !slip.outside);
    const isBusiness = title === "business domains";
    rows.push(
      ...slipRows(
        inside,
        { figure: title, source, ...(isBusiness ? { must: 95, goal: 98 } : {}) },
        group,
      ),
      slipRows(
        asked.filter((slip) => slip.outside),
        { figure: `${title}, outside the model`, source },
        group,
      )[1],
    );
  }
  for (const kind of [...new Set(all.map((slip) => slip.kind))]) {
    const ofKind = all.filter((slip) => slip.kind === kind);
    rows.push(slipRows(ofKind, { figure: `  ${kind}`, source }, group)[1]);
  }
  rows.push(
    slipRows(
      all.filter((slip) => slip.where === "top-level"),
      { figure: "  in the top-level domain", source },
      group,
    )[1],
  );
  return rows;
}

/** @param {Context} context @returns {Record<string, string[]>} the lists that slips are made of */
function namesOf(context) {
  return {
    "business domains": context.business().allowed,
    ".mil": context.data.realList("mil"),
    ".gov": context.data.realList("gov"),
    "British public sector": context.data.realList("uk"),
  };
}

/** Which classes are counted together against the goal's row. */
const families = {
  dot: ["dot lost", "dot gained", "dot moved"],
  hyphen: ["hyphen lost", "hyphen gained", "hyphen for dot", "dot for hyphen"],
  "sub-domain glued on": ["sub-domain glued on"],
  "suffix glued on": ["suffix glued on"],
  "other scripts and accents": [
    "mixed script",
    "mixed script, as A-label",
    "a whole label of another script",
    "Latin twins and accents",
  ],
  "invisible and full-width": ["invisible character", "full-width"],
  "0/o": ["0/o"],
  "1/l/i": ["1/l/i"],
  "rn/m": ["rn/m"],
  "vv/w": ["vv/w"],
  "cl/d": ["cl/d"],
};

/** @param {Context} context @returns {Promise<Row[]>} */
export async function classes(context) {
  const lists = Object.values(namesOf(context));
  const allowed = [...new Set(lists.flat())];
  const covers = coveredBy(allowed);
  const real = context.realDomains();
  const policy = context.engine.policy({ allow: allowed });
  const makers = { ...markClasses, ...twinClasses };
  /** @type {Map<string, {questioned: boolean, right: boolean}[]>} */
  const byClass = new Map();
  for (const [name, make] of Object.entries(makers)) {
    const chance = context.chance(name);
    const made = lists.flatMap((names) =>
      makeMany(make, names, 120, chance, (typed) => real.has(typed) || covers(typed)),
    );
    const answers = await context.askDomains(
      policy,
      made.map(({ typed }) => typed),
    );
    byClass.set(
      name,
      made.map(({ right }, i) => ({
        questioned: isQuestioned(answers[i]),
        right: isRightFirst(
          answers[i],
          right.map((domain) => `${person}@${domain}`),
        ),
      })),
    );
  }
  return Object.entries(families).flatMap(([family, members]) =>
    familyRows(
      family,
      members,
      byClass,
      members.some((name) => name in twinClasses),
    ),
  );
}

/**
 * @param {string} family @param {string[]} members
 * @param {Map<string, {questioned: boolean, right: boolean}[]>} byClass @param {boolean} isTwin
 * @returns {Row[]}
 */
function familyRows(family, members, byClass, isTwin) {
  const group = isTwin ? "Look-alike characters" : "Dots, hyphens and glue";
  const musts = isTwin ? [99, 95] : [95, 90];
  const goals = isTwin ? [100, 99] : [100, 98];
  const all = members.flatMap((name) => byClass.get(name) ?? []);
  const rows = [
    share({
      group,
      figure: `${family}: questioned`,
      source,
      n: all.length,
      hits: all.filter((one) => one.questioned).length,
      must: musts[0],
      goal: goals[0],
    }),
    share({
      group,
      figure: `${family}: right correction first`,
      source,
      n: all.length,
      hits: all.filter((one) => one.right).length,
      must: musts[1],
      goal: goals[1],
    }),
  ];
  if (members.length > 1) {
    for (const name of members) {
      const ones = byClass.get(name) ?? [];
      rows.push(
        share({
          group,
          figure: `  ${name}: right correction first`,
          source,
          n: ones.length,
          hits: ones.filter((one) => one.right).length,
          note: undefined,
        }),
      );
    }
  }
  return rows;
}
