// SPDX-License-Identifier: MPL-2.0
// The window in which things stand that a person has to be told after a message left.

import { button } from './card.js';
import { element } from './element.js';
import { fit } from './fit.js';
import { giveKeys, listenToKeys } from './keys.js';
import { giveLanguage, say, sentence } from './words.js';

const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const footer = /** @type {HTMLElement} */ (document.querySelector('footer'));
const list = /** @type {HTMLElement} */ (document.getElementById('notices'));
const heading = /** @type {HTMLElement} */ (document.getElementById('heading'));

function close() {
  window.close();
}

/** @param {{key: string, args: string[]}[]} all */
function draw(all) {
  heading.textContent = say('noticeHeading');
  list.replaceChildren(...all.map(({ key, args }) => {
    const named = args.map((one) => one || say('noticeNoSubject'));
    return element('li', { 'data-notice': key }, sentence(key, named));
  }));
}

giveLanguage();
document.title = say('extensionName');
listenToKeys(document.body, close);
const seen = button('close', 'actionClose', 'keyClose', { class: 'main' }, [], close);
footer.append(seen);
browser.runtime.sendMessage({ type: 'notices' }).then((/** @type {{key: string, args: string[]}[]} */ all) => {
  draw(all);
  giveKeys(document.body);
  seen.focus();
  for (const after of [0, 150, 500]) {
    window.setTimeout(() => fit(main, footer).catch(() => {}), after);
  }
}, () => {});
