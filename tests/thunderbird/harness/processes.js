// SPDX-License-Identifier: MPL-2.0
/** The processes that run a program, also where another file has taken its name since. */
import { readdirSync, readlinkSync } from 'node:fs';

/** What Linux puts after the name of a file that is gone. */
const GONE = ' (deleted)';

/**
 * @param {string} file absolute, links resolved
 * @returns {{pid: number, replaced: boolean}[]} `replaced`: its file no longer stands there
 */
export function processesOf(file) {
  return readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).flatMap((pid) => {
    try {
      const runs = readlinkSync(`/proc/${pid}/exe`);
      const replaced = runs.endsWith(GONE);
      return (replaced ? runs.slice(0, -GONE.length) : runs) === file
        ? [{ pid: Number(pid), replaced }] : [];
    } catch {
      return []; // It ended meanwhile, or is another user's.
    }
  });
}
