// SPDX-License-Identifier: MPL-2.0
/** What stands around the guard: Thunderbird's own prompts, its preferences, another add-on. */
import assert from 'node:assert/strict';
import path from 'node:path';

import { Desk } from './harness/desk.js';
import { ROOT } from './harness/places.js';
import { pause, waitFor } from './harness/run.js';
import { Review } from './harness/review.js';

// Only where it is set when Thunderbird starts does sending in the background work later on.
const desk = new Desk({ preferences: { 'mailnews.sendInBackground': true } },
  (thunderbird) => thunderbird.host.useFaulty(),
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
 * What the host was told of messages that left.
 * @param {import('./harness/thunderbird.js').Thunderbird} thunderbird
 * @returns {[string, string][]} to whom, and how
 */
function told({ host }) {
  return host.frames().filter(({ op }) => op === 'sent').map(({ message, mode }) =>
    [message.recipients.map((/** @type {{text: string}} */ { text }) => text).join(), mode]);
}

/**
 * @param {import('./harness/thunderbird.js').Thunderbird} thunderbird
 * @param {number} before so often was the host told before
 */
async function nobodyTold(thunderbird, before) {
  // So long the gate waits for Thunderbird's word after a compose window closed, and a while more.
  await pause(4_000);
  assert.deepEqual(told(thunderbird).slice(before), []);
  assert.deepEqual(await thunderbird.sink.take(), []);
}

/**
 * Sends, and Thunderbird ends it after the check without a word, as where a key is missing.
 * @param {import('./harness/compose.js').Compose} compose
 * @param {string} keys
 */
async function sendHalted(compose, keys) {
  await compose.run(`win.halted = false;
    win.addEventListener("compose-send-message", event => {
      event.preventDefault();
      win.halted = true;
    }, { once: true });`);
  await compose.pressKeys(keys);
  await waitFor('Thunderbird ended the send', () => compose.run('return win.halted'));
  await desk.usable(compose);
}

/**
 * Closes the window, and does not keep the draft.
 * @param {import('./harness/compose.js').Compose} compose
 */
async function discard(compose) {
  await compose.run(`win.gContentChanged = win.gMsgCompose.bodyModified = win.gAutoSaveKickedIn = false;
    win.goDoCommand("cmd_close");`);
  await compose.closes();
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
    await waitFor('the host is told of both', () => told(thunderbird).length === 2);
    assert.deepEqual(told(thunderbird), [['bob@navy.mil', 'now'], ['eve@navy.mil', 'now']]);
    await sendInBackground(thunderbird, false);
  }, 90_000);

/** @type {[string, string, string, boolean][]} */
const WAYS = [
  ['at once', 'ctrl+Return', 'now', false], ['later', 'ctrl+shift+Return', 'later', false],
  ['in the background', 'ctrl+Return', 'now', true],
];

for (const [how, keys, mode, background] of WAYS) {
  desk.scenario(`a message sent ${how} that Thunderbird stops after the check is told by nobody`,
    async (thunderbird) => {
      const before = told(thunderbird).length;
      await sendInBackground(thunderbird, background);
      const compose = await thunderbird.compose({ to: 'halted@army.mil' });
      await sendHalted(compose, keys);
      await compose.run('win.gContentChanged = true; await win.AutoSave();');
      await nobodyTold(thunderbird, before);

      await sendHalted(compose, keys);
      await discard(compose);
      await nobodyTold(thunderbird, before);

      const right = await thunderbird.compose({ to: 'right@army.mil' });
      await right.pressKeys(keys);
      await right.closes();
      await waitFor('the host is told', () => told(thunderbird).length > before);
      assert.deepEqual(told(thunderbird).slice(before), [['right@army.mil', mode]]);
      await sendInBackground(thunderbird, false);
      await thunderbird.sink.take(mode === 'later' ? 0 : 1, 40_000);
    }, 90_000);
}

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
  await review.shows('the new subject', ({ title }) => /New/.test(title));
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

desk.scenario('a page zoomed to twice its size keeps its window', async (thunderbird) => {
  const compose = await thunderbird.compose({ to: 'bob@navy.ml, eve@army.ml' });
  await compose.pressSend();
  const review = await desk.review();
  const width = () => review.run('return outerWidth');
  await waitFor('it has its window', async () => await width() > 600);
  await thunderbird.marionette.run(
    `const win = Services.wm.getOuterWindowWithId(args[0]);
    win.document.getElementById("requestFrame").browsingContext.fullZoom = 2;`, review.id);
  await waitFor('it is zoomed', async () => await width() < 320);
  await review.run('document.querySelector("[data-action=change]").click()');
  await review.shows('it is settled', ({ cards }) => cards[0]?.settled === 'change');
  // So long after it was drawn the page fits its window to it.
  await pause(800);
  assert.ok(await width() > 300, String(await width()));
  assert.ok(await review.run('return document.querySelector("[data-action=back]").getBoundingClientRect().bottom <= innerHeight'));
  await review.keys('Escape');
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
