// SPDX-License-Identifier: MPL-2.0
// How the constants of lookalike-address (person_* in verdict/weights.hpp) were chosen: what each
// finds and asks as it moves, the others staying as shipped. Reads the program's own terms from
// --trace; what a question changes for later ones (it is right, it is put right) is left out.
import { halfOf } from "./statistics.js";
import { askToday, pastOf } from "./people.js";
import { company, localPartPairs } from "./sections/local-parts.js";
import { oddPriorLines } from "./sections/wrong-bob.js";
import { hashOf, isLabelledSlip, replayAll } from "./sections/replay.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./engine.js").Answer} Answer */
/** @typedef {{meant: string, weights: Record<string, number>}} Candidate */
/** @typedef {{right: string, candidates: Candidate[]}} Slip */
/** @typedef {{isSlip: boolean, candidates: Candidate[]}} Question */

/** The person meant was written to so many times. */
const timesWritten = [1, 2, 3, 20];

/** Values to try; a `scaled` constant is multiplied by what it counts. */
const sweeps = [
  { name: "person_met_once", values: [0, -1.6, -2.8, -3.6, -4.4, -5.2] },
  { name: "person_met_twice", values: [0, -0.7, -1.4, -2, -2.8] },
  { name: "person_per_message", values: [0.2, 0.4, 0.6, 0.8, 1], scaled: 0.6 },
  { name: "person_crowd", values: [0, -0.1, -0.2, -0.3, -0.4], scaled: -0.2 },
  { name: "person_first_character", values: [0, -0.5, -1, -1.5, -2] },
  { name: "person_other_initial", values: [-1, -1.5, -2.5, -2.8, -3, -3.5] },
  { name: "person_separator", values: [-1, 0, 0.5, 1, 1.5] },
  { name: "person_separator_inside", values: [0, -1, -2, -3, -4] },
  { name: "person_neighbouring_keys", values: [0, 0.5, 1, 2, 3] },
  { name: "person_stray_mark", values: [0, 1, 2, 3] },
  { name: "person_prior", values: [-2, -1.5, -1, -0.5, 0] },
];

/** @param {Answer} answer @returns {Candidate[]} of lookalike-address, whatever its score */
function candidatesOf(answer) {
  return (answer.recipients?.[0]?.evidence ?? [])
    .filter((piece) => piece.code === "lookalike-address" && piece.weights)
    .map(({ meant = "", weights = {} }) => ({ meant, weights }));
}

/**
 * @param {Candidate[]} candidates @param {{name: string, scaled?: number}} sweep
 * @param {number} value of the constant @returns {string | undefined} what would be offered first
 */
function offered(candidates, { name, scaled }, value) {
  let best = { score: 0, meant: /** @type {string | undefined} */ (undefined) };
  for (const { meant, weights } of candidates) {
    let score = 0;
    for (const [term, weight] of Object.entries(weights)) {
      const moved = scaled === undefined ? value : (weight * value) / scaled;
      score += term === name ? moved : weight;
    }
    if (score >= best.score) {
      best = { score, meant };
    }
  }
  return best.meant;
}

/** @param {Context} context @param {number} times @returns {Promise<Slip[]>} */
async function slipsOf(context, times) {
  const rows = localPartPairs(context, "typo-likely");
  const conversation = context.engine.start(context.engine.policy(), { trace: true });
  await conversation.ask(pastOf(new Map(rows.map(({ other }) => [`${other}@${company}`, times]))));
  const answers = await conversation.ask(rows.map(({ typed }) => askToday(`${typed}@${company}`)));
  await conversation.end();
  return rows.map(({ other }, i) => ({
    right: `${other}@${company}`,
    candidates: candidatesOf(answers[i]),
  }));
}

/** @param {Context} context @returns {Promise<Question[]>} first contacts with somebody near */
async function questionsOf(context) {
  /** @type {Map<string, Question>} */
  const first = new Map();
  await replayAll(context, (row, answer) => {
    const hash = hashOf(row);
    const candidates = candidatesOf(answer);
    const counts = context.half === "all" || halfOf(hash) === context.half;
    if (counts && candidates.length > 0 && !first.has(hash)) {
      first.set(hash, { isSlip: isLabelledSlip(row), candidates });
    }
  });
  return [...first.values()];
}

/** @param {Context} context @returns {Promise<string>} a table a constant */
export async function fitPeopleText(context) {
  /** @type {Slip[][]} */
  const slips = [];
  for (const times of timesWritten) {
    slips.push(await slipsOf(context, times));
  }
  const questions = await questionsOf(context);
  const lines = sweeps.flatMap((sweep) => {
    const rows = sweep.values.map((value) => {
      const found = slips.map((all) => {
        return all.filter((one) => offered(one.candidates, sweep, value) === one.right).length;
      });
      const asked = questions.filter((one) => offered(one.candidates, sweep, value));
      const rightly = asked.filter((one) => one.isSlip).length;
      const cells = [value.toFixed(1), ...found, rightly, asked.length - rightly];
      return cells.map((cell) => String(cell).padStart(9)).join("");
    });
    return [sweep.name, ...rows];
  });
  const head = ["value", ...timesWritten.map((times) => `found ${times}`), "rightly", "wrongly"];
  return [
    `Half '${context.half}': of ${slips[0].length} slips of people written to so many times, right`,
    "correction first; questions of the replay, rightly and wrongly asked by the labels kept here.",
    "",
    head.map((cell) => cell.padStart(9)).join(""),
    ...lines,
    "",
    ...(await oddPriorLines(context)),
    "",
  ].join("\n");
}
