// SPDX-License-Identifier: MPL-2.0
// Fits the window to its content, inside the screen.

/** The recipients above stay in sight as long as so much of the page does, in CSS pixels. */
const LEAST = 420;

/**
 * A zoomed page counts in pixels of its own, also of its window and of the screen; Thunderbird
 * counts in those of an unzoomed one.
 *
 * @param {HTMLElement} main
 * @param {HTMLElement} footer
 */
export async function fit(main, footer) {
  const win = await browser.windows.getCurrent();
  const zoom = win.width / window.outerWidth || 1;
  const free = area(zoom);
  const frameHeight = window.outerHeight - window.innerHeight;
  const wanted = Math.ceil((main.scrollHeight + footer.offsetHeight + frameHeight) * zoom);
  const below = free.bottom - win.top;
  const height = Math.min(wanted, free.bottom - free.top, Math.max(below, Math.round(LEAST * zoom)));
  const width = Math.min(win.width, free.right - free.left);
  const top = Math.max(free.top, Math.min(win.top, free.bottom - height));
  const left = Math.max(free.left, Math.min(win.left, free.right - width));
  const moved = top !== win.top || left !== win.left;
  if (height !== win.height || width !== win.width || moved) {
    await browser.windows.update(win.id, { width, height, ...(moved ? { top, left } : {}) });
  }
}

/**
 * The part of the screen that windows may take.
 *
 * @param {number} zoom
 */
function area(zoom) {
  const { availTop = 0, availLeft = 0, availHeight, availWidth } = /** @type {any} */ (screen);
  const [top, left, bottom, right] = [availTop, availLeft, availTop + availHeight, availLeft + availWidth]
    .map((pixels) => Math.round(pixels * zoom));
  return { top, left, bottom, right };
}
