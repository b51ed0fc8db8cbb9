// SPDX-License-Identifier: MPL-2.0
// Slips that people made, of domains that are on the allowlist and nowhere else; pairs of two real
// domains beside them.
import { isQuestioned, isRightFirst } from "../answers.js";
import { person } from "../engine.js";
import { rate, share } from "../table.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../table.js").Row} Row */

const group = "Slips of an allowed domain, nobody known";

/**
 * @param {{intended: string, slip?: string, answer: import("../engine.js").Answer}[]} slips
 * @param {{figure: string, source?: "natural" | "generated", must?: number, goal?: number}} about
 * @returns {Row[]} questioned, and right correction first
 */
export function slipRows(slips, { figure, source = "natural", must, goal }, under = group) {
  const n = slips.length;
  const right = slips.filter(({ intended, answer }) =>
    isRightFirst(answer, [`${person}@${intended}`]),
  );
  return [
    share({
      group: under,
      figure: `${figure}: questioned`,
      source,
      hits: slips.filter(({ answer }) => isQuestioned(answer)).length,
      n,
    }),
    share({
      group: under,
      figure: `${figure}: right correction first`,
      source,
      hits: right.length,
      n,
      must,
      goal,
    }),
  ];
}

/** @param {Context} context @returns {Promise<Row[]>} */
export async function natural(context) {
  const slips = await context.naturalSlips();
  const rows = slipRows(slips, { figure: "business domains", must: 95, goal: 98 });
  for (const kind of [...new Set(slips.map((slip) => slip.slip))].sort()) {
    const ofKind = slips.filter((slip) => slip.slip === kind);
    rows.push(slipRows(ofKind, { figure: `  ${kind}` })[1]);
  }
  rows.push(...(await freemail(context)), ...(await bothLegit(context)));
  return rows;
}

/** @param {Context} context */
async function freemail(context) {
  const slips = context.halfOfSlips(context.data.freemailSlips());
  const intended = context.data.freemailSlips().map((row) => row.intended);
  const policy = context.engine.policy({
    allow: [...new Set([...context.business().allowed, ...intended])],
  });
  const answers = await context.askDomains(
    policy,
    slips.map((slip) => slip.typed),
  );
  return slipRows(
    slips.map((slip, i) => ({ ...slip, answer: answers[i] })),
    { figure: "invented slips of mail providers", source: "generated" },
  );
}

/**
 * Pairs that look like slips and are two real domains: with both allowed neither may be questioned.
 * Few rows: both halves.
 * @param {Context} context
 */
async function bothLegit(context) {
  const pairs = context.data.naturalDomainSlips().filter((row) => row.label === "both-legit");
  const names = [...new Set(pairs.flatMap((pair) => [pair.typed, pair.intended]))];
  const policy = context.engine.policy({
    allow: [...new Set([...context.business().allowed, ...names])],
  });
  const answers = await context.askDomains(policy, names);
  return [
    rate({
      group,
      figure: "two real domains one slip apart, both allowed: questioned",
      source: "natural",
      hits: answers.filter(isQuestioned).length,
      n: names.length,
      must: 0,
      goal: 0,
    }),
  ];
}
