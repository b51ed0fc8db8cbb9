// SPDX-License-Identifier: MPL-2.0
// What would be said of an address, without sending anything.

import { element } from '../review/element.js';
import { language, say, sentence } from '../review/words.js';
import { cardsOf } from '../shared/cards.js';
import { readVerdict } from '../shared/protocol.js';
import { sentenceOf } from '../shared/reasons.js';
import { errorText, field, host, part } from './page.js';

export function beginTrying() {
  /** @type {HTMLFormElement} */ (part('try-form')).onsubmit = (event) => {
    event.preventDefault();
    const text = field('try-address').value.trim();
    if (text) {
      show(text).catch(() => {});
    }
  };
}

/** @param {string} text */
async function show(text) {
  const result = part('try-result');
  const message = /** @type {import('../shared/message.js').Message} */ ({
    from: await ownAddress(), kind: 'new', purpose: 'writing', subject: '', attachments: [],
    recipients: [{ field: 'to', text }], time: Math.floor(Date.now() / 1000),
  });
  try {
    const verdict = readVerdict(await host('check', { message }), 1);
    result.replaceChildren(...(verdict ? draw(verdict, message, text) : [say('whyGarbage')]));
  } catch (error) {
    result.replaceChildren(element('p', { class: 'error' }, [errorText(error)]));
  }
}

/** Mail is judged by who sends it: inside is the sender's own domain. */
async function ownAddress() {
  const account = await browser.accounts.getDefault(false).catch(() => null);
  return account?.identities?.[0]?.email ?? '';
}

/** @type {Record<string, string>} */
const VERDICTS = { allow: 'verdictAllow', warn: 'verdictWarn', block: 'verdictBlock' };

/**
 * @param {import('../shared/protocol.js').Verdict} verdict
 * @param {import('../shared/message.js').Message} message
 * @param {string} text
 */
function draw(verdict, message, text) {
  const cards = cardsOf(verdict, message);
  const reasons = cards.flatMap((card) => card.findings.map((finding) => {
    const { key, args } = sentenceOf(finding, card, language);
    return element('p', {}, sentence(key, args));
  }));
  return [element('div', { class: 'result', 'data-verdict': verdict.verdict }, [
    element('h3', {}, sentence('labelPair', [text, say(VERDICTS[verdict.verdict])])),
    ...reasons,
  ])];
}
