// SPDX-License-Identifier: MPL-2.0
/**
 * Rounds of kill -9 on processes that keep people in one store: what was acknowledged is there
 * afterwards, what was not is there whole or not at all, and the file is sound.
 *
 *   store_rounds.js [--rounds N] [--driver FILE] [--seed N]
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

/** Changes of one round, the one in which it is killed included at the latest. */
const CHANGES = 14;

/** Every so many rounds another process writes at the same time, and is not killed. */
const COMPANION_EACH = 4;

/** @param {number} seed a generator of numbers in [0, 1) that can be repeated */
function dice(seed) {
  let state = seed % 2_147_483_647 || 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/**
 * Runs the driver and keeps what it says.
 * @param {string} driver
 * @param {string[]} words
 * @returns {Promise<{lines: string[], signal: NodeJS.Signals | null, status: number | null}>}
 */
function run(driver, words) {
  return new Promise((resolve, reject) => {
    const child = spawn(driver, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (data) => { text += data; });
    child.on('error', reject);
    child.on('close', (status, signal) => {
      resolve({ lines: text.split('\n').filter((line) => line !== ''), signal, status });
    });
  });
}

/**
 * What a process said, taken apart.
 * @param {string[]} lines
 */
function transcript(lines) {
  const acknowledged = new Set();
  let begun = -1;
  for (const line of lines) {
    const [word, index] = line.split(' ');
    if (word === 'write') {
      begun = Number(index);
    } else {
      acknowledged.add(Number(index));
    }
  }
  return { acknowledged, begun, between: begun >= 0 && !acknowledged.has(begun) };
}

/** @param {string} name @param {number} index @param {string} which */
function address(name, index, which) {
  return `${name}-${index}${which}@navy.mil`;
}

/**
 * What the store must say of the three people of a change, as one text each; once the first is
 * forgotten the two others are still a group.
 * @param {boolean} forgotten the first of them
 */
function expected(forgotten) {
  return [forgotten ? '0 0 0 0 0' : '1 1 0 0 1', '1 1 1 0 1', '1 1 0 1 1'];
}

const NOTHING = ['0 0 0 0 0', '0 0 0 0 0', '0 0 0 0 0'];

/** @param {number} index */
const forgets = (index) => index % 10 === 9;

/**
 * Which answers are right for change `index` of a process that ended like this.
 * @param {ReturnType<typeof transcript>} said
 * @param {number} index
 */
function rightAnswers(said, index) {
  const open = said.between && said.begun === index;
  if (!said.acknowledged.has(index)) {
    return open ? [expected(false), NOTHING] : [NOTHING];
  }
  const next = index + 1;
  if (!forgets(next) || said.begun < next) {
    return [expected(false)];
  }
  return said.acknowledged.has(next) ? [expected(true)] : [expected(true), expected(false)];
}

/**
 * Asks the store about every change of `name`; what is wrong, in words.
 * @param {string} driver
 * @param {string} folder
 * @param {string} name
 * @param {ReturnType<typeof transcript>} said
 */
function wrongs(driver, folder, name, said) {
  const indexes = Array.from({ length: said.begun + 2 }, (_, index) => index)
    .filter((index) => !forgets(index));
  const asked = indexes.flatMap((index) => ['a', 'b', 'c'].map((w) => address(name, index, w)));
  const shown = spawnSync(driver, ['show', folder],
    { input: asked.map((one) => `${one}\n`).join(''), encoding: 'utf8' });
  if (shown.status !== 0) {
    return [`${name}: the store cannot be read: ${shown.stderr}`];
  }
  const answers = shown.stdout.split('\n').map((line) => line.slice(line.indexOf(' ') + 1));
  return indexes.flatMap((index, at) => {
    const answer = answers.slice(3 * at, 3 * at + 3);
    const right = rightAnswers(said, index).some((one) => one.join() === answer.join());
    return right ? [] : [`${name}, change ${index}: ${answer.join(' | ')}`];
  });
}

/**
 * Typical time of one change, so that kills fall into it and not behind it.
 * @param {string} driver
 * @param {string} folder
 */
async function typicalMicroseconds(driver, folder) {
  const count = 9;
  const began = performance.now();
  await run(driver, ['write', folder, 'warm', String(count)]);
  return Math.max(500, ((performance.now() - began) * 1000) / (count + 1));
}

/**
 * @param {{rounds: number, driver: string, seed?: number, say?: (text: string) => void}} options
 */
export async function killRounds({ rounds, driver, seed = 1, say = () => {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'guard-faults-'));
  const random = dice(seed);
  /** @type {string[]} */
  const lost = [];
  const counts = { rounds, killed: 0, between: 0, acknowledged: 0, lost, unsound: 0 };
  try {
    const typical = await typicalMicroseconds(driver, folder);
    for (let round = 0; round < rounds; ++round) {
      const name = `r${round}`;
      const at = Math.floor(random() * CHANGES);
      const delay = round % 5 === 4 ? -1 : Math.floor(random() * 1.2 * typical);
      const words = ['write', folder, name, String(CHANGES), String(at), String(delay)];
      const companion = round % COMPANION_EACH === 0
        ? run(driver, ['write', folder, `c${round}`, '5']) : undefined;
      const { lines, signal } = await run(driver, words);
      const said = transcript(lines);
      counts.killed += signal === 'SIGKILL' ? 1 : 0;
      counts.between += signal === 'SIGKILL' && said.between ? 1 : 0;
      counts.acknowledged += said.acknowledged.size;
      const beside = await companion;
      counts.lost.push(...wrongs(driver, folder, name, said));
      if (beside) {
        const other = transcript(beside.lines);
        counts.acknowledged += other.acknowledged.size;
        counts.lost.push(...wrongs(driver, folder, `c${round}`, other));
      }
      if (readdirSync(folder).some((file) => file.includes('.damaged-'))) {
        ++counts.unsound;
      }
      if (round % 100 === 99) {
        say(`${round + 1} rounds, ${counts.between} between write and acknowledgement`);
      }
    }
    // A journal of which nothing had to be taken back may stand there until the next change.
    await run(driver, ['write', folder, 'last', '1']);
    counts.unsound += readdirSync(folder).length - 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return counts;
}

async function main() {
  const { values } = parseArgs({ options: {
    rounds: { type: 'string', default: '1000' },
    driver: { type: 'string', default: process.env.RECIPIENT_GUARD_STORE_DRIVER },
    seed: { type: 'string', default: '1' },
  } });
  if (!values.driver) {
    throw new Error('--driver FILE is needed');
  }
  const counts = await killRounds({ rounds: Number(values.rounds), driver: values.driver,
    seed: Number(values.seed), say: (text) => console.error(text) });
  console.log(`rounds ${counts.rounds}, killed ${counts.killed}, between write and ` +
    `acknowledgement ${counts.between}, changes acknowledged ${counts.acknowledged}, ` +
    `lost or half ${counts.lost.length}, damaged or left over files ${counts.unsound}`);
  counts.lost.slice(0, 20).forEach((line) => console.log(line));
  const good = counts.lost.length === 0 && counts.unsound === 0 &&
    counts.between * 2 >= counts.rounds;
  process.exitCode = good ? 0 : 1;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await main();
}
