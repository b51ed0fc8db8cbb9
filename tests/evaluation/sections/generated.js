// SPDX-License-Identifier: MPL-2.0
// Generated slips: in the measured shares, and by class.
import { coveredBy } from "../context.js";
import { rightFirst, stopped } from "../counting.js";
import { makeMany, markClasses, twinClasses } from "../generator/classes.js";
import { domainSlips } from "../generator/slips.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../counting.js").Case} Case */
/** @typedef {Case & {list: string}} ListedCase */
/** @typedef {import("../table.js").Row} Row */

const source = "generated";

/** How many of each list. */
const counts = /** @type {const} */ ({
  "business domains": 3000,
  ".mil": 1000,
  ".gov": 1000,
  "British public sector": 1000,
});

/** @typedef {import("../generator/slips.js").Slip & Case} SlipCase */

/** @param {Context} context @returns {Promise<Row[]>} */
export async function generated(context) {
  const about = { group: "Generated slips of an allowed domain, in the measured shares" };
  /** @type {SlipCase[]} */
  const all = [];
  /** @type {Row[]} */
  const rows = [];
  /** @param {string} figure @param {SlipCase[]} cases @param {object} [bounds] */
  const right = (figure, cases, bounds = {}) =>
    rows.push(
      rightFirst(
        { ...about, source, figure: `${figure}: right correction first`, ...bounds },
        cases,
      ),
    );
  for (const [title, count] of Object.entries(counts)) {
    const names = namesOf(context)[title];
    const [chance, real] = [context.chance(title), context.realDomains()];
    const slips = domainSlips(names, count, chance, real, coveredBy(names));
    const cases = await context.askSlips(
      context.engine.policy({ allow: names }),
      slips.map((slip) => ({ ...slip, right: [slip.intended] })),
    );
    all.push(...cases);
    const inside = cases.filter((slip) => !slip.outside);
    rows.push(stopped({ ...about, source, figure: `${title}: questioned` }, inside));
    right(title, inside, title === "business domains" ? { must: 95, goal: 98 } : {});
    right(
      `${title}, outside the model`,
      cases.filter((slip) => slip.outside),
    );
  }
  for (const kind of [...new Set(all.map((slip) => slip.kind))].sort()) {
    right(
      `  ${kind}`,
      all.filter((slip) => slip.kind === kind),
    );
  }
  right(
    "  in the top-level domain",
    all.filter((slip) => slip.where === "top-level"),
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
  const lists = Object.entries(namesOf(context));
  const allowed = [...new Set(lists.flatMap(([, names]) => names))];
  const covers = coveredBy(allowed);
  const real = context.realDomains();
  const policy = context.engine.policy({ allow: allowed });
  /** @type {Map<string, ListedCase[]>} */
  const byClass = new Map();
  for (const [name, make] of Object.entries({ ...markClasses, ...twinClasses })) {
    const chance = context.chance(name);
    const made = lists.flatMap(([list, names]) =>
      makeMany(make, names, 120, chance, (typed) => real.has(typed) || covers(typed)).map(
        (one) => ({ ...one, list }),
      ),
    );
    byClass.set(name, await context.askSlips(policy, made));
  }
  const rows = Object.entries(families).flatMap(([family, members]) =>
    familyRows(
      family,
      members.map((name) => ({ name, cases: byClass.get(name) ?? [] })),
    ),
  );
  return [...rows, ...byList(byClass)];
}

/**
 * The same cases once more, by the list their names are from.
 * @param {Map<string, ListedCase[]>} byClass @returns {Row[]}
 */
function byList(byClass) {
  const group = "The classes by list: right correction first";
  const all = [...byClass].flatMap(([name, cases]) => cases.map((one) => ({ ...one, name })));
  return Object.keys(counts).flatMap((list) => {
    const own = all.filter((one) => one.list === list);
    return [
      rightFirst(
        { group, source, figure: `${list}: dots, hyphens and glue` },
        own.filter((one) => one.name in markClasses),
      ),
      rightFirst(
        { group, source, figure: `${list}: look-alike characters` },
        own.filter((one) => one.name in twinClasses),
      ),
    ];
  });
}

/** @param {string} family @param {{name: string, cases: Case[]}[]} members @returns {Row[]} */
function familyRows(family, members) {
  const isTwin = members[0].name in twinClasses;
  const about = { group: isTwin ? "Look-alike characters" : "Dots, hyphens and glue" };
  const bounds = isTwin
    ? { questioned: { must: 99, goal: 100 }, right: { must: 95, goal: 99 } }
    : { questioned: { must: 95, goal: 100 }, right: { must: 90, goal: 98 } };
  const all = members.flatMap(({ cases }) => cases);
  const rows = [
    stopped({ ...about, source, figure: `${family}: questioned`, ...bounds.questioned }, all),
    rightFirst(
      { ...about, source, figure: `${family}: right correction first`, ...bounds.right },
      all,
    ),
  ];
  if (members.length > 1) {
    for (const { name, cases } of members) {
      rows.push(
        rightFirst({ ...about, source, figure: `  ${name}: right correction first` }, cases),
      );
    }
  }
  return rows;
}
