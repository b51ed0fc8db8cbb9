// SPDX-License-Identifier: MPL-2.0
// recipient-guard trust and history: what a person does from a shell.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { policyFile, run, temporaryFolder } from './host.js';

const STRICT = policyFile({ format: 1, allow: ['mil'], block: ['ml'], strangers: 'warn' });

/** @param {string} people */
function shell(people, policy = STRICT) {
  return (/** @type {string[]} */ ...words) =>
    run([...words, '--people', people, '--policy', policy]);
}

/** @param {string} text @param {string} [name] */
function fileOf(text, name = 'file') {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
}

const NOW = Math.floor(Date.now() / 1000);
const dated = (/** @type {number} */ days) => new Date((NOW - days * 86400) * 1000).toUTCString();

/** @param {string} to @param {string[]} [more] */
const mail = (to, more = []) => [`From: Me <me@orchard-example.com>`, `To: ${to}`,
  `Date: ${dated(3)}`, ...more, '', 'body', ''].join('\n');

describe('recipient-guard trust', () => {
  it('adds, lists, clears the question, removes', () => {
    const people = temporaryFolder();
    const at = shell(people);
    assert.equal(at('check', 'zoe@lantern-example.net').status, 1);
    assert.deepEqual(at('trust', 'add', 'zoe@lantern-example.net'),
      { status: 0, out: 'added 1 of 1\n', talk: '' });
    assert.equal(at('check', 'zoe@lantern-example.net').status, 0);
    assert.match(at('trust', 'list').out, /^zoe@lantern-example\.net +\d{4}-\d\d-\d\dT.*Z {2}command\n$/);
    const [entry] = JSON.parse(at('trust', 'list', '--json').out).entries;
    assert.equal(entry.source, 'command');
    assert.equal(at('trust', 'remove', 'zoe@lantern-example.net').out,
      'removed zoe@lantern-example.net\n');
    assert.equal(at('check', 'zoe@lantern-example.net').status, 1);
    assert.match(at('trust', 'remove', 'zoe@lantern-example.net').out, /was not trusted/);
  });

  it('refuses what the organisation blocks, naming document and line, with 77', () => {
    const { status, talk } = shell(temporaryFolder())('trust', 'add', 'bob@navy.ml');
    assert.equal(status, 77);
    assert.match(talk, /blocked by the organisation \(policy\.json:1\)/);
  });

  it('export is what import takes: times, sources and odd characters come back', () => {
    const [one, other] = [shell(temporaryFolder()), shell(temporaryFolder())];
    const csv = 'entry,time,source\n"o\'brien+x@lantern-example.net",2023-07-25T14:02:11Z,"a ""b"", c"\n'
      + 'zoe@lantern-example.net,2024-02-29T00:00:00Z,settings\n';
    assert.equal(one('trust', 'import', fileOf(csv)).out, 'imported 2 of 2\n');
    const exported = one('trust', 'export').out;
    assert.match(exported, /^entry,time,source\n/);
    assert.ok(exported.includes('zoe@lantern-example.net,2024-02-29T00:00:00Z,settings\n'));
    assert.equal(other('trust', 'import', fileOf(exported)).out, 'imported 2 of 2\n');
    assert.equal(other('trust', 'export').out, exported);
  });

  it('takes columns by their names however written, shows a source that would steer a terminal', () => {
    const people = temporaryFolder();
    const at = shell(people);
    assert.equal(at('trust', 'import',
      fileOf('Source,Entry\n\u001b[31mred,zoe@lantern-example.net\n')).out, 'imported 1 of 1\n');
    for (const words of [['trust', 'list'], ['history', 'show', 'zoe@lantern-example.net']]) {
      assert.ok(at(...words).out.includes('\\u{001b}[31mred'), words.join(' '));
    }
  });

  it('names UTF-16 as what it is', () => {
    const file = path.join(temporaryFolder(), 'wide.csv');
    writeFileSync(file, Buffer.from('\ufeffentry\nzoe@lantern-example.net\n', 'utf16le'));
    const { status, talk } = shell(temporaryFolder())('trust', 'import', file);
    assert.equal(status, 65);
    assert.match(talk, /wide\.csv: is UTF-16; save it as UTF-8/);
  });

  it('imports a bare column, semicolons, CRLF and a byte-order mark', () => {
    const at = shell(temporaryFolder());
    assert.equal(at('trust', 'import', fileOf('a@lantern-example.net\nb@lantern-example.net')).status, 0);
    const saved = '\ufeffsource;address\r\nsheet;c@lantern-example.net\r\n\r\n';
    assert.equal(at('trust', 'import', fileOf(saved)).out, 'imported 1 of 1\n');
    assert.equal(JSON.parse(at('trust', 'list', '--json').out).entries.length, 3);
  });

  /** @type {Record<string, [string, number, RegExp]>} */
  const badRows = {
    'that is no address': ['a@lantern-example.net\nnonsense\n', 65, /:2: "nonsense"/],
    'that is blocked': ['entry,time\nbob@navy.ml,\n', 77, /:2: bob@navy\.ml: is blocked/],
    'with no such day': ['entry,time\na@lantern-example.net,2023-02-30\n', 65, /:2: "2023-02-30"/],
    'with an open quote': ['entry\na@lantern-example.net\n"b@lantern-example.net\n', 65, /:3: a quote/],
    'behind a quoted line end':
      ['entry,source\na@lantern-example.net,"x\ny"\nnonsense,\n', 65, /:4: "nonsense"/],
    'of a public suffix': ['co.uk\n', 65, /:1: "co\.uk"/],
  };
  for (const [name, [text, status, said]] of Object.entries(badRows)) {
    it(`a row ${name} is named with its line, and nothing is imported`, () => {
      const people = temporaryFolder();
      const refused = shell(people)('trust', 'import', fileOf(text));
      assert.equal(refused.status, status);
      assert.match(refused.talk, said);
      assert.match(refused.talk, /nothing was imported|file:\d/);
      assert.equal(shell(people)('trust', 'list').out, '');
    });
  }

  it('a file that is missing is 66, an unknown action 64', () => {
    const at = shell(temporaryFolder());
    assert.equal(at('trust', 'import', '/nowhere/at/all').status, 66);
    assert.match(at('trust', 'lsit').talk, /did you mean "list"/);
    for (const words of [['trust'], ['trust', 'add'], ['trust', 'lsit'], ['trust', 'list', 'x']]) {
      assert.equal(at(...words).status, 64, words.join(' '));
    }
  });
});

describe('recipient-guard history', () => {
  it('learns an mbox: who was written to, their names and groups, no subject, no body', () => {
    const people = temporaryFolder();
    const at = shell(people);
    const mbox = fileOf(['"Quarry, Bob" <bob@quarry-example.net>, eve@quarry-example.net',
      'bob@quarry-example.net'].map((to, i) => `From - Tue Jul 25 14:02:11 2023\n${mail(to, [`Message-ID: <${i}@x>`,
      'Subject: marker-of-a-subject', 'Cc: dan@quarry-example.net'])}\nmarker-of-a-body\n\n`)
      .join(''), 'Sent');
    assert.deepEqual(at('history', 'learn', mbox),
      { status: 0, out: 'learned from 2 messages\n', talk: '' });
    const kept = JSON.parse(at('history', 'show', 'bob@quarry-example.net', '--json').out);
    assert.equal(kept.messages, 2);
    assert.equal(kept.names[0].name, 'Quarry, Bob');
    assert.equal(kept.groups.length, 2);
    assert.equal(kept.known, true);
    assert.match(at('history', 'show', 'bob@quarry-example.net').out, /written to {4}2 messages/);
    for (const name of readdirSync(people)) {
      assert.ok(!readFileSync(path.join(people, name)).includes('marker'), name);
    }
  });

  it('learns a Maildir, a single message and JSON Lines alike, and standard input', () => {
    const at = shell(temporaryFolder());
    const maildir = temporaryFolder();
    for (const folder of ['cur', 'new', 'tmp']) {
      mkdirSync(path.join(maildir, folder));
    }
    writeFileSync(path.join(maildir, 'cur', '1:2,S'), mail('a@quarry-example.net'));
    assert.equal(at('history', 'learn', maildir).out, 'learned from 1 message\n');
    assert.equal(at('history', 'learn', fileOf(mail('b@quarry-example.net'), 'x.eml')).status, 0);
    const lines = [{ recipients: [{ text: 'c@quarry-example.net' }] },
      { op: 'sent', message: { recipients: [{ text: 'd@quarry-example.net' }] } }]
      .map((one) => `${JSON.stringify(one)}\n`).join('');
    assert.equal(at('history', 'learn', fileOf(lines)).out, 'learned from 2 messages\n');
    assert.equal(JSON.parse(at('history', 'show', '--json').out).written_to, 4);
  });

  it('what is dated in the future left now: no odd clock outweighs all that is known', () => {
    const at = shell(temporaryFolder());
    const maildir = temporaryFolder();
    mkdirSync(path.join(maildir, 'cur'));
    mkdirSync(path.join(maildir, 'tmp'));
    writeFileSync(path.join(maildir, 'cur', '9223372036854775807.x:2,S'),
      'From: me@orchard-example.com\nTo: a@quarry-example.net\n\n');
    const line = { recipients: [{ text: 'a@quarry-example.net' }], time: 99_999_999_999 };
    for (const file of [maildir, fileOf(`${JSON.stringify(line)}\n`)]) {
      assert.equal(at('history', 'learn', file).out, 'learned from 1 message\n');
    }
    const kept = JSON.parse(at('history', 'show', 'a@quarry-example.net', '--json').out);
    assert.equal(kept.known, true);
    assert.ok(kept.first >= NOW && kept.last < NOW + 3600);
  });

  it('says what it passed over and why, and names what it could not read', () => {
    const at = shell(temporaryFolder());
    const text = [`From - Tue Jul 25 14:02:11 2023\n${mail('a@quarry-example.net', ['Message-ID: <1@x>'])}\n`,
      `From - Tue Jul 25 14:02:11 2023\n${mail('a@quarry-example.net', ['Message-ID: <1@x>'])}\n`,
      `From - Tue Jul 25 14:02:11 2023\n${mail('undisclosed-recipients:;')}\n`,
      `From - Tue Jul 25 14:02:11 2023\nFrom: other@orchard-example.com\nTo: b@quarry-example.net\n\n\n`,
      `From - Tue Jul 25 14:02:11 2023\nFrom: me@orchard-example.com\nTo: c@quarry-example.net\nDate: ${dated(800)}\n\n\n`]
      .join('');
    const { out, status } = at('history', 'learn', '--json', '--from', 'me@orchard-example.com',
      fileOf(text, 'Sent'));
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(out), { learned: 1, too_old: 1, of_others: 1, repeated: 1,
      to_nobody: 1, unreadable: 0 });
    const broken = at('history', 'learn', fileOf('{"recipients":[{"text":"a@b.mil"}]}\n{"recipients":4}\n'));
    assert.equal(broken.status, 65);
    assert.match(broken.talk, /file:2: recipients: /);
    assert.match(broken.out, /learned from 1 message\n.*passed over 1: could not be read/s);
  });

  it('learns nothing where the policy keeps nothing of sent mail', () => {
    const policy = policyFile({ format: 1, history: { learn: false } });
    const { status, talk } = shell(temporaryFolder(), policy)('history', 'learn',
      fileOf(mail('a@quarry-example.net')));
    assert.equal(status, 77);
    assert.match(talk, /keeps nothing of sent mail \(policy\.json:1\)/);
  });

  it('forgets an address, then everything', () => {
    const people = temporaryFolder();
    const at = shell(people);
    at('history', 'learn', fileOf(mail('a@quarry-example.net, b@quarry-example.net')));
    assert.equal(at('history', 'forget', 'a@quarry-example.net').out,
      'forgotten: a@quarry-example.net\n');
    assert.match(at('history', 'forget', 'a@quarry-example.net').out, /^nothing was kept/);
    assert.match(at('history', 'show', 'a@quarry-example.net').out, /nothing is kept/);
    assert.equal(JSON.parse(at('history', 'show', '--json').out).written_to, 1);
    assert.equal(at('history', 'forget', '--all').status, 0);
    assert.equal(JSON.parse(at('history', 'show', '--json').out).contacts, 0);
  });

  it('wrong usage is 64', () => {
    const at = shell(temporaryFolder());
    for (const words of [['history'], ['history', 'lern', 'x'], ['history', 'learn'],
      ['history', 'forget'], ['history', 'forget', 'a@b.mil', '--all'],
      ['history', 'show', '--all'], ['history', 'learn', '--format', 'mbx', 'x']]) {
      assert.equal(at(...words).status, 64, words.join(' '));
    }
  });
});
