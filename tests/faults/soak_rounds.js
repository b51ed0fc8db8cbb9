// SPDX-License-Identifier: MPL-2.0
/**
 * Many checks on one connection, with questions, decisions and sent mail among them: the host needs
 * no more memory, descriptors and time for the last than for the first.
 *
 *   soak_rounds.js [--program FILE] [--checks N]
 */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { Host, to } from './host.js';

/** Every so many checks one is questioned, decided about and sent; and one of the others is sent. */
const QUESTION_EACH = 100;

/** People written to; so many that all are known once it is warm. */
const PEOPLE = 200;

/** Asked at once, so that the pipe is no bottleneck. */
const AT_ONCE = 20;

/** Parts of the run that are compared; the first warms up. */
const PARTS = 10;

/** @param {number} pid */
function usedBy(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  // Behind the name, which may hold anything, in clock ticks of 10 ms.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return { memory: Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    ticks: Number(fields[11]) + Number(fields[12]) };
}

/** @param {Host} host @param {number} i */
async function check(host, i) {
  const key = `check-${i}`;
  const address = i % QUESTION_EACH === 0 ? `two..dots${i % PEOPLE}@fleet.mil` : `person${i % PEOPLE}@fleet.mil`;
  const message = { ...to(address), subject: 'x'.repeat(i % 200) };
  const answer = await host.ask('check', { key, message });
  if (i % QUESTION_EACH > 1) {
    return [answer];
  }
  const decided = answer?.verdict === 'allow' ? answer
    : await host.ask('decision', { key, outcome: 'send', message, actions: [{ address, action: 'right' }] });
  return [answer, decided, await host.ask('sent', { key, message })];
}

/** @param {{program: string, checks: number, say?: (text: string) => void}} options */
export async function soak({ program, checks, say = () => {} }) {
  const place = mkdtempSync(join(tmpdir(), 'guard-soak-'));
  const parts = [];
  let refused = 0;
  try {
    mkdirSync(join(place, 'people'), { mode: 0o700 });
    const policy = join(place, 'policy.json');
    writeFileSync(policy, '{"format": 1, "allow": ["mil"]}', { mode: 0o644 });
    const host = new Host(program, ['serve', '--policy', policy, '--people', join(place, 'people'),
      '--audit', join(place, 'audit')]);
    const pid = host.child.pid ?? 0;
    for (let part = 0, done = 0; part < PARTS; part += 1) {
      const before = usedBy(pid).ticks;
      const first = done;
      for (; done < checks * (part + 1) / PARTS; done += AT_ONCE) {
        const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => check(host, done + i)));
        refused += answers.flat().filter((answer) => !answer || answer.refused).length;
      }
      const used = usedBy(pid);
      parts.push({ ...used, microseconds: (used.ticks - before) * 10_000 / (done - first) });
      say(`${done} checks: ${JSON.stringify(parts[part])}`);
    }
    const { status } = await host.end();
    refused += status === 0 ? 0 : 1;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  const [, warm] = parts;
  const last = parts[PARTS - 1];
  return { checks, refused, memory: last.memory - warm.memory,
    descriptors: last.descriptors - warm.descriptors, before: warm.microseconds, after: last.microseconds };
}

if (process.argv[1]?.endsWith('soak_rounds.js')) {
  const { values } = parseArgs({ options: {
    program: { type: 'string', default: 'build/dev/recipient-guard' },
    checks: { type: 'string', default: '1000000' } } });
  const sums = await soak({ program: values.program, checks: Number(values.checks),
    say: (text) => console.error(text) });
  console.log(`checks ${sums.checks}, refused ${sums.refused}; more memory ${sums.memory / 1024} KiB, more ` +
    `descriptors ${sums.descriptors}; processor ${sums.before.toFixed(0)} us a check once warm, ` +
    `${sums.after.toFixed(0)} at the end`);
  process.exitCode = sums.refused > 0 || sums.memory > 1 << 20 || sums.descriptors > 0
    || sums.after > 1.2 * sums.before ? 1 : 0;
}
