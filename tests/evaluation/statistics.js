// SPDX-License-Identifier: MPL-2.0
// Arithmetic of the evaluation: intervals, seeded chance, the split into two halves. Pure.
import { createHash } from "node:crypto";

const z95 = 1.959963984540054;

/**
 * Wilson's score interval for a share (E. B. Wilson, JASA 22, 1927): holds near 0 and 1 and for
 * small samples, where hits/n +- 2 deviations does not.
 * @param {number} hits whole, 0..n
 * @param {number} n 0 gives [0, 1]: nothing is known
 * @returns {[number, number]} as shares
 */
export function wilson(hits, n, z = z95) {
  if (n === 0) {
    return [0, 1];
  }
  const share = hits / n;
  const centre = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [
    hits === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    hits === n ? 1 : Math.min(1, (centre + spread) / scale),
  ];
}

/** Chance that repeats: Mulberry32. Never for anything secret. */
export class Chance {
  /** @param {number} seed */
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** @returns {number} 0 <= x < 1 */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** @param {number} limit @returns {number} a whole number, 0 <= x < limit */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  /** @param {number} share @returns {boolean} true that often */
  happens(share) {
    return this.next() < share;
  }

  /** @template T @param {readonly T[]} things not empty @returns {T} */
  pick(things) {
    return things[this.below(things.length)];
  }

  /**
   * @template {string} K
   * @param {Record<K, number>} weights @returns {K}
   */
  weighted(weights) {
    const keys = /** @type {K[]} */ (Object.keys(weights));
    let left = this.next() * keys.reduce((sum, key) => sum + weights[key], 0);
    for (const key of keys) {
      left -= weights[key];
      if (left < 0) {
        return key;
      }
    }
    return keys[keys.length - 1];
  }

  /** @template T @param {readonly T[]} things @param {number} count @returns {T[]} no repeats */
  sample(things, count) {
    const pool = [...things];
    for (let i = 0; i < Math.min(count, pool.length); i += 1) {
      const j = i + this.below(pool.length - i);
      [pool[i], pool[j]] = [pool[j], pool[i]];
    }
    return pool.slice(0, count);
  }
}

/** @typedef {"tune" | "report" | "all"} Half */

/**
 * Which half a row of natural data belongs to: constants are fitted on one, figures taken on the
 * other. By the row's own text, so that every tool that hashes alike splits alike: the lowest bit
 * of the first byte of SHA-256 over "half" + line feed + the row (a name's row is the name; of a
 * table the first two columns joined by a tab), 0 is tune, 1 is report. The word in front keeps the
 * split apart from any that the data themselves were already drawn by.
 * @param {string} row @returns {"tune" | "report"}
 */
export function halfOf(row) {
  return (createHash("sha256").update(`half\n${row}`, "utf8").digest()[0] & 1) === 0
    ? "tune"
    : "report";
}

/**
 * @template T
 * @param {T[]} rows @param {Half} half @param {(row: T) => string} text @returns {T[]}
 */
export function ofHalf(rows, half, text) {
  return half === "all" ? rows : rows.filter((row) => halfOf(text(row)) === half);
}
