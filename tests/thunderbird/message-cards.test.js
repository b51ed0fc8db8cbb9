// SPDX-License-Identifier: MPL-2.0
/**
 * Findings about a message as a whole, and an answer that needs a reason: the real host under a real
 * policy, from what is typed to what leaves and what the record says of it. At the end what no policy
 * brings about in a test of this size, so that the host's word is set: more questioned recipients
 * than a verdict lists, and an answer that could not be kept.
 */
import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { Desk } from './harness/desk.js';
import { program } from './harness/places.js';
import { run, waitFor } from './harness/run.js';

/** A policy under which a visible crowd is small and a block may be overridden with a reason. */
const POLICY = {
  format: 1,
  organisation: 'Example Staff',
  revision: 1,
  own: ['unit.example.mil'],
  block: ['museum.example.com'],
  checks: { 'visible-crowd': { verdict: 'warn', limit: 3 } },
  markings: [{ name: 'SECRET', words: ['SECRET'], only: ['bakery.example.org'], otherwise: 'block' }],
  override: { block: 'reason' },
  help: { en: 'Ask extension 4411.' },
};

/**
 * From the next message on the host holds this policy.
 * @param {import("./harness/thunderbird.js").Thunderbird} thunderbird
 * @param {object} policy
 */
function hold({ home, host }, policy) {
  const file = path.join(home, 'policy', '10-staff.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(policy), { mode: 0o644 });
  host.usePolicy(path.dirname(file));
  host.kill();
}

const desk = new Desk({}, (thunderbird) => hold(thunderbird, POLICY));

/**
 * What the record says of the last message, once it is told that it left.
 * @param {import("./harness/thunderbird.js").Thunderbird} thunderbird
 * @param {string} word
 */
const recorded = ({ host }, word) => waitFor(`the record says ${word}`, async () => {
  const listed = await run(program(), ['audit', 'list', '--json'], { env: host.env() });
  const last = JSON.parse(listed.trimEnd().split('\n').at(-1) || '{}');
  return last.word === word && last.sent_to.length > 0 ? last : null;
});

desk.scenario('a visible crowd: "Move everyone to Bcc" changes the compose window, and it is sent so',
  async (thunderbird) => {
  const compose = await thunderbird.compose({
    to: 'ann@bakery.example.org, ben@garden.example.net', cc: 'cid@forge.example.com',
    bcc: 'dan@mill.example.com' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const { cards: [card, ...more] } = await review.read();
  assert.deepEqual(more, []);
  assert.equal(card.code, 'visible-crowd');
  assert.match(card.text, /ann@bakery\.example\.org, ben@garden\.example\.net, cid@forge\.example\.com/);
  assert.deepEqual(card.actions.sort(), ['bcc', 'right']);
  await review.act('visible-crowd', 'bcc');
  await review.shows('it is settled', ({ cards, sendSleeps }) =>
    cards[0].settled === 'bcc' && !sendSleeps);
  const rows = await compose.run(`return ["to", "cc", "bcc"].map(row =>
    [...win.document.querySelectorAll("#" + row + "AddrContainer mail-address-pill")]
      .map(pill => pill.emailAddress));`);
  const all = ['dan@mill.example.com', 'ann@bakery.example.org', 'ben@garden.example.net',
    'cid@forge.example.com'];
  assert.deepEqual(rows, [[], [], all]);
  await review.click('[data-action=send]');
  assert.deepEqual((await thunderbird.sink.take(1)).map((one) => one.sort()), [all.sort()]);
  await compose.closes();
  assert.doesNotMatch(thunderbird.sink.messages.at(-1)?.data ?? '', /^(to|cc|bcc):.*ann@/im);
  await recorded(thunderbird, 'corrected');
});

desk.scenario('a marked attachment to somebody whom it may not reach: Send wakes with a reason, which is recorded',
  async (thunderbird) => {
  const compose = await thunderbird.compose({
    to: 'ann@bakery.example.org, ben@garden.example.net' });
  await compose.run(
    `const attachment = Cc["@mozilla.org/messengercompose/attachment;1"]
      .createInstance(Ci.nsIMsgAttachment);
    attachment.name = "Crew-SECRET.txt";
    attachment.url = "data:text/plain,crew";
    await win.AddAttachments([attachment]);`);
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const { cards: [card] } = await review.read();
  assert.equal(card.code, 'marking');
  assert.equal(card.verdict, 'block');
  assert.match(card.text, /SECRET.*ben@garden/);
  assert.doesNotMatch(card.text, /ann@bakery/);
  await assert.rejects(review.act('marking', 'right'), /asleep/);
  await review.click('[data-field=reason]');
  await thunderbird.display.type('agreed with the colonel');
  await review.act('marking', 'right');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  assert.deepEqual(await thunderbird.sink.take(), []);
  await review.click('[data-action=send]');
  await desk.leaves(['ann@bakery.example.org', 'ben@garden.example.net']);
  await compose.closes();
  const { reasons, verdict } = await recorded(thunderbird, 'sent-with-reason');
  assert.deepEqual([reasons, verdict], [['agreed with the colonel'], 'block']);
});

desk.scenario('a blocked address leaves with a reason only, and the record says it',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'eve@museum.example.com' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const { cards: [card], sendSleeps } = await review.read();
  assert.deepEqual([card.address, card.verdict, sendSleeps], ['eve@museum.example.com', 'block', true]);
  await assert.rejects(review.act('eve@museum.example.com', 'right'), /asleep/);
  await review.click('[data-field=reason]');
  assert.match((await review.read()).text, /Ask extension 4411\./);
  await thunderbird.display.type('she waits for it');
  // Enter gives the reason, and no more.
  await thunderbird.display.keys('Return');
  await review.shows('Send wakes', (page) => !page.sendSleeps);
  assert.deepEqual(await thunderbird.sink.take(), []);
  await review.click('[data-action=send]');
  await desk.leaves(['eve@museum.example.com']);
  await compose.closes();
  const { reasons, sent_to: to } = await recorded(thunderbird, 'sent-with-reason');
  assert.deepEqual([reasons, to], [['she waits for it'], ['eve@museum.example.com']]);
});

desk.scenario('where the record cannot be written an overridden block stays: not sent, and said',
  async (thunderbird) => {
  const { home, host } = thunderbird;
  const compose = await thunderbird.compose({ to: 'eve@museum.example.com' });
  await compose.pressSend();
  const review = await desk.review();
  await review.click('[data-field=reason]');
  await thunderbird.display.type('she waits for it');
  await review.act('eve@museum.example.com', 'right');
  await review.shows('Send wakes', (page) => !page.sendSleeps);
  const record = path.join(home, '.local/state/recipient-guard');
  renameSync(record, `${record}.away`);
  writeFileSync(record, 'in the way of the folder\n');
  host.kill();
  await review.click('[data-action=send]');
  await review.shows('what is the matter', ({ text }) => /cannot be recorded now/.test(text));
  assert.deepEqual(await thunderbird.sink.take(), []);
  await review.keys('Escape');
  await review.closes();
  await desk.usable(compose);
  rmSync(record);
  renameSync(`${record}.away`, record);
  host.kill();
});

desk.scenario('where the policy knows no way round, a blocked marking cannot be confirmed; its help is shown',
  async (thunderbird) => {
  hold(thunderbird, { ...POLICY, revision: 2, override: { block: 'none' } });
  const compose = await thunderbird.compose({
    to: 'ben@garden.example.net', subject: 'SECRET: the crew' });
  await compose.pressSend();
  const review = await desk.review({ state: 'blocked' });
  const page = await review.read();
  assert.match(page.text, /Ask extension 4411\./);
  assert.deepEqual(page.cards.map(({ code, actions }) => [code, actions]), [['marking', []]]);
  assert.equal(page.sendSleeps, true);
  await review.keys('Escape');
  await review.closes();
  await desk.usable(compose);
  assert.deepEqual(await thunderbird.sink.take(), []);
  // The same message without the marking leaves; a word that only holds it is none.
  await compose.run('win.gContentChanged = false; win.close();');
  const other = await thunderbird.compose({ to: 'ben@garden.example.net', subject: 'Our secretary' });
  await other.pressSend();
  await desk.leaves(['ben@garden.example.net']);
  await other.closes();
});

const ALLOW = { verdict: 'allow', recipients: [], findings: [] };

desk.scenario('more questioned recipients than are listed are said, and follow', async (thunderbird) => {
  const entry = (/** @type {number} */ index, /** @type {string} */ address) => ({
    index, field: 'to', address, shown: address, verdict: 'warn', override: 'click', trust: 'none',
    findings: [{ code: 'asked-by-organisation', verdict: 'warn' }] });
  const { host } = thunderbird;
  host.useFaulty();
  host.kill();
  const first = { verdict: 'warn', recipients: [entry(0, 'ann@one.example')], findings: [], more: 1 };
  host.says({ check: first,
    decision: { verdict: 'warn', recipients: [entry(1, 'ben@two.example')], findings: [] } });
  const compose = await thunderbird.compose({ to: 'ann@one.example, ben@two.example' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  assert.match((await review.read()).text, /One more recipient needs a look/);
  await review.act('ann@one.example', 'right');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await review.shows('the other follows', ({ cards }) =>
    cards.some((card) => card.address === 'ben@two.example' && !card.settled));
  assert.deepEqual(await thunderbird.sink.take(), []);
  host.says({ decision: ALLOW });
  await review.act('ben@two.example', 'right');
  await review.shows('Send wakes again', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['ann@one.example', 'ben@two.example']);
  await compose.closes();
});

desk.scenario('of several that may have been meant the letter only goes from one to the next',
  async (thunderbird) => {
  const meant = ['ann@one.example', 'ann@two.example'];
  const tie = { index: 0, field: 'to', address: 'ann@oen.example', shown: 'ann@oen.example',
    verdict: 'warn', override: 'click', trust: 'none',
    findings: [{ code: 'known-elsewhere', verdict: 'warn', meant }] };
  thunderbird.host.says({ check: { verdict: 'warn', recipients: [tie], findings: [] }, decision: ALLOW });
  const compose = await thunderbird.compose({ to: 'ann@oen.example' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const seen = [];
  for (let i = 0; i < 3; i++) {
    await review.keys('alt+c');
    seen.push(await review.run('return document.activeElement.dataset.meant'));
  }
  assert.deepEqual(seen, [meant[0], meant[1], meant[0]]);
  assert.deepEqual((await review.read()).cards.map(({ settled }) => settled), ['']);
  await review.keys('alt+c', 'Return');
  await review.shows('it is settled', ({ cards }) => cards[0]?.settled === 'change');
  await review.click('[data-action=send]');
  await desk.leaves([meant[1]]);
  await compose.closes();
});

desk.scenario('an "It is right" that could not be kept is said after the message left',
  async (thunderbird) => {
  thunderbird.host.says({ check: { ...ALLOW, kept: false } });
  const compose = await thunderbird.compose({ to: 'ann@one.example' });
  await compose.pressSend();
  await desk.leaves(['ann@one.example']);
  await compose.closes();
  await waitFor('the notice', async () => /could not be kept/.test(await thunderbird.notice()));
});
