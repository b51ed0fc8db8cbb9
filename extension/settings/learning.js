// SPDX-License-Identifier: MPL-2.0
// Learning from Sent folders: which, how far, how long still.

import { element } from '../review/element.js';
import { count, isolated, joined, say, sentence } from '../review/words.js';
import { ask, dateText, numberText, part, setText } from './page.js';

/** @typedef {import('../background/learning.js').Progress} Progress */

let listening = false;

/** @type {() => void} */
let learned = () => {};

/**
 * @param {boolean} usable whether there is a host to tell
 * @param {() => void} changed told when something was learned
 */
export async function beginLearning(usable, changed) {
  learned = changed;
  part('learn').hidden = !usable;
  if (!usable) {
    return;
  }
  /** @type {HTMLFormElement} */ (part('learn-form')).onsubmit = (event) => {
    event.preventDefault();
    const chosen = [...part('learn-folders').querySelectorAll('input:checked')];
    act('start', chosen.map((one) => /** @type {HTMLInputElement} */ (one).value));
  };
  part('learn-pause').onclick = () => act('pause');
  part('learn-resume').onclick = () => act('resume');
  part('learn-cancel').onclick = () => act('cancel');
  if (!listening) {
    listening = true;
    browser.runtime.onMessage.addListener((told) => {
      if (told?.type === 'learning') {
        draw(told.progress);
      }
    });
  }
  await drawFolders();
  draw(await ask('learning', { act: 'look' }));
}

/**
 * @param {string} what
 * @param {string[]} [folders]
 */
function act(what, folders) {
  ask('learning', { act: what, folders }).then(draw).then(() => {
    // The button that was pressed makes room for what can be done now.
    if (!document.activeElement?.checkVisibility() || document.activeElement === document.body) {
      /** @type {HTMLElement | undefined} */ (
        [...part('learn').querySelectorAll('button')].find((one) => one.checkVisibility()))?.focus();
    }
  }).catch(() => {});
}

async function drawFolders() {
  const folders = await ask('folders');
  part('learn-folders').replaceChildren(...folders.map((/** @type {any} */ folder) => {
    const tick = element('input', {
      type: 'checkbox', value: folder.id, ...(folder.learned ? {} : { checked: true }),
    });
    const name = folder.account ? sentence('labelPair', [folder.account, folder.name]) : [isolated(folder.name)];
    const words = [...name, ' ',
      element('span', { class: 'soft' }, joined([count('learnMessages', folder.total),
        ...(folder.learned ? [say('learnBefore', [dateText(folder.learned)])] : [])]))];
    return element('label', { class: 'folder' }, [tick, element('span', {}, words)]);
  }));
  if (folders.length === 0) {
    part('learn-folders').replaceChildren(element('p', { class: 'soft' }, [say('learnNoFolder')]));
  }
  const submit = part('learn-form').querySelector('button');
  submit?.toggleAttribute('disabled', folders.length === 0);
}

/** @type {Record<string, string>} */
const STATES = {
  running: 'learnRunning', paused: 'learnPaused', done: 'learnDone', cancelled: 'learnCancelled',
  failed: 'learnFailed',
};

/** @type {Record<string, string>} */
const ERRORS = {
  host: 'learnErrorHost', folder: 'learnErrorFolder', 'not-permitted': 'learnErrorPolicy',
};

/** @param {Progress | null} progress */
function draw(progress) {
  const state = progress?.state ?? '';
  const under = ['running', 'paused', 'failed'].includes(state);
  const before = part('learn').dataset.state;
  part('learn').dataset.state = state;
  part('learn-work').hidden = !progress;
  part('learn-form').hidden = under;
  part('learn-bar').hidden = !under;
  part('learn-pause').hidden = state !== 'running';
  part('learn-resume').hidden = state !== 'paused' && state !== 'failed';
  part('learn-cancel').hidden = !under;
  if (!progress) {
    return;
  }
  const total = sum(progress, 'total');
  const done = Math.min(total, sum(progress, 'done'));
  const bar = /** @type {HTMLProgressElement} */ (part('learn-bar'));
  bar.max = Math.max(1, total);
  bar.value = done;
  const why = state === 'failed' ? ` ${say(ERRORS[progress.error] ?? 'learnErrorStore')}` : '';
  setText(part('learn-state'), `${say(STATES[state])}${why}`);
  setText(part('learn-count'), under ? countText(progress, done, total)
    : count('learnLearned', progress.learned));
  if (before === 'running' && state !== 'running') {
    learned();
    drawFolders().catch(() => {});
  }
}

/**
 * @param {Progress} progress
 * @param {'total' | 'done' | 'spent'} what
 */
function sum(progress, what) {
  return progress.folders.reduce((all, folder) => all + folder[what], 0);
}

/**
 * @param {Progress} progress
 * @param {number} done
 * @param {number} total
 */
function countText(progress, done, total) {
  const counted = say('learnCount', [numberText(done), numberText(total)]);
  if (progress.state !== 'running' || done === 0) {
    return counted;
  }
  const seconds = (sum(progress, 'spent') / done) * (total - done) / 1000;
  const left = seconds < 55 ? say('learnSoon') : count('learnMinutes', Math.ceil(seconds / 60));
  return `${counted} ${left}`;
}
