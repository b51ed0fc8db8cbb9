// SPDX-License-Identifier: MPL-2.0
// Whose neighbouring keys count: by locale and option, for a person; all of them, for a batch.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Host, policyFile, run, temporaryFolder, to } from './host.js';

// T and Z lie side by side on QWERTZ alone.
const policy = policyFile({ format: 1, allow: ['mazro.org'] });
const typed = 'bob@matro.org';
const given = ['--policy', policy, '--people', 'none'];

/** The environment of somebody with this locale. @param {string} locale */
const of = (locale) => ({ env: { ...process.env, LC_ALL: locale } });

describe('keyboards', () => {
  it('of a person are those of the locale', () => {
    const { status, out } = run(['check', '--json', '--trace', ...given, typed], of('de_AT.UTF-8'));
    assert.equal(status, 1);
    assert.ok(JSON.parse(out).keyboards.includes('qwertz'));
    assert.equal(JSON.parse(out).recipients[0].evidence[0].weights.neighbouring_keys > 0, true);
  });

  it('that are named count and no others, whatever the locale', () => {
    const args = ['check', '--json', '--trace', ...given, '--keyboards', 'qwerty,azerty', typed];
    const { status, out } = run(args, of('de_AT.UTF-8'));
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(out).keyboards, ['qwerty', 'azerty']);
    assert.equal('neighbouring_keys' in JSON.parse(out).recipients[0].evidence[0].weights, false);
  });

  it('of a batch are all, on any machine, unless some are named', () => {
    const input = `${JSON.stringify({ message: to(typed) })}\n`;
    const batch = ['check', '--batch', '--trace', ...given];
    const all = run(batch, { ...of('en_GB.UTF-8'), input });
    assert.deepEqual(JSON.parse(all.out).keyboards, ['qwerty', 'qwertz', 'azerty']);
    assert.equal(JSON.parse(all.out).verdict, 'warn');
    const one = run([...batch, '--keyboards', 'qwerty'], { ...of('de_AT.UTF-8'), input });
    assert.equal(JSON.parse(one.out).verdict, 'allow');
  });

  it('are told by explain, with who says so', () => {
    const named = run(['explain', '--json', ...given, '--keyboards', 'azerty', typed]);
    assert.deepEqual(JSON.parse(named.out).read.keyboards,
      { layouts: ['azerty'], by: '--keyboards' });
    const words = run(['explain', ...given, typed], of('fr_BE.UTF-8'));
    assert.match(words.out, /^ {4}keyboards: .*azerty.* \(the locale fr_BE\.UTF-8/m);
  });

  it('count for the host as for a check', async () => {
    const args = ['serve', '--policy', policy, '--people', temporaryFolder()];
    const message = to(typed);
    const austrian = new Host(args, of('de_AT.UTF-8'));
    assert.equal((await austrian.ask('check', { key: 'k', message })).verdict, 'warn');
    const named = new Host([...args, '--keyboards', 'qwerty'], of('de_AT.UTF-8'));
    assert.equal((await named.ask('check', { key: 'k', message })).verdict, 'allow');
  });

  it('that nobody knows are a wrong use', () => {
    for (const wrong of ['dvorak', '', 'qwerty,']) {
      const { status, talk } = run(['check', ...given, '--keyboards', wrong, typed]);
      assert.equal(status, 64, wrong);
      assert.match(talk, /--keyboards/);
    }
  });
});
