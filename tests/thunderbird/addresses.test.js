// SPDX-License-Identifier: MPL-2.0
/**
 * The address corpus says what Thunderbird makes of each text; here Thunderbird itself is asked.
 * The host's own tests hold its reader to that column.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { ROOT } from './harness/places.js';
import { Thunderbird } from './harness/thunderbird.js';

/** @type {{rows: {text: string, class: string, thunderbird?: string[] | null}[]}} */
const { rows } = JSON.parse(readFileSync(path.join(ROOT, 'tests/corpus/addresses.json'), 'utf8'));
const asked = rows.filter((row) => Array.isArray(row.thunderbird));

/** @type {Thunderbird} */
let thunderbird;
before(async () => {
  thunderbird = await Thunderbird.start({ extension: false });
});
after(() => thunderbird?.close());

test("Thunderbird's own parser sends to what the address corpus says", async () => {
  assert.ok(asked.length >= 200, `only ${asked.length} rows of the corpus say it`);
  const found = await thunderbird.marionette.run(
    `return args[0].map(text =>
      MailServices.headerParser.parseEncodedHeaderW(text).map(one => one.email));`,
    asked.map((row) => row.text));
  const differing = asked
    .map(({ text, thunderbird: expected }, index) => ({ text, expected, found: found[index] }))
    .filter((row) => JSON.stringify(row.expected) !== JSON.stringify(row.found));
  assert.deepEqual(differing, []);
});
