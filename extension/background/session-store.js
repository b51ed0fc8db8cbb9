// SPDX-License-Identifier: MPL-2.0
// What stands in storage.session: it outlives the event page, not Thunderbird.

const PREFIX = 'tab:';

/**
 * The table of compose windows.
 *
 * @param {any} session storage.session
 */
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

/**
 * Names this run of Thunderbird.
 *
 * @param {any} session storage.session
 * @param {() => string} newName
 * @returns {() => Promise<string>}
 */
export function runOf(session, newName) {
  let named = Promise.resolve('');
  return () => {
    // One after the other: two who ask at once must not get two names.
    named = named.catch(() => '').then(async (known) => {
      const name = known || (await session.get('run')).run || newName();
      await session.set({ run: name });
      return name;
    });
    return named;
  };
}
