// SPDX-License-Identifier: MPL-2.0
// Asks the host what it makes of a message, and turns each way this can end into a plain value.

import { keepsRecord, readVerdict, storesPeople } from '../shared/protocol.js';
import { meets } from '../shared/requirement.js';
import { HostError, HostFailure } from './host-port.js';

/**
 * @typedef {import('../shared/message.js').Message} Message
 * @typedef {import('../shared/protocol.js').Verdict} Verdict
 * @typedef {{kind: 'verdict', key: string, verdict: Verdict, unrecorded?: boolean,
 *   unkept?: boolean} | {kind: 'failed', why: string} | {kind: 'refused', code: string}} Outcome
 *   `unrecorded`: the host keeps a record and could not write this down; `unkept`: the person's
 *   "it is right" holds for this message only
 */

/** Answers to a decision that are about the person's answers, not about the host. */
const REFUSALS = ['not-permitted', 'cannot-record', 'store-unavailable', 'busy'];

export class Judge {
  #port;
  #newKey;
  #required;
  /** Whether the host can remember trusted people. */
  trustable = false;
  #recording = false;
  /** @type {Record<string, unknown>} */
  #policy = {};

  /**
   * @param {Pick<import('./host-port.js').HostPort, 'ask' | 'askAfterHello'>} port
   * @param {() => string} newKey 128 random bits
   * @param {() => Promise<import('../shared/requirement.js').Requirement | null>} required the
   *   policy that the administrator requires
   */
  constructor(port, newKey, required = async () => null) {
    /**
     * Told how each check went.
     *
     * @type {(outcome: Outcome) => void}
     */
    this.onChecked = () => {};
    this.#port = port;
    this.#newKey = newKey;
    this.#required = required;
  }

  /** @param {{health: unknown, policy: Record<string, unknown>}} hello */
  heard(hello) {
    this.trustable = storesPeople(hello.health);
    this.#recording = keepsRecord(hello.health);
    this.#policy = hello.policy;
  }

  /**
   * @param {Message} message
   * @param {string | null} renews the key that this check takes the place of
   * @returns {Promise<Outcome>}
   */
  async check(message, renews) {
    const key = this.#newKey();
    const outcome = await this.#verdict('check', key, message, renews ? { renews } : {});
    this.onChecked(outcome);
    // A host that was started anew knows nothing of the old key.
    return renews && outcome.kind === 'failed' && outcome.why === 'unknown-key'
      ? this.check(message, null) : outcome;
  }

  /**
   * Tells the person's answers. A host that no longer knows the key is asked anew first.
   *
   * @param {string} key
   * @param {Message} message as it now stands
   * @param {object[]} actions
   * @returns {Promise<Outcome>}
   */
  async decide(key, message, actions) {
    const body = { actions, outcome: 'send' };
    const outcome = await this.#verdict('decision', key, message, body);
    if (outcome.kind !== 'failed' || outcome.why !== 'unknown-key') {
      return outcome;
    }
    const again = await this.check(message, null);
    if (again.kind !== 'verdict') {
      return again;
    }
    const decided = await this.#verdict('decision', again.key, message, body);
    // What is asked by now may be another question than the one that was answered.
    return decided.kind === 'refused' && decided.code === 'not-permitted' ? again : decided;
  }

  /**
   * The person went back to editing. Nothing waits for it.
   *
   * @param {string} key
   * @param {Message} message
   * @param {object[]} actions
   */
  async back(key, message, actions) {
    await this.#port.ask('decision', { key, message, actions, outcome: 'back' }).catch(() => {});
  }

  /**
   * The message left.
   *
   * @param {string} key
   * @param {Message} message as it left
   * @param {string} mode now or later
   * @returns {Promise<boolean | null>} whether it left as allowed; null where nobody can say
   */
  async sent(key, message, mode) {
    try {
      const { matched } = await this.#port.ask('sent', { key, message, mode });
      return typeof matched === 'boolean' ? matched : null;
    } catch {
      return null;
    }
  }

  /**
   * @param {string} op
   * @param {string} key
   * @param {Message} message
   * @param {Record<string, unknown>} body
   * @returns {Promise<Outcome>}
   */
  async #verdict(op, key, message, body) {
    try {
      const required = await this.#required();
      const asked = { key, message, ...body };
      // The policy can change while the connection stands.
      const raw = await (required ? this.#port.askAfterHello(op, asked) : this.#port.ask(op, asked));
      if (required && !meets(this.#policy, required)) {
        return { kind: 'failed', why: 'organisation' };
      }
      const verdict = readVerdict(raw, message.recipients.length);
      if (!verdict) {
        return { kind: 'failed', why: 'garbage' };
      }
      const unrecorded = this.#recording && verdict.recorded === false;
      return {
        kind: 'verdict',
        key,
        verdict,
        ...(unrecorded ? { unrecorded } : {}),
        ...(verdict.kept === false ? { unkept: true } : {}),
      };
    } catch (error) {
      if (error instanceof HostError) {
        const { code } = error;
        return REFUSALS.includes(code) ? { kind: 'refused', code } : { kind: 'failed', why: code };
      }
      return { kind: 'failed', why: error instanceof HostFailure ? error.why : 'internal' };
    }
  }
}
