// SPDX-License-Identifier: MPL-2.0
// The wrong Bob: one recipient of a message swapped for a namesake written to before. Judged by
// headers alone, each sender from an empty start, beside a plain co-recipient affinity.
import { codesOf } from "../answers.js";
import { halfOf } from "../statistics.js";
import { rate, share } from "../table.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../data.js").NamedMessage} NamedMessage */
/** @typedef {import("../engine.js").Answer} Answer */
/** @typedef {import("../table.js").Row} Row */

const group = "The wrong Bob: swapped for a namesake written to before";
const code = "odd-one-out";

/** Questions per 1,000 recipients that odd-one-out may add. */
const oddGoal = 0.02;

/** @param {string} name @returns {string} */
const firstName = (name) => name.split(" ")[0];

/** @param {string} name @returns {string} an address of the one company */
function addressOf(name) {
  const local = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ".")
    .replace(/^\.|\.$/g, "");
  return `${local}@lantern-foundry.com`;
}

/** @param {NamedMessage} message @param {string[]} recipients */
function messageOf(message, recipients) {
  return {
    from: addressOf(message.sender),
    time: message.time,
    recipients: recipients.map((name) => ({ field: "to", text: `"${name}" <${addressOf(name)}>` })),
  };
}

/** Who stood beside whom, and who bears which first name, of one sender's mail so far. */
export class Affinity {
  constructor() {
    /** @type {Map<string, Map<string, number>>} */
    this.together = new Map();
    /** @type {Map<string, Set<string>>} */
    this.bearers = new Map();
  }

  /** @param {string[]} recipients */
  learn(recipients) {
    for (const name of recipients) {
      const bearers = this.bearers.get(firstName(name)) ?? new Set();
      this.bearers.set(firstName(name), bearers.add(name));
      const counts = this.together.get(name) ?? new Map();
      this.together.set(name, counts);
      for (const other of recipients) {
        if (other !== name) {
          counts.set(other, (counts.get(other) ?? 0) + 1);
        }
      }
    }
  }

  /** @param {string} name @param {string[]} recipients @returns {string[]} others of that name */
  namesakes(name, recipients) {
    return [...(this.bearers.get(firstName(name)) ?? [])].filter(
      (other) => !recipients.includes(other),
    );
  }

  /**
   * The plain score: how much more often the best namesake stood beside the others, as a log-ratio.
   * @param {number} at @param {string[]} recipients
   */
  score(at, recipients) {
    const others = recipients.filter((_, i) => i !== at);
    /** @param {string} name */
    const weight = (name) =>
      others.reduce((sum, other) => sum + (this.together.get(name)?.get(other) ?? 0), 0.5);
    const best = this.namesakes(recipients[at], recipients).map(weight);
    return others.length === 0 || best.length === 0
      ? -Infinity
      : Math.log(Math.max(...best) / weight(recipients[at]));
  }
}

/** @typedef {{at: number, recipients: string[]}} Swap */

/**
 * @param {Affinity} affinity @param {string[]} recipients
 * @param {import("../statistics.js").Chance} chance @returns {Swap | null}
 */
function swapOf(affinity, recipients, chance) {
  const ways = recipients.flatMap((name, at) =>
    affinity.namesakes(name, recipients).map((namesake) => ({ at, namesake })),
  );
  if (recipients.length < 2 || ways.length === 0) {
    return null;
  }
  const { at, namesake } = chance.pick(ways);
  return { at, recipients: recipients.map((name, i) => (i === at ? namesake : name)) };
}

/** @param {Answer} answer @param {number} [at] one recipient only @returns {number} the margin */
function engineScore(answer, at) {
  const pieces = (answer.recipients ?? [])
    .filter((_, i) => at === undefined || i === at)
    .flatMap((recipient) => recipient.evidence ?? [])
    .filter((piece) => piece.code === code && !piece.cleared_by);
  return Math.max(-Infinity, ...pieces.map((piece) => piece.score - piece.threshold));
}

/** @typedef {{right: number[], swapped: number[]}} Scores messages as sent, and swapped ones */
/** @typedef {{right: Scored[], swapped: Scored[]}} AllScores */
/** @typedef {{score: number, half: "tune" | "report"}} Scored the half its message belongs to */

/**
 * Found at a share of messages falsely questioned.
 * @param {Scores} scores @param {number} falsely a share @returns {number} swaps found
 */
export function foundAt({ right, swapped }, falsely) {
  const sorted = [...right].sort((a, b) => b - a);
  const threshold = sorted[Math.floor(sorted.length * falsely)] ?? -Infinity;
  return swapped.filter((score) => score > threshold).length;
}

/**
 * The threshold is set on the messages of the other half, and swaps are counted on this one.
 * @param {AllScores} scores @param {import("../statistics.js").Half} half @returns {Scores}
 */
function acrossHalves({ right, swapped }, half) {
  /** @param {Scored[]} scored @param {boolean} own */
  const of = (scored, own) =>
    scored
      .filter((one) => half === "all" || (one.half === half) === own)
      .map((one) => one.score);
  return { right: of(right, false), swapped: of(swapped, true) };
}

/**
 * Where the scores of right messages would be exceeded so often, by an exponential tail laid through
 * the highest ones: a half holds too few recipients to count such a rate.
 * @param {number[]} scores @param {number} highest how many the tail goes through
 * @param {number} expected messages above @returns {number}
 */
export function tailThreshold(scores, highest, expected) {
  const sorted = [...scores].sort((a, b) => b - a);
  const from = sorted[highest] ?? -Infinity;
  const excess = sorted.slice(0, highest).reduce((sum, score) => sum + score - from, 0) / highest;
  return from + excess * Math.log(highest / expected);
}

/**
 * How odd_prior of verdict/weights.hpp was chosen: what the check would question and find as it
 * moves. Take it on the tuning half.
 * @param {Context} context @returns {Promise<string[]>} lines
 */
export async function oddPriorLines(context) {
  const { scores, shipped } = await measure(context);
  /** @param {Scored[]} scored */
  const own = (scored) =>
    scored
      .filter((one) => context.half === "all" || one.half === context.half)
      .map((one) => one.score);
  const [right, swapped] = [own(scores.right), own(scores.swapped)];
  const rows = [1.2, 0.9, 0.6, 0.3, 0, -0.3].map((by) => {
    /** @param {number[]} all */
    const above = (all) => all.filter((score) => score + by >= 0).length;
    const cells = [by.toFixed(1), above(swapped), above(right)];
    return cells.map((cell) => String(cell).padStart(9)).join("");
  });
  const tails = [20, 40].map((highest) => {
    const expected = (oddGoal * shipped.recipients) / 1000;
    return `${highest}: ${tailThreshold(right, highest, expected).toFixed(2)}`;
  });
  return [
    `odd_prior moved by; of ${swapped.length} swaps found; of ${right.length} messages questioned`,
    ...rows,
    `${oddGoal} questions per 1,000 recipients, by a tail through the so many highest scores, are`,
    `at a margin of ${tails.join(", ")}: odd_prior is to be so much less`,
  ];
}

/** @param {Context} context */
async function measure(context) {
  /** @type {AllScores} */
  const engine = { right: [], swapped: [] };
  /** @type {AllScores} */
  const plain = { right: [], swapped: [] };
  const shipped = { questioned: 0, recipients: 0, found: 0 };
  /** @type {Map<string, NamedMessage[]>} */
  const senders = new Map();
  for (const message of context.data.namedMessages()) {
    senders.set(message.sender, [...(senders.get(message.sender) ?? []), message]);
  }
  const policy = context.engine.policy();
  const chance = context.chance("wrong bob");
  for (const messages of senders.values()) {
    const affinity = new Affinity();
    /** @type {object[]} */
    const lines = [];
    /** @type {((answer: Answer) => void)[]} */
    const heard = [];
    for (const message of messages) {
      const { recipients } = message;
      const half = halfOf(`${message.time}\t${message.sender}`);
      const counts = context.half === "all" || half === context.half;
      const scores = recipients.map((_, at) => affinity.score(at, recipients));
      plain.right.push({ score: Math.max(-Infinity, ...scores), half });
      lines.push({ op: "check", message: messageOf(message, recipients) });
      heard.push((answer) => {
        engine.right.push({ score: engineScore(answer), half });
        if (counts) {
          shipped.recipients += recipients.length;
          shipped.questioned += codesOf(answer).filter((found) => found === code).length;
        }
      });
      const swap = swapOf(affinity, recipients, chance);
      if (swap) {
        plain.swapped.push({ score: affinity.score(swap.at, swap.recipients), half });
        lines.push({ op: "check", message: messageOf(message, swap.recipients) });
        heard.push((answer) => {
          engine.swapped.push({ score: engineScore(answer, swap.at), half });
          const findings = answer.recipients?.[swap.at]?.findings ?? [];
          shipped.found += counts && findings.some((finding) => finding.code === code) ? 1 : 0;
        });
      }
      lines.push({ op: "sent", message: messageOf(message, recipients), right: true });
      heard.push(() => {});
      affinity.learn(recipients);
    }
    const conversation = context.engine.start(policy, { trace: true });
    (await conversation.ask(lines)).forEach((answer, i) => heard[i](answer));
    await conversation.end();
  }
  return {
    scores: engine,
    engine: acrossHalves(engine, context.half),
    plain: acrossHalves(plain, context.half),
    shipped,
  };
}

/** @param {Context} context @returns {Promise<Row[]>} */
export async function wrongBob(context) {
  const { engine, plain, shipped } = await measure(context);
  const n = engine.swapped.length;
  /** @type {Row[]} */
  const rows = [];
  for (const [falsely, goal] of [
    [0.001, 65],
    [0.005, 90],
  ]) {
    const beside = foundAt(plain, falsely);
    const at = `at ${100 * falsely} % of messages falsely questioned`;
    rows.push(
      share({
        group,
        source: "natural",
        figure: `found ${at}`,
        hits: foundAt(engine, falsely),
        n,
        mustAbove: (100 * beside) / Math.max(1, n),
        goal,
      }),
      share({ group, source: "natural", figure: "  plain co-recipient affinity", hits: beside, n }),
    );
  }
  rows.push(
    share({
      group,
      source: "natural",
      figure: "found at the shipped threshold",
      hits: shipped.found,
      n,
    }),
    rate({
      group,
      source: "natural",
      figure: "what odd-one-out adds, per 1,000 recipients",
      hits: shipped.questioned,
      n: shipped.recipients,
      must: 0.05,
      goal: oddGoal,
    }),
  );
  return rows;
}
