// SPDX-License-Identifier: MPL-2.0
/** A compose window: what it shows, and a person's hands on it. */
import { waitFor } from './run.js';

/** Privileged script: waits for a compose window that is not in the given set; gives its id. */
export const NEW_COMPOSE = `async before => {
  for (let i = 0; i < 400; i++) {
    const win = [...Services.wm.getEnumerator("msgcompose")]
      .find(win => !before.has(win) && win.composeEditorReady);
    if (win) return win.docShell.outerWindowID;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error("no compose window came up");
}`;

/** @typedef {{x: number, y: number, width: number, height: number}} Box pixels of the screen */

export class Compose {
  /**
   * @param {import("./thunderbird.js").Thunderbird} thunderbird
   * @param {number} id
   * @param {string} subject
   */
  constructor(thunderbird, id, subject) {
    this.thunderbird = thunderbird;
    this.id = id;
    this.subject = subject;
  }

  /**
   * @param {import("./thunderbird.js").Thunderbird} thunderbird
   * @param {number} id
   * @param {string} subject
   */
  static async at(thunderbird, id, subject) {
    const compose = new Compose(thunderbird, id, subject);
    await waitFor('the compose window is ready to send', () =>
      compose.run(`const button = win.document.getElementById("button-send");
        return !win.gWindowLocked && !!button && win.document.readyState == "complete";`));
    await compose.watchLock();
    return compose;
  }

  /**
   * Runs a privileged function body with the window as `win`.
   * @param {string} body
   * @param {...unknown} args
   * @returns {Promise<any>}
   */
  run(body, ...args) {
    return this.thunderbird.marionette.run(
      `const win = Services.wm.getOuterWindowWithId(args.shift()); ${body}`, this.id, ...args);
  }

  async isOpen() {
    return !(await this.run('return !win || win.closed'));
  }

  /** Whether Thunderbird holds it locked, as it does while it waits for an add-on. */
  async isLocked() {
    return !!(await this.run('return win && !win.closed && win.gWindowLocked'));
  }

  /** From now on measures for how long it is locked at a stretch. */
  watchLock() {
    return this.run(`win.longestLock = 0;
      let since = 0;
      win.setInterval(() => {
        if (!win.gWindowLocked) since = 0;
        else since ||= win.performance.now();
        if (since) win.longestLock = Math.max(win.longestLock, win.performance.now() - since);
      }, 10);`);
  }

  /** The longest stretch of being locked, in milliseconds. @returns {Promise<number>} */
  longestLock() {
    return this.run('return Math.round(win.longestLock)');
  }

  /** @returns {Promise<string[]>} the addresses shown as pills, row by row */
  pills() {
    return this.run(`return [...win.document.querySelectorAll("mail-address-pill")]
      .map(pill => pill.fullAddress);`);
  }

  /** @param {number} [time] milliseconds */
  async closes(time = 15_000) {
    const what = `the window of "${this.subject}" closes`;
    await waitFor(what, async () => !(await this.isOpen()), time);
  }

  /**
   * Where an element stands on the screen.
   * @param {string} selector
   * @returns {Promise<Box>}
   */
  async box(selector) {
    return this.run(
      `const element = win.document.querySelector(args[0]);
      if (!element) throw new Error("there is no " + args[0]);
      const box = element.getBoundingClientRect();
      return { x: win.mozInnerScreenX + box.x, y: win.mozInnerScreenY + box.y,
        width: box.width, height: box.height };`,
      selector);
  }

  /** Puts it in front, with the keyboard. */
  async raise() {
    const title = await this.run('return win.document.title');  // "Write: ..", in its language
    await this.thunderbird.display.raise(title);
    await waitFor(`"${title}" has the keyboard`, () =>
      this.run('return Services.focus.activeWindow === win || win.document.hasFocus()'));
  }

  /** @param {string} selector */
  async click(selector) {
    const { x, y, width, height } = await this.box(selector);
    await this.thunderbird.display.click(x + width / 2, y + height / 2);
  }

  /** Until the recipients have become pills the button sleeps, and a person waits as well. */
  async ready() {
    await waitFor('the Send button wakes', () =>
      this.run(`return !win.document.getElementById("button-send").disabled
        && !win.document.getElementById("button-send").hasAttribute("disabled")`));
  }

  /**
   * Presses Send with the pointer.
   * @returns {Promise<number>} when, by performance.now()
   */
  async pressSend() {
    await this.raise();
    await this.ready();
    await this.click('#button-send');
    return performance.now();
  }

  /**
   * Presses a key chord in this window: ctrl+Return sends, ctrl+shift+Return sends later.
   * @param {string} chord
   */
  async pressKeys(chord) {
    await this.raise();
    await this.ready();
    await this.thunderbird.display.keys(chord);
    return performance.now();
  }

  /**
   * Clicks into a recipient row and types there.
   * @param {"to" | "cc" | "bcc"} row which must be shown
   * @param {string} text
   */
  async typeRecipient(row, text) {
    await this.raise();
    await this.click(`#${row}AddrInput`);
    await this.thunderbird.display.type(text);
    // Enter makes a pill of what was typed.
    await this.thunderbird.display.keys('Return');
  }
}
