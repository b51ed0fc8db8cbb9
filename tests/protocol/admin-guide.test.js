// SPDX-License-Identifier: MPL-2.0
// The commands of docs/ADMIN run in their order and print what the page says.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { blocksOf, folderOnPath } from './doc-page.js';
import { Host, ROOT, temporaryFolder, to } from './host.js';

const folder = temporaryFolder();
const programs = folderOnPath();
const page = readFileSync(path.join(ROOT, 'docs/ADMIN.md'), 'utf8');
const blocks = blocksOf('docs/ADMIN.md');

/** @param {string} shown output with "..." for any lines */
function pattern(shown) {
  const lines = shown.split('\n').filter((line) => line !== '').map((line) =>
    line === '...' ? '(?:.*\\n)*?' : `${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\n`);
  return new RegExp(`^${lines.join('')}$`);
}

/** @param {string} command */
function shell(command) {
  const ended = spawnSync('bash', ['--norc', '-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${programs}:${process.env.PATH}`, NO_COLOR: '1' },
  });
  assert.equal(ended.stderr, '');
  return ended.stdout;
}

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
  let count = 0;
  for (const { language, body, file } of blocks) {
    if (language !== 'sh') {
      it(`has a file ${file}`, () => {
        assert.ok(file, 'the line before a file names it');
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true, mode: 0o755 });
        writeFileSync(path.join(folder, file), body, { mode: 0o644 });
      });
      continue;
    }
    if (body.includes('$ recipient-guard audit ')) {
      it('has a record of the pilot', pilot);
    }
    for (const part of body.split(/^\$ /m).slice(1)) {
      const end = part.indexOf('\n');
      const command = part.slice(0, end);
      count += 1;
      it(`runs ${command}`, () => assert.match(shell(command), pattern(part.slice(end + 1))));
    }
  }

  it('runs commands of each kind', () => {
    assert.ok(count >= 12, `${count} commands`);
    for (const word of ['policy lint', 'check', 'explain', 'policy show', 'audit list']) {
      assert.ok(page.includes(`$ recipient-guard ${word} `), word);
    }
  });
});
