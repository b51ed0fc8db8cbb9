// SPDX-License-Identifier: MPL-2.0
/** The whole host under kill -9, and what it asks of the disk before it acknowledges. Short runs. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

import { Host } from './host.js';
import { killRounds, ways } from './host_rounds.js';

const program = process.env.RECIPIENT_GUARD_PROGRAM ?? 'build/dev/recipient-guard';
const place = realpathSync(mkdtempSync(join(tmpdir(), 'guard-host-')));
after(() => rmSync(place, { recursive: true, force: true }));

/** LeakSanitizer traces the process itself and cannot while strace does; the rest stays on. */
process.env.ASAN_OPTIONS = 'detect_leaks=0';

/**
 * A call that another thread's came into is written in two parts; whole again it stands where it
 * returned.
 * @param {string[]} lines of strace -f
 */
function wholeCalls(lines) {
  /** @type {Map<string, string>} */
  const begun = new Map();
  return lines.flatMap((line) => {
    const [, thread = '', call = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    const unfinished = / <unfinished \.\.\.>$/.exec(call);
    if (unfinished) {
      begun.set(thread, call.slice(0, unfinished.index));
      return [];
    }
    const resumed = /^<\.\.\. \w+ resumed>/.exec(call);
    return [resumed ? `${begun.get(thread) ?? ''}${call.slice(resumed[0].length)}` : call];
  });
}

describe('the host', () => {
  it('loses no contact that it acknowledged in 24 rounds of kill -9', async () => {
    const counts = await killRounds({ program, rounds: 24, seed: Date.now() % 100_000 });
    assert.deepEqual(counts.wrong, []);
    assert.equal(counts.aside, 0);
    assert.ok(counts.acknowledged > 0);
    // Of the 1,000 rounds of tools/torture at least half; so few rounds vary.
    assert.ok(counts.between * 4 >= counts.rounds, `${counts.between} of ${counts.rounds}`);
  });

  it('has synced file and folder before each acknowledgement', async () => {
    const folder = join(place, 'people');
    mkdirSync(folder, { mode: 0o700 });
    const policy = join(place, 'policy.json');
    writeFileSync(policy, '{"format": 1, "audit": {"record": "none"}}', { mode: 0o644 });
    const log = join(place, 'calls');
    const host = new Host('strace', ['-f', '-y', '-s', '64', '-o', log, '-e',
      'trace=fsync,fdatasync,write,writev,sendmsg,pwrite64,unlink', program, 'serve', '--policy', policy,
      '--people', folder, '--audit', join(place, 'audit')]);
    await host.ask('hello', { extension: '1' });
    /** @type {string[]} */
    const asked = ['hello'];
    for (const [i, { op, prepare, body }] of ways.entries()) {
      const address = `somebody..${i}@fleet-of-${i}${i}${i}${i}.mil`;
      if (prepare) {
        await host.ask(...prepare(address));
        asked.push('check');
      }
      const answer = await host.ask(op, body(address));
      assert.equal(answer.refused, undefined, op);
      asked.push(op);
    }
    await host.end();

    const calls = wholeCalls(readFileSync(log, 'utf8').split('\n'));
    const answers = calls.flatMap((call, at) => /^write\w*\(\d+<(?:pipe|socket).*\\"id\\":1/.test(call) ? [at] : []);
    assert.equal(answers.length, asked.length, 'each answer is seen');
    asked.forEach((op, i) => {
      const before = calls.slice(i === 0 ? 0 : answers[i - 1] + 1, answers[i]);
      const last = (/** @type {RegExp} */ pattern) =>
        before.findLastIndex((call) => pattern.test(call));
      const written = last(/^pwrite64\(\d+<[^>]*people\.sqlite>/);
      if (op === 'check' || op === 'hello') {
        assert.ok(op === 'hello' || written < 0, 'a check writes nothing');
        return;
      }
      const fileSynced = last(/^(fsync|fdatasync)\(\d+<[^>]*people\.sqlite>\)\s+= 0/);
      const unlinked = last(/^unlink\(".*people\.sqlite-journal"/);
      const folderSynced = before.findLastIndex((call) =>
        /^(fsync|fdatasync)\(.*= 0$/.test(call) && call.includes(`<${folder}>`));
      assert.ok(written >= 0 && fileSynced > written, `${op}: written, then synced`);
      assert.ok(unlinked > fileSynced && folderSynced > unlinked,
        `${op}: the journal goes after that, and the folder is synced before the answer`);
    });
  });
});
