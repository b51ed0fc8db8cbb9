// SPDX-License-Identifier: MPL-2.0
// `check --batch`: one line out for each line in, in order, whatever stands in it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { DEFENCE, PROGRAM, SANITIZED, policyFile, run, temporaryFolder, to, within } from './host.js';

const MiB = 1024 * 1024;
const ALLOW_MIL = policyFile({ format: 1, allow: ['mil'] });

/**
 * The answers to these lines.
 *
 * @param {(string|Buffer|object)[]} lines objects become JSON
 * @param {string[]} [args]
 */
function batch(lines, args = ['--policy', ALLOW_MIL]) {
  const octets = lines.map((line) => (Buffer.isBuffer(line) ? line
    : Buffer.from(typeof line === 'string' ? line : JSON.stringify(line))));
  const input = Buffer.concat(octets.flatMap((line) => [line, Buffer.from('\n')]));
  const { status, out, talk } = run(['check', '--batch', ...args], { input });
  assert.match(out, /^[\x20-\x7e\n]*$/, 'the output is ASCII');
  const answers = out.split('\n');
  assert.equal(answers.pop(), '', 'the last line ends too');
  assert.equal(answers.length, lines.length, 'one line for each');
  return { status, talk, answers: answers.map((line) => JSON.parse(line)) };
}

/** What became of one line: its verdict, ok, or error code. @param {any} answer */
const outcome = (answer) => answer.verdict ?? (answer.ok === true ? 'ok' : answer.error.code);

describe('a line', () => {
  /** @type {Record<string, [string|Buffer|object, string]>} */
  const lines = {
    'with a check': [{ op: 'check', message: to('bob@navy.ml') }, 'warn'],
    'without op is a check': [{ message: to('bob@navy.mil') }, 'allow'],
    'with what left': [{ op: 'sent', message: to('x@navy.mil') }, 'ok'],
    'with what left and was confirmed': [{ op: 'sent', right: true, message: to('x@navy.mil') }, 'ok'],
    'with a trust': [{ op: 'trust', address: 'bob@navy.ml' }, 'ok'],
    'with CRLF at its end': [`${JSON.stringify({ message: to('a@navy.mil') })}\r`, 'allow'],
    'that is empty': ['', 'bad-json'],
    'of blanks': ['   ', 'bad-json'],
    'of a carriage return': ['\r', 'bad-json'],
    'that is no JSON': ['bob@navy.ml', 'bad-json'],
    'with half a surrogate pair':
      ['{"message":{"recipients":[{"text":"\\ud800@navy.mil"}]}}', 'bad-json'],
    'with broken UTF-8': [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'bad-json'],
    'with a NUL': [Buffer.from('{"op":"check"\0}'), 'bad-json'],
    'that nests too deep': ['['.repeat(1000), 'bad-json'],
    'that is a list': ['[]', 'bad-request'],
    'with a doubled key': ['{"op":"check","op":"sent"}', 'bad-request'],
    'without message': ['{"op":"check"}', 'bad-request'],
    'with an op that is a number': ['{"op":1}', 'bad-request'],
    'with a right that is a text':
      ['{"op":"sent","right":"yes","message":{"recipients":[]}}', 'bad-request'],
    'with an unknown op': ['{"op":"dance"}', 'unknown-op'],
    'with an op of native messages alone': ['{"op":"hello"}', 'unknown-op'],
    'that trusts what is no address': ['{"op":"trust","address":"navy.mil"}', 'bad-request'],
    'that trusts nothing': ['{"op":"trust"}', 'bad-request'],
    'of 8 MiB': [`{"message":{"recipients":[]}}${' '.repeat(8 * MiB - 29)}`, 'allow'],
    'of 8 MiB and one octet': [`{"message":{"recipients":[]}}${' '.repeat(8 * MiB - 28)}`,
      'too-large'],
    'of 20 MiB': [`{"x":"${'x'.repeat(20 * MiB)}"}`, 'too-large'],
  };
  for (const [name, [line, expected]] of Object.entries(lines)) {
    it(`${name} is answered with ${expected}, and the next is read`, () => {
      const { status, answers } = batch([line, { message: to('x@bamako-harbour.com') }]);
      assert.deepEqual(answers.map(outcome), [expected, 'allow']);
      assert.equal(status, 0);
    });
  }

  it('whose JSON is broken is told by its number in the input', () => {
    const { answers } = batch(['', { message: to('bob@navy.mil') }, '{"op":"check",}',
      '{"op":"check","op":"sent"}', 'x'.repeat(8 * MiB + 1)]);
    const texts = answers.map((answer) => answer.error?.text);
    assert.match(texts[0], /^line 1, column 1: /);
    assert.match(texts[2], /^line 3, column 15: /);
    assert.equal(texts[3],
      'line 4, column 15: key "op" stands twice, first at line 4, column 2');
    assert.match(texts[4], /^line 5 is longer than /);
  });

  it('that has no LF behind it is a line all the same', () => {
    const { status, out } = run(['check', '--batch', '--policy', ALLOW_MIL],
      { input: '{"message":{"recipients":[]}}' });
    assert.equal(out, '{"verdict":"allow","recipients":[],"findings":[]}\n');
    assert.equal(status, 0);
  });

  it('of nothing at all is none', () => {
    assert.deepEqual(run(['check', '--batch', '--policy', ALLOW_MIL], { input: '' }),
      { status: 0, out: '', talk: '' });
  });
});

describe('a verdict of a batch', () => {
  it('has every recipient in it, in order', () => {
    const { answers } = batch([{ message: to('a@navy.mil', 'b@navy.ml', 'c@navy.mil') }]);
    assert.deepEqual(answers[0].recipients.map((/** @type {any} */ one) => [one.index, one.verdict]),
      [[0, 'allow'], [1, 'warn'], [2, 'allow']]);
    assert.equal('recorded' in answers[0], false);
    assert.equal('evidence' in answers[0].recipients[0], false);
  });

  it('has evidence with --trace', () => {
    const { answers } = batch([{ message: to('a@navy.mil', 'b@nayv.com') }],
      ['--trace', '--policy', policyFile({ format: 1, protect: ['navy.com'] })]);
    const [fine, slip] = answers[0].recipients;
    assert.ok(Array.isArray(fine.evidence));
    const piece = slip.evidence.find((/** @type {any} */ one) => one.code === 'lookalike-domain');
    assert.ok(piece.score >= piece.threshold);
  });
});

describe('one run is one person', () => {
  it('who is confirmed once is not questioned again', () => {
    const message = { ...to('bob@navy.ml'), time: 1_700_000_000 };
    const { answers } = batch([{ message }, { op: 'sent', right: true, message }, { message }]);
    assert.deepEqual(answers.map(outcome), ['warn', 'ok', 'allow']);
  });

  it('who was overridden is known from the next day on, not before', () => {
    const day = 86_400;
    const on = (/** @type {number} */ days) =>
      ({ ...to('bob@stranger-navy.mli'), time: 1_700_000_000 + days * day });
    const { answers } = batch([{ message: on(0) }, { op: 'sent', message: on(0) },
      { message: on(0) }, { message: on(1) }], ['--policy', policyFile({ format: 1 })]);
    assert.deepEqual(answers.map(outcome), ['warn', 'ok', 'warn', 'allow']);
  });

  it('who is trusted is not questioned', () => {
    const { answers } = batch([{ message: to('bob@navy.ml') },
      { op: 'trust', address: 'bob@navy.ml' }, { message: to('bob@navy.ml') },
      { message: to('eve@navy.ml') }]);
    assert.deepEqual(answers.map(outcome), ['warn', 'ok', 'allow', 'warn']);
  });
});

describe('a batch', () => {
  it('of a thousand hostile lines gets a thousand answers in order, in under 100 MiB', async () => {
    const hostile = [
      () => Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 7) % 256).filter((o) => o !== 10)),
      (/** @type {number} */ i) => `{"message":{"recipients":[{"text":"${'x'.repeat(MiB)}${i}"}]}}`,
      () => `{"message":{"recipients":[{"text":"${'\\u0001\\u202e\\u200b'.repeat(50)}"}]}}`,
      () => `${'{"a":'.repeat(50_000)}1`,
      () => '['.repeat(100_000),
      () => Buffer.concat([Buffer.from('{"message":{"subject":"'), Buffer.alloc(1000, 0xc3),
        Buffer.from('"}}')]),
      () => JSON.stringify({ message: to(`${'"'.repeat(500)}@${'.'.repeat(500)}`) }),
      () => `{"message":{"recipients":[${'{"text":"a@b"},'.repeat(3000)}{"text":"a@b"}]}}`,
      () => '',
    ];
    const child = spawn(PROGRAM, ['check', '--batch', '--policy', ALLOW_MIL]);
    let out = '';
    child.stdout.on('data', (octets) => { out += octets; });
    const lines = [];
    for (let i = 0; i < 1000; i += 1) {
      const line = i % 10 === 9
        ? JSON.stringify({ message: to(i % 20 === 9 ? `p${i}@navy.ml` : `p${i}@navy.mil`) })
        : hostile[i % 10](i);
      lines.push(line);
      await new Promise((resolve) => child.stdin.write(line, resolve));
      await new Promise((resolve) => child.stdin.write('\n', resolve));
    }
    while (out.split('\n').length <= 1000) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    const peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    child.stdin.end();
    assert.equal(await within(new Promise((resolve) => child.on('close', resolve)), 'the end'), 0);
    const answers = out.trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.equal(answers.length, 1000);
    for (let i = 9; i < 1000; i += 10) {
      assert.equal(answers[i].recipients[0].address, `p${i}@navy.${i % 20 === 9 ? 'ml' : 'mil'}`);
      assert.equal(answers[i].verdict, i % 20 === 9 ? 'warn' : 'allow');
    }
    assert.ok(SANITIZED || peak < 100 * MiB, `${peak} octets`);
  });

  it('answers each line before the next is waited for', async () => {
    const child = spawn(PROGRAM, ['check', '--batch', '--policy', ALLOW_MIL]);
    for (let i = 0; i < 5; i += 1) {
      const answer = new Promise((resolve) => child.stdout.once('data', resolve));
      child.stdin.write(`${JSON.stringify({ message: to(`p${i}@navy.mil`) })}\n`);
      const { recipients } = JSON.parse(String(await within(answer, 'an answer')));
      assert.equal(recipients[0].address, `p${i}@navy.mil`);
    }
    child.stdin.end();
    assert.equal(await within(new Promise((resolve) => child.on('close', resolve)), 'the end'), 0);
  });

  it('whose output nobody can take ends with 74', () => {
    const full = run(['-c', `"${PROGRAM}" check --batch --policy "${ALLOW_MIL}" > /dev/full`],
      { input: '{}\n', program: 'sh' });
    assert.equal(full.status, 74);
    assert.match(full.talk, /cannot write to standard output: No space left/);
  });

  it('without a policy to judge by reads nothing: 66 or 78', () => {
    assert.equal(run(['check', '--batch', '--policy', temporaryFolder()], { input: '{}\n' }).status, 66);
    assert.equal(run(['check', '--batch', '--policy', policyFile('{}')], { input: '{}\n' }).status, 78);
  });

  it('takes no address and no sender', () => {
    for (const more of [['bob@navy.mil'], ['--from', 'a@navy.mil']]) {
      const { status, talk } = run(['check', '--batch', '--policy', DEFENCE, ...more], { input: '' });
      assert.equal(status, 64);
      assert.match(talk, /--batch/);
    }
  });
});
