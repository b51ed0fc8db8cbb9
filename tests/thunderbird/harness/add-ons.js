// SPDX-License-Identifier: MPL-2.0
/** The page of add-ons, as a person has it: which of its buttons are there for one add-on. */
import { pause, waitFor } from './run.js';

/** The card of the add-on on its own page, once it is drawn. */
const CARD = `const win = Services.wm.getMostRecentWindow("mail:3pane");
  const tab = win.gTabmail.tabInfo.find(tab => tab.browser?.currentURI?.spec.startsWith("about:addons"));
  const page = tab?.browser.contentDocument;
  const card = page?.querySelector('addon-list, addon-details')
    && page.querySelector('addon-card[expanded][addon-id="' + args[0] + '"]');`;

/**
 * Opens the page on one add-on and its menu with the pointer, and closes it again.
 * @param {import("./thunderbird.js").Thunderbird} thunderbird
 * @param {string} id
 * @returns {Promise<{active: boolean, disable: boolean, remove: boolean}>} whether it is active, and
 *   whether there is a switch and an entry of the menu that take it out
 */
export async function managerOf(thunderbird, id) {
  const { marionette, display } = thunderbird;
  await marionette.run(
    `await Services.wm.getMostRecentWindow("mail:3pane")
      .openAddonsMgr("addons://detail/" + encodeURIComponent(args[0]));`, id);
  const at = await waitFor('the page shows the add-on and its menu button', () => marionette.run(
    `${CARD}
    const button = card?.querySelector(".more-options-button");
    if (!card?.addon || !button) return null;
    const box = button.getBoundingClientRect();
    const { mozInnerScreenX, mozInnerScreenY } = page.defaultView;
    return { shown: button.checkVisibility(), x: mozInnerScreenX + box.x + box.width / 2,
      y: mozInnerScreenY + box.y + box.height / 2 };`, id));
  if (at.shown) {
    await display.raise('Mozilla Thunderbird');
    await pause(300);
    await display.click(at.x, at.y);
    await waitFor('the menu is open', () => marionette.run(
      `${CARD} return !!card.querySelector('panel-list [action="report"], panel-list [action="remove"]')
        && card.querySelector("panel-list").hasAttribute("open");`, id));
  }
  const found = await marionette.run(
    `${CARD}
    const usable = action => [...card.querySelectorAll('[action="' + action + '"]')]
      .some(element => element.checkVisibility() && !element.disabled);
    const all = { active: card.addon.isActive, disable: usable("toggle-disabled"),
      remove: usable("remove") };
    win.gTabmail.closeTab(tab);
    return all;`, id);
  return found;
}
