// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Books } from "../../extension/background/books.js";
import { emails } from "../../extension/shared/vcard.js";
import { Clock } from "./clock.js";
import { storage } from "./storage.js";

/** @param {string} id @param {...string} addresses */
const card = (id, ...addresses) => ({
  id, vCard: `BEGIN:VCARD\r\n${addresses.map((one) => `EMAIL:${one}\r\n`).join("")}END:VCARD\r\n`,
});

/** A Thunderbird with address books, and a host that is told of them. */
function desk() {
  const clock = new Clock();
  const cards = new Map([["pab", [card("1", "ann@x.mil", "ann@y.com")]], ["col", [card("2", "ben@x.mil")]]]);
  const names = new Map([["pab", "Personal Address Book"], ["col", "Collected Addresses"]]);
  const told = [];
  const one = { clock, cards, names, told, fails: false, store: storage(), session: storage() };
  one.wake = () => new Books({
    books: {
      list: async () => [...cards.keys()].map((id) => ({ id, name: names.get(id) })),
      contacts: { list: async (id) => cards.get(id) ?? Promise.reject(new Error("directory")) },
    },
    store: one.store,
    session: one.session,
    ask: async (op, { source, addresses }) => {
      if (one.fails) {
        throw new Error("gone");
      }
      told.push([op, source, addresses.join()]);
    },
    timer: (after, run) => clock.timer(after, run),
    now: () => clock.now,
    log: () => {},
  });
  one.books = one.wake();
  return one;
}

describe("the address books", () => {
  it("are told book by book at the first hello of a run, with every address of a card", async () => {
    const d = desk();
    await d.books.greeted();
    await d.books.greeted();
    assert.deepEqual(d.told, [["known.replace", "thunderbird/pab", "ann@x.mil,ann@y.com"],
      ["known.replace", "thunderbird/col", "ben@x.mil"]]);
  });

  it("are told without what would spoil the whole frame: half a character, a whole document", async () => {
    const d = desk();
    d.cards.set("pab", [card("1", "ann@x.mil", "a\ud800@x.mil", `${"a".repeat(400)}@x.mil`)]);
    await d.books.greeted();
    assert.equal(d.told[0][2], "ann@x.mil,a\ufffd@x.mil");
  });

  it("are told again when a card comes, changes or goes, once it has settled", async () => {
    const d = desk();
    await d.books.greeted();
    d.told.length = 0;
    d.cards.get("pab").push(card("3", "cid@x.mil"));
    await d.books.card({ ...card("3", "cid@x.mil"), parentId: "pab" }, true);
    d.books.book("pab");
    await d.clock.advance(5000);
    assert.deepEqual(d.told, [["known.replace", "thunderbird/pab", "ann@x.mil,ann@y.com,cid@x.mil"]]);
    d.cards.set("pab", []);
    d.books.book("pab");
    await d.clock.advance(5000);
    assert.deepEqual(d.told.at(-1), ["known.replace", "thunderbird/pab", ""]);
  });

  it("that are gone are told as empty, also where they went while nobody looked", async () => {
    const d = desk();
    await d.books.greeted();
    d.cards.delete("pab");
    d.books.book("pab");
    await d.clock.advance(5000);
    assert.deepEqual(d.told.at(-1), ["known.replace", "thunderbird/pab", ""]);
    d.cards.delete("col");
    d.session.kept.booksTold = false;
    await d.wake().greeted();
    assert.deepEqual(d.told.at(-1), ["known.replace", "thunderbird/col", ""]);
  });

  it("that cannot be listed keep what was known of them", async () => {
    const d = desk();
    await d.books.greeted();
    d.told.length = 0;
    d.cards.set("pab", null);
    d.books.book("pab");
    await d.clock.advance(5000);
    assert.deepEqual(d.told, []);
  });

  it("are told at the next hello where the host was away", async () => {
    const d = desk();
    d.fails = true;
    await d.books.greeted();
    d.fails = false;
    await d.books.greeted();
    assert.equal(d.told.length, 2);
  });
});

describe("collected addresses", () => {
  it("are read once, when the extension is first installed", async () => {
    const d = desk();
    await d.books.greeted();
    d.told.length = 0;
    d.cards.get("col").push(card("9", "slip@x.ml"));
    d.session.kept.booksTold = false;
    d.books.book("col");
    await d.wake().greeted();
    await d.clock.advance(5000);
    assert.deepEqual(d.told.map(([, source]) => source), ["thunderbird/pab"]);
    await d.books.again();
    assert.ok(d.told.every(([, source]) => source === "thunderbird/pab"));
  });

  it("do not count in any other book either, where the card came up for somebody just written to", async () => {
    const d = desk();
    await d.books.greeted();
    d.told.length = 0;
    await d.books.written(["Slip@x.ml"]);
    d.cards.get("pab").push(card("9", "slip@x.ml"));
    // The event page may have been stopped in between.
    const books = d.wake();
    await books.card({ ...card("9", "slip@x.ml"), parentId: "pab" }, true);
    await d.clock.advance(5000);
    assert.deepEqual(d.told, []);
    d.session.kept.booksTold = false;
    await books.greeted();
    assert.deepEqual(d.told, [["known.replace", "thunderbird/pab", "ann@x.mil,ann@y.com"]]);
  });

  it("are not those of a card that was there before, changed when somebody was just written to", async () => {
    const d = desk();
    await d.books.greeted();
    await d.books.written(["ann@x.mil"]);
    await d.books.card({ ...card("1", "ann@x.mil", "ann@y.com"), parentId: "pab" }, false);
    await d.clock.advance(5000);
    assert.deepEqual(d.told.at(-1), ["known.replace", "thunderbird/pab", "ann@x.mil,ann@y.com"]);
  });

  it("count once the person changes the card later", async () => {
    const d = desk();
    await d.books.greeted();
    await d.books.written(["dan@x.com"]);
    d.cards.get("pab").push(card("9", "dan@x.com"));
    await d.books.card({ ...card("9", "dan@x.com"), parentId: "pab" }, true);
    // Thunderbird puts the name that was typed into a card without one.
    await d.books.card({ ...card("9", "dan@x.com"), parentId: "pab" }, false);
    await d.clock.advance(5000);
    assert.deepEqual(d.told.length, 2, "still collected");
    await d.clock.advance(700000);
    await d.books.card({ ...card("9", "dan@x.com"), parentId: "pab" }, false);
    await d.clock.advance(5000);
    assert.deepEqual(d.told.at(-1), ["known.replace", "thunderbird/pab", "ann@x.mil,ann@y.com,dan@x.com"]);
  });
});

it("all addresses of a card are read, whatever their order and parameters", () => {
  const vCard = "BEGIN:VCARD\r\nFN:Ann\r\nEMAIL;PREF=2:ann@x.mil\r\nitem1.EMAIL;TYPE=work:an\r\n n@y.com\r\nEMAIL:\r\nEMAIL:no address\r\nEND:VCARD";
  assert.deepEqual(emails(vCard), ["ann@x.mil", "ann@y.com"]);
});
