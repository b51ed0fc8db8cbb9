// SPDX-License-Identifier: MPL-2.0
// `doctor` on a machine below a folder: all is well there; then one thing at a time is broken, and
// one line says which and what to do.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { EXTENSION, Host, PROGRAM, policyFile, run, temporaryFolder } from './host.js';
import { DATA, HOME, MANIFEST, Machine, POLICIES, POLICY, PROFILE, RECORD, USER_MANIFEST, XPI, addon,
  manifest, policies, policy } from './machine.js';

/**
 * What is broken; the check, its state, what it says and what it advises.
 *
 * @type {[string, (machine: Machine) => void, string, 'warn' | 'fail', RegExp, RegExp][]}
 */
const broken = [
  ['no Thunderbird', (machine) => machine.remove('/usr/lib/thunderbird'),
    'thunderbird', 'warn', /no Thunderbird/, /Install it/],
  ['a Thunderbird that is too old', (machine) =>
    machine.put('/usr/lib/thunderbird/application.ini', '[App]\nVersion=115.10.1\n'),
  'thunderbird', 'fail', /Thunderbird 115\.10\.1.*does not run/, /140\.0 or later/],
  ['a Snap', (machine) => machine.put('/snap/thunderbird/current/application.ini',
    '[App]\nVersion=153.7.0\n'),
  'thunderbird', 'warn', /153\.7\.0, a Snap, in .*\/snap\/thunderbird\/current: .*portal/, /Say yes/],
  ['a Flatpak beside the package', (machine) => machine.put(
    '/var/lib/flatpak/app/org.mozilla.Thunderbird/current/active/files/lib/thunderbird/application.ini',
    '[App]\nVersion=153.7.0\n'),
  'thunderbird', 'warn', /a Flatpak.*sandbox/, /tarball/],
  ['a Flatpak alone', (machine) => {
    machine.remove('/usr/lib/thunderbird');
    machine.remove(`${PROFILE}/compatibility.ini`);
    machine.put(`${HOME}/.var/app/org.mozilla.Thunderbird/.thunderbird/profiles.ini`,
      '[Profile0]\nPath=f\nIsRelative=1\nDefault=1\n');
  }, 'thunderbird', 'fail', /a Flatpak.*sandbox/, /tarball/],

  ['no manifest', (machine) => machine.remove(MANIFEST),
    'host-manifest', 'fail', /looks for .*\/home\/alice\/.*, then .*\/usr\/lib\/mozilla/,
    /manifest install".*need not be restarted/],
  ['a manifest that is no JSON', (machine) => machine.put(MANIFEST, '{"name": "recipient_guard",}'),
    'host-manifest', 'fail', /recipient_guard\.json:1:\d+: .*; Thunderbird passes over it/, /manifest install --system/],
  ['a manifest that is a list', (machine) => machine.put(MANIFEST, []),
    'host-manifest', 'fail', /no JSON object/, /manifest install/],
  ['a manifest of another host', (machine) => machine.put(MANIFEST, { ...manifest, name: 'other' }),
    'host-manifest', 'fail', /names the host "other", not "recipient_guard"/, /manifest install/],
  ['a manifest without description', (machine) =>
    machine.put(MANIFEST, { ...manifest, description: undefined }),
  'host-manifest', 'fail', /no text "description"/, /manifest install/],
  ['a manifest of storage', (machine) => machine.put(MANIFEST, { ...manifest, type: 'storage' }),
    'host-manifest', 'fail', /type is "storage", not "stdio"/, /manifest install/],
  ['a manifest with a relative path', (machine) =>
    machine.put(MANIFEST, { ...manifest, path: 'recipient-guard' }),
  'host-manifest', 'fail', /"recipient-guard" is not absolute/, /manifest install/],
  ["a manifest that lets another's extension in", (machine) =>
    machine.put(MANIFEST, { ...manifest, allowed_extensions: ['guard@other'] }),
  'host-manifest', 'fail', /lets in guard@other; the extension is recipient-guard@extension/,
  /manifest install/],
  ['a manifest that lets nobody in', (machine) =>
    machine.put(MANIFEST, { ...manifest, allowed_extensions: [] }),
  'host-manifest', 'fail', /no list "allowed_extensions"/, /manifest install/],
  ['a manifest of the user before that for everybody', (machine) =>
    machine.put(USER_MANIFEST, manifest),
  'host-manifest', 'warn', /\/usr\/lib\/.* is not read: .*\/home\/alice\/.* stands before it/,
  /manifest remove --user/],
  ['a broken manifest of the user', (machine) => machine.put(USER_MANIFEST, '{'),
    'host-manifest', 'fail', /\/home\/alice\/.*passes over it/, /manifest install --user/],
  ['a manifest in a wrong place', (machine) =>
    machine.put(`${HOME}/.thunderbird/native-messaging-hosts/recipient_guard.json`, manifest),
  'host-manifest', 'warn', /where Thunderbird never looks/, /Remove it/],
  ['a manifest that anybody may write', (machine) => chmodSync(machine.at(MANIFEST), 0o666),
    'host-manifest', 'warn', /recipient_guard\.json/, /another program in its place/],

  ['a program that moved', (machine) => machine.remove('/usr/bin/recipient-guard'),
    'host-target', 'fail', /\/usr\/bin\/recipient-guard, which .* names, is not there/,
    /manifest install --system.*need not be restarted/],
  ["a stale manifest of the user's", (machine) =>
    machine.put(USER_MANIFEST, { ...manifest, path: `${HOME}/old/recipient-guard` }),
  'host-target', 'fail', /\/home\/alice\/old\/recipient-guard, which .*is not there/,
  /manifest install --user/],
  ['a program that may not be run', (machine) =>
    chmodSync(machine.at('/usr/bin/recipient-guard'), 0o644),
  'host-target', 'fail', /may not be run/, /chmod a\+rx/],
  ['a folder for a program', (machine) => {
    machine.remove('/usr/bin/recipient-guard');
    mkdirSync(machine.at('/usr/bin/recipient-guard'));
  }, 'host-target', 'fail', /is no program file/, /manifest install/],
  ['a program that anybody may write', (machine) =>
    chmodSync(machine.at('/usr/bin/recipient-guard'), 0o777),
  'host-target', 'warn', /recipient-guard/, /another program in its place/],

  ['a link to an extension that is gone', (machine) => machine.remove(XPI),
    'extension', 'fail', /is a link to .*recipient-guard\.xpi, and nothing is there/,
    /Install the package again/],
  ['an extension that was switched off', (machine) =>
    machine.extension({ ...addon, active: false, userDisabled: true }),
  'extension', 'fail', /switched off in the profile .*abc\.default/, /Add-ons Manager/],
  ['an extension that Thunderbird refuses', (machine) =>
    machine.extension({ ...addon, active: false, appDisabled: true }),
  'extension', 'fail', /refuses version/, /up to date/],
  ['an extension that does not run', (machine) => machine.extension({ ...addon, active: false }),
    'extension', 'fail', /not running/, /Restart Thunderbird/],
  ['an extension that came after Thunderbird was started', (machine) =>
    machine.extension({ id: 'third@extension' }),
  'extension', 'warn', /not known yet/, /Restart Thunderbird/],
  ['no extension', (machine) => {
    machine.remove(`/usr/lib/thunderbird/extensions/${EXTENSION}.xpi`);
    machine.extension({ id: 'third@extension' });
  }, 'extension', 'fail', /not installed in the profile/, /Install the package/],
  ['no profile and no extension', (machine) => {
    machine.remove(`/usr/lib/thunderbird/extensions/${EXTENSION}.xpi`);
    machine.remove(`${HOME}/.thunderbird`);
  }, 'extension', 'warn', /no profile of this user/, /Install the package/],
  ["a profile's list of extensions that is broken", (machine) =>
    machine.put(`${PROFILE}/extensions.json`, '{"addons":'),
  'extension', 'warn', /extensions\.json:1:/, /makes this file anew/],
  ['an older extension', (machine) => machine.extension({ ...addon, version: '0.0.1' }),
    'versions', 'warn', /extension is 0\.0\.1.*the extension is older/, /Bring the extension/],
  ['a newer extension', (machine) => machine.extension({ ...addon, version: '99.10' }),
    'versions', 'warn', /extension is 99\.10.*the host is older/, /Bring the host/],
  ['a preference for the portal', (machine) => machine.put(`${PROFILE}/prefs.js`,
    'user_pref("widget.use-xdg-desktop-portal.native-messaging", 1);\n'),
  'portal', 'fail', /prefs\.js sends native messages/, /to 0/],

  ['policies.json that is no JSON', (machine) => machine.put(POLICIES, '{"policies": // why\n{}}'),
    'thunderbird-policies', 'fail', /policies\.json:1:.*takes nothing from this file/, /Mend it/],
  ['policies.json without policies', (machine) => machine.put(POLICIES, {}),
    'thunderbird-policies', 'fail', /no object "policies"/, /for its form/],
  ['no policies.json beside a policy', (machine) => machine.remove(POLICIES),
    'thunderbird-policies', 'warn', /users may switch the extension off/, /force_installed/],
  ['an extension that may be switched off', (machine) => machine.put(POLICIES, {
    policies: { ExtensionSettings: { [EXTENSION]: { installation_mode: 'normal_installed',
      install_url: `file://${XPI}` } } },
  }), 'thunderbird-policies', 'warn', /may switch it off/, /force_installed/],
  ['a policy that forbids the extension', (machine) => machine.put(POLICIES, {
    policies: { ExtensionSettings: { '*': { installation_mode: 'blocked' } } },
  }), 'thunderbird-policies', 'fail', /policies\.json:1: forbids the extension/, /an entry of its own/],
  ['an install_url that leads nowhere', (machine) => machine.put(POLICIES, {
    policies: { ExtensionSettings: { [EXTENSION]: { installation_mode: 'force_installed',
      install_url: 'file:///srv/no%20such.xpi' } } },
  }), 'thunderbird-policies', 'fail', /\/srv\/no such\.xpi is not there/, /Put recipient-guard\.xpi there/],
  ['no install_url', (machine) => machine.put(POLICIES, {
    policies: { ExtensionSettings: { [EXTENSION]: { installation_mode: 'force_installed' } } },
  }), 'thunderbird-policies', 'fail', /no "install_url"/, /https:\/\//],
  ['two policies.json', (machine) =>
    machine.put('/usr/lib/thunderbird/distribution/policies.json', policies),
  'thunderbird-policies', 'warn', /distribution\/policies\.json is not read/, /into the latter/],

  ...(/** @type {[string, object, 'warn' | 'fail', RegExp, RegExp][]} */ ([
    ['an unknown switch', { on_host_failur: 'block' }, 'warn', /"on_host_failur" is no switch/,
      /The switches are/],
    ['a switch with an unknown value', { on_host_failure: 'ask' }, 'warn', /none of confirm/,
      /The switches are/],
    ['mail that leaves unchecked', { on_host_failure: 'allow' }, 'warn', /leaves unchecked/,
      /"confirm" lets/],
    ['a help_url that is none', { help_url: 'intranet' }, 'warn', /no https/, /The switches are/],
    ['another organisation', { require_organisation: { name: 'Another', revision: 1 } }, 'fail',
      /requires the policy of "Another".*"Example Defence Staff", revision 7.*counts as failed/,
      /policy folder/],
    ['an older revision', { require_organisation: { name: 'Example Defence Staff', revision: 8 } },
      'fail', /revision 8 or later.*revision 7/, /policy folder/],
    ['a requirement without a name', { require_organisation: { revision: 1 } }, 'fail',
      /nothing meets it/, /Mend it/],
    ['switches that are no object', ['block'], 'fail', /no object/, /Mend it/],
  ])).map(([what, switches, ...said]) => /** @type {any} */ ([what, (/** @type {Machine} */ machine) =>
    machine.put(POLICIES, { policies: { ...policies.policies,
      '3rdparty': { Extensions: { [EXTENSION]: switches } } } }), 'managed-storage', ...said])),

  ['a policy with a comment', (machine) => machine.put(POLICY, '{"format": 1} // why'),
    'policy', 'fail', /10-staff\.json:1:/, /policy lint.*every message is held back/],
  ['a policy that anybody may write', (machine) => chmodSync(machine.at(POLICY), 0o666),
    'policy', 'fail', /10-staff\.json/, /policy lint/],
  ['a policy folder that anybody may write', (machine) =>
    chmodSync(path.dirname(machine.at(POLICY)), 0o777),
  'policy', 'fail', /policy\.d/, /policy lint/],
  ['a list that is not there', (machine) =>
    machine.put(POLICY, { ...policy, allow_files: ['partners.txt'] }),
  'policy', 'fail', /partners\.txt.*no such file/, /policy lint/],
  ['policies of two organisations', (machine) =>
    machine.put(POLICY.replace('10', '20'), { format: 1, organisation: 'Another' }),
  'policy', 'fail', /20-staff\.json:1:.*Another/, /policy lint/],
  ['a policy from the future', (machine) => utimesSync(machine.at(POLICY), 4e9, 4e9),
    'policy', 'warn', /2096-10-02.*in the future/, /clock/],

  ['contacts that are damaged', (machine) => machine.put(`${DATA}/people.sqlite`, 'x'.repeat(5000)),
    'people-store', 'fail', /people\.sqlite/, /nobody counts as known/],
  ['a folder of contacts that others may enter', (machine) => {
    machine.put(`${DATA}/anything`, '');
    chmodSync(machine.at(DATA), 0o755);
  }, 'people-store', 'warn', /may be entered by others/, /chmod 700/],
  ['a file where the contacts belong', (machine) => machine.put(DATA, ''),
    'people-store', 'fail', /recipient-guard/, /./],
  ['contacts that were set aside as damaged', (machine) =>
    machine.put(`${DATA}/people.sqlite.damaged-20261101T120000Z`, 'x'),
  'people-store', 'warn', /damaged-20261101T120000Z/, /Remove it/],
  ['a record that cannot be read', (machine) =>
    machine.put(`${RECORD}/audit-2026-10.jsonl/anything`, ''),
  'audit-record', 'fail', /audit-2026-10\.jsonl/, /block cannot be overridden/],
  ['a record whose folder others may enter', (machine) => {
    machine.put(`${RECORD}/anything`, '');
    chmodSync(machine.at(RECORD), 0o755);
  }, 'audit-record', 'warn', /may be entered by others/, /chmod 700/],
];

describe('doctor finds', () => {
  it('nothing where all is well', () => {
    const lines = new Machine().lines();
    assert.deepEqual(lines.filter((/** @type {any} */ line) => line.state !== 'ok'
      && line.check !== 'suffix-list'), []);
    assert.deepEqual([...new Set(lines.map((/** @type {any} */ line) => line.check))], ['program',
      'thunderbird', 'host-manifest', 'host-target', 'extension', 'versions', 'thunderbird-policies',
      'managed-storage', 'policy', 'people-store', 'audit-record', 'suffix-list']);
  });

  for (const [what, damage, check, state, text, advice] of broken) {
    it(what, () => {
      const machine = new Machine();
      damage(machine);
      const lines = machine.lines();
      const found = lines.filter((/** @type {any} */ line) =>
        line.check === check && line.state === state && text.test(line.text));
      assert.equal(found.length, 1, JSON.stringify(lines, null, 1));
      assert.match(found[0].advice, advice);
    });
  }

  it('a record in which a line was changed', async () => {
    const machine = new Machine();
    await machine.record();
    const record = () => machine.lines().filter((/** @type {any} */ line) =>
      line.check === 'audit-record');
    assert.match(record()[0].text, /: \d+ lines, unbroken$/);
    const month = machine.at(`${RECORD}/audit-${new Date().toISOString().slice(0, 7)}.jsonl`);
    writeFileSync(month, readFileSync(month, 'utf8').replace('navy.ml', 'navy.mi'));
    const [line] = record();
    assert.equal(line.state, 'fail');
    assert.match(line.text, /audit-.*\.jsonl:\d+: /);
    assert.match(line.advice, /Keep the files/);
  });

  it('another program than the one that Thunderbird starts', () => {
    const home = temporaryFolder();
    const env = { ...process.env, HOME: home };
    const file = path.join(home, '.mozilla/native-messaging-hosts/recipient_guard.json');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...manifest, path: '/bin/true' }));
    const target = () => JSON.parse(run(['doctor', '--json'], { env }).out).lines
      .filter((/** @type {any} */ line) => line.check === 'host-target').at(-1);
    assert.equal(target().state, 'warn');
    assert.match(target().text, /Thunderbird starts \/bin\/true, and this program is/);
    assert.equal(run(['manifest', 'install', '--user'], { env }).status, 0);
    assert.match(target().text, /Thunderbird starts .*recipient-guard/);
    assert.equal(target().state, 'ok');
  });
});

describe('doctor', () => {
  it('says it in words, the advice below each line, and counts', () => {
    const machine = new Machine();
    machine.remove('/usr/bin/recipient-guard');
    const { out, status } = machine.doctor();
    assert.equal(status, 1);
    assert.match(out, /^fail {2}host-target: .*is not there\n {6}Run "recipient-guard manifest/m);
    assert.match(out, /^ok {4}policy: "Example Defence Staff", revision 7; 1 document, changed/m);
    assert.match(out, /\n\d+ ok, \d warn, 1 fail\n$/);
  });

  it('names every Thunderbird with version, kind and place, also where its profile tells of it', () => {
    const machine = new Machine();
    machine.put('/opt/thunderbird/application.ini', '[App]\nVersion=140.1.0\n');
    machine.put(`${HOME}/apps/tb/application.ini`, '[App]\nVersion=160.0\n');
    machine.put(`${PROFILE}/compatibility.ini`,
      `[Compatibility]\nLastVersion=160.0_1/1\nLastPlatformDir=${HOME}/apps/tb\n`);
    assert.deepEqual(machine.lines().filter((/** @type {any} */ line) => line.check === 'thunderbird')
      .map((/** @type {any} */ line) => line.text.replaceAll(machine.root, '')), [
      "Thunderbird 153.7.0, the distribution's package, in /usr/lib/thunderbird",
      'Thunderbird 140.1.0, a tarball, in /opt/thunderbird',
      'Thunderbird 160.0, a tarball, in /home/alice/apps/tb',
    ]);
  });

  it('changes nothing', () => {
    const machine = new Machine();
    machine.doctor();
    assert.throws(() => readFileSync(machine.at(DATA)), { code: 'ENOENT' });
    assert.throws(() => readFileSync(machine.at(RECORD)), { code: 'ENOENT' });
  });

  it('refuses an argument, and a root that is not there', () => {
    assert.equal(run(['doctor', 'bob@navy.ml']).status, 64);
    assert.equal(run(['doctor', '--root', '/no/such/folder']).status, 66);
  });

  it('tells in status what it tells as JSON', async () => {
    const home = temporaryFolder();
    const env = { ...process.env, HOME: home };
    const places = ['--policy', policyFile(policy), '--people', temporaryFolder(), '--audit',
      temporaryFolder()];
    assert.equal(run(['manifest', 'install', '--user'], { env }).status, 0);
    const told = JSON.parse(run(['doctor', '--json', ...places], { env }).out);
    const host = new Host(['serve', ...places], { env });
    const hello = await host.ask('hello', { extension: '0.0.1' });
    const status = await host.ask('status');
    assert.equal(await host.end(), 0);
    for (const member of Object.keys(told)) {
      assert.ok(member in status, member);
    }
    assert.deepEqual(status.policy, told.policy);
    assert.equal(hello.health.state, status.health.state);
    const named = (/** @type {any} */ { lines }, /** @type {string} */ check) =>
      lines.filter((/** @type {any} */ line) => line.check === check);
    for (const check of ['program', 'thunderbird', 'host-manifest', 'host-target', 'policy',
      'suffix-list']) {
      assert.deepEqual(named(status, check), named(told, check), check);
    }
    assert.match(named(status, 'versions')[0].text, /extension is 0\.0\.1/);
    assert.ok(named(status, 'host-target')[0].text.includes(path.resolve(PROGRAM)));
  });
});
