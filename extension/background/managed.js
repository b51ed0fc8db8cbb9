// SPDX-License-Identifier: MPL-2.0
// The administrator's switches. Managed storage throws where there is none; Thunderbird reads it
// once a start.

import { readRequirement } from '../shared/requirement.js';

const SETTINGS = ['confirm', 'block', 'allow'];

/**
 * @param {any} managed storage.managed
 * @returns {Promise<string>} what to do when the host gives no answer
 */
export async function onHostFailure(managed) {
  try {
    const setting = (await managed.get('on_host_failure')).on_host_failure;
    return SETTINGS.includes(setting) ? setting : 'confirm';
  } catch {
    return 'confirm';
  }
}

/**
 * @param {any} managed storage.managed
 * @returns {Promise<import('../shared/requirement.js').Requirement | null>} what the host's policy
 *   must be; null where nothing is asked
 */
export async function requiredOrganisation(managed) {
  try {
    return readRequirement((await managed.get('require_organisation')).require_organisation);
  } catch {
    return null;
  }
}
