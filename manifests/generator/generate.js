// SPDX-License-Identifier: MPL-2.0
// Writes the samples, or with --check says which of them are not what would be written.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { FOLDER } from './description.js';
import { samples } from './samples.js';

const check = process.argv[2] === '--check';
let stale = 0;
for (const [name, text] of Object.entries(samples())) {
  const file = path.join(FOLDER, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) {
    continue;
  }
  stale += 1;
  if (check) {
    console.error(`manifests/${name} is not what tools/manifests makes`);
  } else {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`manifests/${name}`);
  }
}
process.exitCode = check && stale > 0 ? 1 : 0;
