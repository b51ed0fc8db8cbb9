// SPDX-License-Identifier: MPL-2.0
// The table of malformed frames and requests: each with its outcome, fixed beforehand. `ends`: the
// host's exit status where the frame ends it; else it goes on and answers a good request next.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Host, frame, head, to, within } from './host.js';

const MiB = 1024 * 1024;
const HELLO = '{"v":1,"id":5,"op":"hello"}';

/** JSON of exactly so many octets: a hello with blanks behind it. @param {number} length */
function helloOf(length) {
  return HELLO + ' '.repeat(length - HELLO.length);
}

/** @param {number} depth of lists in a member that nobody reads, the object itself counted */
function nested(depth) {
  return `{"v":1,"id":5,"op":"hello","x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
}

/** A check of one recipient. @param {string} recipient as JSON @param {string} [more] */
function check(recipient, more = '') {
  return `{"v":1,"id":5,"op":"check","key":"k","message":{"recipients":[${recipient}]${more}}}`;
}

/** Names of bodies -> [body, expected code or 'ok', id expected (5 if left out)]. */
/** @type {Record<string, [Buffer | string | object, string, (number | null)?]>} */
const bodies = {
  'an empty frame': ['', 'bad-json', null],
  'one blank': [' ', 'bad-json', null],
  'one brace': ['{', 'bad-json', null],
  'one octet 0xff': [Buffer.from([0xff]), 'bad-json', null],
  'one NUL': [Buffer.from([0]), 'bad-json', null],
  'a whole request and a comma': [`${HELLO},`, 'bad-json', null],
  'two requests in one frame': [HELLO + HELLO, 'bad-json', null],
  'a trailing comma': ['{"v":1,"id":5,"op":"hello",}', 'bad-json', null],
  'single quotes': ["{'v':1}", 'bad-json', null],
  'a comment': ['{"v":1,/* */"id":5,"op":"hello"}', 'bad-json', null],
  'NaN': ['{"v":1,"id":NaN,"op":"hello"}', 'bad-json', null],
  'a raw line end in a text': ['{"v":1,"id":5,"op":"hel\nlo"}', 'bad-json', null],
  'a byte-order mark before a good request':
    [Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(HELLO)]), 'ok'],
  'UTF-16, little end first': [Buffer.from(`\ufeff${HELLO}`, 'utf16le'), 'bad-json', null],
  'UTF-16 without a mark': [Buffer.from(HELLO, 'utf16le'), 'bad-json', null],
  'an overlong slash': [Buffer.concat([Buffer.from('{"v":1,"id":5,"op":"'),
    Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]), 'bad-json', null],
  'a surrogate in UTF-8': [Buffer.concat([Buffer.from('{"v":1,"id":5,"op":"'),
    Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]), 'bad-json', null],
  'a code point above U+10FFFF': [Buffer.concat([Buffer.from('{"v":1,"id":5,"op":"'),
    Buffer.from([0xf4, 0x90, 0x80, 0x80]), Buffer.from('"}')]), 'bad-json', null],
  'a cut UTF-8 sequence': [Buffer.concat([Buffer.from('{"v":1,"id":5,"op":"'),
    Buffer.from([0xe2, 0x82]), Buffer.from('"}')]), 'bad-json', null],
  'half a surrogate pair, the first': ['{"v":1,"id":5,"op":"\\ud800"}', 'bad-json', null],
  'half a surrogate pair, the second': ['{"v":1,"id":5,"op":"\\udc00x"}', 'bad-json', null],
  'depth 16': [nested(16), 'ok'],
  'depth 17': [nested(17), 'bad-json', null],
  'depth 100,000': [nested(100_000), 'bad-json', null],
  'a list never closed, 100,000 deep': ['['.repeat(100_000), 'bad-json', null],
  'a million values': [`{"v":1,"id":5,"op":"hello","x":[${'0,'.repeat(1_000_000)}0]}`,
    'bad-json', null],
  'a list': ['[]', 'bad-request', null],
  'a text': ['"hello"', 'bad-request', null],
  'a number': ['7', 'bad-request', null],
  'null': ['null', 'bad-request', null],
  'an empty object': ['{}', 'bad-version', null],
  'no version': ['{"id":5,"op":"hello"}', 'bad-version'],
  'version 2': ['{"v":2,"id":5,"op":"hello"}', 'bad-version'],
  'version "1"': ['{"v":"1","id":5,"op":"hello"}', 'bad-version'],
  'version 1.0': ['{"v":1.0,"id":5,"op":"hello"}', 'bad-version'],
  'version null and an unknown op': ['{"v":null,"id":5,"op":"dance"}', 'bad-version'],
  'no id': ['{"v":1,"op":"hello"}', 'bad-request', null],
  'id a text': ['{"v":1,"id":"5","op":"hello"}', 'bad-request', null],
  'id null': ['{"v":1,"id":null,"op":"hello"}', 'bad-request', null],
  'id with a fraction': ['{"v":1,"id":5.5,"op":"hello"}', 'bad-request', null],
  'id 1e999': ['{"v":1,"id":1e999,"op":"hello"}', 'bad-json', null],
  'id 1e2': ['{"v":1,"id":1e2,"op":"hello"}', 'bad-request', null],
  'id of 2^64': ['{"v":1,"id":18446744073709551616,"op":"hello"}', 'bad-request', null],
  'id 2^63-1': ['{"v":1,"id":9223372036854775807,"op":"hello"}', 'ok', 9223372036854775807],
  'id below zero': ['{"v":1,"id":-5,"op":"hello"}', 'ok', -5],
  'id -0': ['{"v":1,"id":-0,"op":"hello"}', 'ok', 0],
  'no op': ['{"v":1,"id":5}', 'bad-request'],
  'op a number': ['{"v":1,"id":5,"op":1}', 'bad-request'],
  'an unknown op': ['{"v":1,"id":5,"op":"dance"}', 'unknown-op'],
  'an op in capitals': ['{"v":1,"id":5,"op":"HELLO"}', 'unknown-op'],
  'an empty op': ['{"v":1,"id":5,"op":""}', 'unknown-op'],
  'an op of a later version': ['{"v":1,"id":5,"op":"trust.lend","entry":"a@b.mil"}', 'unknown-op'],
  'a doubled key': ['{"v":1,"id":5,"op":"hello","op":"status"}', 'bad-request'],
  'a doubled id': ['{"v":1,"id":5,"id":6,"op":"hello"}', 'bad-request', null],
  'a doubled key deep within':
    [check('{"text":"a@navy.mil","text":"b@navy.mil"}'), 'bad-request'],
  'a doubled key of 3 MB':
    [`{"v":1,"id":5,"op":"hello","${'k'.repeat(3 * MiB)}":1,"${'k'.repeat(3 * MiB)}":2}`,
      'bad-request'],
  'an op of 3 MB': [`{"v":1,"id":5,"op":"${'o'.repeat(3 * MiB)}"}`, 'unknown-op'],
  'a kind of 3 MB': [check('', `,"kind":"${'\u20ac'.repeat(MiB)}"`), 'bad-request'],
  'a doubled key, once escaped': ['{"v":1,"id":5,"op":"hello","\\u006fp":"status"}', 'bad-request'],
  'a member that nobody knows': ['{"v":1,"id":5,"op":"hello","mood":"fine"}', 'ok'],
  'hello from an extension whose version is a number':
    ['{"v":1,"id":5,"op":"hello","extension":1}', 'bad-request'],
  'check without key':
    ['{"v":1,"id":5,"op":"check","message":{"recipients":[]}}', 'bad-request'],
  'check with an empty key':
    ['{"v":1,"id":5,"op":"check","key":"","message":{"recipients":[]}}', 'bad-request'],
  'check with a key of 129 octets':
    [`{"v":1,"id":5,"op":"check","key":"${'k'.repeat(129)}","message":{"recipients":[]}}`,
      'bad-request'],
  'check without message': ['{"v":1,"id":5,"op":"check","key":"k"}', 'bad-request'],
  'check whose message is a list':
    ['{"v":1,"id":5,"op":"check","key":"k","message":[]}', 'bad-request'],
  'check without recipients':
    ['{"v":1,"id":5,"op":"check","key":"k","message":{}}', 'bad-request'],
  'check whose recipients are an object':
    ['{"v":1,"id":5,"op":"check","key":"k","message":{"recipients":{}}}', 'bad-request'],
  'check of nobody': [check(''), 'ok'],
  'a recipient that is a text': [check('"bob@navy.mil"'), 'bad-request'],
  'a recipient of nothing': [check('{}'), 'bad-request'],
  'a recipient whose text is a number': [check('{"text":1}'), 'bad-request'],
  'a recipient whose text is null': [check('{"text":null}'), 'bad-request'],
  'a field that does not exist': [check('{"field":"too","text":"a@navy.mil"}'), 'bad-request'],
  'a recipient without a field': [check('{"text":"a@navy.mil"}').replace('"k"', '"k2"'), 'ok'],
  'a kind that does not exist': [check('', ',"kind":"resend"'), 'bad-request'],
  'a purpose that does not exist': [check('', ',"purpose":"fun"'), 'bad-request'],
  'a time with a fraction': [check('', ',"time":1.5'), 'bad-request'],
  'a time of zero': [check('', ',"time":0'), 'bad-request'],
  'a time of 1e999': [check('', ',"time":1e999'), 'bad-json', null],
  'a thread that is a text': [check('', ',"thread":"a@navy.mil"'), 'bad-request'],
  'a thread that holds a number': [check('', ',"thread":[1]'), 'bad-request'],
  'answered that is a text': [check('', ',"answered":"a@navy.mil"'), 'bad-request'],
  'attachments that are a text': [check('', ',"attachments":"crew.xlsx"'), 'bad-request'],
  'renews that is a number':
    ['{"v":1,"id":5,"op":"check","key":"k","renews":1,"message":{"recipients":[]}}', 'bad-request'],
  'a decision without outcome':
    ['{"v":1,"id":5,"op":"decision","key":"k","message":{"recipients":[]}}', 'bad-request'],
  'a decision to do something else':
    ['{"v":1,"id":5,"op":"decision","key":"k","outcome":"wait"}', 'bad-request'],
  'a decision on a key never used':
    ['{"v":1,"id":5,"op":"decision","key":"none","outcome":"back"}', 'unknown-key'],
  'sent at a time that is neither now nor later':
    ['{"v":1,"id":5,"op":"sent","key":"k","mode":"soon","message":{"recipients":[]}}',
      'bad-request'],
  'unguarded without a message': ['{"v":1,"id":5,"op":"unguarded"}', 'bad-request'],
  'a NUL within an address': [check('{"text":"bob\\u0000@navy.mil"}').replace('"k"', '"k3"'),
    'ok'],
  '65,535 octets': [helloOf(65_535), 'ok'],
  '65,536 octets': [helloOf(65_536), 'ok'],
  '65,537 octets': [helloOf(65_537), 'ok'],
  '8 MiB less one': [helloOf(8 * MiB - 1), 'ok'],
  '8 MiB': [helloOf(8 * MiB), 'ok'],
};

/** @param {any} answer @param {string} expected @param {number|null} id */
function assertOutcome(answer, expected, id) {
  assert.equal(answer.v, 1);
  assert.equal(answer.id, id);
  assert.equal(answer.error ? answer.error.code : 'ok', expected);
  if (answer.error) {
    assert.equal(typeof answer.error.text, 'string');
    assert.notEqual(answer.error.text, '');
    assert.equal(typeof answer.error.retry, 'boolean');
  }
}

describe('a frame that holds', () => {
  const host = new Host();
  for (const [name, [body, expected, id = 5]] of Object.entries(bodies)) {
    it(`${name} is answered with ${expected}, and the host goes on`, async () => {
      assertOutcome(await host.exchange(body), expected, id);
      assertOutcome(await host.exchange({ v: 1, id: 8, op: 'hello' }), 'ok', 8);
      assert.equal(host.unread, 0);
    });
  }
  it('all of them in one connection end it with 0', async () => {
    assert.equal(await host.end(), 0);
  });
});

describe('a stream that ends', () => {
  /** @type {Record<string, Buffer>} */
  const cut = {
    'after one octet of a length': Buffer.from([1]),
    'after three octets of a length': head(7).subarray(0, 3),
    'behind a length of 7': head(7),
    'one octet short of a body': frame(HELLO).subarray(0, -1),
    'one octet into the next frame': Buffer.concat([frame(HELLO), Buffer.from([0])]),
  };
  for (const [name, octets] of Object.entries(cut)) {
    it(`${name} is bad-frame, and the host ends with 65`, async () => {
      const host = new Host();
      host.child.stdin.end(octets);
      if (octets.length > frame(HELLO).length) {
        assertOutcome(await host.next(), 'ok', 5);
      }
      assertOutcome(await host.next(), 'bad-frame', null);
      assert.equal(await within(host.exited, 'the end'), 65);
      assert.equal(host.unread, 0);
    });
  }

  it('between frames ends the host with 0 and in silence', async () => {
    const host = new Host();
    assert.equal(await host.end(), 0);
    assert.equal(host.unread, 0);
    assert.equal(host.errors, '');
  });
});

describe('a length', () => {
  for (const length of [8 * MiB + 1, 0x7fffffff, 0x80000000, 0xffffffff]) {
    it(`of 0x${length.toString(16)} is too-large, takes no memory and ends the host with 65`,
      async () => {
        const host = new Host();
        // Answers that nobody reads yet keep the host from ending, so that it can be looked at.
        const unread = 2000;
        host.child.stdout.pause();
        for (let id = 0; id < unread; id += 1) {
          host.send({ v: 1, id, op: 'hello' });
        }
        const grown = await growth(host, head(length));
        host.child.stdout.resume();
        for (let id = 0; id < unread; id += 1) {
          assertOutcome(await host.next(), 'ok', id);
        }
        assertOutcome(await host.next(), 'too-large', null);
        assert.equal(await within(host.exited, 'the end'), 65);
        assert.ok(grown < MiB, `grew by ${grown} octets`);
      });
  }

  it('of 8 MiB takes no memory either, before its body comes', async () => {
    const host = new Host();
    await host.ask('hello');
    const grown = await growth(host, Buffer.concat([head(8 * MiB), Buffer.alloc(1000, 0x20)]));
    assert.ok(grown < MiB, `grew by ${grown} octets`);
  });
});

/** By how many octets the host grows over `octets`. @param {Host} host @param {Buffer} octets */
async function growth(host, octets) {
  const settle = () => new Promise((resolve) => setTimeout(resolve, 300));
  await settle();
  const before = host.memory();
  await host.write(octets);
  await settle();
  return host.memory() - before;
}

describe('frames', () => {
  it('two in one write get two answers', async () => {
    const host = new Host();
    await host.write(Buffer.concat([frame(HELLO), frame({ v: 1, id: 6, op: 'status' })]));
    assertOutcome(await host.next(), 'ok', 5);
    assertOutcome(await host.next(), 'ok', 6);
    assert.equal(await host.end(), 0);
  });

  it('one octet a write are put together', async () => {
    const host = new Host();
    for (const octet of frame({ v: 1, id: 6, op: 'check', key: 'k', message: to('a@navy.mil') })) {
      await host.write(Buffer.from([octet]));
    }
    assertOutcome(await host.next(), 'ok', 6);
    assert.equal(await host.end(), 0);
  });

  it('a thousand at once get a thousand answers in order, and the end is heard', async () => {
    const host = new Host();
    const many = Array.from({ length: 1000 }, (_, id) => frame({ v: 1, id, op: 'hello' }));
    host.child.stdin.end(Buffer.concat(many));
    for (let id = 0; id < many.length; id += 1) {
      assertOutcome(await host.next(), 'ok', id);
    }
    assert.equal(await within(host.exited, 'the end'), 0);
  });

  it('octets 0x0a, 0x0d and 0x1a in a length and a body go through as they are', async () => {
    const host = new Host();
    for (const length of [0x0a0a, 0x0d0d, 0x1a1a, 0x0d0a]) {
      assertOutcome(await host.exchange(`${helloOf(length - 4)}\n\r\n\r`), 'ok', 5);
    }
    assertOutcome(await host.exchange(Buffer.from([0x1a])), 'bad-json', null);
    assert.equal(await host.end(), 0);
  });
});
