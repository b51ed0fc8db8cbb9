// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { formattedName, preferredEmail } from "../../extension/shared/vcard.js";

/** @param {string[]} lines */
const card = (...lines) => ["BEGIN:VCARD", "VERSION:4.0", ...lines, "END:VCARD"].join("\r\n");

describe("the address of a contact", () => {
  for (const [name, text, address] of [
    ["is the only one", card("EMAIL:a@x.mil"), "a@x.mil"],
    ["is the one with the lowest PREF, not the first", card("EMAIL;PREF=2:a@x.mil", "EMAIL;PREF=1:b@x.mil"), "b@x.mil"],
    ["with a PREF goes before those without", card("EMAIL:a@x.mil", "EMAIL;TYPE=work;PREF=\"50\":b@x.mil"), "b@x.mil"],
    ["is the first where none has a PREF", card("EMAIL;TYPE=home:a@x.mil", "EMAIL:b@x.mil"), "a@x.mil"],
    ["is found in a group", card("item1.EMAIL;PREF=1:a@x.mil"), "a@x.mil"],
    ["is found over a folded line", card("EMAIL;PREF=1:a@very.long.do", " main.mil"), "a@very.long.domain.mil"],
    ["loses its escapes", card("EMAIL:a\\,b@x.mil"), "a,b@x.mil"],
    ["is none where there is none", card("FN:Bob"), ""],
    ["is not an empty one", card("EMAIL;PREF=1:", "EMAIL:a@x.mil"), "a@x.mil"],
    ["survives a colon in a parameter", card('EMAIL;LABEL="a:b":a@x.mil'), "a@x.mil"],
    ["is found in a card with bare line ends", "EMAIL:a@x.mil\nFN:Bob", "a@x.mil"],
  ]) {
    it(name, () => assert.equal(preferredEmail(text), address));
  }

  it("has the name beside it", () => {
    assert.equal(formattedName(card("FN:Smith\\, Bob", "EMAIL:a@x")), "Smith, Bob");
    assert.equal(formattedName(card("EMAIL:a@x")), "");
  });
});
