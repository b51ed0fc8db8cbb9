// SPDX-License-Identifier: MPL-2.0
// Makes slips of domains as people make them: in the shares measured on real business mail, a tenth
// of them outside any tidy model. Shares no code with the engine, and knows nothing of its costs.
import { besideKey } from "./keyboards.js";

/** @typedef {import("../statistics.js").Chance} Chance */

/** Of 100 slips (they sum to 101: each was rounded). */
export const shares = {
  deletion: 30,
  substitution: 23,
  insertion: 16,
  transposition: 13,
  doubled: 7,
  undoubled: 5,
  dot: 5,
  hyphen: 2,
};
/** @typedef {keyof typeof shares} Kind */

/** Of all slips, this share sits in the top-level domain. */
export const topLevelShare = 0.15;
/** Of all slips, this share is outside the model. */
export const outsideShare = 0.1;

const letters = "abcdefghijklmnopqrstuvwxyz";

/** @param {string} domain a host name whose labels are letters, digits and inner hyphens */
export function isHostName(domain) {
  return (
    domain.length <= 253 &&
    domain.split(".").every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))
  );
}

/** @param {string} text @param {number} at @param {number} drop @param {string} put */
const splice = (text, at, drop, put) => text.slice(0, at) + put + text.slice(at + drop);

/** @param {string} text @returns {number[]} where it holds a letter or digit */
const places = (text) => [...text].map((_, at) => at).filter((at) => /[a-z0-9]/.test(text[at]));

/** @param {string} text @param {(at: number) => boolean} fits */
const placesWhere = (text, fits) => [...text].map((_, at) => at).filter((at) => fits(at));

/**
 * One edit inside a piece of a name that holds no dot that matters.
 * @type {Record<Exclude<Kind, "dot" | "hyphen">, (text: string, chance: Chance) => string | null>}
 */
const edits = {
  deletion(text, chance) {
    // A letter of a doubled pair is the kind "undoubled".
    const at = placesWhere(
      text,
      (i) => /[a-z0-9]/.test(text[i]) && text[i] !== text[i + 1] && text[i] !== text[i - 1],
    );
    return at.length === 0 ? null : splice(text, chance.pick(at), 1, "");
  },
  substitution(text, chance) {
    const at = placesWhere(text, (i) => /[a-z0-9]/.test(text[i]));
    if (at.length === 0) {
      return null;
    }
    const i = chance.pick(at);
    const beside = besideKey(text[i]);
    const put =
      chance.happens(0.5) && beside ? chance.pick([...beside]) : chance.pick([...letters]);
    return put === text[i] || put === "-" ? null : splice(text, i, 1, put);
  },
  insertion(text, chance) {
    const i = chance.below(text.length + 1);
    const near = besideKey(text[i] ?? "") + besideKey(text[i - 1] ?? "");
    const put = chance.happens(0.5) && near ? chance.pick([...near]) : chance.pick([...letters]);
    return put === text[i] || put === text[i - 1] || put === "-" ? null : splice(text, i, 0, put);
  },
  transposition(text, chance) {
    const at = placesWhere(
      text,
      (i) =>
        i + 1 < text.length &&
        text[i] !== text[i + 1] &&
        /[a-z0-9]/.test(text[i]) &&
        /[a-z0-9]/.test(text[i + 1]),
    );
    if (at.length === 0) {
      return null;
    }
    const i = chance.pick(at);
    return splice(text, i, 2, text[i + 1] + text[i]);
  },
  doubled(text, chance) {
    const at = placesWhere(text, (i) => /[a-z0-9]/.test(text[i]));
    if (at.length === 0) {
      return null;
    }
    const i = chance.pick(at);
    return splice(text, i, 0, text[i]);
  },
  undoubled(text, chance) {
    const at = placesWhere(text, (i) => text[i] === text[i + 1] && /[a-z0-9]/.test(text[i]));
    return at.length === 0 ? null : splice(text, chance.pick(at), 1, "");
  },
};

/** @type {Record<"dot" | "hyphen", (domain: string, chance: Chance) => string | null>} */
const marks = {
  dot(domain, chance) {
    const at = placesWhere(domain, (i) => domain[i] === ".");
    if (chance.happens(0.5)) {
      return splice(domain, chance.pick(at), 1, "");
    }
    const inside = placesWhere(
      domain,
      (i) => i > 0 && /[a-z0-9]{2}/.test(domain.slice(i - 1, i + 1)),
    );
    return inside.length === 0 ? null : splice(domain, chance.pick(inside), 0, ".");
  },
  hyphen(domain, chance) {
    const at = placesWhere(domain, (i) => domain[i] === "-");
    return at.length === 0 ? null : splice(domain, chance.pick(at), 1, "");
  },
};

/**
 * One slip of that kind.
 * @param {Kind} kind @param {string} domain @param {Chance} chance
 * @param {"name" | "top-level"} [where]
 * @returns {string | null} null where the kind does not fit the name, or no host name comes of it
 */
export function slipOfKind(kind, domain, chance, where = "name") {
  let typed = null;
  if (kind === "dot" || kind === "hyphen") {
    typed = marks[kind](domain, chance);
  } else {
    const cut = domain.lastIndexOf(".");
    const [name, top] = [domain.slice(0, cut), domain.slice(cut + 1)];
    if (where === "top-level") {
      const slipped = edits[kind](top, chance);
      typed = slipped && `${name}.${slipped}`;
    } else {
      const slipped = edits[kind](name, chance);
      typed = slipped && `${slipped}.${top}`;
    }
  }
  return typed !== null && typed !== domain && isHostName(typed) ? typed : null;
}

const vowels = "aeiouy";
const sounds = [
  ["ph", "f"],
  ["ck", "k"],
  ["c", "k"],
  ["ie", "ei"],
  ["ei", "ie"],
  ["y", "i"],
  ["gh", "g"],
  ["ks", "x"],
  ["x", "cks"],
  ["qu", "kw"],
  ["s", "z"],
  ["z", "s"],
  ["ou", "u"],
  ["er", "or"],
  ["an", "en"],
  ["tion", "sion"],
  ["ll", "l"],
  ["sch", "sh"],
  ["ea", "ee"],
];

/** Slips that no list of single edits on one keyboard foresees. */
export const outside = {
  /** @param {string} name @param {Chance} chance */
  "two edits": (name, chance) => {
    const kinds = /** @type {const} */ (["deletion", "substitution", "insertion", "transposition"]);
    const once = edits[chance.pick(kinds)](name, chance);
    return once && edits[chance.pick(kinds)](once, chance);
  },
  /** @param {string} name @param {Chance} chance */
  "wrong vowel": (name, chance) => {
    const at = placesWhere(name, (i) => vowels.includes(name[i]));
    if (at.length === 0) {
      return null;
    }
    const i = chance.pick(at);
    return splice(name, i, 1, chance.pick([...vowels].filter((v) => v !== name[i])));
  },
  /** @param {string} name @param {Chance} chance */
  "by sound": (name, chance) => {
    const fitting = sounds.filter(([from]) => name.includes(from));
    if (fitting.length === 0) {
      return null;
    }
    const [from, to] = chance.pick(fitting);
    return splice(name, name.indexOf(from), from.length, to);
  },
  /** @param {string} name @param {Chance} chance */
  "another keyboard": (name, chance) => {
    const layout = chance.pick(/** @type {const} */ (["qwertz", "azerty", "dvorak"]));
    const at = placesWhere(name, (i) => besideKey(name[i], layout) !== "");
    if (at.length === 0) {
      return null;
    }
    const i = chance.pick(at);
    return splice(name, i, 1, chance.pick([...besideKey(name[i], layout)]));
  },
  /** @param {string} name @param {Chance} chance */
  "letters far apart swapped": (name, chance) => {
    const i = chance.pick(places(name));
    const j = i + 2;
    return j < name.length && /[a-z0-9]/.test(name[j])
      ? splice(splice(name, i, 1, name[j]), j, 1, name[i])
      : null;
  },
};
/** @typedef {keyof typeof outside} OutsideKind */

/** @typedef {{typed: string, intended: string, kind: string, outside: boolean,
 *   where: "name" | "top-level"}} Slip */

const longestName = 253;

/**
 * A name as often as it has characters: any key struck is as likely to slip as another. Lengths of
 * the slips that people made fit that better than names drawn evenly (README, "How it counts").
 * @param {readonly string[]} names @param {Chance} chance
 */
function drawName(names, chance) {
  for (;;) {
    const name = chance.pick(names);
    if (chance.happens(name.length / longestName)) {
      return name;
    }
  }
}

/**
 * @param {readonly string[]} names @param {Chance} chance @param {Set<string>} real
 * @param {(typed: string, intended: string) => boolean} isAllowed
 * @returns {Slip}
 */
function drawSlip(names, chance, real, isAllowed) {
  const isOutside = chance.happens(outsideShare);
  const kind = chance.weighted(shares);
  const strange = chance.pick(/** @type {OutsideKind[]} */ (Object.keys(outside)));
  // Dots, hyphens and lost doubles never sit in a top-level domain; the others make up for them.
  const canBeTop = !isOutside && kind !== "dot" && kind !== "hyphen" && kind !== "undoubled";
  const lettered = (1 - outsideShare) * (1 - (shares.dot + shares.hyphen + shares.undoubled) / 101);
  const where = canBeTop && chance.happens(topLevelShare / lettered) ? "top-level" : "name";
  for (let tries = 0; tries < 100_000; tries += 1) {
    // The kind is drawn first and kept, the name drawn until it fits: so the shares come out right.
    const intended = drawName(names, chance);
    const cut = intended.lastIndexOf(".");
    let typed;
    if (isOutside) {
      const name = outside[strange](intended.slice(0, cut), chance);
      typed = name && name + intended.slice(cut);
    } else {
      typed = slipOfKind(kind, intended, chance, where);
    }
    if (
      typed &&
      typed !== intended &&
      isHostName(typed) &&
      !real.has(typed) &&
      !isAllowed(typed, intended)
    ) {
      return { typed, intended, kind: isOutside ? strange : kind, outside: isOutside, where };
    }
  }
  throw new Error(`no name fits a slip of kind ${kind}`);
}

/**
 * Slips of these names in the measured shares.
 * @param {readonly string[]} names @param {number} count @param {Chance} chance
 * @param {Set<string>} real names that are somebody's: typing one is no slip that anybody could see
 * @param {(typed: string) => boolean} isAllowed likewise
 * @returns {Slip[]} without repeats
 */
export function domainSlips(names, count, chance, real, isAllowed) {
  /** @type {Map<string, Slip>} */
  const drawn = new Map();
  for (let tries = 0; drawn.size < count && tries < 50 * count; tries += 1) {
    const slip = drawSlip(names, chance, real, isAllowed);
    drawn.set(slip.typed, drawn.get(slip.typed) ?? slip);
  }
  return [...drawn.values()];
}

/**
 * A slip of a local part, in the same shares; a dot or hyphen counts as a letter there.
 * @param {string} local @param {Chance} chance
 * @returns {{typed: string, kind: string} | null}
 */
export function localPartSlip(local, chance) {
  const kind = chance.weighted(shares);
  const edit = kind === "dot" || kind === "hyphen" ? edits.deletion : edits[kind];
  const typed = edit(local, chance);
  return typed !== null && typed !== local && /^[a-z0-9]+([._-][a-z0-9]+)*$/.test(typed)
    ? { typed, kind }
    : null;
}
