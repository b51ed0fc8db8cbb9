// SPDX-License-Identifier: MPL-2.0
/**
 * An X display of its own (Xvfb) with a window manager (openbox), and real pointer and key events
 * on it (XTEST through xdotool). Coordinates are pixels of the screen.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { pause, run } from './run.js';

const SIZE = '1280x900x24';

export class Display {
  /** @type {import("node:child_process").ChildProcess[]} */
  #children = [];
  name = '';

  static async open() {
    const display = new Display();
    try {
      display.name = await display.#startServer();
      display.#start('openbox', [], { ...process.env, DISPLAY: display.name }, 'ignore');
      // A window that comes up before the window manager would never get the focus.
      for (let tries = 0; tries < 200 && !(await display.#managed()); tries++) {
        await pause(25);
      }
    } catch (error) {
      await display.close();
      throw error;
    }
    return display;
  }

  /**
   * @param {string} program
   * @param {string[]} args
   * @param {NodeJS.ProcessEnv} env
   * @param {import("node:child_process").StdioOptions} stdio
   */
  #start(program, args, env, stdio) {
    const child = spawn(program, args, { env, stdio });
    child.on('error', () => {});
    this.#children.push(child);
    return child;
  }

  /** @returns {Promise<string>} the display's name, such as ":99" */
  #startServer() {
    // The server takes a free number by itself and tells it on descriptor 3.
    const args = ['-displayfd', '3', '-screen', '0', SIZE, '-noreset', '-nolisten', 'tcp'];
    const server = this.#start('Xvfb', args, process.env, ['ignore', 'ignore', 'ignore', 'pipe']);
    return new Promise((resolve, reject) => {
      let told = '';
      const timer = setTimeout(() => reject(new Error('Xvfb did not come up in 20 s')), 20_000);
      server.on('error', () => {
        clearTimeout(timer);
        reject(new Error('Xvfb is not installed; tools/setup brings it'));
      });
      // The descriptor stays open for good: closing it early ends the server.
      /** @type {import("node:stream").Readable} */ (server.stdio[3]).on('data', (data) => {
        told += data;
        if (told.endsWith('\n')) {
          clearTimeout(timer);
          resolve(`:${told.trim()}`);
        }
      });
    });
  }

  async #managed() {
    const out = await run('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK'], { env: this.env() });
    return /window id # 0x/.test(out);
  }

  /** @returns {NodeJS.ProcessEnv} */
  env() {
    return { ...process.env, DISPLAY: this.name };
  }

  /** @param {...(string | number)} words */
  #xdotool(...words) {
    return run('xdotool', words.map(String), { env: this.env() });
  }

  /**
   * Moves the pointer there and presses its first button, once.
   * @param {number} x
   * @param {number} y
   * @param {number} [times] two make a double click
   */
  async click(x, y, times = 1) {
    await this.#xdotool('mousemove', Math.round(x), Math.round(y));
    // A hand rests a moment too; what reacts to hovering gets its chance to.
    await pause(60);
    await this.#xdotool('click', '--repeat', times, '--delay', 200, 1);
  }

  /**
   * Presses keys, each once, in the window that has the keyboard.
   * @param {...string} keys in xdotool's names: "ctrl+Return", "Escape"
   */
  async keys(...keys) {
    await this.#xdotool('key', '--delay', 40, ...keys);
  }

  /** @param {string} text printable characters, typed one by one */
  async type(text) {
    await this.#xdotool('type', '--delay', 15, '--', text);
  }

  /**
   * Puts a window in front, as a click on its entry in a task bar does.
   * @param {string} title a part of its title
   */
  async raise(title) {
    // xdotool takes a regular expression: "(no subject)" would be another title.
    const name = title.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    await this.#xdotool('search', '--onlyvisible', '--name', name, 'windowactivate', '--sync');
  }

  /** The title of the window that has the keyboard. */
  async active() {
    return (await this.#xdotool('getactivewindow', 'getwindowname')).trim();
  }

  /**
   * A picture of the whole screen.
   * @param {string} file a .png; its folder is made
   */
  async screenshot(file) {
    mkdirSync(path.dirname(file), { recursive: true });
    await run('import', ['-window', 'root', file], { env: this.env() });
  }

  async close() {
    for (const child of this.#children.reverse()) {
      if (child.pid && child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await Promise.race([ended, pause(5_000)]);
      }
    }
    this.#children = [];
  }
}
