// SPDX-License-Identifier: MPL-2.0
// Puts the parts together on Thunderbird's API.

import { addressIn } from '../shared/message.js';
import { Books } from './books.js';
import { Departures } from './departures.js';
import { GateCore } from './gate-core.js';
import { HostPort } from './host-port.js';
import { HostLink } from './host-link.js';
import { Judge } from './judge.js';
import { Learning } from './learning.js';
import { leftMessage, queuedCopy } from './left-message.js';
import { Lists } from './lists.js';
import { onHostFailure, requiredOrganisation } from './managed.js';
import { Notices } from './notices.js';
import { Origins } from './origins.js';
import { Pulse } from './pulse.js';
import { Recipients } from './recipients.js';
import { ReviewDesk } from './review-desk.js';
import { reviewWindows } from './review-windows.js';
import { SendGate } from './send-gate.js';
import { runOf, sessionStore } from './session-store.js';
import { SettingsDesk } from './settings-desk.js';
import { Unguarded } from './unguarded.js';

/** The name of the native host. */
const HOST_NAME = 'recipient_guard';

/**
 * @param {number} after milliseconds
 * @param {() => void} run
 */
function timer(after, run) {
  const id = setTimeout(run, after);
  return () => clearTimeout(id);
}

/** @returns {string} 128 random bits */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {unknown} what */
function log(what) {
  // The console may be read by others: what went wrong, never to whom the message goes.
  console.error('Recipient Guard:', what instanceof Error ? what.name : 'error',
    what instanceof Error ? what.stack : '');
}

/** @param {any} api Thunderbird's */
export function guard(api) {
  const lists = new Lists(api.addressBooks);
  const origins = new Origins(api, api.storage.session);
  const recipients = new Recipients(api, lists, origins);
  const unguarded = new Unguarded(api.storage.local, runOf(api.storage.session, newKey), newKey,
    log);
  const port = new HostPort({
    connect: () => api.runtime.connectNative(HOST_NAME),
    version: api.runtime.getManifest().version,
    timer,
  });
  const judge = new Judge(port, newKey, () => requiredOrganisation(api.storage.managed));
  const link = new HostLink({ port, unguarded, timer, log, composing: () => composeWindows(api) });
  const pulse = new Pulse(api.storage.local, () => Date.now());
  const books = booksOf(api, port);
  judge.onChecked = (outcome) => pulse.judged(outcome);
  port.onHello = (hello) => {
    judge.heard(hello);
    pulse.alive();
    link.greeted();
    books.greeted();
  };
  const notices = new Notices(api);
  const core = new GateCore({
    store: sessionStore(api.storage.session),
    fields: (tabId, details) => recipients.fields(tabId, details),
    gather: (tabId, fields) => recipients.gather(tabId, fields),
    judge,
    compose: {
      send: (tabId, mode) => api.compose.sendMessage(tabId, { mode }),
      set: (tabId, changes) => api.compose.setComposeDetails(tabId, changes),
      focused: async (tabId) => (await api.windows.get((await api.tabs.get(tabId)).windowId)).focused,
    },
    pages: reviewWindows(api),
    onHostFailure: () => onHostFailure(api.storage.managed),
    unguarded,
    leaving: (message) => books.written(message.recipients.map(addressIn)),
    left: (info, allowed) => leftMessage(recipients, info, allowed),
    queued: (allowed) => queuedCopy(api, recipients, allowed),
    notices,
    language: () => api.i18n.getUILanguage(),
    now: () => Date.now(),
    timer,
    token: newKey,
    log,
  });
  const gate = new SendGate(core);
  const departures = new Departures(core);
  const desk = new ReviewDesk(core, () => performance.now());
  desk.sweep().catch(log);
  const learning = learningOf(api, port, core);
  learning.wake().catch(log);
  const settings = new SettingsDesk({
    api, port, learning, unguarded, pulse, books, newKey, letGo: () => link.composed(),
  });
  return { core, gate, departures, desk, notices, origins, lists, host: link, books, settings };
}

/**
 * @param {any} api
 * @param {HostPort} port
 */
function booksOf(api, port) {
  return new Books({
    books: api.addressBooks,
    store: api.storage.local,
    session: api.storage.session,
    ask: (op, body, deadline) => port.ask(op, body, deadline),
    timer,
    now: () => Date.now(),
    log,
  });
}

/**
 * @param {any} api
 * @param {HostPort} port
 * @param {GateCore} core
 */
function learningOf(api, port, core) {
  return new Learning({
    api,
    store: api.storage.local,
    ask: (op, body) => port.ask(op, body),
    timer,
    now: () => Date.now(),
    // A page that waits for a person is no reason to wait, and what was let go asks nothing more.
    busy: () => core.tabs.find(({ phase }) => phase !== 'asking' && phase !== 'leaving') !== null,
    tell: (progress) => {
      api.runtime.sendMessage({ type: 'learning', progress }).catch(() => {
        // Nobody looks.
      });
    },
    log,
  });
}

/** @param {any} api */
async function composeWindows(api) {
  return (await api.tabs.query({ type: 'messageCompose' })).length;
}
