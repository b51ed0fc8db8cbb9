// SPDX-License-Identifier: MPL-2.0
// False questions: real domains that nobody allowed. Every warn of every code counts.
import { falselyAsked } from "../counting.js";
import { realLists } from "../data.js";
import { firstLabelLength, OneEditIndex } from "../one-edit.js";
import { rate } from "../table.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../table.js").Row} Row */

const about = /** @type {const} */ ({
  group: "False questions: right, but unknown domains",
  source: "natural",
});

/** @param {string[]} names @returns {{allowed: string[], strangers: string[]}} every other row */
export function everyOther(names) {
  const isEven = (/** @type {unknown} */ _, /** @type {number} */ row) => row % 2 === 0;
  return {
    allowed: names.filter(isEven),
    strangers: names.filter((name, row) => !isEven(name, row)),
  };
}

/** @param {string[]} allowed @param {string[]} unknown @param {number} gate */
function plainQuestions(allowed, unknown, gate) {
  const index = new OneEditIndex(allowed);
  return unknown.filter((name) => firstLabelLength(name) >= gate && index.near(name).length > 0);
}

/**
 * The plain rule beside a row: at equal recall, and with the gate that its users choose.
 * @param {string[]} allowed @param {string[]} unknown @param {number} gate @param {string} [note]
 * @returns {Row[]}
 */
function plainRows(allowed, unknown, gate, note) {
  const figure = "  plain one-edit rule";
  const n = unknown.length;
  return [
    rate({
      ...about,
      figure: `${figure}, gate at equal recall`,
      n,
      hits: plainQuestions(allowed, unknown, gate).length,
      note,
    }),
    rate({
      ...about,
      figure: `${figure}, first labels of 4 and more`,
      n,
      hits: plainQuestions(allowed, unknown, 4).length,
    }),
  ];
}

/** @param {Context} context @returns {Promise<Row[]>} */
export async function strangers(context) {
  const { gate, recall } = await context.gate();
  const cases = await context.businessStrangers();
  const names = context.halfOfNames(context.data.businessStrangers());
  const note =
    `gate: first labels of ${gate} and more letters; right correction first on the natural ` +
    `slips ${(100 * recall).toFixed(1)} %`;
  const rows = [
    falselyAsked({ ...about, figure: "business strangers", must: 5, goal: 1 }, cases),
    ...plainRows(context.business().allowed, names, gate, note),
  ];
  for (const name of /** @type {import("../data.js").ListName[]} */ (Object.keys(realLists))) {
    rows.push(...(await listRows(context, name, gate)));
  }
  const popular = context.halfOfNames(context.data.realList("popular"));
  const figure = "popular domains, no policy: the built-in list alone";
  const alone = await context.askDomains(context.engine.policy(), popular);
  return [...rows, falselyAsked({ ...about, figure, must: 1 }, alone)];
}

/**
 * @param {Context} context @param {import("../data.js").ListName} name @param {number} gate
 * @returns {Promise<Row[]>}
 */
async function listRows(context, name, gate) {
  const { title } = realLists[name];
  const { allowed, strangers: all } = everyOther(context.data.realList(name));
  const half = context.halfOfNames(all);
  const perThousand =
    (1000 * plainQuestions(allowed, half, gate).length) / Math.max(1, half.length);
  const figure = `${title}, every other row allowed`;
  const fewer = { mustBelow: perThousand, goal: perThousand / 3 };
  // .mil as =name is a figure of its own, on all of the rest: there are not too many.
  const rest = name === "mil" ? all : half;
  const bound = name === "mil" ? { must: 5, goal: perThousand / 3 } : fewer;
  const plain = context.engine.policy({ allow: allowed });
  const alone = context.engine.policy({ allow: allowed.map((domain) => `=${domain}`) });
  return [
    falselyAsked({ ...about, figure, ...fewer }, await context.askDomains(plain, half)),
    falselyAsked(
      { ...about, figure: `${figure} as =name`, ...bound },
      await context.askDomains(alone, rest),
    ),
    ...plainRows(allowed, half, gate),
  ];
}
