// SPDX-License-Identifier: MPL-2.0
// `explain` and `check` say the same of every address, and the entry that explain finds by looking
// at all of them is the one that the judge found in its table.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFENCE, policyFile, run } from './host.js';

const POLICY = policyFile({
  format: 1,
  own: ['example.mil'],
  allow: ['mil', 'nato.int', '=navy.mil', '*.army.mil', 'liaison@gov.ml', 'partner.example'],
  block: ['ml', 'army.mil', 'bad.partner.example', 'eve@navy.mil', 'nato.int'],
  ask: ['press@example.mil'],
  protect: ['gov.uk'],
  strangers: 'warn',
});

/** The same sequence in every run (Park and Miller 1988). */
let seed = 20230726;
/** @param {number} below */
function random(below) {
  seed = (seed * 48271) % 2147483647;
  return seed % below;
}
/** @template T @param {T[]} among */
const one = (among) => among[random(among.length)];

function address() {
  const local = one(['bob', 'eve', 'liaison', 'press', 'a.b', 'x..y', 'bo b', '"q"']);
  const stem = one(['navy', 'army', 'fleet.navy', 'gov', 'example', 'nato', 'partner', 'nayv',
    'bad.partner', 'gmial', 'x']);
  const ending = one(['mil', 'ml', 'int', 'example', 'com', 'uk', 'mi', 'co.uk', 'invalid']);
  return `${local}@${stem}.${ending}`;
}

/** @param {string[]} args */
function lines(args, input = '') {
  return run(args, { input }).out.split('\n').slice(0, -1).map((line) => JSON.parse(line));
}

describe('explain', () => {
  it('says of a thousand random addresses what check says', () => {
    const addresses = Array.from({ length: 1000 }, address);
    const place = ['--people', 'none', '--policy', POLICY];
    const explained = lines(['explain', '--json', ...place, ...addresses]);
    const checked = lines(['check', '--batch', ...place],
      addresses.map((text) => `${JSON.stringify({ message: { recipients: [{ text }] } })}\n`).join(''));
    assert.equal(explained.length, addresses.length);
    const words = new Set();
    explained.forEach((explanation, index) => {
      assert.equal(explanation.asked, addresses[index]);
      assert.deepEqual(explanation.judgement, checked[index], addresses[index]);
      words.add(explanation.verdict);
      const deciding = explanation.rules.find((/** @type {any} */ rule) =>
        rule.state === 'decides' && ['own', 'allow', 'block'].includes(rule.list));
      const blocked = checked[index].recipients[0].findings.find((/** @type {any} */ finding) =>
        finding.code === 'blocked-by-organisation');
      if (checked[index].recipients[0].address !== '') {
        assert.equal(deciding?.list === 'block', blocked !== undefined, addresses[index]);
      }
      if (blocked) {
        assert.equal(deciding.at, blocked.rule);
      }
      const questioned = explanation.checks.filter((/** @type {any} */ check) =>
        check.state === 'found').map((/** @type {any} */ check) => check.code);
      assert.deepEqual(questioned.sort(), checked[index].recipients[0].findings
        .map((/** @type {any} */ finding) => finding.code).sort());
    });
    assert.deepEqual([...words].sort(), ['allow', 'block', 'warn']);
  });

  it('names the entry that decides with its list, file and line, and why the others lost', () => {
    const [{ rules }] = lines(['explain', '--json', '--people', 'none', '--policy', DEFENCE,
      'liaison@gov.ml']);
    assert.deepEqual(rules.map((/** @type {any} */ rule) =>
      [rule.list, rule.entry, rule.file, rule.line, rule.state]), [
      ['allow', 'liaison@gov.ml', 'defence.json', 8, 'decides'],
      ['block', 'ml', 'defence.json', 9, 'less-specific'],
    ]);
  });

  it('tells of equal entries that block beats allow, and of entries that nearly hold', () => {
    /** @param {string} text */
    const states = (text) => lines(['explain', '--json', '--people', 'none', '--policy', POLICY,
      text])[0].rules.map((/** @type {any} */ rule) => `${rule.list} ${rule.entry} ${rule.state}`);
    assert.deepEqual(states('bob@nato.int'),
      ['block nato.int decides', 'allow nato.int block-is-first']);
    assert.deepEqual(states('bob@fleet.navy.mil'),
      ['allow mil decides', 'allow =navy.mil only-itself']);
    assert.deepEqual(states('bob@army.mil'),
      ['block army.mil decides', 'allow mil less-specific', 'allow *.army.mil only-below']);
  });

  it('tells what was found and what cleared it', () => {
    const { out, status } = run(['explain', '--people', 'none', '--policy', DEFENCE,
      'liaison@gov.ml']);
    assert.equal(status, 0);
    assert.match(out, /confusable-suffix: found something that is cleared\n.*cleared by A: /);
    assert.match(out, /block ml, defence.json:9\n {6}lost: less specific/);
  });

  it('answers with the verdict as its status, and wants an address', () => {
    const place = ['--people', 'none', '--policy', DEFENCE];
    assert.equal(run(['explain', ...place, 'bob@navy.ml']).status, 2);
    assert.equal(run(['explain', ...place, 'bob@gmial.com']).status, 1);
    assert.equal(run(['explain', ...place]).status, 64);
    assert.equal(run(['explain', '--policy', '/nowhere', 'bob@navy.mil']).status, 66);
  });
});
