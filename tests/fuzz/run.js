// SPDX-License-Identifier: MPL-2.0
/** One target under libFuzzer: its folder is filled with seeds, its words are read for a row. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Seconds after which libFuzzer gives an input up; the bound itself is in fuzzing.cpp. */
const PATIENCE = 10;
const MEMORY_MIB = 1024;
/**
 * Who allocated what a run frees wrongly is told when its input is run again alone, and an input
 * frees little: kept for every piece of memory, and more freed memory than a processor's cache
 * holds, take longer than many a target.
 */
const SANITIZER = 'malloc_context_size=0:quarantine_size_mb=1:thread_local_quarantine_size_kb=64';

/**
 * @typedef {{target: string, runs: number, perSecond: number, slowest: number, edges: number,
 *   corpus: number, crash: string, input: string}} Row
 *   of which `crash` says what was found, "" for nothing, and `input` is the file that shows it
 */

/** A word as libFuzzer's dictionaries have it. @param {string} word */
export const dictionaryLine = (word) =>
  `"${[...Buffer.from(word)].map((octet) => `\\x${octet.toString(16).padStart(2, '0')}`).join('')}"\n`;

/** What one run said. @param {string} target @param {string} said @param {number | null} status @returns {Row} */
export function rowOf(target, said, status) {
  const first = (/** @type {RegExp} */ pattern) => pattern.exec(said)?.[1] ?? '';
  const last = (/** @type {RegExp} */ pattern) => [...said.matchAll(pattern)].at(-1)?.[1] ?? '';
  const reason = first(/does not hold: (.*)/) ||
    first(/(?:ERROR|error): (.*)/) || `status ${status}: ${said.trim().split('\n').at(-1)}`;
  return {
    target,
    runs: Number(last(/stat::number_of_executed_units:\s+(\d+)/g) || last(/^#(\d+)\s/gm)),
    perSecond: Number(last(/stat::average_exec_per_sec:\s+(\d+)/g)),
    slowest: Number(last(/slowest input: ([\d.]+) ms/g)),
    edges: Number(last(/ cov: (\d+)/g)),
    corpus: Number(last(/ corp: (\d+)/g)),
    crash: status === 0 ? '' : reason,
    input: last(/Test unit written to (\S+)/g),
  };
}

/**
 * @param {import('./seeds.js').Target} target
 * @param {{programs: string, folder: string, seed: number, runs?: number, seconds?: number}} options
 *   `programs`: where the targets are built; `folder`: where inputs are kept, each target's own
 *   below it
 */
export function runTarget(target, { programs, folder, seed, runs, seconds }) {
  const own = join(folder, target.name);
  const corpus = join(own, 'corpus');
  const found = join(own, 'found');
  [corpus, found].forEach((path) => mkdirSync(path, { recursive: true }));
  for (const input of target.seeds()) {
    writeFileSync(join(corpus, createHash('sha1').update(input).digest('hex')), input);
  }
  const words = target.words().map(dictionaryLine).join('');  // none must be no dictionary
  writeFileSync(join(own, 'words.dict'), words);
  const limit = runs === undefined ? `-max_total_time=${seconds}` : `-runs=${runs}`;
  const run = spawnSync(join(programs, `fuzz_${target.name}`), [
    limit, `-seed=${seed}`, `-max_len=${target.maxOctets}`, `-timeout=${PATIENCE}`,
    ...(words === '' ? [] : [`-dict=${join(own, 'words.dict')}`]), `-rss_limit_mb=${MEMORY_MIB}`, `-artifact_prefix=${found}/`,
    '-entropic=0',  // weighing the inputs takes longer than running them
    '-print_final_stats=1', corpus,
  ], { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ASAN_OPTIONS: SANITIZER } });
  if (run.error) {
    throw new Error(`${target.name} cannot be run: ${run.error.message}`);
  }
  const said = run.stderr + run.stdout;
  writeFileSync(join(own, 'log'), said);
  return { ...rowOf(target.name, said, run.status), corpus: readdirSync(corpus).length };
}
