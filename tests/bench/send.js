// SPDX-License-Identifier: MPL-2.0
/**
 * What the guard costs: from Send pressed to the message having arrived, with the extension and
 * without it, in turns in one Thunderbird. Status 1 when the medians differ by more than LIMIT.
 *
 *   send.js [--runs N] [--json]
 */
import { parseArgs } from 'node:util';

import { EXTENSION } from '../thunderbird/harness/places.js';
import { pause } from '../thunderbird/harness/run.js';
import { Thunderbird } from '../thunderbird/harness/thunderbird.js';

/** What the guard may cost, in milliseconds. */
const LIMIT = 50;

/** Thunderbird's own background work after an add-on changed, or a window closed, ends by then. */
const REST = 1_000;

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
 * @param {boolean} enabled
 */
async function setExtension(thunderbird, enabled) {
  await thunderbird.marionette.run(
    `const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
    const addon = await AddonManager.getAddonByID(args[0]);
    await (args[1] ? addon.enable() : addon.disable());`,
    EXTENSION, enabled);
  if (enabled) {
    await thunderbird.extensionRuns();
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

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } },
});
const runs = Number(values.runs);
const thunderbird = await Thunderbird.start();
/** @type {{with: number[], without: number[]}} */
const times = { with: [], without: [] };
try {
  // The first send of a Thunderbird loads code for both.
  await send(thunderbird);
  for (let turn = 0; turn < runs; turn++) {
    // The order changes too, so that neither is always the second.
    for (const enabled of turn % 2 ? [true, false] : [false, true]) {
      await setExtension(thunderbird, enabled);
      times[enabled ? 'with' : 'without'].push(await send(thunderbird));
    }
  }
} finally {
  await thunderbird.close();
}

const difference = median(times.with) - median(times.without);
const [low, high] = interval(times.with, times.without);
const result = {
  runs,
  with_ms: median(times.with),
  without_ms: median(times.without),
  difference_ms: difference,
  interval_ms: [low, high],
  limit_ms: LIMIT,
};
if (values.json) {
  process.stdout.write(`${JSON.stringify(result)}\n`);
} else {
  process.stdout.write(
    `Send pressed to message arrived, medians of ${runs} sends each, in turns:\n` +
      `  without the extension ${result.without_ms.toFixed(1)} ms\n` +
      `  with it               ${result.with_ms.toFixed(1)} ms\n` +
      `  difference            ${difference.toFixed(1)} ms ` +
      `(95 % interval ${low.toFixed(1)} to ${high.toFixed(1)}), limit ${LIMIT} ms\n`,
  );
}
process.exitCode = difference > LIMIT ? 1 : 0;
