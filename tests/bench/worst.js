// SPDX-License-Identifier: MPL-2.0
/**
 * The worst that lists, histories and messages may hold: what judging one recipient takes then.
 *
 *   worst.js [--entries N] [--recipients N] [--counted] [--json]
 *
 * Times are of the processor. --counted counts instructions instead, as tools/test does with fewer
 * entries: some hundred times slower. Status 1 where a recipient takes more than the bound.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

import { BUILT, countedBy } from './instructions.js';

/** The bound of the issue this guards: a recipient, in milliseconds. */
export const MOST_MS = 5;

/**
 * The same in instructions. These cases run at 4 to 4.5 instructions a nanosecond where nothing
 * else runs (100,000 entries; a judgement of an ordinary recipient at 7); a processor of half that
 * speed does 10 million in 5 ms. A fifth of that is left for what a count does not see: a larger
 * list is read from memory that is further away.
 */
export const MOST_INSTRUCTIONS = 8_000_000;

/** @param {number} entries @param {number} recipients of the one large message */
export function worstCounted(entries, recipients) {
  return countedBy('bench_worst', [String(entries), String(recipients)]).counts;
}

/** @param {number} entries @param {number} recipients */
function worstTimed(entries, recipients) {
  const run = spawnSync(path.join(BUILT, 'tests/bench/bench_worst'), [String(entries), String(recipients)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (run.error || run.status !== 0) {
    throw new Error(`bench_worst: ${run.error ?? `status ${run.status}`}`);
  }
  return run.stdout.trim().split('\n').slice(1).map((line) => JSON.parse(line));
}

function main() {
  const { values } = parseArgs({
    options: {
      entries: { type: 'string', default: '1000000' },
      recipients: { type: 'string', default: '10000' },
      counted: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [entries, recipients] = [Number(values.entries), Number(values.recipients)];
  const rows = values.counted ? worstCounted(entries, recipients) : worstTimed(entries, recipients);
  const most = values.counted ? MOST_INSTRUCTIONS : MOST_MS;
  const taken = (/** @type {{seconds: number, units: number, instructions: number}} */ row) =>
    (values.counted ? row.instructions : row.seconds * 1000) / row.units;
  if (values.json) {
    process.stdout.write(`${JSON.stringify(rows)}\n`);
  } else {
    const unit = values.counted ? 'instructions' : 'ms';
    process.stdout.write(`Worst cases, ${entries} entries, ${recipients} recipients; ${unit} a recipient, must ${most}:\n`);
    for (const row of rows) {
      const value = taken(row);
      process.stdout.write(`  ${row.name.padEnd(52)}${value.toFixed(values.counted ? 0 : 3).padStart(12)}`
        + `${value > most ? '  MISSED' : ''}\n`);
    }
  }
  process.exitCode = rows.every((row) => taken(row) <= most) ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main();
}
