// SPDX-License-Identifier: MPL-2.0
// A page of documentation whose commands are run: its code blocks, and a folder for PATH.

import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { PROGRAM, ROOT, temporaryFolder } from './host.js';

/**
 * The code blocks of a page: language, what stands in it, and the file that the text before it
 * names.
 *
 * @param {string} file
 */
export function blocksOf(file) {
  const page = readFileSync(path.join(ROOT, file), 'utf8');
  return [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map((found) => ({
    language: found[1],
    body: found[2],
    file: /`([^`\s]+)`:\n\n$/.exec(page.slice(0, found.index))?.[1],
  }));
}

/** A folder that holds the program under its name. */
export function folderOnPath() {
  const folder = temporaryFolder();
  symlinkSync(path.resolve(PROGRAM), path.join(folder, 'recipient-guard'));
  return folder;
}
