// SPDX-License-Identifier: MPL-2.0
// history.learn, history.show and history.forget, and what of them is no request.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Host, policyFile, run, temporaryFolder, to } from './host.js';
import { STRANGER, check, hostOn, sent } from './people-host.js';

describe('history', () => {
  it('shows all that is kept on an address, and forgets it for good', async () => {
    const people = temporaryFolder();
    const host = hostOn(people);
    const now = Math.floor(Date.now() / 1000);
    const message = { kind: 'reply', time: now - 86400, answered: { from: 'bob@quarry-example.net' },
      recipients: [{ text: '"Quarry, Bob" <bob@quarry-example.net>' },
        { field: 'cc', text: 'Eve <eve@quarry-example.net>' }] };
    await host.ask('check', { key: 'a', message });
    await host.ask('sent', { key: 'a', message });
    await host.ask('known.replace', { source: 'p/book', addresses: ['bob@quarry-example.net'] });
    await host.ask('trust.add', { entry: 'bob@quarry-example.net' });
    const shown = await host.ask('history.show', { address: 'bob@quarry-example.net' });
    assert.equal(shown.messages, 1);
    assert.equal(shown.overridden, 0);
    assert.equal(shown.first, now - 86400);
    assert.equal(shown.known, true);
    assert.equal(shown.known_from, new Date((now - 86400) * 1000).toISOString().slice(0, 10));
    assert.equal(shown.answered, 1);
    assert.equal(shown.trusted.source, 'settings');
    assert.equal(shown.names[0].name, 'Quarry, Bob');
    assert.deepEqual(shown.groups.map((/** @type {any} */ g) => g.others), [['eve@quarry-example.net']]);
    assert.deepEqual(shown.books, ['p/book']);
    const sums = await host.ask('history.show');
    assert.equal(sums.written_to, 2);
    assert.equal(sums.groups, 1);
    assert.deepEqual(sums.books, [{ source: 'p/book', addresses: 1 }]);
    assert.deepEqual(await host.ask('history.forget', { address: 'bob@quarry-example.net' }),
      { forgotten: true });
    const gone = await host.ask('history.show', { address: 'bob@quarry-example.net' });
    assert.equal(gone.messages, 0);
    assert.equal(gone.known, false);
    assert.equal(gone.trusted, null);
    for (const name of readdirSync(people)) {
      const octets = readFileSync(path.join(people, name)).toString('latin1').toLowerCase();
      assert.ok(!octets.includes('bob@quarry') && !octets.includes('quarry, bob'), name);
    }
    assert.deepEqual(await host.ask('history.forget', { address: 'bob@quarry-example.net' }),
      { forgotten: false });
    assert.equal(await host.end(), 0);
  });

  it('lists the questions settled, and asks again about one that is forgotten', async () => {
    const host = hostOn(temporaryFolder());
    await check(host, 'bob@navy.ml', 'a');
    await host.ask('decision', { key: 'a', outcome: 'back',
      actions: [{ address: 'bob@navy.ml', action: 'right' }] });
    assert.equal((await check(host, 'bob@navy.ml', 'b')).verdict, 'allow');
    const [settled] = (await host.ask('history.show')).settled;
    assert.equal(settled.code, 'confusable-suffix');
    assert.equal(settled.subject, 'navy.ml');
    const { code, subject } = settled;
    assert.deepEqual(await host.ask('history.forget', { settled: { code, subject } }),
      { forgotten: true });
    assert.equal((await check(host, 'bob@navy.ml', 'c')).verdict, 'warn');
    assert.equal(await host.end(), 0);
  });

  it('all of it is forgotten at once', async () => {
    const host = hostOn(temporaryFolder());
    await sent(host, STRANGER, 'a');
    await host.ask('trust.add', { entry: 'eve@quarry-example.net' });
    assert.deepEqual(await host.ask('history.forget', { all: true }), { forgotten: true });
    const sums = await host.ask('history.show');
    assert.deepEqual([sums.contacts, sums.trusted, sums.settled.length, sums.oldest], [0, 0, 0, null]);
    assert.equal(await host.end(), 0);
  });

  it('of old mail is learned in batches: a slip in it is not known today, its twin is', async () => {
    const host = hostOn(temporaryFolder());
    const learned = await host.ask('history.learn', { messages: [
      to('bob@quarry-example.net'), to('bob@hotmial.com'), to('not an address'),
      { kind: 'reply', recipients: [{ text: 'eve@quarry-example.net' }] }] });
    assert.deepEqual(learned, { learned: 3, passed_over: 1 });
    const shown = (/** @type {string} */ address) => host.ask('history.show', { address });
    assert.equal((await shown('bob@quarry-example.net')).known, true);
    assert.equal((await shown('bob@hotmial.com')).known, false);
    assert.equal((await shown('eve@quarry-example.net')).answered, 1);
    assert.equal(await host.end(), 0);
  });

  /** @type {Record<string, [string, object, RegExp]>} */
  const faults = {
    'learning no list': ['history.learn', { messages: 'all' }, /^messages: /],
    'learning too many at once':
      ['history.learn', { messages: Array.from({ length: 1001 }, () => to('a@b.mil')) }, /1000/],
    'learning a broken message':
      ['history.learn', { messages: [to('a@b.mil'), { recipients: 4 }] }, /^messages\[1\]\.recipients: /],
    'showing what is no address': ['history.show', { address: 'bob' }, /^address: /],
    'forgetting nothing': ['history.forget', {}, /^address: /],
    'forgetting two things': ['history.forget', { address: STRANGER, all: true }, /^address: /],
    'forgetting half a question':
      ['history.forget', { settled: { code: 'posting' } }, /^settled\.subject: /],
    'a book without a name': ['known.replace', { source: '', addresses: [] }, /^source: /],
    'a book of numbers': ['known.replace', { source: 'b', addresses: [1] }, /^addresses\[0\]: /],
    'a book that is too long': ['known.replace',
      { source: 'b', addresses: Array.from({ length: 100_001 }, () => 'a@b.mil') }, /100000/],
  };
  for (const [name, [op, members, text]] of Object.entries(faults)) {
    it(`${name} is a bad request`, async () => {
      const host = hostOn(temporaryFolder());
      const refused = await host.ask(op, members);
      assert.equal(refused.code, 'bad-request');
      assert.match(refused.text, text);
      assert.equal(await host.end(), 0);
    });
  }
});

describe('what was in the messages', () => {
  const MARKER = 'Zwiebelturm';
  const GONE = 'forgotten.person@quarry-example.net';

  /** Every octet below a folder. @param {string} folder @returns {[string, string][]} */
  const octetsOf = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    const at = path.join(folder, one.name);
    return one.isDirectory() ? octetsOf(at)
      : /** @type {[string, string][]} */ ([[at, readFileSync(at).toString('latin1').toLowerCase()]]);
  });

  it('a word of 1,000 subjects and texts, and a forgotten address, are in no file of ours', async () => {
    const [home, mail] = [temporaryFolder(), path.join(temporaryFolder(), 'Sent')];
    const [people, audit] = [path.join(home, 'people'), path.join(home, 'audit')];
    const policy = policyFile({ format: 1, allow: ['mil'], audit: { record: 'all' } });
    const places = ['--policy', policy, '--people', people];
    const date = new Date(Date.now() - 86_400_000).toUTCString();
    writeFileSync(mail, Array.from({ length: 1000 }, (_, i) => ['From - Tue Jul 25 14:02:11 2023',
      `Message-ID: <${i}.${MARKER}@unit.example.mil>`, `Date: ${date}`, 'From: me@unit.example.mil',
      `To: Person ${i % 50} <person${i % 50}@quarry-example.net>`,
      ...(i % 7 === 0 ? [`Cc: "Gone, Away" <${GONE}>`] : []),
      `Subject: ${MARKER} ${i}`, '', `${MARKER} ${i}`, '', ''].join('\n')).join(''));
    const learned = run(['history', 'learn', ...places, mail]);
    assert.equal(learned.out, 'learned from 1000 messages\n', learned.talk);

    const host = new Host(['serve', ...places, '--audit', audit]);
    const message = { ...to('person1@quarry-example.net', 'persom1@quarry-example.net'),
      subject: MARKER, attachments: [`${MARKER}.pdf`] };
    for (let i = 0; i < 20; i += 1) {
      await host.ask('check', { key: `k${i}`, message });
      await host.ask('sent', { key: `k${i}`, message });
    }
    assert.equal((await host.ask('history.show', { address: GONE })).messages, 143);
    assert.deepEqual(await host.ask('history.forget', { address: GONE }), { forgotten: true });
    assert.equal((await host.ask('history.show')).written_to, 51);
    // While the host still runs, too.
    const files = octetsOf(home);
    assert.ok(files.length >= 2, files.map(([name]) => name).join(' '));
    assert.ok(files.some(([, octets]) => octets.includes('person1@quarry-example.net')));
    for (const [name, octets] of files) {
      for (const word of [MARKER, GONE, 'gone, away', 'forgotten.person']) {
        assert.ok(!octets.includes(word.toLowerCase()), `${word} in ${name}`);
      }
    }
    assert.equal(await host.end(), 0);
    assert.ok(octetsOf(home).every(([, octets]) => !octets.includes(MARKER.toLowerCase())));
  });
});
