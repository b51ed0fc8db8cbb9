// SPDX-License-Identifier: MPL-2.0
// Registers the listeners, at the top level and synchronously, so that Thunderbird wakes the event
// page for each of them. What they do stands elsewhere.

import { guard } from './guard.js';

const { core, gate, departures, desk, notices, origins, lists, host, books, settings } = guard(browser);

browser.compose.onBeforeSend.addListener((tab, details) => gate.beforeSend(tab.id, details));
browser.compose.onAfterSend.addListener((tab, info) => {
  departures.afterSend(tab.id, info).catch(core.world.log);
});
browser.tabs.onCreated.addListener((tab) => {
  if (tab.type === 'messageCompose') {
    origins.opened(tab.id);
    host.composing();
  }
});
browser.tabs.onRemoved.addListener((tabId) => {
  departures.tabClosed(tabId).catch(core.world.log);
  origins.closed(tabId).catch(core.world.log);
  host.composed();
});
browser.windows.onRemoved.addListener((windowId) => {
  desk.windowClosed(windowId).catch(core.world.log);
  notices.windowClosed(windowId);
});
browser.runtime.onMessage.addListener((asked, sender) => {
  // Only pages of our own may speak; a view is meant for a page, not for us.
  if (sender.id !== browser.runtime.id || asked?.type === 'view') {
    return undefined;
  }
  if (asked?.type === 'notices') {
    return notices.all();
  }
  return String(asked?.type).startsWith('settings:') ? settings.heard(asked) : desk.heard(asked);
});
browser.runtime.onStartup.addListener(() => host.started());
browser.runtime.onInstalled.addListener(() => host.started());
for (const event of ['onCreated', 'onUpdated']) {
  browser.addressBooks.contacts[event].addListener((/** @type {any} */ card) => {
    books.card(card, event === 'onCreated');
  });
}
browser.addressBooks.contacts.onDeleted.addListener((/** @type {string} */ book) => books.book(book));
for (const event of ['onCreated', 'onUpdated', 'onDeleted']) {
  browser.addressBooks[event].addListener((/** @type {string | {id: string}} */ book) => {
    books.book(typeof book === 'string' ? book : book.id);
    // Its lists come and go with it.
    lists.forget();
  });
}
for (const event of ['onCreated', 'onUpdated', 'onDeleted', 'onMemberAdded', 'onMemberRemoved']) {
  browser.addressBooks.mailingLists[event]?.addListener(() => lists.forget());
}
