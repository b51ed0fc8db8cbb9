// SPDX-License-Identifier: MPL-2.0
// audit list, verify and export of what is no record, of what cannot be read, and of what was never
// compared: none of it is called good.

import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Host, policyFile, run, temporaryFolder, to } from './host.js';

const POLICY = { format: 1, own: ['example.mil'], allow: ['mil'], block: ['ml'] };
const ACTIONS = ['list', 'verify', 'export'];

/** @param {string[]} addresses */
const mail = (...addresses) => ({ from: 'alice@example.mil', ...to(...addresses) });

/** A record of one asked and stopped, one sent as allowed, one sent otherwise, one unknown. */
async function record() {
  const audit = temporaryFolder();
  const host = new Host(['serve', '--policy', policyFile({ ...POLICY, audit: { record: 'all' } }),
    '--people', temporaryFolder(), '--audit', audit]);
  await host.ask('check', { key: 'stopped', message: mail('bob@navy.ml') });
  await host.ask('check', { key: 'as-allowed', message: mail('bob@navy.mil') });
  await host.ask('sent', { key: 'as-allowed', message: mail('bob@navy.mil') });
  await host.ask('check', { key: 'otherwise', message: mail('bob@navy.mil') });
  await host.ask('sent', { key: 'otherwise', message: mail('eve@navy.mil') });
  await host.ask('unguarded',
    { message: mail('bob@navy.ml'), actions: [], why: 'host-missing', mode: 'now' });
  assert.equal(await host.end(), 0);
  const [name] = readdirSync(audit).filter((one) => one.endsWith('.jsonl'));
  return { audit, file: path.join(audit, name) };
}

describe('what is no record', () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'empty.jsonl'), '');
  writeFileSync(path.join(folder, 'octets'), Buffer.from([0, 1, 2, 255, 254]));
  writeFileSync(path.join(folder, 'month.gz'), gzipSync('{}\n'));
  writeFileSync(path.join(folder, 'notes.txt'), 'one\ntwo\n');
  /** @type {[string, string, number, RegExp][]} */
  const rows = [
    ['an empty folder', temporaryFolder(), 66, /holds no record/],
    ['a folder of a policy', path.dirname(policyFile(POLICY)), 66, /holds no record/],
    ['a policy', policyFile(POLICY), 65, /holds no line of a record/],
    ['an empty file', path.join(folder, 'empty.jsonl'), 65, /holds no line of a record/],
    ['a binary file', path.join(folder, 'octets'), 65, /holds no line of a record/],
    ['a text', path.join(folder, 'notes.txt'), 65, /holds no line of a record/],
    ['a month that was packed', path.join(folder, 'month.gz'), 65, /compressed; unpack it first/],
    ['nothing', path.join(folder, 'gone'), 66, /gone/],
  ];
  for (const [name, place, status, said] of rows) {
    it(`as ${name} is status ${status}, and named`, () => {
      for (const action of ACTIONS) {
        const told = run(['audit', action, place]);
        assert.equal(told.status, status, action);
        assert.equal(told.out, '');
        assert.match(told.talk, said);
        assert.ok(told.talk.includes(place));
      }
    });
  }

  it('beside a good record is not passed over', async () => {
    const { audit } = await record();
    assert.equal(run(['audit', 'verify', audit]).status, 0);
    assert.equal(run(['audit', 'verify', audit, temporaryFolder()]).status, 66);
  });
});

describe('a line that cannot be read', () => {
  it('is named with file and line, and what could be read is told, with 65', async () => {
    const { file } = await record();
    const lines = readFileSync(file, 'utf8').split('\n').length;
    const good = run(['audit', 'list', file]);
    assert.deepEqual([good.status, good.talk], [0, '']);
    appendFileSync(file, '{"broken\n{"event":{}}\n{"half');
    for (const args of [['list'], ['list', '--json'], ['export'], ['export', '--json']]) {
      const { status, out, talk } = run(['audit', ...args, file]);
      assert.equal(status, 65);
      assert.ok(out.includes('stopped'));
      for (const number of [lines, lines + 1, lines + 2]) {
        assert.ok(talk.includes(`${file}:${number}: cannot be read`), talk);
      }
    }
  });

  it('is named twenty times at most', async () => {
    const { file } = await record();
    appendFileSync(file, 'x\n'.repeat(30));
    const { talk } = run(['audit', 'list', file]);
    assert.equal(talk.match(/: cannot be read/g)?.length, 20);
    assert.match(talk, /and 10 lines more cannot be read/);
  });
});

it('matched is told as yes, no, or nothing where nothing was compared', async () => {
  const { audit } = await record();
  for (const action of ['list', 'export']) {
    const told = run(['audit', action, '--json', audit]).out.trimEnd().split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(told.map(({ key, matched, mismatched }) => [key, matched, mismatched]), [
      ['stopped', null, false], ['as-allowed', true, false], ['otherwise', false, true],
      ['', null, false]]);
  }
  const cells = run(['audit', 'export', audit]).out.trimEnd().split('\n').slice(1)
    .map((row) => row.split(',').slice(-2));
  assert.deepEqual(cells, [['', 'stopped'], ['yes', 'as-allowed'], ['no', 'otherwise'], ['', '']]);
});

it('a domain is looked for in any of its forms, and a folder beside files', async () => {
  const audit = temporaryFolder();
  const host = new Host(['serve', '--policy', policyFile({ format: 1, block: ['m\u00fcnchen.example'] }),
    '--people', temporaryFolder(), '--audit', audit]);
  await host.ask('check', { key: 'a', message: mail('bob@m\u00fcnchen.example') });
  assert.equal(await host.end(), 0);
  const { audit: other } = await record();
  for (const [domain, count] of [['M\u00fcnchen.example', 1], ['xn--mnchen-3ya.example', 1],
    ['.example', 1], ['NAVY.ml', 2]]) {
    const { status, out } = run(['audit', 'list', '--json', '--domain', `${domain}`, '--audit', audit,
      other]);
    assert.equal(status, 0);
    assert.equal(out.trimEnd().split('\n').length, count, `${domain}`);
  }
});

it('a reason that would steer a terminal is shown, not obeyed', async () => {
  const audit = temporaryFolder();
  const host = new Host(['serve', '--policy', policyFile({ ...POLICY, override: { block: 'reason' } }),
    '--people', temporaryFolder(), '--audit', audit]);
  const message = mail('bob@navy.ml');
  await host.ask('check', { key: 'a', message });
  await host.ask('decision', { key: 'a', message, outcome: 'send', actions: [
    { address: 'bob@navy.ml', action: 'right', reason: 'duty\u001b[2J\nsecond' }] });
  assert.equal(await host.end(), 0);
  for (const action of ['list', 'export']) {
    const { out } = run(['audit', action, audit]);
    assert.ok(out.includes('duty\\u{001b}[2J\\u{000a}second'), out);
  }
});

it('where nothing is recorded yet it is said, with what to do', () => {
  const { status, talk } = run(['audit', 'list'], { env: { XDG_STATE_HOME: temporaryFolder() } });
  assert.equal(status, 66);
  assert.match(talk, /nothing is recorded here; if the record lies elsewhere, name it/);
});
