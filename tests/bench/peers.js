// SPDX-License-Identifier: MPL-2.0
// What others take for the same queries, fed the same list: mailcheck, email-spell-checker,
// SymSpell, and the plain edit distance to each name. One JSON object on stdout.
//
//   peers.js LIST QUERIES
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Each peer is asked until so many milliseconds have passed. */
const PATIENCE = 1_500;

const load = createRequire(import.meta.url);
const [listFile, queriesFile] = process.argv.slice(2);
const lines = (/** @type {string} */ file) => readFileSync(file, 'utf8').trim().split('\n');
const listed = lines(listFile);
const asked = lines(queriesFile);

/**
 * @param {string} name
 * @param {(address: string) => unknown} ask
 */
function measured(name, ask) {
  const times = [];
  const end = performance.now() + PATIENCE;
  for (const address of asked) {
    const began = performance.now();
    ask(address);
    const ended = performance.now();
    times.push(ended - began);
    if (ended > end) {
      break;
    }
  }
  times.sort((a, b) => a - b);
  return { name, queries: times.length, p50_us: times[times.length >> 1] * 1000 };
}

/** One edit or none, as plainly as it can be asked. @param {string} a @param {string} b */
function isNear(a, b) {
  if (Math.abs(a.length - b.length) > 1) {
    return false;
  }
  let front = 0;
  while (front < a.length && a[front] === b[front]) {
    front++;
  }
  let back = 0;
  const most = Math.min(a.length, b.length) - front;
  while (back < most && a[a.length - 1 - back] === b[b.length - 1 - back]) {
    back++;
  }
  return Math.max(a.length, b.length) - front - back <= 1;
}

const mailcheck = load('mailcheck');
const zootools = (await import('@zootools/email-spell-checker')).default;
// Its file for Node reads dictionaries only from disk; the rest is as it is published.
const SymSpell = load('node-symspell');
const symSpell = new SymSpell(1, 7);
for (const name of listed) {
  symSpell.createDictionaryEntry(name, 1);
}
const fed = { domains: listed, secondLevelDomains: [], topLevelDomains: [] };
const domainOf = (/** @type {string} */ address) => address.slice(address.indexOf('@') + 1);
process.stdout.write(`${JSON.stringify([
  measured('mailcheck 1.1.1, fed', (email) => mailcheck.run({ email, ...fed })),
  measured('email-spell-checker 1.12.0, fed', (email) => zootools.run({ email, ...fed })),
  measured('SymSpell (node-symspell), fed', (email) => symSpell.lookup(domainOf(email), 0, 1)),
  measured('edit distance to each name', (email) => {
    const domain = domainOf(email);
    return listed.filter((name) => isNear(domain, name));
  }),
])}\n`);
