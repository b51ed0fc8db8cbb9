// SPDX-License-Identifier: MPL-2.0
// A machine below a folder, for `doctor --root`: Thunderbird, host, extension and policies.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXTENSION, Host, policyFile, run, temporaryFolder, to } from './host.js';

export const version = run(['--version']).out.trim().split(' ')[1];
export const HOME = '/home/alice';
export const PROFILE = `${HOME}/.thunderbird/abc.default`;
export const USER_MANIFEST = `${HOME}/.mozilla/native-messaging-hosts/recipient_guard.json`;
export const MANIFEST = '/usr/lib/mozilla/native-messaging-hosts/recipient_guard.json';
export const XPI = '/usr/share/recipient-guard/recipient-guard.xpi';
export const POLICIES = '/etc/thunderbird/policies/policies.json';
export const POLICY = '/etc/recipient-guard/policy.d/10-staff.json';
export const DATA = `${HOME}/.local/share/recipient-guard`;
export const RECORD = `${HOME}/.local/state/recipient-guard`;

export const manifest = {
  name: 'recipient_guard',
  description: 'Recipient Guard',
  path: '/usr/bin/recipient-guard',
  type: 'stdio',
  allowed_extensions: [EXTENSION],
};
export const addon = { id: EXTENSION, version, active: true, userDisabled: false, appDisabled: false };
export const policies = {
  policies: {
    ExtensionSettings: {
      [EXTENSION]: { installation_mode: 'force_installed', install_url: `file://${XPI}` },
    },
    '3rdparty': {
      Extensions: {
        [EXTENSION]: {
          on_host_failure: 'confirm',
          require_organisation: { name: 'Example Defence Staff', revision: 3 },
        },
      },
    },
  },
};
export const policy = { format: 1, organisation: 'Example Defence Staff', revision: 7, allow: ['mil'] };

/** All is well there. */
export class Machine {
  /** @param {string} root an empty folder */
  constructor(root = temporaryFolder()) {
    this.root = root;
    chmodSync(this.root, 0o755);
    this.program('/usr/bin/recipient-guard');
    this.put('/usr/lib/thunderbird/application.ini', '[App]\nName=Thunderbird\nVersion=153.7.0\n');
    this.put(XPI, 'xpi');
    this.link(`/usr/lib/thunderbird/extensions/${EXTENSION}.xpi`, XPI);
    this.put(MANIFEST, manifest);
    this.put(POLICIES, policies);
    this.put(POLICY, policy);
    this.put(`${HOME}/.thunderbird/profiles.ini`,
      '[Profile0]\nName=old\nIsRelative=1\nPath=old\n\n'
      + '[Profile1]\nName=default\nIsRelative=1\nPath=abc.default\n\n'
      + '[InstallFDC34C9F024745EB]\nDefault=abc.default\nLocked=1\n');
    this.put(`${PROFILE}/compatibility.ini`,
      '[Compatibility]\nLastVersion=153.7.0_2026/2026\nLastPlatformDir=/usr/lib/thunderbird\n');
    this.extension(addon);
  }

  /** @param {string} place */
  at(place) {
    return path.join(this.root, place);
  }

  /** @param {string} place @param {string | object} content */
  put(place, content) {
    mkdirSync(path.dirname(this.at(place)), { recursive: true, mode: 0o755 });
    rmSync(this.at(place), { force: true });
    writeFileSync(this.at(place), typeof content === 'string' ? content : JSON.stringify(content),
      { mode: 0o644 });
  }

  /** @param {string} place */
  program(place) {
    this.put(place, '#!/bin/sh\n');
    chmodSync(this.at(place), 0o755);
  }

  /** @param {string} place @param {string} target */
  link(place, target) {
    mkdirSync(path.dirname(this.at(place)), { recursive: true, mode: 0o755 });
    symlinkSync(target, this.at(place));
  }

  /** @param {string} place */
  remove(place) {
    rmSync(this.at(place), { recursive: true });
  }

  /** @param {object} entry as Thunderbird keeps it */
  extension(entry) {
    this.put(`${PROFILE}/extensions.json`,
      { schemaVersion: 37, addons: [{ id: 'other@extension', version: '1' }, entry] });
  }

  /** @param {string[]} options */
  doctor(...options) {
    const env = { ...process.env, HOME, NO_COLOR: '1', XDG_DATA_HOME: '', XDG_STATE_HOME: '' };
    return run(['doctor', '--root', this.root, ...options], { env });
  }

  /** The lines, in the order of the answer. */
  lines() {
    const { out, talk, status } = this.doctor('--json');
    assert.equal(talk, '');
    const answer = JSON.parse(out);
    const bad = answer.lines.filter((/** @type {any} */ line) => line.state !== 'ok');
    assert.equal(status, bad.length > 0 ? 1 : 0);
    for (const { state, advice, text } of answer.lines) {
      assert.equal(advice === null, state === 'ok', text);
    }
    return answer.lines;
  }

  /** A record, as a host writes it. */
  async record() {
    const host = new Host(['serve', '--policy', policyFile(policy), '--people', temporaryFolder(),
      '--audit', this.at(RECORD)]);
    const message = { from: 'alice@example.mil', ...to('bob@navy.ml') };
    await host.ask('check', { key: 'one', message });
    await host.ask('decision', { key: 'one', message, actions: [], outcome: 'back' });
    assert.equal(await host.end(), 0);
  }
}
