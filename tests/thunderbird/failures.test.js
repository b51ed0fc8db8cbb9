// SPDX-License-Identifier: MPL-2.0
/**
 * The host fails in every way a program can: nothing is sent silently, no window stays locked, and
 * within five seconds a person is told. A proxy before the real host does the failing.
 */
import assert from 'node:assert/strict';

import { Desk } from './harness/desk.js';
import { pause, waitFor } from './harness/run.js';

/** A person is told within this time after Send, in milliseconds. */
const TOLD_WITHIN = 5_000;

const desk = new Desk({}, (thunderbird) => thunderbird.host.useFaulty());

/**
 * Sends to an address that is right, and gets the degraded page.
 * @param {import("./harness/thunderbird.js").Thunderbird} thunderbird
 * @param {string} [to]
 */
async function sendIntoFailure(thunderbird, to = 'bob@navy.mil') {
  const compose = await thunderbird.compose({ to });
  const pressed = await compose.pressSend();
  const review = await desk.review({ time: 20_000, state: 'degraded' });
  const took = performance.now() - pressed;
  assert.ok(took < TOLD_WITHIN, `the person was told after ${Math.round(took)} ms`);
  await desk.usable(compose);
  assert.deepEqual(await thunderbird.sink.take(), []);
  return { compose, review };
}

/** @type {[import("./harness/host.js").Fault, string][]} */
const FAULTS = [
  ['crash', 'crashes'],
  ['hang', 'hangs'],
  ['silent', 'never answers'],
  ['garbage', 'answers garbage'],
  ['badlength', 'writes text instead of frames'],
  ['huge', 'answers more than a frame may hold'],
];

for (const [fault, words] of FAULTS) {
  for (const when of ['while it runs', 'from its start']) {
    desk.scenario(`a host that ${words} ${when}: not sent, window free, person told`,
      async (thunderbird) => {
        // The scenario before ended with a send, so the host runs.
        const { host } = thunderbird;
        if (when === 'from its start') {
          host.kill();
        }
        host.fault(fault);
        const { compose, review } = await sendIntoFailure(thunderbird);
        await review.keys('Escape');
        await review.closes();
        await desk.usable(compose);
        host.fault('pass');
        await desk.nothingLeft();
      });
  }
}

desk.scenario('a host that is missing: not sent, window free, person told', async (thunderbird) => {
  const { host } = thunderbird;
  host.remove();
  host.kill();
  const { compose, review } = await sendIntoFailure(thunderbird);
  await review.click('[data-action=back]');
  await review.closes();
  await desk.usable(compose);
  await host.install();
  host.useFaulty();
  await desk.nothingLeft();
});

desk.scenario('a host that is killed while the page is open does no harm', async (thunderbird) => {
  const { host } = thunderbird;
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  host.kill();
  await pause(300);
  await review.act('bob@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  assert.deepEqual(await thunderbird.sink.take(), []);
  await review.click('[data-action=send]');
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
});

desk.scenario('a right address leaves by itself after a host that takes a second',
  async (thunderbird) => {
  thunderbird.host.fault('slow', 1_000);
  const compose = await thunderbird.compose({ to: 'bob@navy.mil' });
  await compose.pressSend();
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
  await desk.noWindowOpened();
  thunderbird.host.fault('pass');
});

desk.scenario('a mistyped address is asked about after a host that takes a second',
  async (thunderbird) => {
  thunderbird.host.fault('slow', 1_000);
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  await desk.usable(compose);
  thunderbird.host.fault('pass');
  await review.act('bob@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
});

desk.scenario('sent from the degraded page: kept, and told at the next hello',
  async (thunderbird) => {
  const { host } = thunderbird;
  host.fault('crash');
  const { compose, review } = await sendIntoFailure(
    thunderbird, 'out@navy.mil, ann@unit.example.mil, ben@unit.example.mil');
  const page = await review.read();
  assert.equal(page.sendSleeps, true);
  assert.deepEqual(
    page.cards.map((card) => card.address || card.code).sort(), ['inside', 'out@navy.mil']);
  await review.act('out@navy.mil', 'right');
  await review.act('inside', 'right');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  assert.deepEqual(await thunderbird.sink.take(), []);
  await review.click('[data-action=send]');
  await desk.leaves(['out@navy.mil', 'ann@unit.example.mil', 'ben@unit.example.mil']);
  await compose.closes();

  const before = host.frames().length;
  host.fault('pass');
  await desk.nothingLeft();
  const told = await waitFor('the host is told', () =>
    host.frames().slice(before).find((frame) => frame.op === 'unguarded'));
  assert.deepEqual(
    told.message.recipients.map(/** @param {any} one */ (one) => one.parsed ?? one.text),
    ['out@navy.mil', 'ann@unit.example.mil', 'ben@unit.example.mil']);
  assert.equal(told.mode, 'now');
});

desk.scenario('the extension reloaded while the page is open: not sent, window free',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  await desk.review({ state: 'asking' });
  await thunderbird.reloadExtension();
  await desk.usable(compose);
  await desk.nothingLeft();
  await desk.usable(compose);
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  await review.act('bob@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
});

desk.scenario('the extension reloaded while a hanging host is awaited: window free',
  async (thunderbird) => {
  const { host } = thunderbird;
  await desk.nothingLeft();
  host.fault('hang');
  const compose = await thunderbird.compose({ to: 'bob@navy.mil' });
  await compose.pressSend();
  await pause(600);
  await thunderbird.reloadExtension();
  await desk.usable(compose);
  host.fault('pass');
  await desk.nothingLeft();
  await desk.usable(compose);
  await compose.pressSend();
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
});
