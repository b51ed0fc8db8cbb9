// SPDX-License-Identifier: MPL-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { MOST_INSTRUCTIONS, worstCounted } from './worst.js';

test('no list, history or message makes a recipient cost 5 ms, by the instructions it takes', (t) => {
  const cases = worstCounted(5_000, 40);
  assert.equal(cases.length, 11);
  for (const { name, units, instructions } of cases) {
    const each = Math.round(instructions / units);
    t.diagnostic(`${name}: ${each}`);
    assert.ok(each <= MOST_INSTRUCTIONS, `${name}: ${each} instructions a recipient, at most ${MOST_INSTRUCTIONS}`);
  }
});
