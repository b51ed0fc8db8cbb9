// SPDX-License-Identifier: MPL-2.0
// Slips by class, as the goals name them: dots, hyphens, glue, look-alike characters. Each maker
// takes a name and gives what would be typed and what is right, or null where the name has no place
// for it.
import { isHostName } from "./slips.js";
import { asciiTwins, fullWidth, invisible, latinTwins, otherScript } from "./twins.js";

/** @typedef {import("../statistics.js").Chance} Chance */
/** @typedef {{typed: string, right: string[]}} Made */
/** @typedef {(name: string, chance: Chance) => Made | null} Maker */

/** @param {string} text @param {RegExp} pattern global @returns {number[]} */
const matchesOf = (text, pattern) => [...text.matchAll(pattern)].map((match) => match.index ?? 0);

/**
 * @param {string} name @param {number[]} places @param {Chance} chance
 * @param {(at: number) => string} make @returns {Made | null}
 */
function at(name, places, chance, make) {
  if (places.length === 0) {
    return null;
  }
  const typed = make(chance.pick(places));
  return typed !== name && isHostName(typed) ? { typed, right: [name] } : null;
}

/** @param {string} name @param {number} i @param {number} drop @param {string} put */
const splice = (name, i, drop, put) => name.slice(0, i) + put + name.slice(i + drop);

const glued = ["us", "uk", "mail", "eu", "hq", "smtp", "corp", "de", "asia"];
const suffixesGluedOn = ["com", "net", "org", "ml", "co", "cn", "uk", "us", "de", "ru"];

/** @type {Record<string, Maker>} */
export const markClasses = {
  "dot lost": (name, chance) =>
    at(name, matchesOf(name, /\./g), chance, (i) => splice(name, i, 1, "")),
  "dot gained": (name, chance) =>
    at(name, matchesOf(name, /(?<=[a-z0-9])[a-z0-9]/g), chance, (i) => splice(name, i, 0, ".")),
  "dot moved": (name, chance) =>
    at(name, matchesOf(name, /\./g), chance, (i) =>
      chance.happens(0.5)
        ? `${name.slice(0, i - 1)}.${name[i - 1]}${name.slice(i + 1)}`
        : `${name.slice(0, i)}${name[i + 1]}.${name.slice(i + 2)}`,
    ),
  "hyphen lost": (name, chance) =>
    at(name, matchesOf(name, /-/g), chance, (i) => splice(name, i, 1, "")),
  "hyphen gained": (name, chance) =>
    at(name, matchesOf(name, /(?<=[a-z0-9])[a-z0-9]/g), chance, (i) => splice(name, i, 0, "-")),
  "hyphen for dot": (name, chance) =>
    at(name, matchesOf(name.slice(0, name.lastIndexOf(".")), /\./g), chance, (i) =>
      splice(name, i, 1, "-"),
    ),
  "dot for hyphen": (name, chance) =>
    at(name, matchesOf(name, /-/g), chance, (i) => splice(name, i, 1, ".")),
  "sub-domain glued on": (name, chance) => {
    // Only names that are registered as they stand. The allowed name covers all below it, so either
    // correction is the same organisation.
    const labels = name.split(".").length;
    if (labels !== (/\.uk$/.test(name) ? 3 : 2)) {
      return null;
    }
    const label = chance.pick(glued);
    return { typed: label + name, right: [`${label}.${name}`, name] };
  },
  "suffix glued on": (name, chance) => ({
    typed: `${name}.${chance.pick(suffixesGluedOn)}`,
    right: [name],
  }),
};

/**
 * One letter of the name, before its last label, replaced by a twin.
 * @param {string} name @param {Chance} chance @param {Record<string, string | string[]>} twins
 * @returns {Made | null}
 */
function oneTwin(name, chance, twins) {
  const inside = name.slice(0, name.lastIndexOf("."));
  const places = [...inside].map((_, i) => i).filter((i) => Object.hasOwn(twins, inside[i]));
  if (places.length === 0) {
    return null;
  }
  const i = chance.pick(places);
  return { typed: splice(name, i, 1, chance.pick([...twins[name[i]]])), right: [name] };
}

/**
 * @param {string[][]} pairs
 * @returns {Maker} one of the pair for the other, either way round
 */
const asciiTwin = (pairs) => (name, chance) => {
  const inside = name.slice(0, name.lastIndexOf("."));
  const swaps = pairs.flatMap(([a, b]) => [
    ...matchesOf(inside, new RegExp(a, "g")).map((i) => splice(name, i, a.length, b)),
    ...matchesOf(inside, new RegExp(b, "g")).map((i) => splice(name, i, b.length, a)),
  ]);
  const typed = swaps.length === 0 ? name : chance.pick(swaps);
  return typed !== name && isHostName(typed) ? { typed, right: [name] } : null;
};

/** @type {Record<string, Maker>} */
export const twinClasses = {
  "mixed script": (name, chance) =>
    oneTwin(
      name,
      chance,
      otherScript[chance.pick(/** @type {const} */ (["cyrillic", "greek", "armenian"]))],
    ),
  "mixed script, as A-label": (name, chance) => {
    const made = oneTwin(name, chance, otherScript.cyrillic);
    return made && { typed: new URL(`http://${made.typed}/`).hostname, right: made.right };
  },
  "a whole label of another script": (name) => {
    const [first, ...rest] = name.split(".");
    const twins = /** @type {Record<string, string>} */ (otherScript.cyrillic);
    return first.length > 1 && [...first].every((c) => Object.hasOwn(twins, c))
      ? { typed: [[...first].map((c) => twins[c]).join(""), ...rest].join("."), right: [name] }
      : null;
  },
  "Latin twins and accents": (name, chance) => oneTwin(name, chance, latinTwins),
  "invisible character": (name, chance) => {
    const i = 1 + chance.below(name.length - 1);
    return { typed: splice(name, i, 0, chance.pick(invisible)), right: [name] };
  },
  "full-width": (name, chance) => {
    const [first, ...rest] = name.split(".");
    const i = chance.below(first.length);
    return { typed: [splice(first, i, 1, fullWidth(first[i])), ...rest].join("."), right: [name] };
  },
  "0/o": asciiTwin(asciiTwins["0/o"]),
  "1/l/i": asciiTwin(asciiTwins["1/l/i"]),
  "rn/m": asciiTwin(asciiTwins["rn/m"]),
  "vv/w": asciiTwin(asciiTwins["vv/w"]),
  "cl/d": asciiTwin(asciiTwins["cl/d"]),
};

/**
 * Up to `count` of one class, from names drawn at random, none of them real or allowed.
 * @param {Maker} make @param {readonly string[]} names @param {number} count @param {Chance} chance
 * @param {(typed: string) => boolean} isReal
 * @returns {Made[]} fewer where the names have no place for more
 */
export function makeMany(make, names, count, chance, isReal) {
  /** @type {Map<string, Made>} */
  const made = new Map();
  for (const name of chance.sample(names, names.length)) {
    if (made.size === count) {
      break;
    }
    const one = make(name, chance);
    if (one && !isReal(one.typed)) {
      made.set(one.typed, one);
    }
  }
  return [...made.values()];
}

/** @param {string} word @returns {string[]} everything one letter's slip away from it */
export function oneLetterSlips(word) {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const all = new Set();
  for (let i = 0; i <= word.length; i += 1) {
    for (const letter of letters) {
      all.add(word.slice(0, i) + letter + word.slice(i));
      if (i < word.length) {
        all.add(word.slice(0, i) + letter + word.slice(i + 1));
      }
    }
    if (i < word.length) {
      all.add(word.slice(0, i) + word.slice(i + 1));
    }
    if (i + 1 < word.length) {
      all.add(word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2));
    }
  }
  all.delete(word);
  all.delete("");
  return [...all];
}
