// SPDX-License-Identifier: MPL-2.0
// tools/evaluate: measures the program and prints the table of "Finding slips".
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isRightFirst, strongest } from "./answers.js";
import { readArguments, usage } from "./arguments.js";
import { Context } from "./context.js";
import { CannotRun, Data } from "./data.js";
import { Engine } from "./engine.js";
import { fitText } from "./fit.js";
import { fitPeopleText } from "./fit-people.js";
import { curveOf, picture } from "./picture.js";
import { questionsText } from "./questions.js";
import { classes, generated } from "./sections/generated.js";
import { known } from "./sections/known.js";
import { localParts } from "./sections/local-parts.js";
import { natural } from "./sections/natural.js";
import { besidePeers, peerPoints } from "./sections/peers.js";
import { replay } from "./sections/replay.js";
import { strangers } from "./sections/strangers.js";
import { suffixes } from "./sections/suffixes.js";
import { wrongBob } from "./sections/wrong-bob.js";
import { judged, printed } from "./table.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** @type {Record<string, (context: Context) => Promise<import("./table.js").Row[]>>} */
const sections = {
  natural,
  generated,
  classes,
  strangers,
  suffixes,
  "local-parts": localParts,
  peers: besidePeers,
  known,
  replay,
  "wrong-bob": wrongBob,
};

/** @param {Context} context @param {string} path */
async function drawPicture(context, path) {
  const slips = await context.naturalSlips();
  const asked = await context.businessStrangers();
  const [ours, ...peers] = (await peerPoints(context)).map((point) => ({
    name: point.name,
    right: (100 * point.right) / Math.max(1, point.slips),
    wrong: (1000 * point.wrong) / Math.max(1, point.strangers),
  }));
  const curve = curveOf(
    slips.map(({ answer, intended, right: meant }) => {
      const { margin, near } = strongest(answer);
      // Below the shipped threshold nothing is offered yet; there the name it is near to counts.
      const right = isRightFirst(answer, meant);
      return { margin, right: right || (margin < 0 && near?.split("@").pop() === intended) };
    }),
    asked.map(({ answer }) => strongest(answer).margin),
  );
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    picture({ curve, shipped: ours, peers, slips: slips.length, strangers: asked.length }),
  );
}

/**
 * @param {Context} context @param {ReturnType<typeof readArguments>} wanted
 * @returns {Promise<number>} the exit status
 */
async function measure(context, wanted) {
  const began = Date.now();
  const rows = [];
  for (const name of wanted.sections) {
    const from = Date.now();
    rows.push(...(await sections[name](context)).map(judged));
    process.stderr.write(`${name}: ${((Date.now() - from) / 1000).toFixed(1)} s\n`);
  }
  const missed = rows.filter((row) => row.result === "MISSED");
  const path =
    wanted.picture ?? (wanted.isWhole ? join(root, "build", "evaluation.svg") : undefined);
  if (path !== undefined) {
    await drawPicture(context, path);
    process.stderr.write(`picture: ${relative(process.cwd(), path)}\n`);
  }
  if (wanted.json) {
    const about = { half: wanted.half, seed: wanted.seed, missed: missed.length };
    const shown = rows.map((row) => ({ ...row, misses: row.misses?.slice(0, wanted.misses) }));
    process.stdout.write(`${JSON.stringify({ ...about, rows: shown }, null, 1)}\n`);
  } else {
    process.stdout.write(printed(rows, wanted.misses));
    process.stdout.write(
      `\nNatural rows of the half '${wanted.half}', seed ${wanted.seed}, ` +
        `${((Date.now() - began) / 1000).toFixed(0)} s. Musts missed: ${missed.length}` +
        `${missed.map((row) => `\n  ${row.group}: ${row.figure.trim()}`).join("")}\n`,
    );
  }
  return missed.length > 0 ? 1 : 0;
}

/** @param {string[]} words @returns {Promise<number>} the exit status */
async function main(words) {
  const wanted = readArguments(words);
  if (wanted.help) {
    process.stdout.write(usage);
    return 0;
  }
  const data = new Data(wanted.data);
  const engine = new Engine(
    wanted.program ?? join(root, "build", "release", "recipient-guard"),
    wanted.keyboards,
  );
  try {
    const context = new Context({ data, engine, half: wanted.half, seed: wanted.seed });
    if (wanted.questions !== undefined) {
      process.stdout.write(await questionsText(context, wanted.questions, wanted.sample));
      return 0;
    }
    if (wanted.fit) {
      process.stdout.write(await fitText(context));
      return 0;
    }
    if (wanted.fitPeople) {
      process.stdout.write(await fitPeopleText(context));
      return 0;
    }
    return await measure(context, wanted);
  } finally {
    engine.close();
  }
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error) => {
    const isOurs = error instanceof CannotRun;
    process.stderr.write(`tools/evaluate: ${isOurs ? error.message : error.stack}\n`);
    process.exitCode = isOurs ? error.status : 70;
  },
);
