// SPDX-License-Identifier: MPL-2.0
// Is the guard working, since when, and by whose policy.

import { element } from '../review/element.js';
import { isolated, listed, say } from '../review/words.js';
import { meets } from '../shared/requirement.js';
import { showDiagnosis } from './diagnosis.js';
import { ask, AskError, drawFacts, errorText, host, numberText, part, setText, timeText } from './page.js';

/** @typedef {Record<string, any>} Status as the host tells it */

/** @type {Record<string, string>} */
const FAILURES = {
  confirm: 'hostFailureConfirm', block: 'hostFailureBlock', allow: 'hostFailureAllow',
};

/** @param {() => Promise<void>} again */
export function beginStatus(again) {
  part('status-again').addEventListener('click', () => {
    again().catch(() => {});
  });
}

/** @returns {Promise<Status | null>} null where the host does not answer */
export async function drawStatus() {
  /** @type {Status | null} */
  let status = null;
  let error = '';
  try {
    status = await host('status');
  } catch (thrown) {
    error = thrown instanceof AskError && thrown.code === 'unknown-op' ? '' : errorText(thrown);
  }
  const guard = await ask('guard');
  const unmet = status && guard.required && !meets(status.policy ?? {}, guard.required);
  const health = !status || unmet ? 'failed' : String(status.health?.state ?? 'ok');
  drawHealth(health, status, unmet ? say('whyOrganisation') : error, guard);
  drawPolicy(status, guard);
  showDiagnosis(guard, status, error);
  return status;
}

/**
 * @param {string} health
 * @param {Status | null} status
 * @param {string} error
 * @param {Record<string, any>} guard
 */
function drawHealth(health, status, error, guard) {
  const words = { ok: 'healthOk', impaired: 'healthImpaired' };
  part('status').dataset.health = health;
  setText(part('status-heading'),
    say(/** @type {Record<string, string>} */ (words)[health] ?? 'healthFailed'));
  const told = error || status?.policy?.error || status?.health?.people_error || '';
  setText(part('status-why'), health === 'ok' ? '' : told);
  const counts = status?.counts;
  drawFacts(part('status-facts'), [
    [say('labelSince'), health === 'failed' ? '' : timeText(guard.since)],
    [say('labelChecked'), timeText(guard.checked)],
    [say('labelFailed'), guard.failed ? timeText(guard.failed.at) : ''],
    [say('labelCounts'), counts ? say('countsText', [numberText(counts.checks),
      numberText(counts.warned + counts.blocked)]) : ''],
    [say('labelVersions'), say('versionsText', [guard.extension, status?.version ?? '-'])],
  ]);
}

/**
 * @param {Record<string, any>} policy
 * @returns {[string, string | Node | (string | Node)[], boolean?][]}
 */
function policyFacts(policy) {
  return [
    [say('labelOrganisation'), policy.organisation ? isolated(policy.organisation) : ''],
    [say('labelRevision'), Number.isSafeInteger(policy.revision) ? numberText(policy.revision) : ''],
    [say('labelMode'), say(policy.mode === 'watch' ? 'modeWatch' : 'modeEnforce')],
    [say('labelDocuments'), listed(policy.documents ?? [])],
  ];
}

/**
 * @param {Status | null} status
 * @param {Record<string, any>} guard
 */
function drawPolicy(status, guard) {
  const policy = status?.policy ?? {};
  const none = status?.health?.policy === 'none';
  setText(part('policy-lead'), !status ? say('policyUnknown') : none ? say('policyNone') : '');
  part('policy-lock').hidden = !status || none;
  drawFacts(part('policy-facts'), [
    ...(status && !none ? policyFacts(policy) : []),
    [say('labelHostFailure'), say(FAILURES[guard.onHostFailure] ?? 'hostFailureConfirm'),
      guard.onHostFailure !== 'confirm'],
    [say('labelRequired'), guard.required
      ? say('requiredText', [guard.required.name ?? '?', String(guard.required.revision)]) : '', true],
  ]);
  const errors = [...(policy.errors ?? []), ...(policy.remarks ?? [])];
  const list = part('policy-errors');
  list.hidden = errors.length === 0;
  list.replaceChildren(...errors.map((/** @type {string} */ one) => element('li', {}, [isolated(one)])));
}
