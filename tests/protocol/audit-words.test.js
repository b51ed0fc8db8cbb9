// SPDX-License-Identifier: MPL-2.0
// One message is one in the record and has one word, whatever keys it was asked about under; and no
// line of it tells more, or another time, than it may.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Host, policyFile, run, temporaryFolder, to } from './host.js';

const POLICY = {
  format: 1, own: ['example.mil'], allow: ['mil'], block: ['ml'], ask: ['ask.example.mil'],
  override: { warn: 'click', block: 'reason' },
};
const SLIP = 'bob@navy.ml';
const MEANT = 'bob@navy.mil';
const ASKED = 'kim@ask.example.mil';
const OTHER = 'carol@navy.mil';
const CROWD = to(...Array.from({ length: 15 }, (_, i) => `guest${i}@mail${i}.mil`));
const LIST = { recipients: [{ field: 'to', list: 'Staff' }] };

/** @param {string} audit @returns {any[]} its lines but for those of the record itself */
const linesOf = (audit) => readdirSync(audit).filter((name) => name.endsWith('.jsonl')).sort()
  .flatMap((name) => readFileSync(path.join(audit, name), 'utf8').trimEnd().split('\n'))
  .map((line) => JSON.parse(line)).filter((line) => line.event.action !== 'policy-changed');

const right = (/** @type {string} */ address, reason = '') =>
  ({ action: 'right', address, ...(reason ? { reason } : {}) });
const remove = (/** @type {string} */ address) => ({ action: 'remove', address });
const change = (/** @type {string} */ address, /** @type {string} */ other) =>
  ({ action: 'change', address, to: other });

/** @param {object} [policy] */
const desk = (policy = POLICY) => {
  const audit = temporaryFolder();
  const host = new Host(['serve', '--policy', policyFile(policy), '--people', temporaryFolder(),
    '--audit', audit]);
  return {
    audit, host,
    check: (/** @type {string} */ key, /** @type {object} */ message, renews = '') =>
      host.ask('check', { key, message, ...(renews ? { renews } : {}) }),
    decide: (/** @type {string} */ key, /** @type {object} */ message,
      /** @type {object[]} */ actions, outcome = 'send') =>
      host.ask('decision', { key, message, actions, outcome }),
    sent: (/** @type {string} */ key, /** @type {object} */ message) =>
      host.ask('sent', { key, message }),
    /** @returns {Promise<any[]>} */
    async messages() {
      assert.equal(await host.end(), 0);
      return run(['audit', 'list', '--json', audit]).out.split('\n').filter(Boolean)
        .map((line) => JSON.parse(line));
    },
  };
};

/** @typedef {ReturnType<typeof desk>} Desk */

/** @type {Record<string, {word: string, story: (desk: Desk) => Promise<void>}>} */
const STORIES = {
  'put right in the compose window, and the new check asks nothing': {
    word: 'corrected',
    async story({ check, sent }) {
      await check('1', to(SLIP));
      await check('2', to(MEANT), '1');
      await sent('2', to(MEANT));
    },
  },
  'taken out in the compose window, and the new check asks nothing': {
    word: 'removed',
    async story({ check, sent }) {
      await check('1', to(SLIP, OTHER));
      await check('2', to(OTHER), '1');
      await sent('2', to(OTHER));
    },
  },
  'decided under a key of which nothing was asked': {
    word: 'removed',
    async story({ check, decide, sent }) {
      await check('1', to(SLIP, OTHER));
      await check('2', to(OTHER), '1');
      await decide('2', to(OTHER), [remove(SLIP)]);
      await sent('2', to(OTHER));
    },
  },
  'asked again after a key in between asked nothing': {
    word: 'sent-warned',
    async story({ check, decide, sent }) {
      await check('1', to(SLIP));
      await check('2', to(MEANT), '1');
      await check('3', to(MEANT, ASKED), '2');
      await decide('3', to(MEANT, ASKED), [right(ASKED)]);
      await sent('3', to(MEANT, ASKED));
    },
  },
  'answered, taken back, and put right by hand': {
    word: 'corrected',
    async story({ check, decide, sent }) {
      await check('1', to(SLIP, ASKED));
      await decide('1', to(SLIP, ASKED),
        [right(SLIP, 'first thought'), change(ASKED, OTHER)], 'back');
      await check('2', to(MEANT, OTHER), '1');
      await sent('2', to(MEANT, OTHER));
    },
  },
  'a reason typed for one who was taken out again is no reason for another': {
    word: 'sent-warned',
    async story({ check, decide, sent }) {
      await check('1', to(SLIP, ASKED));
      await decide('1', to(SLIP, ASKED), [right(SLIP, 'first thought'), right(ASKED)], 'back');
      await check('2', to(ASKED), '1');
      await sent('2', to(ASKED));
    },
  },
  'a list that nobody can see, confirmed, leaves as its members': {
    word: 'sent-warned',
    async story({ check, decide, sent }) {
      await check('1', LIST);
      await decide('1', LIST, [right('Staff')]);
      await sent('1', to(OTHER, MEANT));
    },
  },
  'a list that nobody can see, confirmed, beside one that was changed': {
    word: 'sent-warned',
    async story({ check, decide, sent }) {
      const with_ = (/** @type {string} */ address) =>
        ({ recipients: [...LIST.recipients, { field: 'to', text: address }] });
      await check('1', with_(SLIP));
      await decide('1', with_(MEANT), [right('Staff'), change(SLIP, MEANT)]);
      await sent('1', to(OTHER, MEANT));
    },
  },
  'a list that nobody can see, taken out': {
    word: 'removed',
    async story({ check, decide, sent }) {
      const both = { recipients: [...LIST.recipients, { field: 'to', text: OTHER }] };
      await check('1', both);
      await decide('1', to(OTHER), [remove('Staff')]);
      await sent('1', to(OTHER));
    },
  },
  'left against a question about the message, without a decision': {
    word: 'sent-warned',
    async story({ check, sent }) {
      await check('1', CROWD);
      await sent('1', CROWD);
    },
  },
  'all moved to Bcc on a click': {
    word: 'corrected',
    async story({ check, decide, sent }) {
      const hidden = { recipients: CROWD.recipients.map((one) => ({ ...one, field: 'bcc' })) };
      await check('1', CROWD);
      await decide('1', hidden, [{ action: 'bcc', code: 'visible-crowd' }]);
      await sent('1', hidden);
    },
  },
  'told twice to have left, the second time to the one in question': {
    word: 'sent-warned',
    async story({ check, sent }) {
      await check('1', to(ASKED, OTHER));
      await check('2', to(OTHER), '1');
      await sent('2', to(OTHER));
      await sent('2', to(OTHER, ASKED));
    },
  },
};

describe('a message in the record is one, with one word:', () => {
  for (const [name, { word, story }] of Object.entries(STORIES)) {
    it(name, async () => {
      const at = desk();
      await story(at);
      const messages = await at.messages();
      assert.deepEqual(messages.map((message) => message.word), [word]);
      assert.equal(messages[0].left, true);
      // Whoever reads the lines in order knows of each whose it is.
      const keys = new Set([linesOf(at.audit)[0].event.id]);
      for (const { event, recipient_guard: { renews } } of linesOf(at.audit)) {
        assert.ok(keys.has(event.id) || keys.has(renews), `${event.action} ${event.id}`);
        keys.add(event.id);
      }
    });
  }
});

describe('a line of the record', () => {
  it('is written whenever a message is told to have left otherwise than allowed', async () => {
    const at = desk();
    await at.check('1', to(OTHER));
    assert.equal((await at.sent('1', to(OTHER))).recorded, undefined);
    const second = await at.sent('1', to(OTHER, SLIP));
    assert.equal(second.matched, false);
    assert.equal(second.recorded, true);
    const [message] = await at.messages();
    assert.equal(message.mismatched, true);
    assert.deepEqual(message.sent_to, [OTHER, SLIP]);
  });

  it('is timed by its message, never later than the clock of the machine', async () => {
    const at = desk({ ...POLICY, audit: { record: 'all' } });
    const message = { ...to(ASKED), time: 4_000_000_000 };
    await at.check('1', message);
    await at.sent('1', message);
    await at.host.ask('unguarded', { message: { ...message, time: 1_690_329_600 }, actions: [],
      why: 'host-missing' });
    await at.messages();
    const lines = linesOf(at.audit);
    const last = lines.pop();
    for (const line of lines) {
      assert.ok(Math.abs(Date.parse(line['@timestamp']) - Date.now()) < 60_000);
    }
    assert.equal(last['@timestamp'], '2023-07-26T00:00:00Z');
  });

  it('holds no whole address where domains alone are wanted, nor what cannot be read', async () => {
    const at = desk({ ...POLICY, audit: { record: 'all', addresses: 'domain' } });
    const known = { from: 'alice@example.mil', ...to('johnson@partner-example.com') };
    await at.host.ask('history.learn', { messages: Array.from({ length: 30 }, (_, i) =>
      ({ ...known, time: Math.floor(Date.now() / 1000) - 86400 * (i + 1) })) });
    const message = { from: 'alice@example.mil',
      ...to('johnsen@partner-example.com', 'lo cal@weird.org lost', SLIP) };
    const verdict = await at.check('1', message);
    assert.equal(verdict.recipients[0].findings[0].near, 'johnson@partner-example.com');
    await at.decide('1', message, [right(SLIP, 'dora@gov.ml wants it, <eve@gov.ml> too'),
      remove('lo cal@weird.org lost'), change('johnsen@partner-example.com',
        'johnson@partner-example.com')]);
    await at.sent('1', message);
    await at.host.ask('unguarded', { message, actions: [], why: 'frank@gov.ml said so' });
    await at.messages();
    const text = JSON.stringify(linesOf(at.audit));
    assert.doesNotMatch(text, /johns|lo cal|lost|bob|dora|frank|alice|[a-z]@/);
    assert.match(text, /"near":"partner-example\.com"/);
    assert.match(text, /"reason":"@gov\.ml wants it, <@gov\.ml> too"/);
  });
});
