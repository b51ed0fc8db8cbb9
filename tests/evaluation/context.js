// SPDX-License-Identifier: MPL-2.0
// What several sections need: the data, the engine, and answers that are asked for only once.
import { isRightFirst } from "./answers.js";
import { messageTo, person } from "./engine.js";
import { gateAtEqualRecall, firstLabelLength, OneEditIndex } from "./one-edit.js";
import { Chance, ofHalf } from "./statistics.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").DomainSlip} DomainSlip */
/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Answer} Answer */
/** @typedef {import("./statistics.js").Half} Half */

/** @param {Iterable<string>} names @returns {(domain: string) => boolean} one, or below one */
export function coveredBy(names) {
  const held = new Set(names);
  return (domain) => {
    for (let rest = domain; ; rest = rest.slice(rest.indexOf(".") + 1)) {
      if (held.has(rest)) {
        return true;
      }
      if (!rest.includes(".")) {
        return false;
      }
    }
  };
}

/** @template T @param {() => T} make @returns {() => T} made at the first call, then kept */
function once(make) {
  /** @type {{value: T} | undefined} */
  let held;
  return () => (held ??= { value: make() }).value;
}

export class Context {
  /** @param {{data: Data, engine: Engine, half: Half, seed: number}} parts */
  constructor({ data, engine, half, seed }) {
    this.data = data;
    this.engine = engine;
    this.half = half;
    this.seed = seed;
    this.realDomains = once(() => data.allRealDomains());
    this.business = once(() => this.makeBusiness());
    this.naturalSlips = once(() => this.askNaturalSlips());
    this.businessStrangers = once(() => this.askBusinessStrangers());
    this.gate = once(() => this.findGate());
  }

  /** @param {string} purpose @returns {Chance} of its own: sections do not disturb another */
  chance(purpose) {
    let hash = this.seed;
    for (const c of purpose) {
      hash = (Math.imul(hash, 31) + c.charCodeAt(0)) | 0;
    }
    return new Chance(hash);
  }

  /** @param {string[]} domains */
  halfOfNames(domains) {
    return ofHalf(domains, this.half, (domain) => domain);
  }

  /** @param {DomainSlip[]} rows */
  halfOfSlips(rows) {
    return ofHalf(rows, this.half, (row) => `${row.typed}\t${row.intended}`);
  }

  /** The company that allows whom it often writes to, and whom the slips meant. */
  makeBusiness() {
    const typos = this.data.naturalDomainSlips().filter((row) => row.label === "typo");
    const allowed = [
      ...new Set([...this.data.businessKnown(), ...typos.map((row) => row.intended)]),
    ];
    return { allowed, policy: this.engine.policy({ allow: allowed }), covers: coveredBy(allowed) };
  }

  /**
   * @param {string} policy @param {string[]} domains @param {{trace?: boolean}} [options]
   * @returns {Promise<Answer[]>}
   */
  askDomains(policy, domains, options) {
    return this.engine.checkAll(
      policy,
      domains.map((domain) => messageTo(`${person}@${domain}`)),
      options,
    );
  }

  async askNaturalSlips() {
    const rows = this.halfOfSlips(
      this.data.naturalDomainSlips().filter((row) => row.label === "typo"),
    );
    const answers = await this.askDomains(
      this.business().policy,
      rows.map((row) => row.typed),
      { trace: true },
    );
    return rows.map((row, i) => ({ ...row, answer: answers[i] }));
  }

  async askBusinessStrangers() {
    const domains = this.halfOfNames(this.data.businessStrangers());
    const answers = await this.askDomains(this.business().policy, domains, { trace: true });
    return domains.map((domain, i) => ({ domain, answer: answers[i] }));
  }

  /** The plain rule's gate at the recall that the engine has on the natural slips. */
  async findGate() {
    const slips = await this.naturalSlips();
    const index = new OneEditIndex(this.business().allowed);
    const recall =
      slips.filter((slip) => isRightFirst(slip.answer, [`${person}@${slip.intended}`])).length /
      Math.max(1, slips.length);
    return gateAtEqualRecall(
      slips.map((slip) => ({
        length: firstLabelLength(slip.typed),
        found: index.near(slip.typed)[0] === slip.intended,
      })),
      recall,
    );
  }
}
