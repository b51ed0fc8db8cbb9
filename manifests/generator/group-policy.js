// SPDX-License-Identifier: MPL-2.0
// For Windows: an administrative template (ADMX) with its English texts (ADML), and the same as a
// file of the registry. Thunderbird reads HKLM\Software\Policies\Mozilla\Thunderbird as it reads
// policies.json: a key is an object, a value a member.

import { EXTENSION, HOST, PLACES, policies, SCHEMA } from './description.js';
import { element, inner } from './xml.js';

/** @typedef {import('./description.js').Switch} Switch */

const ROOT_KEY = 'Software\\Policies\\Mozilla\\Thunderbird';
const SETTINGS_KEY = `${ROOT_KEY}\\ExtensionSettings\\${EXTENSION}`;
const SWITCHES_KEY = `${ROOT_KEY}\\3rdparty\\Extensions\\${EXTENSION}`;

export const NOT_RUN = [
  'Made by tools/manifests from manifests/managed-storage/schema.json; change that, not this.',
  'Not run by the project, which has no Windows to run it on: a test reads it back and compares it',
  'with the sample of policies.json. Try it on one machine first; about:policies shows what arrived.',
];

const SPDX = 'SPDX-License-Identifier: MPL-2.0';
const NAMESPACE = 'http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions';

/** @param {string} id */
const text = (id) => `$(string.${id})`;

/**
 * The field in which an administrator sets one value.
 * @param {string} id
 * @param {string} name of the value in the registry
 * @param {Switch} one
 * @param {boolean} required
 */
function field(id, name, one, required) {
  const named = { id, valueName: name, ...(required ? { required: 'true' } : {}) };
  if (one.enum) {
    return element('enum', named, one.enum.map((value) =>
      element('item', { displayName: text(`${id}_${value}`) }, [
        element('value', {}, [element('string', {}, [value])])])));
  }
  if (one.type === 'integer') {
    return element('decimal',
      { ...named, minValue: String(one.minimum), maxValue: String(one.maximum) });
  }
  return element('text', named);
}

/**
 * The values that one switch stands for: itself, or its members in a key of their own.
 * @param {string} name
 * @param {Switch} one
 * @returns {{key: string, fields: [string, string, Switch, boolean][]}}
 */
function valuesOf(name, one) {
  if (one.type === 'object') {
    return {
      key: `${SWITCHES_KEY}\\${name}`,
      fields: Object.entries(one.properties ?? {}).map(([member, value]) =>
        [`${name}_${member}`, member, value, one.required?.includes(member) ?? false]),
    };
  }
  return { key: SWITCHES_KEY, fields: [[name, name, one, true]] };
}

const SWITCHES = Object.entries(SCHEMA.properties);

export function admx() {
  const places = [element('parentCategory', { ref: 'recipient_guard' }),
    element('supportedOn', { ref: 'thunderbird_140' })];
  const named = (/** @type {string} */ name) => ({
    name, class: 'Machine', displayName: text(name), explainText: text(`${name}_explained`),
    presentation: `$(presentation.${name})` });
  const install = element('policy', { ...named('install'), key: SETTINGS_KEY, valueName: 'installation_mode' }, [
    ...places,
    element('enabledValue', {}, [element('string', {}, ['force_installed'])]),
    element('disabledValue', {}, [element('string', {}, ['allowed'])]),
    element('elements', {}, [
      element('text', { id: 'install_url', valueName: 'install_url', required: 'true' })]),
  ]);
  const rest = SWITCHES.map(([name, one]) => {
    const { key, fields } = valuesOf(name, one);
    return element('policy', { ...named(name), key }, [
      ...places, element('elements', {}, fields.map((each) => field(...each)))]);
  });
  return document('policyDefinitions', [
    element('policyNamespaces', {}, [
      element('target', { prefix: 'recipient_guard', namespace: 'RecipientGuard.Policies' }),
      element('using', { prefix: 'windows', namespace: 'Microsoft.Policies.Windows' })]),
    element('resources', { minRequiredRevision: '1.0' }),
    element('supportedOn', {}, [element('definitions', {}, [
      element('definition', { name: 'thunderbird_140', displayName: text('thunderbird_140') })])]),
    element('categories', {}, [
      element('category', { name: 'recipient_guard', displayName: text('recipient_guard') })]),
    element('policies', {}, [install, ...rest]),
  ]);
}

/** Each text of the template. @returns {Record<string, string>} */
function strings() {
  const url = policies(PLACES.windows).ExtensionSettings[EXTENSION].install_url;
  /** @type {Record<string, string>} */
  const all = {
    recipient_guard: SCHEMA.title,
    thunderbird_140: 'Thunderbird 140 or later',
    install: 'Install the extension for everybody',
    install_explained: `Enabled: the extension is installed from the address given, for example ${url}, `
      + 'and nobody can disable or remove it.',
  };
  for (const [name, one] of SWITCHES) {
    all[name] = one.title;
    all[`${name}_explained`] = one.description;
    one.enum?.forEach((value, index) => {
      all[`${name}_${value}`] = one['x-titles']?.[index] ?? value;
    });
  }
  return all;
}

/**
 * @param {string} id
 * @param {Switch} one
 */
function presented(id, one) {
  if (one.enum) {
    const preset = one.enum.indexOf(String(one.default));
    return element('dropdownList', { refId: id, defaultItem: String(Math.max(preset, 0)) }, [one.title]);
  }
  if (one.type === 'integer') {
    return element('decimalTextBox', { refId: id, defaultValue: String(one.default ?? 0) }, [one.title]);
  }
  return element('textBox', { refId: id }, [element('label', {}, [one.title])]);
}

export function adml() {
  return document('policyDefinitionResources', [
    element('displayName', {}, [SCHEMA.title]),
    element('description', {}, ['Stops misaddressed mail in Thunderbird before it leaves']),
    element('resources', {}, [
      element('stringTable', {}, Object.entries(strings()).map(([id, value]) =>
        element('string', { id }, [value]))),
      element('presentationTable', {}, [
        element('presentation', { id: 'install' }, [
          element('textBox', { refId: 'install_url' }, [
            element('label', {}, ['Address of the packed extension'])])]),
        ...SWITCHES.map(([name, one]) => element('presentation', { id: name },
          valuesOf(name, one).fields.map(([id, , value]) => presented(id, value))))]),
    ]),
  ]);
}

/**
 * @param {string} root
 * @param {import('./xml.js').Node[]} children
 */
function document(root, children) {
  return `<?xml version="1.0" encoding="utf-8"?>\n<!--\n  ${[SPDX, ...NOT_RUN].join('\n  ')}\n-->\n${
    inner(element(root, {
      'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      revision: '1.0',
      schemaVersion: '1.0',
      xmlns: NAMESPACE,
    }, children))}\n`;
}

/** @param {string | number} value */
function registryValue(value) {
  return typeof value === 'number' ? `dword:${value.toString(16).padStart(8, '0')}`
    : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/**
 * An object as keys of the registry: members that are objects become keys below.
 * @param {string} key
 * @param {Record<string, any>} object
 * @returns {string[]} lines
 */
function keys(key, object) {
  const values = Object.entries(object).filter(([, value]) => typeof value !== 'object');
  const below = Object.entries(object).filter(([, value]) => typeof value === 'object');
  return [
    ...(values.length > 0 ? ['', `[${key}]`] : []),
    ...values.map(([name, value]) => `${name === '' ? '@' : `"${name}"`}=${registryValue(value)}`),
    ...below.flatMap(([name, value]) => keys(`${key}\\${name}`, value)),
  ];
}

/** Lines end as Windows wants them. */
export function registry() {
  return [
    'Windows Registry Editor Version 5.00',
    '',
    ...[SPDX, ...NOT_RUN].map((line) => `; ${line}`),
    '',
    '; Where Thunderbird finds the program: the host manifest.',
    ...keys(`HKEY_LOCAL_MACHINE\\SOFTWARE\\Mozilla\\NativeMessagingHosts\\${HOST}`,
      { '': PLACES.windows.manifest }),
    '',
    '; The extension for everybody, and its switches.',
    ...keys(`HKEY_LOCAL_MACHINE\\${ROOT_KEY}`, policies(PLACES.windows)),
    '',
  ].join('\r\n');
}
