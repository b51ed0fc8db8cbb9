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
  /** @param {string[] | undefined} domains @returns {Suggest} */
  const byMailcheck = (domains) => (email) => mailcheck.run({ email, domains })?.full;
  /** @param {string[] | undefined} domains @returns {Suggest} */
  const byZootools = (domains) => (email) => zootools.run({ email, domains })?.full;
  /** @param {string[]} domains @returns {Suggest} */
  const byMisspelled = (domains) => {
    const check = misspelled.default({ domains });
    return (email) => check(email)[0]?.corrected;
  };
  return [
    { name: "mailcheck 1.1.1", fed: false, suggest: byMailcheck(undefined) },
    { name: "mailcheck 1.1.1", fed: true, suggest: byMailcheck(list) },
    { name: "@zootools/email-spell-checker 1.12.0", fed: false, suggest: byZootools(undefined) },
    { name: "@zootools/email-spell-checker 1.12.0", fed: true, suggest: byZootools(list) },
    { name: "email-misspelled 4.4.0", fed: false, suggest: byMisspelled(misspelled.top100) },
    { name: "email-misspelled 4.4.0", fed: true, suggest: byMisspelled(list) },
  ];
}
