// SPDX-License-Identifier: MPL-2.0
/**
 * The administrator's switches in managed storage: what happens when the host cannot answer, whose
 * policy it must hold, and where help is to be had.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { Desk } from './harness/desk.js';
import { DEFENCE, EXTENSION } from './harness/places.js';
import { waitFor } from './harness/run.js';

/** The policy that the host holds. */
const { organisation: name, revision } = JSON.parse(readFileSync(DEFENCE, 'utf8'));

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
  thunderbird.host.useFaulty(DEFENCE);
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

for (const [words, required] of [
  ['of a later revision than the host has', { name, revision: revision + 1 }],
  ['of another organisation', { name: 'Somebody Else', revision: 0 }],
]) {
  desk.scenario(`a required policy ${words}: the guard counts as failed, and says whose help to ask`,
    async (thunderbird) => {
      manage(thunderbird, { require_organisation: required, help_url: 'https://help.example.mil/' });
      await thunderbird.reloadExtension();
      const compose = await thunderbird.compose({ to: 'bob@navy.mil' });
      await compose.pressSend();
      const review = await desk.review({ state: 'degraded' });
      const page = await review.read();
      assert.match(page.text, /policy that your organisation requires/);
      assert.match(page.text, /Get help/);
      assert.equal(page.sendSleeps, true);
      await review.keys('Escape');
      await review.closes();
      await desk.usable(compose);
      assert.deepEqual(await thunderbird.sink.take(), []);
    });
}

desk.scenario('a required policy that the host holds: what it allows leaves silently',
  async (thunderbird) => {
  manage(thunderbird, { require_organisation: { name, revision } });
  await thunderbird.reloadExtension();
  await desk.nothingLeft('bob@navy.mil');
  await desk.noWindowOpened();
});
