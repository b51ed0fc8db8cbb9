// SPDX-License-Identifier: MPL-2.0
/** The administrator's switch for a host that cannot answer: on_host_failure in managed storage. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { Desk } from './harness/desk.js';
import { EXTENSION } from './harness/places.js';
import { waitFor } from './harness/run.js';

/**
 * @param {import("./harness/thunderbird.js").Thunderbird} thunderbird
 * @param {object} data
 */
function manage(thunderbird, data) {
  const file = path.join(thunderbird.home, `.mozilla/managed-storage/${EXTENSION}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  const description = 'What the administrator sets';
  writeFileSync(file, JSON.stringify({ name: EXTENSION, description, type: 'storage', data }));
}

const desk = new Desk({}, (thunderbird) => {
  thunderbird.host.useFaulty();
  manage(thunderbird, { on_host_failure: 'block' });
});

desk.scenario('on_host_failure block: stopped with a clear text, and no way to send',
  async (thunderbird) => {
  const { host } = thunderbird;
  host.fault('crash');
  const compose = await thunderbird.compose({ to: 'bob@navy.mil' });
  await compose.pressSend();
  const review = await desk.review({ cards: false });
  const page = await review.read();
  assert.equal(page.sendSleeps, true);
  assert.ok(page.cards.every((card) => !card.actions.includes('right')), 'nothing to confirm');
  await review.keys('Escape');
  await review.closes();
  await desk.usable(compose);
  host.fault('pass');
  await desk.nothingLeft();
});

desk.scenario('on_host_failure allow: sent, with a notice that stands', async (thunderbird) => {
  const { host } = thunderbird;
  manage(thunderbird, { on_host_failure: 'allow' });
  await thunderbird.reloadExtension();
  host.fault('crash');
  const compose = await thunderbird.compose({ to: 'bob@navy.mil' });
  await compose.pressSend();
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
  await waitFor('the notice', () => thunderbird.notice());

  const before = host.frames().length;
  host.fault('pass');
  await desk.nothingLeft();
  await waitFor('the host is told', () =>
    host.frames().slice(before).some((frame) => frame.op === 'unguarded'));
});
