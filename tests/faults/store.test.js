// SPDX-License-Identifier: MPL-2.0
/** The people store under kill -9, and what it asks of the disk, by strace. Short runs. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

import { killRounds } from './store_rounds.js';

const driver = process.env.RECIPIENT_GUARD_STORE_DRIVER ?? '';
const place = mkdtempSync(join(tmpdir(), 'guard-strace-'));
after(() => rmSync(place, { recursive: true, force: true }));

/** LeakSanitizer traces the process itself and cannot while strace does; the rest stays on. */
const untangled = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };

/**
 * The system calls of the driver, one a line, without process numbers.
 * @param {string[]} words
 */
function callsOf(words) {
  const log = join(place, 'calls');
  const ran = spawnSync('strace', ['-f', '-y', '-o', log, '-e',
    'trace=open,openat,creat,fsync,fdatasync,write,pwrite64,unlink,rename,ftruncate', driver,
    ...words], { encoding: 'utf8', env: untangled });
  assert.equal(ran.status, 0, ran.stderr);
  return readFileSync(log, 'utf8').split('\n').map((line) => line.replace(/^\d+\s+/, ''));
}

/** @param {string[]} calls @param {string} from @param {string} to lines written to standard output */
function between(calls, from, to) {
  const at = (/** @type {string} */ text) =>
    calls.findIndex((call) => call.startsWith('write(1<') && call.includes(`>, "${text}\\n"`));
  assert.ok(at(from) >= 0 && at(to) > at(from), `${from} .. ${to}`);
  return calls.slice(at(from) + 1, at(to));
}

describe('the people store', () => {
  it('loses nothing acknowledged in 40 rounds of kill -9', async () => {
    const counts = await killRounds({ rounds: 40, driver, seed: Date.now() % 100_000 });
    assert.deepEqual(counts.lost, []);
    assert.equal(counts.unsound, 0);
    assert.ok(counts.between * 2 >= counts.rounds, `${counts.between} of ${counts.rounds}`);
  });

  it('has synced journal, file and folder before each acknowledgement', () => {
    const folder = join(place, 'synced');
    const calls = callsOf(['write', folder, 'strace', '12']);
    for (let index = 0; index < 12; ++index) {
      const change = between(calls, `write ${index}`, `ack ${index}`);
      const last = (/** @type {RegExp} */ pattern) =>
        change.findLastIndex((call) => pattern.test(call));
      const written = last(/^pwrite64\(/);
      const unlinked = last(/^unlink\(".*people\.sqlite-journal"/);
      const good = (/** @type {string} */ call) => /^(fsync|fdatasync)\(.*= 0$/.test(call);
      const fileSynced = change.findIndex((call, at) =>
        at > written && good(call) && call.includes('people.sqlite>'));
      const folderSynced = change.findIndex((call, at) =>
        at > unlinked && good(call) && call.includes(`<${realpathSync(folder)}>`));
      assert.ok(written >= 0, `change ${index} is written`);
      assert.ok(fileSynced > written && fileSynced < unlinked,
        `change ${index}: the file is synced before its journal goes`);
      assert.ok(folderSynced > unlinked && unlinked > 0,
        `change ${index}: the folder is synced after its journal went`);
    }
  });

  it('opens nothing, writes nothing and syncs nothing while nothing is learned', () => {
    const folder = join(place, 'quiet');
    callsOf(['write', folder, 'quiet', '3']);
    const calls = between(callsOf(['look', folder, '200']), 'begin', 'end');
    assert.deepEqual(calls, []);
  });
});
