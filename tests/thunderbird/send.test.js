// SPDX-License-Identifier: MPL-2.0
/**
 * A person writes and sends in a real Thunderbird; the host is set up by `manifest install --user`
 * alone, so no organisation's policy is there. navy.mil and army.mil are names of the built-in
 * list, and .ml is a suffix that people mistype for .mil. "It is right" ends the question for the
 * whole domain, so each scenario that says it has a domain of its own.
 */
import assert from 'node:assert/strict';

import { Desk } from './harness/desk.js';
import { pause, waitFor } from './harness/run.js';
import { Review } from './harness/review.js';

const desk = new Desk();

desk.scenario('a right address goes out and no window comes up', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.mil', cc: 'carol@army.mil' });
  await compose.pressSend();
  await desk.leaves(['bob@navy.mil', 'carol@army.mil']);
  await compose.closes();
  await desk.noWindowOpened();
});

desk.scenario('a right address sent by Ctrl+Enter goes out too', async (thunderbird) => {
  const compose = await thunderbird.compose();
  await compose.typeRecipient('to', 'bob@navy.mil');
  await compose.pressKeys('ctrl+Return');
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
  await desk.noWindowOpened();
});

desk.scenario('a mistyped address is stopped, changed by one click and sent',
  async (thunderbird) => {
  const compose = await thunderbird.compose();
  await compose.typeRecipient('to', 'bob@navy.ml');
  await compose.pressSend();
  const review = await desk.review();
  const page = await review.read();
  assert.equal(page.state, 'asking');
  assert.equal(page.cards.length, 1);
  assert.deepEqual(page.cards[0].meant, ['bob@navy.mil']);
  assert.equal(page.sendSleeps, true);
  assert.ok(page.title.includes(compose.subject), `the title names the message: ${page.title}`);
  await desk.usable(compose);

  await review.act('bob@navy.ml', 'change');
  await review.shows('the card is settled', ({ cards, sendSleeps }) =>
    cards[0]?.settled === 'change' && !sendSleeps);
  assert.deepEqual(await compose.pills(), ['bob@navy.mil']);
  assert.deepEqual(await thunderbird.sink.take(), []);
  await review.click('[data-action=send]');
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
  await review.closes();
});

desk.scenario('a mistyped address is removed and the others get the message',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml, carol@army.mil' });
  await compose.pressSend();
  const review = await desk.review();
  await review.act('bob@navy.ml', 'remove');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  assert.deepEqual(await compose.pills(), ['carol@army.mil']);
  await review.click('[data-action=send]');
  await desk.leaves(['carol@army.mil']);
  await compose.closes();
});

desk.scenario('an address confirmed as right is sent to, and not questioned again',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'right@uscg.ml' });
  await compose.pressSend();
  const review = await desk.review();
  await review.act('right@uscg.ml', 'right');
  await review.shows('Send wakes', ({ cards, sendSleeps }) =>
    cards[0]?.settled === 'right' && !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['right@uscg.ml']);
  await compose.closes();
  await review.closes();

  await thunderbird.opened();
  const again = await thunderbird.compose({ to: 'right@uscg.ml' });
  await again.pressSend();
  await desk.leaves(['right@uscg.ml']);
  await again.closes();
  await desk.noWindowOpened();
});

/** @type {[string, (review: Review) => Promise<void>][]} */
const WAYS_BACK = [
  ['the button', (review) => review.click('[data-action=back]')],
  ['Escape', (review) => review.keys('Escape')],
  ['closing the window', (review) => review.keys('alt+F4')],
];

for (const [way, goBack] of WAYS_BACK) {
  desk.scenario(`going back by ${way} sends nothing`, async (thunderbird) => {
    const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
    await compose.pressSend();
    const review = await desk.review();
    await goBack(review);
    await review.closes();
    await desk.usable(compose);
    assert.deepEqual(await compose.pills(), ['bob@navy.ml']);
    await desk.nothingLeft();
    await desk.usable(compose);
  });
}

desk.scenario('Enter on the page that has just come up sends nothing', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressKeys('ctrl+Return');
  const review = await desk.review();
  const { focused } = await review.read();
  assert.equal(focused, 'back');
  await review.keys('Return');
  await review.closes();
  await desk.usable(compose);
  await desk.nothingLeft();
});

desk.scenario('the whole question can be answered by keys', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressKeys('ctrl+Return');
  const review = await desk.review();
  const key = await review.run(`return document.querySelector("[data-action=change]").accessKey`);
  assert.match(key, /^[a-z]$/i);
  await review.keys(`alt+shift+${key.toLowerCase()}`);
  await review.shows('the card is settled', ({ cards }) => cards[0]?.settled === 'change');
  const { focused } = await review.read();
  assert.equal(focused, 'back');
  const sendKey = await review.run(`return document.querySelector("[data-action=send]").accessKey`);
  await review.keys(`alt+shift+${sendKey.toLowerCase()}`);
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
});

desk.scenario('Send pressed again opens the page anew and keeps the answers',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'again@socom.ml, other@army.ml' });
  await compose.pressSend();
  const first = await desk.review();
  await first.act('again@socom.ml', 'right');
  await first.shows('one card is settled', ({ cards }) =>
    cards.some((card) => card.settled === 'right'));

  await compose.pressSend();
  const second = await desk.review({ after: first });
  const page = await second.read();
  await first.closes();
  assert.equal((await Review.all(thunderbird)).length, 1);
  assert.equal(page.cards.find((card) => card.address === 'other@army.ml')?.settled, '');
  const kept = page.cards.find((card) => card.address === 'again@socom.ml');
  assert.ok(!kept || kept.settled === 'right', 'the answer given is kept');
  // It stands in front: keys reach it.
  await thunderbird.display.keys('Escape');
  await second.closes();
  await desk.usable(compose);
  await desk.nothingLeft();
});

desk.scenario('Send pressed in the compose window sends once all is settled',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'dave@navy.ml, other@marines.ml' });
  await compose.pressSend();
  const review = await desk.review();
  await review.act('dave@navy.ml', 'change');
  await review.shows('one card is settled', ({ cards }) =>
    cards.some((card) => card.settled === 'change'));
  await review.act('other@marines.ml', 'right');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await compose.pressSend();
  const [recipients] = await thunderbird.sink.take(1);
  assert.deepEqual([...recipients].sort(), ['dave@navy.mil', 'other@marines.ml']);
  await compose.closes();
  await review.closes();
});

desk.scenario('a double click answers one question, not the one that moves under the pointer by it',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'fay@usmc.ml, gus@army.ml' });
  await compose.pressSend();
  const review = await desk.review();
  await review.click('[data-address="fay@usmc.ml"] [data-action=right]', { times: 2, below: 10 });
  await review.shows('the first is settled', ({ cards }) => cards[0]?.settled === 'right');
  await pause(300);
  assert.deepEqual((await review.read()).cards.map((card) => card.settled), ['right', '']);
  assert.deepEqual(await compose.pills(), ['fay@usmc.ml', 'gus@army.ml']);
  await review.keys('Escape');
  await review.closes();
  await desk.nothingLeft();
});

desk.scenario('recipients edited while the page is open renew its cards', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  const review = await desk.review();
  await compose.typeRecipient('to', 'eve@army.ml');
  await review.shows('a card for the new one', ({ cards }) =>
    cards.some((card) => card.address === 'eve@army.ml'));
  // What was typed into the window by hand is judged as what was there before.
  await review.raise();
  await review.act('eve@army.ml', 'change');
  await review.shows('it is settled', ({ cards }) =>
    cards.find((card) => card.address === 'eve@army.ml')?.settled === 'change');
  await review.act('bob@navy.ml', 'remove');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['eve@army.mil']);
  await compose.closes();
});

desk.scenario('a mistyped recipient taken out by hand needs no answer', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'carol@army.mil, bob@navy.ml' });
  await compose.pressSend();
  const review = await desk.review();
  await compose.raise();
  await compose.click('mail-address-pill:last-of-type');
  await thunderbird.display.keys('Delete');
  await waitFor('the pill is gone', async () => (await compose.pills()).length === 1);
  await waitFor('the page asks no more about it', async () =>
    !(await review.isOpen()) ||
    (await review.read()).cards.every((card) => card.settled || card.address !== 'bob@navy.ml'));
  if (await review.isOpen()) {
    await review.keys('Escape');
    await review.closes();
  }
  await desk.usable(compose);
  await compose.pressSend();
  await desk.leaves(['carol@army.mil']);
  await compose.closes();
});

for (const field of /** @type {const} */ (['cc', 'bcc'])) {
  desk.scenario(`a mistyped address in ${field} is stopped and changed there`,
    async (thunderbird) => {
    const compose = await thunderbird.compose({ to: 'carol@army.mil', [field]: 'bob@navy.ml' });
    await compose.pressSend();
    const review = await desk.review();
    await review.act('bob@navy.ml', 'change');
    await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
    await review.click('[data-action=send]');
    await desk.leaves(['carol@army.mil', 'bob@navy.mil']);
    await compose.closes();
    const message = thunderbird.sink.messages.at(-1)?.data ?? '';
    assert.equal(/^cc: bob@navy\.mil$/im.test(message), field === 'cc');
    assert.match(message, /^to: carol@army\.mil\r?$/im);
  });
}

desk.scenario('an address in To and Cc has one card, and both are changed', async (thunderbird) => {
  const cc = 'bob@navy.ml, carol@army.mil';
  const compose = await thunderbird.compose({ to: 'bob@navy.ml', cc });
  await compose.pressSend();
  const review = await desk.review();
  assert.equal((await review.read()).cards.length, 1);
  await review.act('bob@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  const pills = await compose.pills();
  assert.ok(!pills.includes('bob@navy.ml'), `still there: ${pills}`);
  await review.click('[data-action=send]');
  const [recipients] = await thunderbird.sink.take(1);
  assert.deepEqual([...new Set(recipients)].sort(), ['bob@navy.mil', 'carol@army.mil']);
  await compose.closes();
});

desk.scenario('with its only recipient removed a message cannot be sent', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
  await compose.pressSend();
  const review = await desk.review();
  await review.act('bob@navy.ml', 'remove');
  await waitFor('the recipient is gone', async () => (await compose.pills()).length === 0);
  if (await review.isOpen()) {
    assert.equal((await review.read()).sendSleeps, true);
    await review.keys('Escape');
    await review.closes();
  }
  await desk.usable(compose);
  await desk.nothingLeft();
  await compose.typeRecipient('to', 'bob@navy.mil');
  await compose.pressSend();
  await desk.leaves(['bob@navy.mil']);
  await compose.closes();
});

const ANSWERED = [
  'From: Mallory <mallory@navy.ml>',
  'To: alice@unit.example.mil',
  'Cc: carol@army.mil',
  'Subject: A question',
  'Message-ID: <question@navy.ml>',
  'Date: Mon, 1 Jan 2024 00:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: text/plain',
  '',
  'When?',
  '',
].join('\r\n');

desk.scenario('a reply to a mistyped address is stopped, and goes when put right',
  async (thunderbird) => {
  const stored = await thunderbird.store('Stored', ANSWERED);
  const compose = await thunderbird.composeFrom(stored, 'ReplyAll');
  await compose.pressSend();
  const review = await desk.review();
  const { cards } = await review.read();
  assert.deepEqual(cards.map((card) => card.address), ['mallory@navy.ml']);
  await review.act('mallory@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['mallory@navy.mil', 'carol@army.mil']);
  await compose.closes();
});

desk.scenario('a reply to a right address goes out silently', async (thunderbird) => {
  const text = ANSWERED.replaceAll('navy.ml', 'navy.mil');
  const compose = await thunderbird.composeFrom(await thunderbird.store('Stored', text), 'Reply');
  await compose.pressSend();
  await desk.leaves(['mallory@navy.mil']);
  await compose.closes();
  await desk.noWindowOpened();
});

desk.scenario('Send Later stays Send Later, asked or not', async (thunderbird) => {
  const asked = await thunderbird.compose({ to: 'later@navy.ml' });
  await asked.pressKeys('ctrl+shift+Return');
  const review = await desk.review();
  await review.act('later@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await asked.closes();
  const silent = await thunderbird.compose({ to: 'later@army.mil' });
  await silent.pressKeys('ctrl+shift+Return');
  await silent.closes();
  await waitFor('both wait in the Outbox', async () =>
    (await thunderbird.outbox()).length === 2);
  const waiting = (await thunderbird.outbox()).map((message) => message.recipients);
  assert.deepEqual(waiting, ['later@navy.mil', 'later@army.mil']);
  await desk.nothingLeft();
});
