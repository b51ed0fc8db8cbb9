// SPDX-License-Identifier: MPL-2.0
// What several sections need: the data, the engine, and answers that are asked for only once.
import { isRightFirst } from "./answers.js";
import { messageTo, person } from "./engine.js";
import { gateAtEqualRecall, firstLabelLength, OneEditIndex } from "./one-edit.js";
import { Chance, ofHalf } from "./statistics.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").DomainSlip} DomainSlip */
/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./counting.js").Case} Case */
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

/** @param {string} address @returns {string} */
export function domainOf(address) {
  return address.slice(address.lastIndexOf("@") + 1);
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
   * @template {{typed: string, right: string[]}} S
   * @param {string} policy @param {S[]} slips domains; somebody there is asked about
   * @returns {Promise<(S & Case)[]>} typed and right as whole addresses
   */
  async askSlips(policy, slips) {
    const answers = await this.engine.checkAll(
      policy,
      slips.map(({ typed }) => messageTo(`${person}@${typed}`)),
      { trace: true },
    );
    return slips.map((slip, i) => ({
      ...slip,
      typed: `${person}@${slip.typed}`,
      right: slip.right.map((domain) => `${person}@${domain}`),
      answer: answers[i],
    }));
  }

  /** @param {string} policy @param {string[]} domains right ones @returns {Promise<Case[]>} */
  askDomains(policy, domains) {
    return this.askSlips(
      policy,
      domains.map((typed) => ({ typed, right: [] })),
    );
  }

  async askNaturalSlips() {
    const rows = this.halfOfSlips(
      this.data.naturalDomainSlips().filter((row) => row.label === "typo"),
    );
    return this.askSlips(
      this.business().policy,
      rows.map((row) => ({ ...row, right: [row.intended] })),
    );
  }

  askBusinessStrangers() {
    return this.askDomains(this.business().policy, this.halfOfNames(this.data.businessStrangers()));
  }

  /** The plain rule's gate at the recall that the engine has on the natural slips. */
  async findGate() {
    const slips = await this.naturalSlips();
    const index = new OneEditIndex(this.business().allowed);
    const found = slips.filter(({ answer, right }) => isRightFirst(answer, right)).length;
    const recall = found / Math.max(1, slips.length);
    return gateAtEqualRecall(
      slips.map(({ typed, intended }) => ({
        length: firstLabelLength(domainOf(typed)),
        found: index.near(domainOf(typed))[0] === intended,
      })),
      recall,
    );
  }
}
