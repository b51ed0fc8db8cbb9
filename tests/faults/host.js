// SPDX-License-Identifier: MPL-2.0
// A host over pipes, as the torture of it needs one: what is asked may never be answered.

import { spawn } from 'node:child_process';
import { endianness } from 'node:os';

const little = endianness() === 'LE';

/** Answers come in the order of the requests. */
export class Host {
  #buffer = Buffer.alloc(0);
  /** @type {((answer: any) => void)[]} */
  #waiting = [];
  #over = false;

  /** @param {string} program @param {string[]} words @param {NodeJS.ProcessEnv} [env] */
  constructor(program, words, env = process.env) {
    this.child = spawn(program, words, { stdio: 'pipe', env });
    /** What it said on standard error. */
    this.talk = '';
    this.child.stdin.on('error', () => {});  // killed
    this.child.stderr.on('data', (octets) => { this.talk += octets; });
    this.child.stdout.on('data', (octets) => this.#take(octets));
    /**
     * No answer to a request is undefined.
     * @type {Promise<{status: number | null, signal: NodeJS.Signals | null}>}
     */
    this.ended = new Promise((resolve) => this.child.on('close', (status, signal) => {
      this.#over = true;
      this.#waiting.splice(0).forEach((answered) => answered(undefined));
      resolve({ status, signal });
    }));
  }

  /** @param {Buffer} octets */
  #take(octets) {
    this.#buffer = Buffer.concat([this.#buffer, octets]);
    while (this.#buffer.length >= 4) {
      const length = little ? this.#buffer.readUInt32LE(0) : this.#buffer.readUInt32BE(0);
      if (this.#buffer.length < 4 + length) {
        return;
      }
      const { ok, error } = JSON.parse(this.#buffer.subarray(4, 4 + length).toString());
      this.#buffer = this.#buffer.subarray(4 + length);
      this.#waiting.shift()?.(ok ?? { refused: error });
    }
  }

  /** @param {string} op @param {object} [members] @returns {Promise<any>} undefined: it died */
  ask(op, members = {}) {
    const body = Buffer.from(JSON.stringify({ v: 1, id: 1, op, ...members }));
    const head = Buffer.alloc(4);
    head[little ? 'writeUInt32LE' : 'writeUInt32BE'](body.length);
    return this.#over ? Promise.resolve(undefined) : new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.child.stdin.write(Buffer.concat([head, body]));
    });
  }

  /** Octets that came and are no whole answer. */
  get rest() {
    return this.#buffer.length;
  }

  /** No more requests; what came whole is still answered. */
  end() {
    this.child.stdin.end();
    return this.ended;
  }
}

/** A message to these. @param {...string} addresses */
export const to = (...addresses) =>
  ({ recipients: addresses.map((address) => ({ text: `Person <${address}>` })) });
