// SPDX-License-Identifier: MPL-2.0
// The organisation's policy that the administrator requires of the host, in managed storage:
// {"name": "Example Defence Staff", "revision": 7}.

/**
 * `name` null is a requirement that cannot be read, so that nothing meets it.
 *
 * @typedef {{name: string | null, revision: number}} Requirement
 */

/**
 * @param {unknown} value of require_organisation
 * @returns {Requirement | null} null where nothing is required
 */
export function readRequirement(value) {
  if (value === undefined || value === null) {
    return null;
  }
  if (typeof value === 'string') {
    return { name: value, revision: 0 };
  }
  const { name, revision = 0 } = /** @type {Record<string, unknown>} */ (value);
  // A switch that nobody can read must not count as no switch.
  return typeof name === 'string' && Number.isSafeInteger(revision)
    ? { name, revision: Number(revision) } : { name: null, revision: Infinity };
}

/**
 * @param {Record<string, unknown>} policy as hello tells it
 * @param {Requirement} required
 */
export function meets(policy, required) {
  const revision = Number.isSafeInteger(policy.revision) ? Number(policy.revision) : 0;
  return policy.organisation === required.name && revision >= required.revision;
}
