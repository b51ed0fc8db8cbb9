// SPDX-License-Identifier: MPL-2.0
// For macOS: a configuration profile that sets Thunderbird's policies on the machine.

import { createHash } from 'node:crypto';

import { EXTENSION, PLACES, policies, SCHEMA } from './description.js';
import { element, inner } from './xml.js';

const NOT_RUN = [
  'SPDX-License-Identifier: MPL-2.0',
  'Made by tools/manifests from manifests/managed-storage/schema.json; change that, not this.',
  'Not run by the project, which has no macOS to run it on: a test reads it back and compares it',
  'with the sample of policies.json. Try it on one machine first; about:policies shows what arrived.',
];

/**
 * The same for the same name, as a profile that is installed anew must have it (RFC 9562, version 8).
 * @param {string} name
 */
function uuid(name) {
  const hex = createHash('sha256').update(`recipient-guard ${name}`).digest('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `A${hex.slice(17, 20)}`,
    hex.slice(20, 32)].join('-');
}

/**
 * @param {any} value
 * @returns {import('./xml.js').Node}
 */
function plist(value) {
  if (Array.isArray(value)) {
    return element('array', {}, value.map(plist));
  }
  switch (typeof value) {
    case 'object':
      return element('dict', {}, Object.entries(value).flatMap(([key, member]) =>
        [element('key', {}, [key]), plist(member)]));
    case 'boolean': return element(String(value));
    case 'number': return element('integer', {}, [String(value)]);
    default: return element('string', {}, [String(value)]);
  }
}

export function profile() {
  const common = { PayloadVersion: 1, PayloadOrganization: SCHEMA.title };
  const content = {
    ...common,
    PayloadType: 'org.mozilla.thunderbird',
    PayloadIdentifier: `${EXTENSION}.thunderbird`,
    PayloadUUID: uuid('thunderbird'),
    PayloadDisplayName: 'Thunderbird',
    EnterprisePoliciesEnabled: true,
    ...policies(PLACES.macos),
  };
  const whole = {
    ...common,
    PayloadType: 'Configuration',
    PayloadIdentifier: EXTENSION,
    PayloadUUID: uuid('profile'),
    PayloadDisplayName: `${SCHEMA.title} for Thunderbird`,
    PayloadScope: 'System',
    PayloadContent: [content],
  };
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!--
  ${NOT_RUN.join('\n  ')}
-->
${inner(element('plist', { version: '1.0' }, [plist(whole)]))}
`;
}
