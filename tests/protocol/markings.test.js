// SPDX-License-Identifier: MPL-2.0
// Findings of the message as a whole: markings and visible crowds, help with a block.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Host, policyFile, run, to } from './host.js';

const SECRET = { name: 'SECRET', words: ['SECRET'], only: ['mil'], otherwise: 'block' };

/** @param {object} policy @param {object} message */
function answerTo(policy, message) {
  const { out } = run(['check', '--batch', '--people', 'none', '--policy',
    policyFile({ format: 1, ...policy })], { input: `${JSON.stringify({ message })}\n` });
  return JSON.parse(out);
}

const codes = (/** @type {any} */ verdict) =>
  verdict.findings.map((/** @type {any} */ one) => one.marking ?? one.code);

describe('a marking', () => {
  /** @type {[string, boolean][]} */
  const names = [
    ['Crew-SECRET.xlsx', true], ['secretary.xlsx', false], ['crew secret', true],
    ['_secret_', true], ['2024_Secret_roster.pdf', true], ['secrets.txt', false],
    ['\uff33\uff25\uff23\uff32\uff25\uff34 plan', true], ['plan', false],
    ['se\u200bcret.txt', true], ['7secret.txt', false],
  ];
  for (const [name, found] of names) {
    it(`${JSON.stringify(name)} is ${found ? '' : 'not '}marked SECRET`, () => {
      const policy = { markings: [SECRET] };
      const there = { attachments: [name], ...to('bob@quay-example.net') };
      assert.deepEqual(codes(answerTo(policy, there)), found ? ['SECRET'] : []);
      const subject = { subject: name, ...to('bob@quay-example.net') };
      assert.deepEqual(codes(answerTo(policy, subject)), found ? ['SECRET'] : []);
    });
  }

  it('of several the longest counts: what it covers is none of the shorter', () => {
    const top = { ...SECRET, name: 'TOP SECRET', words: ['TOP SECRET'] };
    const message = { subject: 'Top-Secret: plan', ...to('bob@quay-example.net') };
    assert.deepEqual(codes(answerTo({ markings: [SECRET, top] }, message)), ['TOP SECRET']);
    const both = { ...message, attachments: ['secret.txt'] };
    assert.deepEqual(codes(answerTo({ markings: [SECRET, top] }, both)), ['SECRET', 'TOP SECRET']);
  });

  it('names whom it may not go to: own is not implied, a closed list may be anybody', () => {
    const verdict = answerTo({ own: ['harbour-example.org'], markings: [SECRET] }, {
      from: 'ada@harbour-example.org', subject: 'SECRET', recipients: [
        { field: 'to', text: 'kim@navy.mil' }, { field: 'to', text: 'ben@harbour-example.org' },
        { field: 'cc', list: 'Crew' }, { field: 'newsgroup', text: 'comp.mail.misc' },
        { field: 'reply-to', text: 'desk@harbour-example.org' }],
    });
    assert.equal(verdict.verdict, 'block');
    assert.deepEqual(verdict.findings[0].recipients, [1, 2, 3]);
    assert.equal(verdict.findings[0].override, 'none');
    assert.match(verdict.findings[0].rule, /policy\.json:1/);
  });

  it('is looked for where `in` says and nowhere else; the verdict is its own', () => {
    const marking = { ...SECRET, in: ['subject'], otherwise: 'warn' };
    const message = { subject: 'secret', attachments: [], ...to('bob@quay-example.net') };
    assert.equal(answerTo({ markings: [marking] }, message).verdict, 'warn');
    const attached = { subject: '', attachments: ['secret'], ...to('bob@quay-example.net') };
    assert.equal(answerTo({ markings: [marking] }, attached).verdict, 'allow');
  });

  it('a marking with blanks and a colon, all recipients permitted, lets the message go', () => {
    const marking = { name: 'POLICE ONLY', words: ['OFFICIAL: POLICE ONLY'],
      only: ['pnn.police.uk'], otherwise: 'block' };
    const message = { subject: 'FW: OFFICIAL: POLICE ONLY - notes', ...to('desk@dorset.pnn.police.uk') };
    assert.equal(answerTo({ markings: [marking] }, message).verdict, 'allow');
  });

  it('that warns can be answered with "it is right", for this message alone', async () => {
    const policy = policyFile({ format: 1, markings: [{ ...SECRET, otherwise: 'warn' }] });
    const host = new Host(['serve', '--policy', policy]);
    const message = { subject: 'secret', ...to('bob@quay-example.net') };
    const asked = await host.ask('check', { key: 'a', message });
    assert.equal(asked.findings[0].override, 'click');
    const done = await host.ask('decision', { key: 'a', message, outcome: 'send',
      actions: [{ action: 'right', code: 'marking', marking: 'SECRET' }] });
    assert.equal(done.verdict, 'allow');
    assert.equal((await host.ask('check', { key: 'b', message })).verdict, 'warn');
    assert.equal(await host.end(), 0);
  });
});

describe('a visible crowd', () => {
  const people = Array.from({ length: 15 }, (_, i) => `person.${'abcdefghijklmno'[i]}@quay-example.net`);
  const crowd = (/** @type {string} */ field, /** @type {string[]} */ addresses = people) => ({
    from: 'me@harvest-example.org', recipients: addresses.map((text) => ({ field, text })),
  });

  it('of fifteen outsiders in To or Cc is asked about; in Bcc, or one fewer, it is not', () => {
    assert.deepEqual(codes(answerTo({}, crowd('to'))), ['visible-crowd']);
    assert.deepEqual(codes(answerTo({}, crowd('cc'))), ['visible-crowd']);
    assert.deepEqual(codes(answerTo({}, crowd('bcc'))), []);
    assert.deepEqual(codes(answerTo({}, crowd('to', people.slice(1)))), []);
    assert.deepEqual(codes(answerTo({}, crowd('to', [...people.slice(1), people[1]]))), []);
  });

  it('counts nobody inside, and takes the policy\'s limit and verdict', () => {
    assert.deepEqual(codes(answerTo({ own: ['quay-example.net'] }, crowd('to'))), []);
    const verdict = answerTo({ checks: { 'visible-crowd': { verdict: 'block', limit: 10 } } },
      crowd('to', people.slice(0, 10)));
    assert.equal(verdict.verdict, 'block');
    assert.equal(verdict.findings[0].recipients.length, 10);
    assert.deepEqual(codes(answerTo({ checks: { 'visible-crowd': 'off' } }, crowd('to'))), []);
  });

  it('moved to Bcc goes', async () => {
    const host = new Host(['serve', '--policy', policyFile({ format: 1 })]);
    await host.ask('check', { key: 'a', message: crowd('to') });
    const done = await host.ask('decision', { key: 'a', message: crowd('bcc'), outcome: 'send',
      actions: [{ action: 'bcc', code: 'visible-crowd' }] });
    assert.equal(done.verdict, 'allow');
    assert.equal(await host.end(), 0);
  });
});

describe('the policy', () => {
  it('gives its help with a block, and in watch mode says what would have been', () => {
    const policy = { block: ['ml'], help: { en: 'Call 4411.', de: 'Ruf 4411.' } };
    const blocked = answerTo(policy, to('bob@navy.ml'));
    assert.deepEqual(blocked.help, { de: 'Ruf 4411.', en: 'Call 4411.' });
    assert.equal('help' in answerTo(policy, to('bob@hotmial.com')), false);
    const args = ['check', '--people', 'none', '--policy', policyFile({ format: 1, ...policy })];
    const inWords = (/** @type {string} */ address) =>
      run([...args, address], { env: { ...process.env, LC_ALL: 'de_AT.UTF-8' } }).out;
    assert.match(inWords('bob@navy.ml'), /^Help: {2}Ruf 4411\.$/m);
    assert.doesNotMatch(inWords('bob@hotmial.com'), /Help/);
    // For all that is blocked, not of the address above it.
    assert.match(run([...args, 'bob@navy.ml', 'eve@navy.mil']).out,
      /\nallow {2}eve@navy\.mil\nHelp: {2}Call 4411\.\n$/);
    const watched = answerTo({ ...policy, mode: 'watch', markings: [SECRET] },
      { subject: 'secret', ...to('bob@quay-example.net') });
    assert.equal(watched.verdict, 'allow');
    assert.equal(watched.would, 'block');
    assert.equal(watched.findings[0].would, 'block');
  });
});
