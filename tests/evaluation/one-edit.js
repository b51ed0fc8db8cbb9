// SPDX-License-Identifier: MPL-2.0
// The plain rule beside the engine: "one edit from a name on the list". Shares no code with it.

/**
 * One letter left out, too many or wrong, or two neighbours swapped; equal names are not one edit.
 * @param {string} a @param {string} b @returns {boolean}
 */
export function isOneEdit(a, b) {
  if (a === b || Math.abs(a.length - b.length) > 1) {
    return false;
  }
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  const room = Math.min(a.length, b.length) - start;
  while (end < room && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end += 1;
  }
  const inA = a.slice(start, a.length - end);
  const inB = b.slice(start, b.length - end);
  return (
    (inA.length <= 1 && inB.length <= 1) ||
    (inA.length === 2 && inB.length === 2 && inA[0] === inB[1] && inA[1] === inB[0])
  );
}

/** @param {string} name @returns {string[]} the name and all with one letter taken out */
function shortened(name) {
  const all = new Set([name]);
  for (let i = 0; i < name.length; i += 1) {
    all.add(name.slice(0, i) + name.slice(i + 1));
  }
  return [...all];
}

/** Names to be asked for their neighbours; two names one edit apart share a shortened form. */
export class OneEditIndex {
  /** @param {Iterable<string>} names */
  constructor(names = []) {
    /** @type {Set<string>} */
    this.names = new Set();
    /** @type {Map<string, string[]>} */
    this.byShortened = new Map();
    for (const name of names) {
      this.add(name);
    }
  }

  /** @param {string} name */
  add(name) {
    if (this.names.has(name)) {
      return;
    }
    this.names.add(name);
    for (const form of shortened(name)) {
      const held = this.byShortened.get(form);
      if (held) {
        held.push(name);
      } else {
        this.byShortened.set(form, [name]);
      }
    }
  }

  /**
   * @param {string} name
   * @returns {string[]} the names one edit away, in the order of adding; none for a name held
   */
  near(name) {
    if (this.names.has(name)) {
      return [];
    }
    const candidates = new Set(shortened(name).flatMap((form) => this.byShortened.get(form) ?? []));
    const found = [...candidates].filter((candidate) => isOneEdit(name, candidate));
    if (found.length < 2) {
      return found;
    }
    const kept = new Set(found);
    return [...this.names].filter((held) => kept.has(held));
  }
}

/** @param {string} domain @returns {number} letters of the first label, what the gate looks at */
export function firstLabelLength(domain) {
  const dot = domain.indexOf(".");
  return dot < 0 ? domain.length : dot;
}

/**
 * The gate of the plain rule ("only names whose first label has that many letters") at equal
 * recall: the strictest, and so quietest, at which the plain rule finds at least as much as the
 * engine; where it never does, the one at which it finds most (then the strictest). So the plain
 * rule is always let off as lightly as an equal recall allows.
 * @param {{length: number, found: boolean}[]} slips of each: the gate's length, and whether the
 *   rule without a gate names the right correction first
 * @param {number} recall the engine's, as a share
 * @returns {{gate: number, recall: number}}
 */
export function gateAtEqualRecall(slips, recall) {
  let best = { gate: 1, recall: -1 };
  for (let gate = 1; gate <= 12; gate += 1) {
    const found = slips.filter((slip) => slip.found && slip.length >= gate).length;
    const here = slips.length === 0 ? 0 : found / slips.length;
    if (Math.min(here, recall) >= Math.min(best.recall, recall)) {
      best = { gate, recall: here };
    }
  }
  return best;
}
