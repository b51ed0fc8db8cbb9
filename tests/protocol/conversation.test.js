// SPDX-License-Identifier: MPL-2.0
// From a check over the person's answers to the message that left: what each request means for the
// next.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFENCE, Host, policyFile, to } from './host.js';

const ALLOW_MIL = { format: 1, allow: ['mil'] };
const ASKING = { format: 1, allow: ['mil'], ask: ['carol@navy.mil'] };

/** A host under this policy. @param {object} policy */
function hostUnder(policy) {
  return new Host(['serve', '--policy', policyFile(policy)]);
}

/** @param {any} verdict */
const questioned = (verdict) => verdict.recipients.map((/** @type {any} */ one) => one.address);

/** @param {string} address @param {object} [more] */
const right = (address, more = {}) => ({ address, action: 'right', ...more });

/** Starts a host for one test and ends it. @param {object} policy @param {(host: Host) => any} body */
function under(policy, body) {
  return async () => {
    const host = hostUnder(policy);
    await body(host);
    assert.equal(await host.end(), 0, host.errors);
  };
}

describe('a check', () => {
  it('lists questioned recipients only, by their index', under(ALLOW_MIL, async (host) => {
    const verdict = await host.ask('check',
      { key: 'a', message: to('x@army.mil', 'bob@navy.ml', 'y@army.mil') });
    assert.equal(verdict.verdict, 'warn');
    assert.equal(verdict.recipients.length, 1);
    const [one] = verdict.recipients;
    assert.equal(one.index, 1);
    assert.equal(one.field, 'to');
    assert.equal(one.shown, 'bob@navy.ml');
    assert.equal(one.findings[0].code, 'confusable-suffix');
    assert.deepEqual(one.findings[0].meant, ['bob@navy.mil']);
    assert.equal(one.override, 'click');
    assert.deepEqual(verdict.findings, []);
  }));

  it('of the same key and message gets the same answer', under(ALLOW_MIL, async (host) => {
    const first = await host.ask('check', { key: 'a', message: to('bob@navy.ml') });
    assert.deepEqual(await host.ask('check', { key: 'a', message: to('bob@navy.ml') }), first);
  }));

  /** @type {Record<string, object>} */
  const others = {
    'another recipient': to('bob@navy.mil'),
    'one recipient more': to('bob@navy.ml', 'bob@navy.ml'),
    'another field': { recipients: [{ field: 'cc', text: 'bob@navy.ml' }] },
    'another reading by Thunderbird':
      { recipients: [{ field: 'to', text: 'bob@navy.ml', parsed: 'bob@navy.ml' }] },
    'a list it came from': { recipients: [{ field: 'to', text: 'bob@navy.ml', list: 'Friends' }] },
    'another sender': { ...to('bob@navy.ml'), from: 'alice@navy.mil' },
    'another kind': { ...to('bob@navy.ml'), kind: 'forward' },
    'another purpose': { ...to('bob@navy.ml'), purpose: 'writing' },
    'another subject': { ...to('bob@navy.ml'), subject: 'x' },
    'an attachment': { ...to('bob@navy.ml'), attachments: ['x'] },
    'somebody in the thread': { ...to('bob@navy.ml'), thread: ['x@navy.mil'] },
    'a message that is answered': { ...to('bob@navy.ml'), answered: { from: 'x@navy.mil' } },
    'another time': { ...to('bob@navy.ml'), time: 1690329600 },
  };
  for (const [name, message] of Object.entries(others)) {
    it(`of the same key and a message with ${name} is key-reused`, under(ALLOW_MIL, async (host) => {
      await host.ask('check', { key: 'a', message: to('bob@navy.ml') });
      assert.equal((await host.ask('check', { key: 'a', message })).code, 'key-reused');
    }));
  }

  it('that renews a key nobody knows is answered all the same', under(ALLOW_MIL, async (host) => {
    const verdict = await host.ask('check', { key: 'a', renews: 'x', message: to('bob@navy.ml') });
    assert.equal(verdict.verdict, 'warn');
  }));

  it('of 10,000 fine and 1,500 questioned recipients fits a frame and counts the rest',
    under(ALLOW_MIL, async (host) => {
      const fine = Array.from({ length: 10_000 }, (_, i) => `p${i}@army.mil`);
      const slips = Array.from({ length: 1500 }, (_, i) => `p${i}@navy.ml`);
      const verdict = await host.ask('check', { key: 'a', message: to(...fine, ...slips) });
      assert.equal(verdict.recipients.length, 1000);
      assert.equal(verdict.more, 500);
      assert.equal(verdict.recipients[0].index, 10_000);
    }));

  it('of a recipient of 3 MB shows a little of it and fits a frame', under(ALLOW_MIL, async (host) => {
    const verdict = await host.ask('check', { key: 'a', message: to('\u20ac'.repeat(1_000_000)) });
    assert.equal(verdict.verdict, 'block');
    const { shown } = verdict.recipients[0];
    assert.ok(shown.length < 2048 && shown.endsWith('..'));
    assert.doesNotMatch(shown, /\ufffd/);
  }));

  it('of a thousand unreadable recipients of 5,000 octets fits a frame', under(ALLOW_MIL,
    async (host) => {
      const long = Array.from({ length: 1000 }, (_, i) => `${i}${'\u20ac'.repeat(1600)}`);
      const verdict = await host.ask('check', { key: 'a', message: to(...long) });
      assert.equal(verdict.recipients.length + verdict.more, 1000);
    }));

  it('is remembered among many, but not for ever', under(ALLOW_MIL, async (host) => {
    const message = to('bob@navy.ml');
    const back = (/** @type {string} */ key) => host.ask('decision', { key, outcome: 'back' });
    await host.ask('check', { key: 'sent', message });
    for (let i = 0; i < 1200; i += 1) {
      await host.ask('check', { key: `w${i}`, message: { ...message, purpose: 'writing' } });
    }
    assert.deepEqual(await back('sent'), {});  // those asked while writing went first
    assert.equal((await back('w0')).code, 'unknown-key');
    for (let i = 0; i < 1200; i += 1) {
      await host.ask('check', { key: `s${i}`, message });
    }
    assert.equal((await back('sent')).code, 'unknown-key');
    assert.deepEqual(await back('s1199'), {});
  }));
});

describe('a decision', () => {
  /** @param {Host} host @param {object} message @param {object[]} actions */
  async function decide(host, message, actions, key = 'a') {
    return host.ask('decision', { key, message, actions, outcome: 'send' });
  }

  it('on a key nobody knows is unknown-key', under(ALLOW_MIL, async (host) => {
    assert.equal((await decide(host, to('bob@navy.ml'), [])).code, 'unknown-key');
  }));

  it('"it is right" opens the gate, is recorded and ends the question',
    under(ALLOW_MIL, async (host) => {
      await host.ask('check', { key: 'a', message: to('bob@navy.ml') });
      const verdict = await decide(host, to('bob@navy.ml'), [right('bob@navy.ml')]);
      assert.equal(verdict.verdict, 'allow');
      assert.deepEqual(verdict.recipients, []);
      assert.equal(verdict.recorded, true);
      const later = await host.ask('check', { key: 'b', message: to('bob@navy.ml') });
      assert.equal(later.verdict, 'allow');
    }));

  it('"it is right" of an `ask` entry holds for this message alone', under(ASKING, async (host) => {
    await host.ask('check', { key: 'a', message: to('carol@navy.mil') });
    const verdict = await decide(host, to('carol@navy.mil'), [right('carol@navy.mil')]);
    assert.equal(verdict.verdict, 'allow');
    const later = await host.ask('check', { key: 'b', message: to('carol@navy.mil') });
    assert.deepEqual(questioned(later), ['carol@navy.mil']);
  }));

  it('"it is right" holds in every field the address stands in', under(ASKING, async (host) => {
    const message = { recipients: ['to', 'cc', 'bcc'].map((field) => ({ field, text: 'carol@navy.mil' })) };
    assert.equal((await host.ask('check', { key: 'a', message })).recipients.length, 3);
    assert.equal((await decide(host, message, [right('carol@navy.mil')])).verdict, 'allow');
  }));

  it('names what is still questioned', under(ALLOW_MIL, async (host) => {
    const message = to('bob@navy.ml', 'eve@army.ml');
    await host.ask('check', { key: 'a', message });
    const verdict = await decide(host, message, [right('bob@navy.ml')]);
    assert.equal(verdict.verdict, 'warn');
    assert.deepEqual(questioned(verdict), ['eve@army.ml']);
  }));

  it('judges the message as it now stands: a change is no answer to trust', under(ALLOW_MIL,
    async (host) => {
      await host.ask('check', { key: 'a', message: to('bob@navy.ml') });
      const change = { address: 'bob@navy.ml', action: 'change', to: 'bob@navy.mil' };
      assert.equal((await decide(host, to('bob@navy.mil'), [change])).verdict, 'allow');
      assert.equal((await decide(host, to('bob@navy.ml'), [change])).verdict, 'warn');
    }));

  it('judges who was added meanwhile, and takes the answer to that', under(ALLOW_MIL, async (host) => {
    await host.ask('check', { key: 'a', message: to('bob@navy.ml') });
    const now = to('eve@army.ml');
    const remove = { address: 'bob@navy.ml', action: 'remove' };
    assert.deepEqual(questioned(await decide(host, now, [remove])), ['eve@army.ml']);
    assert.equal((await decide(host, now, [remove, right('eve@army.ml')])).verdict, 'allow');
  }));

  it('answers a list whose members cannot be seen by its name', under(ALLOW_MIL, async (host) => {
    const message = { recipients: [{ field: 'cc', list: 'Staff' }] };
    const verdict = await host.ask('check', { key: 'a', message });
    assert.equal(verdict.recipients[0].shown, 'Staff');
    assert.equal(verdict.recipients[0].findings[0].code, 'unknown-members');
    assert.equal((await decide(host, message, [right('Staff')])).verdict, 'allow');
  }));

  it('goes on to hold under a key that renews, over two of them', under(ASKING, async (host) => {
    const first = to('carol@navy.mil', 'bob@navy.ml');
    await host.ask('check', { key: 'a', message: first });
    assert.equal((await decide(host, first, [right('carol@navy.mil')])).verdict, 'warn');
    const second = to('carol@navy.mil', 'bob@navy.ml', 'dan@navy.mil');
    const renewed = await host.ask('check', { key: 'b', renews: 'a', message: second });
    assert.deepEqual(questioned(renewed), ['bob@navy.ml']);
    const third = to('carol@navy.mil', 'dan@navy.mil', 'eve@army.ml');
    const again = await host.ask('check', { key: 'c', renews: 'b', message: third });
    assert.deepEqual(questioned(again), ['eve@army.ml']);
    // bob stood under the older keys only, and may still be named
    const verdict = await decide(host, third, [right('bob@navy.ml'), right('eve@army.ml')], 'c');
    assert.equal(verdict.verdict, 'allow');
  }));

  it('back answers nothing and keeps what was said', under(ALLOW_MIL, async (host) => {
    await host.ask('check', { key: 'a', message: to('bob@navy.ml') });
    const ended = await host.ask('decision',
      { key: 'a', actions: [right('bob@navy.ml')], outcome: 'back' });
    assert.deepEqual(ended, {});
    assert.equal((await host.ask('check', { key: 'b', message: to('bob@navy.ml') })).verdict, 'allow');
  }));

  /** @type {Record<string, [object, object]>} */
  const forbidden = {
    'to an address that was not questioned': [to('bob@navy.ml'), right('x@navy.mil')],
    'to an address that was fine': [to('bob@navy.ml', 'x@navy.mil'), right('x@navy.mil')],
    'to a blocked address': [to('eve@bamako.ml'), right('eve@bamako.ml')],
    'to what cannot be read': [to('bob@navy,mil'), right('bob@navy,mil')],
    'to a finding the message does not have':
      [to('bob@navy.ml'), { code: 'visible-crowd', action: 'right' }],
    'with a trust of the domain': [to('carol@navy.mil'), right('carol@navy.mil', { trust: 'domain' })],
  };
  for (const [name, [message, action]] of Object.entries(forbidden)) {
    it(`"it is right" ${name} is not permitted, and nothing of the decision is done`,
      under({ ...ASKING, block: ['bamako.ml'], personal_trust: 'addresses' }, async (host) => {
        await host.ask('check', { key: 'a', message });
        const good = right('bob@navy.ml');
        assert.equal((await decide(host, message, [action])).code, 'not-permitted');
        await decide(host, message, [good, action]);
        const still = await host.ask('check', { key: 'b', message: to('bob@navy.ml') });
        assert.equal(still.verdict, 'warn');
      }));
  }

  it('where the policy wants a reason, needs one that is not blank',
    under({ ...ASKING, override: { warn: 'reason' } }, async (host) => {
      const message = to('carol@navy.mil');
      const verdict = await host.ask('check', { key: 'a', message });
      assert.equal(verdict.recipients[0].override, 'reason');
      for (const reason of [undefined, '', ' \t']) {
        assert.equal((await decide(host, message, [right('carol@navy.mil', { reason })])).code,
          'not-permitted');
      }
      const told = [right('carol@navy.mil', { reason: 'She asked for it.' })];
      assert.equal((await decide(host, message, told)).verdict, 'allow');
    }));

  it('where the policy leaves no choice, is not permitted',
    under({ ...ASKING, override: { warn: 'none' } }, async (host) => {
      await host.ask('check', { key: 'a', message: to('carol@navy.mil') });
      assert.equal((await decide(host, to('carol@navy.mil'), [right('carol@navy.mil')])).code,
        'not-permitted');
    }));

  /** @type {Record<string, object>} */
  const malformed = {
    'an action that does not exist': { address: 'bob@navy.ml', action: 'ignore' },
    'no action': { address: 'bob@navy.ml' },
    'neither address nor code': { action: 'right' },
    'both address and code': { address: 'bob@navy.ml', code: 'visible-crowd', action: 'right' },
    'a code that does not exist': { code: 'too-late', action: 'right' },
    'a change to nothing': { address: 'bob@navy.ml', action: 'change' },
    'a number as reason': right('bob@navy.ml', { reason: 1 }),
    'trust of a wrong kind': right('bob@navy.ml', { trust: 'everybody' }),
    'trust with a change':
      { address: 'bob@navy.ml', action: 'change', to: 'bob@navy.mil', trust: true },
    'bcc of an address': { address: 'bob@navy.ml', action: 'bcc' },
  };
  for (const [name, action] of Object.entries(malformed)) {
    it(`with ${name} is a bad request`, under(ALLOW_MIL, async (host) => {
      await host.ask('check', { key: 'a', message: to('bob@navy.ml') });
      assert.equal((await decide(host, to('bob@navy.ml'), [action])).code, 'bad-request');
    }));
  }
});

describe('a message that left', () => {
  const at = (/** @type {string} */ field, /** @type {string} */ text) => ({ field, text });
  const allowed = [at('to', 'Bob <bob@navy.mil>'), at('cc', 'eve@navy.mil'), at('bcc', 'dan@navy.mil')];

  /** @type {Record<string, [object[], boolean]>} */
  const departures = {
    'as it was': [allowed, true],
    'in another order, with other names': [[at('bcc', 'dan@navy.mil'), at('to', 'bob@navy.mil'),
      at('cc', '"E." <eve@NAVY.mil>')], true],
    'with one of them twice': [[...allowed, at('to', 'bob@navy.mil')], true],
    'with its Reply-To told, too': [[...allowed, at('reply-to', 'desk@navy.mil')], true],
    'with a Bcc more': [[...allowed, at('bcc', 'spy@example.org')], false],
    'with one less': [allowed.slice(1), false],
    'with one moved from Bcc to Cc': [[...allowed.slice(0, 2), at('cc', 'dan@navy.mil')], false],
    'with another address': [[at('to', 'bob@navy.ml'), ...allowed.slice(1)], false],
    'to nobody': [[], false],
  };
  for (const [name, [recipients, matched]] of Object.entries(departures)) {
    it(`${name} is told as ${matched ? 'matched' : 'different'}`, under(ALLOW_MIL, async (host) => {
      await host.ask('check', { key: 'a', message: { recipients: allowed } });
      const sent = await host.ask('sent', { key: 'a', message: { recipients }, mode: 'now' });
      assert.deepEqual(sent, { matched, ...(matched ? {} : { recorded: true }), learned: true });
    }));
  }

  it('under a key nobody knows: nobody can say', under(ALLOW_MIL, async (host) => {
    assert.equal((await host.ask('sent', { key: 'x', message: to('bob@navy.mil') })).matched, null);
  }));

  it('though it was questioned and never decided: different', under(ALLOW_MIL, async (host) => {
    await host.ask('check', { key: 'a', message: to('bob@navy.ml') });
    assert.equal((await host.ask('sent', { key: 'a', message: to('bob@navy.ml') })).matched, false);
  }));

  it('as the decision allowed it, not as it was first: matched', under(ALLOW_MIL, async (host) => {
    await host.ask('check', { key: 'a', message: to('bob@navy.ml') });
    await host.ask('decision', { key: 'a', message: to('bob@navy.mil'), actions: [], outcome: 'send' });
    const sent = await host.ask('sent', { key: 'a', message: to('bob@navy.mil'), mode: 'later' });
    assert.equal(sent.matched, true);
  }));

  it('with the members of a list that could not be seen: nobody can say', under(ALLOW_MIL,
    async (host) => {
      const message = { recipients: [at('to', 'bob@navy.mil'), { field: 'cc', list: 'Staff' }] };
      await host.ask('check', { key: 'a', message });
      await host.ask('decision',
        { key: 'a', message, actions: [{ address: 'Staff', action: 'right' }], outcome: 'send' });
      const matched = async (/** @type {object[]} */ ...more) => (await host.ask('sent',
        { key: 'a', message: { recipients: [at('to', 'bob@navy.mil'), ...more] } })).matched;
      assert.equal(await matched(at('cc', 'eve@navy.mil'), at('cc', 'dan@navy.mil')), null);
      assert.equal(await matched(at('bcc', 'eve@navy.mil')), false);
    }));

  it('makes its recipients known: a slip towards them is found', under({ format: 1 }, async (host) => {
    const before = await host.ask('check', { key: 'a', message: to('bob@westbakre.com') });
    assert.equal(before.verdict, 'allow');
    await host.ask('check', { key: 'b', message: to('bob@westbaker.com') });
    await host.ask('sent', { key: 'b', message: to('bob@westbaker.com') });
    const verdict = await host.ask('check', { key: 'c', message: to('bob@westbakre.com') });
    assert.equal(verdict.verdict, 'warn');
    assert.deepEqual(verdict.recipients[0].findings[0].meant, ['bob@westbaker.com']);
  }));

  it('teaches nothing where the policy says so', under({ format: 1, history: { learn: false } },
    async (host) => {
      await host.ask('sent', { key: 'b', message: to('bob@westbaker.com') });
      const verdict = await host.ask('check', { key: 'c', message: to('bob@westbakre.com') });
      assert.equal(verdict.verdict, 'allow');
    }));

  it('while the host was away is taken in', under(ALLOW_MIL, async (host) => {
    const told = await host.ask('unguarded', {
      message: to('bob@navy.ml'), actions: [{ address: 'bob@navy.ml', action: 'right' }],
      why: 'host-missing', mode: 'now',
    });
    assert.deepEqual(told, { recorded: true, learned: true });
    // A tick on the degraded page is no "it is right": the question stands.
    assert.equal((await host.ask('check', { key: 'a', message: to('bob@navy.ml') })).verdict, 'warn');
    assert.equal((await host.ask('status')).counts.unguarded, 1);
  }));
});

describe('watch mode', () => {
  const watching = { ...ALLOW_MIL, mode: 'watch', block: ['ml'] };
  it('allows all, says what it would have said, and lets it go', under(watching, async (host) => {
    const verdict = await host.ask('check', { key: 'a', message: to('bob@navy.ml') });
    assert.equal(verdict.verdict, 'allow');
    assert.equal(verdict.would, 'block');
    assert.equal(verdict.recipients[0].verdict, 'allow');
    assert.equal(verdict.recipients[0].would, 'block');
    assert.equal(verdict.recipients[0].findings[0].verdict, 'allow');
    assert.equal(verdict.recipients[0].findings[0].would, 'block');
    assert.equal((await host.ask('sent', { key: 'a', message: to('bob@navy.ml') })).matched, true);
  }));
});

describe('status', () => {
  it('says what is there, and what was done', async () => {
    const host = new Host(['serve', '--policy', DEFENCE]);
    await host.ask('check', { key: 'a', message: to('bob@navy.ml') });
    await host.ask('dance');
    const status = await host.ask('status');
    assert.equal(status.pid, host.child.pid);
    assert.deepEqual(status.policy.documents, ['defence.json']);
    assert.match(status.policy.digest, /^[0-9a-f]{64}$/);
    assert.deepEqual(status.health,
      { state: 'ok', policy: 'ok', people: 'ok', audit: 'ok' });
    assert.equal(status.counts.checks, 1);
    assert.equal(status.counts.blocked, 1);
    assert.equal(status.counts.refused, 1);
    assert.equal(status.remembered, 1);
    assert.notEqual(status.suffixes.source, '');
    assert.equal(await host.end(), 0);
  });
});
