// SPDX-License-Identifier: MPL-2.0
/** Where things are: the repository, what was built, and Thunderbird itself. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const BUILD = path.join(ROOT, 'build');
export const DEFENCE = path.join(ROOT, 'manifests/organisation-policy/examples/defence.json');

export const EXTENSION = 'recipient-guard@extension';
export const HOST = 'recipient_guard';

/**
 * @param {string} variable that may name another file
 * @param {string} file in build/release
 */
function built(variable, file) {
  const found = process.env[variable] ?? path.join(BUILD, 'release', file);
  if (!existsSync(found)) {
    throw new Error(`${found} is missing: cmake --build --preset release makes it`);
  }
  return found;
}

/** The host's program; RECIPIENT_GUARD_PROGRAM names another one. */
export const program = () => built('RECIPIENT_GUARD_PROGRAM', 'recipient-guard');

/** The packed extension; RECIPIENT_GUARD_XPI names another one. */
export const xpi = () => built('RECIPIENT_GUARD_XPI', 'recipient-guard.xpi');

/** The older Thunderbird that Debian 12 also carries; tests/thunderbird/fetch-140 brings it. */
export const THUNDERBIRD_140 = path.join(BUILD, 'thunderbird-140/usr/lib/thunderbird/thunderbird');
