// SPDX-License-Identifier: MPL-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { compared, counted, incomparable, record } from './instructions.js';

/** @param {Record<string, number>} counts */
const recordOf = (counts) => ({ compiler: 'gcc 12.2.0', machine: 'x86_64', counts, renewals: [] });
const measured = (/** @type {number} */ instructions) => [{ name: 'judging', units: 1, seconds: 0, instructions }];

test('no workload takes over 5 % more instructions than its record', (t) => {
  const now = counted();
  const kept = record();
  const hindrance = incomparable(now, kept);
  if (hindrance) {
    t.skip(hindrance);
    return;
  }
  const { faults, less } = compared(now.counts, kept);
  less.forEach((line) => t.diagnostic(line));
  assert.deepEqual(faults, []);
});

test('growth beyond 5 %, a workload without a record and a record without a workload are faults', () => {
  assert.deepEqual(compared(measured(1049), recordOf({ judging: 1000 })), { faults: [], less: [] });
  assert.match(compared(measured(1051), recordOf({ judging: 1000 })).faults[0],
    /"judging" takes 5\.1 % more .*\(1000 -> 1051\)/);
  assert.match(compared(measured(1000), recordOf({})).faults[0], /has no record/);
  assert.match(compared([], recordOf({ judging: 1000 })).faults[0], /was not counted/);
});

test('what became much less is told, so that the record is renewed and holds it', () => {
  const { faults, less } = compared(measured(900), recordOf({ judging: 1000 }));
  assert.deepEqual(faults, []);
  assert.match(less[0], /"judging" takes 10\.0 % less/);
});

test('a record of another compiler or machine is not compared with', () => {
  const kept = recordOf({});
  assert.equal(incomparable({ compiler: 'gcc 12.3.1', machine: 'x86_64' }, kept), undefined);
  assert.match(incomparable({ compiler: 'gcc 13.2.0', machine: 'x86_64' }, kept) ?? '', /gcc 13/);
  assert.match(incomparable({ compiler: 'clang Debian Clang 14.0.6', machine: 'x86_64' }, kept) ?? '', /clang/);
  assert.match(incomparable({ compiler: 'gcc 12.2.0', machine: 'another machine' }, kept) ?? '', /another machine/);
});

test('the record tells why each of its counts became what it is', () => {
  const { counts, renewals } = record();
  for (const { date, reason } of renewals) {
    assert.match(date, /^\d{4}-\d\d-\d\d$/);
    assert.ok(reason.length >= 10, reason);
  }
  for (const [name, count] of Object.entries(counts)) {
    const last = renewals.filter((one) => name in one.changed).at(-1);
    assert.equal(last?.changed[name][1], count, `the last renewal of "${name}" made it what it is`);
  }
});
