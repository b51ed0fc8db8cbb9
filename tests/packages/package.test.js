// SPDX-License-Identifier: MPL-2.0
// The packages that tools/package makes, here of whatever build is tested: what they carry, and that
// installing, upgrading and removing leaves everything of others' as it was. tests/install-root does
// the same in a whole Debian, with apt and Thunderbird.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const BUILD = path.resolve(process.env.RECIPIENT_GUARD_BUILD ?? path.join(ROOT, 'build/dev'));
const work = mkdtempSync(path.join(os.tmpdir(), 'recipient-guard-packages-'));
after(() => rmSync(work, { recursive: true, force: true }));

/**
 * @param {string} program
 * @param {string[]} args
 * @param {import("node:child_process").SpawnSyncOptions} [options]
 */
function run(program, args, options = {}) {
  const { error, status, stdout, stderr } = spawnSync(
    program, args, { maxBuffer: 1 << 26, ...options, encoding: 'utf8' });
  if (error) {
    throw error;
  }
  return { status, out: String(stdout), talk: String(stderr) };
}

/**
 * As run, and it must end well.
 * @param {Parameters<typeof run>} call
 */
function must(...call) {
  const { status, out, talk } = run(...call);
  assert.equal(status, 0, `${call[0]} ${call[1].join(' ')}: ${out}${talk}`);
  return out;
}

/**
 * @param {string} kind DEB or TGZ
 * @param {string} folder
 * @returns the package's path
 */
function pack(kind, folder) {
  must('cpack', ['--config', path.join(BUILD, 'CPackConfig.cmake'), '-G', kind,
    '-B', path.join(work, folder)],
  { cwd: BUILD, env: { ...process.env, SOURCE_DATE_EPOCH: '1700000000' } });
  const [name] = readdirSync(path.join(work, folder)).filter((file) => /\.(deb|gz)$/.test(file));
  return path.join(work, folder, name);
}

/**
 * Every file, folder and link below, with what tells whether it changed.
 * @param {string} folder
 * @param {(file: string) => boolean} [counts]
 * @returns {string[]}
 */
function tree(folder, counts = () => true) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(counts).sort()
    .map((file) => {
      const look = lstatSync(path.join(folder, file));
      const text = look.isFile() ? readFileSync(path.join(folder, file), 'base64') : '';
      return `${file} ${look.mode.toString(8)} ${text}`;
    });
}

/**
 * The links between the pages of a folder that lead to nothing in it.
 * @param {string} folder
 * @returns {string[]}
 */
function deadLinks(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => [...readFileSync(path.join(folder, name), 'utf8')
      .matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)]
      .filter(([, to]) => !existsSync(path.join(folder, path.dirname(name), to)))
      .map(([, to]) => `${name}: ${to}`));
}

/** The files of the .deb, in the order of their names. */
const FILES = `
usr/bin/recipient-guard
usr/lib/mozilla/native-messaging-hosts/recipient_guard.json
usr/lib/thunderbird/extensions/recipient-guard@extension.xpi
usr/share/bash-completion/completions/recipient-guard
usr/share/doc/recipient-guard/changelog.Debian.gz
usr/share/doc/recipient-guard/changelog.gz
usr/share/doc/recipient-guard/copyright
usr/share/fish/vendor_completions.d/recipient-guard.fish
usr/share/man/man1/recipient-guard.1.gz
usr/share/man/man5/recipient-guard-policy.5.gz
usr/share/recipient-guard/policy.schema.json
usr/share/recipient-guard/recipient-guard.xpi
usr/share/zsh/vendor-completions/_recipient-guard
`.trim().split('\n');

let deb = '';
let inside = '';
before(() => {
  deb = pack('DEB', 'deb');
  inside = path.join(work, 'inside');
  must('dpkg-deb', ['-R', deb, inside]);
});

describe('the .deb', () => {
  it('carries these files beside pages and examples, and nothing for /etc', () => {
    const files = tree(inside).map((line) => line.split(' ')[0]).filter((file) =>
      !file.startsWith('DEBIAN') && !lstatSync(path.join(inside, file)).isDirectory());
    const further = /^usr\/share\/doc\/recipient-guard\/(examples\/|reasons\/|[A-Z-]+\.md$)/;
    assert.deepEqual(files.filter((file) => !further.test(file)), FILES);
    assert.ok(files.some((file) => file.endsWith('examples/organisation-policy/defence.json')));
    assert.ok(files.some((file) => file.endsWith('examples/thunderbird-policies/policies.json')));
  });

  it('has no page that leads to one that is not installed', () => {
    assert.deepEqual(deadLinks(path.join(inside, 'usr/share/doc/recipient-guard')), []);
  });

  it('runs no script on the machine and has no file to keep', () => {
    assert.deepEqual(readdirSync(path.join(inside, 'DEBIAN')).sort(), ['control', 'md5sums']);
  });

  it('leads Thunderbird to the packed extension and to the program', () => {
    const link = path.join(inside, 'usr/lib/thunderbird/extensions/recipient-guard@extension.xpi');
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.deepEqual(readFileSync(link), readFileSync(path.join(BUILD, 'recipient-guard.xpi')));
    const manifest = JSON.parse(readFileSync(
      path.join(inside, 'usr/lib/mozilla/native-messaging-hosts/recipient_guard.json'), 'utf8'));
    assert.equal(manifest.path, '/usr/bin/recipient-guard');
    assert.deepEqual(manifest.allowed_extensions, ['recipient-guard@extension']);
  });

  it("force-installs from where it puts the extension, by its own sample of policies.json", () => {
    const sample = JSON.parse(readFileSync(path.join(inside,
      'usr/share/doc/recipient-guard/examples/thunderbird-policies/policies.json'), 'utf8'));
    const { install_url: from } = sample.policies.ExtensionSettings['recipient-guard@extension'];
    assert.ok(lstatSync(path.join(inside, new URL(from).pathname)).isFile());
  });

  it('needs the libraries it was linked with and recommends Thunderbird', () => {
    const control = must('dpkg-deb', ['-f', deb]);
    for (const library of ['libc6', 'libicu', 'libidn2', 'libpsl', 'libsqlite3', 'libnettle']) {
      assert.match(control, new RegExp(`^Depends:.*${library}`, 'm'));
    }
    assert.match(control, /^Recommends:.*thunderbird \(>= 1:140\)/m);
  });

  it('is without errors by lintian', () => {
    const { status, out } = run('lintian', ['--fail-on', 'error', deb]);
    assert.equal(status, 0, out);
    assert.doesNotMatch(out, /^E:/m);
  });

  it('holds a program that works, and examples that it finds clean', () => {
    const program = path.join(inside, 'usr/bin/recipient-guard');
    const examples = path.join(inside, 'usr/share/doc/recipient-guard/examples/organisation-policy');
    const asked = run(program, ['check', '--people', 'none', '--policy',
      path.join(examples, 'defence.json'), 'bob@navy.ml']);
    assert.equal(asked.status, 2, asked.talk);
    assert.match(asked.out, /bob@navy\.mil/);
    for (const name of readdirSync(examples).filter((file) => file.endsWith('.json'))) {
      must(program, ['policy', 'lint', path.join(examples, name)]);
    }
  });

  it('is the same, byte for byte, when made again of the same sources', () => {
    assert.ok(readFileSync(pack('DEB', 'again')).equals(readFileSync(deb)));
  });
});

describe('installed, upgraded and removed', () => {
  const root = path.join(work, 'root');
  const status = 'var/lib/dpkg';
  const others = (/** @type {string} */ file) => !file.startsWith('var');
  const theirs = {
    'etc/recipient-guard/policy.d/10-staff.json': '{"format": 1, "organisation": "Ours"}\n',
    'etc/thunderbird/policies/policies.json': '{"policies": {}}\n',
    'home/alice/.local/share/recipient-guard/people.db': 'what Alice trusts\n',
    'home/alice/.local/state/recipient-guard/record.jsonl': '{}\n',
    'usr/lib/thunderbird/extensions/other@extension.xpi': 'of another package\n',
  };
  /** @param {string[]} args */
  const dpkg = (...args) => {
    const command = ['dpkg', `--root=${root}`, '--force-not-root', '--force-depends',
      '--force-bad-path', '--force-unsafe-io', '--no-triggers', ...args];
    const [program, ...rest] = process.getuid?.() === 0 ? command : ['fakeroot', ...command];
    return must(program, rest, { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  };
  const version = () => must('dpkg-query', [`--admindir=${path.join(root, status)}`, '-W',
    '-f', '${Version} ${db:Status-Status}', 'recipient-guard']);
  /** @type {string[]} */
  let untouched = [];

  /** @param {string} [but] a file that may differ */
  const stillTheirs = (but) => {
    for (const [file, text] of Object.entries(theirs).filter(([name]) => name !== but)) {
      assert.equal(readFileSync(path.join(root, file), 'utf8'), text, file);
    }
  };

  before(() => {
    for (const folder of ['info', 'updates', 'triggers']) {
      mkdirSync(path.join(root, status, folder), { recursive: true });
    }
    writeFileSync(path.join(root, status, 'status'), '');
    for (const [file, text] of Object.entries(theirs)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    untouched = tree(root, others);
  });

  it('installs beside what others have there', () => {
    dpkg('-i', deb);
    assert.match(version(), / installed$/);
    for (const file of FILES) {
      lstatSync(path.join(root, file));
    }
    stillTheirs();
  });

  it('an upgrade replaces the program and asks nothing, what the administrator wrote stays', () => {
    const later = path.join(work, 'later');
    cpSync(inside, later, { recursive: true, verbatimSymlinks: true });
    const control = path.join(later, 'DEBIAN/control');
    const text = readFileSync(control, 'utf8');
    writeFileSync(control, text.replace(/^Version: .*$/m, 'Version: 99.0-1'));
    writeFileSync(path.join(later, 'usr/bin/recipient-guard'), 'a later program\n');
    must('dpkg-deb', ['--root-owner-group', '-b', later, path.join(work, 'later.deb')]);
    const program = path.join(root, 'usr/bin/recipient-guard');
    const { ino } = lstatSync(program);
    dpkg('-i', path.join(work, 'later.deb'));
    assert.equal(version(), '99.0-1 installed');
    assert.equal(readFileSync(program, 'utf8'), 'a later program\n');
    // Another file under the name: a host that runs goes on, and sees that it was replaced.
    assert.notEqual(lstatSync(program).ino, ino);
    stillTheirs();
  });

  it('removal leaves everything as it was before, also with --purge', () => {
    dpkg('-r', 'recipient-guard');
    assert.deepEqual(tree(root, others), untouched);
    dpkg('-i', deb);
    dpkg('--purge', 'recipient-guard');
    assert.deepEqual(tree(root, others), untouched);
  });
});

describe('the .tar.gz', () => {
  it('works from any folder: host for this user by one command, extension beside it', () => {
    const archive = pack('TGZ', 'archive');
    const place = path.join(work, 'opt');
    const home = path.join(work, 'home');
    mkdirSync(place);
    mkdirSync(home);
    must('tar', ['-xzf', archive, '-C', place]);
    const [top, ...more] = readdirSync(place);
    assert.deepEqual(more, []);
    assert.match(top, /^recipient-guard-[0-9.]+-linux-/);
    assert.deepEqual(readdirSync(path.join(place, top)).sort(), ['bin', 'share']);
    const documents = path.join(place, top, 'share/doc/recipient-guard');
    assert.ok(readdirSync(documents).includes('LICENSE'));
    assert.deepEqual(deadLinks(documents), []);
    assert.ok(lstatSync(path.join(place, top, 'share/recipient-guard/recipient-guard.xpi')).isFile());
    const program = path.join(place, top, 'bin/recipient-guard');
    must(program, ['manifest', 'install', '--user'],
      { env: { PATH: process.env.PATH, HOME: home } });
    const manifest = JSON.parse(readFileSync(
      path.join(home, '.mozilla/native-messaging-hosts/recipient_guard.json'), 'utf8'));
    assert.equal(manifest.path, program);
  });
});

describe('tools/package', () => {
  it('says what it does, and refuses an option it does not know', () => {
    const tool = path.join(ROOT, 'tools/package');
    assert.match(must(tool, ['--help']), /^usage: tools\/package/);
    for (const wrong of [['--ouut'], ['--out'], ['now']]) {
      const { status, out, talk } = run(tool, wrong);
      assert.deepEqual([status, out], [64, '']);
      assert.match(talk, /--out/);
    }
  });
});
