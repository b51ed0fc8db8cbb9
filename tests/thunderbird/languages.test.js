// SPDX-License-Identifier: MPL-2.0
/** The pages in each language that there are texts in, in a Thunderbird that speaks it. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { Desk } from './harness/desk.js';
import { BUILD, EXTENSION, ROOT } from './harness/places.js';
import { waitFor } from './harness/run.js';
import { Settings } from './harness/settings.js';

const LOCALES = path.join(ROOT, 'extension/_locales');

/** Languages of which Thunderbird has a pack by another name. */
const PACKS = new Map([['en', 'en-US'], ['es', 'es-ES']]);

const RIGHT_TO_LEFT = new Set(['ar']);

const desk = new Desk();

/** @typedef {import("./harness/thunderbird.js").Thunderbird} Thunderbird */

/**
 * Thunderbird speaks it from now on, and the extension with it.
 * @param {Thunderbird} thunderbird
 * @param {string} language
 */
async function speak(thunderbird, language) {
  const { marionette } = thunderbird;
  await marionette.run('Services.locale.requestedLocales = [args[0]];', language);
  await waitFor(`Thunderbird speaks ${language} (tools/setup installs its pack)`, () =>
    marionette.run('return Services.locale.appLocaleAsBCP47 == args[0];', language));
  await marionette.run(
    'const addon = await AddonManager.getAddonByID(args[0]); await addon.reload();', EXTENSION);
  await thunderbird.extensionRuns();
}

/** How a page stands in its window; to be run in it. */
const LOOK = `
  const root = document.documentElement;
  const cut = [...document.querySelectorAll("button, label, h1, h2, p, td, th")]
    .filter(element => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1
      && getComputedStyle(element).display != "inline" && !element.matches(".spoken"))
    .map(element => element.innerText);
  const unseen = [...document.querySelectorAll("[accesskey]")]
    .filter(button => button.querySelector("u")?.innerText.toLowerCase() != button.accessKey)
    .map(button => button.innerText);
  return { lang: root.lang, dir: root.dir, cut, unseen, sideways: root.scrollWidth - root.clientWidth,
    text: document.body.innerText.replace(/\\s+/g, " ").trim() };`;

/**
 * @param {{lang: string, dir: string, cut: string[], unseen: string[], sideways: number, text: string}} look
 * @param {string} language
 */
function standsRight({ lang, dir, cut, unseen, sideways, text }, language) {
  assert.equal(lang, language);
  assert.equal(dir, RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr');
  assert.deepEqual(cut, [], 'nothing is cut off');
  assert.deepEqual(unseen, [], 'the letter of each button is seen');
  assert.ok(sideways <= 0, `it is ${sideways} pixels wider than its window`);
  assert.doesNotMatch(text, /__MSG_|\$\d/);
}

for (const locale of readdirSync(LOCALES)) {
  const texts = JSON.parse(readFileSync(path.join(LOCALES, locale, 'messages.json'), 'utf8'));
  const language = PACKS.get(locale) ?? locale;

  desk.scenario(`${locale}: the question and the settings are told in it`, async (thunderbird) => {
    await speak(thunderbird, language);
    const compose = await thunderbird.compose({ to: 'bob@navy.ml' });
    await compose.pressSend();
    const review = await desk.review({ state: 'asking' });
    const heading = (texts.headingMistyped_one ?? texts.headingMistyped_other).message;
    assert.equal((await review.read()).heading, heading.replace('$1', '1'));
    standsRight(await review.run(LOOK), language);
    await thunderbird.display.screenshot(path.join(BUILD, `languages/${locale}-review.png`));
    await review.act('bob@navy.ml', 'change');
    await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
    await review.click('[data-action=send]');
    await desk.leaves(['bob@navy.mil']);
    await compose.closes();
    const settings = await Settings.open(thunderbird);
    standsRight(await settings.run(LOOK), language);
    await thunderbird.display.screenshot(path.join(BUILD, `languages/${locale}-settings.png`));
    await settings.close();
  });
}
