// SPDX-License-Identifier: MPL-2.0
// The peers: libraries that suggest a domain for a mistyped address. Development only.
import { CannotRun } from "./data.js";

/** @typedef {(address: string) => string | undefined} Suggest the first suggestion, if any */
/** @typedef {{name: string, fed: boolean, suggest: Suggest}} Peer */

/** @param {string} name @returns {Promise<any>} */
async function load(name) {
  try {
    const module = await import(name);
    return module;
  } catch {
    throw new CannotRun(69, `the package ${name} is not installed: run tools/setup`);
  }
}

/**
 * Each peer with its own list, and fed ours.
 * @param {string[]} list our domains @returns {Promise<Peer[]>}
 */
export async function peers(list) {
  const mailcheck = (await load("mailcheck")).default;
  const zootools = (await load("@zootools/email-spell-checker")).default;
  const misspelled = await load("email-misspelled");
  // Fed our list, they get it alone: with their own lists of endings beside it, they would question
  // half as many right domains more and find nothing more.
  const fed = { domains: list, secondLevelDomains: [], topLevelDomains: [] };
  /** @param {object} own @returns {Suggest} */
  const byMailcheck = (own) => (email) => mailcheck.run({ email, ...own })?.full;
  /** @param {object} own @returns {Suggest} */
  const byZootools = (own) => (email) => zootools.run({ email, ...own })?.full;
  /** @param {string[]} domains @returns {Suggest} */
  const byMisspelled = (domains) => {
    const check = misspelled.default({ domains });
    return (email) => check(email)[0]?.corrected;
  };
  return [
    { name: "mailcheck 1.1.1", fed: false, suggest: byMailcheck({}) },
    { name: "mailcheck 1.1.1", fed: true, suggest: byMailcheck(fed) },
    { name: "@zootools/email-spell-checker 1.12.0", fed: false, suggest: byZootools({}) },
    { name: "@zootools/email-spell-checker 1.12.0", fed: true, suggest: byZootools(fed) },
    { name: "email-misspelled 4.4.0", fed: false, suggest: byMisspelled(misspelled.top100) },
    { name: "email-misspelled 4.4.0", fed: true, suggest: byMisspelled(list) },
  ];
}
