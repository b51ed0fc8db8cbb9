// SPDX-License-Identifier: MPL-2.0
// What whoever helps needs to know: versions, health, policy. It names nobody that mail goes to.

import { say } from '../review/words.js';
import { field, part } from './page.js';

export function beginDiagnosis() {
  part('diagnosis-copy').addEventListener('click', () => {
    const text = field('diagnosis-text');
    navigator.clipboard.writeText(text.value).then(() => say('diagnosisCopied'), () => {
      // Not even that is allowed here: the text is marked, ready to be copied by hand.
      text.select();
      return say('diagnosisSelected');
    }).then((said) => {
      part('diagnosis-said').textContent = said;
    });
  });
}

/**
 * @param {Record<string, any>} guard
 * @param {Record<string, any> | null} status
 * @param {string} error
 */
export function showDiagnosis(guard, status, error) {
  const lines = {
    extension: guard.extension,
    thunderbird: guard.thunderbird,
    platform: navigator.platform,
    time: new Date().toISOString(),
    guard: {
      since: guard.since && new Date(guard.since).toISOString(),
      checked: guard.checked && new Date(guard.checked).toISOString(),
      failed: guard.failed,
      on_host_failure: guard.onHostFailure,
      require_organisation: guard.required,
    },
    host: status ?? error,
  };
  field('diagnosis-text').value = JSON.stringify(lines, null, 2);
}
