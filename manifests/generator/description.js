// SPDX-License-Identifier: MPL-2.0
// What all samples are made of: the schema of managed storage, the template of the host manifest,
// and where program and extension lie on each platform.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * @typedef {object} Switch a property of the schema
 * @property {string} title
 * @property {string} description
 * @property {"string" | "integer" | "object"} type
 * @property {string[]} [enum]
 * @property {string[]} [x-titles] of the values of enum, in their order
 * @property {unknown} [default]
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {string[]} [required]
 * @property {Record<string, Switch>} [properties]
 */

/** @typedef {{program: string, extension: string, manifest: string}} Places absolute */

/** @type {Record<"linux" | "macos" | "windows", Places>} */
export const PLACES = {
  linux: {
    program: '/usr/bin/recipient-guard',
    extension: '/usr/share/recipient-guard/recipient-guard.xpi',
    manifest: '/usr/lib/mozilla/native-messaging-hosts/recipient_guard.json',
  },
  macos: {
    program: '/Library/Application Support/Recipient Guard/recipient-guard',
    extension: '/Library/Application Support/Recipient Guard/recipient-guard.xpi',
    manifest: '/Library/Application Support/Mozilla/NativeMessagingHosts/recipient_guard.json',
  },
  windows: {
    program: 'C:\\Program Files\\Recipient Guard\\recipient-guard.exe',
    extension: 'C:\\Program Files\\Recipient Guard\\recipient-guard.xpi',
    manifest: 'C:\\Program Files\\Recipient Guard\\recipient_guard.json',
  },
};

/** @param {string} file in this folder's parent */
const text = (file) => readFileSync(path.join(FOLDER, file), 'utf8');

/** @type {{title: string, properties: Record<string, Switch>}} */
export const SCHEMA = JSON.parse(text('managed-storage/schema.json'));

const TEMPLATE = text('native-messaging/recipient_guard.json.in');

/** @param {string} program */
export function hostManifest(program) {
  return TEMPLATE.replace('@RECIPIENT_GUARD_PROGRAM@', JSON.stringify(program).slice(1, -1));
}

const { name, allowed_extensions: [id] } = JSON.parse(hostManifest('/'));
export const HOST = String(name);
export const EXTENSION = String(id);

/** @param {string} file a path of any platform */
function asAddress(file) {
  const parts = file.replaceAll('\\', '/').split('/').map((part, index) =>
    index === 0 && part.endsWith(':') ? part : encodeURIComponent(part));
  return `file://${parts[0] === '' ? '' : '/'}${parts.join('/')}`;
}

/** The switches as they are where nobody sets them. @returns {Record<string, unknown>} */
export function defaults() {
  return Object.fromEntries(Object.entries(SCHEMA.properties)
    .filter(([, one]) => one.default !== undefined)
    .map(([key, one]) => [key, one.default]));
}

/**
 * What Thunderbird is told: the extension is installed for everybody, with the switches as they are.
 * @param {Places} places
 */
export function policies({ extension }) {
  return {
    ExtensionSettings: {
      [EXTENSION]: { installation_mode: 'force_installed', install_url: asAddress(extension) },
    },
    '3rdparty': { Extensions: { [EXTENSION]: defaults() } },
  };
}
