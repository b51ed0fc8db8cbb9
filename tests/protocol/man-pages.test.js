// SPDX-License-Identifier: MPL-2.0
// The man pages and the completions say what the program says of itself, no less and no more.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { ROOT, run } from './host.js';

/** @param {string} name */
const text = (name) => readFileSync(path.join(ROOT, name), 'utf8');
const BASH = path.join(ROOT, 'manifests/completions/recipient-guard.bash');
const zsh = text('manifests/completions/_recipient-guard');
const fish = text('manifests/completions/recipient-guard.fish');

/** @param {Iterable<string>} words */
const sorted = (words) => [...new Set(words)].sort();

/** @param {string} whole @param {RegExp} pattern the first group is what is found */
const all = (whole, pattern) => [...whole.matchAll(pattern)].map((found) => found[1]);

/** @param {string} command what it takes, as the program tells */
function told(command) {
  const help = run([command, '--help']).out;
  // Serving without an argument would serve.
  const talk = command === 'serve' ? '' : run([command], { input: '' }).talk;
  return {
    command,
    options: sorted(all(help, /^ {2}(?:-h,)?(--[a-z-]+)/gm)),
    actions: /: say one of (.*)/.exec(talk)?.[1].split(', ') ?? [],
  };
}

const help = run(['--help']).out;
const commands = all(/Commands:\n([^]*?)\n\n/.exec(help)?.[1] ?? '', /^ {2}([a-z]+) /gm).map(told);
const topOptions = all(help, /^ {2}(--[a-z]+)/gm);
const statuses = all(help.slice(help.indexOf('Exit status:')), /\b(\d+)\s[a-z]/g);

/**
 * A man page as text, with its tags and its sections.
 *
 * @param {string} name
 */
function manPage(name) {
  const source = text(`docs/man/${name}`);
  const plain = source
    .replace(/^\.\\".*\n/gm, '')
    .replaceAll('\\-', '-')
    .replace(/\\f[BIPR]/g, '')
    .replace(/^\.(?:B|I|BI|BR|IR|RI) (.*)$/gm, (_all, rest) => rest.replaceAll('"', ''));
  return {
    source,
    plain,
    /** @param {string} title from its heading to the next one of its kind or above */
    section(title) {
      const found = plain.split(/^(?=\.S[HS] )/m).filter((part) =>
        part.startsWith(`.SH ${title}\n`) || part.startsWith(`.SS ${title}\n`));
      assert.equal(found.length, 1, `${name} has one section ${title}`);
      return found[0];
    },
  };
}

/** @param {string} section @returns {Map<string, string>} first word of a tag -> what it says */
function tagged(section) {
  return new Map(section.split(/^\.TP\n/m).slice(1).map((part) => {
    const end = part.indexOf('\n');
    return [part.slice(0, end).split(' ')[0].replace(/,$/, ''), part.slice(end + 1)];
  }));
}

/** What bash offers behind these words. @type {Map<string, string[]>} */
const offered = new Map();

/** @param {string[][]} lines all in one shell, which takes longest to start */
function askBash(lines) {
  const script = lines.map((words) => `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
    COMP_CWORD=${words.length - 1}; _recipient_guard; echo "\${COMPREPLY[*]}"`).join('\n');
  const shell = spawnSync('bash', ['--norc', '-c', `. '${BASH}'\n${script}`],
    { encoding: 'utf8', cwd: path.join(ROOT, 'manifests') });
  assert.equal(shell.stderr, '');
  const answers = shell.stdout.split('\n');
  lines.forEach((words, i) => offered.set(words.join(' '), sorted(answers[i].split(' ')
    .filter((word) => word !== ''))));
}

const name = 'recipient-guard';
askBash([
  [name, ''], [name, '--'], [name, 'nonsense', ''],
  [name, 'check', '--pe'], [name, 'check', '--people', 'no'], [name, 'check', '--people', '=', 'no'],
  [name, 'trust', '--people', 'no'], [name, 'history', 'learn', '--format', 'm'],
  [name, 'policy', 'lint', 'organisation'], [name, 'serve', '--policy', 'READ'],
  ...commands.flatMap(({ command }) => [[name, command, ''], [name, command, '-']]),
]);

describe('the program tells', () => {
  it('what it takes, in a form that this test can read', () => {
    assert.ok(commands.length >= 7, commands.map(({ command }) => command).join());
    assert.deepEqual(topOptions, ['--help', '--version']);
    commands.forEach(({ options }) => assert.ok(options.includes('--help')));
    assert.deepEqual(commands.find(({ command }) => command === 'policy')?.actions,
      ['lint', 'show']);
    assert.equal(statuses.length, 11);
  });
});

describe('recipient-guard(1)', () => {
  const page = manPage('recipient-guard.1');
  const inCommands = page.plain.slice(page.plain.indexOf('.SH COMMANDS'),
    page.plain.indexOf('.SH EXIT STATUS'));
  const common = tagged(page.section('Options of several commands'));

  it('has a section on every command and on no other', () => {
    assert.deepEqual(sorted(all(inCommands, /^\.SS (.*)$/gm)),
      sorted(commands.map(({ command }) => command)));
  });

  for (const { command, options, actions } of commands) {
    it(`says of ${command} all that it takes, and nothing else`, () => {
      const section = page.section(command);
      assert.deepEqual(sorted(['--help', ...all(section, /(?<![\w-])(--[a-z-]+)/g)]), options);
      const tags = tagged(section);
      for (const word of [...options, ...actions]) {
        assert.ok(word === '--help' || tags.has(word) || common.has(word), `${word} is explained`);
      }
      assert.deepEqual([...tags.keys()].filter((tag) => !tag.startsWith('-')), actions);
    });
  }

  it('tells the options of the program itself and every exit status', () => {
    const section = page.section('OPTIONS');
    topOptions.forEach((option) => assert.ok(section.includes(option), option));
    assert.deepEqual([...tagged(page.section('EXIT STATUS')).keys()], statuses);
  });

  it('shows each way to call a command within 80 columns', () => {
    const lines = all(inCommands, /^\.nf\n([^]*?)\.fi$/gm).join('').split('\n');
    assert.ok(lines.length > commands.length);
    assert.deepEqual(lines.filter((line) => line.length > 73), []);
  });

  it('is named by its place, and names the other page', () => {
    assert.match(page.source, /^\.TH RECIPIENT-GUARD 1 /m);
    assert.ok(page.section('SEE ALSO').includes('recipient-guard-policy (5)'));
  });
});

/**
 * The keys of a document, those inside an object or a list of objects with a dot.
 *
 * @param {any} schema
 * @param {string} [before]
 * @returns {[string, any][]}
 */
function keysOf(schema, before = '') {
  return Object.entries(schema.properties ?? {})
    .filter(([key]) => !key.startsWith('$'))
    .flatMap(([key, value]) => {
      // A check is a word or one of several objects: all that any of them may hold.
      const forms = [value.additionalProperties, ...Object.values(value.properties ?? {})]
        .map((one) => one?.anyOf?.find((/** @type {any} */ form) => form.properties)?.properties)
        .filter((one) => one);
      const inside = value.items?.properties ? value.items
        : forms.length > 0 ? { properties: Object.assign({}, ...forms) } : value;
      return /** @type {[string, any][]} */ ([
        [before + key, value], ...keysOf(inside, `${before}${key}.`)]);
    });
}

describe('recipient-guard-policy(5)', () => {
  const page = manPage('recipient-guard-policy.5');
  const schema = JSON.parse(text('manifests/organisation-policy/policy.schema.json'));
  const keys = keysOf(schema);
  const tags = tagged(page.section('KEYS'));

  it('explains every key of the schema and no other', () => {
    assert.deepEqual([...tags.keys()], keys.map(([key]) => key));
  });

  for (const [key, value] of keys) {
    it(`tells of ${key} its values and what holds where it is left out`, () => {
      const said = tags.get(key) ?? '';
      const named = value.allOf?.[0].$ref ?? value.$ref;
      const definition = named ? schema.definitions[named.split('/').pop()] : {};
      const words = value.enum ?? value.items?.enum ?? definition.enum
        ?? (value.type === 'boolean' ? [true, false] : []);
      words.forEach((/** @type {any} */ word) =>
        assert.match(said, new RegExp(`(^|[^a-z])${word}([^a-z]|$)`)));
      if ('default' in value) {
        assert.match(said, new RegExp(`^Left out: ${value.default}\\.$`, 'm'));
      }
      if (definition.minimum !== undefined) {
        assert.ok(said.includes(`${definition.minimum} to ${definition.maximum}`));
      }
    });
  }

  it('explains every reason code that a check may be set by', () => {
    assert.deepEqual([...tagged(page.section('REASON CODES')).keys()],
      schema.properties.checks.propertyNames.enum.filter(
        (/** @type {string} */ code) => !code.startsWith('$')));
  });

  it('has an example that is a policy', () => {
    const example = /\.nf\n([^]*?)\.fi/.exec(page.section('EXAMPLE'))?.[1] ?? '';
    assert.equal(JSON.parse(example).format, 1);
  });
});

describe('groff', () => {
  for (const name of ['recipient-guard.1', 'recipient-guard-policy.5']) {
    it(`sets ${name} without a warning`, () => {
      const file = path.join(ROOT, 'docs/man', name);
      const set = spawnSync('groff', ['-man', '-ww', '-Tascii', file], { encoding: 'utf8' });
      assert.equal(set.stderr, '');
      assert.equal(set.status, 0);
      // Bold is a letter struck twice.
      assert.ok(set.stdout.replace(/.\x08/g, '').includes('SEE ALSO'));
    });
  }
});

describe('completion for bash offers', () => {
  it('every command and option of the program', () => {
    assert.deepEqual(offered.get(`${name} `),
      sorted([...topOptions, ...commands.map(({ command }) => command)]));
    assert.deepEqual(offered.get(`${name} --`), topOptions);
  });

  for (const { command, options, actions } of commands) {
    it(`behind ${command} all that it takes, and nothing else`, () => {
      assert.deepEqual(offered.get(`${name} ${command} -`), options);
      assert.deepEqual(offered.get(`${name} ${command} `), sorted(actions));
    });
  }

  /** @type {[string, string[]][]} */
  const rows = [
    ['nonsense ', []],
    ['check --pe', ['--people']],
    ['check --people no', ['none']],
    ['check --people = no', ['none']],
    ['trust --people no', []],
    ['history learn --format m', ['maildir', 'mbox', 'message']],
    ['policy lint organisation', ['organisation-policy']],
    ['serve --policy READ', ['README.md']],
  ];
  for (const [words, expected] of rows) {
    it(`behind "${words}" ${expected.join(', ') || 'nothing'}`, () =>
      assert.deepEqual(offered.get(`${name} ${words}`), expected));
  }
});

describe('completion for zsh offers', () => {
  it('every command and option of the program', () => {
    const list = /commands=\(\n([^]*?)\n {4}\)/.exec(zsh)?.[1] ?? '';
    assert.deepEqual(sorted(all(list, /^ *'([a-z]+):/gm)),
      sorted(commands.map(({ command }) => command)));
    assert.deepEqual(sorted(all(zsh.slice(0, zsh.indexOf('case $words')), /(--[a-z-]+)\[/g)),
      topOptions);
    assert.deepEqual(sorted(all(zsh, /^ {4}([a-z]+)\)$/gm)),
      sorted(commands.map(({ command }) => command)));
    assert.ok(zsh.startsWith(`#compdef ${name}\n`), 'or zsh does not take it for a completion');
  });

  for (const { command, options, actions } of commands) {
    it(`behind ${command} all that it takes, and nothing else`, () => {
      const part = new RegExp(`^ {4}${command}\\)\n([^]*?)\n {6};;`, 'm').exec(zsh)?.[1] ?? '';
      assert.deepEqual(sorted(all(part, /(--[a-z-]+)\[/g)), options);
      assert.deepEqual(/actions=\((.*)\)/.exec(part)?.[1].split(' ') ?? [], actions);
    });
  }
});

describe('completion for fish offers', () => {
  const lines = fish.split('\n').filter((line) => line.startsWith('complete '));

  it('every command and option of the program', () => {
    const first = lines.filter((line) => line.includes('-n __fish_use_subcommand '));
    assert.deepEqual(sorted(all(first.join('\n'), / -a ([a-z]+)/g)),
      sorted(commands.map(({ command }) => command)));
    assert.deepEqual(sorted(all(first.join('\n'), / -l ([a-z-]+)/g).map((one) => `--${one}`)),
      topOptions);
    assert.deepEqual(sorted(all(fish, /-n '__recipient_guard_\w+ ([a-z]+)/g)),
      sorted(commands.map(({ command }) => command)));
  });

  for (const { command, options, actions } of commands) {
    it(`behind ${command} all that it takes, and nothing else`, () => {
      /** @param {string} condition */
      const where = (condition) => lines.filter((line) =>
        line.includes(`-n '__recipient_guard_${condition} ${command}'`)).join('\n');
      assert.deepEqual(sorted(all(where('command'), / -l ([a-z-]+)/g).map((one) => `--${one}`)),
        options);
      assert.deepEqual(/ -a '(.*?)'/.exec(where('action'))?.[1].split(' ') ?? [], actions);
    });
  }
});
