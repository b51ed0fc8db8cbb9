// SPDX-License-Identifier: MPL-2.0
// What people met in the field with programs like this one: habits from other tools, files of other
// programs, hosts and stores of other versions.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Host, policyFile, run, temporaryFolder, to } from './host.js';

/** @param {string} name @param {string} text */
function file(name, text) {
  const place = path.join(temporaryFolder(), name);
  writeFileSync(place, text, { mode: 0o644 });
  return place;
}

/** @param {string} policy @param {...string} addresses */
const check = (policy, ...addresses) => run(['check', '--people', 'none', '--policy', policy,
  ...addresses]);

describe('an administrator who', () => {
  it('writes a comment into a policy hears its line and of "$comment"', () => {
    const { status, talk } = check(policyFile('{"format": 1,\n "allow": ["mil"] // partners\n}'),
      'bob@navy.mil');
    assert.equal(status, 78);
    assert.match(talk, /policy\.json:2:19: JSON has no comments.*"\$comment"/);
    const good = check(policyFile('{"format": 1, "$comment": "partners", "allow": ["mil"]}'),
      'bob@navy.mil');
    assert.equal(good.status, 0);
  });

  /** @type {[string, RegExp][]} */
  const habits = [
    ['*@navy.example.org', /write "navy\.example\.org"/],
    ['@navy.example.org', /write "navy\.example\.org"/],
    ['*navy.example.org', /write "navy\.example\.org"/],
    ['.navy.example.org', /write "/],
    ['navy.*', /list each domain/],
  ];
  for (const [habit, advice] of habits) {
    it(`writes ${habit} hears the right form, in a document and in a list`, () => {
      const document = policyFile(`{"format": 1,\n "allow": ["${habit}"]}`);
      const inDocument = check(document, 'bob@navy.example.org');
      assert.equal(inDocument.status, 78);
      assert.match(inDocument.talk, /policy\.json:2:12: /);
      assert.match(inDocument.talk, advice);
      const list = policyFile({ format: 1, allow_files: ['list.txt'] });
      writeFileSync(path.join(path.dirname(list), 'list.txt'), `# ours\n${habit}\n`, { mode: 0o644 });
      const inList = check(list, 'bob@navy.example.org');
      assert.equal(inList.status, 78);
      assert.match(inList.talk, /list\.txt:2: /);
      assert.match(inList.talk, advice);
      assert.equal(inList.out, '');
    });
  }

  it('trains with reserved endings is left alone where they are listed, and asked where not', () => {
    const policy = policyFile({ format: 1, allow: ['training.example', 'ops.test'] });
    assert.equal(check(policy, 'a@training.example', 'a@sub.ops.test').status, 0);
    const asked = check(policy, 'a@other.example');
    assert.equal(asked.status, 1);
    assert.match(asked.out, /no-such-suffix/);
  });
});

describe('files of other programs:', () => {
  it('a line of text that begins with From makes no message and teaches nobody', () => {
    const people = temporaryFolder();
    const sent = file('Sent', 'From - Mon Jun  1 10:00:00 2026\nFrom: alice@unit.example.mil\n'
      + 'To: bob@navy.mil\nDate: Mon, 1 Jun 2026 10:00:00 +0000\n\n'
      + 'Dear Bob,\nFrom now on write to carol@navy.mil\n\nFrom tomorrow on\nTo: dave@navy.mil\n');
    const learned = run(['history', 'learn', '--people', people, '--format', 'mbox', sent]);
    assert.match(learned.out + learned.talk, /learned from 1 message\n/);
    const kept = (/** @type {string} */ address) =>
      run(['history', 'show', '--people', people, address]).out;
    assert.match(kept('bob@navy.mil'), /known +yes/);
    assert.match(kept('carol@navy.mil'), /nothing is kept/);
    assert.match(kept('dave@navy.mil'), /nothing is kept/);
  });

  it('a vCard is refused by its name, and nothing of it is stored', () => {
    const people = path.join(temporaryFolder(), 'people');
    const card = file('contacts.vcf', 'BEGIN:VCARD\r\nVERSION:2.1\r\n'
      + 'N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BCller;Eva\r\nEMAIL;INTERNET:eva@navy.mil\r\n'
      + 'END:VCARD\r\n');
    const { status, talk } = run(['trust', 'import', '--people', people, card]);
    assert.equal(status, 65);
    assert.match(talk, /contacts\.vcf: is a vCard; export the addresses as CSV/);
    assert.equal(run(['trust', 'list', '--people', people]).out, '');
  });

  it('an export holds no cell that a spreadsheet would run, and its import restores it', () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    const entries = ['=cmd@navy.mil', '+44@navy.mil', '-x@navy.mil', "'=x@navy.mil"];
    assert.equal(run(['trust', 'add', '--people', first, '--', ...entries]).status, 0);
    const { out } = run(['trust', 'export', '--people', first]);
    assert.ok(out.split('\n').every((line) => !/^[=+\-@]/.test(line)), out);
    assert.equal(run(['trust', 'import', '--people', second, file('out.csv', out)]).status, 0);
    assert.equal(run(['trust', 'list', '--people', second]).out,
      run(['trust', 'list', '--people', first]).out);
  });
});

describe('other versions:', () => {
  it('a store that a newer version wrote is left as it is, said, and counts as empty', () => {
    const people = temporaryFolder();
    assert.equal(run(['trust', 'add', '--people', people, 'bob@navy.ml']).status, 0);
    assert.equal(run(['check', '--people', people, '--policy', policyFile({ format: 1 }),
      'bob@navy.ml']).status, 0);
    const store = path.join(people, 'people.sqlite');
    const octets = readFileSync(store);
    octets.writeUInt32BE(99, 60);  // where SQLite keeps user_version
    writeFileSync(store, octets);
    const { status, talk } = run(['check', '--people', people, '--policy',
      policyFile({ format: 1, protect: ['navy.mil'] }), 'bob@navy.ml']);
    assert.equal(status, 1);
    assert.match(talk, /newer version of Recipient Guard/);
    assert.notEqual(run(['trust', 'add', '--people', people, 'eve@navy.mil']).status, 0);
    assert.deepEqual(readFileSync(store), octets);
  });

  it('a manifest that names a place which the program has left is mended by installing it', () => {
    const home = temporaryFolder();
    const env = { ...process.env, HOME: home };
    const manifest = path.join(home, '.mozilla/native-messaging-hosts/recipient_guard.json');
    assert.equal(run(['manifest', 'install', '--user'], { env }).status, 0);
    const good = readFileSync(manifest, 'utf8');
    const gone = path.join(home, 'gone/recipient-guard');
    writeFileSync(manifest, JSON.stringify({ ...JSON.parse(good), path: gone }));
    const doctor = () => JSON.parse(run(['doctor', '--json'], { env }).out).lines
      .find((/** @type {any} */ line) => line.check === 'host-target');
    assert.equal(doctor().state, 'fail');
    assert.ok(doctor().text.startsWith(`${gone}, which ${manifest} names, is not there`));
    const mended = run(['manifest', 'install', '--user'], { env });
    assert.equal(mended.status, 0);
    assert.match(mended.out, /need not be restarted/);
    assert.equal(readFileSync(manifest, 'utf8'), good);
    assert.equal(doctor().state, 'ok');
  });

  it('an extension of another version is told which version and protocol it meets', async () => {
    const host = new Host();
    const hello = await host.ask('hello', { extension: '0.0.1' });
    assert.match(hello.version, /^\d+\.\d+\.\d+$/);
    assert.equal(hello.protocol, 1);
    const message = { from: 'alice@unit.example.mil', ...to('bob@navy.mil') };
    assert.equal((await host.ask('check', { key: 'k', message })).verdict, 'allow');
    assert.equal(await host.end(), 0);
  });
});

describe('names of the whole world', () => {
  it('pass whole in both directions: a frame is counted in octets', async () => {
    const host = new Host();
    const names = ['\u0645\u062d\u0645\u062f \u0639\u0644\u064a', '\u738b\u5c0f\u660e',
      '\u{1f60a} Zo\u00eb', '\u041e\u043b\u044c\u0433\u0430'];
    const message = { from: 'alice@unit.example.mil', recipients: names.map((name, i) =>
      ({ field: 'to', text: `${name} <person${i}@navy.ml>` })) };
    const verdict = await host.ask('check', { key: 'k', message });
    assert.deepEqual(verdict.recipients.map((/** @type {any} */ one) => one.address),
      names.map((_name, i) => `person${i}@navy.ml`));
    const group = await host.ask('check', { key: 'l', message: {
      recipients: [{ field: 'to', list: names[0] }] } });
    assert.equal(group.recipients[0].shown, names[0]);
    assert.equal(await host.end(), 0);
  });
});

describe('a home folder that is not there', () => {
  it('is made when something is to be kept, and not before', () => {
    const home = path.join(temporaryFolder(), 'nobody');
    const env = { ...process.env, HOME: home, XDG_DATA_HOME: '', XDG_STATE_HOME: '' };
    run(['doctor'], { env });
    run(['check', 'bob@navy.mil'], { env });
    assert.equal(existsSync(home), false);
    mkdirSync(home);
    assert.equal(run(['trust', 'add', 'bob@navy.mil'], { env }).status, 0);
    assert.equal(existsSync(path.join(home, '.local/share/recipient-guard/people.sqlite')), true);
  });
});
