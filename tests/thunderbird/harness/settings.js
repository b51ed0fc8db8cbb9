// SPDX-License-Identifier: MPL-2.0
/** The settings page, in a tab of the main window. */
import { evaluate } from './pages.js';
import { pause, waitFor } from './run.js';

const FIND = `const win = Services.wm.getMostRecentWindow("mail:3pane");
  return win.gTabmail.tabInfo.find(tab =>
    tab.browser?.currentURI?.spec.includes("/settings/settings.html"))?.browser;`;

export class Settings {
  /** @param {import("./thunderbird.js").Thunderbird} thunderbird */
  constructor(thunderbird) {
    this.thunderbird = thunderbird;
  }

  /**
   * Opens it as the add-ons manager does.
   * @param {import("./thunderbird.js").Thunderbird} thunderbird
   */
  static async open(thunderbird) {
    const settings = new Settings(thunderbird);
    await thunderbird.background('await browser.runtime.openOptionsPage();');
    await waitFor('the settings page is ready', () =>
      settings.run('return document.documentElement.dataset.ready').catch(() => ''));
    return settings;
  }

  /** Closes its tab. */
  async close() {
    await this.thunderbird.marionette.run(
      `const { gTabmail } = Services.wm.getMostRecentWindow("mail:3pane");
      const tab = gTabmail.tabInfo.find(tab =>
        tab.browser?.currentURI?.spec.includes("/settings/settings.html"));
      if (tab) gTabmail.closeTab(tab);`);
  }

  /**
   * @param {string} body
   * @param {...unknown} args
   */
  run(body, ...args) {
    return evaluate(this.thunderbird.marionette, FIND, body, args);
  }

  /**
   * What an element says.
   * @param {string} selector
   * @returns {Promise<string>} empty where it is hidden, or not there
   */
  text(selector) {
    return this.run(
      `const element = document.querySelector(args[0]);
      return element?.checkVisibility() ? element.innerText.replace(/\\s+/g, " ").trim() : "";`,
      selector);
  }

  /**
   * @param {string} what
   * @param {string} selector
   * @param {RegExp} wanted
   * @param {number} [time] milliseconds
   */
  shows(what, selector, wanted, time) {
    return waitFor(what, async () => {
      const text = await this.text(selector);
      return wanted.test(text) ? text : null;
    }, time);
  }

  /**
   * Clicks an element with the pointer, after scrolling to it.
   * @param {string} selector
   */
  async click(selector) {
    await this.thunderbird.display.raise('Mozilla Thunderbird');
    await this.run('document.querySelector(args[0]).scrollIntoView({ block: "center" });', selector);
    await pause(120);
    const inner = await this.run(
      `const element = document.querySelector(args[0]);
      const box = element.getBoundingClientRect();
      const x = box.x + Math.min(box.width / 2, 60), y = box.y + box.height / 2;
      const top = document.elementFromPoint(x, y);
      return { x, y, reached: !!top && element.contains(top), disabled: !!element.disabled };`,
      selector);
    if (!inner.reached || inner.disabled) {
      throw new Error(`${selector} is ${inner.disabled ? 'asleep' : 'out of sight'}`);
    }
    const outer = await this.thunderbird.marionette.run(
      `const browser = (() => { ${FIND} })();
      const box = browser.getBoundingClientRect();
      const win = browser.ownerDocument.defaultView;
      return { x: win.mozInnerScreenX + box.x, y: win.mozInnerScreenY + box.y };`);
    await this.thunderbird.display.click(outer.x + inner.x, outer.y + inner.y);
  }

  /**
   * Types into a field, and Enter.
   * @param {string} selector
   * @param {string} text
   */
  async enter(selector, text) {
    await this.click(selector);
    await this.thunderbird.display.keys('ctrl+a');
    await this.thunderbird.display.type(text);
    await this.thunderbird.display.keys('Return');
  }
}
