// SPDX-License-Identifier: MPL-2.0
/** System calls failing one by one, writers at once, many checks on one connection. Short runs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { callRounds } from './calls_rounds.js';
import { soak } from './soak_rounds.js';
import { writerRounds } from './writers_rounds.js';

const program = process.env.RECIPIENT_GUARD_PROGRAM ?? 'build/dev/recipient-guard';
const sanitized = readFileSync(program).includes('__asan_init');

describe('the host and its commands', () => {
  it('lose nothing, allow nothing and end with a word whatever system call fails', async () => {
    const sums = await callRounds({ program, every: sanitized ? 1000 : 300 });
    assert.deepEqual(sums.wrong, []);
    assert.ok(sums.hit > 0);
  });

  for (const hosts of [2, 8]) {
    it(`lose nothing where eight write at once in ${hosts} hosts`, async () => {
      const { wrong } = await writerRounds({ program, hosts, changes: 6 });
      assert.deepEqual(wrong, []);
    });
  }

  it('need no more memory and descriptors for the last check than for the first', async () => {
    const { refused, memory, descriptors } = await soak({ program, checks: 5000 });
    assert.equal(refused, 0);
    assert.equal(descriptors, 0);
    // AddressSanitizer keeps what was freed.
    assert.ok(sanitized || memory < 1 << 20, `${memory} octets`);
  });
});
