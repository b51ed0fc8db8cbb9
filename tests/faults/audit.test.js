// SPDX-License-Identifier: MPL-2.0
/** The record under kill -9, and with each of its system calls failing in turn. Short runs. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { acknowledged, killRounds, look } from './audit_rounds.js';

const driver = process.env.RECIPIENT_GUARD_AUDIT_DRIVER ?? '';

const callsOfLoader = ['openat', 'pread64', 'newfstatat'];

/** LeakSanitizer traces the process itself and cannot while strace does; the rest stays on. */
const untangled = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };

describe('the record', () => {
  it('loses nothing that was acknowledged to kill -9, and never looks changed', async () => {
    const sums = await killRounds({ driver, rounds: 12 });
    assert.ok(sums.acknowledged > 0);
    assert.equal(sums.lost, 0);
    assert.equal(sums.changed, 0);
  });

  it('goes on verifying whatever fails while a month is removed', () => {
    for (const call of ['pwrite64', 'fdatasync', 'unlink', 'openat', 'newfstatat', 'fsync']) {
      for (let n = 1, hit = true; hit; n += call === 'openat' || call === 'newfstatat' ? 5 : 1) {
        const folder = mkdtempSync(join(tmpdir(), 'guard-audit-'));
        spawnSync(driver, ['write', folder, 'x', '40']);
        const { stderr } = spawnSync('strace', ['-f', '-o', join(folder, 'calls'), '-e', `trace=${call}`, '-e',
          `inject=${call}:error=EIO:when=${n}`, driver, 'expire', folder],
        { encoding: 'utf8', env: untangled });
        hit = readFileSync(join(folder, 'calls'), 'utf8').includes('(INJECTED)');
        const seen = look(driver, folder);
        assert.equal(seen.state, 'clean', `${call} ${n}: ${seen.stderr}${stderr}`);
        assert.equal(spawnSync(driver, ['expire', folder]).status, 0);
        assert.equal(look(driver, folder).state, 'clean', `${call} ${n}, afterwards`);
        assert.ok(!existsSync(join(folder, 'audit-2023-07.jsonl')), `${call} ${n}`);
        rmSync(folder, { recursive: true, force: true });
      }
    }
  });

  for (const call of ['pwrite64', 'fdatasync', 'flock', ...callsOfLoader]) {
    it(`loses nothing where ${call} fails now and then, and goes on when it works again`, () => {
      for (const [error, when] of [['ENOSPC', '5+7'], ['EIO', '6+5'], ['EACCES', '7+9'],
        ['EINTR', '4+3']]) {
        const folder = mkdtempSync(join(tmpdir(), 'guard-audit-'));
        const ran = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', `trace=${call}`, '-e',
          `inject=${call}:error=${error}:when=${when}`, driver, 'write', folder, 'x', '20'],
        { encoding: 'utf8', env: untangled });
        // Where the loader itself cannot open its libraries nothing was acknowledged.
        const known = acknowledged(ran.stdout);
        if (!callsOfLoader.includes(call)) {
          assert.equal(ran.status, 0, `${error}: ${ran.stderr}`);
          assert.ok(known.length > 0, error);
        }
        const after = spawnSync(driver, ['write', folder, 'y', '1'], { encoding: 'utf8' });
        assert.deepEqual(acknowledged(after.stdout), ['y-0'], error);
        const seen = look(driver, folder);
        assert.equal(seen.state, 'clean', `${error}: ${seen.stderr}`);
        assert.deepEqual(known.filter((id) => !seen.ids.has(id)), [], error);
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
