// SPDX-License-Identifier: MPL-2.0
// The settings page. Each part stands in a file of its own.

import { giveLanguage, say } from '../review/words.js';
import { beginDiagnosis } from './diagnosis.js';
import { beginLearning } from './learning.js';
import { part } from './page.js';
import { beginRemembered, rememberedChanged } from './remembered.js';
import { beginStatus, drawStatus } from './status.js';
import { beginTrusted } from './trusted.js';
import { beginTrying } from './trying.js';

/** Texts that stand still. */
function localise() {
  giveLanguage();
  document.title = say('settingsTitle');
  for (const node of document.querySelectorAll('[data-text]')) {
    node.textContent = say(/** @type {HTMLElement} */ (node).dataset.text ?? '');
  }
}

/**
 * What the host keeps is read only once it is known to be there, so that a missing host is told
 * once, at the top.
 */
async function begin() {
  localise();
  beginDiagnosis();
  beginStatus(() => start());
  await start();
  document.documentElement.dataset.ready = 'yes';
}

async function start() {
  const status = await drawStatus();
  part('trusted').hidden = !status;
  part('remembered').hidden = !status;
  part('try').hidden = !status;
  await Promise.all([
    ...(status ? [beginTrusted(rememberedChanged), beginRemembered()] : []),
    beginLearning(Boolean(status), rememberedChanged),
  ]);
  beginTrying();
}

begin().catch(() => {});
