// SPDX-License-Identifier: MPL-2.0
// What the review page draws, worked out of the state of one compose window.

import { fineRecipients, maySend, pageState } from './cards.js';
import { domainOf } from './mailbox.js';
import { receivers } from './message.js';
import { headingOf } from './reasons.js';

/**
 * @typedef {import('./cards.js').Card} Card
 * @typedef {import('./message.js').Message} Message
 * @typedef {{phase: string, message: Message | null, cards: Card[],
 *   failed: {why: string, stopped: boolean} | null, help: string, more: number, trustable: boolean,
 *   notice: {key: string, args: string[]} | null, page: {token: string} | null}} Shown
 * @typedef {{token: string, state: string, subject: string, home: string,
 *   heading: {key: string, count: number}, cards: Card[], fine: string[],
 *   maySend: boolean, known: boolean, empty: boolean, busy: boolean,
 *   failed: {why: string, stopped: boolean} | null, help: string, more: number, trustable: boolean,
 *   notice: {key: string, args: string[]} | null}} View
 *   `known`: whether the message could be looked at
 */

/**
 * @param {Shown} state
 * @returns {View}
 */
export function viewOf(state) {
  const { cards, message, failed } = state;
  const asking = state.phase === 'asking';
  return {
    token: state.page?.token ?? '',
    state: pageState(cards, failed !== null),
    subject: message?.subject ?? '',
    home: domainOf(message?.from ?? ''),
    heading: headingOf(cards),
    cards,
    fine: message ? fineRecipients(cards, message) : [],
    maySend: asking && !failed?.stopped && message !== null && maySend(cards, message),
    known: message !== null,
    empty: message !== null && receivers(message) === 0,
    busy: !asking,
    failed,
    help: failed || cards.some((card) => card.verdict === 'block' && !card.settled) ? state.help : '',
    more: state.more,
    trustable: state.trustable,
    notice: state.notice,
  };
}
