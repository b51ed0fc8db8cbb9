// SPDX-License-Identifier: MPL-2.0
// Drives the built host over pipes, as Thunderbird does, and worse than Thunderbird does.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { endianness, tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

export const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const PROGRAM = process.env.RECIPIENT_GUARD_PROGRAM
  ?? path.join(ROOT, 'build/dev/recipient-guard');
export const DEFENCE = path.join(ROOT, 'manifests/organisation-policy/examples/defence.json');
export const EXTENSION = 'recipient-guard@extension';

/** AddressSanitizer keeps what was freed; what is said of memory holds for a program without it. */
export const SANITIZED = readFileSync(PROGRAM).includes('__asan_init');

/** How long anything may take before the test gives up; far above what it should take. */
const PATIENCE = 20_000;

/** @type {string[]} */
const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

// Nothing here may see or touch the contacts of whoever runs the tests.
process.env.XDG_DATA_HOME = mkdtempSync(path.join(tmpdir(), 'recipient-guard-data-'));
process.env.XDG_STATE_HOME = mkdtempSync(path.join(tmpdir(), 'recipient-guard-state-'));
folders.push(process.env.XDG_DATA_HOME, process.env.XDG_STATE_HOME);

/** A folder of its own for one test file; gone afterwards. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'recipient-guard-'));
  folders.push(folder);
  return folder;
}

/**
 * A policy document in a folder of its own.
 *
 * @param {object|string} document as an object, or as text
 */
export function policyFile(document) {
  const file = path.join(temporaryFolder(), 'policy.json');
  writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document),
    { mode: 0o644 });
  return file;
}

/** @param {number} length */
export function head(length) {
  const octets = Buffer.alloc(4);
  if (endianness() === 'LE') {
    octets.writeUInt32LE(length);
  } else {
    octets.writeUInt32BE(length);
  }
  return octets;
}

/** @param {Buffer|string|object} body an object becomes JSON */
export function frame(body) {
  const octets = Buffer.isBuffer(body) ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return Buffer.concat([head(octets.length), octets]);
}

/**
 * A promise that fails instead of never settling.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {string} what
 * @returns {Promise<T>}
 */
export async function within(promise, what, time = PATIENCE) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took over ${time} ms`)), time);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A running host. */
export class Host {
  #buffer = Buffer.alloc(0);
  /** @type {any[]} */
  #answers = [];
  /** @type {{resolve: (answer: any) => void, reject: (error: Error) => void}[]} */
  #wanting = [];
  #id = 0;

  /**
   * @param {string[]} [args] how it is started; as Thunderbird does by default
   * @param {import('node:child_process').SpawnOptions} [options]
   */
  constructor(args = ['serve', '--policy', DEFENCE], options = {}) {
    // Contacts of its own, unless the test names some.
    const named = args[0] !== 'serve' || args.includes('--people');
    const all = named ? args : [...args, '--people', temporaryFolder()];
    this.child = /** @type {import('node:child_process').ChildProcessWithoutNullStreams} */ (
      spawn(PROGRAM, all, { stdio: 'pipe', ...options }));
    this.errors = '';
    this.child.stderr?.on('data', (octets) => { this.errors += octets; });
    this.child.stdin?.on('error', () => {});  // a host that ended first
    this.child.stdout?.on('data', (octets) => this.#take(octets));
    this.exited = new Promise((resolve) => {
      this.child.on('close', (status, signal) => {
        this.#wanting.splice(0).forEach(({ reject }) => reject(new Error(`host ended: ${status}`)));
        resolve(signal ?? status);
      });
    });
    after(() => this.child.kill('SIGKILL'));
  }

  /** Every frame that came; strict about it: whole JSON, ASCII. @param {Buffer} octets */
  #take(octets) {
    this.#buffer = Buffer.concat([this.#buffer, octets]);
    while (this.#buffer.length >= 4) {
      const length = endianness() === 'LE'
        ? this.#buffer.readUInt32LE(0) : this.#buffer.readUInt32BE(0);
      assert.ok(length <= 1024 * 1024, 'an answer is at most 1 MiB');
      if (this.#buffer.length < 4 + length) {
        return;
      }
      const body = this.#buffer.subarray(4, 4 + length);
      assert.ok(body.every((octet) => octet >= 0x20 && octet < 0x7f), 'an answer is ASCII');
      this.#buffer = this.#buffer.subarray(4 + length);
      const answer = JSON.parse(body.toString());
      const wanting = this.#wanting.shift();
      if (wanting) {
        wanting.resolve(answer);
      } else {
        this.#answers.push(answer);
      }
    }
  }

  /** The next answer, in the order of the requests. */
  next() {
    if (this.#answers.length > 0) {
      return Promise.resolve(this.#answers.shift());
    }
    return within(new Promise((resolve, reject) => this.#wanting.push({ resolve, reject })),
      'an answer');
  }

  /** Answers that came and were not asked for. */
  get unread() {
    return this.#answers.length;
  }

  /** @param {Buffer|string|object} body */
  send(body) {
    this.child.stdin.write(frame(body));
  }

  /** @param {Buffer} octets */
  write(octets) {
    return new Promise((resolve) => this.child.stdin.write(octets, () => resolve(undefined)));
  }

  /** Sends and awaits the answer. @param {Buffer|string|object} body */
  async exchange(body) {
    this.send(body);
    return this.next();
  }

  /**
   * A well-formed request; its answer's ok or error.
   *
   * @param {string} op
   * @param {object} [members]
   */
  async ask(op, members = {}) {
    this.#id += 1;
    const answer = await this.exchange({ v: 1, id: this.#id, op, ...members });
    assert.equal(answer.id, this.#id);
    assert.equal(answer.v, 1);
    assert.equal('ok' in answer, !('error' in answer));
    return answer.ok ?? answer.error;
  }

  /** Closes the host's input; the exit status (or the signal). */
  end() {
    this.child.stdin.end();
    return within(this.exited, 'the end');
  }

  /** Resident memory in octets. */
  memory() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  }
}

/**
 * Runs a command to its end.
 *
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions & {program?: string}} [options] `program`:
 *   another one than ours, to start ours from there
 */
export function run(args, { program = PROGRAM, ...options } = {}) {
  const ended = spawnSync(program, args,
    { encoding: 'utf8', timeout: PATIENCE * 3, maxBuffer: 1 << 28, ...options });
  return { status: ended.status, out: String(ended.stdout), talk: String(ended.stderr) };
}

/** A message to these, each in To. @param {...string} addresses */
export function to(...addresses) {
  return { recipients: addresses.map((text) => ({ field: 'to', text })) };
}
