// SPDX-License-Identifier: MPL-2.0
// The review page as a window of its own: below the compose window's recipients, which stay in
// sight while they change.

/** Size of the page when it opens; it fits itself to its content then. */
const WIDTH = 620;
const HEIGHT = 360;

/** From the top of the compose window to below its subject, without any further recipient rows. */
const HEAD = 250;

/**
 * @param {any} api Thunderbird's
 */
export function reviewWindows(api) {
  return {
    /**
     * @param {number} tabId
     * @param {string} token names the page
     * @returns {Promise<number>} the window
     */
    async open(tabId, token) {
      const url = `review/review.html?${new URLSearchParams({ token })}`;
      const place = await placeBelow(api, tabId).catch(() => ({}));
      const window = await api.windows.create({
        type: 'popup', url, width: WIDTH, height: HEIGHT, allowScriptsToClose: true, ...place,
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
 */
async function placeBelow(api, tabId) {
  const { windowId } = await api.tabs.get(tabId);
  const { left, top, width } = await api.windows.get(windowId);
  return { left: Math.max(0, Math.round(left + (width - WIDTH) / 2)), top: Math.max(0, top + HEAD) };
}
