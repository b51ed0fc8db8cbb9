// SPDX-License-Identifier: MPL-2.0
// Holds the tree to the rules of the house, and shows that each rule sees a planted violation.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as rules from './rules.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Every file of ours that is text, tracked or about to be. */
function sourceFiles() {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split("\n")
    .filter((path) => path !== '' && !/\.(png|gz|xpi|ico)$/.test(path))
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(join(root, path), 'utf8') }];
      } catch {
        return []; // deleted, not yet committed
      }
    });
}

const files = sourceFiles();

/** @param {string} path @param {string} text */
const planted = (path, text) => [{ path, text }];

describe("the host's includes", () => {
  it('follow the arrows', () => assert.deepEqual(rules.includeViolations(files), []));

  it('never lead the engine to document or system', () =>
    assert.deepEqual(rules.engineReachViolations(files), []));

  const bad = [
    ["native-host/src/address/a.cpp", '#include "document/json.hpp"'],
    ["native-host/src/verdict/checks/a.cpp", '#include "system/error.hpp"'],
    ["native-host/src/organisation/a.cpp", '#include "people/people.hpp"'],
    ["native-host/src/verdict/a.cpp", '#include "organisation/policy_source.hpp"'],
    ["native-host/src/system/a.cpp", '#include "document/json.hpp"'],
    ["native-host/src/messaging/a.cpp", '#include "commands/check.hpp"'],
    ["native-host/src/messaging/a.cpp", '#  include "mail/mbox.hpp"'],
    ['native-host/src/messaging/a.cpp', '#include <unistd.h>'],
    ['native-host/src/document/a.cpp', '#include <sys/stat.h>'],
    ['native-host/src/system/a.cpp', '#include <regex>'],
    ["native-host/src/system/a.cpp", 'int f() { return system("ls"); }'],
    ["native-host/src/main.cpp", '#include "verdict/judge.hpp"'],
  ];
  for (const [path, text] of bad) {
    it(`are refused: ${text} in ${path}`, () =>
      assert.equal(rules.includeViolations(planted(path, text)).length, 1));
  }

  const good = [
    ["native-host/src/verdict/a.cpp", '#include "organisation/policy.hpp"'],
    ['native-host/src/system/a.cpp', '#include <unistd.h>'],
    ["native-host/src/commands/a.cpp", '#include "mail/mbox.hpp"'],
    ["native-host/src/main.cpp", '#include "commands/run.hpp"'],
    ['native-host/src/address/a.cpp', '// #include of document is what system(3) would be'],
  ];
  for (const [path, text] of good) {
    it(`are accepted: ${text} in ${path}`, () =>
      assert.deepEqual(rules.includeViolations(planted(path, text)), []));
  }

  it('are followed through headers', () => {
    const violations = rules.engineReachViolations([
      { path: "native-host/src/verdict/a.cpp", text: '#include "organisation/policy.hpp"' },
      { path: "native-host/src/organisation/policy.hpp", text: '#include "system/error.hpp"' },
    ]);
    assert.equal(violations.length, 1);
  });
});

describe("the extension's imports", () => {
  it('follow the arrows', () => assert.deepEqual(rules.importViolations(files), []));

  const bad = [
    ["extension/shared/a.js", 'import { x } from "../background/b.js";'],
    ["extension/review/a.js", 'import "../background/b.js";'],
    ["extension/background/a.js", 'const x = await import("../review/b.js");'],
    ['extension/shared/a.js', 'browser.runtime.getManifest();'],
    ['extension/review/a.js', 'card.innerHTML = text;'],
    ["extension/background/a.js", 'import lodash from "lodash";'],
  ];
  for (const [path, text] of bad) {
    it(`are refused: ${text} in ${path}`, () =>
      assert.equal(rules.importViolations(planted(path, text)).length, 1));
  }
});

describe('source', () => {
  it('is ASCII', () => assert.deepEqual(rules.asciiViolations(files), []));

  it('is refused with a letter beyond ASCII, with its place', () =>
    assert.deepEqual(rules.asciiViolations(planted("a.js", 'ok\n"n\u0430vy"')), [
      'a.js:2:3: U+0430',
    ]));

  it('is in their own letters where it is a text of another language, all of which can be seen', () => {
    const of = (/** @type {string} */ language) => `extension/_locales/${language}/messages.json`;
    assert.deepEqual(rules.asciiViolations(planted(of('de'), '"Empf\u00e4nger \u5b9b\u5148"')), []);
    assert.deepEqual(rules.asciiViolations(planted(of('fr'), '"oui\u202f!"')), [`${of('fr')}:1:5: U+202f`]);
    assert.deepEqual(rules.asciiViolations(planted(of('ar'), '"\u200f"')), [`${of('ar')}:1:2: U+200f`]);
    assert.equal(rules.asciiViolations(planted(of('en'), '"\u00e4"')).length, 1);
  });

  it('holds the version in one place', () =>
    assert.deepEqual(rules.versionViolations(files), []));

  it('is refused with the version repeated', () =>
    assert.deepEqual(
      rules.versionViolations([
        { path: 'CMakeLists.txt', text: 'project(x VERSION 1.2.3 LANGUAGES CXX)' },
        { path: "extension/manifest.json.in", text: '"version": "1.2.3"' },
        { path: 'docs/x.md', text: '11.2.3 and 1.2.31' },
      ]),
      ['extension/manifest.json.in: holds the version 1.2.3'],
    ));
});
