// SPDX-License-Identifier: MPL-2.0
/**
 * The program is upgraded while Thunderbird runs, as dpkg does it: a new file takes the name. The
 * running one answers on, and the next compose window brings the new one up. With the real program;
 * tests/install-root does it with the package.
 */
import assert from 'node:assert/strict';
import {
  appendFileSync, copyFileSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { Desk } from './harness/desk.js';
import { program } from './harness/places.js';
import { processesOf } from './harness/processes.js';
import { waitFor } from './harness/run.js';

let installed = '';
const hosts = () => processesOf(installed);

const desk = new Desk({}, ({ home, host }) => {
  const folder = path.join(realpathSync(home), 'bin');
  mkdirSync(folder);
  installed = path.join(folder, 'recipient-guard');
  copyFileSync(program(), installed);
  const manifest = JSON.parse(readFileSync(host.manifest, 'utf8'));
  writeFileSync(host.manifest, JSON.stringify({ ...manifest, path: installed }));
});

function upgrade() {
  copyFileSync(program(), `${installed}.dpkg-new`);
  appendFileSync(`${installed}.dpkg-new`, 'later');
  renameSync(`${installed}.dpkg-new`, installed);
}

/** @param {number} old a process */
async function newOneAlone(old) {
  await waitFor('the old program ended', () => hosts().every(({ pid }) => pid !== old));
  assert.deepEqual(hosts().map(({ replaced }) => replaced), [false]);
}

desk.scenario('upgraded while a page asks: the answer holds, and the next message goes to the new program',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const [{ pid }, ...others] = hosts();
  assert.deepEqual(others, []);
  upgrade();
  await review.act('bob@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
  // Whether the new one is up by now depends on what else Thunderbird asked meanwhile.
  assert.equal(hosts().length, 1);

  await desk.nothingLeft();
  await newOneAlone(pid);
});

desk.scenario('upgraded, and a second message begun while the first is asked about: both are answered',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const [{ pid }] = hosts();
  upgrade();
  const second = await thunderbird.compose({ to: 'carol@army.mil' });
  await waitFor('the old program ended', () => hosts().every((host) => host.pid !== pid));
  // The new program never heard of the question: it is asked anew, and the answer holds.
  await review.raise();
  await review.act('bob@navy.ml', 'right');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['bob@navy.ml']);
  await compose.closes();
  await second.pressSend();
  await desk.leaves(['carol@army.mil']);
  await second.closes();
  await newOneAlone(pid);
});
