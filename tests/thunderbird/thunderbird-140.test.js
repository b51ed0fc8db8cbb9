// SPDX-License-Identifier: MPL-2.0
/** The oldest Thunderbird that the extension promises to run in: 140, as Debian 12 carries it. */
import assert from 'node:assert/strict';
import path from 'node:path';

import { addLists } from './harness/address-book.js';
import { Desk } from './harness/desk.js';
import { ROOT, THUNDERBIRD_140 } from './harness/places.js';
import { run, waitFor } from './harness/run.js';

const desk = new Desk({ program: THUNDERBIRD_140 }, () =>
  run(path.join(ROOT, 'tests/thunderbird/fetch-140'), [], { time: 120_000 }));

desk.scenario('it is Thunderbird 140', async (thunderbird) => {
  assert.match(await thunderbird.marionette.run('return Services.appinfo.version'), /^140\./);
});

desk.scenario('140: a right address goes out and no window comes up', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.mil' });
  await compose.pressSend();
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
  await desk.noWindowOpened();
});

desk.scenario('140: a mistyped address is stopped, changed by one click and sent',
  async (thunderbird) => {
  const compose = await thunderbird.compose();
  await compose.typeRecipient('to', 'bob@navy.ml');
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  await desk.usable(compose);
  await review.act('bob@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
});

desk.scenario('140: going back by Escape sends nothing', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  await review.keys('Escape');
  await review.closes();
  await desk.usable(compose);
  await desk.nothingLeft();
});

desk.scenario('140: the bad member of a list with a description is found', async (thunderbird) => {
  await addLists(thunderbird, [
    { name: 'Mates', description: 'all my mates', members: ['ann@navy.mil', 'mal@navy.ml'] },
  ]);
  const compose = await thunderbird.compose({ to: 'Mates <"all my mates">' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  assert.deepEqual((await review.read()).cards.map((card) => card.address), ['mal@navy.ml']);
  await review.act('mal@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['ann@navy.mil', 'mal@navy.mil']);
  await compose.closes();
});

desk.scenario('140: Send Later stays Send Later', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'later@navy.ml' });
  await compose.pressKeys('ctrl+shift+Return');
  const review = await desk.review({ state: 'asking' });
  await review.act('later@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await compose.closes();
  const waiting = await waitFor('it waits in the Outbox', async () => {
    const found = await thunderbird.outbox();
    return found.length > 0 ? found : null;
  });
  assert.deepEqual(waiting.map((message) => message.recipients), ['later@navy.mil']);
  await desk.nothingLeft();
});
