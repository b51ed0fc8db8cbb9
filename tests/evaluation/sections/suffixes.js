// SPDX-License-Identifier: MPL-2.0
// Suffixes: the confusable pairs, slips into no existing suffix, and real names that end in one.
import { existsSync, readFileSync } from "node:fs";
import { codesOf, isQuestioned, isRightFirst } from "../answers.js";
import { CannotRun, realLists } from "../data.js";
import { messageTo, person } from "../engine.js";
import { oneLetterSlips } from "../generator/classes.js";
import { rate, share } from "../table.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../table.js").Row} Row */

const group = "Suffixes";
const source = "generated";

/** Debian's public suffix list (package publicsuffix): which top-level domains exist. */
const suffixList = "/usr/share/publicsuffix/public_suffix_list.dat";

/** @returns {Set<string>} */
function existingTopLevel() {
  if (!existsSync(suffixList)) {
    throw new CannotRun(66, `${suffixList} is missing (package publicsuffix)`);
  }
  const icann = readFileSync(suffixList, "utf8").split("// ===END ICANN DOMAINS===")[0];
  return new Set(
    icann
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("//"))
      .map((rule) => rule.slice(rule.lastIndexOf(".") + 1)),
  );
}

/** Suffixes that an organisation may allow as a whole. */
const allowedSuffixes = [
  "mil",
  "gov",
  "edu",
  "int",
  "com",
  "net",
  "org",
  "gov.uk",
  "mod.uk",
  "nhs.uk",
  "police.uk",
  "ac.uk",
  "nato.int",
  "gov.au",
  "gc.ca",
];

/** @param {import("../statistics.js").Chance} chance @returns {string} a name near to no other */
function inventedName(chance) {
  const pairs = Array.from(
    { length: 5 },
    () => chance.pick([..."bdfgklmnprstvz"]) + chance.pick([..."aeiou"]),
  );
  return pairs.join("");
}

/** @param {Context} context @returns {Promise<Row[]>} */
export async function suffixes(context) {
  return [
    ...(await confusablePairs(context)),
    ...(await slipsIntoNothing(context)),
    ...(await realNames(context)),
    ...(await namedAddresses(context)),
  ];
}

/** Where the program keeps its table. Read as data, so that no pair can be forgotten here. */
const tableSource = new URL(
  "../../../native-host/src/lookalike/confusable_suffixes.cpp",
  import.meta.url,
);

/** What has been seen in mail has to be in the table, whoever edits it. */
const seenInMail = [
  ["mil", "ml"],
  ["com", "co"],
  ["com", "cm"],
  ["com", "om"],
  ["net", "ne"],
  ["net", "et"],
];

/** @typedef {{meant: string, typed: string, needsName: boolean}} Pair */

/** @returns {Pair[]} */
function allPairs() {
  const text = readFileSync(tableSource, "utf8");
  const table = [
    ...text.matchAll(/\{"([a-z.]+)",\s*"([a-z.]+)",\s*"[^"]*"(?:,\s*(needs_name))?/g),
  ].map(([, meant, typed, needsName]) => ({ meant, typed, needsName: needsName !== undefined }));
  if (table.length === 0) {
    throw new CannotRun(65, `no pair found in ${tableSource.pathname}`);
  }
  const left = seenInMail
    .filter(([meant, typed]) => !table.some((row) => row.meant === meant && row.typed === typed))
    .map(([meant, typed]) => ({ meant, typed, needsName: false }));
  return [...table, ...left];
}

/** @param {Context} context */
async function confusablePairs(context) {
  const pairs = allPairs();
  const chance = context.chance("pairs");
  const cases = pairs.map(({ meant, typed, needsName }) => {
    const name = inventedName(chance);
    return { meant, typed: `${name}.${typed}`, intended: `${name}.${meant}`, needsName };
  });
  const named = await context.askDomains(
    context.engine.policy({ allow: cases.map(({ intended }) => intended) }),
    cases.map(({ typed }) => typed),
  );
  let whole = 0;
  // A typed ending that is one of the world's great ones needs a name: allowing com.au as a whole
  // must not question all of .com.
  const ofWhole = cases.filter(({ needsName }) => !needsName);
  for (const meant of new Set(ofWhole.map((one) => one.meant))) {
    const answers = await context.askDomains(
      context.engine.policy({ allow: [meant] }),
      ofWhole.filter((one) => one.meant === meant).map(({ typed }) => typed),
    );
    whole += answers.filter(isQuestioned).length;
  }
  const n = cases.length;
  return [
    share({
      group,
      source,
      figure: "confusable pairs, a name allowed: stopped",
      n,
      hits: named.filter(isQuestioned).length,
      must: 100,
      goal: 100,
    }),
    share({
      group,
      source,
      figure: "confusable pairs, a name allowed: right correction first",
      n,
      hits: cases.filter(({ intended }, i) => isRightFirst(named[i], [`${person}@${intended}`]))
        .length,
    }),
    share({
      group,
      source,
      figure: "confusable pairs, the whole suffix allowed: stopped",
      n: ofWhole.length,
      hits: whole,
      must: 100,
      goal: 100,
    }),
  ];
}

/** @param {Context} context */
async function slipsIntoNothing(context) {
  const exists = existingTopLevel();
  const chance = context.chance("nothing");
  const counts = { top: 0, topStopped: 0, topRight: 0, second: 0, secondStopped: 0 };
  for (const suffix of allowedSuffixes) {
    const labels = suffix.split(".");
    const head = labels
      .slice(0, -1)
      .map((label) => `${label}.`)
      .join("");
    const top = labels[labels.length - 1];
    const inTop = oneLetterSlips(top)
      .filter((typed) => !exists.has(typed))
      .map((typed) => head + typed);
    const inSecond =
      labels.length === 1 ? [] : oneLetterSlips(labels[0]).map((typed) => `${typed}.${top}`);
    const name = inventedName(chance);
    const answers = await context.askDomains(
      context.engine.policy({ allow: [suffix] }),
      [...inTop, ...inSecond].map((typed) => `${name}.${typed}`),
    );
    const ofTop = answers.slice(0, inTop.length);
    counts.top += ofTop.length;
    counts.topStopped += ofTop.filter(isQuestioned).length;
    counts.topRight += ofTop.filter((answer) =>
      isRightFirst(answer, [`${person}@${name}.${suffix}`]),
    ).length;
    counts.second += inSecond.length;
    counts.secondStopped += answers.slice(inTop.length).filter(isQuestioned).length;
  }
  return [
    share({
      group,
      source,
      figure: "one letter's slip of an allowed suffix into none that exists: stopped",
      n: counts.top,
      hits: counts.topStopped,
      must: 100,
      goal: 100,
    }),
    share({
      group,
      source,
      figure: "  right correction first",
      n: counts.top,
      hits: counts.topRight,
    }),
    share({
      group,
      source,
      figure: "one letter's slip before the last dot (gvo.uk): stopped",
      n: counts.second,
      hits: counts.secondStopped,
    }),
  ];
}

/** @param {Context} context */
async function realNames(context) {
  /** @type {Row[]} */
  const rows = [];
  for (const suffix of ["mil", "gov", "gov.uk"]) {
    const policy = context.engine.policy({ allow: [suffix] });
    for (const list of /** @type {const} */ (["mil", "gov", "uk", "universities"])) {
      const { title } = realLists[list];
      const names = context.data.realList(list);
      const answers = await context.askDomains(policy, names);
      const forSuffix = answers.filter((answer) =>
        codesOf(answer).some((code) => code === "confusable-suffix" || code === "no-such-suffix"),
      );
      rows.push(
        rate({
          group,
          source: "natural",
          n: names.length,
          hits: forSuffix.length,
          must: 0,
          goal: 0,
          figure: `only ${suffix} allowed, real names (${title}): questioned for the suffix`,
          note: `questioned for anything: ${answers.filter(isQuestioned).length}`,
        }),
      );
    }
  }
  return rows;
}

/** With only .mil allowed: what must be stopped, with what offered; and what must not. */
const named = [
  "navy.ml",
  "navy.mi",
  "navy.mill",
  "navymil",
  "navy.mil.ml",
  "n\u0430vy.mil",
  "na\u200bvy.mil",
  "navy,mil",
];

/** @param {Context} context */
async function namedAddresses(context) {
  const answers = await context.engine.checkAll(
    context.engine.policy({ allow: ["mil"] }),
    [...named, "tau.ac.il"].map((domain) => messageTo(`x@${domain}`)),
  );
  const stopped = answers.slice(0, named.length);
  const offered = stopped.slice(0, named.length - 1); // navy,mil could be two addresses
  return [
    share({
      group,
      source,
      figure: "only .mil allowed, eight named addresses: stopped",
      n: named.length,
      hits: stopped.filter(isQuestioned).length,
      must: 100,
      goal: 100,
      note: missing(named.filter((_, i) => !isQuestioned(stopped[i]))),
    }),
    share({
      group,
      source,
      figure: "  all but the last with x@navy.mil offered first",
      n: offered.length,
      hits: offered.filter((answer) => isRightFirst(answer, ["x@navy.mil"])).length,
      must: 100,
      goal: 100,
      note: missing(
        named.filter((_, i) => i < offered.length && !isRightFirst(offered[i], ["x@navy.mil"])),
      ),
    }),
    rate({
      group,
      source,
      figure: "  x@tau.ac.il: questioned",
      n: 1,
      must: 0,
      goal: 0,
      hits: isQuestioned(answers[named.length]) ? 1 : 0,
    }),
  ];
}

/** @param {string[]} names @returns {string | undefined} a note, in ASCII */
function missing(names) {
  const ascii = names.map((name) =>
    name.replace(
      /[^ -~]/g,
      (c) => `<U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`,
    ),
  );
  return ascii.length === 0 ? undefined : `missed: ${ascii.join(", ")}`;
}
