// SPDX-License-Identifier: MPL-2.0
/**
 * Findings about a message as a whole, an answer that needs a reason, and more questioned recipients
 * than a verdict lists. What the host says is set here; what is tested is what a person sees and
 * what becomes of the message.
 */
import assert from 'node:assert/strict';

import { Desk } from './harness/desk.js';
import { waitFor } from './harness/run.js';

const desk = new Desk({}, (thunderbird) => thunderbird.host.useFaulty());

const ALLOW = { verdict: 'allow', recipients: [], findings: [] };

/** @param {object} finding */
const finds = (finding) => ({ verdict: 'warn', recipients: [], findings: [{ verdict: 'warn', ...finding }] });

/** @param {import("./harness/thunderbird.js").Thunderbird} thunderbird */
const decision = (thunderbird) => waitFor('the decision is told', () =>
  thunderbird.host.frames().filter((frame) => frame.op === 'decision' && frame.outcome === 'send')
    .at(-1));

desk.scenario('a visible crowd: "Move everyone to Bcc" changes the compose window, and it is sent so',
  async (thunderbird) => {
  const { host } = thunderbird;
  const crowd = finds({ code: 'visible-crowd', override: 'click', recipients: [0, 1, 2] });
  host.says({ check: crowd, decision: ALLOW });
  const compose = await thunderbird.compose({
    to: 'ann@one.example, ben@two.example', cc: 'cid@three.example', bcc: 'dan@four.example' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const { cards: [card] } = await review.read();
  assert.equal(card.code, 'visible-crowd');
  assert.match(card.text, /ann@one\.example, ben@two\.example, cid@three\.example/);
  assert.deepEqual(card.actions.sort(), ['bcc', 'right']);
  await review.act('visible-crowd', 'bcc');
  await review.shows('it is settled', ({ cards, sendSleeps }) =>
    cards[0].settled === 'bcc' && !sendSleeps);
  const rows = await compose.run(`return ["to", "cc", "bcc"].map(row =>
    [...win.document.querySelectorAll("#" + row + "AddrContainer mail-address-pill")]
      .map(pill => pill.emailAddress));`);
  assert.deepEqual(rows, [[], [], ['dan@four.example', 'ann@one.example', 'ben@two.example', 'cid@three.example']]);
  await review.click('[data-action=send]');
  assert.deepEqual((await thunderbird.sink.take(1)).map((one) => one.sort()),
    [['ann@one.example', 'ben@two.example', 'cid@three.example', 'dan@four.example']]);
  await compose.closes();
  assert.doesNotMatch(thunderbird.sink.messages.at(-1)?.data ?? '', /^(to|cc|bcc):.*ann@/im);
  assert.deepEqual((await decision(thunderbird)).actions, [{ code: 'visible-crowd', action: 'bcc' }]);
});

desk.scenario('a marking that may go only with a reason: Send wakes when one is given, and it is told',
  async (thunderbird) => {
  const { host } = thunderbird;
  const marking = finds({ code: 'marking', marking: 'SECRET', override: 'reason', recipients: [1] });
  host.says({ check: { ...marking, help: { en: 'Ask extension 4411.' } }, decision: ALLOW });
  const compose = await thunderbird.compose({ to: 'ann@one.example, ben@two.example' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const { cards: [card] } = await review.read();
  assert.match(card.text, /SECRET.*ben@two\.example/);
  assert.doesNotMatch(card.text, /ann@one/);
  await assert.rejects(review.act('marking', 'right'), /asleep/);
  await review.click('[data-field=reason]');
  await thunderbird.display.type('agreed with the colonel');
  await review.act('marking', 'right');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['ann@one.example', 'ben@two.example']);
  await compose.closes();
  assert.deepEqual((await decision(thunderbird)).actions,
    [{ code: 'marking', marking: 'SECRET', action: 'right', reason: 'agreed with the colonel' }]);
});

desk.scenario('a blocked marking cannot be confirmed; the organisation\'s help is shown',
  async (thunderbird) => {
  const marking = { code: 'marking', marking: 'SECRET', verdict: 'block', override: 'none', recipients: [0] };
  thunderbird.host.says({
    check: { verdict: 'block', recipients: [], findings: [marking], help: { en: 'Ask extension 4411.' } } });
  const compose = await thunderbird.compose({ to: 'ann@one.example' });
  await compose.pressSend();
  const review = await desk.review({ state: 'blocked' });
  const page = await review.read();
  assert.match(page.text, /Ask extension 4411\./);
  assert.deepEqual([page.cards[0].actions, page.sendSleeps], [[], true]);
  await review.keys('Escape');
  await review.closes();
  await desk.usable(compose);
});

desk.scenario('more questioned recipients than are listed are said, and follow', async (thunderbird) => {
  const entry = (/** @type {number} */ index, /** @type {string} */ address) => ({
    index, field: 'to', address, shown: address, verdict: 'warn', override: 'click', trust: 'none',
    findings: [{ code: 'asked-by-organisation', verdict: 'warn' }] });
  const { host } = thunderbird;
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

desk.scenario('an "It is right" that could not be kept is said after the message left',
  async (thunderbird) => {
  thunderbird.host.says({ check: { ...ALLOW, kept: false } });
  const compose = await thunderbird.compose({ to: 'ann@one.example' });
  await compose.pressSend();
  await desk.leaves(['ann@one.example']);
  await compose.closes();
  await waitFor('the notice', async () => /could not be kept/.test(await thunderbird.notice()));
});
