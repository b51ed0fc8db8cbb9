// SPDX-License-Identifier: MPL-2.0
/** Under the example policy of a defence staff: mil is allowed, ml blocked, with one exception. */
import assert from 'node:assert/strict';

import { Desk } from './harness/desk.js';
import { DEFENCE } from './harness/places.js';

const desk = new Desk({}, (thunderbird) => thunderbird.host.usePolicy(DEFENCE));

desk.scenario('what the organisation allows goes out silently', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.mil, liaison@gov.ml' });
  await compose.pressSend();
  await desk.leaves(['bob@navy.mil', 'liaison@gov.ml']);
  await compose.closes();
  await desk.noWindowOpened();
});

desk.scenario('what it blocks cannot be confirmed, and stays where it is', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml, carol@army.mil' });
  await compose.pressSend();
  const review = await desk.review();
  const page = await review.read();
  assert.equal(page.state, 'blocked');
  assert.equal(page.sendSleeps, true);
  assert.equal(page.cards.length, 1);
  assert.equal(page.cards[0].verdict, 'block');
  assert.ok(!page.cards[0].actions.includes('right'), 'nothing to confirm');
  assert.deepEqual(page.cards[0].meant, ['bob@navy.mil']);
  await desk.usable(compose);
  await review.click('[data-action=back]');
  await review.closes();
  await desk.nothingLeft();
  await desk.usable(compose);
});

desk.scenario('what it blocks is changed by one click and sent', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressKeys('ctrl+Return');
  const review = await desk.review({ state: 'blocked' });
  await review.act('bob@navy.ml', 'change');
  await review.shows('nothing is blocked any more', ({ state, sendSleeps }) =>
    state === 'asking' && !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
  await review.closes();
});

desk.scenario('what it blocks is removed, and the others get the message', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'carol@army.mil', bcc: 'eve@gov.ml' });
  await compose.pressSend();
  const review = await desk.review({ state: 'blocked' });
  await review.act('eve@gov.ml', 'remove');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['carol@army.mil']);
  await compose.closes();
});

desk.scenario('Send pressed again and again never gets a blocked address out',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  const first = await desk.review({ state: 'blocked' });
  await compose.pressSend();
  const second = await desk.review({ after: first, state: 'blocked' });
  await compose.pressKeys('ctrl+shift+Return');
  const third = await desk.review({ after: second, state: 'blocked' });
  await third.keys('Escape');
  await third.closes();
  await desk.usable(compose);
  assert.deepEqual(await thunderbird.outbox(), []);
  await desk.nothingLeft();
});
