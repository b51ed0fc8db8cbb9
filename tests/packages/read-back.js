// SPDX-License-Identifier: MPL-2.0
// Reads XML, property lists and registry files as strictly as the samples need it: what is not well
// formed is an error.

/** @typedef {{name: string, attributes: Record<string, string>, children: Element[], text: string}} Element */

const ENTITIES = new Map([['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"], ['amp', '&']]);

/** @param {string} text */
function unescaped(text) {
  return text.replaceAll(/&(\w*);?/g, (whole, name) => {
    const found = ENTITIES.get(name);
    if (found === undefined || !whole.endsWith(';')) {
      throw new Error(`no such entity: ${whole}`);
    }
    return found;
  });
}

/** @param {string} text */
function attributesOf(text) {
  /** @type {Record<string, string>} */
  const all = {};
  const rest = text.replaceAll(/\s+([\w:-]+)="([^"<]*)"/g, (_whole, name, value) => {
    if (name in all) {
      throw new Error(`${name} stands twice`);
    }
    all[name] = unescaped(value);
    return '';
  });
  if (rest.trim() !== '') {
    throw new Error(`not an attribute: ${rest}`);
  }
  return all;
}

/**
 * @param {string} text with a declaration, one root, and no more than elements, text and comments
 * @returns {Element} the root
 */
export function readXml(text) {
  const body = text.replace(/^<\?xml version="1\.0" encoding="utf-8"\?>\n/i, '');
  if (body === text) {
    throw new Error('no XML declaration');
  }
  /** @type {Element} */
  const top = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const parts = body.replace(/<!DOCTYPE [^>]*>\n/, '').split(/(<!--[^]*?-->|<[^<>]*>)/);
  for (const part of parts) {
    const parent = open[open.length - 1];
    if (part.startsWith('<!--')) {
      continue;
    } else if (part.startsWith('</')) {
      const ended = open.pop();
      if (`</${ended?.name}>` !== part || ended === top) {
        throw new Error(`${part} ends ${ended?.name}`);
      }
    } else if (part.startsWith('<')) {
      const [, name, rest, slash] = /^<([\w:.-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>$/.exec(part) ?? [];
      if (!name) {
        throw new Error(`not a tag: ${part}`);
      }
      const node = { name, attributes: attributesOf(rest), children: [], text: '' };
      parent.children.push(node);
      if (!slash) {
        open.push(node);
      }
    } else {
      parent.text += unescaped(part);
    }
  }
  if (open.length !== 1 || top.children.length !== 1 || top.text.trim() !== '') {
    throw new Error(`not one whole root: ${open.map(({ name }) => name).join('/')}`);
  }
  return top.children[0];
}

/**
 * Every element below and including this one.
 * @param {Element} element
 * @param {string} [name]
 * @returns {Element[]}
 */
export function all(element, name) {
  const below = element.children.flatMap((child) => all(child, name));
  return !name || element.name === name ? [element, ...below] : below;
}

/**
 * The value of an element of a property list.
 * @param {Element} element
 * @returns {any}
 */
export function plistValue(element) {
  const { name, children, text } = element;
  switch (name) {
    case 'plist': return plistValue(children[0]);
    case 'array': return children.map(plistValue);
    case 'string': return text;
    case 'integer': return Number(text);
    case 'true': case 'false': return name === 'true';
    case 'dict': {
      const entries = [];
      for (let i = 0; i < children.length; i += 2) {
        if (children[i].name !== 'key' || !children[i + 1]) {
          throw new Error('a dict is keys and values by turns');
        }
        entries.push([children[i].text, plistValue(children[i + 1])]);
      }
      return Object.fromEntries(entries);
    }
    default: throw new Error(`no such value: ${name}`);
  }
}

/**
 * The keys of a registry file as nested objects, as Thunderbird makes them of the registry; a key's
 * own value has an empty name.
 * @param {string} text
 * @returns {any}
 */
export function readRegistry(text) {
  const [head, ...lines] = text.split('\r\n');
  if (head !== 'Windows Registry Editor Version 5.00' || text.replaceAll('\r\n', '').includes('\n')) {
    throw new Error('no registry file with lines that end in CR LF');
  }
  /** @type {any} */
  const root = {};
  let key = root;
  for (const line of lines.filter((one) => one !== '' && !one.startsWith(';'))) {
    const [, path] = /^\[(.*)\]$/.exec(line) ?? [];
    const [, name, string, number] =
      /^(?:@|"([^"]*)")=(?:"((?:[^"\\]|\\["\\])*)"|dword:([0-9a-f]{8}))$/.exec(line) ?? [];
    if (path) {
      key = path.split('\\').reduce((above, part) => (above[part] ??= {}), root);
    } else if (string !== undefined || number !== undefined) {
      key[name ?? ''] = string === undefined ? parseInt(number, 16)
        : string.replaceAll(/\\(["\\])/g, '$1');
    } else {
      throw new Error(`not a line of a registry file: ${line}`);
    }
  }
  return root;
}
