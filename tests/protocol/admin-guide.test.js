// SPDX-License-Identifier: MPL-2.0
// The commands of docs/ADMIN run in their order and print what the page says.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { declareCommandsOf } from './doc-page.js';
import { Host, ROOT, temporaryFolder, to } from './host.js';

const folder = temporaryFolder();
const page = readFileSync(path.join(ROOT, 'docs/ADMIN.md'), 'utf8');

/** The pilot's record: one message went to bob@navy.ml while the policy only watched. */
async function pilot() {
  const host = new Host(['serve', '--policy', path.join(folder, 'policy.d'), '--audit',
    path.join(folder, 'record'), '--people', temporaryFolder()]);
  const message = { from: 'alice@example.mil', ...to('bob@navy.ml') };
  assert.equal((await host.ask('check', { key: 'pilot', message })).verdict, 'allow');
  assert.equal((await host.ask('sent', { key: 'pilot', message })).recorded, true);
  assert.equal(await host.end(), 0);
}

describe("the administrator's guide", () => {
  const commands = declareCommandsOf('docs/ADMIN.md', folder, { before: (body) => {
    if (body.includes('$ recipient-guard audit ')) {
      it('has a record of the pilot', pilot);
    }
  } });

  it('runs commands of each kind', () => {
    assert.ok(commands.length >= 12, `${commands.length} commands`);
    for (const word of ['policy lint', 'check', 'explain', 'policy show', 'audit list']) {
      assert.ok(page.includes(`$ recipient-guard ${word} `), word);
    }
  });
});
