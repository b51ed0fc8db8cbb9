// SPDX-License-Identifier: MPL-2.0
// Elements out of names, attributes and children. Text is always text.

/**
 * @param {string} name
 * @param {Record<string, string | boolean>} [attributes] true sets one without a value
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false) {
      made.setAttribute(key, value === true ? '' : value);
    }
  }
  made.append(...children);
  return made;
}
