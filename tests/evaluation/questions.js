// SPDX-License-Identifier: MPL-2.0
// Random questions on a real list, printed to be read by a person one by one.
import { isQuestioned } from "./answers.js";
import { told } from "./counting.js";
import { CannotRun, realLists } from "./data.js";
import { replayAll } from "./sections/replay.js";
import { everyOther } from "./sections/strangers.js";

/** @typedef {import("./context.js").Context} Context */

export const questionLists = [...Object.keys(realLists), "business", "replay"];

/**
 * @param {Context} context @param {string} list one of `questionLists` @param {number} count
 * @returns {Promise<string>} a line each: what was typed, the codes, what was offered
 */
export async function questionsText(context, list, count) {
  if (list === "replay") {
    return replayQuestions(context, count);
  }
  if (!questionLists.includes(list)) {
    throw new CannotRun(
      64,
      `--questions: no list '${list}'; there are ${questionLists.join(", ")}`,
    );
  }
  let names;
  let policy;
  if (list === "business") {
    names = context.halfOfNames(context.data.businessStrangers());
    policy = context.business().policy;
  } else {
    const split = everyOther(
      context.data.realList(/** @type {import("./data.js").ListName} */ (list)),
    );
    names = context.halfOfNames(split.strangers);
    policy = context.engine.policy({ allow: split.allowed });
  }
  const cases = await context.askDomains(policy, names);
  const asked = cases.filter(({ answer }) => isQuestioned(answer));
  const sample = context.chance(`questions ${list}`).sample(asked, count);
  const counts = `${asked.length} of ${names.length} questioned; ${sample.length} of them:`;
  const head = `# ${list}: ${counts}`;
  return `${[head, ...sample.map(told)].join("\n")}\n`;
}

/** @param {Context} context @param {number} count */
async function replayQuestions(context, count) {
  const { questions } = await replayAll(context);
  const distinct = [
    ...new Map(questions.map((question) => [question.hash, question])).values(),
  ].sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const lines = context
    .chance("questions replay")
    .sample(distinct, count)
    .map(({ row, hash, codes, meant }) =>
      [hash, row.recipient, codes.join(" "), meant ?? "-", row.knownSlip ? "known slip" : "?"].join(
        "\t",
      ),
    );
  return [
    `# replay: ${distinct.length} questions; ${lines.length} of them:`,
    "# hash\trecipient\tcodes\toffered first\tlabel",
    ...lines,
    "",
  ].join("\n");
}
