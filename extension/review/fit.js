// SPDX-License-Identifier: MPL-2.0
// Fits the window to its content, inside the screen.

/** The page is drawn for this width, in CSS pixels. */
const WIDTH = 620;

/**
 * @param {HTMLElement} main
 * @param {HTMLElement} footer
 */
export async function fit(main, footer) {
  const frameWidth = window.outerWidth - window.innerWidth;
  const frameHeight = window.outerHeight - window.innerHeight;
  const free = /** @type {any} */ (screen);
  const wanted = Math.ceil(main.scrollHeight + footer.offsetHeight) + frameHeight;
  const height = Math.min(wanted, screen.availHeight);
  const width = Math.min(Math.max(WIDTH + frameWidth, window.outerWidth), screen.availWidth);
  const lowest = (free.availTop ?? 0) + screen.availHeight - height;
  const rightmost = (free.availLeft ?? 0) + screen.availWidth - width;
  const top = Math.max(free.availTop ?? 0, Math.min(window.screenY, lowest));
  const left = Math.max(free.availLeft ?? 0, Math.min(window.screenX, rightmost));
  const { id } = await browser.windows.getCurrent();
  const moved = top !== window.screenY || left !== window.screenX;
  if (height !== window.outerHeight || width !== window.outerWidth || moved) {
    await browser.windows.update(id, { width, height, ...(moved ? { top, left } : {}) });
  }
}
