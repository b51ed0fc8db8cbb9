// SPDX-License-Identifier: MPL-2.0
/**
 * The sample of Thunderbird's policies.json, as shipped but for the place of the packed extension:
 * read by a Thunderbird that stands in a folder of its own, because such a file belongs to the
 * machine.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';

import { managerOf } from './harness/add-ons.js';
import { Desk } from './harness/desk.js';
import { EXTENSION, ROOT, THUNDERBIRD_140, xpi } from './harness/places.js';
import { run } from './harness/run.js';

const SAMPLE = path.join(ROOT, 'manifests/thunderbird-policies/policies.json');
const place = path.join(path.dirname(THUNDERBIRD_140), 'distribution/policies.json');
after(() => rmSync(place, { force: true }));

/** @param {object} [switches] in managed storage, in place of the sample's */
function distribute(switches) {
  const sample = JSON.parse(readFileSync(SAMPLE, 'utf8'));
  const settings = sample.policies.ExtensionSettings[EXTENSION];
  settings.install_url = pathToFileURL(xpi()).href;
  if (switches) {
    sample.policies['3rdparty'].Extensions[EXTENSION] = switches;
  }
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, JSON.stringify(sample));
}

const desk = new Desk({ program: THUNDERBIRD_140, extension: false }, async () => {
  await run(path.join(ROOT, 'tests/thunderbird/fetch-140'), [], { time: 120_000 });
  distribute();
}, (thunderbird) => thunderbird.extensionRuns());

desk.scenario('the sample installs the extension, and the page of add-ons has no button against it',
  async (thunderbird) => {
  assert.deepEqual(await managerOf(thunderbird, EXTENSION),
    { active: true, disable: false, remove: false });
  const may = await thunderbird.marionette.run(
    `const addon = await AddonManager.getAddonByID(args[0]);
    return addon.permissions & (AddonManager.PERM_CAN_DISABLE | AddonManager.PERM_CAN_UNINSTALL);`,
    EXTENSION);
  assert.equal(may, 0);
});

desk.scenario('what the sample sets for the extension reaches it', async (thunderbird) => {
  const set = await thunderbird.background('return browser.storage.managed.get();');
  const sample = JSON.parse(readFileSync(SAMPLE, 'utf8'));
  assert.deepEqual(set, sample.policies['3rdparty'].Extensions[EXTENSION]);
});

desk.scenario('the extension installed so stops a mistyped address', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  await review.keys('Escape');
  await review.closes();
  await desk.usable(compose);
  await desk.nothingLeft();
});

desk.scenario('on_host_failure block in policies.json: with the host gone nothing leaves',
  async (thunderbird) => {
  const { host } = thunderbird;
  distribute({ on_host_failure: 'block' });
  await thunderbird.restart();
  await desk.nothingLeft();
  // As if the package were half removed.
  host.remove();
  await thunderbird.reloadExtension();
  const compose = await thunderbird.compose({ to: 'carol@army.mil' });
  await compose.pressSend();
  const review = await desk.review({ cards: false });
  const page = await review.read();
  assert.equal(page.sendSleeps, true);
  assert.ok(page.cards.every((card) => !card.actions.includes('right')), 'nothing to confirm');
  await review.keys('Escape');
  await review.closes();
  await desk.usable(compose);
  await host.install();
  await desk.nothingLeft();
}, 90_000);
