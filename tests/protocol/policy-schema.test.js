// SPDX-License-Identifier: MPL-2.0
// An editor that checks against the JSON Schema and the host that reads the document agree.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT, policyFile, run } from './host.js';
import { documents } from './policy-documents.js';

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

  it('are asked about a hundred documents, half of them wrong', () => {
    assert.ok(documents.length >= 100, `${documents.length}`);
    assert.ok(documents.filter(([good]) => !good).length >= 50);
    assert.ok(documents.filter(([good]) => good).length >= 50);
  });

  for (const [good, members] of documents) {
    it(`agree that ${JSON.stringify(members)} is ${good ? 'right' : 'wrong'}`, () => {
      assert.equal(valid({ format: 1, ...members }), good, JSON.stringify(valid.errors));
      assert.equal(hostAccepts(members), good);
    });
  }
});
