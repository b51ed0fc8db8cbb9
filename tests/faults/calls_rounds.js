// SPDX-License-Identifier: MPL-2.0
/**
 * The whole host, and commands, with system calls failing: each n-th of each kind, once or from
 * there on, with each error (strace injects them). Whatever failed: what was acknowledged is there
 * afterwards, nothing is allowed because of it, nothing crashes, and the next run works.
 *
 *   calls_rounds.js [--program FILE] [--every K] [--seed N] [--jobs N] [--only TEXT]
 */
import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { commands } from './commands_under_faults.js';
import { lookAfterwards, prepare, talk, wordsOf } from './conversation.js';
import { Host } from './host.js';

const CALLS = ['access', 'chmod', 'dup2', 'fchmod', 'fchown', 'fcntl', 'fdatasync', 'flock',
  'fsync', 'fstat', 'ftruncate', 'getcwd', 'getdents64', 'link', 'lseek', 'lstat', 'mkdir', 'mmap',
  'newfstatat', 'open', 'openat', 'pread64', 'pwrite64', 'read', 'readlink', 'readv', 'rename',
  'stat', 'statx', 'unlink', 'unlinkat', 'utimensat', 'write', 'writev'];

/** The first thing that main() does. */
const FIRST_OF_OURS = 'fcntl(0, F_GETFD';

const ERRORS = ['ENOSPC', 'EIO', 'EACCES', 'EINTR', 'EDQUOT'];

/**
 * A program as it is tortured: with which errors at its n-th call, what is there before, the words
 * it is started with, what it is used for, and what is wrong afterwards.
 * @typedef {{name: string, errors: (n: number) => string[],
 *   prepare: (place: string) => Promise<void> | void, words: (place: string) => string[],
 *   use: (host: Host, place: string) => Promise<{wrong: string[],
 *     afterwards: (ended: Ended) => Promise<string[]> | string[]}>}} Subject
 * @typedef {{status: number | null, signal: NodeJS.Signals | null, talk: string}} Ended
 * @typedef {{subject: Subject, call: string, error: string, when: string}} Cell
 */

/** @param {string} program @returns {Subject} */
const serving = (program) => ({
  name: 'serve', errors: () => ERRORS,
  prepare: (place) => prepare(program, place), words: (place) => wordsOf(place, program),
  use: async (host, place) => {
    const { said, wrong } = await talk(host, place, 'first');
    const unanswered = said.filter(({ answer }) => answer === undefined).map(({ op }) => op);
    return { wrong, afterwards: async ({ status }) => [
      ...status === 0 && unanswered.length > 0 ? [`never answered: ${unanswered.join(' ')}`] : [],
      ...status === 0 && host.rest > 0 ? ['half an answer was written'] : [],
      ...await lookAfterwards(program, place, said)] };
  },
});

/**
 * A command: one error at each call, in turn.
 * @param {string} program
 * @param {import('./commands_under_faults.js').Command} one @returns {Subject}
 */
const command = (program, { name, prepare: prepareCommand, words, wrong }) => ({
  name, errors: (n) => [ERRORS[(n + 1) % ERRORS.length]],
  prepare: (place) => prepareCommand(program, place), words: (place) => [program, ...words(place)],
  use: async (_host, place) => ({ wrong: [], afterwards: ({ status, talk: said }) => wrong(program, status, place, said) }),
});

/** Nothing of whoever runs this is seen or touched; LeakSanitizer and strace exclude each other. @param {string} place */
const environment = (place) => ({ ...process.env, HOME: join(place, 'home'), XDG_DATA_HOME: '',
  XDG_STATE_HOME: '', NO_COLOR: '1', ASAN_OPTIONS: 'detect_leaks=0' });

/** @param {string} line of strace: what it had to say could not be written */
const isWordThatFailed = (line) => /write\(2,.*INJECTED/.test(line);

/**
 * Runs a subject once, traced as `tracing` says; what went wrong, and the calls that were traced.
 * @param {Subject} subject @param {string} place @param {string[]} tracing
 */
async function run(subject, place, tracing) {
  const log = join(place, 'calls');
  const host = new Host('strace', ['-f', '--seccomp-bpf', '-qq', '-o', log, '-e', 'signal=none',
    ...tracing.flatMap((one) => ['-e', one]), ...subject.words(place)], environment(place));
  /** @type {string[]} */
  const wrong = [];
  let afterwards;
  try {
    const used = await subject.use(host, place);
    ({ afterwards } = used);
    wrong.push(...used.wrong);
  } catch (failure) {
    wrong.push(String(failure));
    host.child.kill('SIGKILL');
  }
  const ended = { ...await host.end(), talk: host.talk };
  const calls = readFileSync(log, 'utf8').split('\n');
  if (ended.signal || /terminate called|Sanitizer/.test(ended.talk)) {
    wrong.push(`ended by ${ended.signal}: ${ended.talk}`);
  } else if (ended.status !== 0 && ended.talk === '' && host.rest === 0 && !calls.some(isWordThatFailed)) {
    wrong.push(`ended with ${ended.status} and without a word`);
  }
  wrong.push(...afterwards ? await afterwards(ended) : []);
  return { wrong, calls, ended };
}

/** @param {string} name @param {(place: string) => Promise<any>} use */
async function inFolder(name, use) {
  const place = mkdtempSync(join(tmpdir(), `guard-${name}-`));
  try {
    return await use(place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * How often each call is made, from the first that is ours (those before are the loader's) to the
 * last; the most of any thread, since strace counts by thread.
 * @param {string[]} lines
 */
function countsOf(lines) {
  /** @type {Map<string, {loader: number, threads: Map<string, number>}>} */
  const counts = new Map();
  let ours = false;
  for (const line of lines) {
    const [, thread = '', call = ''] = /^(\d+)\s+(\w+)\(/.exec(line) ?? [];
    ours ||= line.includes(FIRST_OF_OURS);
    if (call) {
      const { loader, threads } = counts.get(call) ?? { loader: 0, threads: new Map() };
      threads.set(thread, (threads.get(thread) ?? 0) + 1);
      counts.set(call, { loader: loader + (ours ? 0 : 1), threads });
    }
  }
  return [...counts].map(([call, { loader, threads }]) =>
    ({ call, first: loader + 1, last: Math.max(...threads.values()) }));
}

/**
 * Every call of a subject in every way: each error once, and one error from there on; of EINTR every
 * other time, since a call that is interrupted for ever may be tried for ever.
 * @param {Subject} subject @param {string[]} lines @returns {Cell[]}
 */
function cellsOf(subject, lines) {
  return countsOf(lines).flatMap(({ call, first, last }) =>
    Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i).flatMap((n) => {
      const lasting = ERRORS[n % ERRORS.length];
      return [
        ...subject.errors(n).map((error) => ({ subject, call, error, when: `${n}` })),
        { subject, call, error: lasting, when: `${n}+${lasting === 'EINTR' ? '2' : ''}` }];
    }));
}

/** @template T @param {T[]} all @param {number} every @param {number} seed */
function someOf(all, every, seed) {
  let state = seed % 2_147_483_647 || 1;
  const dice = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return every === 1 ? all : all.filter(() => dice() * every < 1);
}

/**
 * @param {{program: string, every?: number, seed?: number, jobs?: number, only?: string,
 *   say?: (text: string) => void}} options `every`: about each K-th cell, by chance
 */
export async function callRounds({ program, every = 1, seed = 1, jobs = 4, only = '', say = () => {} }) {
  const sums = { cells: 0, hit: 0, ended: 0, wrong: /** @type {string[]} */ ([]) };
  const sanitized = readFileSync(program).includes('__asan_init');
  // Where it cannot map memory, or its own write fails, AddressSanitizer itself ends the process.
  const calls = CALLS.filter((call) => !sanitized || !['mmap', 'write'].includes(call));
  await inFolder('calls', async (base) => {
    /** @type {Cell[]} */
    const all = [];
    for (const subject of [serving(program), ...commands.map((one) => command(program, one))]) {
      const prepared = join(base, subject.name);
      mkdirSync(prepared);
      await subject.prepare(prepared);
      await inFolder('counted', async (place) => {
        cpSync(prepared, place, { recursive: true });
        const { wrong, calls: lines } = await run(subject, place, [`trace=?${calls.join(',?')}`]);
        sums.wrong.push(...wrong.map((text) => `${subject.name} without faults: ${text}`));
        all.push(...cellsOf(subject, lines));
      });
    }
    const cells = someOf(all, every, seed).filter((cell) => nameOf(cell).includes(only));
    const waiting = cells[Symbol.iterator]();
    await Promise.all(Array.from({ length: jobs }, async () => {
      for (const cell of waiting) {
        const { subject, call, error, when } = cell;
        await inFolder('cell', async (place) => {
          cpSync(join(base, subject.name), place, { recursive: true });
          const { wrong, calls: lines, ended } = await run(subject, place,
            [`trace=${call}`, `inject=${call}:error=${error}:when=${when}`]);
          sums.cells += 1;
          sums.hit += lines.some((line) => line.endsWith('(INJECTED)')) ? 1 : 0;
          sums.ended += ended.status === 0 ? 0 : 1;
          const told = wrong.map((text) => `${nameOf(cell)}: ${text}`);
          told.forEach(say);
          sums.wrong.push(...told);
          if (sums.cells % 500 === 0) {
            say(`${sums.cells} of ${cells.length}`);
          }
        });
      }
    }));
  });
  return sums;
}

/** @param {Cell} cell */
function nameOf({ subject, call, error, when }) {
  return `${subject.name} ${call} ${error} ${when}`;
}

if (process.argv[1]?.endsWith('calls_rounds.js')) {
  const { values } = parseArgs({ options: {
    program: { type: 'string', default: 'build/dev/recipient-guard' },
    every: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '4' }, only: { type: 'string', default: '' } } });
  const { wrong, ...sums } = await callRounds({ program: values.program, every: Number(values.every),
    seed: Number(values.seed), jobs: Number(values.jobs), only: values.only,
    say: (text) => console.error(text) });
  console.log(`cells ${sums.cells}, of them hit ${sums.hit}, ended before the end ${sums.ended}, ` +
    `wrong ${wrong.length}`);
  wrong.slice(0, 20).forEach((line) => console.log(line));
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
