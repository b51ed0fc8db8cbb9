// SPDX-License-Identifier: MPL-2.0
// Random questions on a real list, printed to be read by a person one by one.
import { codesOf, firstMeant, isQuestioned } from "./answers.js";
import { CannotRun, realLists } from "./data.js";
import { replayAll } from "./sections/replay.js";
import { everyOther } from "./sections/strangers.js";

/** @typedef {import("./context.js").Context} Context */

export const questionLists = [...Object.keys(realLists), "business", "replay"];

/** @param {string} text @returns {string} ASCII */
const ascii = (text) =>
  text.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

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
  const answers = await context.askDomains(policy, names, { trace: true });
  const asked = names
    .map((name, i) => ({ name, answer: answers[i] }))
    .filter(({ answer }) => isQuestioned(answer));
  const lines = context
    .chance(`questions ${list}`)
    .sample(asked, count)
    .map(({ name, answer }) => {
      const finding = answer.recipients?.[0]?.findings[0];
      const weights = (answer.recipients?.[0]?.evidence ?? [])
        .map((piece) => `${piece.code} ${piece.score.toFixed(2)} of ${piece.threshold.toFixed(2)}`)
        .join(", ");
      const offered = firstMeant(answer) ?? "-";
      return [name, codesOf(answer).join(" "), offered, finding?.slip ?? "-", weights].join("\t");
    });
  return ascii(
    `# ${list}: ${asked.length} of ${names.length} questioned; ${lines.length} of them:\n` +
      `# domain\tcodes\toffered first\tslip\tevidence\n${lines.join("\n")}\n`,
  )
    .replaceAll("\\u000a", "\n")
    .replaceAll("\\u0009", "\t");
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
