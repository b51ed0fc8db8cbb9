// SPDX-License-Identifier: MPL-2.0
/** The extension's background page is stopped when idle; here after two seconds. */
import assert from 'node:assert/strict';

import { Desk } from './harness/desk.js';
import { pause } from './harness/run.js';

const desk = new Desk({ preferences: { 'extensions.background.idle.timeout': 2_000 } });

desk.scenario('a page left open for a minute still changes and sends', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  await pause(60_000);
  await desk.usable(compose);
  assert.deepEqual(await thunderbird.sink.take(), []);
  await review.act('bob@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
}, 120_000);

desk.scenario('a background stopped while the page is open loses nothing', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml, eve@army.ml' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  await review.act('eve@army.ml', 'remove');
  await review.shows('one card is settled', ({ cards }) =>
    cards.some((card) => card.settled === 'remove'));
  await thunderbird.stopBackground();
  await desk.usable(compose);
  await review.act('bob@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
});

desk.scenario('a background stopped before Send is woken by it', async (thunderbird) => {
  const right = await thunderbird.compose({ to: 'bob@navy.mil' });
  await thunderbird.stopBackground();
  await right.pressSend();
  await desk.leaves(['bob@navy.mil']);
  await right.closes();
  await desk.noWindowOpened();

  const wrong = await thunderbird.compose({ to: 'bob@navy.ml' });
  await thunderbird.stopBackground();
  await wrong.pressSend();
  const review = await desk.review({ state: 'asking' });
  await review.keys('Escape');
  await review.closes();
  await desk.usable(wrong);
  await desk.nothingLeft();
});
