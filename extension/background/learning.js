// SPDX-License-Identifier: MPL-2.0
// Learns from Sent folders, on request: headers only, in small pages, so that no window stands
// still. How far it came is written down after each page, so that it goes on where it was after a
// pause, a restart of Thunderbird, a host that was away, or a cancel. The host counts what it is
// told, so nothing is told twice where that can be helped; where it cannot, a message too many is
// counted rather than one too few.

import { wellFormed } from '../shared/message.js';
import { HostError, HostFailure } from './host-port.js';

const KEY = 'learning';

/**
 * Messages of one page. Thunderbird reads on by itself and rests for 25 ms after each page; with
 * pages of 20 that is too little for its garbage collection, which then falls behind and stands in
 * the way for 100 ms and more (tools/bench learn).
 */
const PAGE = 10;

/** The host is told of so many at once. */
const BATCH = 100;

/** So long it waits while a message is being sent, in milliseconds. */
const YIELD = 300;

/** Pauses before a host that was busy or gone is asked again, in milliseconds. */
const RETRIES = [500, 2000, 10000];

/** After the start of Thunderbird it waits so long, in milliseconds. */
const AFTER_START = 4000;

/**
 * `done`: how many of its messages were looked at, when there were `total` of them; `spent`:
 * milliseconds at work; `until`: Unix seconds, later ones are not learned here, because they are
 * learned when they leave. So are some that the next reading meets again: no header tells what
 * this Thunderbird sent from what another device did.
 *
 * @typedef {{id: string, name: string, path: string, total: number, done: number, spent: number,
 *   since: number, until: number}} LearningFolder
 * @typedef {{state: 'running'|'paused'|'done'|'cancelled'|'failed', folders: LearningFolder[],
 *   aside: LearningFolder[], at: number, learned: number, passed: number, error: string}} Progress
 *   `aside`: begun in a run that was cancelled, and not chosen since
 * @typedef {{from: string, kind: string, time: number,
 *   recipients: {field: string, text: string}[]}} Learnable
 */

export class Learning {
  #deps;
  /** @type {Progress | null} */
  #progress = null;
  /** The run that has the word; another value means that it was stopped. */
  #run = 0;
  /** A run that was stopped may still wait for the host; only its answer tells how far it came. */
  #line = Promise.resolve();
  #ready;

  /**
   * @param {{api: any, store: any, ask: (op: string, body: Record<string, unknown>) =>
   *   Promise<Record<string, any>>, timer: (after: number, run: () => void) => () => void,
   *   now: () => number, busy: () => boolean, tell: (progress: Progress | null) => void,
   *   log: (what: unknown) => void}} deps `busy`: whether a message is being sent
   */
  constructor(deps) {
    this.#deps = deps;
    this.#ready = this.#load();
  }

  async #load() {
    const kept = (await this.#deps.store.get(KEY).catch(() => ({})))[KEY];
    this.#progress = kept ?? null;
  }

  /** The background page woke: what was under way goes on. */
  async wake() {
    await this.#ready;
    if (this.#progress?.state === 'running' && this.#run === 0) {
      this.#run = 1;
      await this.#wait(AFTER_START);
      if (this.#run === 1) {
        this.#begin();
      }
    }
  }

  /** @returns {Promise<Progress | null>} */
  async progress() {
    await this.#ready;
    return this.#progress;
  }

  /**
   * The folders that can be learned from: the Sent folders first.
   *
   * @returns {Promise<{id: string, name: string, path: string, account: string, total: number,
   *   sent: boolean, learned: number | null}[]>} `learned`: when it was read before, Unix seconds
   */
  async folders() {
    const { api } = this.#deps;
    const [sent, accounts, before] = await Promise.all([
      api.folders.query({ specialUse: ['sent'], isVirtual: false }),
      api.accounts.list(false), this.#before(),
    ]);
    const names = new Map(accounts.map((/** @type {any} */ one) => [one.id, one.name]));
    const all = await Promise.all(sent.map(async (/** @type {any} */ folder) => {
      const info = await api.folders.getFolderInfo(folder.id).catch(() => ({}));
      return {
        id: folder.id, name: folder.name ?? '', path: folder.path ?? '',
        account: String(names.get(folder.accountId) ?? ''),
        total: info.totalMessageCount ?? 0, sent: true, learned: before[folder.id] ?? null,
      };
    }));
    return all;
  }

  /** @param {string[]} ids of the folders */
  async start(ids) {
    await this.#ready;
    if (!this.#underWay()) {
      await this.#next(() => this.#prepare(ids));
    }
  }

  /** @param {string[]} ids */
  async #prepare(ids) {
    if (this.#underWay()) {
      return;
    }
    const [before, folders] = await Promise.all([this.#before(), this.folders()]);
    const { folders: last, at, aside } = this.#progress ?? { folders: [], at: 0, aside: [] };
    const begun = [...last.slice(at), ...aside].filter((one) => one.done > 0);
    const until = Math.floor(this.#deps.now() / 1000);
    this.#progress = {
      state: 'running', at: 0, learned: 0, passed: 0, error: '',
      folders: folders.filter((one) => ids.includes(one.id)).map(({ id, name, path, total }) => {
        const fresh = { id, name, path, total, done: 0, spent: 0, since: before[id] ?? 0, until };
        return begun.find((one) => one.id === id) ?? fresh;
      }),
      aside: begun.filter((one) => !ids.includes(one.id)),
    };
    await this.#keep();
    this.#begin();
  }

  #underWay() {
    return this.#progress?.state === 'running' || this.#progress?.state === 'paused';
  }

  async pause() {
    await this.#set(['running'], 'paused');
  }

  async resume() {
    if (await this.#set(['paused', 'failed'], 'running')) {
      this.#begin();
    }
  }

  async cancel() {
    await this.#set(['running', 'paused', 'failed'], 'cancelled');
  }

  /** Everything was forgotten: what was read before may be read again. */
  async forgotten() {
    await this.#ready;
    this.#run += 1;
    this.#progress = null;
    await this.#deps.store.remove([KEY, 'learned']);
    this.#deps.tell(null);
  }

  /**
   * @param {Progress['state'][]} from
   * @param {Progress['state']} to
   */
  async #set(from, to) {
    await this.#ready;
    const progress = this.#progress;
    if (!progress || !from.includes(progress.state)) {
      return false;
    }
    this.#run += 1;
    Object.assign(progress, { state: to, error: '' });
    await this.#keep();
    return true;
  }

  #begin() {
    this.#run += 1;
    const run = this.#run;
    this.#next(() => this.#go(run)).catch(this.#deps.log);
  }

  /** @param {() => Promise<void>} work that begins when all before it has ended */
  #next(work) {
    const done = this.#line.then(work);
    this.#line = done.catch(() => {});
    return done;
  }

  /** @param {number} run */
  async #go(run) {
    const progress = /** @type {Progress} */ (this.#progress);
    const holds = () => this.#run === run && this.#progress === progress;
    try {
      while (holds() && progress.at < progress.folders.length) {
        await this.#folder(progress, progress.folders[progress.at], holds);
      }
      if (holds()) {
        progress.state = 'done';
        await this.#keep();
      }
    } catch (error) {
      if (holds()) {
        Object.assign(progress, { state: 'failed', error: reasonOf(error) });
        await this.#keep();
      }
      this.#deps.log(error);
    }
  }

  /**
   * @param {Progress} progress
   * @param {LearningFolder} folder
   * @param {() => boolean} holds
   */
  async #folder(progress, folder, holds) {
    const { folders, messages } = this.#deps.api;
    const { totalMessageCount: total = folder.total } = await folders.getFolderInfo(folder.id)
      .catch(() => ({}));
    // Archived or deleted meanwhile, and nobody tells which: from among those looked at, as far as
    // that is possible. So some may be told twice, and no more are missed than came in meanwhile.
    folder.done = Math.max(0, folder.done - Math.max(0, folder.total - total));
    folder.total = total;
    // Without a limit of time Thunderbird cuts pages by their number alone.
    let page = await messages.query({
      folderId: folder.id, messagesPerPage: PAGE, autoPaginationTimeout: 0,
    });
    let passed = 0;
    let began = this.#deps.now();
    /** @type {any[]} */
    let waiting = [];
    for (;;) {
      const last = !page.id;
      const fresh = page.messages.slice(Math.max(0, folder.done - passed));
      passed += page.messages.length;
      waiting.push(...fresh);
      if (waiting.length >= BATCH || (last && waiting.length > 0)) {
        // Also where it was stopped meanwhile: the host has counted them.
        if (await this.#tell(progress, folder, waiting, holds)) {
          folder.done = Math.max(folder.done, passed);
          waiting = [];
          folder.spent += this.#deps.now() - began;
          began = this.#deps.now();
          await this.#keep();
        }
        if (!holds()) {
          break;
        }
      }
      if (last) {
        break;
      }
      page = await messages.continueList(page.id);
    }
    if (page.id) {
      await messages.abortList(page.id).catch(() => {});
    }
    if (holds()) {
      await this.#finished(progress, folder);
    }
  }

  /**
   * @param {Progress} progress
   * @param {LearningFolder} folder
   */
  async #finished(progress, folder) {
    folder.done = Math.max(folder.done, folder.total);
    progress.at += 1;
    const before = await this.#before();
    await this.#deps.store.set({ learned: { ...before, [folder.id]: folder.until } });
    await this.#keep();
  }

  /**
   * @param {Progress} progress
   * @param {LearningFolder} folder
   * @param {any[]} headers
   * @param {() => boolean} holds
   *   Answers whether they are done with: false where it was stopped before.
   */
  async #tell(progress, folder, headers, holds) {
    const messages = headers.map(learnable).filter((one) => {
      return one.time >= folder.since && one.time < folder.until && one.recipients.length > 0;
    });
    let told = messages.length === 0;
    for (let tries = 0; !told && holds(); tries += 1) {
      while (this.#deps.busy() && holds()) {
        await this.#wait(YIELD);
      }
      if (!holds()) {
        break;
      }
      try {
        const { learned, passed_over: passed } = await this.#deps.ask('history.learn', { messages });
        progress.learned += Number(learned) || 0;
        progress.passed += Number(passed) || 0;
        told = true;
      } catch (error) {
        const again = error instanceof HostError ? error.retry : error instanceof HostFailure;
        if (!again || tries >= RETRIES.length) {
          throw error;
        }
        await this.#wait(RETRIES[tries]);
      }
    }
    progress.passed += told ? headers.length - messages.length : 0;
    return told;
  }

  /** @param {number} ms */
  #wait(ms) {
    return new Promise((resolve) => {
      this.#deps.timer(ms, () => resolve(undefined));
    });
  }

  /** @returns {Promise<Record<string, number>>} when each folder was read before, Unix seconds */
  async #before() {
    return (await this.#deps.store.get('learned')).learned ?? {};
  }

  async #keep() {
    // Of what was forgotten meanwhile nothing is kept.
    if (this.#progress) {
      await this.#deps.store.set({ [KEY]: this.#progress });
      this.#deps.tell(this.#progress);
    }
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof HostError) {
    return error.code;
  }
  return error instanceof HostFailure ? 'host' : 'folder';
}

/**
 * What the host is told of a message that was sent: to whom and when, nothing of what.
 *
 * @param {any} header Thunderbird's
 * @returns {Learnable}
 */
export function learnable(header) {
  const fields = { to: header.recipients, cc: header.ccList, bcc: header.bccList };
  return {
    from: header.author ?? '',
    // Thunderbird takes "Re:" off itself; other programs' words for it stay.
    kind: /^\s*(re|aw|sv|vs|antw|odp|r|ref)\s*(\[\d+\])?:/iu.test(header.subject ?? '') ? 'reply' : 'new',
    time: Math.floor(Number(new Date(header.date)) / 1000) || 0,
    recipients: Object.entries(fields).flatMap(([field, texts]) => {
      return (texts ?? []).map((/** @type {string} */ text) => ({ field, text: wellFormed(text) }));
    }),
  };
}
