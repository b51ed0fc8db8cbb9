// SPDX-License-Identifier: MPL-2.0
// Local parts one slip away from a person whose address stands on the list.
import { isQuestioned, isRightFirst } from "../answers.js";
import { messageTo } from "../engine.js";
import { ofHalf } from "../statistics.js";
import { rate, share } from "../table.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../data.js").LocalPartSlip} LocalPartSlip */
/** @typedef {import("../table.js").Row} Row */

/** The company at which all of them are. */
export const company = "lantern-foundry.com";

/** @param {Context} context @param {string} label @returns {LocalPartSlip[]} of the chosen half */
export function localPartPairs(context, label) {
  const rows = context.data.localPartSlips().filter((row) => row.label === label);
  return ofHalf(rows, context.half, (row) => `${row.typed}\t${row.other}`);
}

/** @param {Context} context @returns {Promise<Row[]>} */
export async function localParts(context) {
  const group = "Slips of a local part, the person on the list by address";
  const slips = localPartPairs(context, "typo-likely");
  const listed = [...new Set(slips.map((slip) => `${slip.other}@${company}`))];
  const answers = await context.engine.checkAll(
    context.engine.policy({ allow: listed }),
    slips.map((slip) => messageTo(`${slip.typed}@${company}`)),
  );
  const pairs = localPartPairs(context, "both-legit");
  const people = [...new Set(pairs.flatMap((pair) => [pair.typed, pair.other]))]
    .filter((local) => !/^\.|\.\.|\.$/.test(local)) // no dot-atom: no entry, and unusual by itself
    .map((local) => `${local}@${company}`);
  const both = await context.engine.checkAll(
    context.engine.policy({ allow: people }),
    people.map((address) => messageTo(address)),
  );
  return [
    share({
      group,
      source: "natural",
      figure: "questioned",
      n: slips.length,
      hits: answers.filter(isQuestioned).length,
    }),
    share({
      group,
      source: "natural",
      figure: "right correction first",
      n: slips.length,
      hits: slips.filter((slip, i) => isRightFirst(answers[i], [`${slip.other}@${company}`]))
        .length,
    }),
    rate({
      group,
      source: "natural",
      figure: "two real people one slip apart, both on the list: questioned",
      n: people.length,
      hits: both.filter(isQuestioned).length,
      must: 0,
      goal: 0,
    }),
  ];
}
