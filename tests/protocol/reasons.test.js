// SPDX-License-Identifier: MPL-2.0
// The pages of docs/reasons: their examples hold.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { ROOT, policyFile, run } from './host.js';

const FOLDER = path.join(ROOT, 'docs/reasons');
const CODES = readdirSync(FOLDER).filter((name) => name !== 'README.md')
  .map((name) => path.basename(name, '.md'));

/** @param {string} code */
const page = (code) => readFileSync(path.join(FOLDER, `${code}.md`), 'utf8');

/** The fenced blocks of an example. @param {string} code */
function exampleOf(code) {
  const text = page(code).split('\n## Example\n')[1];
  const blocks = [...text.matchAll(/^```(json|jsonl)\n(.*?)\n```$/gms)]
    .map(([, kind, block]) => ({ kind, block }));
  const lines = blocks.find(({ kind }) => kind === 'jsonl')?.block ?? assert.fail('no lines');
  const json = blocks.filter(({ kind }) => kind === 'json').map(({ block }) => JSON.parse(block));
  return { lines, expected: json.pop(), policy: json.pop() };
}

/** All of `part` stands in `whole`. @param {any} whole @param {any} part @param {string} place */
function assertHolds(whole, part, place) {
  if (typeof part !== 'object' || part === null) {
    assert.equal(whole, part, place);
    return;
  }
  for (const [key, value] of Object.entries(part)) {
    assertHolds(whole?.[key], value, `${place}.${key}`);
  }
}

describe('docs/reasons', () => {
  it('lists every page in its README, in the order of the table', () => {
    const listed = [...page('README').matchAll(/^- \[([a-z-]+)\]\(\1\.md\)/gm)]
      .map(([, code]) => code);
    assert.deepEqual([...listed].sort(), [...CODES].sort());
    const table = readFileSync(
      path.join(ROOT, 'native-host/src/verdict/reason.cpp'), 'utf8');
    assert.deepEqual(listed, [...table.matchAll(/\{R::\w+,\s+"([a-z-]+)"/g)]
      .map(([, code]) => code).filter((code) => listed.includes(code)));
  });

  it('has a page for every check there is', () => {
    const checks = readdirSync(path.join(ROOT, 'native-host/src/verdict/checks'))
      .map((name) => path.basename(name, path.extname(name)))
      .filter((name) => name.includes('-'));
    for (const code of [...checks, 'posting']) {
      assert.ok(CODES.includes(code), code);
    }
  });

  for (const code of CODES) {
    it(`${code}: the example answers as it says`, () => {
      const { lines, expected, policy } = exampleOf(code);
      const args = ['check', '--batch', '--people', 'none',
        ...(policy ? ['--policy', policyFile(policy)] : [])];
      const { status, out, talk } = run(args, { input: `${lines}\n` });
      assert.equal(status, 0, talk);
      const answer = JSON.parse(out.trimEnd().split('\n').pop() ?? '');
      assertHolds(answer, expected, code);
      assert.equal((expected.findings ?? expected.recipients[0].findings)[0].code, code);
    });
  }
});
