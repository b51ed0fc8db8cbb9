// SPDX-License-Identifier: MPL-2.0
/**
 * Rounds of kill -9 on two processes that write one record: what was acknowledged is in it
 * afterwards, and nothing of it looks changed.
 *
 *   audit_rounds.js [--rounds N] [--driver FILE] [--seed N]
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** A new record after so many rounds: it is read whole after each. */
const ROUNDS_A_RECORD = 25;

/** @param {string} driver @param {string[]} words @param {number} [delay] killed after, in ms */
export function write(driver, words, delay) {
  return new Promise((resolve, reject) => {
    const child = spawn(driver, words, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (data) => {
      // The clock runs from the first line written: before it there is nothing to lose.
      if (text === '' && delay !== undefined) {
        setTimeout(() => child.kill('SIGKILL'), delay);
      }
      text += data;
    });
    child.on('error', reject);
    child.on('close', () => resolve(acknowledged(text)));
  });
}

/** @param {string} text @returns {string[]} */
export const acknowledged = (text) => text.split('\n').slice(0, -1)
  .filter((line) => line.startsWith('ack ')).map((line) => line.slice(4));

/** @param {string} driver @param {string} folder */
export function look(driver, folder) {
  const { stdout, stderr } = spawnSync(driver, ['verify', folder], { encoding: 'utf8' });
  const [state, ...ids] = stdout.trimEnd().split('\n');
  return { state, ids: new Set(ids), stderr };
}

/** @param {{driver: string, rounds: number, seed?: number}} options */
export async function killRounds({ driver, rounds, seed = 1 }) {
  let state = seed;
  const dice = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const sums = { rounds, acknowledged: 0, lost: 0, changed: 0 };
  let folder = '';
  let known = [];
  for (let round = 0; round < rounds; round++) {
    if (round % ROUNDS_A_RECORD === 0) {
      rmSync(folder || 'nothing-here', { recursive: true, force: true });
      folder = mkdtempSync(join(tmpdir(), 'guard-audit-'));
      known = [];
    }
    const told = await Promise.all([
      write(driver, ['write', folder, `a${round}`, '1000'], dice() * 20),
      write(driver, ['write', folder, `b${round}`, '1000'], dice() * 20),
    ]);
    known.push(...told.flat());
    sums.acknowledged += told.flat().length;
    const seen = look(driver, folder);
    sums.lost += known.filter((id) => !seen.ids.has(id)).length;
    sums.changed += seen.state === 'clean' ? 0 : 1;
  }
  rmSync(folder, { recursive: true, force: true });
  return sums;
}

if (process.argv[1]?.endsWith('audit_rounds.js')) {
  const { values } = parseArgs({ options: {
    rounds: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' },
    driver: { type: 'string', default: 'build/dev/tests/audit_driver' } } });
  const sums = await killRounds({ driver: values.driver, rounds: Number(values.rounds),
    seed: Number(values.seed) });
  console.log(JSON.stringify(sums));
  process.exitCode = sums.lost + sums.changed > 0 ? 1 : 0;
}
