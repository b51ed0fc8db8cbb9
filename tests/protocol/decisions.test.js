// SPDX-License-Identifier: MPL-2.0
// What a decision leaves behind, in the contacts and in the record: all of it, or nothing.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Host, policyFile, temporaryFolder, to, within } from './host.js';
import { soon } from './people-host.js';

const POLICY = {
  format: 1, allow: ['mil'], block: ['bad.example'], override: { warn: 'click', block: 'reason' },
};
const SLIP = 'bob@navy.mli';
const BLOCKED = 'agent@bad.example';
const right = (/** @type {string} */ address, more = {}) => ({ action: 'right', address, ...more });

/** @param {object} policy @param {string} audit */
function desk(policy = POLICY, audit = temporaryFolder()) {
  const people = temporaryFolder();
  const file = policyFile(policy);
  const host = new Host(['serve', '--policy', file, '--people', people, '--audit', audit]);
  const decide = (/** @type {string} */ key, /** @type {object} */ message,
    /** @type {object[]} */ actions) =>
    host.ask('decision', { key, outcome: 'send', message, actions });
  return { host, people, audit, decide, policy: file };
}

/** Until the host has seen it. @param {Host} host @param {string} file @param {object} policy */
async function reload(host, file, policy) {
  const digest = async () => (await host.ask('hello')).policy.digest;
  const before = await digest();
  writeFileSync(file, JSON.stringify(policy));
  assert.ok(await soon(async () => await digest() !== before, 5000));
}

/** @param {string} audit */
const actionsIn = (audit) => readdirSync(audit).filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(path.join(audit, name), 'utf8').trimEnd().split('\n'))
  .map((line) => JSON.parse(line).event.action).filter((action) => action !== 'policy-changed');

/**
 * Another program on the store, until the function that comes back is called.
 * @param {string} people @param {string} sql
 */
async function hold(people, sql) {
  const holder = spawn('python3', ['-c', `
import sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
for one in sys.argv[2].split(";"):
    c.execute(one).fetchall()
print("held", flush=True)
sys.stdin.read()
`, path.join(people, 'people.sqlite'), sql]);
  await within(new Promise((resolve) => holder.stdout.once('data', resolve)), 'the lock');
  return async () => {
    holder.stdin.end();
    await new Promise((resolve) => holder.once('close', resolve));
  };
}

describe('a decision', () => {
  for (const [who, sql] of [['writes to', 'BEGIN EXCLUSIVE'],
    ['reads', 'BEGIN; SELECT count(*) FROM sqlite_master']]) {
    it(`while another program ${who} the contacts is busy, writes nothing, and once when repeated`,
      async () => {
        const { host, people, audit, decide } = desk();
        await host.ask('trust.add', { entry: 'eve@quarry-example.net' });
        const message = to(SLIP, BLOCKED);
        await host.ask('check', { key: 'a', message });
        const actions = [right(SLIP, { trust: true }), right(BLOCKED, { reason: 'agreed' })];
        const release = await hold(people, sql);
        for (let i = 0; i < 2; i += 1) {
          assert.equal((await decide('a', message, actions)).code, 'busy');
        }
        assert.deepEqual(actionsIn(audit), ['asked']);
        await release();
        const decided = await decide('a', message, actions);
        assert.deepEqual([decided.verdict, decided.recorded, decided.kept], ['allow', true, true]);
        assert.deepEqual(actionsIn(audit), ['asked', 'decided']);
        assert.equal((await host.ask('trust.list')).entries.length, 2);
        assert.equal(await host.end(), 0);
      });
  }

  it('on a block that cannot be recorded teaches nothing of its other answers either', async () => {
    const audit = path.join(temporaryFolder(), 'file');
    writeFileSync(audit, 'no folder');
    const { host, decide } = desk(POLICY, audit);
    const message = to(SLIP, BLOCKED);
    await host.ask('check', { key: 'a', message });
    const refused = await decide('a', message,
      [right(SLIP, { trust: true }), right(BLOCKED, { reason: 'agreed' })]);
    assert.equal(refused.code, 'cannot-record');
    assert.equal((await host.ask('hello')).health.people, 'ok');
    assert.deepEqual((await host.ask('trust.list')).entries, []);
    assert.deepEqual((await host.ask('history.show')).settled, []);
    const again = await host.ask('check', { key: 'b', message });
    assert.equal(again.recipients.length, 2);
    assert.equal(await host.end(), 0);
  });

  for (const record of ['all', 'none']) {
    it(`to go back keeps an overridden block only once it is recorded (${record})`, async () => {
      const { host, audit } = desk({ ...POLICY, audit: { record } });
      const message = to(BLOCKED);
      await host.ask('check', { key: 'a', message });
      const actions = [right(BLOCKED, { reason: 'agreed' })];
      await host.ask('decision', { key: 'a', outcome: 'back', actions });
      assert.ok(actionsIn(audit).includes('decided'));
      assert.equal((await host.ask('check', { key: 'b', renews: 'a', message })).verdict, 'allow');
      assert.equal(await host.end(), 0);
    });
  }

  it('to go back, where an overridden block cannot be recorded, is asked again', async () => {
    const audit = path.join(temporaryFolder(), 'file');
    writeFileSync(audit, 'no folder');
    const { host, decide } = desk(POLICY, audit);
    const message = to(BLOCKED);
    await host.ask('check', { key: 'a', message });
    const actions = [right(BLOCKED, { reason: 'agreed' })];
    assert.deepEqual(await host.ask('decision', { key: 'a', outcome: 'back', actions }), {});
    assert.equal((await decide('a', message, [])).verdict, 'block');
    assert.equal((await host.ask('check', { key: 'b', renews: 'a', message })).verdict, 'block');
    assert.equal(await host.end(), 0);
  });

  it('on an address holds for all its spellings', async () => {
    const { host, decide } = desk();
    const message = to('Agent@bad.example', 'agent@BAD.example');
    await host.ask('check', { key: 'a', message });
    const decided = await decide('a', message, [right('AGENT@bad.example', { reason: 'agreed' })]);
    assert.equal(decided.verdict, 'allow');
    const left = to('agent@bad.example');
    assert.equal((await host.ask('sent', { key: 'a', message: left })).matched, true);
    assert.equal(await host.end(), 0);
  });

  it('of which something is answered leaves the override of what is not', async () => {
    const { host, decide } = desk();
    await host.ask('check', { key: 'a', message: to(BLOCKED) });
    const actions = [right(BLOCKED, { reason: 'agreed' })];
    await host.ask('decision', { key: 'a', outcome: 'back', actions });
    const message = to(`"carol@navy.mil" <${BLOCKED}>`);
    const verdict = await host.ask('check', { key: 'b', renews: 'a', message });
    assert.equal(verdict.verdict, 'warn');
    assert.equal(verdict.recipients[0].override, 'click');
    assert.equal((await decide('b', message, [right(BLOCKED)])).verdict, 'allow');
    assert.equal(await host.end(), 0);
  });

  it('on a list that is named like an address settles both, each by itself', async () => {
    const { host, decide } = desk();
    const list = { recipients: [{ field: 'to', list: SLIP }] };
    const message = { recipients: [...list.recipients, ...to(SLIP).recipients] };
    await host.ask('check', { key: 'a', message });
    assert.equal((await decide('a', message, [right(SLIP)])).verdict, 'allow');
    assert.equal((await host.ask('check', { key: 'b', message: list })).verdict, 'allow');
    assert.equal((await host.ask('check', { key: 'c', message: to(SLIP) })).verdict, 'allow');
    assert.equal(await host.end(), 0);
  });

  it('that trusts somebody whom the policy by now lets nobody trust is not permitted', async () => {
    const { host, decide, policy } = desk();
    const message = to(SLIP);
    await host.ask('check', { key: 'a', message });
    await reload(host, policy, { ...POLICY, personal_trust: 'none' });
    const actions = [right(SLIP, { trust: true })];
    assert.equal((await decide('a', message, actions)).code, 'not-permitted');
    assert.deepEqual((await host.ask('trust.list')).entries, []);
    assert.equal(await host.end(), 0);
  });

  it('that overrides a block makes known from the next day on, one on a warning at once', async () => {
    const { host, decide } = desk();
    const message = to(SLIP, BLOCKED);
    await host.ask('check', { key: 'a', message });
    await decide('a', message, [right(SLIP), right(BLOCKED, { reason: 'agreed' })]);
    const time = Math.floor(Date.now() / 1000);
    await host.ask('sent', { key: 'a', message: { ...message, time } });
    const day = (/** @type {number} */ days) =>
      new Date((time + days * 86400) * 1000).toISOString().slice(0, 10);
    const blocked = await host.ask('history.show', { address: BLOCKED });
    assert.deepEqual([blocked.overridden, blocked.known_from], [1, day(1)]);
    const warned = await host.ask('history.show', { address: SLIP });
    assert.deepEqual([warned.overridden, warned.known_from], [0, day(0)]);
    assert.equal(await host.end(), 0);
  });

  for (const record of ['all', 'questioned']) {
    it(`to send what was asked while writing is recorded (${record})`, async () => {
      const { host, audit, decide } = desk({ ...POLICY, audit: { record } });
      const message = to(SLIP);
      await host.ask('check', { key: 'a', message: { ...message, purpose: 'writing' } });
      assert.deepEqual(actionsIn(audit), []);
      assert.equal((await decide('a', message, [right(SLIP)])).recorded, true);
      assert.equal((await host.ask('sent', { key: 'a', message })).recorded, true);
      assert.deepEqual(actionsIn(audit), ['asked', 'decided', 'left']);
      await host.ask('check', { key: 'b', message: { ...message, purpose: 'writing' } });
      await host.ask('decision', { key: 'b', outcome: 'back', actions: [] });
      assert.equal(actionsIn(audit).length, 3);
      assert.equal(await host.end(), 0);
    });
  }
});

describe('without a valid policy', () => {
  it('what left unguarded is refused, so that it is kept, and taken once there is one', async () => {
    const [people, audit] = [temporaryFolder(), temporaryFolder()];
    const policy = policyFile({ format: 1 });
    writeFileSync(policy, '{bad');
    const host = new Host(['serve', '--policy', policy, '--people', people, '--audit', audit]);
    const message = to('zoe@lantern-example.net');
    const told = () => host.ask('unguarded', { message, actions: [], why: 'policy-unavailable' });
    assert.equal((await told()).code, 'policy-unavailable');
    assert.equal((await host.ask('sent', { key: 'gone', message })).learned, false);
    writeFileSync(policy, JSON.stringify({ format: 1 }));
    let taken = await told();
    for (const end = Date.now() + 5000; taken.code && Date.now() < end; taken = await told()) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.deepEqual(taken, { learned: true, recorded: true });
    assert.equal(
      (await host.ask('history.show', { address: 'zoe@lantern-example.net' })).messages, 1);
    assert.deepEqual(actionsIn(audit), ['left', 'left']);
    assert.equal(await host.end(), 0);
  });
});
