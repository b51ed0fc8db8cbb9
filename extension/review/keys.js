// SPDX-License-Identifier: MPL-2.0
// The page by keyboard alone: Escape goes back, each button of the current card has its letter.

/**
 * The card that the letters belong to: the one with focus, else the first open one.
 *
 * @param {HTMLElement} root
 */
function currentCard(root) {
  const focused = document.activeElement?.closest('.card:not([data-settled])');
  return focused ?? root.querySelector('.card:not([data-settled])');
}

/**
 * Gives the letters to the current card, so that each letter means one button.
 *
 * @param {HTMLElement} root
 */
export function giveKeys(root) {
  const current = currentCard(root);
  const given = new Set();
  const own = [...root.querySelectorAll('[data-key]')];
  const order = [...own.filter((one) => !one.closest('.card')), ...own.filter((one) => {
    return one.closest('.card');
  })];
  for (const one of order) {
    const button = /** @type {HTMLElement} */ (one);
    const letter = button.dataset.key ?? '';
    const card = button.closest('.card');
    const wanted = (!card || card === current) && !given.has(letter);
    if (wanted) {
      given.add(letter);
      button.setAttribute('accesskey', letter);
    } else {
      button.removeAttribute('accesskey');
    }
    underline(button, wanted ? letter : '');
  }
}

/**
 * @param {HTMLElement} button
 * @param {string} letter
 */
function underline(button, letter) {
  for (const mark of button.querySelectorAll('u')) {
    mark.replaceWith(mark.textContent ?? '');
  }
  button.normalize();
  const text = [...button.childNodes].find((node) => node.nodeType === Node.TEXT_NODE);
  const at = letter ? text?.textContent?.toLowerCase().indexOf(letter) ?? -1 : -1;
  if (text && at >= 0) {
    const rest = /** @type {Text} */ (text).splitText(at);
    const mark = document.createElement('u');
    mark.textContent = rest.textContent?.slice(0, letter.length) ?? '';
    rest.textContent = rest.textContent?.slice(letter.length) ?? '';
    rest.before(mark);
  }
}

/**
 * @param {HTMLElement} root
 * @param {() => void} back
 */
export function listenToKeys(root, back) {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault();
      back();
    } else if (event.altKey && !event.ctrlKey && !event.metaKey) {
      const button = root.querySelector(`[accesskey="${CSS.escape(event.key.toLowerCase())}"]`);
      if (button && !event.repeat) {
        event.preventDefault();
        /** @type {HTMLElement} */ (button).click();
      }
    } else if (event.repeat && event.key === 'Enter') {
      // A key held down since before the page opened is no answer.
      event.preventDefault();
    }
  });
  document.addEventListener('focusin', () => giveKeys(root));
}
