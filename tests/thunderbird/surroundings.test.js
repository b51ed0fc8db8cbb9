// SPDX-License-Identifier: MPL-2.0
/** What stands around the guard: Thunderbird's own prompts, its preferences, another add-on. */
import assert from 'node:assert/strict';
import path from 'node:path';

import { Desk } from './harness/desk.js';
import { ROOT } from './harness/places.js';
import { waitFor } from './harness/run.js';
import { Review } from './harness/review.js';

// Only where it is set when Thunderbird starts does sending in the background work later on.
const desk = new Desk({ preferences: { 'mailnews.sendInBackground': true } }, () => {},
  (thunderbird) => sendInBackground(thunderbird, false));

/**
 * @param {import('./harness/thunderbird.js').Thunderbird} thunderbird
 * @param {boolean} on
 */
function sendInBackground(thunderbird, on) {
  return thunderbird.marionette.run(
    'Services.prefs.setBoolPref("mailnews.sendInBackground", args[0])', on);
}

/**
 * Waits for one of Thunderbird's own prompts and answers it by a key.
 * @param {import("./harness/thunderbird.js").Thunderbird} thunderbird
 * @param {string} title
 * @param {string} key
 */
async function answerPrompt(thunderbird, title, key) {
  const isPrompt = (/** @type {{url: string, title: string}} */ win) =>
    win.url.endsWith('/commonDialog.xhtml') && win.title === title;
  await waitFor(`the prompt "${title}"`, async () => (await thunderbird.windows()).some(isPrompt));
  await waitFor('the prompt has the keyboard', async () =>
    (await thunderbird.display.active()) === title);
  await thunderbird.display.keys(key);
  await waitFor('the prompt is gone', async () => !(await thunderbird.windows()).some(isPrompt));
}

desk.scenario('with sending in the background the right message leaves, the wrong one is stopped',
  async (thunderbird) => {
    await sendInBackground(thunderbird, true);
    const right = await thunderbird.compose({ to: 'bob@navy.mil' });
    await right.pressSend();
    await right.closes();
    await desk.noWindowOpened();
    const wrong = await thunderbird.compose({ to: 'eve@navy.ml' });
    await wrong.pressSend();
    const review = await desk.review();
    await review.act('eve@navy.ml', 'change');
    await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
    await review.click('[data-action=send]');
    await wrong.closes();
    await review.closes();
    // Thunderbird itself lets what it sends in the background lie in the Outbox for a while.
    assert.deepEqual(await thunderbird.sink.take(2, 40_000), [['bob@navy.mil'], ['eve@navy.mil']]);
    await sendInBackground(thunderbird, false);
  }, 90_000);

desk.scenario("Thunderbird's own prompt comes after the page, and may still stop the message",
  async (thunderbird) => {
    const compose = await thunderbird.compose({ to: 'bob@navy.ml', subject: '' });
    await compose.pressSend();
    const review = await desk.review();
    await review.act('bob@navy.ml', 'change');
    await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
    await review.click('[data-action=send]');
    await answerPrompt(thunderbird, 'Subject Reminder', 'Escape');
    await desk.usable(compose);
    await desk.nothingLeft();
    assert.deepEqual(await Review.all(thunderbird), []);
    assert.deepEqual(await compose.pills(), ['bob@navy.mil']);
    await compose.pressSend();
    await answerPrompt(thunderbird, 'Subject Reminder', 'Return');
    await desk.leaves(['bob@navy.mil']);
    await compose.closes();
  });

desk.scenario('a subject typed while the page is open is sent along', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml', subject: 'Old' });
  await compose.pressSend();
  const review = await desk.review();
  await compose.raise();
  await compose.click('#msgSubject');
  await thunderbird.display.keys('ctrl+a');
  await thunderbird.display.type('New');
  await review.raise();
  await review.act('bob@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['bob@navy.mil']);
  assert.match(thunderbird.sink.messages.at(-1)?.data ?? '', /^subject: New\r?$/im);
  await compose.closes();
});

desk.scenario('two messages are asked about at the same time, each on its own page',
  async (thunderbird) => {
    const first = await thunderbird.compose({ to: 'ann@navy.ml' });
    await first.pressSend();
    const firstPage = await desk.review();
    const second = await thunderbird.compose({ to: 'ben@army.ml' });
    await second.pressSend();
    const secondPage = await desk.review({ after: firstPage });
    assert.deepEqual((await secondPage.read()).cards.map((card) => card.address), ['ben@army.ml']);
    await secondPage.act('ben@army.ml', 'change');
    await secondPage.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
    await secondPage.click('[data-action=send]');
    await desk.leaves(['ben@army.mil']);
    await second.closes();
    assert.deepEqual((await firstPage.read()).cards.map((card) => card.address), ['ann@navy.ml']);
    await firstPage.keys('Escape');
    await firstPage.closes();
    await desk.usable(first);
    await desk.nothingLeft();
  });

desk.scenario('the compose window closed while the page is open: not sent, the page goes too',
  async (thunderbird) => {
    const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
    await compose.pressSend();
    const review = await desk.review();
    await compose.raise();
    await thunderbird.display.keys('ctrl+w');
    await compose.closes();
    await review.closes();
    await desk.nothingLeft();
  });

desk.scenario('a blind copy that another add-on adds after the check is said',
  async (thunderbird) => {
  await thunderbird.marionette.install(path.join(ROOT, 'tests/thunderbird/addons/late-bcc'));
  const compose = await thunderbird.compose({ to: 'bob@navy.mil' });
  await compose.pressSend();
  await desk.leaves(['bob@navy.mil', 'eve@archive.example']);
  await compose.closes();
  const notice = await waitFor('the notice', () => thunderbird.notice());
  assert.ok(notice.includes('eve@archive.example'), notice);
});
