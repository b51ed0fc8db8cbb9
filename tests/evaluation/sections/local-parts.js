// SPDX-License-Identifier: MPL-2.0
// Local parts one slip away from a person whose address stands on the list.
import { falselyAsked, rightFirst, stopped } from "../counting.js";
import { messageTo } from "../engine.js";
import { ofHalf } from "../statistics.js";

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

/**
 * Why docs/PROTOCOL calls this pair no slip, whatever was meant: "a differing number, or a
 * single-letter initial, is no slip". Told from the two spellings alone.
 * @param {string} typed @param {string} other local parts
 * @returns {"another number" | "another single-letter initial" | null}
 */
export function noSlip(typed, other) {
  /** @param {string} text */
  const withoutDigits = (text) => text.replace(/[0-9]/g, "#");
  if (typed !== other && withoutDigits(typed) === withoutDigits(other)) {
    return "another number";
  }
  const [ours, theirs] = [typed, other].map((text) => text.split(/[._+-]/));
  const differing = ours.flatMap((part, i) => (part === theirs[i] ? [] : [[part, theirs[i]]]));
  const isInitial =
    ours.length === theirs.length &&
    ours.length > 1 &&
    differing.length === 1 &&
    differing[0].every((part) => /^[a-z]$/i.test(part));
  return isInitial ? "another single-letter initial" : null;
}

/** @param {Context} context @returns {Promise<Row[]>} */
export async function localParts(context) {
  const group = "Slips of a local part, the person on the list by address";
  const about = /** @type {const} */ ({ group, source: "natural" });
  const slips = localPartPairs(context, "typo-likely").map((slip) => ({
    typed: `${slip.typed}@${company}`,
    right: [`${slip.other}@${company}`],
  }));
  const pairs = localPartPairs(context, "both-legit");
  const people = [...new Set(pairs.flatMap((pair) => [pair.typed, pair.other]))]
    .filter((local) => !/^\.|\.\.|\.$/.test(local)) // no dot-atom: no entry, and unusual by itself
    .map((local) => ({ typed: `${local}@${company}`, right: [] }));
  const cases = await askAddresses(
    context,
    slips.flatMap(({ right }) => right),
    slips,
  );
  const both = await askAddresses(
    context,
    people.map(({ typed }) => typed),
    people,
  );
  const figure = "two real people one slip apart, both on the list: questioned";
  return [
    stopped({ ...about, figure: "questioned" }, cases),
    rightFirst({ ...about, figure: "right correction first" }, cases),
    falselyAsked({ ...about, figure, must: 0, goal: 0 }, both),
  ];
}

/**
 * @param {Context} context @param {string[]} listed
 * @param {{typed: string, right: string[]}[]} asked
 * @returns {Promise<import("../counting.js").Case[]>}
 */
async function askAddresses(context, listed, asked) {
  const answers = await context.engine.checkAll(
    context.engine.policy({ allow: [...new Set(listed)] }),
    asked.map(({ typed }) => messageTo(typed)),
    { trace: true },
  );
  return asked.map((one, i) => ({ ...one, answer: answers[i] }));
}
