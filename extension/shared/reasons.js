// SPDX-License-Identifier: MPL-2.0
// Reason codes as sentences: which text of _locales says what a finding says, and what stands in
// its gaps. One plain sentence a finding.

import { countryOf, ending } from './country.js';
import { unicodeAddress, unicodeDomain } from './mailbox.js';

/**
 * @typedef {import('./cards.js').Card} Card
 * @typedef {import('./protocol.js').MessageFinding} MessageFinding
 * @typedef {{key: string, args: string[]}} Sentence
 */

/** The slips that have a sentence of their own. */
const SLIPS = Object.freeze({
  deletion: 'reasonSlipDeletion',
  insertion: 'reasonSlipInsertion',
  substitution: 'reasonSlipSubstitution',
  transposition: 'reasonSlipTransposition',
  doubled: 'reasonSlipDoubled',
  undoubled: 'reasonSlipUndoubled',
  digits: 'reasonSlipDigits',
  homoglyph: 'reasonSlipHomoglyph',
  dot: 'reasonSlipDot',
  hyphen: 'reasonSlipHyphen',
  suffix: 'reasonSlipSuffix',
});

/** The codes whose sentence needs no more than the code. */
const PLAIN = Object.freeze({
  'unreadable-address': 'reasonUnreadableAddress',
  'blocked-by-organisation': 'reasonBlockedByOrganisation',
  'asked-by-organisation': 'reasonAskedByOrganisation',
  'not-on-allowlist': 'reasonNotOnAllowlist',
  'homoglyph-domain': 'reasonHomoglyphDomain',
  'lookalike-address': 'reasonLookalikeAddress',
  'known-elsewhere': 'reasonKnownElsewhere',
  'misleading-name': 'reasonMisleadingName',
  'unusual-address': 'reasonUnusualAddress',
  'no-such-suffix': 'reasonNoSuchSuffix',
  'unknown-members': 'reasonUnknownMembers',
  'odd-one-out': 'reasonOddOneOut',
  'new-in-reply': 'reasonNewInReply',
  'reply-diverted': 'reasonReplyDiverted',
  posting: 'reasonPosting',
  marking: 'reasonMarking',
  'visible-crowd': 'reasonVisibleCrowd',
});

/**
 * @param {string} address
 */
function domainShown(address) {
  return unicodeDomain(address.slice(address.lastIndexOf('@') + 1));
}

/**
 * @param {MessageFinding} finding
 * @returns {string} empty where what was meant lies at several domains: none of them is preferred
 */
function nearOf({ meant = [], near = '' }) {
  const domains = new Set(meant.map(domainShown));
  return domains.size > 1 ? '' : unicodeDomain(near) || [...domains].join('');
}

/**
 * The sentence of one finding. Its gaps: 1 the domain as typed (for a list or group its name),
 * 2 the name that it comes near, where it is one, 3 the end of the typed domain, 4 the country of that end or the
 * marking.
 *
 * @param {MessageFinding} finding
 * @param {Card} card on which it stands
 * @param {string} language for the name of the country
 * @returns {Sentence}
 */
export function sentenceOf(finding, card, language) {
  const shown = card.shown || card.address;
  const typed = domainShown(shown);
  const [meant, ...others] = finding.meant ?? [];
  const near = nearOf(finding);
  const end = `.${ending(typed)}`;
  switch (finding.code) {
    case 'confusable-suffix':
      return confusable(finding, typed, near, end, countryOf(typed, language));
    case 'lookalike-domain':
    case 'homoglyph-domain':
      return lookalike(finding, typed, near, end);
    case 'lookalike-address':
    case 'known-elsewhere':
    case 'odd-one-out':
      return meant && others.length === 0 ? { key: PLAIN[finding.code], args: [shown, unicodeAddress(meant), end] }
        : { key: `${PLAIN[finding.code]}Alone`, args: [shown] };
    case 'misleading-name':
      return { key: PLAIN[finding.code], args: [card.name] };
    case 'marking':
      return { key: PLAIN.marking, args: [typed, near, end, finding.marking ?? ''] };
    default: {
      const key = /** @type {Record<string, string>} */ (PLAIN)[finding.code];
      return { key: key ?? 'reasonUnknown', args: [typed, near, end] };
    }
  }
}

/**
 * @param {MessageFinding} finding
 * @param {string} typed
 * @param {string} near
 * @param {string} end
 * @param {string} country
 * @returns {Sentence}
 */
function confusable(finding, typed, near, end, country) {
  // To what is not offered, such as a name that the organisation blocks, nobody writes.
  if (!finding.meant?.length || !near) {
    return { key: 'reasonConfusableAlone', args: [typed, near, end] };
  }
  return country ? { key: 'reasonConfusableCountry', args: [typed, near, end, country] }
    : { key: 'reasonConfusableSuffix', args: [typed, near, end] };
}

/**
 * @param {MessageFinding} finding
 * @param {string} typed
 * @param {string} near
 * @param {string} end
 * @returns {Sentence}
 */
function lookalike(finding, typed, near, end) {
  if (!near) {
    return { key: 'reasonLookalikeAlone', args: [typed] };
  }
  const slip = /** @type {Record<string, string>} */ (SLIPS)[finding.slip ?? ''];
  const general = finding.code === 'homoglyph-domain' ? PLAIN['homoglyph-domain'] : 'reasonLookalikeDomain';
  return { key: slip ?? general, args: [typed, near, end] };
}

/** Each text that sentenceOf() may ask for. */
export const REASON_KEYS = Object.freeze([...new Set([
  ...Object.values(SLIPS), ...Object.values(PLAIN), 'reasonConfusableCountry',
  'reasonConfusableSuffix', 'reasonConfusableAlone', 'reasonLookalikeDomain',
  'reasonLookalikeAlone', 'reasonLookalikeAddressAlone', 'reasonKnownElsewhereAlone',
  'reasonOddOneOutAlone', 'reasonUnknown',
])]);

/** Codes that say: this looks mistyped. */
const MISTYPED = Object.freeze(['confusable-suffix', 'homoglyph-domain', 'lookalike-domain',
  'lookalike-address', 'known-elsewhere', 'no-such-suffix']);

/** Each text that headingOf() may ask for, by plural form. */
export const HEADING_KEYS = Object.freeze(['headingMistyped', 'headingBlocked', 'headingUnreadable',
  'headingQuestioned', 'headingMessage', 'headingMessageBlocked', 'headingMixed']);

/**
 * What is the matter, in plain words: the gravest of what is open.
 *
 * @param {Card[]} cards
 * @returns {{key: string, count: number}} a text by plural form; none where nothing is open
 */
export function headingOf(cards) {
  const open = cards.filter((card) => !card.settled);
  const blocked = open.filter((card) => card.override === 'none' && card.verdict === 'block');
  const first = (/** @type {Card} */ card) => card.findings[0]?.code ?? '';
  const all = blocked.length > 0 ? blocked : open;
  if (all.length === 0) {
    return { key: '', count: 0 };
  }
  if (all.every((card) => first(card) === 'unreadable-address')) {
    return { key: 'headingUnreadable', count: all.length };
  }
  if (all.every((card) => card.kind === 'message')) {
    return { key: blocked.length > 0 ? 'headingMessageBlocked' : 'headingMessage', count: all.length };
  }
  if (blocked.length > 0) {
    return { key: 'headingBlocked', count: blocked.length };
  }
  if (all.some((card) => card.kind === 'message')) {
    return { key: 'headingMixed', count: all.length };
  }
  const mistyped = all.every((card) => card.findings.some((one) => MISTYPED.includes(one.code)));
  return { key: mistyped ? 'headingMistyped' : 'headingQuestioned', count: all.length };
}
