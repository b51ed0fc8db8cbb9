// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { hasLeft, leftMessage, queuedCopy } from "../../extension/background/left-message.js";
import { Lists } from "../../extension/background/lists.js";
import { onHostFailure } from "../../extension/background/managed.js";
import { Origins } from "../../extension/background/origins.js";
import { Recipients } from "../../extension/background/recipients.js";
import { addedRecipients } from "../../extension/shared/message.js";
import { storage } from "./storage.js";

/** @param {string} email */
const contact = (email, name = "") => ({ vCard: `BEGIN:VCARD\r\nFN:${name}\r\nEMAIL:${email}\r\nEND:VCARD` });

const BOOKS = {
  book1: {
    lists: [{ id: "l1", name: "Friends", description: "" }, { id: "l2", name: "Mates", description: "all my mates" },
      { id: "l3", name: "Empty", description: "" }, { id: "l4", name: "Outer", description: "" },
      { id: "l5", name: "Ring", description: "" }, { id: "l6", name: "Team", description: "team@x.mil" },
      { id: "l7", name: "Nest", description: "" }, { id: "l8", name: "crew@x.mil", description: "" },
      { id: "l9", name: "Lost", description: "lost@x.mil" }],
  },
  directory: null,
};
const MEMBERS = {
  l1: [contact("bob@navy.ml", "Bob"), contact("eve@navy.mil", "Eve")],
  l2: [{ vCard: "FN:Zoe\r\nEMAIL;PREF=9:old@x.mil\r\nEMAIL;PREF=1:zoe@x.mil" }],
  l3: [],
  l4: [contact("Friends", "Friends"), contact("solo@x.mil"), { vCard: "FN:Nobody" }],
  l5: [contact("Ring", "Ring"), contact("a@x.mil")],
  l6: [contact("mal@y.ml", "Mal"), contact("team@x.mil")],
  l7: [contact("TEAM@x.mil", "team"), contact("nat@x.mil")],
  l8: [contact("cid@x.mil")],
};

/** @param {Record<string, any>} [more] */
function api(more = {}) {
  const parsed = [];
  const made = {
    parsed,
    addressBooks: {
      list: async () => Object.keys(BOOKS).map((id) => ({ id })),
      mailingLists: {
        list: async (/** @type {string} */ id) => {
          if (!BOOKS[id]) {
            throw new Error("no lists here");
          }
          return BOOKS[id].lists;
        },
        listMembers: async (/** @type {string} */ id) => MEMBERS[id] ?? Promise.reject(new Error("gone")),
      },
    },
    compose: {
      getComposeDetails: async () => made.details,
      listAttachments: async () => [{ name: "crew.xlsx" }, {}],
    },
    messengerUtilities: {
      parseMailboxString: async (/** @type {string} */ text) => {
        parsed.push(text);
        return text.split(";").filter(Boolean).map((one) => {
          const match = /^(?:"?(.*?)"? )?<(.*)>$/.exec(one.trim());
          if (match) {
            return { name: match[1], email: match[2].replace(/^"(.*)"$/, "$1") };
          }
          return one.includes("@") ? { name: undefined, email: one } : { name: one, email: undefined };
        });
      },
    },
    details: {},
    ...more,
  };
  return made;
}

/** @param {object} details @param {object | null} [origin] */
async function gather(details, origin = null, fake = api()) {
  fake.details = { from: "Me <me@own.mil>", type: "new", to: [], cc: [], bcc: [], ...details };
  const recipients = new Recipients(fake, new Lists(fake.addressBooks), /** @type {any} */ ({ of: async () => origin }));
  const fields = await recipients.fields(1);
  return { gatherer: recipients, fake, ...await recipients.gather(1, fields) };
}

describe("the recipients", () => {
  it("are those of every field, in order, with Thunderbird's reading beside the text", async () => {
    const { message } = await gather({
      to: ["Bob <b@x.mil>"], cc: ["c@x.mil"], bcc: ["d@x.mil"], replyTo: ["r@x.mil"],
      followupTo: ['"comp.lang.c"'], newsgroups: ["comp.lang.c++"],
    });
    assert.equal(message.from, "me@own.mil");
    assert.deepEqual(message.recipients, [
      { field: "to", text: "Bob <b@x.mil>", parsed: "b@x.mil" }, { field: "cc", text: "c@x.mil", parsed: "c@x.mil" },
      { field: "bcc", text: "d@x.mil", parsed: "d@x.mil" }, { field: "reply-to", text: "r@x.mil", parsed: "r@x.mil" },
      { field: "followup-to", text: "comp.lang.c" }, { field: "newsgroup", text: "comp.lang.c++" }]);
    assert.deepEqual(message.attachments, ["crew.xlsx", ""]);
  });

  it("of a list are its members, each with the list, and where the list stands is remembered", async () => {
    const { message, places } = await gather({ to: ["z@x.mil", "Friends <Friends>"] });
    assert.deepEqual(message.recipients.slice(1), [
      { field: "to", text: "Bob <bob@navy.ml>", parsed: "bob@navy.ml", list: "Friends" },
      { field: "to", text: "Eve <eve@navy.mil>", parsed: "eve@navy.mil", list: "Friends" }]);
    assert.deepEqual(places, [{ field: "to", at: 0 }, { field: "to", at: 1 }, { field: "to", at: 1 }]);
  });

  it("of a list with a description are found too, by the preferred address", async () => {
    const { message } = await gather({ to: ['Mates <"all my mates">'] });
    assert.deepEqual(message.recipients, [{ field: "to", text: "Zoe <zoe@x.mil>", parsed: "zoe@x.mil", list: "Mates" }]);
  });

  it("of a list within a list are found, each list once", async () => {
    const { message } = await gather({ to: ["Outer <Outer>", "Ring <Ring>"] });
    assert.deepEqual(message.recipients.map((one) => one.parsed), ["bob@navy.ml", "eve@navy.mil", "solo@x.mil", "a@x.mil"]);
  });

  it("of a list that looks like an address are found, as Thunderbird finds them: by name and description alone", async () => {
    for (const text of ["Team <team@x.mil>", "TEAM <Team@X.mil>", "team <Team@x.mil>"]) {
      const { message } = await gather({ to: [text] });
      assert.deepEqual(message.recipients, [
        { field: "to", text: "Mal <mal@y.ml>", parsed: "mal@y.ml", list: "Team" },
        { field: "to", text: "team@x.mil", parsed: "team@x.mil", list: "Team" }], text);
    }
    const { message } = await gather({ to: ["Nest <Nest>", "crew@x.mil <crew@x.mil>"] });
    assert.deepEqual(message.recipients.map((one) => one.parsed), ["mal@y.ml", "team@x.mil", "nat@x.mil", "cid@x.mil"]);
  });

  it("stand for themselves where only the name or only the address is a list's", async () => {
    for (const text of ["team@x.mil", "Team <other@x.mil>", "Tom <team@x.mil>", "crew@x.mil", "Friends <friends@x.mil>"]) {
      const { message } = await gather({ to: [text] });
      assert.deepEqual(message.recipients.map((one) => [one.text, one.list]), [[text, undefined]]);
    }
  });

  it("of a list that nobody can look into are told as the list alone", async () => {
    for (const [text, list] of [["Empty <Empty>", "Empty"], ["Staff <of the directory>", "Staff"],
      ["Staff <Staff>", "Staff"], ["Lost <lost@x.mil>", "Lost"], ["Team <Team>", "Team"]]) {
      const { message } = await gather({ to: [text] });
      assert.deepEqual(message.recipients, [{ field: "to", list }]);
    }
  });

  it("are told as a list alone too where the address books cannot be read", async () => {
    const broken = api();
    broken.addressBooks.list = async () => {
      throw new Error("locked");
    };
    const { message } = await gather({ to: ["Friends <Friends>", "a@x.mil"] }, null, broken);
    assert.deepEqual(message.recipients, [{ field: "to", list: "Friends" }, { field: "to", text: "a@x.mil", parsed: "a@x.mil" }]);
  });

  it("keep a text that is read as two, with both readings", async () => {
    const { message } = await gather({ to: ["a@x.mil;b@y.ml"] });
    assert.deepEqual(message.recipients, [{ field: "to", text: "a@x.mil;b@y.ml", parsed: "a@x.mil, b@y.ml" }]);
  });

  it("are read by Thunderbird once each, however often they are looked at", async () => {
    const { gatherer, fake } = await gather({ to: ["a@x.mil", "a@x.mil"] });
    await gatherer.gather(1, await gatherer.fields(1));
    assert.deepEqual(fake.parsed.filter((text) => text === "a@x.mil").length, 1);
  });

  it("never bring the body near the host", async () => {
    const { message } = await gather({ to: ["a@x.mil"], body: "secret", plainTextBody: "secret" });
    assert.doesNotMatch(JSON.stringify(message), /secret/);
  });
});

describe("the message that is answered", () => {
  const header = { author: "Carol <carol@navy.mil>", recipients: ["me@own.mil"], ccList: ["dan@x.mil"], folder: { specialUse: ["inbox"] } };

  /** @param {object} details @param {object} [found] @param {object} [more] */
  async function origin(details, found = header, more = {}) {
    const fake = api({ messages: { get: async () => found, ...more } });
    fake.details = details;
    const store = storage();
    const origins = new Origins(fake, store);
    return { origin: await origins.opened(1), again: await new Origins(fake, store).of(1, "reply"), fake };
  }

  it("names who took part, its author, and where it asks answers to go", async () => {
    const getHeaders = async () => ({ "reply-to": ["list@x.mil"] });
    const { origin: found, again } = await origin({ type: "reply", relatedMessageId: 5 }, header, { getHeaders });
    assert.deepEqual(found, {
      thread: ["carol@navy.mil", "me@own.mil", "dan@x.mil", "list@x.mil"],
      answered: { from: "carol@navy.mil", reply_to: ["list@x.mil"] },
    });
    assert.deepEqual(again, found, "it outlives the event page");
  });

  it("goes without the Reply-To where Thunderbird cannot give headers alone", async () => {
    const { origin: found } = await origin({ type: "reply", relatedMessageId: 5 });
    assert.deepEqual(found?.answered, { from: "carol@navy.mil" });
  });

  for (const [name, details, found] of [
    ["a new message", { type: "new" }, header], ["a forwarded one", { type: "forward", relatedMessageId: 5 }, header],
    ["the draft of a new message, which is related to itself", { type: "draft", relatedMessageId: 5 }, { ...header, folder: { specialUse: ["drafts"] } }],
  ]) {
    it(`is none for ${name}`, async () => assert.equal((await origin(details, found)).origin, null));
  }

  it("is found for the draft of an answer", async () => {
    assert.notEqual((await origin({ type: "draft", relatedMessageId: 5 })).origin, null);
  });

  it("is kept no longer than its compose window, however quickly that closes", async () => {
    const fake = api();
    fake.details = { type: "new" };
    const store = storage();
    const origins = new Origins(fake, store);
    const opened = origins.opened(1);
    await origins.closed(1);
    await opened;
    assert.deepEqual(store.kept, {});
  });

  it("is done without where it cannot be had", async () => {
    const fake = api({ messages: { get: async () => Promise.reject(new Error("gone")) } });
    fake.details = { type: "reply", relatedMessageId: 5 };
    assert.equal(await new Origins(fake, storage()).opened(1), null);
  });
});

/** @param {any} fake */
const recipientsOf = (fake) => new Recipients(fake, new Lists(fake.addressBooks), /** @type {any} */ (null));

describe("the message as it left", () => {
  /** @param {object} info @param {any} allowed */
  const left = (info, allowed, fake = api()) => leftMessage(recipientsOf(fake), info, allowed);
  const allowed = /** @type {any} */ ({ subject: "s", recipients: [{ field: "to", text: "L", list: "L" }, { field: "reply-to", text: "r@x" }] });

  it("has its recipients from the kept copy", async () => {
    const info = { messages: [{ recipients: ["a@x.mil"], ccList: [], bccList: ["Spy <s@y.com>"] }], details: { to: ["other@x"] } };
    assert.deepEqual((await left(info, allowed)).recipients, [
      { field: "to", text: "a@x.mil", parsed: "a@x.mil" }, { field: "bcc", text: "Spy <s@y.com>", parsed: "s@y.com" },
      { field: "reply-to", text: "r@x" }]);
  });

  it("has them from the details where no copy is kept, else as allowed", async () => {
    const { recipients } = await left({ messages: [], details: { to: ["a@x"] } }, allowed);
    assert.deepEqual(recipients[0], { field: "to", text: "a@x", parsed: "a@x" });
    assert.equal(await left({ messages: [] }, allowed), allowed);
  });

  it("has the members of lists where no copy is kept, so that they are no surprise and are learnt", async () => {
    const to = ["z@x.mil", "Friends <Friends>", "Team <team@x.mil>", "Empty <Empty>"];
    const { message } = await gather({ to, replyTo: ["r@x.mil"] });
    const after = await left({ messages: [], details: { to, cc: [] } }, message);
    assert.deepEqual(after.recipients, message.recipients);
    assert.deepEqual(addedRecipients(message, after), []);
  });

  it("has those that were allowed of a list that cannot be looked into any more; another list is added", async () => {
    const { message } = await gather({ to: ["Friends <Friends>"] });
    const broken = api();
    broken.addressBooks.list = async () => Promise.reject(new Error("locked"));
    const after = await left({ messages: [], details: { to: ["Friends <Friends>"], bcc: ["Spies <Spies>"] } }, message, broken);
    assert.deepEqual(after.recipients, [...message.recipients, { field: "bcc", list: "Spies" }]);
    assert.deepEqual(addedRecipients(message, after), ["Spies"]);
  });

  it("has what the kept copy says, also where that looks like a list", async () => {
    const info = { messages: [{ recipients: ["Friends <Friends>"] }] };
    assert.deepEqual((await left(info, allowed)).recipients[0], { field: "to", text: "Friends <Friends>", parsed: "Friends" });
  });
});

describe("whether a message left", () => {
  const [sent, drafts, outbox] = ["sent", "drafts", "outbox"].map((use) => ({ folder: { specialUse: [use] } }));
  for (const [how, info, left] of /** @type {[string, object, boolean][]} */ ([
    ["a Message-ID", { mode: "sendNow", headerMessageId: "a@x", messages: [sent] }, true],
    ["one, and no kept copy", { mode: "sendNow", headerMessageId: "a@x", messages: [] }, true],
    ["an empty one of a posting", { mode: "sendNow", headerMessageId: "", messages: [] }, true],
    ["a copy in the Outbox", { mode: "sendLater", messages: [sent, outbox] }, true],
    ["a saved draft alone", { mode: "sendNow", headerMessageId: null, messages: [drafts] }, false],
    ["a saved draft alone, later", { mode: "sendLater", messages: [drafts] }, false],
    ["nothing", { mode: "sendLater", messages: [] }, false],
    ["an error", { mode: "sendNow", error: "aborted", messages: [] }, false],
  ])) {
    it(`is told by ${how}: ${left}`, () => assert.equal(hasLeft(info), left));
  }

  const allowed = /** @type {any} */ ({
    time: 1000, recipients: [{ field: "to", text: "B <b@x.mil>", parsed: "b@x.mil" }, { field: "cc", list: "Staff" }],
  });

  /** @param {object[]} messages */
  const outboxOf = (...messages) => api({
    folders: { query: async ({ specialUse }) => specialUse.map((use) => ({ id: use })) },
    messages: {
      query: async ({ folderId, fromDate }) => ({
        messages: folderId === "outbox" ? messages.filter((one) => one.date >= fromDate) : [],
      }),
    },
  });
  /** @param {any} fake */
  const queued = (fake) => queuedCopy(fake, recipientsOf(fake), allowed);
  const copy = (to, date = 1001e3) => ({ date: new Date(date), recipients: to, ccList: [], bccList: [] });

  it("is shown by a copy in the Outbox that goes to all who were allowed", async () => {
    const other = copy(["c@x.mil"]);
    const own = copy(["B <b@x.mil>", "member@x.mil"]);
    assert.equal(await queued(outboxOf(other, own)), own);
    assert.equal(await queued(outboxOf(other)), null);
    assert.equal(await queued(outboxOf(copy(["b@x.mil"], 900e3))), null, "an older one");
    assert.equal(await queued(outboxOf()), null);
  });
});

describe("the administrator's switch", () => {
  for (const [managed, setting] of [
    [{ get: async () => ({ on_host_failure: "block" }) }, "block"], [{ get: async () => ({ on_host_failure: "allow" }) }, "allow"],
    [{ get: async () => ({ on_host_failure: "sometimes" }) }, "confirm"], [{ get: async () => ({}) }, "confirm"],
    [{ get: async () => Promise.reject(new Error("Managed storage manifest not found")) }, "confirm"], [undefined, "confirm"],
  ]) {
    it(`is ${setting}`, async () => assert.equal(await onHostFailure(managed), setting));
  }
});
