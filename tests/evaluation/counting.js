// SPDX-License-Identifier: MPL-2.0
// From answered cases to rows of the table, with what is behind each figure kept for --misses.
import { codesOf, isQuestioned, isRightFirst, strongest } from "./answers.js";
import { rate, share } from "./table.js";

/** @typedef {import("./engine.js").Answer} Answer */
/** @typedef {import("./table.js").Row} Row */
/** @typedef {{typed: string, right: string[], answer: Answer}} Case whole addresses; any of `right`
 *   is right, none where nothing was meant but what was typed */
/** @typedef {{group: string, figure: string, source: "natural" | "generated", must?: number,
 *   mustBelow?: number, goal?: number, note?: string}} About */

/** @param {string} text @returns {string} ASCII; other characters as <U+0430> */
export function ascii(text) {
  return text.replace(
    /[^ -~]/g,
    (c) => `<U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`,
  );
}

/** @param {Case} one @returns {string} one line for a person */
export function told({ typed, right, answer }) {
  const recipient = answer.recipients?.[0];
  const offers = (recipient?.findings ?? []).flatMap((finding) => finding.meant ?? []);
  const { margin, near } = strongest(answer);
  return ascii(
    [
      typed,
      right.length > 0 ? ` for ${right.join(" or ")}` : "",
      `: ${codesOf(answer).join(" ") || "not questioned"}`,
      offers.length > 0 ? `, offered ${offers.slice(0, 3).join(" ")}` : "",
      recipient?.evidence ? `, ${margin.toFixed(2)} above the threshold` : "",
      recipient?.evidence && near ? ` (near ${near})` : "",
    ].join(""),
  );
}

/** @param {About} about @param {Case[]} cases @returns {Row} questioned, better more */
export function stopped(about, cases) {
  const missed = cases.filter(({ answer }) => !isQuestioned(answer));
  return share({
    ...about,
    hits: cases.length - missed.length,
    n: cases.length,
    misses: missed.map(told),
  });
}

/** @param {About} about @param {Case[]} cases @returns {Row} with the right correction first */
export function rightFirst(about, cases) {
  const missed = cases.filter(({ answer, right }) => !isRightFirst(answer, right));
  return share({
    ...about,
    hits: cases.length - missed.length,
    n: cases.length,
    misses: missed.map(told),
  });
}

/**
 * @param {About} about @param {Case[]} cases
 * @param {(answer: Answer) => boolean} [isFalse] what counts, else every question
 * @returns {Row} how many were questioned, better fewer
 */
export function falselyAsked(about, cases, isFalse = isQuestioned) {
  const asked = cases.filter(({ answer }) => isFalse(answer));
  return rate({ ...about, hits: asked.length, n: cases.length, misses: asked.map(told) });
}
