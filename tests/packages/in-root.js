// SPDX-License-Identifier: MPL-2.0
// Drives the Thunderbird of a Debian where the .deb was just installed, and nothing else was done:
// no host manifest of the user's, no extension put in by hand, no policy. tests/install-root makes
// that system and starts this by
//   RECIPIENT_GUARD_ROOT              its folder
//   RECIPIENT_GUARD_ROOT_THUNDERBIRD  a program that starts the Thunderbird in it
// and leaves a later package in its /srv/later.deb.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

import { managerOf } from '../thunderbird/harness/add-ons.js';
import { Desk } from '../thunderbird/harness/desk.js';
import { DEFENCE, EXTENSION } from '../thunderbird/harness/places.js';
import { processesOf } from '../thunderbird/harness/processes.js';
import { run, waitFor } from '../thunderbird/harness/run.js';

const root = process.env.RECIPIENT_GUARD_ROOT ?? '';
const program = process.env.RECIPIENT_GUARD_ROOT_THUNDERBIRD;
assert.ok(root && program, 'tests/install-root starts this');

const hosts = () => processesOf(path.join(root, 'usr/bin/recipient-guard'));

const desk = new Desk({ program, extension: false, host: false }, () => {},
  (thunderbird) => thunderbird.extensionRuns());

desk.scenario('after the package alone bob@navy.ml is questioned, and bob@navy.mil offered',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const { cards } = await review.read();
  assert.deepEqual(cards.map((card) => [card.address, card.verdict]), [['bob@navy.ml', 'warn']]);
  assert.deepEqual(await thunderbird.sink.take(), []);
  await review.act('bob@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
});

desk.scenario('doctor, asked in the same system, finds nothing amiss with what the package brought',
  async () => {
  // It wants to see its own process. One finding would be a status that is no success.
  const told = await run('unshare', ['--mount', '--pid', '--fork', 'sh', '-ec',
    'mount -t proc proc "$0/proc"; HOME=/root exec chroot "$0" recipient-guard doctor', root]);
  assert.doesNotMatch(told, /^(fail|warn)/m);
  for (const right of [/^ok +program: .* at \/usr\/bin\/recipient-guard$/m,
    /^ok +thunderbird: .*the distribution's package/m, /^ok +host-manifest: .*\/usr\/lib\/mozilla\//m]) {
    assert.match(told, right);
  }
});

desk.scenario('what is right leaves without a window', async () => {
  await desk.nothingLeft();
  await desk.noWindowOpened();
});

desk.scenario('upgraded under the running Thunderbird: the next message goes through the new program',
  async (thunderbird) => {
  await desk.nothingLeft();
  const [before, ...others] = hosts();
  assert.deepEqual(others, []);
  assert.equal(before.replaced, false);
  await run('chroot', [root, 'dpkg', '-i', '/srv/later.deb']);
  assert.deepEqual(hosts(), [{ pid: before.pid, replaced: true }], 'it goes on until a new message');
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await waitFor('the old program ended', () => hosts().every(({ pid }) => pid !== before.pid));
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  assert.deepEqual(hosts().map(({ replaced }) => replaced), [false]);
  await review.keys('Escape');
  await review.closes();
  await desk.usable(compose);
  await desk.nothingLeft();
});

desk.scenario('started again, Thunderbird has the new extension', async (thunderbird) => {
  const version = () => thunderbird.background('return browser.runtime.getManifest().version;');
  assert.notEqual(await version(), '99.0');
  await thunderbird.restart();
  assert.equal(await version(), '99.0');
  await desk.nothingLeft();
}, 120_000);

desk.scenario('with the sample of policies.json as shipped, and a policy: blocked, and nobody can take it out',
  async (thunderbird) => {
  for (const [from, to] of [
    [path.join(root, 'usr/share/doc/recipient-guard/examples/thunderbird-policies/policies.json'),
      'etc/thunderbird/policies/policies.json'],
    [DEFENCE, 'etc/recipient-guard/policy.d/10-staff.json'],
  ]) {
    mkdirSync(path.dirname(path.join(root, to)), { recursive: true });
    copyFileSync(from, path.join(root, to));
  }
  await thunderbird.restart();
  const manager = await managerOf(thunderbird, EXTENSION);
  assert.deepEqual(manager, { active: true, disable: false, remove: false });
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  const review = await desk.review({ state: 'blocked' });
  assert.deepEqual((await review.read()).cards.map((card) => card.verdict), ['block']);
  await review.keys('Escape');
  await review.closes();
  await desk.usable(compose);
  await desk.nothingLeft();
}, 120_000);
