// SPDX-License-Identifier: MPL-2.0
// The user's own people over native messaging: what lasts, what is refused and why, two hosts on
// one store, and that a check touches no disk.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { PROGRAM, frame, policyFile, run, temporaryFolder, to, within } from './host.js';
import { ALLOW_MIL, STRANGER, STRICT, check, hostOn, later, sent, soon } from './people-host.js';

describe('what was learned', () => {
  it('lasts: after a restart who was written to is known, and a slip of theirs is asked about', async () => {
    const people = temporaryFolder();
    const first = hostOn(people);
    assert.deepEqual(await sent(first, 'bob.sample@quarry-example.net', 'a'),
      { matched: true, learned: true });
    assert.equal(await first.end(), 0);
    const verdict = await later(people, ALLOW_MIL,
      (host) => check(host, 'bob.smaple@quarry-example.net', 'b'));
    assert.equal(verdict.recipients[0].findings[0].code, 'lookalike-address');
    assert.deepEqual(verdict.recipients[0].findings[0].meant, ['bob.sample@quarry-example.net']);
  });

  it('lies in a folder of 0700, in files of 0600', async () => {
    const people = path.join(temporaryFolder(), 'new');
    const host = hostOn(people);
    await sent(host, STRANGER, 'a');
    assert.equal(statSync(people).mode & 0o777, 0o700);
    for (const name of readdirSync(people)) {
      assert.equal(statSync(path.join(people, name)).mode & 0o777, 0o600, name);
    }
    assert.equal(await host.end(), 0);
  });

  it('"it is right" lasts, and so does the trust that came with it', async () => {
    const people = temporaryFolder();
    const host = hostOn(people, STRICT);
    await host.ask('check', { key: 'a', message: to('bob@navy.ml', STRANGER) });
    const decided = await host.ask('decision', { key: 'a', outcome: 'send',
      message: to('bob@navy.ml', STRANGER),
      actions: [{ address: 'bob@navy.ml', action: 'right' },
        { address: STRANGER, action: 'right', trust: true }] });
    assert.equal(decided.verdict, 'allow');
    assert.equal(decided.kept, true);
    host.child.kill('SIGKILL');
    const next = hostOn(people, STRICT);
    assert.equal((await check(next, STRANGER, 'b')).verdict, 'allow');
    // The suffix was called right; that a stranger is on no list was not settled for good.
    const codes = (await check(next, 'bob@navy.ml', 'c')).recipients
      .flatMap((/** @type {any} */ one) => one.findings.map((/** @type {any} */ f) => f.code));
    assert.deepEqual(codes, ['not-on-allowlist']);
    const [entry] = (await next.ask('trust.list')).entries;
    assert.equal(entry.entry, STRANGER);
    assert.equal(entry.source, 'review');
    assert.equal(await next.end(), 0);
  });

  it('where the policy keeps nothing of sent mail, nothing of it is in any file', async () => {
    const people = temporaryFolder();
    const host = hostOn(people, { ...ALLOW_MIL, history: { learn: false } });
    assert.equal((await sent(host, STRANGER, 'a')).learned, true);
    assert.equal((await host.ask('unguarded', { message: to(STRANGER) })).learned, true);
    const refused = await host.ask('history.learn', { messages: [to(STRANGER)] });
    assert.equal(refused.code, 'not-permitted');
    assert.match(refused.text, /policy\.json:1/);
    assert.equal((await host.ask('trust.add', { entry: 'eve@quarry-example.net' })).added, true);
    for (const name of readdirSync(people)) {
      assert.ok(!readFileSync(path.join(people, name)).includes('lantern-example'), name);
    }
    assert.equal(await host.end(), 0);
  });

  it('is forgotten when the policy\'s days are over', async () => {
    const people = temporaryFolder();
    const days = (/** @type {number} */ keep_days) => ({ ...ALLOW_MIL, history: { keep_days } });
    const host = hostOn(people, days(365));
    const old = { ...to(STRANGER), time: Math.floor(Date.now() / 1000) - 40 * 86400 };
    assert.deepEqual(await host.ask('history.learn', { messages: [old] }),
      { learned: 1, passed_over: 0 });
    assert.equal(await host.end(), 0);
    const shorter = hostOn(people, days(30));
    assert.ok(await soon(async () => (await shorter.ask('history.show')).written_to === 0, 5000));
    assert.deepEqual(await shorter.ask('history.learn', { messages: [old] }),
      { learned: 0, passed_over: 1 });
    assert.equal(await shorter.end(), 0);
  });
});

describe('two hosts on one store', () => {
  it('know within a second what the other learned, trusted, settled and forgot', async () => {
    const people = temporaryFolder();
    const [one, other] = [hostOn(people, STRICT), hostOn(people, STRICT)];
    let key = 0;
    const verdict = async () => (await check(other, STRANGER, `k${key += 1}`)).verdict;
    assert.equal(await verdict(), 'warn');
    await one.ask('trust.add', { entry: STRANGER });
    assert.ok(await soon(async () => await verdict() === 'allow', 1000));
    await one.ask('trust.remove', { entry: STRANGER });
    assert.ok(await soon(async () => await verdict() === 'warn', 1000));
    assert.equal(await one.end(), 0);
    assert.equal(await other.end(), 0);
  });

  it('one stopped while it holds the lock: the other answers busy within 400 ms, and checks go on',
    async () => {
      const people = temporaryFolder();
      const host = hostOn(people);
      await host.ask('trust.add', { entry: STRANGER });
      const holder = spawn('python3', ['-c', `
import sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
`, path.join(people, 'people.sqlite')]);
      await within(new Promise((resolve) => holder.stdout.once('data', resolve)), 'the lock');
      const began = Date.now();
      const refused = await host.ask('trust.add', { entry: 'eve@quarry-example.net' });
      assert.ok(Date.now() - began < 400);
      assert.equal(refused.code, 'busy');
      assert.equal(refused.retry, true);
      assert.equal((await check(host, STRANGER, 'a')).verdict, 'allow');
      const left = await host.ask('sent', { key: 'a', message: to(STRANGER) });
      assert.equal(left.code, 'busy');
      holder.stdin.end();
      await new Promise((resolve) => holder.once('close', resolve));
      assert.equal((await host.ask('sent', { key: 'a', message: to(STRANGER) })).learned, true);
      assert.equal((await host.ask('history.show', { address: STRANGER })).messages, 1);
      assert.equal(await host.end(), 0);
    });
});

describe('a store that cannot be used', () => {
  it('is taken for empty, kept aside and said; adding is refused, sending goes on', async () => {
    const people = temporaryFolder();
    writeFileSync(path.join(people, 'people.sqlite'), 'no database at all'.repeat(300));
    const host = hostOn(people, STRICT);
    const { health } = await host.ask('hello');
    assert.equal(health.state, 'impaired');
    assert.equal(health.people, 'unavailable');
    assert.match(health.people_error, /damaged/);
    const refused = await host.ask('trust.add', { entry: STRANGER });
    assert.equal(refused.code, 'store-unavailable');
    assert.equal(refused.retry, false);
    await check(host, STRANGER, 'a');
    const actions = [{ address: STRANGER, action: 'right' }];
    const trusting = await host.ask('decision', { key: 'a', outcome: 'send', message: to(STRANGER),
      actions: [{ ...actions[0], trust: true }] });
    assert.equal(trusting.code, 'store-unavailable');
    const decided = await host.ask('decision',
      { key: 'a', outcome: 'send', message: to(STRANGER), actions });
    assert.equal(decided.verdict, 'allow');
    const left = await host.ask('sent', { key: 'a', message: to(STRANGER) });
    assert.deepEqual(left, { matched: true, recorded: true, learned: false });
    const aside = readdirSync(people).filter((name) => name.startsWith('people.sqlite.damaged-'));
    assert.equal(aside.length, 1);
    assert.ok(readFileSync(path.join(people, aside[0])).includes('no database at all'));
    const { people: told } = await host.ask('status');
    assert.equal(told.remarks.length, 1);
    assert.equal(await host.end(), 0);
  });
});

describe('an allowed check', () => {
  it('opens no file, writes none and syncs nothing', async () => {
    const people = temporaryFolder();
    await later(people, ALLOW_MIL, (host) => sent(host, STRANGER, 'a'));
    const log = path.join(temporaryFolder(), 'calls');
    const child = spawn('strace', ['-f', '-o', log, '-e',
      'trace=open,openat,creat,fsync,fdatasync,sync,pwrite64,unlink,rename,mkdir', PROGRAM, 'serve',
      '--policy', policyFile(ALLOW_MIL), '--people', people],
    { env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
    /** @param {object} request */
    const exchange = (request) => {
      const answered = new Promise((resolve) => child.stdout.once('data', resolve));
      child.stdin.write(frame({ v: 1, id: 1, ...request }));
      return within(answered, 'an answer');
    };
    await exchange({ op: 'hello' });
    await new Promise((resolve) => setTimeout(resolve, 800));  // past the first upkeep
    const before = readFileSync(log, 'utf8').length;
    for (let i = 0; i < 50; i += 1) {
      const answer = String(await exchange({ op: 'check', key: `k${i}`, message: to(STRANGER) }));
      assert.match(answer, /"verdict":"allow"/);
    }
    const calls = readFileSync(log, 'utf8').slice(before).split('\n')
      .filter((line) => line !== '' && !/policy|resumed|\+\+\+/.test(line));
    child.stdin.end();
    await new Promise((resolve) => child.once('close', resolve));
    assert.deepEqual(calls, []);
  });
});

describe('an address book', () => {
  it('makes known, until the card goes', async () => {
    const people = temporaryFolder();
    const strict = { ...STRICT, known: 'allow' };
    const host = hostOn(people, strict);
    const replace = (/** @type {string[]} */ ...addresses) =>
      host.ask('known.replace', { source: 'p/book', addresses });
    assert.deepEqual(await replace(STRANGER, 'eve@quarry-example.net', 'no address'),
      { known: 2, passed_over: 1 });
    assert.equal((await check(host, STRANGER, 'a')).verdict, 'allow');
    assert.deepEqual(await replace('eve@quarry-example.net'), { known: 1, passed_over: 0 });
    assert.equal((await check(host, STRANGER, 'b')).verdict, 'warn');
    assert.deepEqual(await replace(), { known: 0, passed_over: 0 });
    assert.equal((await check(host, 'eve@quarry-example.net', 'c')).verdict, 'warn');
    assert.equal(await host.end(), 0);
  });
});

describe('check and explain', () => {
  it('look at the store that is named, at the user\'s own by default, and write neither', async () => {
    const people = temporaryFolder();
    await later(people, ALLOW_MIL, (host) => sent(host, 'bob.sample@quarry-example.net', 'a'));
    const policy = policyFile(ALLOW_MIL);
    const typed = ['--policy', policy, 'bob.smaple@quarry-example.net'];
    assert.equal(run(['check', '--people', people, ...typed]).status, 1);
    assert.equal(run(['check', '--people', 'none', ...typed]).status, 0);
    assert.equal(run(['check', ...typed]).status, 0);
    const data = temporaryFolder();
    const own = path.join(data, 'recipient-guard');
    const env = { ...process.env, XDG_DATA_HOME: data };
    assert.equal(run(['check', ...typed], { env }).status, 0);
    assert.equal(existsSync(own), false);
    await later(own, ALLOW_MIL, (host) => sent(host, 'bob.sample@quarry-example.net', 'a'));
    const before = readFileSync(path.join(own, 'people.sqlite'));
    chmodSync(path.join(own, 'people.sqlite'), 0o400);
    assert.equal(run(['check', ...typed], { env }).status, 1);
    assert.deepEqual(readFileSync(path.join(own, 'people.sqlite')), before);
  });

  it('a batch begins with the store that is named and keeps what it learns to itself', async () => {
    const people = temporaryFolder();
    await later(people, ALLOW_MIL, (host) => sent(host, 'bob.sample@quarry-example.net', 'a'));
    const before = readFileSync(path.join(people, 'people.sqlite'));
    const input = [{ message: to('bob.smaple@quarry-example.net') },
      { op: 'trust', address: 'bob.smaple@quarry-example.net' },
      { message: to('bob.smaple@quarry-example.net') }].map((line) => `${JSON.stringify(line)}\n`).join('');
    const { out, status } = run(['check', '--batch', '--policy', policyFile(ALLOW_MIL),
      '--people', people], { input });
    assert.equal(status, 0);
    const verdicts = out.trim().split('\n').map((line) => JSON.parse(line).verdict);
    assert.deepEqual(verdicts, ['warn', undefined, 'allow']);
    assert.deepEqual(readFileSync(path.join(people, 'people.sqlite')), before);
  });
});
