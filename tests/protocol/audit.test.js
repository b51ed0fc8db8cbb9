// SPDX-License-Identifier: MPL-2.0
// The record of decisions: what goes in, what a slip and a leak look like in it, and that no change
// of it goes unseen.

import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, statSync,
  truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Host, policyFile, run, temporaryFolder, to } from './host.js';

const POLICY = {
  format: 1, organisation: 'Example Staff', revision: 3, own: ['example.mil'], allow: ['mil'],
  block: ['ml'], override: { warn: 'click', block: 'reason' },
};
const FROM = 'alice@example.mil';

/** @param {string} audit @param {object} policy */
const hostOn = (audit, policy = POLICY) =>
  new Host(['serve', '--policy', policyFile(policy), '--people', temporaryFolder(), '--audit', audit]);

/** @param {string[]} addresses */
const mail = (...addresses) => ({ from: FROM, ...to(...addresses) });

/** @param {string} audit */
const months = (audit) => readdirSync(audit).filter((name) => name.endsWith('.jsonl')).sort();

/** @param {string} audit @returns {any[]} */
const linesOf = (audit) => months(audit).flatMap((name) =>
  readFileSync(path.join(audit, name), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line)));

const right = (/** @type {string} */ address, reason = '') =>
  ({ action: 'right', address, ...(reason ? { reason } : {}) });

/** A slip that was put right, and a leak that was wanted. @param {string} audit */
async function twoIncidents(audit) {
  const host = hostOn(audit);
  await host.ask('check', { key: 'slip', message: mail('bob@navy.ml') });
  await host.ask('decision', { key: 'slip', outcome: 'send', message: mail('bob@navy.mil'),
    actions: [{ action: 'change', address: 'bob@navy.ml', to: 'bob@navy.mil' }] });
  await host.ask('sent', { key: 'slip', message: mail('bob@navy.mil') });
  await host.ask('check', { key: 'leak', message: mail('agent@gov.ml') });
  const verdict = await host.ask('decision', { key: 'leak', outcome: 'send',
    message: mail('agent@gov.ml'), actions: [right('agent@gov.ml', 'he waits for it')] });
  await host.ask('sent', { key: 'leak', message: mail('agent@gov.ml') });
  await host.ask('check', { key: 'left-off', message: mail('zoe@mali.ml') });
  await host.ask('decision', { key: 'left-off', outcome: 'back', actions: [] });
  assert.equal(await host.end(), 0);
  return verdict;
}

/** @param {string} audit @param {...string} more */
const verify = (audit, ...more) => run(['audit', 'verify', audit, ...more]);

describe('the record', () => {
  it('tells a slip from a leak: who was asked, what they did, why, and to whom it went', async () => {
    const audit = temporaryFolder();
    const verdict = await twoIncidents(audit);
    assert.equal(verdict.verdict, 'allow');
    assert.equal(verdict.recorded, true);
    const told = run(['audit', 'list', '--json', audit]);
    assert.equal(told.status, 0);
    const [slip, leak, leftOff] = told.out.trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.equal(slip.word, 'corrected');
    assert.deepEqual(slip.questioned[0].meant, ['bob@navy.mil']);
    assert.deepEqual(slip.sent_to, ['bob@navy.mil']);
    assert.equal(leak.word, 'sent-with-reason');
    assert.equal(leak.verdict, 'block');
    assert.deepEqual(leak.sent_to, ['agent@gov.ml']);
    assert.deepEqual(leak.reasons, ['he waits for it']);
    assert.equal(leftOff.word, 'stopped');
    assert.deepEqual(leftOff.sent_to, []);
    const by = (/** @type {string[]} */ ...args) =>
      run(['audit', 'list', '--json', ...args, audit]).out.split('\n').filter(Boolean)
        .map((line) => JSON.parse(line).key);
    assert.deepEqual(by('--domain', 'ml', '--word', 'sent-with-reason'), ['leak']);
    assert.deepEqual(by('--domain', 'navy.ml'), ['slip']);
    assert.deepEqual(by('--verdict', 'warn'), []);
    assert.deepEqual(by('--until', '2001-01-01'), []);
    assert.match(run(['audit', 'list', audit]).out, /why {4}he waits for it/);
  });

  it('holds asked, decided and left in ECS names, chained, and nothing of the content', async () => {
    const audit = temporaryFolder();
    const host = hostOn(audit);
    const message = { ...mail('bob@navy.ml'), subject: 'Plum pudding', attachments: ['plum.xlsx'] };
    await host.ask('check', { key: 'k', message });
    await host.ask('check', { key: 'k', message });
    await host.ask('unguarded', { message, actions: [], why: 'host-missing', mode: 'later' });
    assert.equal(await host.end(), 0);
    const lines = linesOf(audit);
    assert.deepEqual(lines.map((line) => line.event.action), ['policy-changed', 'asked', 'left']);
    assert.deepEqual(lines.map((line) => line.chain.sequence), [1, 2, 3]);
    assert.equal(lines[2].event.outcome, 'sent-unguarded');
    assert.equal(lines[1].event.id, 'k');
    assert.deepEqual(lines[1].email.from.address, [FROM]);
    for (const line of lines) {
      assert.match(line['@timestamp'], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      assert.notEqual(line.host.name, '');
      assert.notEqual(line.user.name, '');
    }
    assert.doesNotMatch(JSON.stringify(lines), /plum/i);
    assert.equal(statSync(audit).mode & 0o777, 0o700);
    for (const name of readdirSync(audit)) {
      assert.equal(statSync(path.join(audit, name)).mode & 0o777, 0o600, name);
    }
  });

  it('keeps domains alone where the policy says so, and what it asks for and no more', async () => {
    const audit = temporaryFolder();
    const host = hostOn(audit, { ...POLICY, audit: { addresses: 'domain', always: ['=navy.mil'] } });
    await host.ask('check', { key: 'a', message: mail('bob@navy.ml') });
    await host.ask('check', { key: 'b', message: mail('kim@navy.mil') });
    await host.ask('check', { key: 'c', message: mail('kim@army.mil') });
    assert.equal(await host.end(), 0);
    assert.deepEqual(linesOf(audit).map((line) => line.event.id), [undefined, 'a', 'b']);
    assert.doesNotMatch(JSON.stringify(linesOf(audit)), /bob@|kim@|alice@/);
    const none = temporaryFolder();
    const silent = hostOn(none, { ...POLICY, audit: { record: 'none' } });
    await silent.ask('check', { key: 'a', message: mail('bob@navy.ml') });
    await silent.ask('decision', { key: 'a', outcome: 'send', message: mail('bob@navy.ml'),
      actions: [right('bob@navy.ml', 'agreed')] });
    assert.equal(await silent.end(), 0);
    assert.deepEqual(linesOf(none).map((line) => line.event.action), ['decided']);
  });

  it('that cannot be written lets a warning go and no block', async () => {
    const audit = path.join(temporaryFolder(), 'file');
    writeFileSync(audit, 'no folder');
    const host = hostOn(audit, { ...POLICY, ask: ['kim@navy.mil'] });
    await host.ask('check', { key: 'a', message: mail('kim@navy.mil') });
    const warned = await host.ask('decision', { key: 'a', outcome: 'send',
      message: mail('kim@navy.mil'), actions: [right('kim@navy.mil')] });
    assert.equal(warned.verdict, 'allow');
    assert.equal(warned.recorded, false);
    await host.ask('check', { key: 'b', message: mail('bob@navy.ml') });
    const blocked = await host.ask('decision', { key: 'b', outcome: 'send',
      message: mail('bob@navy.ml'), actions: [right('bob@navy.ml', 'agreed')] });
    assert.equal(blocked.code, 'cannot-record');
    assert.equal((await host.ask('status')).health.audit, 'unavailable');
    assert.equal(await host.end(), 0);
  });

  it('a forged decision on a block without override is not permitted', async () => {
    const audit = temporaryFolder();
    const host = hostOn(audit, { ...POLICY, override: { block: 'none' } });
    await host.ask('check', { key: 'a', message: mail('bob@navy.ml') });
    const forged = await host.ask('decision', { key: 'a', outcome: 'send',
      message: mail('bob@navy.ml'), actions: [right('bob@navy.ml', 'let me')] });
    assert.equal(forged.code, 'not-permitted');
    const empty = await host.ask('decision', { key: 'a', outcome: 'send',
      message: mail('bob@navy.ml'), actions: [] });
    assert.equal(empty.verdict, 'block');
    assert.equal(await host.end(), 0);
  });

  it('torn by a crash is mended and said, and not called changed', async () => {
    const audit = temporaryFolder();
    await twoIncidents(audit);
    appendFileSync(path.join(audit, months(audit)[0]), '{"@timestamp":"2023-07-');
    const torn = verify(audit);
    assert.equal(torn.status, 0);
    assert.match(torn.out, /half a line/);
    await twoIncidents(audit);
    const mended = verify(audit);
    assert.equal(mended.status, 0, mended.out);
    assert.match(mended.out, /cut off here/);
    assert.ok(linesOf(audit).some((line) => line.event.action === 'mended'));
  });

  it('a line cut off is found, and stays found when a host has written on', async () => {
    const audit = temporaryFolder();
    await twoIncidents(audit);
    const head = /head (\d+:[0-9a-f]{64})/.exec(verify(audit).out)?.[1] ?? '';
    assert.equal(verify(audit, '--head', head).status, 0);
    const file = path.join(audit, months(audit)[0]);
    const text = readFileSync(file, 'utf8');
    truncateSync(file, text.trimEnd().lastIndexOf('\n') + 1);
    assert.equal(verify(audit).status, 1);
    assert.equal(verify(file).status, 0, 'a chain without a head does not show it');
    assert.equal(run(['audit', 'verify', file, '--head', head]).status, 1);
    await twoIncidents(audit);
    assert.equal(verify(audit).status, 1);
  });

  it('two hosts write one record, and nothing is lost', async () => {
    const audit = temporaryFolder();
    const hosts = [hostOn(audit), hostOn(audit)];
    await Promise.all(hosts.map(async (host, i) => {
      for (let n = 0; n < 25; n++) {
        await host.ask('check', { key: `${i}-${n}`, message: mail(`bob${n}@navy.ml`) });
      }
      assert.equal(await host.end(), 0);
    }));
    assert.equal(verify(audit).status, 0);
    assert.equal(linesOf(audit).filter((line) => line.event.action === 'asked').length, 50);
  });

  it('files of many machines are told apart', async () => {
    const audit = temporaryFolder();
    await twoIncidents(audit);
    const text = readFileSync(path.join(audit, months(audit)[0]), 'utf8');
    const collected = temporaryFolder();
    mkdirSync(path.join(collected, 'x'), { recursive: true });
    const other = path.join(collected, 'other.jsonl');
    const mine = path.join(collected, 'mine.jsonl');
    writeFileSync(mine, text);
    writeFileSync(other, `${text.split('\n')[0].replace(/"user":\{"name":"[^"]*"/,
      '"user":{"name":"zoe"')  }\n`);
    const told = run(['audit', 'verify', mine, other]);
    assert.equal(told.status, 0, told.out);
    assert.match(told.out, /zoe at .*: 1 line,/);
    assert.equal(run(['audit', 'verify', path.join(collected, 'gone')]).status, 66);
  });

  it('exported as CSV holds no cell that a spreadsheet would run', async () => {
    const audit = temporaryFolder();
    const host = hostOn(audit);
    await host.ask('check', { key: '=1', message: mail('=cmd|x@navy.ml') });
    assert.equal(await host.end(), 0);
    const { out, status } = run(['audit', 'export', audit]);
    assert.equal(status, 0);
    assert.match(out, /,'=cmd\|x@navy\.ml,/);
    assert.doesNotMatch(out, /(^|,)"?[=+@-]/m);
    assert.equal(JSON.parse(run(['audit', 'export', '--json', audit]).out).key, '=1');
  });

  it('wrong words are refused with what was meant', () => {
    assert.match(run(['audit', 'lst']).talk, /did you mean "list"/);
    assert.match(run(['audit', 'list', '--word', 'stoped']).talk, /did you mean "stopped"/);
    assert.equal(run(['audit', 'list', '--since', 'soon']).status, 64);
    assert.equal(run(['audit', 'verify', '--head', '7']).status, 64);
  });

  it('the first edits of a record copied elsewhere are found there, too', async () => {
    const audit = temporaryFolder();
    await twoIncidents(audit);
    const copy = temporaryFolder();
    chmodSync(copy, 0o700);
    readdirSync(audit).forEach((name) =>
      copyFileSync(path.join(audit, name), path.join(copy, name)));
    assert.equal(verify(copy).status, 0);
    const file = path.join(copy, months(copy)[0]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('he waits', 'he wails'));
    assert.equal(verify(copy).status, 1);
  });
});
