// SPDX-License-Identifier: MPL-2.0
/**
 * What the guard costs: from Send pressed to the message having arrived, with the extension and
 * without it, in turns in one Thunderbird. Status 1 when the medians differ by more than LIMIT.
 *
 *   send.js [--runs N] [--floor] [--json]
 *
 * --floor measures beside them an add-on that is asked and lets each message go at once: what
 * Thunderbird itself takes to ask any add-on, of which the extension is one.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';

import { EXTENSION, ROOT } from '../thunderbird/harness/places.js';
import { pause } from '../thunderbird/harness/run.js';
import { Thunderbird } from '../thunderbird/harness/thunderbird.js';

/** What the guard may cost, in milliseconds. */
const LIMIT = 50;

/** Thunderbird's own background work after an add-on changed, or a window closed, ends by then. */
const REST = 600;

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * The 95 % interval of the difference of the medians, by resampling with a fixed seed.
 * @param {number[]} more
 * @param {number[]} less
 */
function interval(more, less) {
  let seed = 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  /** @param {number[]} values */
  const drawn = (values) => values.map(() => values[Math.floor(random() * values.length)]);
  const found = Array.from({ length: 2_000 }, () => median(drawn(more)) - median(drawn(less)));
  found.sort((a, b) => a - b);
  return [found[50], found[1_949]];
}

/**
 * @param {Thunderbird} thunderbird
 * @param {string} id of an add-on
 * @param {boolean} enabled
 */
async function setAddon(thunderbird, id, enabled) {
  await thunderbird.marionette.run(
    `const addon = await AddonManager.getAddonByID(args[0]);
    await (args[1] ? addon.enable() : addon.disable());`,
    id, enabled);
  if (enabled) {
    await thunderbird.extensionRuns(id);
  }
}

/**
 * One send. The clock starts with the press itself, as Thunderbird sees it, so that the time the
 * test's own tools take does not count.
 * @param {Thunderbird} thunderbird
 * @returns {Promise<number>} milliseconds
 */
async function send(thunderbird) {
  const { sink } = thunderbird;
  const compose = await thunderbird.compose({ to: 'bob@navy.mil' });
  // Kept on the main window: the compose window is gone by the time it is asked for.
  await compose.run(`const main = Services.wm.getMostRecentWindow("mail:3pane");
    win.addEventListener("mouseup", () => {
      main.pressedAt = win.performance.timeOrigin + win.performance.now();
    }, { capture: true });`);
  await pause(REST);
  const before = sink.messages.length;
  await compose.pressSend();
  if (!(await sink.arrived(before + 1, 15_000))) {
    throw new Error('a message did not arrive');
  }
  const arrived = performance.timeOrigin + sink.messages[before].at;
  await compose.closes();
  const pressed = await thunderbird.marionette.run(
    `return Services.wm.getMostRecentWindow("mail:3pane").pressedAt`);
  return arrived - pressed;
}

/** Who is asked at Send, by the name of the row. */
const ASKED = { without: '', floor: 'let-go@example.org', with: EXTENSION };

/**
 * @param {number} runs
 * @param {(keyof typeof ASKED)[]} ways
 */
async function measure(runs, ways) {
  const times = { without: [], floor: [], with: [] };
  const thunderbird = await Thunderbird.start();
  try {
    await thunderbird.marionette.install(path.join(ROOT, 'tests/thunderbird/addons/let-go'));
    for (const id of Object.values(ASKED).filter(Boolean)) {
      await setAddon(thunderbird, id, false);
    }
    for (let turn = 0; turn < runs; turn++) {
      // The order changes too, so that none always comes after the same other.
      for (const way of turn % 2 ? [...ways].reverse() : ways) {
        const id = ASKED[way];
        if (id) {
          await setAddon(thunderbird, id, true);
        }
        // The first send after a change loads what the others find loaded.
        await send(thunderbird);
        /** @type {number[]} */ (times[way]).push(await send(thunderbird));
        if (id) {
          await setAddon(thunderbird, id, false);
        }
      }
    }
  } finally {
    await thunderbird.close();
  }
  return times;
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    floor: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const times = await measure(runs, values.floor ? ['without', 'floor', 'with'] : ['without', 'with']);
const difference = median(times.with) - median(times.without);
const [low, high] = interval(times.with, times.without);
if (values.json) {
  process.stdout.write(`${JSON.stringify({
    runs,
    without_ms: median(times.without),
    ...(values.floor ? { floor_ms: median(times.floor) } : {}),
    with_ms: median(times.with),
    difference_ms: difference,
    interval_ms: [low, high],
    limit_ms: LIMIT,
  })}\n`);
} else {
  const line = (/** @type {string} */ name, /** @type {number} */ value) =>
    `  ${name.padEnd(38)}${value.toFixed(1).padStart(7)} ms`;
  const range = `95 % interval ${low.toFixed(1)} to ${high.toFixed(1)}`;
  process.stdout.write(`${[
    `Send pressed to message arrived, medians of ${runs} sends each, in turns:`,
    line('without the extension', median(times.without)),
    ...(values.floor ? [line('an add-on that lets each message go', median(times.floor))] : []),
    line('with the extension', median(times.with)),
    `${line('difference', difference)} (${range}), limit ${LIMIT} ms`,
  ].join('\n')}\n`);
}
process.exitCode = difference > LIMIT ? 1 : 0;
