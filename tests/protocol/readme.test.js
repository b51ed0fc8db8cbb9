// SPDX-License-Identifier: MPL-2.0
// The table on README's first screen says what really happens.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const program = process.env.RECIPIENT_GUARD_PROGRAM ?? join(root, 'build/dev/recipient-guard');
const policy = join(root, 'manifests/organisation-policy/examples/defence.json');

const rows = readFileSync(join(root, 'README.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| `/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .map(([, typed, happens, offered]) => ({ typed, happens, offered }));

describe("README's table", () => {
  it('has rows of every verdict', () => {
    const words = new Set(rows.map((row) => row.happens.split(',')[0]));
    assert.deepEqual([...words].sort(), ['block', 'sent', 'warn']);
  });

  for (const { typed, happens, offered } of rows) {
    it(`says of ${typed}: ${happens}`, () => {
      const run = spawnSync(
        program,
        ['check', '--json', '--people', 'none', '--policy', policy, typed],
        { encoding: 'utf8' },
      );
      const verdict = JSON.parse(run.stdout);
      const expected = happens.startsWith('sent') ? 'allow' : happens;
      assert.equal(verdict.verdict, expected);
      assert.equal(run.status, { allow: 0, warn: 1, block: 2 }[expected]);
      const meant = verdict.recipients[0].findings.flatMap(
        (/** @type {{meant?: string[]}} */ finding) => finding.meant ?? [],
      );
      assert.deepEqual([...new Set(meant)], offered === '' ? [] : [offered]);
    });
  }
});
