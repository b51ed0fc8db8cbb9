// SPDX-License-Identifier: MPL-2.0
// Replays what busy senders wrote, each from an empty start, as it would have been with the guard:
// a question that is no slip is answered "it is right"; a slip that is questioned is put right and
// so not learnt; a slip that goes unnoticed is sent and learnt.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { codesOf, firstMeant, isQuestioned } from "../answers.js";
import { messageTo } from "../engine.js";
import { localPartSlip, shares, slipOfKind, topLevelShare } from "../generator/slips.js";
import { OneEditIndex } from "../one-edit.js";
import { day, today } from "../people.js";
import { rate, share } from "../table.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../data.js").MailRow} MailRow */
/** @typedef {import("../statistics.js").Chance} Chance */
/** @typedef {import("../table.js").Row} Row */
/** @typedef {{row: MailRow, hash: string, codes: string[], meant: string | undefined}} Question */
/** @typedef {(row: MailRow, answer: import("../engine.js").Answer) => void} Heard */
/** @typedef {{intended: string, questioned: boolean, right: boolean}} Injected */

const group = "Replay of busy senders' mail, from an empty start";

/** Slips in 1,000 recipients, as measured on such mail. */
const slipsPerThousand = 0.07;
/** One slip is tried in that many rows; asked only, never sent, so the history does not see it. */
const injectedEvery = 100;

/** @param {MailRow} row @returns {string} names a row without telling it */
export function hashOf(row) {
  return createHash("sha256").update(`${row.sender}\t${row.recipient}`).digest("hex").slice(0, 16);
}

/**
 * What a person said of questions read by hand: by hash, so that no address stands here.
 * @returns {Record<string, {label: "slip" | "right address" | "cannot be told", why: string}>}
 */
function readLabels() {
  return JSON.parse(readFileSync(new URL("../replay-labels.json", import.meta.url), "utf8")).labels;
}

const labels = readLabels();

/** @param {MailRow} row @returns {boolean} a known slip, or one that a person who read it calls so */
export function isLabelledSlip(row) {
  return row.knownSlip || labels[hashOf(row)]?.label === "slip";
}

/** @param {MailRow[]} rows @returns {Map<string, MailRow[]>} */
function bySender(rows) {
  /** @type {Map<string, MailRow[]>} */
  const senders = new Map();
  for (const row of rows) {
    const held = senders.get(row.sender);
    if (held) {
      held.push(row);
    } else {
      senders.set(row.sender, [row]);
    }
  }
  return senders;
}

/**
 * A slip of somebody written to before.
 * @param {string[]} past addresses @param {Set<string>} ever all the sender ever writes to
 * @param {Chance} chance
 * @returns {{typed: string, intended: string} | null}
 */
function injection(past, ever, chance) {
  const intended = chance.pick(past);
  const cut = intended.lastIndexOf("@");
  const [local, domain] = [intended.slice(0, cut), intended.slice(cut + 1)];
  const where = chance.happens(topLevelShare) ? "top-level" : "name";
  const typed = chance.happens(0.5)
    ? `${local}@${slipOfKind(chance.weighted(shares), domain, chance, where)}`
    : `${localPartSlip(local, chance)?.typed}@${domain}`;
  return /^null@|^undefined@|@null$/.test(typed) || ever.has(typed) ? null : { typed, intended };
}

/**
 * @param {Context} context @param {MailRow[]} rows of one sender
 * @param {(question: Question) => void} onQuestion @param {(one: Injected) => void} onInjected
 * @param {Heard} [onAnswer] hears every answer, then with its evidence
 */
async function replaySender(context, rows, onQuestion, onInjected, onAnswer) {
  const chance = context.chance(`replay ${rows[0].sender}`);
  const ever = new Set(rows.map((row) => row.recipient));
  const trace = onAnswer !== undefined;
  const conversation = context.engine.start(context.engine.policy(), { trace });
  /** @type {{line: object, heard?: (answer: import("../engine.js").Answer) => void}[]} */
  let pending = [];
  const flush = async () => {
    const sent = pending;
    pending = [];
    const answers = await conversation.ask(sent.map(({ line }) => line));
    sent.forEach(({ heard }, i) => heard?.(answers[i]));
  };
  /** @type {string[]} */
  const past = [];
  for (const [i, row] of rows.entries()) {
    // The rows have no times: the whole stream is laid evenly into 300 days, inside keep_days.
    const time = today - 300 * day + Math.floor((i * 300 * day) / rows.length);
    /** @param {string} address */
    const message = (address) => ({ ...messageTo(address), from: row.sender, time });
    let asked = false;
    pending.push({
      line: { op: "check", message: message(row.recipient) },
      heard: (answer) => {
        asked = isQuestioned(answer);
        onAnswer?.(row, answer);
        if (asked) {
          onQuestion({ row, hash: hashOf(row), codes: codesOf(answer), meant: firstMeant(answer) });
        }
      },
    });
    if (row.knownSlip) {
      await flush(); // whether it is sent depends on the answer
    }
    if (!row.knownSlip || !asked) {
      pending.push({
        line: { op: "sent", message: message(row.recipient), right: !row.knownSlip },
      });
      past.push(row.recipient);
    }
    const slip =
      past.length > 50 && chance.happens(1 / injectedEvery) ? injection(past, ever, chance) : null;
    if (slip) {
      pending.push({
        line: { op: "check", message: message(slip.typed) },
        heard: (answer) =>
          onInjected({
            intended: slip.intended,
            questioned: isQuestioned(answer),
            right: firstMeant(answer) === slip.intended,
          }),
      });
    }
    if (pending.length > 5000) {
      await flush();
    }
  }
  await flush();
  await conversation.end();
}

/** The plain rule: a first contact whose address, or whose domain, is one edit from a known one. */
class PlainRule {
  constructor() {
    this.addresses = new OneEditIndex();
    this.domains = new OneEditIndex();
  }

  /** @param {string} address @returns {boolean} questioned; it is known afterwards */
  asks(address) {
    const domain = address.slice(address.lastIndexOf("@") + 1);
    const asks = this.addresses.near(address).length > 0 || this.domains.near(domain).length > 0;
    this.addresses.add(address);
    this.domains.add(domain);
    return asks;
  }
}

/**
 * All senders, two at a time.
 * @param {Context} context @param {Heard} [onAnswer]
 * @returns {Promise<{rows: MailRow[], firsts: number, questions: Question[], injected: Injected[],
 *   plainFalse: number}>}
 */
export async function replayAll(context, onAnswer) {
  const rows = context.data.onePersonsMail();
  /** @type {Question[]} */
  const questions = [];
  /** @type {Injected[]} */
  const injected = [];
  const queue = [...bySender(rows).values()];
  let firsts = 0;
  let plainFalse = 0;
  for (const own of queue) {
    const rule = new PlainRule();
    /** @type {Set<string>} */
    const met = new Set();
    for (const row of own) {
      if (!met.has(row.recipient)) {
        met.add(row.recipient);
        plainFalse += rule.asks(row.recipient) && !row.knownSlip ? 1 : 0;
      }
    }
    firsts += met.size;
  }
  const work = async () => {
    for (let own = queue.shift(); own; own = queue.shift()) {
      await replaySender(
        context,
        own,
        (q) => questions.push(q),
        (one) => injected.push(one),
        onAnswer,
      );
    }
  };
  await Promise.all([work(), work()]);
  return { rows, firsts, questions, injected, plainFalse };
}

/**
 * @param {Question[]} wrong
 * @returns {string} how often each code, and what nobody has read yet
 */
function aboutFalse(wrong) {
  /** @type {Map<string, number>} */
  const codes = new Map();
  for (const code of wrong.flatMap((question) => question.codes)) {
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  const listed = [...codes].map(([code, count]) => `${code} ${count}`).join(", ");
  const unread = wrong.filter((question) => !(question.hash in labels)).length;
  return `${listed || "none"}; not yet read by hand: ${unread}`;
}

/** @param {Question} question @returns {string[]} */
function toldOf({ row, codes, meant }) {
  return [`${row.recipient}:`, ...codes, ...(meant ? [`offered ${meant}`] : [])];
}

/** @param {Injected[]} injected @param {number} rows @param {number} falsely @returns {Row[]} */
function injectedRows(injected, rows, falsely) {
  const n = injected.length;
  const found = injected.filter((one) => one.questioned).length;
  const right = injected.filter((one) => one.questioned && one.right).length;
  // As many slips as such mail holds, found as often as those tried.
  const expected = Math.round(((rows * slipsPerThousand) / 1000) * (found / Math.max(1, n)));
  const about = /** @type {const} */ ({ group, source: "generated" });
  const figure = "injected slips of somebody known";
  return [
    share({ ...about, figure: `${figure}: questioned`, hits: found, n }),
    share({ ...about, figure: `${figure}: right correction first`, hits: right, n }),
    share({
      ...about,
      figure: "of the questions, rightly asked, with slips at the measured rate",
      hits: expected,
      n: expected + falsely,
      note: `${slipsPerThousand} slips in 1,000 recipients`,
    }),
  ];
}

/** @param {Context} context @returns {Promise<Row[]>} */
export async function replay(context) {
  const { rows, firsts, questions, injected, plainFalse } = await replayAll(context);
  /** @param {Question} question */
  const isSlip = (question) => isLabelledSlip(question.row);
  const wrong = questions.filter((question) => !isSlip(question));
  // A slip that folder copies repeat is one slip.
  const distinct = [...new Map(questions.map((question) => [question.hash, question])).values()];
  const slips = new Set(rows.filter((row) => row.knownSlip).map(hashOf));
  const known = distinct.filter((question) => question.row.knownSlip).length;
  const about = /** @type {const} */ ({ group, source: "natural" });
  const falsely = { ...about, hits: wrong.length };
  const plain = { ...about, hits: plainFalse };
  const figures = [
    "false questions per 1,000 recipients",
    "false questions per 1,000 first contacts",
  ];
  const note = aboutFalse(wrong);
  return [
    rate({
      ...falsely,
      figure: figures[0],
      n: rows.length,
      must: 0.2,
      goal: 0.05,
      note,
      misses: wrong.map((question) => [question.hash, ...toldOf(question)].join(" ")),
    }),
    rate({ ...plain, figure: "  plain one-edit rule", n: rows.length }),
    rate({ ...falsely, figure: figures[1], n: firsts }),
    rate({ ...plain, figure: "  plain one-edit rule", n: firsts }),
    share({
      ...about,
      figure: "of the questions, rightly asked",
      hits: distinct.filter(isSlip).length,
      n: distinct.length,
      must: 70,
      goal: 90,
    }),
    share({ ...about, figure: "known slips questioned", hits: known, n: slips.size }),
    ...injectedRows(injected, rows.length, wrong.length),
  ];
}
