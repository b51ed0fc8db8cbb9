// SPDX-License-Identifier: MPL-2.0
// The command line of tools/evaluate.
import { parseArgs } from "node:util";
import { CannotRun } from "./data.js";

export const sectionNames = [
  "natural",
  "generated",
  "classes",
  "strangers",
  "suffixes",
  "local-parts",
  "peers",
];
export const historySectionNames = ["known", "replay", "wrong-bob"];

export const usage = `usage: tools/evaluate --data DIR [option]...

Measures how well slips are found and how seldom right addresses are questioned, beside the peers,
and prints one table. Status 1 where a must is missed.

  --data DIR        the folder of data; nothing of it is copied
  --only NAME       only this section (may be repeated): ${sectionNames.join(", ")};
                    with a history: ${historySectionNames.join(", ")}
  --history         also the sections that need a history
  --half HALF       tune, report (the default) or all: natural rows are split by the hash of the
                    row; constants are fitted on the one half, figures taken on the other
  --seed N          of everything generated (default 1)
  --program PATH    the program to ask (default build/release/recipient-guard)
  --keyboards NAMES whose neighbouring keys count: qwerty, qwertz, azerty, several with commas
                    (default all, as in every batch)
  --picture FILE    where the SVG goes (default build/evaluation.svg, with a full run)
  --misses N        below each row, up to N of what is behind it: slips missed, names questioned
  --json            the table as JSON on stdout
  --questions LIST  instead: random questions on a list, to be read by a person (mil, gov,
                    universities, uk, popular, business, replay)
  --sample N        how many of them (default 50)
  --fit             instead: how the constants of a slip were chosen, and the curve they give on
                    this half (choose with --half tune)
  --fit-people      instead: what the constants of a slip before the at sign find and ask as each
                    moves
  --help            this text

Status: 0 every must reached, 1 a must missed, 64 usage, 65 bad data, 66 no such input,
69 something needed does not work, 70 a fault of this program.
`;

const options = /** @type {const} */ ({
  data: { type: "string" },
  only: { type: "string", multiple: true },
  history: { type: "boolean" },
  half: { type: "string" },
  seed: { type: "string" },
  program: { type: "string" },
  keyboards: { type: "string" },
  picture: { type: "string" },
  json: { type: "boolean" },
  questions: { type: "string" },
  sample: { type: "string" },
  misses: { type: "string" },
  fit: { type: "boolean" },
  "fit-people": { type: "boolean" },
  help: { type: "boolean", short: "h" },
});

/** @param {string | undefined} text @param {string} name @param {number} otherwise */
function wholeNumber(text, name, otherwise) {
  if (text === undefined) {
    return otherwise;
  }
  if (!/^[0-9]{1,9}$/.test(text)) {
    throw new CannotRun(64, `--${name} takes a whole number, not '${text}'`);
  }
  return Number(text);
}

/** @param {string[]} words @returns {import("node:util").ParseArgsConfig["options"] & any} */
function parsed(words) {
  try {
    return parseArgs({ args: words, options, allowPositionals: false, strict: true }).values;
  } catch (error) {
    const first = /** @type {Error} */ (error).message.split(". ")[0];
    throw new CannotRun(64, `${first} (see --help)`);
  }
}

/**
 * @param {string[]} words @throws {CannotRun} status 64
 * @returns {{help: boolean, data: string, sections: string[], isWhole: boolean,
 *   half: import("./statistics.js").Half, seed: number, program: string | undefined,
 *   keyboards: string | undefined, picture: string | undefined, json: boolean, questions: string | undefined, sample: number,
 *   misses: number, fit: boolean, fitPeople: boolean}}
 */
export function readArguments(words) {
  const values = parsed(words);
  const all = [...sectionNames, ...historySectionNames];
  const unknown = (values.only ?? []).find((/** @type {string} */ name) => !all.includes(name));
  if (unknown !== undefined) {
    throw new CannotRun(64, `--only: no section '${unknown}'; there are ${all.join(", ")}`);
  }
  if (!["tune", "report", "all", undefined].includes(values.half)) {
    throw new CannotRun(64, `--half takes tune, report or all, not '${values.half}'`);
  }
  if (values.data === undefined && !values.help) {
    throw new CannotRun(64, "--data DIR is missing (see --help)");
  }
  return {
    help: values.help ?? false,
    data: values.data ?? "",
    sections: values.only ?? (values.history ? all : sectionNames),
    isWhole: values.only === undefined,
    half: values.half ?? "report",
    seed: wholeNumber(values.seed, "seed", 1),
    program: values.program,
    keyboards: values.keyboards,
    picture: values.picture,
    json: values.json ?? false,
    questions: values.questions,
    sample: wholeNumber(values.sample, "sample", 50),
    misses: wholeNumber(values.misses, "misses", 0),
    fit: values.fit ?? false,
    fitPeople: values["fit-people"] ?? false,
  };
}
