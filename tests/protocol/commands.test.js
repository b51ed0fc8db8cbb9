// SPDX-License-Identifier: MPL-2.0
// The command line: what is printed where, and the exit status.

import assert from 'node:assert/strict';
import {
  chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { DEFENCE, EXTENSION, PROGRAM, ROOT, policyFile, run, temporaryFolder } from './host.js';

const VERSION = /project\(recipient-guard VERSION (\S+)/.exec(
  readFileSync(path.join(ROOT, 'CMakeLists.txt'), 'utf8'))?.[1];

describe('recipient-guard', () => {
  it('--version says the version of the project', () => {
    assert.deepEqual(run(['--version']),
      { status: 0, out: `recipient-guard ${VERSION}\n`, talk: '' });
  });

  for (const args of [['--help'], ['-h'], ['help']]) {
    it(`${args[0]} goes to standard output and names every command`, () => {
      const { status, out, talk } = run(args);
      assert.equal(status, 0);
      assert.equal(talk, '');
      for (const word of ['check', 'serve', 'trust', 'history', 'audit', 'manifest', '--version', 'EXTENSION-ID']) {
        assert.ok(out.includes(word), word);
      }
      assert.ok(out.split('\n').every((line) => line.length <= 80));
    });
  }

  /** @type {Record<string, string[]>} */
  const options = {
    check: ['--policy', '--people', '--from', '--keyboards', '--json', '--trace', '--batch'],
    policy: ['lint', 'show', '--policy', '--json'],
    doctor: ['--policy', '--people', '--audit', '--root', '--json'],
    explain: ['--policy', '--people', '--keyboards', '--json'],
    serve: ['--policy', '--people', '--audit', '--keyboards'],
    manifest: ['print', 'install', 'remove', '--user', '--system', '--root'],
    trust: ['list', 'add', 'remove', 'import', 'export', '--people', '--policy', '--json'],
    audit: ['list', 'verify', 'export', '--json', '--audit', '--head', '--since', '--until', '--domain',
      '--verdict', '--word'],
    history: ['show', 'learn', 'forget', '--people', '--from', '--format', '--all', '--settled'],
  };
  for (const [command, names] of Object.entries(options)) {
    it(`${command} --help names all it takes`, () => {
      const { status, out } = run([command, '--help']);
      assert.equal(status, 0);
      assert.ok(out.includes(`Usage: recipient-guard ${command} `));
      names.forEach((name) => assert.ok(out.includes(name), name));
      assert.ok(out.split('\n').every((line) => line.length <= 80));
      assert.deepEqual(run(['help', command]), { status, out, talk: '' });
    });
  }
});

describe('wrong usage is status 64, says what is wrong, and prints no result:', () => {
  /** @type {[string[], string][]} */
  const rows = [
    [[], 'Usage: recipient-guard COMMAND'],
    [['chekc'], 'unknown command "chekc", did you mean "check"?'],
    [['serv'], 'unknown command "serv", did you mean "serve"?'],
    [['bob@navy.mil'], 'unknown command "bob@navy.mil"'],
    [[''], 'unknown command ""'],
    [['--versoin'], 'unknown option "--versoin", did you mean "--version"?'],
    [['help', 'chekc'], 'unknown command "chekc", did you mean "check"?'],
    [['check'], 'needs an address'],
    [['check', '--from', 'a@b.mil', '--from=c@d.mil', 'a@b.mil'], '--from is given twice'],
    [['history', 'forget', '--settled', 'lookalike-doman', 'b.com'],
      'unknown reason code "lookalike-doman", did you mean "lookalike-domain"?'],
    [['history', 'forget', '--settled', 'a', 'b', '--settled', 'c', 'd'], '--settled is given twice'],
    [['audit', 'list', '--domain', '@ml'], '"@ml" is no entry; write "ml"'],
    [['audit', 'list', '--domain', 'bob@navy.ml'], '--domain takes a domain such as navy.ml'],
    [['audit', 'export', '--domain', '=ml'], '--domain takes a domain such as navy.ml'],
    [['check', '--polcy', DEFENCE, 'a@b.mil'], 'unknown option "--polcy", did you mean "--policy"?'],
    [['check', 'a@b.mil', '--jsno'], 'unknown option "--jsno", did you mean "--json"?'],
    [['check', '--from=x', '--form=y', 'a@b.mil'], 'unknown option "--form", did you mean "--from"?'],
    [['check', '-j', 'a@b.mil'], 'unknown option "-j"'],
    [['check', 'a@b.mil', '--policy'], '--policy needs a value'],
    [['check', '--policy', DEFENCE, '--people=', 'bob@navy.ml', 'a@b.mil'], '--people has an empty value'],
    [['check', '--policy', DEFENCE, '--people', '', 'bob@navy.ml'], '--people has an empty value'],
    [['check', '--policy', DEFENCE, '--from=', 'bob@navy.ml', 'a@b.mil'], '--from has an empty value'],
    [['check', '--policy', DEFENCE, '--from', '--json', 'bob@navy.ml'], '--from needs a value'],
    [['check', '--policy', '--', 'bob@navy.ml'], '--policy needs a value'],
    [['check', '--policy=', 'bob@navy.ml', 'a@b.mil'], '--policy has an empty value'],
    [['check', '--keyboards=', 'qwerty', 'a@b.mil'], '--keyboards has an empty value'],
    [['check', '--json=', 'bob@navy.ml', 'a@b.mil'], '--json takes no value'],
    [['serve', '--audit='], '--audit has an empty value'],
    [['doctor', '--root=', '/'], '--root has an empty value'],
    [['audit', 'verify', '--head='], '--head has an empty value'],
    [['audit', 'verify', '--since', '2023-07-25'], '--since goes with list, export'],
    [['audit', 'list', '--head', `1:${'0'.repeat(64)}`], '--head goes with verify'],
    [['history', 'forget', '--settled', 'posting', '--json'], '--settled needs a value'],
    [['history', 'show', '--all'], '--all goes with forget'],
    [['history', 'forget', '--format', 'mbox', 'a@b.mil'], '--format goes with learn'],
    [['trust', 'export', 'file.csv'], 'export takes no argument'],
    [['check', '--trace', 'a@b.mil'], '--trace goes with --json or --batch'],
    [['serve', 'now'], 'takes no argument "now"'],
    [['serve', '--adit', '/tmp'], 'unknown option "--adit", did you mean "--audit"?'],
    [['manifest'], 'say one of print, install, remove'],
    [['manifest', 'instal'], 'unknown action "instal", did you mean "install"?'],
    [['manifest', 'print', 'remove'], 'takes no argument "remove"'],
    [['manifest', 'install', '--user', '--system'], '--user and --system exclude each other'],
  ];
  for (const [args, said] of rows) {
    it(`recipient-guard ${args.join(' ')}`, () => {
      const { status, out, talk } = run(args, { input: '' });
      assert.equal(status, 64);
      assert.equal(out, '');
      assert.ok(talk.includes(said), talk);
    });
  }
});

describe('check', () => {
  it('prints block, the reason in words and the address meant, and exits 2', () => {
    const { status, out } = run(['check', '--policy', DEFENCE, 'bob@navy.ml']);
    assert.equal(status, 2);
    assert.match(out, /^block {2}bob@navy\.ml\n/);
    assert.match(out, /The organisation blocks mail to it \[blocked-by-organisation, defence\.json:\d+\]/);
    assert.match(out, /Did you mean bob@navy\.mil\?/);
  });

  for (const address of ['bob@navy.mil', 'liaison@gov.ml']) {
    it(`allows ${address} in one line, and exits 0`, () => {
      assert.deepEqual(run(['check', '--policy', DEFENCE, address]),
        { status: 0, out: `allow  ${address}\n`, talk: '' });
    });
  }

  it('under a policy that only allows mil warns of bob@navy.ml, offers bob@navy.mil, exits 1', () => {
    const policy = policyFile({ format: 1, allow: ['mil'] });
    const { status, out } = run(['check', '--policy', policy, 'bob@navy.ml']);
    assert.equal(status, 1);
    assert.match(out, /^warn {3}bob@navy\.ml\n/);
    assert.match(out, /Did you mean bob@navy\.mil\?/);
  });

  it('of several addresses tells each, and exits with the strictest', () => {
    const { status, out } = run(
      ['check', '--policy', DEFENCE, 'bob@navy.mil', 'bob@navy.ml', 'x@nosuch.zzzz']);
    assert.equal(status, 2);
    assert.deepEqual(out.split('\n').filter((line) => !line.startsWith(' ')),
      ['allow  bob@navy.mil', 'block  bob@navy.ml', 'warn   x@nosuch.zzzz',
        'Help:  Ask the duty security officer, extension 4411.', '']);
  });

  it('takes options behind addresses, and addresses behind --', () => {
    assert.equal(run(['check', 'bob@navy.mil', '--policy', DEFENCE]).status, 0);
    const { status, out } = run(['check', '--policy', DEFENCE, '--json', '--', '--json', 'a@navy.mil']);
    assert.equal(status, 2);
    assert.equal(JSON.parse(out).recipients[0].shown, '--json');
  });

  it('takes an address in brackets for what it is', () => {
    const { out } = run(['check', '--policy', DEFENCE, '--json', '[a@navy.mil,b@navy.mil]']);
    assert.equal(JSON.parse(out).recipients.length, 1);
  });

  it('without an organisation\'s policy says so', () => {
    const { talk, status } = run(['check', 'bob@example.org']);
    assert.equal(status, 0);
    assert.match(talk, /no organisation policy/);
  });

  it('takes a folder without contacts and none in silence, and makes nothing there', () => {
    const folder = temporaryFolder();
    assert.equal(run(['check', '--policy', DEFENCE, '--people', folder, 'a@b.mil']).talk, '');
    assert.deepEqual(readdirSync(folder), []);
    assert.equal(run(['check', '--policy', DEFENCE, '--people', 'none', 'a@b.mil']).talk, '');
  });

  it('--json prints one line of ASCII, the verdict', () => {
    const { status, out } = run(['check', '--policy', DEFENCE, '--json', 'b\u00f6b@navy.mil']);
    assert.equal(status, 1);
    assert.match(out, /^[\x20-\x7e]+\n$/);
    assert.equal(JSON.parse(out).recipients[0].address, 'b\u00f6b@navy.mil');
  });

  it('--json lists who is fine, too', () => {
    const { out } = run(['check', '--policy', DEFENCE, '--json', 'Bob <bob@NAVY.mil>']);
    assert.deepEqual(JSON.parse(out), { verdict: 'allow',
      recipients: [{ index: 0, field: 'to', address: 'bob@navy.mil', shown: 'bob@navy.mil',
        verdict: 'allow', findings: [], override: 'none', trust: 'none' }],
      findings: [] });
  });

  it('in watch mode exits with what it would have said', () => {
    const policy = policyFile({ format: 1, mode: 'watch', block: ['ml'] });
    const { status, out } = run(['check', '--policy', policy, 'bob@navy.ml']);
    assert.equal(status, 2);
    assert.match(out, /^would block {2}bob@navy\.ml/);
  });

  it('escapes what could steer a terminal', () => {
    const { out } = run(['check', '--policy', DEFENCE, 'a\u001b[31m@navy.mil', 'b\u202e@navy.mil']);
    assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  /** @param {Record<string, string>} env */
  const onTerminal = (env) => run(['-qec', `${PROGRAM} check --policy ${DEFENCE} bob@navy.ml`, '/dev/null'],
    { program: 'script', env: { ...process.env, TERM: 'xterm', NO_COLOR: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'] }).out;
  it('is coloured on a terminal, and nowhere else', () => {
    assert.match(onTerminal({}), /\u001b\[/);
    assert.doesNotMatch(run(['check', '--policy', DEFENCE, 'bob@navy.ml'],
      { env: { ...process.env, TERM: 'xterm' } }).out, /\u001b/);
  });
  it('is never coloured with NO_COLOR, or on a dumb terminal', () => {
    assert.doesNotMatch(onTerminal({ NO_COLOR: '1' }), /\u001b/);
    assert.doesNotMatch(onTerminal({ TERM: 'dumb' }), /\u001b/);
  });
});

describe('a policy that cannot be used', () => {
  it('with a mistyped key is status 78 and names file, line, column and the key meant', () => {
    const policy = policyFile('{"format":1,\n "alow":["mil"]}');
    const { status, out, talk } = run(['check', '--policy', policy, 'bob@navy.ml']);
    assert.equal(status, 78);
    assert.equal(out, '');
    assert.equal(talk.split('\n')[0], `${policy}:2:2: unknown key "alow", did you mean "allow"?`);
  });

  it('in a folder without a document is status 66', () => {
    const folder = temporaryFolder();
    const { status, talk } = run(['check', '--policy', folder, 'bob@navy.ml']);
    assert.equal(status, 66);
    assert.ok(talk.includes(folder));
  });

  it('that is not there is status 66', () => {
    const { status, talk } = run(['check', '--policy', '/nowhere/policy.json', 'bob@navy.ml']);
    assert.equal(status, 66);
    assert.ok(talk.includes('/nowhere/policy.json'));
  });

  it('that others may write is remarked on, and used', () => {
    const policy = policyFile({ format: 1, block: ['ml'] });
    chmodSync(policy, 0o666);
    const { status, talk } = run(['check', '--policy', policy, 'bob@navy.ml']);
    assert.equal(status, 2);
    assert.ok(talk.includes(policy));
  });

  it('several places are one policy', () => {
    const first = policyFile({ format: 1, block: ['ml'] });
    const second = policyFile({ format: 1, block: ['example.org'] });
    const args = ['check', '--policy', first, '--policy', second];
    assert.equal(run([...args, 'bob@navy.ml']).status, 2);
    assert.equal(run([...args, 'bob@example.org']).status, 2);
    assert.equal(run([...args, 'bob@example.net']).status, 0);
  });
});

describe('manifest', () => {
  const wanted = { name: 'recipient_guard', type: 'stdio', path: PROGRAM,
    allowed_extensions: [EXTENSION] };
  const home = () => ({ env: { ...process.env, HOME: temporaryFolder() } });
  const inHome = '.mozilla/native-messaging-hosts/recipient_guard.json';
  const inSystem = 'usr/lib/mozilla/native-messaging-hosts/recipient_guard.json';

  /** @param {string} text */
  function assertManifest(text, program = PROGRAM) {
    const { description, ...rest } = JSON.parse(text);
    assert.deepEqual(rest, { ...wanted, path: program });
    assert.notEqual(description, '');
  }

  it('print shows it, for this very program', () => {
    const { status, out, talk } = run(['manifest', 'print']);
    assert.equal(status, 0);
    assert.equal(talk, '');
    assertManifest(out);
  });

  it('print tells the program behind a link, so that a moved link breaks nothing', () => {
    const link = path.join(temporaryFolder(), 'guard');
    symlinkSync(PROGRAM, link);
    assertManifest(run(['manifest', 'print'], { program: link }).out);
  });

  for (const more of [[], ['--user']]) {
    it(`install ${more} writes it for the user, whole, and says where`, () => {
      const options = home();
      const file = path.join(options.env.HOME, inHome);
      const { status, out } = run(['manifest', 'install', ...more], options);
      assert.equal(status, 0);
      assert.ok(out.includes(`installed ${file}`));
      assertManifest(readFileSync(file, 'utf8'));
      assert.deepEqual(readdirSync(path.dirname(file)), ['recipient_guard.json']);
      assert.equal(statSync(file).mode & 0o777, 0o644);
    });
  }

  it('install again replaces what stood there', () => {
    const options = home();
    const file = path.join(options.env.HOME, inHome);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'rubbish');
    assert.equal(run(['manifest', 'install'], options).status, 0);
    assertManifest(readFileSync(file, 'utf8'));
  });

  it('install --system --root writes below that root', () => {
    const root = temporaryFolder();
    assert.equal(run(['manifest', 'install', '--system', '--root', root]).status, 0);
    const file = path.join(root, inSystem);
    assertManifest(readFileSync(file, 'utf8'));
    assert.equal(statSync(path.dirname(file)).mode & 0o777, 0o755);
  });

  it('install --root names a program within the root by its path there', () => {
    const root = temporaryFolder();
    const program = path.join(root, 'usr/bin/recipient-guard');
    mkdirSync(path.dirname(program), { recursive: true });
    writeFileSync(program, readFileSync(PROGRAM), { mode: 0o755 });
    assert.equal(run(['manifest', 'install', '--system', '--root', root], { program }).status, 0);
    assertManifest(readFileSync(path.join(root, inSystem), 'utf8'), '/usr/bin/recipient-guard');
  });

  it('remove takes it away; a second time there is nothing to remove, which is no error', () => {
    const options = home();
    const file = path.join(options.env.HOME, inHome);
    run(['manifest', 'install'], options);
    const first = run(['manifest', 'remove'], options);
    assert.deepEqual(first, { status: 0, out: `removed ${file}\n`, talk: '' });
    assert.equal(existsSync(file), false);
    const second = run(['manifest', 'remove'], options);
    assert.equal(second.status, 0);
    assert.match(second.out, /nothing to remove/);
  });

  it('install where a file stands in the way of a folder is status 73 and names it', () => {
    const options = home();
    writeFileSync(path.join(options.env.HOME, '.mozilla'), '');
    const { status, out, talk } = run(['manifest', 'install'], options);
    assert.equal(status, 73);
    assert.equal(out, '');
    assert.ok(talk.includes(path.join(options.env.HOME, '.mozilla')));
  });

  it('install --system without the right to is status 77 and says what to do',
    { skip: process.getuid?.() === 0 && !existsSync('/usr/bin/setpriv') }, () => {
      const root = temporaryFolder();
      chmodSync(root, 0o755);
      const args = ['manifest', 'install', '--system', '--root', root];
      const own = path.join(temporaryFolder(), 'guard');
      writeFileSync(own, readFileSync(PROGRAM), { mode: 0o755 });
      chmodSync(path.dirname(own), 0o755);
      chmodSync(root, 0o555);
      const { status, talk } = process.getuid?.() === 0
        ? run(['--reuid=65534', '--clear-groups', own, ...args], { program: 'setpriv' })
        : run(args, { program: own });
      assert.equal(status, 77);
      assert.match(talk, /run it as root, or install for yourself with --user/);
    });
});

describe('standard output', () => {
  for (const args of [['--version'], ['--help'], ['manifest', 'print'],
    ['check', '--policy', DEFENCE, 'bob@navy.mil']]) {
    it(`that is full makes recipient-guard ${args[0]} end with 74`, () => {
      const line = `"${PROGRAM}" ${args.map((arg) => `'${arg}'`).join(' ')} > /dev/full`;
      assert.equal(run(['-c', line], { program: 'sh' }).status, 74);
    });
    it(`that is closed makes recipient-guard ${args[0]} end with 74`, () => {
      const line = `"${PROGRAM}" ${args.map((arg) => `'${arg}'`).join(' ')} >&-`;
      assert.equal(run(['-c', line], { program: 'sh' }).status, 74);
    });
  }
});
