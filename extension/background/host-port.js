// SPDX-License-Identifier: MPL-2.0
// The port to the native host. Every wait has a deadline, every failure has a name, and whatever
// is not an answer of the protocol ends the connection: a host that is confused is not believed.

import { otherProtocol, readAnswer, readHello, request } from '../shared/protocol.js';

/** How long the host has for an answer, its start included. */
export const HOST_DEADLINE = 2000;

/** How long to wait before a request that the host was too busy for is repeated. */
const BUSY_PAUSE = 150;

/**
 * Why there is no usable host: missing, crashed, late, garbage, wrong-version, no-policy, refused,
 * too-large.
 */
export class HostFailure extends Error {
  /**
   * @param {string} why
   * @param {boolean} [again] whether a fresh start may help
   */
  constructor(why, again = true) {
    super(`the host gives no usable answer: ${why}`);
    this.why = why;
    this.again = again;
  }
}

/** An error that the host answered with; the codes are those of the protocol. */
export class HostError extends Error {
  /**
   * @param {string} code
   * @param {string} text
   * @param {boolean} retry
   */
  constructor(code, text, retry) {
    super(`the host answered ${code}: ${text}`);
    this.code = code;
    this.text = text;
    this.retry = retry;
  }
}

/**
 * @typedef {{resolve: (ok: Record<string, any>) => void, reject: (error: Error) => void}} Waiting
 * @typedef {{port: any, waiting: Map<number, Waiting>, dead: boolean, outdated: boolean,
 *   hello: Promise<NonNullable<ReturnType<typeof readHello>>>}} Line
 */

/** @param {string} message of the port's error */
function reasonOfEnd(message) {
  if (/no such native application/iu.test(message)) {
    return 'missing';
  }
  return message === '' ? 'crashed' : 'garbage';
}

export class HostPort {
  /** @type {Line | null} */
  #line = null;
  #lastId = 0;
  #deps;
  /**
   * Told of each handshake.
   *
   * @type {((hello: NonNullable<ReturnType<typeof readHello>>) => void) | null}
   */
  onHello = null;

  /**
   * @param {{connect: () => any, version: string,
   *   timer: (after: number, run: () => void) => () => void}} deps
   */
  constructor(deps) {
    this.#deps = deps;
  }

  /**
   * Asks the host; where it fails it is started anew once.
   *
   * @param {string} op
   * @param {Record<string, unknown>} body
   * @param {number} [deadline] milliseconds
   * @returns {Promise<Record<string, any>>} rejects with HostFailure or HostError
   */
  async ask(op, body, deadline = HOST_DEADLINE) {
    return this.#twice(() => this.#attempt(op, body, deadline));
  }

  /**
   * As `ask`, of a host that first says anew what it is: its policy may be another than when it
   * was connected. Both answers have to come within the time of one.
   *
   * @param {string} op
   * @param {Record<string, unknown>} body
   * @returns {Promise<Record<string, any>>}
   */
  async askAfterHello(op, body) {
    return this.#twice(() => this.#attempt(op, body, HOST_DEADLINE, true));
  }

  /** @param {() => Promise<Record<string, any>>} attempt */
  async #twice(attempt) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof HostFailure) || !error.again) {
        throw error;
      }
      return attempt();
    }
  }

  /**
   * Says hello again on the open connection, and connects anew where the program on disk is
   * another by now; at once, or when the last answer that is under way has come. Called between
   * sends.
   */
  async greet() {
    const line = this.#line;
    await this.#attempt('', {}, HOST_DEADLINE, true);
    if (line && !line.dead && (await line.hello).replaced) {
      line.outdated = true;
      await this.#renew(line);
    }
  }

  /**
   * @param {Line} line
   */
  async #renew(line) {
    if (line.outdated && line.waiting.size === 0 && !line.dead) {
      this.#end(line, new HostFailure('crashed'));
      await this.#attempt('', {});
    }
  }

  /** Lets the host go. */
  close() {
    if (this.#line) {
      this.#end(this.#line, new HostFailure('crashed'));
    }
  }

  /** Whether nothing is under way. */
  get idle() {
    return !this.#line || this.#line.waiting.size === 0;
  }

  /**
   * One try within one deadline. After a deadline the connection is given up, else every later
   * question would wait behind the stuck one.
   *
   * @param {string} op empty: only the handshake
   * @param {Record<string, unknown>} body
   * @param {number} [deadline] milliseconds
   * @param {boolean} [anew] whether an open connection says hello once more
   */
  async #attempt(op, body, deadline = HOST_DEADLINE, anew = false) {
    const open = this.#line;
    const line = open ?? this.#open();
    const stop = this.#deps.timer(deadline, () => this.#end(line, new HostFailure('late')));
    try {
      await line.hello;
      if (anew && line === open) {
        line.hello = this.#handshake(line);
        await line.hello;
      }
      return op === '' ? {} : await this.#untilReady(line, op, body);
    } finally {
      stop();
    }
  }

  /**
   * @param {Line} line
   * @param {string} op
   * @param {Record<string, unknown>} body
   */
  async #untilReady(line, op, body) {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.#post(line, op, body);
      } catch (error) {
        if (!(error instanceof HostError) || !error.retry || tries >= 3) {
          throw error;
        }
        await new Promise((resolve) => {
          this.#deps.timer(BUSY_PAUSE, () => resolve(undefined));
        });
      }
    }
  }

  /**
   * @param {Line} line
   * @param {string} op
   * @param {Record<string, unknown>} body
   * @returns {Promise<Record<string, any>>}
   */
  #post(line, op, body) {
    return new Promise((resolve, reject) => {
      if (line.dead) {
        reject(new HostFailure('crashed'));
        return;
      }
      this.#lastId += 1;
      line.waiting.set(this.#lastId, { resolve, reject });
      try {
        line.port.postMessage(request(this.#lastId, op, body));
      } catch {
        this.#end(line, new HostFailure('crashed'));
      }
    });
  }

  /** @returns {Line} */
  #open() {
    let port;
    try {
      port = this.#deps.connect();
    } catch {
      throw new HostFailure('missing');
    }
    /** @type {Line} */
    const line = {
      port, waiting: new Map(), dead: false, outdated: false, hello: Promise.reject(new Error()),
    };
    line.hello.catch(() => {});
    this.#line = line;
    port.onMessage.addListener((/** @type {unknown} */ raw) => this.#heard(line, raw));
    port.onDisconnect.addListener((/** @type {any} */ ended) => {
      const message = String(ended?.error?.message ?? '');
      this.#end(line, new HostFailure(reasonOfEnd(message)));
    });
    line.hello = this.#handshake(line);
    line.hello.catch(() => {});
    return line;
  }

  /** @param {Line} line */
  async #handshake(line) {
    let hello = null;
    try {
      hello = readHello(await this.#untilReady(line, 'hello', { extension: this.#deps.version }));
    } catch (error) {
      if (!(error instanceof HostError)) {
        throw error;
      }
    }
    if (!hello) {
      const failure = new HostFailure('wrong-version', false);
      this.#end(line, failure);
      throw failure;
    }
    this.onHello?.(hello);
    return hello;
  }

  /**
   * @param {Line} line
   * @param {unknown} raw
   */
  #heard(line, raw) {
    if (line.dead) {
      return;
    }
    if (otherProtocol(raw)) {
      this.#end(line, new HostFailure('wrong-version', false));
      return;
    }
    const answer = readAnswer(raw);
    const waiting = answer?.id === null ? undefined : line.waiting.get(answer?.id ?? 0);
    if (!answer || !waiting) {
      const large = answer?.error?.code === 'too-large';
      this.#end(line, large ? new HostFailure('too-large', false) : new HostFailure('garbage'));
      return;
    }
    line.waiting.delete(/** @type {number} */ (answer.id));
    if (answer.error) {
      const { code, text, retry } = answer.error;
      waiting.reject(new HostError(code, text, retry));
    } else {
      waiting.resolve(/** @type {Record<string, any>} */ (answer.ok));
    }
    this.#renew(line).catch(() => {
      // At the next question the host is started anew, and then it is said.
    });
  }

  /**
   * @param {Line} line
   * @param {HostFailure} failure
   */
  #end(line, failure) {
    if (line.dead) {
      return;
    }
    line.dead = true;
    if (this.#line === line) {
      this.#line = null;
    }
    try {
      line.port.disconnect();
    } catch {
      // It is gone already.
    }
    for (const { reject } of line.waiting.values()) {
      reject(failure);
    }
    line.waiting.clear();
  }
}
