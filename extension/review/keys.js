// SPDX-License-Identifier: MPL-2.0
// The page by keyboard alone: Escape goes back, each button of the current card has its letter.

import { element } from './element.js';

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
 * Gives the letters to the current card, so that each letter means one button, or the choice among
 * several addresses of which none is the main one.
 *
 * @param {HTMLElement} root
 */
export function giveKeys(root) {
  const current = currentCard(root);
  /** @type {Map<string, string | undefined>} */
  const given = new Map();
  const own = [...root.querySelectorAll('[data-key]')];
  const order = [...own.filter((one) => !one.closest('.card')), ...own.filter((one) => {
    return one.closest('.card');
  })];
  for (const one of order) {
    const button = /** @type {HTMLElement} */ (one);
    const letter = button.dataset.key ?? '';
    const card = button.closest('.card');
    const { action } = button.dataset;
    const wanted = (!card || card === current) && (given.get(letter) ?? action) === action;
    if (wanted) {
      given.set(letter, action);
      button.setAttribute('accesskey', letter);
    } else {
      button.removeAttribute('accesskey');
    }
    underline(button, wanted ? letter : '');
  }
}

/**
 * Shows the letter in the button's text, or after it where the text is in another script.
 *
 * @param {HTMLElement} button
 * @param {string} letter empty for none
 */
function underline(button, letter) {
  button.querySelector('.letter')?.remove();
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
  } else if (letter) {
    button.append(element('span', { class: 'letter', 'aria-hidden': 'true' }, [
      ' (', element('u', {}, [letter.toUpperCase()]), ')',
    ]));
  }
}

/**
 * The letter that was pressed. On a keyboard of another script it is the Latin one of that key; on a
 * Latin keyboard it is what it writes, as there the Alt key may write letters of its own.
 *
 * @param {{key: string, code: string}} press
 */
export function letterOf({ key, code }) {
  const foreign = /^[^\p{Script=Latin}\P{L}]$/u.test(key);
  const [, latin] = (foreign && /^Key([A-Z])$/u.exec(code)) || ['', key];
  return latin.toLowerCase();
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
      const letter = CSS.escape(letterOf(event));
      const named = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(`[accesskey="${letter}"]`)]);
      if (named.length > 0 && !event.repeat) {
        event.preventDefault();
        // A choice among several is the person's: the letter only goes from one to the next.
        const next = named[(named.indexOf(/** @type {any} */ (document.activeElement)) + 1) % named.length];
        if (named.length === 1) {
          next.click();
        } else {
          next.focus();
        }
      }
    } else if (event.repeat && event.key === 'Enter') {
      // A key held down since before the page opened is no answer.
      event.preventDefault();
    }
  });
  document.addEventListener('focusin', () => giveKeys(root));
}
