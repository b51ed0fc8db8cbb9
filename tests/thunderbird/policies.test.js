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

import { Desk } from './harness/desk.js';
import { EXTENSION, ROOT, THUNDERBIRD_140, xpi } from './harness/places.js';
import { run } from './harness/run.js';

const SAMPLE = path.join(ROOT, 'manifests/thunderbird-policies/policies.json');
const place = path.join(path.dirname(THUNDERBIRD_140), 'distribution/policies.json');
after(() => rmSync(place, { force: true }));

async function distribute() {
  await run(path.join(ROOT, 'tests/thunderbird/fetch-140'), [], { time: 120_000 });
  const sample = JSON.parse(readFileSync(SAMPLE, 'utf8'));
  const settings = sample.policies.ExtensionSettings[EXTENSION];
  settings.install_url = pathToFileURL(xpi()).href;
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, JSON.stringify(sample));
}

const desk = new Desk({ program: THUNDERBIRD_140, extension: false }, distribute,
  (thunderbird) => thunderbird.extensionRuns());

desk.scenario('the sample installs the extension, and nobody can disable or remove it',
  async (thunderbird) => {
  const may = await thunderbird.marionette.run(
    `const { AddonManager } = ChromeUtils.importESModule(
      "resource://gre/modules/AddonManager.sys.mjs");
    const addon = await AddonManager.getAddonByID(args[0]);
    return {
      active: addon.isActive,
      disable: !!(addon.permissions & AddonManager.PERM_CAN_DISABLE),
      remove: !!(addon.permissions & AddonManager.PERM_CAN_UNINSTALL),
    };`, EXTENSION);
  assert.deepEqual(may, { active: true, disable: false, remove: false });
});

desk.scenario('what the sample sets for the extension arrives', async (thunderbird) => {
  const set = await thunderbird.marionette.run(
    'return Services.policies.getExtensionPolicy(args[0]);', EXTENSION);
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
