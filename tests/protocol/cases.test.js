// SPDX-License-Identifier: MPL-2.0
// The cases of tests/corpus/cases.json, each a run of check --batch.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { policyFile, run, to } from './host.js';

const DAY = 86400;
const NOW = 1690329600;
const FROM = 'me@harvest-example.org';

/**
 * @typedef {{name: string, policy?: object, before?: string[], trust?: string[], to?: string[],
 *   message?: any, verdict: string, codes?: string[], meant?: string, offered?: string,
 *   each?: string[], override?: string}} Case
 */

/** @type {Case[]} */
const cases = JSON.parse(
  readFileSync(new URL('../corpus/cases.json', import.meta.url), 'utf8')).cases;

/**
 * "2 x ada@.., bo@.." becomes the addresses of that message, twice.
 * @param {string[]} before
 * @returns {string[][]}
 */
function sendings(before) {
  return before.flatMap((text) => {
    const [, times, addresses] = /^(\d+) x (.*)$/.exec(text) ?? assert.fail(`no times: ${text}`);
    return Array(Number(times)).fill(addresses.split(', '));
  });
}

/** The answer to a case's message. @param {Case} one */
function answerTo(one) {
  const past = sendings(one.before ?? []);
  const lines = [
    ...past.map((addresses, i) => ({
      op: 'sent', message: { from: FROM, time: NOW - DAY * (past.length - i), ...to(...addresses) },
    })),
    ...(one.trust ?? []).map((address) => ({ op: 'trust', address })),
    { message: { from: FROM, time: NOW, ...(one.message ?? to(...(one.to ?? []))) } },
  ];
  const args = ['check', '--batch', '--people', 'none'];
  if (one.policy) {
    args.push('--policy', policyFile({ format: 1, ...one.policy }));
  }
  const { status, out, talk } = run(args, {
    input: `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`,
  });
  assert.equal(status, 0, talk);
  return JSON.parse(out.trimEnd().split('\n').pop() ?? '');
}

describe('cases from the field', () => {
  for (const one of cases) {
    it(one.name, () => {
      const answer = answerTo(one);
      const { recipients } = answer;
      /** @type {any[]} */
      const findings = [...recipients.flatMap((/** @type {any} */ r) => r.findings),
        ...answer.findings];
      const codes = findings.map((finding) => finding.code);
      assert.equal(answer.verdict, one.verdict, codes.join(' '));
      if (one.codes) {
        assert.ok(one.codes.some((code) => codes.includes(code)), codes.join(' '));
      } else {
        assert.deepEqual(codes, []);
      }
      const offered = findings.flatMap((finding) => finding.meant ?? []);
      if (one.meant !== undefined) {
        const found = findings.find((finding) => one.codes?.includes(finding.code));
        assert.equal(found.meant?.[0], one.meant);
      }
      if (one.offered !== undefined) {
        assert.equal(offered[0], one.offered);
      }
      if (one.each) {
        assert.deepEqual(recipients.map((/** @type {any} */ r) => r.verdict), one.each);
      }
      if (one.override !== undefined) {
        assert.equal(recipients[0].override, one.override);
      }
    });
  }
});
