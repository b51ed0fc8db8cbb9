// SPDX-License-Identifier: MPL-2.0
// Where the review page opens: below the recipients of the compose window, which stay in sight
// while they change. Thunderbird tells no one how tall they are, so it is reckoned.

/** Of the compose window, in pixels: all above its body but the rows of recipients. */
const HEAD = 200;

/** One field of recipients, and each further line in it. */
const ROW = 36;
const LINE = 26;

/** What stands beside a row, and what a recipient takes beside its letters. */
const BESIDE = 160;
const PILL = 26;
const LETTER = 7.5;

/** Thunderbird lets the recipients scroll before they take more than this part of the window. */
const MOST = 0.5;

/**
 * @typedef {{field: string, text?: string, list?: string}} Recipient
 */

/**
 * How far below the top of a compose window its recipients end.
 *
 * @param {Recipient[]} recipients
 * @param {{width: number, height: number}} frame of the compose window
 */
export function headOf(recipients, { width, height }) {
  /** @type {Map<string, Set<string>>} */
  const fields = new Map([['to', new Set()]]);
  for (const { field, text, list } of recipients) {
    fields.set(field, (fields.get(field) ?? new Set()).add(list ?? text ?? ''));
  }
  let rows = 0;
  for (const texts of fields.values()) {
    rows += ROW + LINE * (linesOf([...texts], Math.max(200, width - BESIDE)) - 1);
  }
  return Math.round(HEAD + Math.min(rows, height * MOST));
}

/**
 * @param {string[]} texts
 * @param {number} width
 */
function linesOf(texts, width) {
  let lines = 1;
  let used = 0;
  for (const text of texts) {
    const wide = Math.min(width, text.length * LETTER + PILL);
    if (used > 0 && used + wide > width) {
      lines += 1;
      used = 0;
    }
    used += wide;
  }
  return lines;
}

/**
 * The corner of the page.
 *
 * @param {Recipient[]} recipients
 * @param {{left: number, top: number, width: number, height: number}} frame of the compose window
 * @param {number} width of the page
 */
export function placeBelow(recipients, frame, width) {
  return {
    left: Math.round(frame.left + (frame.width - width) / 2),
    top: frame.top + headOf(recipients, frame),
  };
}
