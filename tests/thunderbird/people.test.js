// SPDX-License-Identifier: MPL-2.0
/** Whom the user knows: learned from what left, from the address book, from Sent folders. */
import assert from 'node:assert/strict';

import { addCard, collected } from './harness/address-book.js';
import { Desk } from './harness/desk.js';
import { fillSent, kept, readSent } from './harness/history.js';
import { pause, waitFor } from './harness/run.js';
import { Settings } from './harness/settings.js';

/** So many messages the Sent folder holds. */
const SENT = 5_000;

const FIRST = ['adalbert', 'beatrice', 'constantin', 'dorothea', 'ferdinand', 'gwendolyn', 'humphrey'];
const LAST = ['abernathy', 'blackwood', 'castellan', 'drummond', 'eisenhart', 'fitzgerald', 'goldsmith',
  'hawthorne', 'ivanovich', 'jefferson', 'kensington'];

/** @param {number} i whom the i-th message went to */
const person = (i) => `${FIRST[i % FIRST.length]}.${LAST[i % LAST.length]}@fleet.example.org`;

const desk = new Desk({ permanent: true }, (thunderbird) => {
  thunderbird.host.useFaulty();
  fillSent(thunderbird, SENT, person);
});

/**
 * Sends without a question.
 * @param {import("./harness/thunderbird.js").Thunderbird} thunderbird
 * @param {string} to
 */
async function silent(thunderbird, to) {
  const compose = await thunderbird.compose({ to });
  await compose.pressSend();
  await desk.leaves([to]);
  await compose.closes();
  await desk.noWindowOpened();
}

/**
 * Sends and is asked.
 * @param {import("./harness/thunderbird.js").Thunderbird} thunderbird
 * @param {string} to
 */
async function asked(thunderbird, to) {
  const compose = await thunderbird.compose({ to });
  await compose.pressSend();
  const review = await desk.review({ state: 'asking' });
  const { cards } = await review.read();
  return { compose, review, card: cards[0] };
}

desk.scenario('written to once: a slip of the address is questioned, with the right one offered',
  async (thunderbird) => {
  await silent(thunderbird, 'bob@navy.mil');
  const { compose, review, card } = await asked(thunderbird, 'bpb@navy.mil');
  assert.equal(card.address, 'bpb@navy.mil');
  assert.deepEqual(card.meant, ['bob@navy.mil']);
  await review.click('[data-action=trust]');
  await review.act('bpb@navy.mil', 'right');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['bpb@navy.mil']);
  await compose.closes();
});

desk.scenario('"It is right" and trust: the next time is silent', (thunderbird) =>
  silent(thunderbird, 'bpb@navy.mil'));

desk.scenario('a neighbour in the address book is silent, one beside it is questioned',
  async (thunderbird) => {
  await silent(thunderbird, 'robert.miller@navy.mil');
  await addCard(thunderbird, 'robert.muller@navy.mil');
  await waitFor('the host knows the card', async () =>
    (await kept(thunderbird, 'robert.muller@navy.mil')).books?.length > 0);
  await silent(thunderbird, 'robert.muller@navy.mil');
  const { review, card } = await asked(thunderbird, 'robert.mliler@navy.mil');
  assert.deepEqual(card.meant, ['robert.miller@navy.mil']);
  await review.keys('Escape');
  await review.closes();
});

desk.scenario('a slip sent without the check, and collected by Thunderbird, is still asked about',
  async (thunderbird) => {
  const { host } = thunderbird;
  host.fault('crash');
  const compose = await thunderbird.compose({ to: 'robert.millre@navy.mil' });
  await compose.pressSend();
  const degraded = await desk.review({ state: 'degraded' });
  await degraded.act('robert.millre@navy.mil', 'right');
  await degraded.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await degraded.click('[data-action=send]');
  await desk.leaves(['robert.millre@navy.mil']);
  await compose.closes();
  host.fault('pass');
  await waitFor('Thunderbird has collected it', async () =>
    (await collected(thunderbird)).includes('robert.millre@navy.mil'));
  await pause(1_500);
  const { review, card } = await asked(thunderbird, 'robert.millre@navy.mil');
  assert.deepEqual(card.meant, ['robert.miller@navy.mil']);
  await review.keys('Escape');
  await review.closes();
});

desk.scenario(`learning from a Sent folder of ${SENT} messages goes on after a restart in the middle`,
  async (thunderbird) => {
  // What this file sent before stands there too.
  const total = await readSent(thunderbird);
  assert.ok(total >= SENT && total < SENT + 20, String(total));
  const before = await Settings.open(thunderbird);
  await before.shows('the folder is offered', '#learn-folders', /5,0\d\d messages/);
  await before.click('#learn-form button');
  await before.shows('it counts', '#learn-count', /^[1-4][\d,]* of 5,0\d\d messages/);
  // "Start learning" made room for it.
  assert.equal(await before.run('return document.activeElement.id'), 'learn-pause');
  await thunderbird.restart();

  const after = await Settings.open(thunderbird);
  const [, done] = /^([\d,]+) of 5,0\d\d/.exec(
    await after.shows('it goes on', '#learn-count', /^[\d,]+ of 5,0\d\d messages/)) ?? [];
  assert.notEqual(done, '0', 'it goes on where it was');
  await after.shows('it is finished', '#learn-count', /^Learned from [\d,]+ messages/, 60_000);
  for (const i of [0, 1, 2_499, SENT - 1]) {
    assert.ok((await kept(thunderbird, person(i))).messages > 0, person(i));
  }
  await after.close();
}, 120_000);

desk.scenario('afterwards it knows them: a slip is questioned, with the right one offered',
  async (thunderbird) => {
  const { review, card } = await asked(thunderbird, person(3).replace('drummond', 'durmmond'));
  assert.deepEqual(card.meant, [person(3)]);
  await review.keys('Escape');
  await review.closes();
});

desk.scenario('trusted before the restart: still silent', (thunderbird) =>
  silent(thunderbird, 'bpb@navy.mil'));
