// SPDX-License-Identifier: MPL-2.0
/** Fills the personal address book, as a person did long before the scenario. */

/**
 * @param {import("./thunderbird.js").Thunderbird} thunderbird
 * @param {{name: string, description?: string, members: string[]}[]} lists members by address
 */
export function addLists(thunderbird, lists) {
  return thunderbird.marionette.run(
    `const book = MailServices.ab.directories.find(d => d.URI == "jsaddrbook://abook.sqlite");
    const cards = new Map();
    const card = address => {
      if (!cards.has(address)) {
        const made = Cc["@mozilla.org/addressbook/cardproperty;1"].createInstance(Ci.nsIAbCard);
        made.displayName = address.split("@")[0];
        made.primaryEmail = address;
        cards.set(address, book.addCard(made));
      }
      return cards.get(address);
    };
    for (const { name, description, members } of args[0]) {
      const list = Cc["@mozilla.org/addressbook/directoryproperty;1"]
        .createInstance(Ci.nsIAbDirectory);
      Object.assign(list, { isMailList: true, dirName: name, description: description ?? "" });
      const made = book.addMailList(list);
      for (const address of members) made.addCard(card(address));
    }`,
    lists);
}

/**
 * @param {import("./thunderbird.js").Thunderbird} thunderbird
 * @param {string} address
 */
export function addCard(thunderbird, address) {
  return thunderbird.marionette.run(
    `const book = MailServices.ab.directories.find(d => d.URI == "jsaddrbook://abook.sqlite");
    const card = Cc["@mozilla.org/addressbook/cardproperty;1"].createInstance(Ci.nsIAbCard);
    card.displayName = args[0].split("@")[0];
    card.primaryEmail = args[0];
    book.addCard(card);`,
    address);
}

/**
 * The addresses that Thunderbird collected by itself.
 * @param {import("./thunderbird.js").Thunderbird} thunderbird
 * @returns {Promise<string[]>}
 */
export function collected(thunderbird) {
  return thunderbird.marionette.run(
    `const book = MailServices.ab.directories.find(d => d.URI == "jsaddrbook://history.sqlite");
    return book.childCards.map(card => card.primaryEmail);`);
}
