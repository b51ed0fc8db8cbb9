// SPDX-License-Identifier: MPL-2.0
// Fits the window to its content, inside the screen.

/** The recipients above stay in sight as long as so much of the page does, in CSS pixels. */
const LEAST = 420;

/**
 * @param {HTMLElement} main
 * @param {HTMLElement} footer
 */
export async function fit(main, footer) {
  const frameHeight = window.outerHeight - window.innerHeight;
  const free = area();
  const wanted = Math.ceil(main.scrollHeight + footer.offsetHeight) + frameHeight;
  const below = free.bottom - window.screenY;
  const height = Math.min(wanted, free.bottom - free.top, Math.max(below, LEAST));
  const width = Math.min(window.outerWidth, free.right - free.left);
  const top = Math.max(free.top, Math.min(window.screenY, free.bottom - height));
  const left = Math.max(free.left, Math.min(window.screenX, free.right - width));
  const { id } = await browser.windows.getCurrent();
  const moved = top !== window.screenY || left !== window.screenX;
  if (height !== window.outerHeight || width !== window.outerWidth || moved) {
    await browser.windows.update(id, { width, height, ...(moved ? { top, left } : {}) });
  }
}

/** The part of the screen that windows may take. */
function area() {
  const { availTop = 0, availLeft = 0, availHeight, availWidth } = /** @type {any} */ (screen);
  return {
    top: availTop, left: availLeft, bottom: availTop + availHeight, right: availLeft + availWidth,
  };
}
