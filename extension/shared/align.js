// SPDX-License-Identifier: MPL-2.0
// Puts the typed and the meant address under each other, character by character, so that the page
// can mark what differs and show what is missing as a gap.

/**
 * @typedef {{typed: string, meant: string, same: boolean}} Column
 *   an empty `typed` or `meant` is a gap
 */

/** Beyond this many code units nobody compares by eye, and the table would cost too much. */
const MOST = 601;

/**
 * What a person sees as one character: a letter with its accents stays whole.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function characters(text) {
  if (typeof Intl.Segmenter === 'function') {
    return [...new Intl.Segmenter('und').segment(text)].map((part) => part.segment);
  }
  return [...text];
}

/** What a difference costs: a replaced character less than one left out and another put in. */
const COST = Object.freeze({ gap: 2, other: 3, swap: 3 });

/** Letters that run to the left and join: one by one they would stand apart, in the wrong order. */
const JOINED = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u;

/**
 * The alignment with the fewest differences (Needleman and Wunsch, 1970; swapped neighbours as
 * Damerau, 1964, counts them): a mistyped letter stands under the right one.
 *
 * @param {string} typed
 * @param {string} meant
 * @returns {Column[]}
 */
export function align(typed, meant) {
  if (typed.length > MOST || meant.length > MOST) {
    return [{ typed, meant, same: typed === meant }];
  }
  const a = characters(typed);
  const b = characters(meant);
  const cost = costs(a, b);
  /** @type {Column[]} */
  const columns = [];
  let i = a.length;
  let j = b.length;
  while (i > 0 || j > 0) {
    // Of equal ways the one whose gaps stand last: what was glued on is then seen as glued on.
    if (i > 0 && cost[i][j] === cost[i - 1][j] + COST.gap) {
      columns.push({ typed: a[--i], meant: '', same: false });
    } else if (j > 0 && cost[i][j] === cost[i][j - 1] + COST.gap) {
      columns.push({ typed: '', meant: b[--j], same: false });
    } else if (swapped(a, b, i, j) && cost[i][j] === cost[i - 2][j - 2] + COST.swap) {
      columns.push({ typed: a[--i], meant: b[--j], same: false });
      columns.push({ typed: a[--i], meant: b[--j], same: false });
    } else {
      const same = a[i - 1] === b[j - 1];
      columns.push({ typed: a[--i], meant: b[--j], same });
    }
  }
  return joined(columns.reverse());
}

/**
 * @param {Column[]} columns
 * @returns {Column[]} with neighbours that join as one
 */
function joined(columns) {
  /** @type {Column[]} */
  const whole = [];
  for (const column of columns) {
    const last = whole.at(-1);
    if (last && [last, column].every(({ typed, meant }) => JOINED.test(typed + meant))) {
      last.typed += column.typed;
      last.meant += column.meant;
      last.same &&= column.same;
    } else {
      whole.push({ ...column });
    }
  }
  return whole;
}

/**
 * @param {string[]} a
 * @param {string[]} b
 * @param {number} i
 * @param {number} j
 */
function swapped(a, b, i, j) {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && a[i - 1] !== a[i - 2];
}

/**
 * @param {string[]} a
 * @param {string[]} b
 */
function costs(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => COST.gap * j)];
  for (let i = 1; i <= a.length; i += 1) {
    const above = rows[i - 1];
    const row = [COST.gap * i];
    for (let j = 1; j <= b.length; j += 1) {
      const through = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : COST.other);
      const swap = swapped(a, b, i, j) ? rows[i - 2][j - 2] + COST.swap : Infinity;
      row.push(Math.min(through, swap, above[j] + COST.gap, row[j - 1] + COST.gap));
    }
    rows.push(row);
  }
  return rows;
}
