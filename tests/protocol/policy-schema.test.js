// SPDX-License-Identifier: MPL-2.0
// An editor that checks against the JSON Schema and the host that reads the document agree.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT, policyFile, run } from './host.js';

const FOLDER = path.join(ROOT, 'manifests/organisation-policy');

/** @param {string} file */
function read(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

const valid = new Ajv2020({ strict: false }).compile(read(path.join(FOLDER, 'policy.schema.json')));

/** @param {object} members beside the format */
function hostAccepts(members) {
  const policy = policyFile({ format: 1, ...members });
  const { status } = run(['check', '--people', 'none', '--policy', policy, 'bob@navy.mil']);
  assert.ok([0, 1, 2, 78].includes(status ?? -1), `status ${status}`);
  return status !== 78;
}

describe('the examples', () => {
  const examples = readdirSync(path.join(FOLDER, 'examples')).filter((one) => one.endsWith('.json'));
  for (const name of examples) {
    it(`${name} is right by the schema and loads`, () => {
      const file = path.join(FOLDER, 'examples', name);
      assert.equal(valid(read(file)), true, JSON.stringify(valid.errors));
      const { status } = run(['check', '--people', 'none', '--policy', file, 'bob@navy.mil']);
      assert.notEqual(status, 78);
    });
  }
});

/** @type {[boolean, object][]} */
const documents = [
  [true, {}],
  [true, { $comment: 'why', organisation: 'Example' }],
  [true, { revision: 0, mode: 'watch' }],
  [true, { own: ['example.mil'], allow: ['=navy.mil', '*.army.mil', 'bob@gov.ml'] }],
  [true, { confusable: [{ meant: 'mil', typed: 'ml', verdict: 'off' }] }],
  [true, { strangers: 'block', known: 'allow' }],
  [true, { checks: { 'lookalike-domain': 'off', 'visible-crowd': { verdict: 'warn', limit: 3 } } }],
  [true, { personal_trust: 'none', override: { warn: 'reason' } }],
  [true, { help: { en: 'Ask.', de: 'Fragen.' } }],
  [true, { history: { learn: false, keep_days: 30 } }],
  [true, { audit: { record: 'all', addresses: 'domain', keep_days: 1, syslog: true } }],
  [true, { builtin_protect: false, protect: ['mod.uk'], ask: ['gov.ml'], senders: ['example.mil'] }],
  [false, { format: 2 }],
  [false, { format: '1' }],
  [false, { alow: ['mil'] }],
  [false, { organisation: 7 }],
  [false, { organisation: '' }],
  [false, { revision: -1 }],
  [false, { revision: 1.5 }],
  [false, { mode: 'strict' }],
  [false, { own: 'example.mil' }],
  [false, { allow: [7] }],
  [false, { block: { ml: true } }],
  [false, { builtin_protect: 'yes' }],
  [false, { confusable: [{ meant: 'mil' }] }],
  [false, { confusable: [{ meant: 'mil', typed: 'ml', verdict: 'allow' }] }],
  [false, { strangers: 'ask' }],
  [false, { known: true }],
  [false, { checks: { 'visible-crowd': { verdict: 'warn', limit: 'many' } } }],
  [false, { checks: { 'lookalike-domian': 'warn' } }],
  [false, { personal_trust: 'all' }],
  [false, { override: { warn: 'never' } }],
  [false, { help: 'Ask.' }],
  [false, { history: { keep_days: 0 } }],
  [false, { audit: { record: 'some' } }],
  [false, { audit: { syslog: 1 } }],
];

describe('schema and reader', () => {
  it('know the same reason codes', () => {
    const { enum: names } = read(path.join(FOLDER, 'policy.schema.json'))
      .properties.checks.propertyNames;
    for (const name of names.filter((/** @type {string} */ one) => !one.startsWith('$'))) {
      assert.equal(hostAccepts({ checks: { [name]: 'warn' } }), true, name);
    }
    const codes = [...readFileSync(path.join(ROOT, 'docs/PROTOCOL.md'), 'utf8')
      .matchAll(/^\| `?([a-z]+(?:-[a-z]+)+)`? \|.*\|$/gm)].map((found) => found[1]);
    const settable = codes.filter((one) => hostAccepts({ checks: { [one]: 'warn' } }));
    assert.deepEqual(settable.filter((one) => !names.includes(one)), []);
  });

  for (const [good, members] of documents) {
    it(`agree that ${JSON.stringify(members)} is ${good ? 'right' : 'wrong'}`, () => {
      assert.equal(valid({ format: 1, ...members }), good, JSON.stringify(valid.errors));
      assert.equal(hostAccepts(members), good);
    });
  }
});
