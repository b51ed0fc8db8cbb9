// SPDX-License-Identifier: MPL-2.0
// Draws one card. It knows nothing of what an answer does: it hands it on.

import { domainOf, splitMailbox, unicodeAddress } from '../shared/mailbox.js';
import { mainChoice, meantOf } from '../shared/cards.js';
import { sentenceOf } from '../shared/reasons.js';
import { alone, comparison } from './compare.js';
import { element } from './element.js';
import { count, isolated, joined, listed, say, sentence } from './words.js';

/**
 * @typedef {import('../shared/cards.js').Card} Card
 * @typedef {import('../shared/cards.js').Settled} Settled
 * @typedef {{card: Card, trustable: boolean, language: string, home: string,
 *   answer: (settled: Settled | null) => void}} Drawing
 */

/** Names of the fields on a card. */
const FIELDS = Object.freeze({
  to: 'fieldTo',
  cc: 'fieldCc',
  bcc: 'fieldBcc',
  'reply-to': 'fieldReplyTo',
  'followup-to': 'fieldFollowupTo',
  newsgroup: 'fieldNewsgroup',
});

/**
 * @param {Drawing} drawing
 * @returns {HTMLElement}
 */
export function drawCard(drawing) {
  const { card } = drawing;
  const node = element('section', {
    class: 'card',
    role: 'listitem',
    'data-verdict': card.verdict,
    ...(card.settled ? { 'data-settled': card.settled.action } : {}),
    ...hook(card),
  });
  const degraded = card.kind === 'inside' || card.kind === 'outside';
  if (degraded) {
    node.append(...drawTick(drawing));
  } else if (card.settled) {
    node.append(...drawSettled(drawing));
  } else {
    node.append(...drawOpen(drawing));
  }
  describe(node);
  return node;
}

/** The number of the next id. */
let ids = 0;

/**
 * Buttons that are called the same on each card say whom they are about.
 *
 * @param {HTMLElement} node
 */
function describe(node) {
  const about = node.querySelector('.spoken, .alone, .address, .about, .reason');
  if (about) {
    about.id = `about-${ids += 1}`;
    for (const one of node.querySelectorAll('[data-action]')) {
      one.setAttribute('aria-describedby', about.id);
    }
  }
}

/**
 * @param {Card} card
 * @returns {Record<string, string>}
 */
function hook(card) {
  if (card.kind === 'inside') {
    return { 'data-code': 'inside' };
  }
  return card.kind === 'message' ? { 'data-code': card.findings[0].code }
    : { 'data-address': card.address || card.shown };
}

/** @param {Drawing} drawing */
function drawOpen({ card, trustable, language, answer }) {
  const unreadable = card.findings[0].code === 'unreadable-address';
  const word = unreadable ? 'wordUnreadable'
    : { none: 'wordBlock', reason: 'wordReason' }[card.override] ?? 'wordWarn';
  return [
    element('p', { class: 'kicker' }, [
      element('span', { class: 'word' }, [say(word)]), ...place(card),
    ]),
    ...(card.kind === 'message' ? [] : drawAddress(card)),
    ...card.findings.map((finding, i) => {
      const { key, args } = sentenceOf(finding, card, language);
      return element('p', { class: i === 0 ? 'reason' : 'reason more' }, sentence(key, args));
    }),
    ...drawAbout(card),
    ...drawAnswers(card, trustable, answer),
  ];
}

/** So many recipients of a finding of the message are named on its card. */
const MOST_NAMED = 8;

/**
 * Whom a finding of the message is about.
 *
 * @param {Card} card
 */
function drawAbout({ about }) {
  if (about.length === 0) {
    return [];
  }
  const named = listed(about.slice(0, MOST_NAMED));
  const more = about.length - MOST_NAMED;
  return [element('p', { class: 'about-whom' }, [
    element('span', { class: 'label' }, [say('labelAbout')]), ' ', ...named,
    ...(more > 0 ? [' ', count('aboutMore', more)] : []),
  ])];
}

/**
 * Where the recipient stands.
 *
 * @param {Card} card
 */
function place(card) {
  const fields = card.fields.map((field) => {
    return say(/** @type {Record<string, string>} */ (FIELDS)[field] ?? 'labelAddress');
  });
  return [
    ...(fields.length > 0 ? [element('span', {}, joined(fields))] : []),
    ...(card.list && card.list !== card.shown
      ? [element('span', {}, sentence('fromList', [card.list]))] : []),
  ];
}

/** @param {Card} card */
function drawAddress(card) {
  const shown = card.shown || card.address;
  const meant = mainChoice(card);
  // What cannot be read is shown whole; beside an address only an address can be compared.
  const typed = card.address ? shown : splitMailbox(shown).address;
  return [element('div', { class: 'addresses' }, [
    ...(meant ? comparison(typed, unicodeAddress(meant)) : [alone(say(labelOf(card)), shown)]),
    ...(card.address && card.address !== shown ? [alone(say('labelAscii'), card.address)] : []),
  ])];
}

/** @param {Card} card */
function labelOf(card) {
  if (card.findings.some((finding) => finding.code === 'unknown-members')) {
    return 'labelList';
  }
  const group = card.fields.some((field) => field === 'newsgroup' || field === 'followup-to');
  return group ? 'labelGroup' : 'labelTyped';
}

/**
 * @param {Card} card
 * @param {boolean} trustable
 * @param {(settled: Settled | null) => void} answer
 */
function drawAnswers(card, trustable, answer) {
  const main = mainChoice(card);
  const change = meantOf(card).map((to) => button('change', 'actionChange', 'keyChange', {
    'data-meant': to, ...(to === main ? { class: 'main' } : {}),
  }, [unicodeAddress(to)], () => answer({ action: 'change', to })));
  const others = [
    ...(card.kind === 'recipient'
      ? [button('remove', 'actionRemove', 'keyRemove', {}, [], () => answer({ action: 'remove' }))] : []),
    ...(card.findings[0]?.code === 'visible-crowd' && card.kind === 'message' ? [
      button('bcc', 'actionBcc', 'keyBcc', { class: 'main' }, [], () => answer({ action: 'bcc' })),
    ] : []),
  ];
  const choice = change.length > 1 ? [element('p', { class: 'choice' }, [say('choiceIntro')]),
    element('div', { class: 'answers' }, change)] : [];
  const right = card.override === 'none' ? [] : drawRight(card, trustable, answer);
  const answers = [...(choice.length > 0 ? [] : change), ...others, ...right];
  return [...choice, ...(answers.length > 0 ? [element('div', { class: 'answers' }, answers)] : [])];
}

/**
 * @param {Card} card
 * @param {boolean} trustable
 * @param {(settled: Settled | null) => void} answer
 */
function drawRight(card, trustable, answer) {
  const reason = card.override === 'reason' ? /** @type {HTMLInputElement} */ (element('input', {
    type: 'text', 'data-field': 'reason', maxlength: '500', autocomplete: 'off', dir: 'auto',
  })) : null;
  const tick = trustable && card.trust !== 'none' ? /** @type {HTMLInputElement} */ (
    element('input', { type: 'checkbox', 'data-action': 'trust' })) : null;
  const right = button('right', 'actionRight', 'keyRight', { disabled: reason !== null }, [], () => {
    answer({
      action: 'right',
      ...(reason ? { reason: reason.value.trim() } : {}),
      ...(tick?.checked ? { trust: card.trust } : {}),
    });
  });
  reason?.addEventListener('input', () => {
    right.toggleAttribute('disabled', reason.value.trim() === '');
  });
  reason?.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing && !event.repeat) {
      right.click();
    }
  });
  const domain = card.address.slice(card.address.lastIndexOf('@') + 1);
  const trustText = card.trust === 'domain' ? sentence('trustDomain', [domain]) : [say('trustAddress')];
  return [
    ...(reason ? [element('label', { class: 'why' }, [say('reasonField'), reason])] : []),
    element('div', { class: 'right' }, [
      right,
      ...(tick ? [element('label', { class: 'trust' }, [tick, element('span', {}, trustText)])] : []),
    ]),
  ];
}

/** @param {Drawing} drawing */
function drawSettled({ card, answer }) {
  const settled = /** @type {Settled} */ (card.settled);
  const shown = card.shown || card.address;
  const words = {
    right: () => [say('settledRight')],
    change: () => sentence('settledChange', [unicodeAddress(settled.to ?? '')]),
    remove: () => [say('settledRemove')],
    bcc: () => [say('settledBcc')],
  };
  const done = element('span', { class: 'done' }, words[settled.action]());
  const undo = settled.action === 'right'
    ? [button('undo', 'actionUndo', '', { class: 'quiet' }, [], () => answer(null))] : [];
  const about = card.kind === 'message' ? [] : [element('span', { class: 'about' }, [isolated(shown)])];
  return [element('p', { class: 'settled' }, [...about, done, ...undo])];
}

/**
 * A card of the degraded page: a tick, by the person who looked.
 *
 * @param {Drawing} drawing
 */
function drawTick({ card, home, answer }) {
  const inside = card.kind === 'inside';
  const tick = /** @type {HTMLInputElement} */ (element('input', {
    type: 'checkbox', 'data-action': 'right', ...(card.settled ? { checked: true } : {}),
  }));
  tick.addEventListener('change', () => answer(tick.checked ? { action: 'right' } : null));
  const title = inside
    ? [element('p', { class: 'kicker' }, [count('insideTitle', card.addresses.length, [home])]),
      element('p', { class: 'address insiders' }, listed(card.addresses))]
    : [element('p', { class: 'kicker' }, [
      element('span', { class: 'word' },
        home ? sentence('outsideTitle', [home]) : [say('outsideTitleAlone')]), ...place(card)]),
    element('p', { class: 'address' }, emphasised(card.shown))];
  const label = element('label', { class: 'tick' }, [
    tick, element('span', {}, [say(inside ? 'tickInside' : 'tickOutside')]),
  ]);
  return [...title, label];
}

/**
 * An address with its domain set off: that is what to look at.
 *
 * @param {string} shown
 */
function emphasised(shown) {
  const at = shown.lastIndexOf('@');
  if (at < 0 || domainOf(shown) === '') {
    return [isolated(shown)];
  }
  const bdi = isolated(shown.slice(0, at + 1));
  bdi.append(element('strong', {}, [shown.slice(at + 1)]));
  return [bdi];
}

/**
 * @param {string} action
 * @param {string} textKey
 * @param {string} accessKey name of the text that holds it; empty for none
 * @param {Record<string, string | boolean>} attributes
 * @param {string[]} args
 * @param {() => void} run
 */
export function button(action, textKey, accessKey, attributes, args, run) {
  const made = element('button', {
    type: 'button', 'data-action': action, ...attributes,
    ...(accessKey ? { 'data-key': say(accessKey) } : {}),
  }, sentence(textKey, args));
  made.addEventListener('click', ({ detail }) => {
    // The second click of a double one meets what moved under the pointer, unread.
    if (detail < 2) {
      run();
    }
  });
  return made;
}
