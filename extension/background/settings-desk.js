// SPDX-License-Identifier: MPL-2.0
// What the settings page may ask for: the host's own words on trust, history and health, and the
// learning from Sent folders.

import { HostError, HostFailure } from './host-port.js';
import { onHostFailure, requiredOrganisation } from './managed.js';

/** What of the host the page may use, and how long that may take, in milliseconds. */
const OPS = new Map([
  ['status', 2000], ['check', 2000],
  ['trust.list', 5000], ['trust.add', 5000], ['trust.remove', 5000],
  ['history.show', 5000], ['history.forget', 20000],
]);

/**
 * @typedef {{ok: Record<string, any>} | {error: {code: string, text: string}}} Answer
 *   the code is one of the protocol, or host: then the text names the failure
 */

export class SettingsDesk {
  #deps;

  /**
   * @param {{api: any, port: import('./host-port.js').HostPort,
   *   learning: import('./learning.js').Learning, unguarded: import('./unguarded.js').Unguarded,
   *   pulse: import('./pulse.js').Pulse, books: import('./books.js').Books,
   *   newKey: () => string, letGo: () => void}} deps
   *   `letGo`: the host is no longer needed, if nobody else does
   */
  constructor(deps) {
    this.#deps = deps;
  }

  /**
   * @param {{type: string, op?: string, body?: Record<string, unknown>, act?: string,
   *   folders?: string[]}} asked
   * @returns {Promise<unknown>}
   */
  async heard(asked) {
    switch (asked.type) {
      case 'settings:host':
        return this.#host(asked.op ?? '', asked.body ?? {});
      case 'settings:guard':
        return this.#guard();
      case 'settings:folders':
        return this.#deps.learning.folders();
      case 'settings:learning':
        return this.#learning(asked.act ?? '', asked.folders ?? []);
      default:
        return null;
    }
  }

  /**
   * @param {string} op
   * @param {Record<string, unknown>} body
   * @returns {Promise<Answer>}
   */
  async #host(op, body) {
    const deadline = OPS.get(op);
    if (deadline === undefined) {
      return { error: { code: 'unknown-op', text: op } };
    }
    const { port, unguarded, learning, books, newKey } = this.#deps;
    const forgets = op === 'history.forget';
    try {
      if (forgets) {
        // Told later it would be learnt anew; not told at all it would be missing in the record.
        await unguarded.flush((entry) => port.ask('unguarded', entry)).catch(() => {
          // No reason to keep anything.
        });
      }
      const key = op === 'check' ? { key: newKey() } : {};
      const ok = await port.ask(op, { ...body, ...key }, deadline);
      if (forgets && body.all === true) {
        await unguarded.forgotten();
        await learning.forgotten();
        // The address books are still there: whom they hold is known on.
        await books.again();
      }
      return { ok };
    } catch (error) {
      if (error instanceof HostError) {
        return { error: { code: error.code, text: error.text } };
      }
      return { error: { code: 'host', text: error instanceof HostFailure ? error.why : 'internal' } };
    } finally {
      this.#deps.letGo();
    }
  }

  /** What the extension knows by itself. */
  async #guard() {
    const { api, pulse } = this.#deps;
    const { managed } = api.storage;
    const [state, failure, required, { name, version }] = await Promise.all([
      pulse.read(), onHostFailure(managed), requiredOrganisation(managed),
      api.runtime.getBrowserInfo(),
    ]);
    return {
      ...state,
      onHostFailure: failure,
      required,
      extension: api.runtime.getManifest().version,
      thunderbird: `${name} ${version}`,
    };
  }

  /**
   * @param {string} act
   * @param {string[]} folders
   */
  async #learning(act, folders) {
    const { learning } = this.#deps;
    switch (act) {
      case 'start':
        await learning.start(folders);
        break;
      case 'pause':
        await learning.pause();
        break;
      case 'resume':
        await learning.resume();
        break;
      case 'cancel':
        await learning.cancel();
        break;
      default:
        break;
    }
    return learning.progress();
  }
}
