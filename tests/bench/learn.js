// SPDX-License-Identifier: MPL-2.0
/**
 * Learning from a large Sent folder in a real Thunderbird, while somebody writes: how long it takes,
 * and for how long the compose window stands still. Status 1 where a limit is broken.
 *
 *   learn.js [--messages N] [--json]
 */
import { parseArgs } from 'node:util';

import { fillSent, readSent } from '../thunderbird/harness/history.js';
import { pause, waitFor } from '../thunderbird/harness/run.js';
import { Settings } from '../thunderbird/harness/settings.js';
import { Thunderbird } from '../thunderbird/harness/thunderbird.js';

/** 100,000 messages may take so long, in seconds. */
const TIME_LIMIT = 600;

/** A compose window may stand still for so long, in milliseconds. */
const STALL_LIMIT = 100;

/** For so long somebody writes before the learning, to tell what Thunderbird does by itself. */
const WRITE_BEFORE = 60_000;

const { values: options } = parseArgs({
  options: { messages: { type: 'string', default: '100000' }, json: { type: 'boolean' } },
});
const messages = Number(options.messages);

/** @param {number} i */
const to = (i) => `Person ${i % 9973} <person${i % 9973}.of${i % 89}@fleet${i % 311}.example.org>`;

/**
 * From now on each time is noted for which the window's thread took nothing in: what ticker.js sends
 * comes as late as a key that is pressed would. Of ticks that waited for the same end the first
 * counts.
 * @param {import("../thunderbird/harness/compose.js").Compose} compose
 */
function watch(compose) {
  const folder = JSON.stringify(new URL('.', import.meta.url).href);
  return compose.run(`win.ticker?.terminate();
    win.Services.io.getProtocolHandler('resource').QueryInterface(win.Ci.nsIResProtocolHandler)
      .setSubstitution('guard-bench', win.Services.io.newURI(${folder}));
    const now = () => win.performance.timeOrigin + win.performance.now();
    win.stalls = [];
    let until = 0;
    win.ticker = new win.Worker('resource://guard-bench/ticker.js');
    win.ticker.onmessage = ({ data: sent }) => {
      if (sent > until) {
        until = now();
        win.stalls.push(until - sent);
      }
    };`);
}

/**
 * The longest times that the window stood still, in milliseconds, longest first.
 * @param {import("../thunderbird/harness/compose.js").Compose} compose
 * @returns {Promise<number[]>}
 */
async function stalls(compose) {
  const times = await compose.run(`if (win.stalls.length < 100) throw new Error('no ticks came');
    return win.stalls.sort((a, b) => b - a).slice(0, 5);`);
  return times.map(Math.round);
}

/**
 * Somebody writes for as long as `meanwhile` takes; tells for how long the window stood still.
 * @param {Thunderbird} thunderbird
 * @param {import("../thunderbird/harness/compose.js").Compose} compose
 * @param {() => Promise<unknown>} meanwhile
 */
async function stallsOfWriting(thunderbird, compose, meanwhile) {
  await compose.raise();
  await compose.click('#messageEditor');
  await pause(2_000); // coming to the front takes a window longer than anything later
  await watch(compose);
  let writing = true;
  const written = (async () => {
    while (writing) {
      await thunderbird.display.type('a line of text ');
      await pause(500);
    }
  })();
  await meanwhile();
  writing = false;
  await written;
  return stalls(compose);
}

async function measure() {
  const thunderbird = await Thunderbird.start({}, (one) => fillSent(one, messages, to));
  try {
    await thunderbird.watchWindows();
    await readSent(thunderbird);
    const compose = await thunderbird.compose({ to: 'carol@army.mil' });
    await pause(3_000);
    const before = await stallsOfWriting(thunderbird, compose, () => pause(WRITE_BEFORE));

    const settings = await Settings.open(thunderbird);
    await settings.click('#learn-form button');
    const began = performance.now();
    const during = await stallsOfWriting(thunderbird, compose, () => waitFor('it is finished',
      async () => {
        // Looking costs Thunderbird time as well.
        await pause(3_000);
        return /^Learned/.test(await settings.text('#learn-count'));
      }, 3_600_000));
    const seconds = (performance.now() - began) / 1000;
    return { messages, seconds: Math.round(seconds), before, during };
  } finally {
    await thunderbird.close();
  }
}

const found = await measure();
const limit = Math.max(30, (TIME_LIMIT * messages) / 100_000);
const good = found.seconds <= limit && found.during[0] <= STALL_LIMIT;
process.stdout.write(options.json ? `${JSON.stringify({ ...found, good })}\n`
  : `learning from ${found.messages} messages: ${found.seconds} s (at most ${Math.round(limit)} s)\n`
    + `longest times the compose window stood still: ${found.during.join(', ')} ms (at most ${STALL_LIMIT} ms)\n`
    + `  without the learning: ${found.before.join(', ')} ms\n`);
process.exitCode = good ? 0 : 1;
