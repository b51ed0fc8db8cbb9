// SPDX-License-Identifier: MPL-2.0
// False questions: real domains that nobody allowed. Every warn of every code counts.
import { isQuestioned } from "../answers.js";
import { realLists } from "../data.js";
import { firstLabelLength, OneEditIndex } from "../one-edit.js";
import { rate } from "../table.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../table.js").Row} Row */

const group = "False questions: right, but unknown domains";

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

/** @param {Context} context @returns {Promise<Row[]>} */
export async function strangers(context) {
  const { gate, recall } = await context.gate();
  const asked = await context.businessStrangers();
  const names = asked.map(({ domain }) => domain);
  const plain = plainQuestions(context.business().allowed, names, gate).length;
  const rows = [
    rate({
      group,
      figure: "business strangers",
      source: "natural",
      n: asked.length,
      hits: asked.filter(({ answer }) => isQuestioned(answer)).length,
      must: 5,
      goal: 1,
    }),
    rate({
      group,
      figure: "  plain one-edit rule, gate at equal recall",
      source: "natural",
      n: asked.length,
      hits: plain,
      note:
        `gate: first labels of ${gate} and more letters; its right correction first on the ` +
        `natural slips ${(100 * recall).toFixed(1)} %`,
    }),
    rate({
      group,
      figure: "  plain one-edit rule, first labels of 4 and more",
      source: "natural",
      n: asked.length,
      hits: plainQuestions(context.business().allowed, names, 4).length,
    }),
  ];
  for (const name of /** @type {import("../data.js").ListName[]} */ (Object.keys(realLists))) {
    rows.push(...(await listRows(context, name, gate)));
  }
  rows.push(await builtInAlone(context));
  return rows;
}

/**
 * @param {Context} context @param {import("../data.js").ListName} name @param {number} gate
 * @returns {Promise<Row[]>}
 */
async function listRows(context, name, gate) {
  const { title } = realLists[name];
  const { allowed, strangers: all } = everyOther(context.data.realList(name));
  const half = context.halfOfNames(all);
  const plainRule = plainQuestions(allowed, half, gate).length;
  const perThousand = (1000 * plainRule) / Math.max(1, half.length);
  const rows = [
    rate({
      group,
      figure: `${title}, every other row allowed`,
      source: "natural",
      n: half.length,
      hits: (await context.askDomains(context.engine.policy({ allow: allowed }), half)).filter(
        isQuestioned,
      ).length,
      mustBelow: perThousand,
      goal: perThousand / 3,
    }),
  ];
  // .mil so is a figure of its own: on all of the rest, there are not too many.
  const rest = name === "mil" ? all : half;
  const alone = context.engine.policy({ allow: allowed.map((domain) => `=${domain}`) });
  rows.push(
    rate({
      group,
      figure: `${title}, every other row allowed as =name`,
      source: "natural",
      n: rest.length,
      hits: (await context.askDomains(alone, rest)).filter(isQuestioned).length,
      ...(name === "mil" ? { must: 5 } : { mustBelow: perThousand }),
      goal: perThousand / 3,
    }),
    rate({
      group,
      figure: "  plain one-edit rule, gate at equal recall",
      source: "natural",
      n: half.length,
      hits: plainRule,
    }),
    rate({
      group,
      figure: "  plain one-edit rule, first labels of 4 and more",
      source: "natural",
      n: half.length,
      hits: plainQuestions(allowed, half, 4).length,
    }),
  );
  return rows;
}

/** @param {Context} context */
async function builtInAlone(context) {
  const names = context.halfOfNames(context.data.realList("popular"));
  const answers = await context.askDomains(context.engine.policy(), names);
  return rate({
    group,
    figure: "popular domains, no policy: the built-in list alone",
    source: "natural",
    n: names.length,
    hits: answers.filter(isQuestioned).length,
    must: 1,
  });
}
