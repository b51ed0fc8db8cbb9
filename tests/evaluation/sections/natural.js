// SPDX-License-Identifier: MPL-2.0
// Slips that people made, of domains that are on the allowlist and nowhere else; pairs of two real
// domains beside them.
import { falselyAsked, rightFirst, stopped } from "../counting.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../table.js").Row} Row */

const group = "Slips of an allowed domain, nobody known";

/** @param {Context} context @returns {Promise<Row[]>} */
export async function natural(context) {
  const slips = await context.naturalSlips();
  const about = /** @type {const} */ ({ group, source: "natural" });
  const figure = "business domains";
  const rows = [
    stopped({ ...about, figure: `${figure}: questioned` }, slips),
    rightFirst(
      { ...about, figure: `${figure}: right correction first`, must: 95, goal: 98 },
      slips,
    ),
  ];
  for (const kind of [...new Set(slips.map((slip) => slip.slip))].sort()) {
    const ofKind = slips.filter((slip) => slip.slip === kind);
    rows.push(rightFirst({ ...about, figure: `  ${kind}: right correction first` }, ofKind));
  }
  rows.push(...(await freemail(context)), await bothLegit(context));
  return rows;
}

/** @param {Context} context @returns {Promise<Row[]>} */
async function freemail(context) {
  const all = context.data.freemailSlips();
  const allow = [...new Set([...context.business().allowed, ...all.map((row) => row.intended)])];
  const cases = await context.askSlips(
    context.engine.policy({ allow }),
    context.halfOfSlips(all).map(({ typed, intended }) => ({ typed, right: [intended] })),
  );
  const figure = "invented slips of mail providers";
  const about = /** @type {const} */ ({ group, source: "generated" });
  return [
    stopped({ ...about, figure: `${figure}: questioned` }, cases),
    rightFirst({ ...about, figure: `${figure}: right correction first` }, cases),
  ];
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
  return falselyAsked(
    {
      group,
      figure: "two real domains one slip apart, both allowed: questioned",
      source: "natural",
      must: 0,
      goal: 0,
    },
    await context.askDomains(policy, names),
  );
}
