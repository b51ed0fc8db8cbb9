// SPDX-License-Identifier: MPL-2.0
/** The command line of tools/fuzz, which has built the targets. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { runTarget } from './run.js';
import { targets } from './seeds.js';

const build = fileURLToPath(new URL('../../build/', import.meta.url));
const DEFAULT_SECONDS = 10;

const columns = /** @type {const} */ ([
  ['target', 14], ['runs', 11], ['runs/s', 8], ['slowest ms', 11], ['edges', 7], ['inputs', 7],
  ['crashes', 8],
]);

/** @param {(string | number)[]} cells */
const line = (cells) => cells.map((cell, index) => (index === 0
  ? String(cell).padEnd(columns[0][1]) : String(cell).padStart(columns[index][1]))).join(' ');

/** @param {string} text @param {string} name */
function count(text, name) {
  if (!/^[1-9]\d*$/.test(text)) {
    fail(`--${name}: '${text}' is no number from 1 on`);
  }
  return Number(text);
}

/** @param {string} text @returns {never} */
function fail(text) {
  process.stderr.write(`tools/fuzz: ${text} (see --help)\n`);
  process.exit(64);
}

function wishes() {
  const option = /** @type {const} */ ({ type: 'string' });
  try {
    return parseArgs({
      allowPositionals: true,
      options: { runs: option, seconds: option, seed: option },
    });
  } catch (error) {
    return fail(/** @type {Error} */ (error).message);
  }
}

const { positionals, values } = wishes();
const unknown = positionals.find((name) => !targets.some((target) => target.name === name));
if (unknown !== undefined) {
  fail(`there is no target '${unknown}'`);
}
if (values.runs !== undefined && values.seconds !== undefined) {
  fail('--runs or --seconds, not both');
}
const options = {
  programs: join(build, 'fuzz/tests/fuzz'),
  folder: join(build, 'fuzz-inputs'),
  seed: count(values.seed ?? '1', 'seed'),
  ...(values.runs === undefined
    ? { seconds: count(values.seconds ?? String(DEFAULT_SECONDS), 'seconds') }
    : { runs: count(values.runs, 'runs') }),
};
console.log(line(columns.map(([name]) => name)));
for (const target of targets) {
  if (positionals.length > 0 && !positionals.includes(target.name)) {
    continue;
  }
  const row = runTarget(target, options);
  console.log(line([row.target, row.runs, row.perSecond, row.slowest.toFixed(1), row.edges,
    row.corpus, row.crash === '' ? 0 : 1]));
  if (row.crash !== '') {
    console.log(`  ${row.crash}\n  ${row.input}`);
    process.exitCode = 1;
  }
}
