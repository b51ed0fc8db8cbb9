// SPDX-License-Identifier: MPL-2.0
// docs/EXAMPLES is true: its files are made, its commands run in order and print what it says.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { declareCommandsOf } from './doc-page.js';
import { EXTENSION, Host, PROGRAM, policyFile, temporaryFolder, to } from './host.js';
import { HOME, Machine, POLICIES, USER_MANIFEST, XPI, addon, manifest } from './machine.js';

const folder = temporaryFolder();

/** What differs from machine to machine and from day to day. @param {string} text */
const normal = (text) => text
  .replaceAll(realpathSync(PROGRAM), '/usr/bin/recipient-guard')
  .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
  .replace(/\d{4}-\d\d-\d\d/g, 'DAY')
  .replace(/audit-\d{4}-\d\d\.jsonl/g, 'audit-MONTH.jsonl')
  .replace(/[0-9a-f]{64}/g, 'DIGEST')
  .replace(/\b\d+\.\d+\.\d+\b/g, 'VERSION')
  .replace(/evidence -?[\d.]+ of -?[\d.]+ needed/g, 'evidence')
  .replace(/^( +keyboards: ).+$/gm, '$1KEYBOARDS')
  .replace(/^(good|BAD) ( +)\S+ at \S+(?=:)/gm, '$1$2USER')
  .replace(/^(TIME {2}\S+ {2})\S+ at \S+(?=,)/gm, '$1USER');

/** A slip that its sender put right, and a message that its sender wanted to go. */
async function twoIncidents() {
  const policy = policyFile({
    format: 1, organisation: 'Example Defence Staff', revision: 7, own: ['unit.example.mil'],
    allow: ['mil'], block: ['ml'], strangers: 'warn', override: { warn: 'reason' },
    confusable: [{ meant: 'mil', typed: 'ml', verdict: 'block' }],
  });
  const host = new Host(['serve', '--policy', policy, '--people', temporaryFolder(), '--audit',
    path.join(folder, 'record')]);
  /** @param {string} from @param {...string} addresses */
  const mail = (from, ...addresses) => ({ from: `${from}@unit.example.mil`, ...to(...addresses) });
  const wrong = mail('alice', 'bob@navy.ml', 'carol@navy.mil');
  const mended = mail('alice', 'bob@navy.mil', 'carol@navy.mil');
  await host.ask('check', { key: 'slip', message: wrong });
  await host.ask('decision', { key: 'slip', outcome: 'send', message: mended,
    actions: [{ action: 'change', address: 'bob@navy.ml', to: 'bob@navy.mil' }] });
  assert.equal((await host.ask('sent', { key: 'slip', message: mended })).matched, true);
  const leak = mail('mallory', 'mallory@example.net');
  await host.ask('check', { key: 'leak', message: leak });
  const verdict = await host.ask('decision', { key: 'leak', outcome: 'send', message: leak,
    actions: [{ action: 'right', address: 'mallory@example.net',
      reason: 'to work on it at home' }] });
  assert.equal(verdict.verdict, 'allow');
  assert.equal((await host.ask('sent', { key: 'leak', message: leak })).matched, true);
  assert.equal(await host.end(), 0);
}

function brokenMachine() {
  const place = path.join(folder, 'machine');
  mkdirSync(place);
  const machine = new Machine(place);
  machine.put(USER_MANIFEST, { ...manifest, path: `${HOME}/try/recipient-guard` });
  machine.extension({ ...addon, active: false, userDisabled: true });
  machine.put(POLICIES, { policies: {
    ExtensionSettings: { [EXTENSION]: { installation_mode: 'normal_installed',
      install_url: `file://${XPI}` } },
    '3rdparty': { Extensions: { [EXTENSION]: { on_host_failure: 'block',
      require_organisation: { name: 'Example Defence Staff', revision: 8 } } } },
  } });
}

describe('the page of broken examples', () => {
  before(async () => {
    chmodSync(folder, 0o755);
    await twoIncidents();
    brokenMachine();
  });

  const commands = declareCommandsOf('docs/EXAMPLES.md', folder, {
    env: { HOME, XDG_DATA_HOME: '', XDG_STATE_HOME: '' },
    compare: (printed, shown) => assert.equal(normal(printed), normal(shown)),
  });

  it('shows each command on something broken', () => {
    for (const word of ['policy lint', 'explain', 'audit list', 'audit verify', 'doctor']) {
      assert.ok(commands.some((command) => command.startsWith(`recipient-guard ${word} `)), word);
    }
  });
});
