// SPDX-License-Identifier: MPL-2.0
// The review page. It draws what the background says and hands on what the person does; nothing is
// decided here, and closing it is simply "not sent".

import { button, drawCard } from './card.js';
import { element } from './element.js';
import { fit } from './fit.js';
import { giveKeys, listenToKeys } from './keys.js';
import { count, giveLanguage, isolated, language, say, sentence } from './words.js';

/**
 * @typedef {import('../shared/view.js').View} View
 */

const token = new URLSearchParams(location.search).get('token') ?? '';

/** @type {Record<string, string>} */
const WHY = {
  missing: 'whyMissing',
  crashed: 'whyCrashed',
  late: 'whyLate',
  garbage: 'whyGarbage',
  'wrong-version': 'whyWrongVersion',
  'bad-version': 'whyWrongVersion',
  'policy-unavailable': 'whyNoPolicy',
  'too-large': 'whyTooLarge',
  organisation: 'whyOrganisation',
};

/** Where the organisation helps: an address of the web in managed storage. */
let helpUrl = '';

async function readHelpUrl() {
  const { help_url: url } = await browser.storage.managed.get('help_url').catch(() => ({}));
  helpUrl = typeof url === 'string' && /^https?:\/\//iu.test(url) ? url : '';
}

/** @param {string} id */
function part(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const footer = /** @type {HTMLElement} */ (document.querySelector('footer'));

/** What is drawn, by card: a card that did not change keeps its element, focus and typed text. */
/** @type {Map<string, {as: string, node: HTMLElement}>} */
const drawn = new Map();

/** The card answered last; the focus goes on from there. */
let answered = '';

/**
 * @param {string} type
 * @param {object} [more]
 * @returns {Promise<any>}
 */
function ask(type, more = {}) {
  return browser.runtime.sendMessage({ type, token, ...more });
}

/**
 * @param {string} type
 * @param {object} [more]
 */
async function askAndDraw(type, more) {
  const view = await ask(type, more);
  if (view) {
    draw(view);
  } else {
    // The page belongs to no message any more.
    window.close();
  }
}

function back() {
  // Closing is what counts; the word only makes it quicker.
  ask('back').catch(() => {}).finally(() => window.close());
}

/** @param {View} view */
function headingText(view) {
  if (view.failed) {
    return say(view.failed.stopped ? 'headingStopped' : 'headingDegraded');
  }
  if (!view.known) {
    return say('headingDegraded');
  }
  if (view.empty) {
    return say('headingEmpty');
  }
  return view.heading.key ? count(view.heading.key, view.heading.count) : say('headingSettled');
}

/** @param {View} view */
function leadText(view) {
  if (view.failed) {
    return say(view.failed.stopped ? 'leadStopped' : 'leadDegraded');
  }
  if (view.empty) {
    return say('leadEmpty');
  }
  if (view.state === 'blocked') {
    return say('leadBlocked');
  }
  return say(view.heading.key || view.busy || !view.known ? 'leadAsking' : 'leadSettled');
}

/**
 * @param {HTMLElement} node
 * @param {string} text
 */
function setText(node, text) {
  // Only what changed is set, else a screen reader says it again.
  if (node.textContent !== text) {
    node.textContent = text;
  }
  node.hidden = text === '';
}

/** @param {View} view */
function draw(view) {
  const root = document.documentElement;
  root.dataset.state = view.state;
  root.dataset.busy = String(view.busy);
  root.dataset.open = view.empty || !view.known ? 'empty' : String(view.heading.count);
  root.dataset.stopped = String(view.failed?.stopped ?? false);
  document.title = view.subject ? say('pageTitle', [view.subject]) : say('pageTitleNoSubject');
  setText(part('heading'), headingText(view));
  setText(part('why'), view.failed ? say(WHY[view.failed.why] ?? 'whyOther') : '');
  setText(part('lead'), leadText(view));
  setText(part('more'), view.more > 0 && !view.failed ? count('moreQuestioned', view.more) : '');
  setText(part('help'), view.help);
  setText(part('notice'), view.busy ? '' : noticeText(view));
  const focus = focusNow();
  drawCards(view);
  drawFine(view);
  drawFooter(view);
  moveFocus(view, focus);
  giveKeys(document.body);
  fitSoon();
}

/** Again a little later: a new window learns its frame only when it is on the screen. */
function fitSoon() {
  for (const after of [0, 150, 500]) {
    window.setTimeout(() => fit(main, footer).catch(() => {}), after);
  }
}

/** @param {View} view */
function noticeText(view) {
  return view.notice ? say(view.notice.key, view.notice.args).trim() : '';
}

/** @param {View} view */
function drawCards(view) {
  const list = part('cards');
  const { home } = view;
  const shown = view.failed?.stopped ? [] : view.cards;
  const nodes = shown.map((card) => {
    const as = JSON.stringify([card, view.trustable, home]);
    const before = drawn.get(card.id);
    if (before?.as === as) {
      return before.node;
    }
    const node = drawCard({
      card,
      trustable: view.trustable,
      language,
      home,
      answer: (settled) => {
        answered = card.id;
        askAndDraw('act', { card: card.id, settled }).catch(() => {});
      },
    });
    drawn.set(card.id, { as, node });
    return node;
  });
  // An element that stays where it is keeps the focus.
  nodes.forEach((node, i) => {
    if (list.children[i] !== node) {
      list.insertBefore(node, list.children[i] ?? null);
    }
  });
  while (list.children.length > nodes.length) {
    list.lastElementChild?.remove();
  }
  describe(list);
}

/**
 * What a screen reader says after the heading: each card's sentence.
 *
 * @param {HTMLElement} list
 */
function describe(list) {
  const spoken = [part('why'), part('lead'), ...list.querySelectorAll('.spoken, .alone, .reason')];
  spoken.forEach((node, i) => {
    if (!node.id) {
      node.id = `said-${Date.now()}-${i}`;
    }
  });
  document.body.setAttribute('aria-describedby', spoken.map((node) => node.id).join(' '));
}

/** @param {View} view */
function drawFine(view) {
  const fine = part('fine');
  const summary = /** @type {HTMLElement} */ (fine.querySelector('summary'));
  const list = /** @type {HTMLElement} */ (fine.querySelector('ul'));
  fine.hidden = view.fine.length === 0 || view.failed !== null || view.cards.length === 0;
  summary.textContent = count('fine', view.fine.length);
  list.replaceChildren(...view.fine.map((text) => element('li', {}, [isolated(text)])));
}

/** @param {View} view */
function drawFooter(view) {
  if (footer.children.length === 0) {
    footer.append(
      button('retry', 'actionRetry', 'keyRetry', { class: 'quiet' }, [], () => {
        askAndDraw('retry').catch(() => {});
      }),
      button('help', 'actionHelp', 'keyHelp', { class: 'quiet' }, [], () => {
        browser.windows.openDefaultBrowser(helpUrl).catch(() => {});
      }),
      element('span', { id: 'hint', role: 'status' }),
      button('back', 'actionBack', 'keyBack', {}, [], back),
      button('send', 'actionSend', 'keySend', { class: 'main' }, [], send),
    );
  }
  const [retry, help, hint, leave, go] = /** @type {HTMLElement[]} */ ([...footer.children]);
  const degraded = view.failed !== null;
  retry.hidden = !degraded;
  help.hidden = helpUrl === '' || !(degraded || view.state === 'blocked');
  if (leave.dataset.degraded !== String(degraded)) {
    leave.dataset.degraded = String(degraded);
    leave.dataset.key = say(degraded ? 'keyCancel' : 'keyBack');
    leave.replaceChildren(...sentence(degraded ? 'actionCancel' : 'actionBack', []));
  }
  go.toggleAttribute('disabled', !view.maySend);
  const open = view.state === 'asking' && view.cards.some((card) => !card.settled);
  hint.textContent = view.busy ? say('working') : open ? say('sleepCards') : '';
}

function send() {
  document.documentElement.dataset.busy = 'true';
  footer.querySelector('[data-action="send"]')?.setAttribute('disabled', '');
  part('hint').textContent = say('working');
  askAndDraw('send').catch(() => {});
}

/** Where the focus is, in words that outlive drawing anew. */
function focusNow() {
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const card = /** @type {HTMLElement | null} */ (active?.closest('.card') ?? null);
  return { active, card, action: active?.dataset.action ?? '' };
}

/**
 * After an answer the focus goes to the next open card, then to Back to editing.
 *
 * @param {View} view
 * @param {ReturnType<typeof focusNow>} before
 */
function moveFocus(view, before) {
  const at = view.cards.findIndex((card) => card.id === answered);
  const wasAnswer = answered !== '';
  answered = '';
  if (wasAnswer && at >= 0) {
    focusOpenCard([...view.cards.slice(at), ...view.cards.slice(0, at)].map((card) => card.id), view);
    return;
  }
  const lost = before.active && !before.active.isConnected;
  if (lost || !document.activeElement || document.activeElement === document.body) {
    backButton()?.focus();
  }
}

/**
 * @param {string[]} order
 * @param {View} view
 */
function focusOpenCard(order, view) {
  for (const id of order) {
    const card = view.cards.find((one) => one.id === id);
    const node = drawn.get(id)?.node;
    if (card && !card.settled && node?.isConnected) {
      const first = node.querySelector('button:not([disabled]), input');
      /** @type {HTMLElement | null} */ (first)?.focus();
      node.scrollIntoView({ block: 'nearest' });
      return;
    }
  }
  backButton()?.focus();
}

function backButton() {
  return /** @type {HTMLElement | null} */ (footer.querySelector('[data-action="back"]'));
}

/** Next look where one failed, in milliseconds. */
const LOOK_AGAIN = 5000;

/** Looks after the compose window while the person is there, not here. */
let looking = 0;

async function look() {
  window.clearTimeout(looking);
  looking = 0;
  const answer = await ask('look').catch(() => undefined);
  if (answer === null) {
    // The page belongs to no message any more.
    window.close();
  } else if (!document.hasFocus()) {
    looking = window.setTimeout(look, answer?.wait ?? LOOK_AGAIN);
  }
}

function lookSoon() {
  if (!looking && !document.hasFocus()) {
    looking = window.setTimeout(look, 300);
  }
}

window.addEventListener('blur', lookSoon);
window.addEventListener('focus', () => {
  look().catch(() => {});
});

browser.runtime.onMessage.addListener((told) => {
  if (told?.type === 'view' && told.token === token) {
    draw(told.view);
  }
});
part('fine').addEventListener('toggle', fitSoon);
giveLanguage();
listenToKeys(document.body, back);
readHelpUrl().then(() => browser.windows.getCurrent())
  .then((/** @type {{id: number}} */ { id }) => askAndDraw('ready', { window: id })).then(() => {
  backButton()?.focus();
  document.documentElement.dataset.ready = 'yes';
  lookSoon();
}, () => {});
