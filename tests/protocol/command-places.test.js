// SPDX-License-Identifier: MPL-2.0
// --policy and --people mean the same with every command: what is not there is said.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { DEFENCE, policyFile, run, temporaryFolder } from './host.js';

const CSV = path.join(temporaryFolder(), 'trusted.csv');
writeFileSync(CSV, 'entry\nzoe@lantern-example.net\n');

/** @type {string[][]} */
const COMMANDS = [
  ['check', 'a@navy.mil'], ['check', '--batch'], ['explain', 'a@navy.mil'], ['policy', 'show'],
  ['policy', 'lint'], ['trust', 'list'], ['trust', 'add', 'zoe@lantern-example.net'],
  ['trust', 'remove', 'zoe@lantern-example.net'], ['trust', 'import', CSV], ['trust', 'export'],
  ['history', 'show'], ['history', 'forget', 'zoe@lantern-example.net'], ['history', 'learn', CSV],
];
const LOOKING = [
  ['check', 'bob@navy.ml'], ['check', '--json', 'bob@navy.ml'], ['check', '--batch'],
  ['explain', 'bob@navy.ml'], ['trust', 'list'], ['trust', 'export'], ['history', 'show'],
];

describe('--policy', () => {
  const empty = temporaryFolder();
  const broken = policyFile('{"format": 1, "alow": []}');
  for (const words of COMMANDS) {
    const name = words.slice(0, 2).join(' ');
    const people = words[0] === 'policy' ? [] : ['--people', temporaryFolder()];

    it(`that names nothing, or holds no document, ends ${name} with 66`, () => {
      for (const place of [path.join(empty, 'gone'), empty]) {
        const { status, talk } = run([...words, ...people, '--policy', place], { input: '' });
        assert.equal(status, 66, talk);
      }
    });

    it(`that is no good policy ends ${name} with 78`, () => {
      const { status, out, talk } = run([...words, ...people, '--policy', broken], { input: '' });
      assert.equal(status, 78);
      assert.match(out + talk, /unknown key "alow"/);
    });
  }

  it('that names nothing keeps what history forget was to delete', () => {
    const people = ['--people', temporaryFolder()];
    const trusted = () => run(['trust', 'list', ...people, '--policy', DEFENCE]).out;
    run(['trust', 'add', 'zoe@lantern-example.net', ...people, '--policy', DEFENCE]);
    const gone = ['--policy', path.join(empty, 'gone')];
    assert.equal(run(['history', 'forget', '--all', ...people, ...gone]).status, 66);
    assert.match(trusted(), /^zoe@/);
  });

  it('that may not be read ends policy lint with 77', (context) => {
    const file = policyFile({ format: 1 });
    chmodSync(file, 0);
    const { status } = run(['policy', 'lint', file], process.getuid?.() === 0 ? { uid: 65534 } : {});
    if (status === null) {
      context.skip('nobody may start the program where it stands');
      return;
    }
    assert.equal(status, 77);
  });
});

describe('--people', () => {
  for (const words of LOOKING) {
    it(`that names a file ends ${words.join(' ')} with 66`, () => {
      const { status, out, talk } =
        run([...words, '--policy', DEFENCE, '--people', CSV], { input: '' });
      assert.equal(status, 66);
      assert.equal(out, '');
      assert.ok(talk.includes(CSV), talk);
    });

    it(`that names a folder not made yet is said by ${words.join(' ')}, and nobody is known`, () => {
      const gone = path.join(temporaryFolder(), 'gone');
      const at = [...words, '--policy', DEFENCE];
      const { status, out, talk } = run([...at, '--people', gone], { input: '' });
      const empty = run([...at, '--people', temporaryFolder()], { input: '' });
      assert.equal(status, empty.status, talk);
      assert.equal(out, empty.out);
      assert.ok(talk.includes(`${gone}: no such folder`), talk);
    });
  }

  it('left out is silent where the default folder is not there yet', () => {
    const env = { ...process.env, XDG_DATA_HOME: path.join(temporaryFolder(), 'gone') };
    for (const words of LOOKING) {
      const { talk } = run([...words, '--policy', DEFENCE], { input: '', env });
      assert.equal(talk, '', words.join(' '));
    }
  });

  it('none has no contacts to list, which is not for want of a home', () => {
    const { status, talk } = run(['trust', 'list', '--people', 'none']);
    assert.equal(status, 66);
    assert.match(talk, /--people none: there are no contacts/);
  });

  it('makes the folder of what is to be kept', () => {
    const people = path.join(temporaryFolder(), 'new');
    const at = ['--people', people, '--policy', DEFENCE];
    assert.equal(run(['trust', 'add', 'zoe@lantern-example.net', ...at]).status, 0);
    assert.match(run(['trust', 'export', ...at]).out, /zoe@/);
    const [entry] = JSON.parse(run(['trust', 'export', '--json', ...at]).out).entries;
    assert.equal(entry.entry, 'zoe@lantern-example.net');
  });
});

describe('no organisation policy', () => {
  it('is said by check, in JSON too, and by policy show', () => {
    for (const words of [['check', 'a@example.org'], ['check', '--json', 'a@example.org'],
      ['policy', 'show'], ['policy', 'show', '--json']]) {
      assert.match(run(words).talk, /no organisation policy/, words.join(' '));
      assert.equal(run([...words, '--policy', DEFENCE]).talk, '');
    }
    assert.equal(JSON.parse(run(['policy', 'show', '--json']).out).from_organisation, false);
  });
});

it('--root that is not there ends manifest and doctor with 66, and nothing is made', () => {
  const root = path.join(temporaryFolder(), 'gone');
  for (const words of [['manifest', 'install', '--system'], ['manifest', 'remove'],
    ['manifest', 'print'], ['doctor']]) {
    const { status, out, talk } = run([...words, '--root', root]);
    assert.deepEqual([status, out], [66, ''], words.join(' '));
    assert.ok(talk.includes(`${root}: there is no such folder`));
  }
  assert.equal(existsSync(root), false);
});

it('--from that is no address ends check with 65', () => {
  const { status, out, talk } = run(['check', '--policy', DEFENCE, '--people', 'none', '--from',
    'alice', 'bob@navy.mil']);
  assert.deepEqual([status, out], [65, '']);
  assert.match(talk, /--from: "alice" is no plain address/);
});
