// SPDX-License-Identifier: MPL-2.0
/** The review page, as a person meets it: a window of its own. */
import { evaluate } from './pages.js';
import { pause, waitFor } from './run.js';

/**
 * @typedef {object} Card
 * @property {string} address data-address, or empty
 * @property {string} code data-code, or empty
 * @property {string} verdict
 * @property {string} settled how it was settled, or empty
 * @property {string[]} meant what its change buttons offer
 * @property {string[]} actions the other buttons and ticks it holds
 * @property {string} text all of it
 */

/**
 * @typedef {object} Page
 * @property {string} state data-state of the root
 * @property {string} title
 * @property {string} heading
 * @property {boolean} sendSleeps
 * @property {string} focused data-action of what has the focus
 * @property {Card[]} cards
 * @property {string} text
 */

const READ = `
  const root = document.querySelector("[data-state]");
  const text = element => element.innerText.replace(/\\s+/g, " ").trim();
  const cards = [...document.querySelectorAll("[data-address], [data-code]")]
    .filter(card =>
      card.querySelector("[data-action]") || card.dataset.settled || card.dataset.verdict)
    .map(card => ({
      address: card.dataset.address ?? "",
      code: card.dataset.code ?? "",
      verdict: card.dataset.verdict ?? "",
      settled: card.dataset.settled ?? "",
      meant: [...card.querySelectorAll("[data-action=change]")].map(b => b.dataset.meant ?? ""),
      actions: [...card.querySelectorAll("[data-action]")].map(b => b.dataset.action),
      text: text(card),
    }));
  const send = document.querySelector("[data-action=send]");
  return {
    state: root?.dataset.state ?? "",
    title: document.title,
    heading: document.querySelector("h1") ? text(document.querySelector("h1")) : "",
    sendSleeps: !send || send.disabled,
    focused: document.activeElement?.dataset?.action ?? "",
    cards,
    text: text(document.body),
  };`;

export class Review {
  /**
   * @param {import("./thunderbird.js").Thunderbird} thunderbird
   * @param {number} id of its window
   */
  constructor(thunderbird, id) {
    this.thunderbird = thunderbird;
    this.id = id;
  }

  /**
   * The review windows that are open.
   * @param {import("./thunderbird.js").Thunderbird} thunderbird
   */
  static async all(thunderbird) {
    return (await thunderbird.windows()).filter((win) => win.page.includes('/review/review.html'));
  }

  /**
   * Waits for a review page that shows its cards.
   * @param {import("./thunderbird.js").Thunderbird} thunderbird
   * @param {{time?: number, after?: Review, state?: string, cards?: boolean}} [options]
   *   `after`: another page than that one; `cards` false: one that may have none
   */
  static async opens(thunderbird, { time = 10_000, after, state, cards = true } = {}) {
    return waitFor('a review page opens', async () => {
      for (const win of await Review.all(thunderbird)) {
        const review = new Review(thunderbird, win.id);
        if (win.id !== after?.id) {
          const page = await review.read().catch(() => null);
          if (page?.state && (!state || page.state === state) && (!cards || page.cards.length)) {
            return review;
          }
        }
      }
      return null;
    }, time);
  }

  /**
   * @param {string} body
   * @param {...unknown} args
   */
  run(body, ...args) {
    return evaluate(
      this.thunderbird.marionette,
      `const win = Services.wm.getOuterWindowWithId(${this.id});
      return win?.document.getElementById("requestFrame");`,
      body, args);
  }

  /** @returns {Promise<Page>} */
  read() {
    return this.run(READ);
  }

  async isOpen() {
    return (await Review.all(this.thunderbird)).some((win) => win.id === this.id);
  }

  async closes() {
    await waitFor('the review page closes', async () => !(await this.isOpen()));
  }

  /**
   * Waits until the page reads so.
   * @param {string} what
   * @param {(page: Page) => boolean} holds
   */
  async shows(what, holds) {
    return waitFor(what, async () => {
      const page = await this.read();
      return holds(page) ? page : null;
    });
  }

  /** Puts it in front, with the keyboard. */
  async raise() {
    const { title } = (await this.thunderbird.windows()).find((win) => win.id === this.id) ?? {};
    await this.thunderbird.display.raise(title ?? 'no review page');
  }

  /**
   * Clicks an element with the pointer. It must stand in sight, as it must for a person.
   * @param {string} selector
   * @param {{times?: number, below?: number}} [options] `below`: pixels below its middle
   */
  async click(selector, { times = 1, below = 0 } = {}) {
    const { x, y } = await this.#still(selector);
    await this.thunderbird.display.click(x, y + below, times);
  }

  /**
   * The middle of an element on the screen, once it stands still: the page fits its window to its
   * content when it comes up, and a hand waits for that as well.
   * @param {string} selector
   */
  async #still(selector) {
    let before = await this.#middle(selector);
    for (;;) {
      await pause(120);
      const now = await this.#middle(selector);
      if (now.x === before.x && now.y === before.y && now.reached === before.reached) {
        if (!now.reached || now.disabled) {
          throw new Error(`${selector} is ${now.disabled ? 'asleep' : 'out of sight'}`);
        }
        return now;
      }
      before = now;
    }
  }

  /**
   * @param {string} selector
   * @returns {Promise<{x: number, y: number, reached: boolean, disabled: boolean}>} pixels of the
   *   screen; reached: whether a click there would meet it
   */
  async #middle(selector) {
    const inner = await this.run(
      `const element = document.querySelector(args[0]);
      if (!element) throw new Error("there is no " + args[0]);
      const box = element.getBoundingClientRect();
      const x = box.x + box.width / 2, y = box.y + box.height / 2;
      const top = document.elementFromPoint(x, y);
      const reached = top && (element.contains(top) || top.closest("label")?.control === element);
      return { x, y, reached: !!reached, disabled: !!element.disabled };`,
      selector);
    const outer = await this.thunderbird.marionette.run(
      `const win = Services.wm.getOuterWindowWithId(args[0]);
      const box = win.document.getElementById("requestFrame").getBoundingClientRect();
      return { x: win.mozInnerScreenX + box.x, y: win.mozInnerScreenY + box.y };`,
      this.id);
    return { ...inner, x: outer.x + inner.x, y: outer.y + inner.y };
  }

  /**
   * Clicks a button of one card.
   * @param {string} key its address or code
   * @param {string} action
   */
  async act(key, action) {
    const name = key.replaceAll('"', '\\"');
    await this.click(
      `:is([data-address="${name}"], [data-code="${name}"]) [data-action="${action}"]`);
  }

  /** @param {...string} keys */
  async keys(...keys) {
    await this.raise();
    await this.thunderbird.display.keys(...keys);
  }
}
