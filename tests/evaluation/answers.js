// SPDX-License-Identifier: MPL-2.0
// Reads verdicts: what the person would have seen. Every warn of every code counts as a question.

/** @typedef {import("./engine.js").Answer} Answer */

/** @param {Answer} answer */
export function isQuestioned(answer) {
  return answer.verdict !== "allow";
}

/** @param {Answer} answer @returns {string[]} codes of all findings, in their order */
export function codesOf(answer) {
  return [...(answer.recipients ?? []), answer].flatMap((part) =>
    (part.findings ?? []).map((finding) => finding.code),
  );
}

/**
 * The correction that stands first on the first recipient's card.
 * @param {Answer} answer @returns {string | undefined}
 */
export function firstMeant(answer) {
  return answer.recipients?.[0]?.findings.find((finding) => finding.meant?.length)?.meant?.[0];
}

/** @param {Answer} answer @param {string[]} right whole addresses, any of them is right */
export function isRightFirst(answer, right) {
  const meant = firstMeant(answer);
  return isQuestioned(answer) && meant !== undefined && right.includes(meant);
}

/**
 * How far the strongest evidence stands above its threshold, in log-odds: 0 or more is questioned
 * as shipped. Facts that carry no score (unreadable ..) are questioned at every threshold.
 * @param {Answer} answer of a run with --trace
 * @returns {{margin: number, near: string | undefined}}
 */
export function strongest(answer) {
  const recipient = answer.recipients?.[0];
  const pieces = (recipient?.evidence ?? []).filter((piece) => !piece.cleared_by);
  let best = { margin: -Infinity, near: /** @type {string | undefined} */ (undefined) };
  for (const { score, threshold, near } of pieces) {
    if (score - threshold > best.margin) {
      best = { margin: score - threshold, near };
    }
  }
  return best.margin < 0 && isQuestioned(answer) ? { margin: Infinity, near: undefined } : best;
}
