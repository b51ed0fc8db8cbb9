// SPDX-License-Identifier: MPL-2.0
/** The commands that calls_rounds.js tortures: what each must have done where it says so. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { prepare as prepareHost } from './conversation.js';

/**
 * `wrong` is asked once it ended with a status.
 * @typedef {{name: string, prepare: (program: string, place: string) => Promise<void> | void,
 *   words: (place: string) => string[],
 *   wrong: (program: string, status: number | null, place: string, talk: string) => string[]}} Command
 */

/** @param {string} place */
const people = (place) => ['--policy', join(place, 'policy.d'), '--people', join(place, 'people')];

/** @param {string} program @param {string[]} words */
function run(program, words) {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

/** @param {string} program @param {string} place @param {string} address */
const shown = (program, place, address) => JSON.parse(
  run(program, ['history', 'show', address, '--json', '--people', join(place, 'people')]).text);

/** Nothing is left beside the store. @param {string} place */
const aside = (place) => readdirSync(join(place, 'people'))
  .filter((file) => !/^people\.sqlite(-journal)?$/.test(file)).map((file) => `left over: ${file}`);

/**
 * A command that teaches: all of it is there where it says so, none or all where not, and it works
 * afterwards.
 * @param {string} name @param {(place: string) => string[]} words
 * @param {(program: string, place: string) => number} count of what it taught @param {number} all
 * @param {boolean} [once] asked again it teaches nothing more
 * @returns {Command}
 */
const teaching = (name, words, count, all, once = true) => ({
  name,
  prepare: async (program, place) => {
    await prepareHost(program, place);
    writeFileSync(join(place, 'trusted.csv'), 'entry\nfirst@one-example.net\nsecond@two-example.net\n');
    writeFileSync(join(place, 'sent.jsonl'), ['first@one', 'second@two'].map((text) =>
      `{"recipients":[{"text":"${text}-example.net"}]}\n`).join(''));
  },
  words: (place) => [...words(place), ...people(place)],
  wrong: (program, status, place) => {
    const taught = count(program, place);
    const again = run(program, [...words(place), ...people(place)]);
    const total = count(program, place);
    return [
      ...taught !== all && (taught !== 0 || status === 0) ? [`${taught} of ${all}, status ${status}`] : [],
      ...again.status === 0 && total === (once ? all : taught + all) ? []
        : [`afterwards: ${total}, status ${again.status}: ${again.text}`],
      ...aside(place)];
  },
});

const two = ['first@one-example.net', 'second@two-example.net'];

/** @param {string} program @param {string} place */
const trusted = (program, place) => two.filter((one) => shown(program, place, one).trusted).length;

/** @param {string} program @param {string} place */
const learned = (program, place) =>
  two.map((one) => shown(program, place, one).messages).reduce((sum, one) => sum + one);

/**
 * A command that judges: it says what is so, or that it cannot.
 * @param {string} name @param {(place: string) => string[]} words @param {number} right status
 * @param {(place: string) => void} [spoil]
 * @returns {Command}
 */
const judging = (name, words, right, spoil = () => {}) => ({
  name, words,
  prepare: async (program, place) => {
    await prepareHost(program, place);
    spoil(place);
  },
  // 64 and above: why it cannot. Contacts that cannot be read count as none, which is said.
  wrong: (_program, status, _place, talk) =>
    status === right || (status ?? 0) >= 64 || talk.includes('taken for empty')
      ? [] : [`status ${status}, and ${right} is right`],
});

/** @param {string} place */
function forgeRecord(place) {
  const folder = join(place, 'audit');
  const file = join(folder, readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? '');
  writeFileSync(file, readFileSync(file, 'utf8').replace('long-ago', 'long-age'));
}

/** @type {Command} */
const installing = {
  name: 'manifest install',
  prepare: (_program, place) => mkdirSync(join(place, 'root')),
  words: (place) => ['manifest', 'install', '--system', '--root', join(place, 'root')],
  wrong: (program, status, place) => {
    const folder = join(place, 'root/usr/lib/mozilla/native-messaging-hosts');
    const file = join(folder, 'recipient_guard.json');
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const again = run(program, ['manifest', 'install', '--system', '--root', join(place, 'root')]);
    const good = readFileSync(file, 'utf8');
    return [
      ...text === good || (text === '' && status !== 0) ? [] : [`status ${status}, and there is ${text}`],
      ...again.status === 0 && JSON.parse(good).name === 'recipient_guard' ? [] : [`afterwards: ${again.text}`],
    ];
  },
};

/** @type {Command[]} */
export const commands = [
  teaching('trust add', () => ['trust', 'add', ...two], trusted, 2),
  teaching('trust import', (place) => ['trust', 'import', join(place, 'trusted.csv')], trusted, 2),
  teaching('history learn', (place) => ['history', 'learn', join(place, 'sent.jsonl')], learned, 2, false),
  judging('check', (place) => ['check', ...people(place), 'bob@navy.mil', 'bob@navy.ml'], 2),
  judging('check slip', (place) => ['check', ...people(place), 'carol@harbor-example.net'], 1),
  judging('audit verify', (place) => ['audit', 'verify', join(place, 'audit')], 0),
  judging('audit verify, forged', (place) => ['audit', 'verify', join(place, 'audit')], 1, forgeRecord),
  judging('policy lint', (place) => ['policy', 'lint', join(place, 'policy.d')], 78,
    (place) => writeFileSync(join(place, 'policy.d/30-bad.json'), '{"format": 1, "blok": []}', { mode: 0o644 })),
  installing,
];
