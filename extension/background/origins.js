// SPDX-License-Identifier: MPL-2.0
// Who took part in the message that is answered. Gathered when the compose window opens, from its
// headers alone; without it the check goes on.

/**
 * @typedef {import('../shared/message.js').Origin} Origin
 */

/** At Send it is waited for so long, in milliseconds. */
const PATIENCE = 100;

/** Kinds that answer a message. A draft may be the draft of an answer. */
const ANSWERING = ['reply', 'draft'];

export class Origins {
  #api;
  #store;
  /** @type {Map<number, Promise<Origin | null>>} */
  #origins = new Map();

  /**
   * @param {any} api Thunderbird's
   * @param {any} store storage.session
   */
  constructor(api, store) {
    this.#api = api;
    this.#store = store;
  }

  /**
   * A compose window opened.
   *
   * @param {number} tabId
   */
  opened(tabId) {
    const origin = this.#gather(tabId).catch(() => null);
    this.#origins.set(tabId, origin);
    return origin;
  }

  /** @param {number} tabId */
  async closed(tabId) {
    this.#origins.delete(tabId);
    await this.#store.remove(name(tabId));
  }

  /**
   * @param {number} tabId
   * @param {string} kind
   * @returns {Promise<Origin | null>}
   */
  async of(tabId, kind) {
    if (!ANSWERING.includes(kind)) {
      return null;
    }
    const late = new Promise((resolve) => {
      setTimeout(() => resolve(null), PATIENCE);
    });
    return Promise.race([this.#kept(tabId), late]);
  }

  /** @param {number} tabId */
  async #kept(tabId) {
    const known = this.#origins.get(tabId);
    if (known) {
      return known;
    }
    const kept = (await this.#store.get(name(tabId)).catch(() => ({})))[name(tabId)];
    return kept ? kept.origin : this.opened(tabId);
  }

  /**
   * @param {number} tabId
   * @returns {Promise<Origin | null>}
   */
  async #gather(tabId) {
    const { type, relatedMessageId } = await this.#api.compose.getComposeDetails(tabId);
    const wanted = ANSWERING.includes(type) && relatedMessageId !== undefined;
    const origin = wanted ? await this.#read(type, relatedMessageId) : null;
    await this.#store.set({ [name(tabId)]: { origin } });
    if (!this.#origins.has(tabId)) {
      // Closed meanwhile.
      await this.#store.remove(name(tabId));
    }
    return origin;
  }

  /**
   * @param {string} type
   * @param {number} id
   * @returns {Promise<Origin | null>}
   */
  async #read(type, id) {
    const header = await this.#api.messages.get(id);
    // The draft of a new message is related to itself.
    const special = header.folder?.specialUse ?? [header.folder?.type];
    if (type === 'draft' && (special.includes('drafts') || special.includes('templates'))) {
      return null;
    }
    const [from, to, cc, replyTo] = await Promise.all([
      this.#addresses([header.author]), this.#addresses(header.recipients),
      this.#addresses(header.ccList), this.#replyTo(id),
    ]);
    const thread = [...new Set([...from, ...to, ...cc, ...replyTo])];
    return {
      thread,
      ...(from.length > 0 ? {
        answered: { from: from[0], ...(replyTo.length > 0 ? { reply_to: replyTo } : {}) },
      } : {}),
    };
  }

  /**
   * Where the message asks answers to go. Only newer versions of Thunderbird (147 and later) give
   * a message's headers without the whole of it.
   *
   * @param {number} id
   */
  async #replyTo(id) {
    if (typeof this.#api.messages.getHeaders !== 'function') {
      return [];
    }
    const headers = await this.#api.messages.getHeaders(id).catch(() => ({}));
    return this.#addresses(headers['reply-to'] ?? headers.headers?.['reply-to'] ?? []);
  }

  /**
   * @param {string[] | undefined} texts
   * @returns {Promise<string[]>}
   */
  async #addresses(texts) {
    const read = await Promise.all((texts ?? []).filter(Boolean).map((text) => {
      return this.#api.messengerUtilities.parseMailboxString(text);
    }));
    return read.flat().map((one) => one.email).filter(Boolean);
  }
}

/** @param {number} tabId */
function name(tabId) {
  return `origin:${tabId}`;
}
