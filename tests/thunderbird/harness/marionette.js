// SPDX-License-Identifier: MPL-2.0
/**
 * A small Marionette client: the remote protocol that Thunderbird carries for its own tests.
 * Wire form: `LENGTH:JSON`, requests `[0, id, name, parameters]`, answers `[1, id, error, result]`.
 * Scripts run in the privileged context of the main window. Nothing here retries.
 */
import net from 'node:net';

/** How long one command may take before it counts as lost, in milliseconds. */
const COMMAND_TIME = 60_000;

export class MarionetteError extends Error {}

export class Marionette {
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  #open = new Map();
  #buffer = Buffer.alloc(0);
  #last = 0;
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();
  /** @type {net.Socket} */
  #socket;
  /** @type {() => void} */
  #greeted = () => {};

  /** @param {net.Socket} socket */
  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (data) => this.#read(/** @type {Buffer} */ (data)));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new MarionetteError('Thunderbird closed the connection')));
  }

  /**
   * Connects, greets and opens a session in the chrome context.
   * @param {number} port on the loopback device
   */
  static async connect(port) {
    const socket = net.connect(port, '127.0.0.1');
    const client = new Marionette(socket);
    await new Promise((resolve, reject) => {
      client.#greeted = () => resolve(undefined);
      socket.once('error', reject);
      socket.once('close', () => reject(new MarionetteError('no greeting from Thunderbird')));
    });
    // A prompt that a test provokes is the test's to answer, never the driver's.
    await client.call('WebDriver:NewSession', {
      capabilities: { alwaysMatch: { unhandledPromptBehavior: 'ignore' } },
    });
    await client.call('Marionette:SetContext', { value: 'chrome' });
    await client.call('WebDriver:SetTimeouts', { script: COMMAND_TIME });
    return client;
  }

  /** @param {Buffer} data */
  #read(data) {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const colon = this.#buffer.indexOf(0x3a);
      if (colon < 0) {
        return;
      }
      const length = Number(this.#buffer.subarray(0, colon).toString('latin1'));
      if (this.#buffer.length < colon + 1 + length) {
        return;
      }
      const text = this.#buffer.subarray(colon + 1, colon + 1 + length).toString('utf8');
      this.#buffer = this.#buffer.subarray(colon + 1 + length);
      this.#take(JSON.parse(text));
    }
  }

  /** @param {any} message */
  #take(message) {
    if (!Array.isArray(message)) {
      this.#greeted();
      return;
    }
    const [kind, id, error, result] = message;
    const waiting = this.#open.get(id);
    if (kind !== 1 || !waiting) {
      return;
    }
    this.#open.delete(id);
    if (error) {
      waiting.reject(new MarionetteError(`${error.error}: ${error.message}`));
    } else {
      waiting.resolve(result);
    }
  }

  /** @param {Error} error */
  #fail(error) {
    for (const { reject } of this.#open.values()) {
      reject(error);
    }
    this.#open.clear();
  }

  /**
   * One command at a time: Thunderbird runs scripts of one session in the order they come, and a
   * second asynchronous script would cut the first one off.
   * @param {string} name
   * @param {object} [parameters]
   * @returns {Promise<any>}
   */
  call(name, parameters = {}) {
    const turn = this.#queue.then(() => this.#send(name, parameters));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /**
   * @param {string} name
   * @param {object} parameters
   */
  async #send(name, parameters) {
    const id = ++this.#last;
    const body = Buffer.from(JSON.stringify([0, id, name, parameters]), 'utf8');
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    try {
      return await new Promise((resolve, reject) => {
        this.#open.set(id, { resolve, reject });
        timer = setTimeout(() => {
          this.#open.delete(id);
          reject(new MarionetteError(`${name}: no answer in ${COMMAND_TIME / 1000} s`));
        }, COMMAND_TIME);
        if (this.#socket.destroyed) {
          reject(new MarionetteError('the connection to Thunderbird is closed'));
          return;
        }
        this.#socket.write(`${body.length}:`);
        this.#socket.write(body);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Runs the body of an async function with the privileges of Thunderbird itself. Its parameters
   * are there as `args`, and MailServices and AddonManager too; what it returns must survive JSON.
   * @param {string} body
   * @param {...unknown} args
   * @returns {Promise<any>}
   */
  async run(body, ...args) {
    const script = `const [args, done] = arguments;
      const modules = { MailServices: "resource:///modules/MailServices.sys.mjs",
        AddonManager: "resource://gre/modules/AddonManager.sys.mjs" };
      const { MailServices } = ChromeUtils.importESModule(modules.MailServices);
      const { AddonManager } = ChromeUtils.importESModule(modules.AddonManager);
      (async () => { ${body} })().then(
        value => done({ value: value === undefined ? null : value }),
        error => done({ error: String(error) + "\\n" + (error?.stack ?? "") }));`;
    const answer = await this.call('WebDriver:ExecuteAsyncScript', {
      script,
      args: [args],
      sandbox: 'system',
    });
    const { value, error } = answer.value;
    if (error) {
      throw new MarionetteError(error);
    }
    return value;
  }

  /**
   * @param {string} path an .xpi, or the folder of an add-on
   * @param {boolean} [temporary] a temporary add-on is gone after a restart
   */
  async install(path, temporary = true) {
    return (await this.call('Addon:Install', { path, temporary })).value;
  }

  /** Asks Thunderbird to quit; the connection ends with it. */
  async quit() {
    await this.call('Marionette:Quit', { flags: ['eForceQuit'] });
  }

  close() {
    this.#socket.destroy();
  }
}
