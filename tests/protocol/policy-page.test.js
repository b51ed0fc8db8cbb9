// SPDX-License-Identifier: MPL-2.0
// The table of keys in docs/POLICY and the JSON Schema say the same, and its commands print what it
// shows.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { declareCommandsOf } from './doc-page.js';
import { ROOT, temporaryFolder } from './host.js';

const page = readFileSync(path.join(ROOT, 'docs/POLICY.md'), 'utf8');
const schema = JSON.parse(readFileSync(
  path.join(ROOT, 'manifests/organisation-policy/policy.schema.json'), 'utf8'));

/** key -> its row of the table: the values, and what holds where it is left out. */
const rows = new Map([...page.slice(page.indexOf('| key | values | left out |'))
  .matchAll(/^\| (`[^|]*`) \| (.*) \| ([^|]*) \|$/gm)]
  .flatMap(([, keys, values, leftOut]) => [...keys.matchAll(/`([^`]+)`/g)].map((key, i) =>
    /** @type {const} */ ([key[1], { values, leftOut: leftOut.split('; '), place: i,
      among: keys.split(', ').length }]))));

/** @param {any} part of the schema @returns {any} what it refers to, put in */
function whole(part) {
  const name = part.$ref ?? part.allOf?.[0]?.$ref;
  return name ? { ...schema.definitions[name.split('/').pop()], ...part } : part;
}

const own = (/** @type {object} */ properties) =>
  Object.entries(properties).filter(([key]) => !key.startsWith('$'));

/** The members of a key that is an object, or a list of them. @param {any} part */
const membersOf = (part) => own(part.properties ?? part.items?.properties ?? {});

const keys = own(schema.properties);

describe("docs/POLICY's table", () => {
  it('names every key of the schema and no other, as required where it is', () => {
    assert.deepEqual([...rows.keys()].sort(), keys.map(([key]) => key).sort());
    const required = [...rows].filter(([, row]) => row.leftOut[0] === 'required').map(([key]) => key);
    assert.deepEqual(required, schema.required);
  });

  for (const [key, part] of keys) {
    const row = /** @type {NonNullable<ReturnType<typeof rows.get>>} */ (rows.get(key));
    const members = membersOf(whole(part));

    it(`tells of ${key} each of its values and members`, () => {
      const told = new Set([...row.values.matchAll(/`([^`]+)`|"([a-z_]+)"/g)]
        .map((found) => found[1] ?? found[2]));
      for (const [name, member] of [['', part], ...members]) {
        assert.ok(name === '' || told.has(name) || row.values.includes(`"${name}"`), name);
        const { enum: words = whole(whole(member).items ?? {}).enum ?? [], type } = whole(member);
        for (const word of type === 'boolean' ? [true, false] : words) {
          assert.ok(told.has(String(word)) || word === 1, `${name} ${word}`);
        }
        const { minimum, maximum } = whole(member);
        if (minimum && maximum) {
          assert.ok(row.values.includes(`${minimum} to ${maximum}`), name);
        }
      }
    });

    it(`tells of ${key} what holds where it is left out`, () => {
      const defaults = members.length > 0 && !part.items ? members.map(([, member]) => member)
        : [part];
      defaults.forEach(({ default: value }, i) => {
        const at = row.among > 1 ? row.place : i;
        const said = row.leftOut[Math.min(at, row.leftOut.length - 1)];
        assert.ok(said, `${key} ${i}`);
        if (value !== undefined) {
          assert.equal(said, String(value));
        }
      });
    });
  }
});

describe("docs/POLICY's example", () => {
  const commands = declareCommandsOf('docs/POLICY.md', temporaryFolder());

  it('is tried by four commands', () => assert.equal(commands.length, 4));
});
