// SPDX-License-Identifier: MPL-2.0
// Writes the little XML that the samples need; what goes in may be any text.

/** @typedef {{name: string, attributes: Record<string, string>, children: (Node | string)[]}} Node */

/**
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} [children] elements, or one text
 * @returns {Node}
 */
export function element(name, attributes = {}, children = []) {
  return { name, attributes, children };
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * @param {Node} node
 * @param {string} [indent]
 * @returns {string} without a line end after it
 */
export function inner({ name, attributes, children }, indent = '') {
  const named = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `${indent}<${name}${named.join('')}`;
  if (children.length === 0) {
    return `${open}/>`;
  }
  if (children.every((child) => typeof child === 'string')) {
    return `${open}>${escaped(children.join(''))}</${name}>`;
  }
  const lines = children.map((child) =>
    typeof child === 'string' ? `${indent}  ${escaped(child)}` : inner(child, `${indent}  `));
  return `${open}>\n${lines.join('\n')}\n${indent}</${name}>`;
}
