// SPDX-License-Identifier: MPL-2.0
/**
 * Eight writers on one store and one record at once: in two hosts, and in eight. What any of them
 * was told is kept is there afterwards, and nobody waits for another longer than the lock's patience
 * before `busy`.
 *
 *   writers_rounds.js [--program FILE] [--changes N]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { Host } from './host.js';
import { addressOf, look, ways } from './host_rounds.js';

const WRITERS = 8;

/** What a change itself takes on a slow disk, beside its waits for the store and for the record. */
const PATIENCE = 200;
const SLACK = 300;

/**
 * @typedef {{busy: number, waits: number[], refused: string[], changes: import('./host_rounds.js').Change[]}} Sums
 * `waits`: between one answer of a host and its next, in milliseconds
 */

/**
 * Makes changes one after the other, each until it is done.
 * @param {(op: string, body: object) => Promise<any>} ask @param {number} writer @param {number} count
 * @param {Sums} sums
 */
async function write(ask, writer, count, sums) {
  for (let i = 0; i < count; i += 1) {
    const way = (writer + i) % ways.length;
    const { op, prepare, body } = ways[way];
    const address = addressOf(way, writer, i);
    if (prepare) {
      await ask(...prepare(address));
    }
    let answer = await ask(op, body(address));
    while (answer?.refused?.code === 'busy' && answer.refused.retry) {
      sums.busy += 1;
      answer = await ask(op, body(address));
    }
    const acknowledged = answer && !answer.refused && answer.learned !== false && answer.kept !== false;
    if (!acknowledged) {
      sums.refused.push(`${op}: ${JSON.stringify(answer)}`);
    }
    sums.changes.push({ address, way, acknowledged: Boolean(acknowledged) });
  }
}

/** Asks of a host, and how long it took since it last had nothing to do. @param {Host} host @param {number[]} waits */
function timed(host, waits) {
  let last = 0;
  return async (/** @type {string} */ op, /** @type {object} */ body) => {
    const began = performance.now();
    const answer = await host.ask(op, body);
    waits.push(performance.now() - Math.max(last, began));
    last = performance.now();
    return answer;
  };
}

/** @param {{program: string, hosts: number, changes: number}} options `changes`: of each writer */
export async function writerRounds({ program, hosts, changes }) {
  const place = mkdtempSync(join(tmpdir(), 'guard-writers-'));
  /** @type {Sums} */
  const sums = { busy: 0, waits: [], refused: [], changes: [] };
  try {
    const people = join(place, 'people');
    mkdirSync(people, { mode: 0o700 });
    const policy = join(place, 'policy.json');
    writeFileSync(policy, '{"format": 1, "audit": {"record": "all"}}', { mode: 0o644 });
    const start = () => new Host(program,
      ['serve', '--policy', policy, '--people', people, '--audit', join(place, 'audit')]);
    const running = Array.from({ length: hosts }, start);
    const asks = running.map((host) => timed(host, sums.waits));
    await Promise.all(Array.from({ length: WRITERS },
      (_, writer) => write(asks[writer % hosts], writer, changes, sums)));
    await Promise.all(running.map((host) => host.end()));

    const host = start();
    const { wrong } = await look(host, sums.changes);
    await host.end();
    const verified = spawnSync(program, ['audit', 'verify', join(place, 'audit')], { encoding: 'utf8' });
    const strange = readdirSync(people).filter((file) => !/^people\.sqlite(-journal)?$/.test(file));
    const waits = sums.waits.sort((a, b) => a - b);
    return { hosts, changes: sums.changes.length, busy: sums.busy, longest: waits[waits.length - 1],
      typical: waits[waits.length >> 1],
      wrong: [...wrong, ...sums.refused, ...strange.map((file) => `left over: ${file}`),
        ...verified.status === 0 ? [] : [`the record: ${verified.stdout}${verified.stderr}`]] };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

if (process.argv[1]?.endsWith('writers_rounds.js')) {
  const { values } = parseArgs({ options: {
    program: { type: 'string', default: 'build/dev/recipient-guard' },
    changes: { type: 'string', default: '500' } } });
  for (const hosts of [2, WRITERS]) {
    const sums = await writerRounds({ program: values.program, hosts, changes: Number(values.changes) });
    console.log(`${WRITERS} writers in ${hosts} hosts: changes ${sums.changes}, answered busy ` +
      `${sums.busy}, lost, half or refused ${sums.wrong.length}; an answer took ` +
      `${sums.typical.toFixed(1)} ms, at most ${sums.longest.toFixed(0)}`);
    sums.wrong.slice(0, 20).forEach((line) => console.log(line));
    if (sums.wrong.length > 0 || sums.longest > 2 * PATIENCE + SLACK) {
      process.exitCode = 1;
    }
  }
}
