// SPDX-License-Identifier: MPL-2.0
// The review page as a window of its own: below the compose window's recipients, which stay in
// sight while they change.

import { placeBelow } from '../shared/place.js';

/** @typedef {import('../shared/message.js').Recipient} Recipient */

/** Size of the page when it opens; it fits itself to its content then. */
const WIDTH = 620;
const HEIGHT = 360;

/**
 * @param {any} api Thunderbird's
 */
export function reviewWindows(api) {
  return {
    /**
     * @param {number} tabId
     * @param {string} token names the page
     * @param {Recipient[]} recipients of the message
     * @returns {Promise<number>} the window
     */
    async open(tabId, token, recipients) {
      const url = `review/review.html?${new URLSearchParams({ token })}`;
      const corner = await place(api, tabId, recipients).catch(() => ({}));
      const window = await api.windows.create({
        type: 'popup', url, width: WIDTH, height: HEIGHT, allowScriptsToClose: true, ...corner,
      });
      return window.id;
    },

    /** @param {number} window */
    async close(window) {
      await api.windows.remove(window).catch(() => {});
    },

    /** @param {number} window */
    async exists(window) {
      return api.windows.get(window).then(() => true, () => false);
    },

    /**
     * @param {string} token
     * @param {object} view
     */
    show(token, view) {
      api.runtime.sendMessage({ type: 'view', token, view }).catch(() => {
        // The page is not there yet, or no more: it asks for itself when it is.
      });
    },
  };
}

/**
 * @param {any} api
 * @param {number} tabId
 * @param {Recipient[]} recipients
 */
async function place(api, tabId, recipients) {
  const { windowId } = await api.tabs.get(tabId);
  return placeBelow(recipients, await api.windows.get(windowId), WIDTH);
}
