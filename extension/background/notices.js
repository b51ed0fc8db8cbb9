// SPDX-License-Identifier: MPL-2.0
// Things a person has to be told when no page of ours is open. They stand in a small window until
// it is closed: a notification of the desktop may never be shown, or be gone in a moment.

/** Size of the window when it opens; it fits itself to its content then. */
const WIDTH = 520;
const HEIGHT = 200;

/** So many are kept; beyond it the oldest go. */
const MOST = 20;

const KEY = 'notices';

/**
 * @typedef {{key: string, args: string[]}} Notice
 * @typedef {{window: number | null, all: Notice[]}} Standing
 */

export class Notices {
  #api;
  #line = Promise.resolve();

  /** @param {any} api Thunderbird's */
  constructor(api) {
    this.#api = api;
  }

  /**
   * @param {string} key of the text
   * @param {string[]} args
   */
  say(key, args) {
    this.#line = this.#line.then(() => this.#add({ key, args })).catch(() => {});
  }

  /** @returns {Promise<Notice[]>} */
  async all() {
    return (await this.#read()).all;
  }

  /**
   * A window is gone; if it was ours, its notices were seen.
   *
   * @param {number} window
   */
  windowClosed(window) {
    this.#line = this.#line.then(async () => {
      if ((await this.#read()).window === window) {
        await this.#api.storage.session.remove(KEY);
      }
    }).catch(() => {});
  }

  /** @returns {Promise<Standing>} */
  async #read() {
    return (await this.#api.storage.session.get(KEY))[KEY] ?? { window: null, all: [] };
  }

  /** @param {Notice} notice */
  async #add(notice) {
    const before = await this.#read();
    const all = [...before.all, notice].slice(-MOST);
    await this.#write({ ...before, all });
    // A window that is open may be behind others: only a new one comes to the front.
    const { id } = await this.#api.windows.create({
      type: 'popup', url: 'review/notice.html', width: WIDTH, height: HEIGHT,
      allowScriptsToClose: true,
    });
    await this.#write({ window: id, all });
    if (before.window !== null) {
      await this.#api.windows.remove(before.window).catch(() => {});
    }
  }

  /** @param {Standing} standing */
  #write(standing) {
    return this.#api.storage.session.set({ [KEY]: standing });
  }
}
