// SPDX-License-Identifier: MPL-2.0
/** What each target begins with: inputs and words, made of tests/corpus and the policy's schema. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{name: string, maxOctets: number, seeds: () => Buffer[], words: () => string[]}} Target */

const root = fileURLToPath(new URL('../../', import.meta.url));
const KEY = '0123456789abcdef0123456789abcdef';
const NO_DIGEST = '0'.repeat(64);

/** @param {string} path */
const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** @type {{text: string, parsed?: string}[]} */
const addresses = json('tests/corpus/addresses.json').rows;
/** @type {{typed: string}[]} */
const domains = json('tests/corpus/idna.json').rows;
/**
 * @type {{policy?: object, before?: string[], trust?: string[], to?: string[], message?: any,
 *   meant?: string}[]}
 */
const cases = json('tests/corpus/cases.json').cases;

const message = (/** @type {typeof cases[0]} */ { to, message: whole }) =>
  whole ?? { recipients: (to ?? []).map((text) => ({ text })) };

/** @param {string[]} texts @param {number[]} dice octets in front of each */
const texts = (texts, ...dice) =>
  texts.map((text) => Buffer.concat([Buffer.from(dice), Buffer.from(text)]));

/** Of a list so many, from all over it. @template T @param {T[]} list @param {number} count */
const some = (list, count) => {
  const step = Math.max(1, Math.floor(list.length / count));
  return list.filter((_, index) => index % step === 0);
};

/** @param {string} body */
function frame(body) {
  const head = Buffer.alloc(4);
  const length = Buffer.byteLength(body);
  endianness() === 'LE' ? head.writeUInt32LE(length) : head.writeUInt32BE(length);
  return Buffer.concat([head, Buffer.from(body)]);
}

const frames = () => {
  const first = cases.slice(0, 8).map((row) => frame(JSON.stringify(message(row))));
  return [...first, Buffer.concat(first)].map((stream) => Buffer.concat([Buffer.from([9]), stream]));
};

/** Some short connections about one message: a run takes as long as its input. @param {any} whole */
function connections(whole) {
  const check = { op: 'check', key: KEY, message: whole };
  const decision = (/** @type {string} */ action) => ({
    op: 'decision', key: KEY, outcome: 'send',
    message: whole,
    actions: whole.recipients.map((/** @type {any} */ { text }) => (
      { address: /[^<\s]+@[^>\s]+/.exec(text ?? '')?.[0] ?? text, action, reason: 'asked for', trust: 'address' })),
  });
  const sent = { op: 'sent', key: KEY, mode: 'now', message: whole };
  return [
    [check, decision('right'), sent],
    [check, decision('remove')],
    [{ op: 'history.learn', messages: [whole] }, check],
    [check, { ...check, key: `${KEY}1`, renews: KEY, message: { ...whole, time: 1690286400 } }],
    [{ op: 'unguarded', mode: 'later', why: 'degraded', message: whole, actions: [] }],
  ].map((requests) => requests.map((request, id) => JSON.stringify({ v: 1, id, ...request })).join('\n'));
}

const otherRequests = [
  { op: 'hello', extension: '1.0' }, { op: 'status' }, { op: 'trust.list' },
  { op: 'trust.add', entry: 'bob@navy.mil' }, { op: 'trust.remove', entry: 'navy.mil' },
  { op: 'history.show', address: 'bob@navy.mil' }, { op: 'history.forget', all: true },
  { op: 'known.replace', source: 'home/book', addresses: ['bob@navy.mil'] },
].map((request) => JSON.stringify({ v: 1, id: 1, ...request }));

const requestWords = () => [
  ...'v id op key renews message check decision sent unguarded status hello extension outcome send back'.split(' '),
  ...'actions address code marking action right change remove bcc to reason trust domain mode now later'.split(' '),
  ...'from kind new reply forward redirect draft purpose writing recipients field text parsed list'.split(' '),
  ...'thread answered reply_to subject attachments time cc reply-to newsgroup followup-to'.split(' '),
  'trust.add', 'trust.remove', 'history.learn', 'history.show', 'history.forget', 'known.replace',
  'visible-crowd', 'posting', 'navy.ml', 'navy.mil', 'gmai.com',
].map((word) => `"${word}"`);

const batchLines = () => cases.map((row) => [
  ...(row.before ?? []).map((text) => ({ op: 'sent', right: true, message: { recipients: [{ text }] } })),
  ...(row.trust ?? []).map((address) => ({ op: 'trust', address })),
  { op: 'check', message: message(row) },
].map((line) => JSON.stringify(line)).join('\n'));

const exampleFolder = 'manifests/organisation-policy/examples';
const policies = () => [
  ...cases.flatMap(({ policy }) => (policy ? [JSON.stringify({ format: 1, ...policy })] : [])),
  ...readdirSync(join(root, exampleFolder)).filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(join(root, exampleFolder, name), 'utf8')),
  readFileSync(join(root, 'tests/fuzz/policy.json'), 'utf8'),
];

/** All names and words of the schema. @returns {string[]} */
function policyWords() {
  /** @type {Set<string>} */
  const words = new Set();
  /** @param {any} value */
  const walk = (value) => {
    if (value === null || typeof value !== 'object') {
      return;
    }
    Object.keys(value.properties ?? {}).forEach((name) => words.add(name));
    [value.enum ?? [], value.const ?? []].flat().forEach((word) => words.add(word));
    Object.values(value).forEach(walk);
  };
  walk(json('manifests/organisation-policy/policy.schema.json'));
  return [...words].map((word) => JSON.stringify(word));
}

const listLines = () => [
  readFileSync(join(root, exampleFolder, 'partners.txt'), 'utf8'),
  ...some(addresses, 40).map(({ text }) => text),
  ...['navy.mil', '=navy.mil', '*.navy.mil', '@navy.mil', 'navy.*', 'b.o.b@gmail.com', '# none']
    .map((entry) => `${entry} # comment\r\n`),
];

const headers = () => some(addresses, 60).map(({ text }, index) => [
  'From - Tue Jul 25 14:02:11 2023', 'From: Alice <alice@navy.mil>',
  `${['To', 'Cc', 'Reply-To'][index % 3]}: ${text},\r\n bob@navy.mil`, 'Newsgroups: a.b',
  'Date: Tue, 25 Jul 2023 14:02:11 +0200', 'Message-ID: <1@navy.mil>', 'References: <0@navy.mil>',
  '', 'From here on text', '',
].slice(index % 2).join('\n'));

const mails = () => [
  ...texts(headers(), 0, 60), ...texts(headers(), 2, 60),
  ...texts([headers().slice(0, 4).join('\n')], 2, 200), ...texts(batchLines().slice(0, 9), 1, 30),
];

/** Lines of a record, and a head. */
function records() {
  let previous = NO_DIGEST;
  const recipients = [{ address: 'bob@navy.ml', verdict: 'warn', findings: [{ code: 'confusable-suffix', meant: ['bob@navy.mil'] }] }];
  const lines = [
    { event: { kind: 'event', action: 'mended' } },
    { event: { id: KEY, action: 'asked' }, recipient_guard: { verdict: 'warn', recipients } },
    { event: { id: KEY, action: 'decided' }, recipient_guard: { renews: KEY, outcome: 'send', actions: [{ address: 'bob@navy.ml', action: 'right', reason: 'asked' }] } },
    { event: { id: KEY, action: 'left', outcome: 'sent-warned' }, email: { from: { address: ['alice@navy.mil'] }, to: { address: ['bob@navy.ml'] } }, recipient_guard: { matched: true } },
  ].map((members, index) => {
    const line = JSON.stringify({
      '@timestamp': '2023-07-25T14:02:11Z', host: { name: 'pc' }, user: { name: 'bob' }, ...members,
      chain: { sequence: index + 1, previous },
    });
    previous = createHash('sha256').update(line).digest('hex');
    return line;
  });
  let head = JSON.stringify({
    count: 4, digest: previous, file: 'audit-2023-07.jsonl', octets: 99, first: 1,
    before: NO_DIGEST, policy: '',
  }).slice(0, -1);
  head += `,"seal":"${createHash('sha256').update(head).digest('hex')}"}`;
  return [...lines, `${lines.join('\n')}\n`, `${head.padEnd(639)}\n`];
}

const pairs = () => cases.flatMap(({ to, meant }) => {
  const typed = /[^<\s]+@[^>\s]+/.exec(to?.[0] ?? '')?.[0];
  return typed && meant ? [0, 1].map((part) => `${typed.split('@')[part]}\n${meant.split('@')[part]}`) : [];
});

/** As near_names.cpp takes names: an octet a letter, one with the highest bit for a suffix. */
const nearLists = () => {
  const letters = 'aeilnormtdcw01-.';
  const name = (/** @type {string} */ text) => [...[...text].map((c) => Math.max(0, letters.indexOf(c))), 0x80];
  return [['marlin', 'mariin'], ['mar-lin', 'marlin', 'rnarlin'], ['nato', 'na.to', 'not', 'ntao'],
    ['d0lmen', 'dolmen', 'clolmen', 'dollmen']].map((list) => Buffer.from(list.flatMap(name)));
};

const jsonMarks = ['{', '}', '[', ']', '":', '\\u0000', '\\ud800', 'null', 'true', '1e9', '-1'];
const addressMarks = ['@', '<', '>', '"', '\\', '(', ')', ',', ';', ':', '[', ']', '=?utf-8?q?', '?=', '=?utf-8?b?',
  '\u200b', '\u202e', '\u3000', '\uff20', '\u00ad', '\u00df', '\u0131', '\u043e', 'xn--', '.mil', '.ml', '..'];
const headerWords = ['From ', 'From - ', '>From ', '\nTo: ', '\nCc: ', '\nBcc:', '\nReply-To: ', '\nFrom: ', '\nDate: ',
  '\nNewsgroups: ', '\nReferences: ', 'Tue, 25 Jul 2023 14:02:11 +0200', 'Tue Jul 25 14:02:11 2023', '\n\n', '\r\n '];

/** @type {Target[]} */
export const targets = [
  { name: 'frame', maxOctets: 4096, seeds: frames, words: () => [] },
  { name: 'session', maxOctets: 4096, seeds: frames, words: () => [] },
  { name: 'request', maxOctets: 4096, seeds: () => texts([...cases.flatMap((row) => connections(message(row))), ...otherRequests]), words: () => [...requestWords(), ...jsonMarks] },
  { name: 'address', maxOctets: 4096, seeds: () => texts(addresses.map(({ text, parsed }) => (parsed ? `${text}\n${parsed}` : text))), words: () => addressMarks },
  { name: 'domain', maxOctets: 4096, seeds: () => texts(domains.map(({ typed }) => typed)), words: () => addressMarks },
  { name: 'policy', maxOctets: 4096, seeds: () => texts(policies()), words: () => [...policyWords(), ...jsonMarks] },
  { name: 'list_file', maxOctets: 8192, seeds: () => texts(listLines()), words: () => ['=', '*.', '#', '\r\n', '\ufeff', 'gmail.com', ...addressMarks] },
  { name: 'mail', maxOctets: 8192, seeds: mails, words: () => [...headerWords, ...addressMarks] },
  { name: 'record', maxOctets: 8192, seeds: () => texts(records()), words: () => ['"event"', '"action"', '"asked"', '"decided"', '"left"', '"chain":{"sequence":', '"previous":"', ...jsonMarks] },
  { name: 'record_change', maxOctets: 32, seeds: () => [0, 1, 2, 3].map((what) => Buffer.from([what, 0, 200, 1])), words: () => [] },
  { name: 'batch', maxOctets: 8192, seeds: () => texts(batchLines(), 20), words: () => [...requestWords(), ...jsonMarks] },
  { name: 'trust_csv', maxOctets: 4096, seeds: () => texts(['entry,time,source\nbob@navy.mil,2023-07-25T14:02:11Z,import\n', 'address;time\r\n"=1+1";"2023-07-25"\r\n', '\ufeff"a ""b""",\n\'=navy.mil']), words: () => ['"', '""', ',', ';', '\r\n', '=', '\''] },
  { name: 'lookalike', maxOctets: 512, seeds: () => texts(pairs()), words: () => ['.mil', '.ml', 'rn', 'vv', 'cl', 'xn--', '\u043e', '\u0131', '-', '\n'] },
  { name: 'near_names', maxOctets: 128, seeds: nearLists, words: () => [] },
];
