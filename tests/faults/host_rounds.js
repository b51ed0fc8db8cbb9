// SPDX-License-Identifier: MPL-2.0
/**
 * Rounds of kill -9 on the host itself, as Thunderbird starts it: what it acknowledged of contacts
 * is there when the next host looks, and what it did not is there whole or not at all.
 *
 *   host_rounds.js [--rounds N] [--program FILE] [--seed N]
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { Host, to } from './host.js';

/** Changes acknowledged in a round before the one in which the host is killed, at most. */
const CHANGES = 5;

/** Every so many rounds the host is killed as soon as the store's journal goes: it has just been written. */
const JOURNAL_EACH = 4;

/** A wait shorter than so many milliseconds is spun through. */
const TIMERS_ARE_LATE = 5;

/**
 * Ways to teach: `prepare` is asked before, `ask` is what is acknowledged, `holds` whether what
 * history.show says is whole (true), nothing (false), or neither (undefined).
 * @type {{op: string, prepare?: (address: string) => [string, object],
 *   body: (address: string) => object, holds: (shown: any) => boolean | undefined}[]}
 */
export const ways = [
  { op: 'trust.add', body: (address) => ({ entry: address }),
    holds: ({ trusted }) => Boolean(trusted) },
  { op: 'sent', prepare: (address) => ['check', { key: address, message: to(address) }],
    body: (address) => ({ key: address, message: to(address) }),
    holds: ({ messages, names }) => messages === names.length ? messages === 1 : undefined },
  { op: 'history.learn', body: (address) => ({ messages: [to(address), to(address)] }),
    holds: ({ messages }) => [false, undefined, true][messages] },
  { op: 'decision', prepare: (address) => ['check', { key: address, message: to(address) }],
    body: (address) => ({ key: address, outcome: 'send', message: to(address),
      actions: [{ address, action: 'right', trust: true }] }),
    holds: ({ trusted, settled }) =>
      Boolean(trusted) === settled.length > 0 ? Boolean(trusted) : undefined },
];

/** @param {number} way @param {number} round @param {number} change */
export function addressOf(way, round, change) {
  // What is decided about must be questioned first: two dots in a row are unusual.
  const dots = ways[way].op === 'decision' ? '..' : '.';
  // Names so unlike that none is a slip of another.
  const fleet = createHash('sha256').update(`${round} ${change}`).digest('hex').slice(0, 12);
  return `person${dots}${round}@fleet-${fleet}.mil`;
}

/**
 * @typedef {{address: string, way: number, acknowledged: boolean}} Change
 * @param {Host} host @param {Change[]} changes
 * @returns {Promise<{wrong: string[], unsaid: number}>} `unsaid`: whole, though never acknowledged
 */
export async function look(host, changes) {
  const wrong = [];
  let unsaid = 0;
  for (const { address, way, acknowledged } of changes) {
    const shown = await host.ask('history.show', { address });
    const holds = shown && !shown.refused ? ways[way].holds(shown) : undefined;
    unsaid += holds && !acknowledged ? 1 : 0;
    if (holds === undefined || (acknowledged && !holds)) {
      wrong.push(`${ways[way].op} ${address}: ${JSON.stringify(shown)}`);
    }
  }
  return { wrong, unsaid };
}

/**
 * Teaches one thing.
 * @param {Host} host @param {Change} change @param {() => void} [asked] once it is under way
 */
async function teach(host, change, asked = () => {}) {
  const { prepare, op, body } = ways[change.way];
  if (prepare) {
    await host.ask(...prepare(change.address));
  }
  const answer = host.ask(op, body(change.address));
  asked();
  const told = await answer;
  if (told?.refused) {
    throw new Error(`${op}: ${JSON.stringify(told)}`);
  }
  change.acknowledged = told !== undefined;
}

/**
 * Kills the host some time after it was asked, or when the store's journal goes.
 * @param {Host} host @param {string} folder @param {number} delay in ms; below 0: at the journal
 */
function doom(host, folder, delay) {
  const kill = () => host.child.kill('SIGKILL');
  if (delay >= 0 && delay < TIMERS_ARE_LATE) {
    const until = performance.now() + delay;
    while (performance.now() < until){;}
    kill();
    return;
  }
  const late = setTimeout(kill, delay < 0 ? 200 : delay);
  let seen = 0;
  const watching = delay < 0 ? watch(folder, (_kind, file) => {
    seen += file === 'people.sqlite-journal' && _kind === 'rename' ? 1 : 0;
    if (seen === 2) {
      kill();
    }
  }) : undefined;
  host.ended.then(() => {
    clearTimeout(late);
    watching?.close();
  });
}

/** @param {{program: string, rounds: number, seed?: number, say?: (text: string) => void}} options */
export async function killRounds({ program, rounds, seed = 1, say = () => {} }) {
  let state = seed;
  const dice = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const place = mkdtempSync(join(tmpdir(), 'guard-host-'));
  const folder = join(place, 'people');
  mkdirSync(folder, { mode: 0o700 });
  const policy = join(place, 'policy.json');
  writeFileSync(policy, '{"format": 1, "audit": {"record": "none"}}', { mode: 0o644 });
  const start = () => new Host(program,
    ['serve', '--policy', policy, '--people', folder, '--audit', join(place, 'audit')]);
  const counts = { rounds, between: 0, acknowledged: 0, unsaid: 0, aside: 0,
    wrong: /** @type {string[]} */ ([]) };
  /** @type {Change[]} */
  const all = [];
  /** @type {Change[]} */
  let last = [];
  /** How long a change takes, in milliseconds; of the last ones. 0: none was made. */
  let typical = 0;
  /** @param {Host} host @param {Change[]} changes */
  const weigh = async (host, changes) => {
    const { wrong, unsaid } = await look(host, changes);
    counts.wrong.push(...wrong);
    counts.unsaid += unsaid;
  };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const host = start();
      await weigh(host, last);
      last = Array.from({ length: 1 + Math.floor(dice() * CHANGES) }, (_, i) => {
        const way = Math.floor(dice() * ways.length);
        return { address: addressOf(way, round, i), way, acknowledged: false };
      });
      for (const change of last.slice(0, -1)) {
        const began = performance.now();
        await teach(host, change);
        const took = performance.now() - began;
        typical = typical === 0 ? took : typical + (took - typical) / 5;
      }
      const delay = round % JOURNAL_EACH === 0 ? -1 : dice() * typical;
      await teach(host, last[last.length - 1], () => doom(host, folder, delay));
      host.child.kill('SIGKILL');
      await host.ended;
      counts.between += last.some(({ acknowledged }) => !acknowledged) ? 1 : 0;
      counts.acknowledged += last.filter(({ acknowledged }) => acknowledged).length;
      all.push(...last);
      if (round % 100 === 99) {
        say(`${round + 1} rounds, ${counts.between} between request and acknowledgement`);
      }
    }
    const host = start();
    await weigh(host, last);
    counts.wrong.push(...(await look(host, all)).wrong);
    await host.end();
    counts.aside = readdirSync(folder).filter((file) => file.includes('.damaged-')).length;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  return counts;
}

async function main() {
  const { values } = parseArgs({ options: {
    rounds: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' },
    program: { type: 'string', default: 'build/dev/recipient-guard' } } });
  const counts = await killRounds({ program: values.program, rounds: Number(values.rounds),
    seed: Number(values.seed), say: (text) => console.error(text) });
  const { wrong, ...numbers } = counts;
  console.log(`rounds of kill -9 ${numbers.rounds}, of them between request and acknowledgement ` +
    `${numbers.between} (already durable there ${numbers.unsaid}), acknowledged ` +
    `${numbers.acknowledged}, lost or half ${wrong.length}, stores put aside ${numbers.aside}`);
  wrong.slice(0, 20).forEach((line) => console.log(line));
  process.exitCode = wrong.length + numbers.aside > 0 || numbers.between * 2 < numbers.rounds ? 1 : 0;
}

if (process.argv[1]?.endsWith('host_rounds.js')) {
  await main();
}
