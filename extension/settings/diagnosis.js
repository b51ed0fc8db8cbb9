// SPDX-License-Identifier: MPL-2.0
// What whoever helps needs to know: versions, health, policy. It names nobody that mail goes to.

import { element } from '../review/element.js';
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
  drawLines(status?.lines ?? []);
}

/**
 * What is to be done, in the host's words, as `recipient-guard doctor` says it.
 *
 * @param {{check: string, state: string, text: string, advice: string | null}[]} lines
 */
function drawLines(lines) {
  const open = lines.filter(({ state }) => state !== 'ok');
  const list = part('diagnosis-lines');
  list.hidden = open.length === 0;
  list.replaceChildren(...open.map(({ check, state, text, advice }) =>
    element('li', { 'data-check': check, 'data-state': state }, [
      element('bdi', {}, [text]), element('br'), element('bdi', {}, [advice ?? '']),
    ])));
}
