// SPDX-License-Identifier: MPL-2.0
/** Small helpers of the harness: run a program, wait, wait for a condition. */
import { execFile } from 'node:child_process';

/** @param {number} time milliseconds */
export const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {string[]} args
 * @param {{env?: NodeJS.ProcessEnv, time?: number}} [options] `time` in milliseconds
 * @returns {Promise<string>} its standard output
 */
export function run(program, args, { env, time = 30_000 } = {}) {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env, timeout: time, maxBuffer: 1 << 24 }, (error, out, talk) => {
      if (!error) {
        resolve(out);
      } else if (error.code === 'ENOENT') {
        reject(new Error(`${program} is not installed; tools/setup brings it`));
      } else {
        reject(new Error(`${program} ${args.join(' ')}: ${error.message} ${talk}`.trim()));
      }
    });
  });
}

/**
 * Waits until `look` gives something true. It only looks; what is tested is never done twice.
 * @template T
 * @param {string} what for the error message
 * @param {() => Promise<T> | T} look
 * @param {number} [time] milliseconds
 * @returns {Promise<NonNullable<T>>}
 */
export async function waitFor(what, look, time = 15_000) {
  const end = performance.now() + time;
  for (;;) {
    const value = await look();
    if (value) {
      return value;
    }
    if (performance.now() > end) {
      throw new Error(`waited ${time / 1000} s in vain: ${what}`);
    }
    await pause(25);
  }
}
