// SPDX-License-Identifier: MPL-2.0
/** A short run of every target by chance, so that none breaks unseen; and how a run's words are read. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { dictionaryLine, rowOf, runTarget } from './run.js';
import { targets } from './seeds.js';

const programs = join(process.env.RECIPIENT_GUARD_BUILD ?? 'build/asan', 'tests/fuzz');
const folder = mkdtempSync(join(tmpdir(), 'guard-fuzz-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('a short run finds nothing', () => {
  for (const target of targets) {
    it(`of ${target.name}`, () => {
      const row = runTarget(target, { programs, folder, seed: 1, seconds: 1 });
      assert.equal(row.crash, '');
      assert.ok(row.runs >= target.seeds().length, JSON.stringify(row));
    });
  }
});

it('every target has its seeds', () => {
  const files = readdirSync(new URL('.', import.meta.url))
    .filter((name) => name.endsWith('.cpp') && !['fuzzing.cpp', 'by_chance.cpp'].includes(name));
  assert.deepEqual(files.sort(), targets.map(({ name }) => `${name}.cpp`).sort());
});

describe("a run's words", () => {
  const said = [
    'INFO: seed corpus: files: 3', '#4\tINITED cov: 12 ft: 13 corp: 3/9b', '#2048\tpulse  cov: 45 ft: 70 corp: 8/90b',
    'stat::number_of_executed_units: 5000', 'stat::average_exec_per_sec:     2500', 'slowest input: 1.25 ms',
  ].join('\n');

  it('become a row', () => {
    assert.deepEqual(rowOf('frame', said, 0), {
      target: 'frame', runs: 5000, perSecond: 2500, slowest: 1.25, edges: 45, corpus: 8, crash: '', input: '',
    });
  });

  it('tell what did not hold, and the input that shows it', () => {
    const row = rowOf('frame', `#7\tNEW cov: 3\ndoes not hold: a frame is a frame\nTest unit written to /x/crash-1\n`, 77);
    assert.equal(row.crash, 'a frame is a frame');
    assert.equal(row.input, '/x/crash-1');
    assert.equal(row.runs, 7);
  });

  it('tell what a sanitizer found, and a process that was ended without a word', () => {
    assert.match(rowOf('frame', '==7==ERROR: AddressSanitizer: heap-buffer-overflow on address', 77).crash, /overflow/);
    assert.match(rowOf('frame', '', null).crash, /status null/);
  });
});

it('a word of any octets stands in a dictionary', () => {
  assert.equal(dictionaryLine('a"\u00df'), '"\\x61\\x22\\xc3\\x9f"\n');
});
