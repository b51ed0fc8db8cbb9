// SPDX-License-Identifier: MPL-2.0
// What the parts of the settings page share: its elements, what they ask of the background, and
// the words for times and errors.

import { element } from '../review/element.js';
import { language, say } from '../review/words.js';

/** An error that the host answered with, or that it could not be reached. */
export class AskError extends Error {
  /**
   * @param {string} code
   * @param {string} text
   */
  constructor(code, text) {
    super(`${code}: ${text}`);
    this.code = code;
    this.text = text;
  }
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function part(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * @param {string} id
 * @returns {HTMLInputElement}
 */
export function field(id) {
  return /** @type {HTMLInputElement} */ (document.getElementById(id));
}

/**
 * @param {string} type
 * @param {object} [more]
 * @returns {Promise<any>}
 */
export function ask(type, more = {}) {
  return browser.runtime.sendMessage({ type: `settings:${type}`, ...more });
}

/**
 * Asks the host.
 *
 * @param {string} op
 * @param {Record<string, unknown>} [body]
 * @returns {Promise<Record<string, any>>} rejects with AskError
 */
export async function host(op, body = {}) {
  const answer = await ask('host', { op, body });
  if (answer?.ok) {
    return answer.ok;
  }
  throw new AskError(answer?.error?.code ?? 'internal', answer?.error?.text ?? '');
}

/** @type {Record<string, string>} */
const WHY = {
  missing: 'whyMissing', crashed: 'whyCrashed', late: 'whyLate', garbage: 'whyGarbage',
  'wrong-version': 'whyWrongVersion', 'policy-unavailable': 'whyNoPolicy',
  organisation: 'whyOrganisation',
};

/** @param {string} why a failure of the host */
export function whyText(why) {
  return say(WHY[why] ?? 'whyOther');
}

/** @type {Record<string, string>} */
const ERRORS = { busy: 'errorBusy', 'unknown-op': 'errorUnknownOp' };

/**
 * What to tell of an error: what the host says names the document and line, or the entry.
 *
 * @param {unknown} error
 */
export function errorText(error) {
  if (!(error instanceof AskError)) {
    return say('whyOther');
  }
  if (error.code === 'host') {
    return whyText(error.text);
  }
  // Which member of the request it was is nothing to a person.
  const text = error.text.replace(/^(entry|address|settled): /u, '');
  return ERRORS[error.code] ? say(ERRORS[error.code]) : say('errorHost', [text || error.code]);
}

/**
 * @param {HTMLElement} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
  node.hidden = text === '';
}

/** @param {number | null | undefined} seconds Unix time */
export function dateText(seconds) {
  return seconds
    ? new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(seconds * 1000) : say('never');
}

/** @param {number | null | undefined} milliseconds Unix time */
export function timeText(milliseconds) {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return milliseconds ? format.format(milliseconds) : say('never');
}

/**
 * @param {number} first seconds, Unix time
 * @param {number} last
 * @returns {string} one date where both fall on it
 */
export function datesText(first, last) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).formatRange(first * 1000, last * 1000);
}

/** @param {number} n */
export function numberText(n) {
  return new Intl.NumberFormat(language).format(n);
}

/**
 * A list of terms and what they are; what is empty is left out.
 *
 * @param {HTMLElement} list
 * @param {[string, string | Node | (string | Node)[], boolean?][]} rows the third: set by the
 *   organisation
 */
export function drawFacts(list, rows) {
  const lines = rows.filter(([, what]) => what !== '' && !(Array.isArray(what) && what.length === 0));
  list.replaceChildren(...lines.flatMap(([term, what, locked]) => {
    const lock = locked ? [element('span', { class: 'lock' }, [say('lockedByOrganisation')])] : [];
    return [
      element('dt', {}, [term]),
      element('dd', {}, [...(Array.isArray(what) ? what : [what]), ...lock]),
    ];
  }));
}

/**
 * @param {string} text
 * @param {Record<string, string | boolean>} attributes
 * @param {() => void} run
 */
export function rowButton(text, attributes, run) {
  const made = element('button', { type: 'button', ...attributes }, [text]);
  made.addEventListener('click', run);
  return made;
}

/**
 * Asks for a yes before something that cannot be undone.
 *
 * @param {string} heading
 * @param {string} text
 * @param {string} yes
 * @returns {Promise<boolean>}
 */
export function confirmed(heading, text, yes) {
  const dialog = /** @type {HTMLDialogElement} */ (part('confirm'));
  part('confirm-heading').textContent = heading;
  part('confirm-text').textContent = text;
  part('confirm-yes').textContent = yes;
  return new Promise((resolve) => {
    part('confirm-yes').onclick = () => dialog.close('yes');
    part('confirm-no').onclick = () => dialog.close('no');
    dialog.onclose = () => resolve(dialog.returnValue === 'yes');
    dialog.returnValue = 'no';
    dialog.showModal();
  });
}
