// SPDX-License-Identifier: MPL-2.0
// The samples that an administrator distributes: each is what tools/manifests makes, is well formed,
// and says the same as the others; the description they are made of is what the extension reads.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';

import { onHostFailure } from '../../extension/background/managed.js';
import { meets, readRequirement } from '../../extension/shared/requirement.js';
import { EXTENSION, FOLDER, HOST, PLACES, SCHEMA } from '../../manifests/generator/description.js';
import { samples } from '../../manifests/generator/samples.js';
import { all, plistValue, readRegistry, readXml } from './read-back.js';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const read = (/** @type {string} */ name) => readFileSync(path.join(FOLDER, name), 'utf8');
const valid = new Ajv2020({ strict: false }).compile(SCHEMA);
const KEYS = Object.keys(SCHEMA.properties);
const POLICIES = JSON.parse(read('thunderbird-policies/policies.json')).policies;
const TEMPLATE = 'thunderbird-policies/windows/RecipientGuard.admx';
const TEXTS = 'thunderbird-policies/windows/en-US/RecipientGuard.adml';
const POLICY_KEY = ['Software', 'Policies', 'Mozilla', 'Thunderbird'];

describe('the samples in manifests/', () => {
  for (const [name, text] of Object.entries(samples())) {
    it(`${name} is what tools/manifests makes`, () => assert.equal(read(name), text));
  }

  it('are all there is in their folders but the template of the host manifest', () => {
    const there = ['native-messaging', 'thunderbird-policies'].flatMap((folder) =>
      readdirSync(path.join(FOLDER, folder), { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => path.relative(FOLDER, path.join(one.parentPath ?? one.path, one.name))));
    const made = [...Object.keys(samples()), 'native-messaging/recipient_guard.json.in'];
    assert.deepEqual(there.sort(), made.sort());
  });

  it('that no system here can run say so', () => {
    for (const name of Object.keys(samples()).filter((one) => /(windows|macos)\/.*[^n]$/.test(one))) {
      assert.match(read(name), /Not run by the project/, name);
    }
  });

  it('tools/manifests --check finds them fresh, and a word it does not know is wrong usage', () => {
    const tool = path.join(ROOT, 'tools/manifests');
    assert.equal(spawnSync(tool, ['--check']).status, 0);
    assert.equal(spawnSync(tool, ['--help']).status, 0);
    const { status, stderr } = spawnSync(tool, ['--chek'], { encoding: 'utf8' });
    assert.equal(status, 64);
    assert.match(stderr, /--chek.*--check/);
  });
});

describe('on every platform', () => {
  it('the host manifest names the program and lets this extension alone start it', () => {
    for (const platform of /** @type {const} */ (['linux', 'macos', 'windows'])) {
      const manifest = JSON.parse(read(`native-messaging/${platform}/recipient_guard.json`));
      assert.equal(manifest.name, HOST);
      assert.equal(manifest.type, 'stdio');
      assert.equal(manifest.path, PLACES[platform].program);
      assert.deepEqual(manifest.allowed_extensions, [EXTENSION]);
    }
  });

  it('the switches are those that the schema allows', () => {
    assert.equal(valid(POLICIES['3rdparty'].Extensions[EXTENSION]), true, JSON.stringify(valid.errors));
  });

  it('the registry file says what policies.json says, and where the host manifest lies', () => {
    const { HKEY_LOCAL_MACHINE: machine } = readRegistry(
      read('thunderbird-policies/windows/recipient-guard.reg'));
    assert.deepEqual(machine.SOFTWARE.Mozilla.NativeMessagingHosts[HOST],
      { '': PLACES.windows.manifest });
    const said = POLICY_KEY.reduce((above, key) => above[key], machine);
    assert.deepEqual(said['3rdparty'], POLICIES['3rdparty']);
    assert.deepEqual(said.ExtensionSettings[EXTENSION], {
      installation_mode: 'force_installed',
      install_url: 'file:///C:/Program%20Files/Recipient%20Guard/recipient-guard.xpi',
    });
  });

  it('the configuration profile says what policies.json says, and can be installed again', () => {
    const profile = plistValue(readXml(
      read('thunderbird-policies/macos/recipient-guard.mobileconfig')));
    const [content, ...more] = profile.PayloadContent;
    assert.deepEqual(more, []);
    assert.equal(content.PayloadType, 'org.mozilla.thunderbird');
    assert.equal(content.EnterprisePoliciesEnabled, true);
    assert.deepEqual(content['3rdparty'], POLICIES['3rdparty']);
    assert.equal(content.ExtensionSettings[EXTENSION].installation_mode, 'force_installed');
    for (const { PayloadUUID: uuid, PayloadVersion: version } of [profile, content]) {
      assert.match(uuid, /^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
      assert.equal(version, 1);
    }
    assert.notEqual(profile.PayloadUUID, content.PayloadUUID);
  });
});

describe('the administrative template', () => {
  const template = readXml(read(TEMPLATE));
  const texts = readXml(read(TEXTS));
  const byName = Object.fromEntries(all(template, 'policy').map((one) => [one.attributes.name, one]));

  it('has a policy for installing and one for each switch', () =>
    assert.deepEqual(Object.keys(byName).sort(), ['install', ...KEYS].sort()));

  it('has every text and field that it refers to, and none beside', () => {
    const referred = [...read(TEMPLATE).matchAll(/\$\((string|presentation)\.(\w+)\)/g)]
      .map(([, kind, id]) => `${kind} ${id}`);
    const there = all(texts).filter(({ name }) => ['string', 'presentation'].includes(name))
      .map(({ name, attributes }) => `${name} ${attributes.id}`);
    assert.deepEqual([...new Set(referred)].sort(), there.sort());
    for (const [name, policy] of Object.entries(byName)) {
      const fields = all(policy).filter(({ attributes }) => attributes.id).map(({ attributes }) => attributes.id);
      const shown = all(texts, 'presentation').filter(({ attributes }) => attributes.id === name)
        .flatMap(({ children }) => children.map(({ attributes }) => attributes.refId));
      assert.deepEqual(shown, fields, name);
    }
  });

  it('writes each switch where the registry file has it, with the values that the schema allows', () => {
    const own = [...POLICY_KEY, '3rdparty', 'Extensions', EXTENSION].join('\\');
    for (const [name, one] of Object.entries(SCHEMA.properties)) {
      const { key } = byName[name].attributes;
      const values = all(byName[name]).map(({ attributes }) => attributes.valueName).filter(Boolean);
      if (one.type === 'object') {
        assert.equal(key, `${own}\\${name}`);
        assert.deepEqual(values, Object.keys(one.properties ?? {}));
      } else {
        assert.equal(key, own);
        assert.deepEqual(values, [name]);
        assert.deepEqual(all(byName[name], 'value').map(({ children }) => children[0].text),
          one.enum ?? []);
      }
    }
  });
});

describe('the schema of managed storage', () => {
  it('has just the keys that the extension reads', () => {
    const found = ['background/managed.js', 'review/review.js'].flatMap((file) =>
      [...readFileSync(path.join(ROOT, 'extension', file), 'utf8')
        .matchAll(/managed\.get\('(\w+)'\)/g)].map(([, key]) => key));
    assert.deepEqual([...new Set(found)].sort(), [...KEYS].sort());
  });

  it('on_host_failure: the extension takes each value it allows, and else its default', async () => {
    const { enum: values = [], default: otherwise } = SCHEMA.properties.on_host_failure;
    for (const value of [...values, 'never', 7, null]) {
      const allowed = valid({ on_host_failure: value });
      assert.equal(allowed, values.includes(/** @type {string} */ (value)));
      const managed = { get: async () => ({ on_host_failure: value }) };
      assert.equal(await onHostFailure(managed), allowed ? value : otherwise);
    }
    assert.equal(await onHostFailure({ get: () => Promise.reject(new Error('none')) }), otherwise);
  });

  it('require_organisation: what it allows can be met, what it refuses never is', () => {
    for (const [value, allowed] of /** @type {[any, boolean][]} */ ([
      [{ name: 'Staff', revision: 7 }, true], [{ name: 'Staff' }, true],
      [{ revision: 7 }, false], [{ name: 7 }, false], [{ name: 'Staff', revision: '7' }, false],
      [[], false], [7, false],
    ])) {
      assert.equal(valid({ require_organisation: value }), allowed, JSON.stringify(value));
      const required = readRequirement(value);
      assert.ok(required);
      assert.equal(meets({ organisation: 'Staff', revision: 7 }, required), allowed);
      assert.equal(meets({ organisation: 'Others', revision: 7 }, required), false);
    }
  });

  it('refuses a switch that is misspelt, and an address of help that is none of the web', () => {
    assert.equal(valid({ on_host_falure: 'block' }), false);
    assert.equal(valid({ help_url: 'javascript:alert(1)' }), false);
    assert.equal(valid({ help_url: 'https://help.example.mil/' }), true);
  });
});
