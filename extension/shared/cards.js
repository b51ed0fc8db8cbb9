// SPDX-License-Identifier: MPL-2.0
// The cards of the review page: what is questioned, what was answered, and what that comes to.

import { strictest } from './protocol.js';
import { addressIn, receivers } from './message.js';
import { domainOf, splitMailbox, unicodeAddress } from './mailbox.js';

/**
 * @typedef {import('./message.js').Message} Message
 * @typedef {import('./protocol.js').Verdict} Verdict
 * @typedef {import('./protocol.js').Finding} Finding
 * @typedef {import('./protocol.js').MessageFinding} MessageFinding
 * @typedef {{action: 'right'|'change'|'remove'|'bcc', to?: string, reason?: string,
 *   trust?: string, decided?: boolean}} Settled
 * @typedef {{id: string, kind: 'recipient'|'message'|'outside'|'inside', address: string,
 *   shown: string, name: string, verdict: string, findings: MessageFinding[], override: string, trust: string,
 *   fields: string[], addresses: string[], about: string[], list: string,
 *   settled: Settled | null}} Card
 *   `addresses` are those of the recipients it is about, as addressIn() gives them; `about`, of a
 *   finding of the message, the same as shown
 */

const OVERRIDES = ['click', 'reason', 'none'];

/**
 * @param {string[]} words
 * @returns {string} the one that leaves the person least
 */
function tightest(words) {
  return OVERRIDES[Math.max(0, ...words.map((word) => OVERRIDES.indexOf(word)))];
}

/**
 * The cards that a verdict asks for: one for each address, however often it stands in the message,
 * and one for each finding about the message as a whole.
 *
 * @param {Verdict} verdict
 * @param {Message} message the judged one
 * @returns {Card[]}
 */
export function cardsOf(verdict, message) {
  /** @type {Map<string, Card>} */
  const cards = new Map();
  for (const entry of verdict.recipients) {
    if (entry.verdict === 'allow') {
      continue;
    }
    const one = message.recipients[entry.index];
    const id = (entry.address || entry.shown).toLowerCase();
    const card = cards.get(id) ?? emptyCard('recipient', id);
    cards.set(id, {
      ...card,
      address: entry.address,
      shown: entry.shown,
      name: card.name || splitMailbox(one.text ?? '').name,
      verdict: strictest([card.verdict, entry.verdict]),
      findings: mergedFindings(card.findings, entry.findings),
      override: card.override === '' ? entry.override : tightest([card.override, entry.override]),
      trust: card.trust === '' || card.trust === entry.trust ? entry.trust : 'none',
      fields: [...new Set([...card.fields, entry.field])],
      addresses: [...new Set([...card.addresses, addressIn(one)])],
      list: one.list ?? card.list,
    });
  }
  for (const finding of verdict.findings) {
    if (finding.verdict !== 'allow') {
      const id = messageId(finding);
      const override = finding.override ?? 'none';
      const named = (finding.recipients ?? []).map((i) => message.recipients[i]);
      cards.set(id, {
        ...emptyCard('message', id), verdict: finding.verdict, findings: [finding], override,
        trust: 'none', addresses: [...new Set(named.map(addressIn))], about: shownOf(named),
      });
    }
  }
  // What cannot go at all comes first.
  return [...cards.values()].sort((a, b) => rankOf(a) - rankOf(b));
}

/** @param {import('./message.js').Recipient[]} recipients */
function shownOf(recipients) {
  return [...new Set(recipients.map((one) => {
    const address = one.parsed ?? splitMailbox(one.text ?? '').address;
    return address ? unicodeAddress(address) : one.list ?? one.text ?? '';
  }))];
}

/** @param {Card} card */
function rankOf(card) {
  return card.override === 'none' ? 0 : 1;
}

/** @param {MessageFinding} finding */
function messageId(finding) {
  return `code:${finding.code}${finding.marking ? `:${finding.marking}` : ''}`;
}

/**
 * @param {Card['kind']} kind
 * @param {string} id
 * @returns {Card}
 */
function emptyCard(kind, id) {
  return {
    id, kind, address: '', shown: '', name: '', verdict: 'allow', findings: [], override: '', trust: '',
    fields: [], addresses: [], about: [], list: '', settled: null,
  };
}

/**
 * @param {MessageFinding[]} before
 * @param {Finding[]} more
 */
function mergedFindings(before, more) {
  return [...before, ...more.filter((one) => !before.some((other) => other.code === one.code))];
}

/**
 * The cards after the message was judged again. Answers given so far are kept; an answer that the
 * host was told and that did not settle its question is none.
 *
 * @param {Card[]} old
 * @param {Card[]} fresh
 * @param {Message} message as it stands now
 * @param {boolean} decided whether the host judged with the answers taken in
 * @returns {Card[]}
 */
export function renewCards(old, fresh, message, decided) {
  const now = new Set(message.recipients.map(addressIn));
  const answered = (/** @type {Card} */ card) => {
    const before = old.find((one) => one.id === card.id)?.settled;
    const holds = before?.action === 'right' && !decided;
    return holds && card.override !== 'none' ? { ...card, settled: before } : card;
  };
  const kept = old.filter((card) => {
    if (!card.settled || fresh.some((one) => one.id === card.id)) {
      return false;
    }
    const there = card.kind === 'message' || card.addresses.some((one) => now.has(one));
    return card.settled.action === 'right' ? there : card.kind === 'message' || !there;
  });
  const order = old.map((card) => card.id);
  const rank = (/** @type {Card} */ card) => {
    const at = order.indexOf(card.id);
    return at < 0 ? order.length : at;
  };
  return [...fresh.map(answered), ...kept].sort((a, b) => rank(a) - rank(b));
}

/**
 * The cards of the page when the check could not run: one for each address outside the domain of
 * From, and one for everybody inside it together.
 *
 * @param {Message} message
 * @param {Card[]} old whose ticks are kept
 * @returns {Card[]}
 */
export function degradedCards(message, old) {
  const home = domainOf(message.from);
  /** @type {Map<string, {card: Card, fields: Set<string>, addresses: Set<string>}>} */
  const groups = new Map();
  for (const one of message.recipients) {
    const address = one.parsed ?? splitMailbox(one.text ?? '').address;
    const inside = home !== '' && domainOf(address) === home;
    const shown = address ? unicodeAddress(address) : one.list ?? one.text ?? '';
    const id = inside ? 'code:inside' : (address || shown).toLowerCase();
    const group = groups.get(id) ?? {
      card: {
        ...emptyCard(inside ? 'inside' : 'outside', id), verdict: 'warn', override: 'click', trust: 'none',
      },
      fields: new Set(),
      addresses: new Set(),
    };
    Object.assign(group.card, {
      address: inside ? '' : address, shown: inside ? '' : shown, list: one.list ?? group.card.list,
    });
    group.fields.add(one.field);
    group.addresses.add(addressIn(one));
    groups.set(id, group);
  }
  const before = new Map(old.map((card) => [card.id, card]));
  return [...groups.values()].map(({ card, fields, addresses }) => ({
    ...card, fields: [...fields], addresses: [...addresses],
    settled: ticked(before.get(card.id), card.kind, addresses),
  })).sort((a, b) => Number(a.kind === 'inside') - Number(b.kind === 'inside'));
}

/**
 * A tick holds for whom it was made, for nobody else.
 *
 * @param {Card | undefined} before
 * @param {Card['kind']} kind
 * @param {Set<string>} addresses
 */
function ticked(before, kind, addresses) {
  const ticks = new Set(before?.kind === kind ? before.addresses : []);
  return before && [...addresses].every((one) => ticks.has(one)) ? before.settled : null;
}

/**
 * After a choice moved recipients about each card says where its own stand by now.
 *
 * @param {Card[]} cards
 * @param {Message} message as it stands now
 */
export function placeCards(cards, message) {
  for (const card of cards) {
    const own = message.recipients.filter((one) => card.addresses.includes(addressIn(one)));
    if (card.kind === 'recipient' && own.length > 0) {
      card.fields = [...new Set(own.map((one) => one.field))];
    }
  }
}

/**
 * Whether the page lets a person answer so.
 *
 * @param {Card} card
 * @param {Settled} settled
 */
export function isPermitted(card, settled) {
  switch (settled.action) {
    case 'right':
      return card.override === 'click'
        || (card.override === 'reason' && (settled.reason ?? '').trim() !== '');
    case 'change':
      return card.kind === 'recipient' && Boolean(settled.to) && meantOf(card).includes(settled.to ?? '');
    case 'remove':
      return card.kind === 'recipient';
    case 'bcc':
      return card.kind === 'message' && card.findings[0].code === 'visible-crowd';
    default:
      return false;
  }
}

/**
 * What the person may have meant, likeliest first.
 *
 * @param {Card} card
 * @returns {string[]}
 */
export function meantOf(card) {
  return [...new Set(card.findings.flatMap((finding) => finding.meant ?? []))];
}

/**
 * The one address that is the main choice, if there is one: findings that propose differently, or
 * a tie, leave the choice to the person.
 *
 * @param {Card} card
 */
export function mainChoice(card) {
  const meant = meantOf(card);
  return meant.length === 1 ? meant[0] : null;
}

/**
 * The answers, as the host is told.
 *
 * @param {Card[]} cards
 */
export function actionsOf(cards) {
  return cards.filter((card) => card.settled).map((card) => {
    const { action, to, reason, trust } = /** @type {Settled} */ (card.settled);
    return {
      ...subjectOf(card),
      action,
      ...(to ? { to } : {}),
      ...(reason ? { reason } : {}),
      ...(trust ? { trust } : {}),
    };
  });
}

/** @param {Card} card */
function subjectOf(card) {
  if (card.kind === 'inside') {
    return { code: 'inside' };
  }
  if (card.kind === 'message') {
    const { code, marking } = card.findings[0];
    return marking ? { code, marking } : { code };
  }
  return { address: card.address || card.shown };
}

/**
 * The state of the page as a whole.
 *
 * @param {Card[]} cards
 * @param {boolean} degraded
 * @returns {'blocked'|'degraded'|'asking'}
 */
export function pageState(cards, degraded) {
  if (degraded) {
    return 'degraded';
  }
  return cards.some((card) => !card.settled && card.override === 'none') ? 'blocked' : 'asking';
}

/**
 * Whether Send may wake.
 *
 * @param {Card[]} cards
 * @param {Message} message as it stands now
 */
export function maySend(cards, message) {
  return cards.every((card) => card.settled) && receivers(message) > 0;
}

/**
 * The recipients that nothing is said about.
 *
 * @param {Card[]} cards
 * @param {Message} message
 * @returns {string[]} as they stand in the compose window
 */
export function fineRecipients(cards, message) {
  // Whom a person just put in has not been judged yet.
  const questioned = new Set(cards.flatMap((card) => {
    return card.kind === 'message' && card.settled ? [] : [...card.addresses, ...(card.settled?.to ? [card.settled.to.toLowerCase()] : [])];
  }));
  const fine = message.recipients.filter((one) => !questioned.has(addressIn(one)));
  return [...new Set(fine.map((one) => one.text ?? one.list ?? ''))];
}
