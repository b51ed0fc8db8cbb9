// SPDX-License-Identifier: MPL-2.0
// A page of documentation whose commands are run: its code blocks, and a folder for PATH.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { PROGRAM, ROOT, temporaryFolder } from './host.js';

/**
 * The code blocks of a page: language, what stands in it, and the file that the text before it
 * names.
 *
 * @param {string} file
 */
function blocksOf(file) {
  const page = readFileSync(path.join(ROOT, file), 'utf8');
  return [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map((found) => ({
    language: found[1],
    body: found[2],
    file: /`([^`\s]+)`:\n\n$/.exec(page.slice(0, found.index))?.[1],
  }));
}

/** A folder that holds the program under its name. */
function folderOnPath() {
  const folder = temporaryFolder();
  symlinkSync(path.resolve(PROGRAM), path.join(folder, 'recipient-guard'));
  return folder;
}

/** @param {string} shown output with "..." for any lines */
function pattern(shown) {
  const lines = shown.split('\n').filter((line) => line !== '').map((line) =>
    line === '...' ? '(?:.*\\n)*?' : `${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\n`);
  return new RegExp(`^${lines.join('')}$`);
}

/** @param {string} printed @param {string} shown */
function matches(printed, shown) {
  assert.match(printed, pattern(shown));
}

/**
 * Declares a test for each file and each command (`$ ..`) of a page, which run in their order in
 * `folder`; every block that is no `sh` is a file that the text before it names.
 *
 * @param {string} file
 * @param {string} folder
 * @param {{before?: (body: string) => void, env?: Record<string, string>,
 *   compare?: (printed: string, shown: string) => void}} [how] `before`: told of each block of
 *   commands
 * @returns {string[]} the commands
 */
export function declareCommandsOf(file, folder, { before, env = {}, compare = matches } = {}) {
  const programs = folderOnPath();
  const commands = [];
  for (const { language, body, file: named } of blocksOf(file)) {
    if (language !== 'sh') {
      it(`has a file ${named}`, () => {
        assert.ok(named, 'the text before a file names it');
        mkdirSync(path.dirname(path.join(folder, named)), { recursive: true, mode: 0o755 });
        writeFileSync(path.join(folder, named), body, { mode: 0o644 });
      });
      continue;
    }
    before?.(body);
    for (const part of body.split(/^\$ /m).slice(1)) {
      const end = part.indexOf('\n');
      const command = part.slice(0, end);
      commands.push(command);
      it(`prints what ${command} prints`, () => {
        const ended = spawnSync('bash', ['--norc', '-c', command], {
          cwd: folder,
          encoding: 'utf8',
          env: { ...process.env, ...env, PATH: `${programs}:${process.env.PATH}`, NO_COLOR: '1' },
        });
        assert.equal(ended.stderr, '');
        compare(ended.stdout, part.slice(end + 1));
      });
    }
  }
  return commands;
}
