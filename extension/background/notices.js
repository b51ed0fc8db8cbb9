// SPDX-License-Identifier: MPL-2.0
// Things a person has to be told when no page of ours is open.

/**
 * @param {any} api Thunderbird's
 */
export function notices(api) {
  return {
    /**
     * Stands until it is closed; a newer one of its kind takes its place.
     *
     * @param {string} key of the text
     * @param {string[]} args
     */
    say(key, args) {
      const message = api.i18n.getMessage(key, args);
      const title = api.i18n.getMessage('extensionName');
      const iconUrl = api.runtime.getURL('icons/guard.svg');
      api.notifications.create(key, { type: 'basic', iconUrl, title, message })
        .catch(() => {});
    },
  };
}
