// SPDX-License-Identifier: MPL-2.0
/** Who belongs with whom: newcomers in a reply, the wrong one of two of a name, a name on another address. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { Desk } from './harness/desk.js';
import { teach } from './harness/history.js';
import { PERSON } from './harness/preferences.js';

const FOUR = ['Nils Berg <nils.berg@ferry.example.com>', 'Ina Horn <ina.horn@ferry.example.com>',
  'Tom Ives <tom.ives@ferry.example.com>', 'Rosa Lund <rosa.lund@ferry.example.com>'];
const OTHER_ROSA = 'Rosa Quill <rosa.quill@quay.example.net>';
const DAY = 86_400;

/** @param {string} texts @param {number} days ago */
const sent = (texts, days) => ({
  from: PERSON.address, time: Math.floor(Date.now() / 1000) - days * DAY,
  recipients: texts.split(', ').map((text) => ({ field: 'to', text })),
});

const desk = new Desk({}, async (thunderbird) => {
  const policy = path.join(thunderbird.home, 'policy.json');
  writeFileSync(policy, JSON.stringify({ format: 1, checks: { 'new-in-reply': 'warn' } }),
    { mode: 0o644 });
  thunderbird.host.usePolicy(policy);
  await teach(thunderbird, [
    ...Array.from({ length: 12 }, (_, i) => sent(FOUR.join(', '), 40 - i)),
    ...Array.from({ length: 4 }, (_, i) => sent(OTHER_ROSA, 20 - i)),
  ]);
});

const QUESTION = [
  'From: Carol Mann <carol.mann@lantern.example.org>',
  `To: ${PERSON.address}`,
  'Subject: A question',
  'Message-ID: <question@lantern.example.org>',
  'Date: Mon, 1 Jan 2024 00:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: text/plain',
  '',
  'When?',
  '',
].join('\r\n');

desk.scenario('a newcomer from another organisation in a reply is questioned, a colleague is not',
  async (thunderbird) => {
  const compose = await thunderbird.composeFrom(
    await thunderbird.store('Stored', QUESTION), 'Reply');
  await compose.typeRecipient('to', 'dan.mann@lantern.example.org');
  await compose.typeRecipient('to', 'eve.kohl@quarry.example.net');
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const { cards } = await review.read();
  assert.deepEqual(cards.map((card) => card.address), ['eve.kohl@quarry.example.net']);
  assert.match(cards[0].text, /took part in the message that you answer/);
  await review.act('eve.kohl@quarry.example.net', 'remove');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['carol.mann@lantern.example.org', 'dan.mann@lantern.example.org']);
  await compose.closes();
});

desk.scenario('a new message to the same people is not questioned', async (thunderbird) => {
  const to = ['carol.mann@lantern.example.org', 'eve.kohl@quarry.example.net'];
  const compose = await thunderbird.compose({ to: to.join(', ') });
  await compose.pressSend();
  await desk.leaves(to);
  await compose.closes();
  await desk.noWindowOpened();
});

desk.scenario('the wrong one of two of a name among four colleagues is questioned, the right one offered',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: [...FOUR.slice(0, 3), OTHER_ROSA].join(', ') });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const { cards } = await review.read();
  assert.deepEqual(cards.map((card) => card.address), ['rosa.quill@quay.example.net']);
  assert.deepEqual(cards[0].meant, ['rosa.lund@ferry.example.com']);
  await review.act('rosa.quill@quay.example.net', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(FOUR.map((text) => /<(.*)>/.exec(text)?.[1] ?? ''));
  await compose.closes();
});

desk.scenario('the right one of them goes out silently', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: FOUR.join(', ') });
  await compose.pressSend();
  await desk.leaves(FOUR.map((text) => /<(.*)>/.exec(text)?.[1] ?? ''));
  await compose.closes();
  await desk.noWindowOpened();
});

desk.scenario('a known name on an address of somebody else is questioned, the known one offered',
  async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'Tom Ives <surfer77@quarry.example.net>' });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const { cards } = await review.read();
  assert.deepEqual(cards[0].meant, ['tom.ives@ferry.example.com']);
  await review.keys('Escape');
  await review.closes();
  await desk.nothingLeft();
});
