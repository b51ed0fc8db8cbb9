// SPDX-License-Identifier: MPL-2.0
// What is kept: of an address, of answers given, of everything; and how to have it forgotten.

import { element } from '../review/element.js';
import { count, isolated, joined, listed, say, sentence } from '../review/words.js';
import {
  AskError, confirmed, datesText, dateText, drawFacts, errorText, field, host, numberText, part, rowButton, setText,
} from './page.js';
import { loadTrusted } from './trusted.js';

/** Short words for a question, by reason code. */
/** @type {Record<string, string>} */
const QUESTIONS = {
  'confusable-suffix': 'questionSuffix',
  'homoglyph-domain': 'questionHomoglyph',
  'lookalike-domain': 'questionDomain',
  'lookalike-address': 'questionAddress',
  'known-elsewhere': 'questionElsewhere',
  'misleading-name': 'questionName',
  'unusual-address': 'questionUnusual',
  'no-such-suffix': 'questionNoSuffix',
  'unknown-members': 'questionMembers',
  'odd-one-out': 'questionOdd',
  'reply-diverted': 'questionDiverted',
  posting: 'questionPosting',
};

export async function beginRemembered() {
  /** @type {HTMLFormElement} */ (part('remembered-form')).onsubmit = (event) => {
    event.preventDefault();
    const address = field('remembered-address').value.trim();
    if (address) {
      show(address).catch(() => {});
    }
  };
  part('forget-all').onclick = () => {
    forgetAll().catch(() => {});
  };
  await load();
}

async function load() {
  try {
    draw(await host('history.show'));
    setText(part('remembered-error'), '');
  } catch (error) {
    part('remembered').hidden = error instanceof AskError && error.code === 'unknown-op';
    setText(part('remembered-error'), errorText(error));
  }
}

/** Something that is counted here was changed elsewhere on the page. */
export function rememberedChanged() {
  load().catch(() => {});
}

/** @param {Record<string, any>} sums */
function draw(sums) {
  const books = (sums.books ?? []).reduce((/** @type {number} */ all, /** @type {any} */ one) => {
    return all + (one.addresses ?? 0);
  }, 0);
  drawFacts(part('remembered-sums'), [
    [say('sumsWritten'), numberText(sums.written_to ?? 0)],
    [say('sumsOldest'), sums.oldest ? dateText(sums.oldest) : ''],
    [say('sumsBooks'), numberText(books)],
    [say('sumsTrusted'), numberText(sums.trusted ?? 0)],
  ]);
  const settled = sums.settled ?? [];
  const body = /** @type {HTMLElement} */ (part('settled-table').querySelector('tbody'));
  body.replaceChildren(...settled.map((/** @type {any} */ one) => settledRow(one, load)));
  part('settled-table').hidden = settled.length === 0;
  part('settled-none').hidden = settled.length > 0;
}

/**
 * @param {{code: string, subject: string, time: number}} one
 * @param {() => Promise<void>} then
 */
function settledRow({ code, subject, time }, then) {
  const again = rowButton(say('settledAgain'), {
    class: 'quiet', 'aria-label': say('settledAgainLabel', [subject]), 'data-action': 'ask-again',
  }, async () => {
    await host('history.forget', { settled: { code, subject } }).catch(() => {});
    await then();
    field('remembered-address').focus();
  });
  return element('tr', { 'data-subject': subject, 'data-code': code }, [
    element('td', {}, [element('span', { class: 'mono' }, [isolated(subject)])]),
    element('td', {}, [say(QUESTIONS[code] ?? 'questionOther')]),
    element('td', { class: 'when' }, [dateText(time)]),
    element('td', {}, [again]),
  ]);
}

/** @param {string} address */
async function show(address) {
  const result = part('remembered-result');
  try {
    const kept = await host('history.show', { address });
    result.replaceChildren(drawKept(kept, address));
  } catch (error) {
    result.replaceChildren(element('p', { class: 'error' }, [errorText(error)]));
  }
}

/**
 * @param {Record<string, any>} kept
 * @param {string} asked
 */
function drawKept(kept, asked) {
  const address = String(kept.address ?? asked);
  const facts = factsOf(kept);
  if (facts.every(([, what]) => what.length === 0)) {
    return element('div', { class: 'result' }, sentence('keptNothing', [address]));
  }
  const list = element('dl');
  drawFacts(list, facts);
  const forget = rowButton(say('forgetAddress'), { class: 'danger', 'data-action': 'forget' }, () => {
    forgetAddress(address).catch(() => {});
  });
  return element('div', { class: 'result', 'data-kept': address }, [
    element('h3', {}, [isolated(address)]), list, element('div', { class: 'row' }, [forget]),
  ]);
}

/**
 * @param {Record<string, any>} kept
 * @returns {[string, string | (string | Node)[]][]}
 */
function factsOf(kept) {
  const { messages, overridden, answered, trusted, names = [], books = [], settled = [] } = kept;
  const questions = settled.map((/** @type {any} */ one) => say(QUESTIONS[one.code] ?? 'questionOther'));
  return [
    [say('keptMessages'), messages
      ? count('keptMessagesText', messages, [datesText(kept.first, kept.last)]) : ''],
    [say('keptOverridden'), overridden ? numberText(overridden) : ''],
    [say('keptAnswered'), answered ? dateText(kept.answered_last) : ''],
    [say('keptTrusted'), trusted ? dateText(trusted.time) : ''],
    [say('keptNames'), listed(names.map((/** @type {any} */ one) => one.name))],
    [say('keptBooks'), books.length > 0 ? count('keptBooksText', books.length) : ''],
    [say('keptWith'), companions(kept)],
    [say('keptSettled'), joined(questions)],
  ];
}

/** So many of those who stood in the same messages are named. */
const MOST_COMPANIONS = 12;

/** @param {Record<string, any>} kept */
function companions(kept) {
  const others = new Set((kept.groups ?? []).flatMap((/** @type {any} */ one) => one.others ?? []));
  const more = others.size - MOST_COMPANIONS;
  const named = listed([...others].slice(0, MOST_COMPANIONS).map(String));
  return more > 0 ? [...named, ' ', count('aboutMore', more)] : named;
}

/** @param {string} address */
async function forgetAddress(address) {
  const yes = await confirmed(say('forgetAddressHeading', [address]), say('forgetAddressText'),
    say('forgetAddress'));
  if (yes) {
    const result = part('remembered-result');
    try {
      await host('history.forget', { address });
      result.replaceChildren(element('p', { class: 'result' }, sentence('forgotten', [address])));
      field('remembered-address').focus();
      await Promise.all([load(), loadTrusted()]);
    } catch (error) {
      result.replaceChildren(element('p', { class: 'error' }, [errorText(error)]));
    }
  }
}

async function forgetAll() {
  if (!await confirmed(say('forgetAllHeading'), say('forgetAllText'), say('forgetAll'))) {
    return;
  }
  const result = part('remembered-result');
  try {
    await host('history.forget', { all: true });
    result.replaceChildren(element('p', { class: 'result' }, [say('forgottenAll')]));
    await Promise.all([load(), loadTrusted()]);
  } catch (error) {
    result.replaceChildren(element('p', { class: 'error' }, [errorText(error)]));
  }
}
