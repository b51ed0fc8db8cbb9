// SPDX-License-Identifier: MPL-2.0
/**
 * A mail sink on the loopback device: an SMTP server that accepts every message, delivers none
 * and keeps what its RCPT lines said. Enough of RFC 5321 for Thunderbird, and SMTPUTF8 (RFC 6531).
 */
import net from 'node:net';

/**
 * @typedef {object} Arrived
 * @property {string} from the reverse path as written
 * @property {string[]} recipients the paths of the RCPT lines, in their order, without brackets
 * @property {string} data header and body as sent
 * @property {number} at when it was complete, by performance.now()
 */

export class Sink {
  /** @type {Arrived[]} every message so far */
  messages = [];
  /** @type {string[]} every command line so far: tells where a send got stuck */
  lines = [];
  /** @type {Set<() => void>} */
  #waiting = new Set();
  /** @type {Set<net.Socket>} */
  #sockets = new Set();
  /** @type {net.Server} */
  #server;
  port = 0;
  #taken = 0;
  /** @type {(message: Arrived) => void} */
  onMessage = () => {};

  constructor() {
    this.#server = net.createServer({ noDelay: true }, (socket) => this.#talk(socket));
  }

  static async open() {
    const sink = new Sink();
    await new Promise((resolve) => sink.#server.listen(0, '127.0.0.1', () => resolve(undefined)));
    sink.port = /** @type {net.AddressInfo} */ (sink.#server.address()).port;
    return sink;
  }

  /** @param {net.Socket} socket */
  #talk(socket) {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let rest = Buffer.alloc(0);
    /** @type {{from: string, recipients: string[], data: string[] | null}} */
    const state = { from: '', recipients: [], data: null };
    socket.write('220 sink.invalid ESMTP\r\n');
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, /** @type {Buffer} */ (chunk)]);
      let end;
      while ((end = rest.indexOf('\r\n')) >= 0) {
        const line = rest.subarray(0, end).toString('utf8');
        rest = rest.subarray(end + 2);
        const answer = state.data ? this.#dataLine(state, line) : this.#command(state, line);
        if (answer) {
          socket.write(`${answer}\r\n`);
        }
        if (answer.startsWith('221')) {
          socket.end();
        }
      }
    });
  }

  /**
   * @param {{from: string, recipients: string[], data: string[] | null}} state
   * @param {string} line
   */
  #command(state, line) {
    this.lines.push(line);
    const path = /^[^<]*<([^>]*)>/.exec(line)?.[1] ?? line.slice(line.indexOf(':') + 1).trim();
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
        return '250-sink.invalid\r\n250-SMTPUTF8\r\n250 8BITMIME';
      case 'MAIL':
        state.from = path;
        state.recipients = [];
        return '250 ok';
      case 'RCPT':
        state.recipients.push(path);
        return '250 ok';
      case 'DATA':
        state.data = [];
        return '354 go on';
      case 'QUIT':
        return '221 bye';
      default:
        return '250 ok';
    }
  }

  /**
   * @param {{from: string, recipients: string[], data: string[] | null}} state
   * @param {string} line
   */
  #dataLine(state, line) {
    if (line !== '.') {
      state.data?.push(line.startsWith('..') ? line.slice(1) : line);
      return '';
    }
    const message = {
      from: state.from,
      recipients: state.recipients,
      data: (state.data ?? []).join('\r\n'),
      at: performance.now(),
    };
    state.data = null;
    this.messages.push(message);
    this.onMessage(message);
    for (const look of [...this.#waiting]) {
      look();
    }
    return '250 kept';
  }

  /**
   * The recipients of each message that came since the last call, once there are `count` of them.
   * @param {number} [count] 0 takes what there is
   * @param {number} [time] milliseconds to wait at most
   * @returns {Promise<string[][]>} maybe fewer than asked for, where the time ran out
   */
  async take(count = 0, time = 15_000) {
    await this.arrived(this.#taken + count, time);
    const fresh = this.messages.slice(this.#taken);
    this.#taken = this.messages.length;
    return fresh.map((message) => message.recipients);
  }

  /**
   * @param {number} total messages since the start
   * @param {number} time milliseconds to wait at most
   * @returns {Promise<boolean>}
   */
  arrived(total, time) {
    if (this.messages.length >= total) {
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const look = () => {
        if (this.messages.length >= total) {
          settle(true);
        }
      };
      const timer = setTimeout(() => settle(false), time);
      /** @param {boolean} value */
      const settle = (value) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(value);
      };
      this.#waiting.add(look);
    });
  }

  close() {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    this.#server.close();
  }
}
