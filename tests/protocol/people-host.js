// SPDX-License-Identifier: MPL-2.0
// Hosts on a store of contacts, for the tests of people.

import assert from 'node:assert/strict';
import { Host, policyFile, to } from './host.js';

export const ALLOW_MIL = { format: 1, allow: ['mil'] };
export const STRICT = { format: 1, allow: ['mil'], strangers: 'warn' };
export const STRANGER = 'zoe@lantern-example.net';

/** @param {string} people @param {object|string} policy */
export function hostOn(people, policy = ALLOW_MIL) {
  const file = typeof policy === 'string' ? policy : policyFile(policy);
  return new Host(['serve', '--policy', file, '--people', people]);
}

/**
 * What a new host on the same store answers.
 * @template T @param {string} people @param {object} policy
 * @param {(host: Host) => Promise<T>} ask @returns {Promise<T>}
 */
export async function later(people, policy, ask) {
  const host = hostOn(people, policy);
  const answer = await ask(host);
  assert.equal(await host.end(), 0);
  return answer;
}

/** @param {Host} host @param {string} address @param {string} key */
export const check = (host, address, key) => host.ask('check', { key, message: to(address) });

/** @param {Host} host @param {string} address @param {string} key */
export async function sent(host, address, key) {
  await check(host, address, key);
  return host.ask('sent', { key, message: to(address) });
}

/** @param {() => Promise<boolean>} holds @param {number} time */
export async function soon(holds, time) {
  for (const end = Date.now() + time; Date.now() < end;) {
    if (await holds()) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return holds();
}

