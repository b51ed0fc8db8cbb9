// SPDX-License-Identifier: MPL-2.0
// The host as a process: how it is started, what it does when a pipe is closed or stands still, and
// that a policy can be changed under it.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, renameSync, statSync, writeFileSync, chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import {
  DEFENCE, EXTENSION, Host, PROGRAM, SANITIZED, frame, head, policyFile, run, temporaryFolder, to, within,
} from './host.js';

const HELLO = { v: 1, id: 1, op: 'hello', extension: '9.9.9' };
/** @param {number} time */
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** Runs a shell line with $RG as the program; the frames as input. @param {string} line */
function shell(line, input = frame(HELLO)) {
  const ended = spawnSync('sh', ['-c', line],
    { input, env: { ...process.env, RG: PROGRAM, POLICY: DEFENCE }, timeout: 20_000 });
  return { status: ended.status, out: ended.stdout, talk: String(ended.stderr) };
}

describe('how the host is started', () => {
  it('with the two arguments of Thunderbird it serves', async () => {
    const host = new Host(['/usr/lib/mozilla/native-messaging-hosts/recipient_guard.json', EXTENSION]);
    const hello = await host.ask('hello', { extension: '9.9.9' });
    assert.equal(hello.protocol, 1);
    assert.match(hello.version, /^\d+\.\d+\.\d+$/);
    assert.equal(hello.replaced, false);
    assert.equal(await host.end(), 0);
  });

  it('it ends well at whatever moment of its regular looks the pipe is closed', async () => {
    // A look is taken every 500 ms.
    const ends = Array.from({ length: 32 }, async (_, i) => {
      const host = new Host(['/tmp/recipient_guard.json', EXTENSION]);
      await host.ask('hello', { extension: '9.9.9' });
      await pause(480 + 2 * i);
      assert.equal(await host.end(), 0, host.errors);
    });
    await Promise.all(ends);
  });

  /** @type {Record<string, string[]>} */
  const refused = {
    'without arguments': [],
    'with the manifest alone': ['/tmp/recipient_guard.json'],
    'for another extension': ['/tmp/recipient_guard.json', 'other@extension'],
    'for an extension whose id only begins like ours': ['/tmp/recipient_guard.json', `${EXTENSION}.org`],
    'with a manifest whose path is relative': ['recipient_guard.json', EXTENSION],
    'with a manifest that is no .json': ['/tmp/recipient_guard', EXTENSION],
    'with a third argument': ['/tmp/recipient_guard.json', EXTENSION, '--policy'],
  };
  for (const [name, args] of Object.entries(refused)) {
    it(`${name} it does not serve: status 64, nothing on standard output`, () => {
      const ended = run(args, { input: frame(HELLO) });
      assert.equal(ended.status, 64);
      assert.equal(ended.out, '');
      assert.notEqual(ended.talk, '');
    });
  }

  it('without even its own name it does not crash', () => {
    const ended = spawnSync(PROGRAM, [], { argv0: '', encoding: 'utf8' });
    assert.equal(ended.status, 64);
  });

  it('on a terminal it says what it is and ends', () => {
    const ended = spawnSync('script', ['-qec', `${PROGRAM} /tmp/a.json ${EXTENSION}`, '/dev/null'],
      { encoding: 'utf8', timeout: 20_000, stdio: ['ignore', 'pipe', 'pipe'] });
    assert.match(ended.stdout, /native host of Recipient Guard/);
    assert.equal(ended.status, 0);
  });

  for (const locale of ['C', 'tr_TR.UTF-8', 'ja_JP.UTF-8']) {
    it(`under the locale ${locale} it reads and answers the same`, async () => {
      const host = new Host(undefined,
        { env: { ...process.env, LC_ALL: locale, LANG: locale, LANGUAGE: locale } });
      const verdict = await host.ask('check', { key: 'k', message: to('BOB@NAVY.MIL', 'INFO@GOV.ML') });
      assert.deepEqual(verdict.recipients.map((/** @type {any} */ one) => one.address),
        ['INFO@gov.ml']);
      assert.equal(await host.end(), 0);
    });
  }

  it('says of a policy that never was readable why it cannot judge, and serves on', async () => {
    const policy = policyFile('{"format":1,\n "alow":["mil"]}');
    const host = new Host(['serve', '--policy', policy]);
    const hello = await host.ask('hello');
    assert.equal(hello.health.state, 'failed');
    assert.equal(hello.policy.error, `${policy}:2:2: unknown key "alow", did you mean "allow"?`);
    const refused = await host.ask('check', { key: 'k', message: to('bob@navy.mil') });
    assert.equal(refused.code, 'policy-unavailable');
    writeFileSync(policy, '{"format":1,"allow":["mil"]}');
    await pause(1000);
    assert.equal((await host.ask('check', { key: 'k', message: to('bob@navy.mil') })).verdict, 'allow');
    assert.equal(await host.end(), 0);
  });
});

describe('the standard descriptors', () => {
  it('input closed at the start: it ends, with 74', () => {
    const ended = shell('"$RG" serve --policy "$POLICY" <&-');
    assert.equal(ended.status, 74);
    assert.equal(ended.out.length, 0);
  });

  it('output closed at the start: it ends, with 74', () => {
    assert.equal(shell('"$RG" serve --policy "$POLICY" >&-').status, 74);
  });

  it('errors closed at the start: it serves, and no answer is spoilt', () => {
    const ended = shell('"$RG" serve --policy "$POLICY" 2>&-');
    assert.equal(ended.status, 0);
    assert.equal(JSON.parse(ended.out.subarray(4).toString()).id, 1);
  });

  it('all three closed at the start: it ends and does not crash', () => {
    assert.equal(shell('"$RG" serve --policy "$POLICY" <&- >&- 2>&-').status, 74);
  });

  it('errors closed while it has much to say: it serves', async () => {
    const host = new Host(['serve', '--policy', DEFENCE, '--audit', '/dev/null']);
    host.child.stderr.destroy();
    assert.equal((await host.ask('hello')).protocol, 1);
    assert.equal(await host.end(), 0);
  });

  it('output closed while it serves: it ends with 74 and is not killed by a signal', async () => {
    const host = new Host();
    await host.ask('hello');
    host.child.stdout.destroy();
    host.send(HELLO);
    assert.equal(await within(host.exited, 'the end', 2000), 74);
  });

  it('what is printed besides goes to standard error: output holds frames alone', () => {
    const ended = shell('"$RG" serve --policy "$POLICY" --audit /dev/null');
    assert.equal(ended.out.readUInt32LE(0) + 4, ended.out.length);
  });

  it('a plain file as input is served like a pipe', () => {
    const file = path.join(temporaryFolder(), 'frames');
    writeFileSync(file, Buffer.concat([frame(HELLO), frame(HELLO)]));
    const ended = shell(`"$RG" serve --policy "$POLICY" < ${file}`);
    assert.equal(ended.status, 0);
    assert.equal(ended.out.readUInt32LE(0) * 2 + 8, ended.out.length);
  });
});

describe('a peer', () => {
  it('that closes its end is left within 500 ms', async () => {
    const host = new Host();
    await host.ask('hello');
    const start = performance.now();
    assert.equal(await host.end(), 0);
    assert.ok(performance.now() - start < 500);
  });

  it('that does not read is not read from any further, and later gets every answer', async () => {
    const host = new Host();
    host.child.stdout.pause();
    const count = 20_000;
    const body = frame({ v: 1, id: 1, op: 'status', x: ' '.repeat(200) });
    let written = 0;
    for (let i = 0; i < count; i += 1) {
      host.child.stdin.write(body, () => { written += 1; });
    }
    await pause(1000);
    assert.ok(written < count, 'the host stopped reading');
    assert.ok(SANITIZED || host.memory() < 64 * 1024 * 1024);
    host.child.stdout.resume();
    for (let i = 0; i < count; i += 1) {
      assert.equal((await host.next()).id, 1);
    }
    assert.equal(await host.end(), 0);
  });

  it('that closes its end and does not read is left within a second', async () => {
    const host = new Host();
    host.child.stdout.pause();
    for (let i = 0; i < 2000; i += 1) {
      host.send({ v: 1, id: i, op: 'status' });
    }
    await pause(500);
    const start = performance.now();
    const exited = new Promise((resolve) => host.child.on('exit', resolve));
    host.child.stdin.end();
    assert.equal(await within(exited, 'the end'), 74);
    assert.ok(performance.now() - start < 1000);
  });

  it('never finds an address on standard error', async () => {
    const host = new Host();
    await host.ask('check', { key: 'k', message: to('secret.person@navy.ml') });
    await host.exchange('{"v":1,"id":2,"op":"check","message":{"recipients":["secret.person@navy.ml"]}}');
    host.child.stdin.end(Buffer.concat([head(9), Buffer.from('secret')]));
    await within(host.exited, 'the end');
    assert.doesNotMatch(host.errors, /secret|navy/);
  });
});

describe('a policy that changes', () => {
  const allowing = JSON.stringify({ format: 1, revision: 1, allow: ['mil'], block: ['ml'] });
  const blocking = JSON.stringify({ format: 1, revision: 2, block: ['mil'] });

  it('is in force within a second; an invalid one is not, and is told', async () => {
    const policy = policyFile(allowing);
    const host = new Host(['serve', '--policy', policy]);
    const verdict = async (/** @type {string} */ key) =>
      (await host.ask('check', { key, message: to('bob@navy.mil') })).verdict;
    assert.equal(await verdict('a'), 'allow');
    writeFileSync(policy, blocking);
    await pause(1000);
    assert.equal(await verdict('b'), 'block');
    assert.equal(await verdict('a'), 'allow');  // the same question gets the same answer
    writeFileSync(policy, '{"format":1,');
    await pause(1000);
    assert.equal(await verdict('c'), 'block');
    const { policy: shown, health } = await host.ask('hello');
    assert.equal(health.state, 'impaired');
    assert.equal(shown.revision, 2);
    assert.ok(shown.error.startsWith(`${policy}:1:`));
    assert.equal(await host.end(), 0);
  });

  it('changes under 100 frames in flight, again and again: 100 answers each time, all whole', async () => {
    const policy = policyFile(allowing);
    const host = new Host(['serve', '--policy', policy]);
    for (let round = 0; round < 8; round += 1) {
      const aside = `${policy}.new`;
      writeFileSync(aside, round % 2 ? allowing : blocking);
      for (let i = 0; i < 100; i += 1) {
        const id = round * 100 + i;
        host.send({ v: 1, id, op: 'check', key: `k${id}`, message: to('bob@navy.mil') });
        if (i === 50) {
          renameSync(aside, policy);
        }
      }
      for (let i = 0; i < 100; i += 1) {
        const answer = await host.next();
        assert.equal(answer.id, round * 100 + i);
        assert.match(answer.ok.verdict, /^(allow|block)$/);
      }
      await pause(200);
    }
    assert.equal(await host.end(), 0);
  });

  it('that others may write is refused by name', async () => {
    const policy = policyFile(allowing);
    chmodSync(policy, 0o666);
    const host = new Host(['serve', '--policy', policy]);
    const refused = await host.ask('check', { key: 'k', message: to('bob@navy.mil') });
    assert.equal(refused.code, 'policy-unavailable');
    assert.ok(refused.text.includes(policy));
    assert.equal(await host.end(), 0);
  });
});

describe('a program that is replaced while it runs', () => {
  it('says so in hello, and only then', async () => {
    const own = path.join(temporaryFolder(), 'recipient-guard');
    copyFileSync(PROGRAM, own);
    chmodSync(own, 0o755);
    const child = spawn(own, ['serve', '--policy', DEFENCE], { stdio: ['pipe', 'pipe', 'ignore'] });
    let out = Buffer.alloc(0);
    child.stdout.on('data', (octets) => { out = Buffer.concat([out, octets]); });
    const replaced = async () => {
      out = Buffer.alloc(0);
      child.stdin.write(frame(HELLO));
      while (out.length < 4 || out.length < out.readUInt32LE(0) + 4) {
        await pause(5);
      }
      return JSON.parse(out.subarray(4).toString()).ok.replaced;
    };
    assert.equal(await replaced(), false);
    writeFileSync(`${own}.new`, readFileSync(PROGRAM), { mode: 0o755 });
    assert.equal(statSync(`${own}.new`).size, statSync(own).size);
    assert.equal(await replaced(), false);
    renameSync(`${own}.new`, own);
    assert.equal(await replaced(), true);
    child.stdin.end();
  });
});
