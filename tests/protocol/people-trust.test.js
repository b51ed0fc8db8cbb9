// SPDX-License-Identifier: MPL-2.0
// trust.add, trust.remove and trust.list: what is added, listed, put back, and refused.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { temporaryFolder } from './host.js';
import { ALLOW_MIL, STRANGER, STRICT, check, hostOn } from './people-host.js';

describe('trust', () => {
  it('is added once, listed, taken away and put back as it was', async () => {
    const people = temporaryFolder();
    const host = hostOn(people);
    const added = await host.ask('trust.add', { entry: 'Bob@Navy.mil', source: 'settings' });
    assert.equal(added.entry, 'Bob@navy.mil');
    assert.equal(added.kind, 'address');
    assert.equal(added.added, true);
    const again = await host.ask('trust.add', { entry: 'bob@navy.mil', source: 'import' });
    assert.deepEqual(again, { ...added, added: false });
    const listed = await host.ask('trust.list');
    assert.equal(listed.entries.length, 1);
    assert.equal(listed.more, 0);
    assert.equal(listed.personal_trust, 'addresses');
    const { removed } = await host.ask('trust.remove', { entry: 'bob@navy.mil' });
    assert.equal(removed.time, added.time);
    assert.deepEqual(await host.ask('trust.remove', { entry: 'bob@navy.mil' }), { removed: null });
    assert.equal((await host.ask('trust.add', removed)).added, true);
    assert.deepEqual((await host.ask('trust.list')).entries, listed.entries);
    assert.equal(await host.end(), 0);
  });

  it('in several entries is added whole or not at all, the one at fault named', async () => {
    const host = hostOn(temporaryFolder());
    const entries = ['a@quarry-example.net', 'b@quarry-example.net'].map((entry) => ({ entry }));
    assert.deepEqual(await host.ask('trust.add', { entries }), { added: 2 });
    assert.deepEqual(await host.ask('trust.add', { entries }), { added: 0 });
    const broken = await host.ask('trust.add',
      { entries: [{ entry: 'c@quarry-example.net' }, { entry: 'no address' }] });
    assert.equal(broken.code, 'bad-request');
    assert.match(broken.text, /^entries\[1\]\.entry: /);
    assert.equal((await host.ask('trust.list')).entries.length, 2);
    assert.equal(await host.end(), 0);
  });

  it('in a domain covers all below it where the policy lets it', async () => {
    const people = temporaryFolder();
    const host = hostOn(people, { ...STRICT, personal_trust: 'domains' });
    assert.equal((await host.ask('trust.add', { entry: 'lantern-example.net' })).kind, 'domain');
    assert.equal((await check(host, 'x@a.lantern-example.net', 'a')).verdict, 'allow');
    assert.equal((await host.ask('trust.add', { entry: 'com' })).code, 'bad-request');
    assert.equal(await host.end(), 0);
    // Another policy leaves the entry where it is, and says that it has no effect.
    const strict = hostOn(people, STRICT);
    assert.equal((await check(strict, 'x@a.lantern-example.net', 'a')).verdict, 'warn');
    assert.equal((await strict.ask('trust.list')).entries[0].in_force, false);
    assert.equal(await strict.end(), 0);
  });

  /** @type {Record<string, [object, object, string, RegExp]>} */
  const refusals = {
    'of what the organisation blocks':
      [{ format: 1, block: ['ml'] }, { entry: 'bob@navy.ml' }, 'not-permitted', /policy\.json:1/],
    'of anything where nobody may trust':
      [{ format: 1, personal_trust: 'none' }, { entry: STRANGER }, 'not-permitted', /policy\.json:1/],
    'of a domain where addresses are trusted':
      [ALLOW_MIL, { entry: 'lantern-example.net' }, 'not-permitted', /no whole domains/],
    'of what is no address': [ALLOW_MIL, { entry: 'bob@@x' }, 'bad-request', /^entry: /],
    'of one beside several':
      [ALLOW_MIL, { entry: STRANGER, entries: [{ entry: STRANGER }] }, 'bad-request', /^entry: /],
    'of nothing': [ALLOW_MIL, {}, 'bad-request', /^entry: /],
    'of a number': [ALLOW_MIL, { entry: 7 }, 'bad-request', /^entry: /],
    'with a source that is too long':
      [ALLOW_MIL, { entry: STRANGER, source: 'x'.repeat(65) }, 'bad-request', /^source: /],
    'with a time before there was any':
      [ALLOW_MIL, { entry: STRANGER, time: -1 }, 'bad-request', /^time: /],
    'of too many at once': [ALLOW_MIL,
      { entries: Array.from({ length: 1001 }, () => ({ entry: STRANGER })) }, 'bad-request',
      /^entries: .*1000/],
  };
  for (const [name, [policy, members, code, text]] of Object.entries(refusals)) {
    it(`${name} is refused as ${code}`, async () => {
      const host = hostOn(temporaryFolder(), policy);
      const refused = await host.ask('trust.add', members);
      assert.equal(refused.code, code);
      assert.match(refused.text, text);
      assert.equal((await host.ask('trust.list')).entries.length, 0);
      assert.equal(await host.end(), 0);
    });
  }

  it('of ten thousand entries is listed in pages that fit a frame', async () => {
    const host = hostOn(temporaryFolder());
    const names = Array.from({ length: 10_000 },
      (_, i) => `${'n'.repeat(50)}${i}@${'d'.repeat(60)}.quarry-example.net`);
    for (let at = 0; at < names.length; at += 1000) {
      await host.ask('trust.add',
        { entries: names.slice(at, at + 1000).map((entry) => ({ entry })) });
    }
    const seen = new Set();
    for (let after = ''; ;) {
      const page = await host.ask('trust.list', { after });
      page.entries.forEach((/** @type {any} */ one) => seen.add(one.entry));
      if (page.more === 0) {
        break;
      }
      after = page.entries.at(-1).entry;
    }
    assert.equal(seen.size, names.length);
    assert.equal(await host.end(), 0);
  });
});
