// SPDX-License-Identifier: MPL-2.0
// The table of compose windows in storage.session: it outlives the event page, not Thunderbird.

const PREFIX = 'tab:';

/** @param {any} session storage.session */
export function sessionStore(session) {
  return {
    async load() {
      const all = await session.get(null);
      const ours = Object.entries(all).filter(([name]) => name.startsWith(PREFIX));
      return Object.fromEntries(ours.map(([name, state]) => [name.slice(PREFIX.length), state]));
    },
    /**
     * @param {number} tabId
     * @param {object | null} state
     */
    async save(tabId, state) {
      const name = `${PREFIX}${tabId}`;
      await (state ? session.set({ [name]: state }) : session.remove(name));
    },
  };
}
