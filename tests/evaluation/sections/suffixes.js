// SPDX-License-Identifier: MPL-2.0
// Suffixes: the confusable pairs, slips into no existing suffix, and real names that end in one.
import { existsSync, readFileSync } from "node:fs";
import { codesOf, isQuestioned } from "../answers.js";
import { falselyAsked, rightFirst, stopped } from "../counting.js";
import { CannotRun, realLists } from "../data.js";
import { messageTo } from "../engine.js";
import { oneLetterSlips } from "../generator/classes.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../table.js").Row} Row */

const about = /** @type {const} */ ({ group: "Suffixes", source: "generated" });

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

const all = { must: 100, goal: 100 };
const none = { must: 0, goal: 0 };

/** @param {Context} context @returns {Promise<Row[]>} */
async function confusablePairs(context) {
  const chance = context.chance("pairs");
  const slips = allPairs().map(({ meant, typed, needsName }) => {
    const name = inventedName(chance);
    return { meant, typed: `${name}.${typed}`, right: [`${name}.${meant}`], needsName };
  });
  const listed = context.engine.policy({ allow: slips.flatMap(({ right }) => right) });
  const cases = await context.askSlips(listed, slips);
  // A typed ending that is one of the world's great ones needs a name: allowing com.au as a whole
  // must not question all of .com.
  const ofWhole = slips.filter(({ needsName }) => !needsName);
  const whole = [];
  for (const meant of new Set(ofWhole.map((slip) => slip.meant))) {
    const policy = context.engine.policy({ allow: [meant] });
    const own = ofWhole.filter((slip) => slip.meant === meant);
    whole.push(...(await context.askSlips(policy, own)));
  }
  const figure = "confusable pairs, a name allowed";
  return [
    stopped({ ...about, figure: `${figure}: stopped`, ...all }, cases),
    rightFirst({ ...about, figure: `${figure}: right correction first` }, cases),
    stopped(
      { ...about, figure: "confusable pairs, the whole suffix allowed: stopped", ...all },
      whole,
    ),
  ];
}

/**
 * @param {string} suffix @param {Set<string>} exists top-level domains
 * @returns {{top: string[], second: string[]}} slips that end in none of them; slips before that
 */
function slipsOfSuffix(suffix, exists) {
  const labels = suffix.split(".");
  const last = labels[labels.length - 1];
  const head = suffix.slice(0, -last.length);
  return {
    top: oneLetterSlips(last)
      .filter((typed) => !exists.has(typed))
      .map((typed) => head + typed),
    second: labels.length === 1 ? [] : oneLetterSlips(labels[0]).map((typed) => `${typed}.${last}`),
  };
}

/** @param {Context} context @returns {Promise<Row[]>} */
async function slipsIntoNothing(context) {
  const exists = existingTopLevel();
  const chance = context.chance("nothing");
  const top = [];
  const second = [];
  for (const suffix of allowedSuffixes) {
    const name = inventedName(chance);
    const slips = slipsOfSuffix(suffix, exists);
    const policy = context.engine.policy({ allow: [suffix] });
    /** @param {string[]} endings */
    const ask = (endings) =>
      context.askSlips(
        policy,
        endings.map((ending) => ({ typed: `${name}.${ending}`, right: [`${name}.${suffix}`] })),
      );
    top.push(...(await ask(slips.top)));
    second.push(...(await ask(slips.second)));
  }
  const figure = "one letter's slip of an allowed suffix into none that exists: stopped";
  return [
    stopped({ ...about, figure, ...all }, top),
    rightFirst({ ...about, figure: "  right correction first" }, top),
    stopped(
      { ...about, figure: "one letter's slip before the last dot (gvo.uk): stopped" },
      second,
    ),
  ];
}

/** @param {import("../engine.js").Answer} answer */
const isForSuffix = (answer) =>
  codesOf(answer).some((code) => code === "confusable-suffix" || code === "no-such-suffix");

/** @param {Context} context @returns {Promise<Row[]>} */
async function realNames(context) {
  const rows = [];
  for (const suffix of ["mil", "gov", "gov.uk"]) {
    const policy = context.engine.policy({ allow: [suffix] });
    for (const list of /** @type {const} */ (["mil", "gov", "uk", "universities"])) {
      const cases = await context.askDomains(policy, context.data.realList(list));
      const any = cases.filter(({ answer }) => isQuestioned(answer)).length;
      const { title } = realLists[list];
      const figure = `only ${suffix} allowed, real names (${title}): questioned for the suffix`;
      const note = any > 0 ? `questioned for anything: ${any}` : undefined;
      const natural = { ...about, source: /** @type {const} */ ("natural") };
      rows.push(falselyAsked({ ...natural, figure, note, ...none }, cases, isForSuffix));
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

/** @param {Context} context @returns {Promise<Row[]>} */
async function namedAddresses(context) {
  const asked = [...named, "tau.ac.il"].map((domain) => `x@${domain}`);
  const answers = await context.engine.checkAll(
    context.engine.policy({ allow: ["mil"] }),
    asked.map((address) => messageTo(address)),
    { trace: true },
  );
  const cases = asked.map((typed, i) => ({ typed, right: ["x@navy.mil"], answer: answers[i] }));
  const slips = cases.slice(0, named.length);
  const offered = slips.slice(0, named.length - 1); // navy,mil could be two addresses
  const israel = { ...cases[named.length], right: [] };
  return [
    stopped(
      { ...about, figure: "only .mil allowed, eight named addresses: stopped", ...all },
      slips,
    ),
    rightFirst(
      { ...about, figure: "  all but the last, x@navy.mil offered first", ...all },
      offered,
    ),
    falselyAsked({ ...about, figure: "  x@tau.ac.il: questioned", ...none }, [israel]),
  ];
}
