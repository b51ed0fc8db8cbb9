// SPDX-License-Identifier: MPL-2.0
/**
 * How many instructions fixed workloads take, beside the record of it in instructions.json. Unlike
 * times, counts are the same in every run, however busy the machine is.
 *
 *   instructions.js [--renew REASON] [--json]
 *
 * Runs what preset dev has built. Status 1 where a workload takes over 5 % more than recorded.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const RECORD = path.join(HERE, 'instructions.json');
/** The built tree whose programs are counted. */
export const BUILT = process.env.RECIPIENT_GUARD_BUILD ?? path.join(HERE, '..', '..', 'build/dev');

/** So much more than recorded is growth, so much less is worth a new record. */
export const TOLERANCE = 0.05;

/** The C library picks other code on newer processors; this is what all of them have. */
const PLAIN_PROCESSOR = 'glibc.cpu.hwcaps=-AVX2,-AVX,-AVX512F,-AVX512VL,-BMI2,-ERMS,-FSRM,-SSE4_2,-SSSE3';

/**
 * @typedef {{name: string, units: number, seconds: number, instructions: number}} Count
 * @typedef {{compiler: string, machine: string}} Made by what, and for what
 * @typedef {Made & {counts: Record<string, number>,
 *   renewals: {date: string, reason: string, compiler: string,
 *     changed: Record<string, [number | null, number | null]>}[]}} Kept
 */

/** @param {string} text a callgrind file @returns {[string, number]} what it counts, and how many */
function countIn(text) {
  const name = /^desc: Trigger: Client Request: (.*)$/m.exec(text)?.[1] ?? '';
  return [name, Number(/^totals: (\d+)/m.exec(text)?.[1] ?? 'NaN')];
}

/**
 * Runs a program that counts (counting.hpp) under callgrind.
 * @param {string} program of tests/bench @param {string[]} args
 * @returns {Made & {counts: Count[]}}
 */
export function countedBy(program, args) {
  const file = path.join(BUILT, 'tests/bench', program);
  if (!existsSync(file)) {
    throw new Error(`${file} is not built: cmake --preset dev && cmake --build --preset dev`);
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'recipient-guard-counts-'));
  try {
    const work = path.join(folder, 'work');
    mkdirSync(work);
    const run = spawnSync('valgrind', ['--quiet', '--tool=callgrind', '--instr-atstart=no',
      `--callgrind-out-file=${folder}/counts`, file, ...args.map((arg) => arg.replace('FOLDER', work))],
    { encoding: 'utf8', env: { ...process.env, GLIBC_TUNABLES: PLAIN_PROCESSOR } });
    if (run.error || run.status !== 0) {
      throw new Error(`valgrind (tools/setup installs it) ${program}: ${run.error ?? run.stderr}`);
    }
    const [made, ...lines] = run.stdout.trim().split('\n').map((line) => JSON.parse(line));
    const counts = new Map(readdirSync(folder).filter((name) => name.startsWith('counts.'))
      .map((name) => countIn(readFileSync(path.join(folder, name), 'utf8'))));
    for (const line of lines) {
      line.instructions = counts.get(line.name);
      if (!(line.instructions > 0)) {
        throw new Error(`valgrind counted nothing for "${line.name}"`);
      }
    }
    return { ...made, counts: lines };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {Kept} */
export function record() {
  return JSON.parse(readFileSync(RECORD, 'utf8'));
}

/** @returns {Made & {counts: Count[]}} */
export function counted() {
  return countedBy('bench_counted', ['FOLDER']);
}

/**
 * What is wrong with the counts beside the record, a line each; `less` tells of those that are so
 * much better that the record holds nothing any more.
 * @param {Count[]} counts @param {Kept} kept
 */
export function compared(counts, kept) {
  const renew = 'if that is right: tools/bench instructions --renew "why"';
  const faults = [];
  const less = [];
  for (const { name, instructions } of counts) {
    const before = kept.counts[name];
    const change = instructions / before - 1;
    if (before === undefined) {
      faults.push(`"${name}" has no record; ${renew}`);
    } else if (change > TOLERANCE) {
      faults.push(`"${name}" takes ${(change * 100).toFixed(1)} % more instructions than recorded `
        + `(${before} -> ${instructions}); ${renew}`);
    } else if (change < -TOLERANCE) {
      less.push(`"${name}" takes ${(-change * 100).toFixed(1)} % less than recorded: renew the record to hold it`);
    }
  }
  for (const name of Object.keys(kept.counts)) {
    if (!counts.some((count) => count.name === name)) {
      faults.push(`"${name}" is recorded and was not counted; ${renew}`);
    }
  }
  return { faults, less };
}

/** Why counts and record cannot be compared, or nothing. @param {Made} made @param {Kept} kept */
export function incomparable(made, kept) {
  const of = (/** @type {Made} */ one) => `${one.compiler.replace(/^(\w+ (?:\D*)\d+).*$/, '$1')}, ${one.machine}`;
  return of(made) === of(kept) ? undefined
    : `the record was made with ${of(kept)}; this is ${of(made)}, whose counts are others`;
}

/** @param {string} reason @param {Made & {counts: Count[]}} now @param {Kept | undefined} kept */
function renew(reason, now, kept) {
  const counts = Object.fromEntries(now.counts.map(({ name, instructions }) => [name, instructions]));
  /** @type {Record<string, [number | null, number | null]>} */
  const changed = {};
  for (const name of new Set([...Object.keys(kept?.counts ?? {}), ...Object.keys(counts)])) {
    const [before, after] = [kept?.counts[name] ?? null, counts[name] ?? null];
    if (before !== after) {
      changed[name] = [before, after];
    }
  }
  const date = new Date().toISOString().slice(0, 10);
  /** @type {Kept} */
  const next = {
    compiler: now.compiler,
    machine: now.machine,
    counts,
    renewals: [...(kept?.renewals ?? []), { date, reason, compiler: now.compiler, changed }],
  };
  // A pair of numbers stands on one line.
  const text = JSON.stringify(next, null, 2).replace(/\[\s+(\d+|null),\s+(\d+|null)\s+\]/g, '[$1, $2]');
  writeFileSync(RECORD, `${text}\n`);
}

function main() {
  const { values } = parseArgs({
    options: { renew: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  if (values.renew !== undefined && values.renew.trim().length < 10) {
    process.stderr.write('tools/bench instructions: --renew wants the reason, in a sentence\n');
    process.exit(64);
  }
  const kept = existsSync(RECORD) ? record() : undefined;
  const now = counted();
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ ...now, record: kept?.counts })}\n`);
  } else {
    process.stdout.write(`Instructions, ${now.compiler}, ${now.machine}:\n`
      + `  ${''.padEnd(56)}${'a unit'.padStart(10)}${'in all'.padStart(13)}${'recorded'.padStart(13)}\n`);
    for (const { name, units, instructions } of now.counts) {
      const before = kept?.counts[name];
      const change = before === undefined ? '' : `  ${((instructions / before - 1) * 100).toFixed(1)} %`;
      process.stdout.write(`  ${name.padEnd(56)}${Math.round(instructions / units).toString().padStart(10)}`
        + `${instructions.toString().padStart(13)}${String(before ?? '-').padStart(13)}${change}\n`);
    }
  }
  if (values.renew !== undefined) {
    renew(values.renew.trim(), now, kept);
    return;
  }
  const hindrance = kept === undefined ? 'there is no record; make one with --renew "why"' : incomparable(now, kept);
  const { faults, less } = kept === undefined || hindrance !== undefined
    ? { faults: [], less: [] } : compared(now.counts, kept);
  for (const line of [...(hindrance ? [hindrance] : []), ...faults, ...less]) {
    process.stderr.write(`tools/bench instructions: ${line}\n`);
  }
  process.exitCode = faults.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main();
}
