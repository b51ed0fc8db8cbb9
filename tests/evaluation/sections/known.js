// SPDX-License-Identifier: MPL-2.0
// With a history: the person is known, and the domain or the local part slips.
import { isQuestioned } from "../answers.js";
import { coveredBy } from "../context.js";
import { rightFirst, stopped } from "../counting.js";
import { messageTo } from "../engine.js";
import { domainSlips } from "../generator/slips.js";
import { askToday, pastOf, personName, today } from "../people.js";
import { share } from "../table.js";
import { company, localPartPairs, noSlip } from "./local-parts.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../table.js").Row} Row */
/** @typedef {{typed: string, intended: string}} Pair whole addresses */

const group = "With a history: the person is known";

/**
 * One person's run: everybody meant was written to three times, then what was typed is asked.
 * @param {Context} context @param {Pair[]} pairs @param {(pair: Pair) => number} [times]
 */
async function askKnown(context, pairs, times = () => 3) {
  const conversation = context.engine.start(context.engine.policy(), { trace: true });
  const taught = new Map(pairs.map((pair) => [pair.intended, times(pair)]));
  await conversation.ask(pastOf(taught));
  const asked = pairs.filter((pair) => !taught.has(pair.typed));
  const answers = await conversation.ask(asked.map((pair) => askToday(pair.typed)));
  await conversation.end();
  return asked.map(({ typed, intended }, i) => ({ typed, right: [intended], answer: answers[i] }));
}

/**
 * @param {import("../counting.js").Case[]} cases @param {string} figure
 * @param {"natural" | "generated"} source @param {{must?: number, goal?: number}} [bounds]
 */
function rowsOf(cases, figure, source, bounds = {}) {
  return [
    stopped({ group, source, figure: `${figure}: questioned` }, cases),
    rightFirst({ group, source, figure: `${figure}: right correction first`, ...bounds }, cases),
  ];
}

/** @param {{typed: string, intended: string}[]} slips domains @returns {Pair[]} somebody there */
function peopleAt(slips) {
  return slips.map(({ typed, intended }, i) => ({
    typed: `${personName(i)}@${typed}`,
    intended: `${personName(i)}@${intended}`,
  }));
}

/** @param {Context} context @returns {Promise<Row[]>} */
export async function known(context) {
  const bounds = { must: 98, goal: 99.5 };
  const typos = context.halfOfSlips(
    context.data.naturalDomainSlips().filter((row) => row.label === "typo"),
  );
  const freemail = context.halfOfSlips(context.data.freemailSlips());
  const names = context.business().allowed;
  const slips = domainSlips(
    names,
    600,
    context.chance("known"),
    context.realDomains(),
    coveredBy(names),
  );
  const inside = slips.filter((slip) => !slip.outside);
  const locals = localPartPairs(context, "typo-likely");
  const heard = new Map(
    locals.map((row) => [`${row.other}@${company}`, Math.min(row.otherTimes, 20)]),
  );
  const localCases = await askKnown(
    context,
    locals.map((row) => ({
      typed: `${row.typed}@${company}`,
      intended: `${row.other}@${company}`,
    })),
    (pair) => heard.get(pair.intended) ?? 3,
  );
  return [
    ...rowsOf(await askKnown(context, peopleAt(typos)), "slip of the domain", "natural", bounds),
    ...rowsOf(await askKnown(context, peopleAt(freemail)), "slip of a mail provider", "generated"),
    ...rowsOf(await askKnown(context, peopleAt(inside)), "slip of the domain", "generated", bounds),
    ...rowsOf(
      await askKnown(context, peopleAt(slips.filter((slip) => slip.outside))),
      "slip of the domain, outside the model",
      "generated",
    ),
    ...localPartRows(localCases),
    ...(await bothKnown(context)),
  ];
}

/**
 * All rows, and by themselves those that can be slips at all: the must and the goal are for these.
 * @param {import("../counting.js").Case[]} cases @returns {Row[]}
 */
function localPartRows(cases) {
  /** @param {string} address */
  const local = (address) => address.slice(0, address.lastIndexOf("@"));
  const why = cases.map(({ typed, right }) => noSlip(local(typed), local(right[0])));
  const figure = "slip of the local part";
  const out = why.filter((reason) => reason !== null);
  const told = [...new Set(out)].map((reason) => {
    return `${reason} ${out.filter((other) => other === reason).length}`;
  });
  return [
    ...rowsOf(cases, `${figure}, all rows`, "natural"),
    rightFirst(
      {
        group,
        source: "natural",
        figure: `${figure}, rows that docs/PROTOCOL lets be one: right correction first`,
        must: 90,
        goal: 98,
        note: `left out as no slip, by rule: ${told.join(", ") || "none"}`,
      },
      cases.filter((_, i) => why[i] === null),
    ),
  ];
}

/**
 * Both written to, one letter apart: asked three times, each question answered with "it is right".
 * @param {Context} context @returns {Promise<Row[]>}
 */
async function bothKnown(context) {
  /** @param {number} times */
  const some = (times) => Math.max(1, Math.min(times, 50));
  const locals = context.data.localPartSlips().filter((row) => row.label === "both-legit");
  const people = new Map(
    locals.flatMap((row) => [
      [`${row.typed}@${company}`, some(row.typedTimes)],
      [`${row.other}@${company}`, some(row.otherTimes)],
    ]),
  );
  const domains = context.data.naturalDomainSlips().filter((row) => row.label === "both-legit");
  domains.forEach((row, i) => {
    people.set(`${personName(2 * i)}@${row.typed}`, 3);
    people.set(`${personName(2 * i + 1)}@${row.intended}`, 3);
  });
  const conversation = context.engine.start(context.engine.policy());
  await conversation.ask(pastOf(people));
  const counts = { once: 0, again: 0 };
  for (const address of people.keys()) {
    const [first] = await conversation.ask([askToday(address)]);
    if (isQuestioned(first)) {
      counts.once += 1;
      const message = messageTo(address, { time: today });
      await conversation.ask([{ op: "sent", message, right: true }]);
      const [second, third] = await conversation.ask([askToday(address), askToday(address)]);
      counts.again += isQuestioned(second) || isQuestioned(third) ? 1 : 0;
    }
  }
  await conversation.end();
  const n = people.size;
  return [
    share({
      group,
      source: "natural",
      n,
      hits: n - counts.again,
      must: 100,
      goal: 100,
      figure: "both known and one letter apart: questioned at most once",
    }),
    share({
      group,
      source: "natural",
      n,
      hits: n - counts.once,
      goal: 100,
      figure: "  never questioned",
    }),
  ];
}
