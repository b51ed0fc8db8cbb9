// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import {
  asciiDomain, domainOf, joinMailbox, splitMailbox, unicodeAddress, unicodeDomain,
} from "../../extension/shared/mailbox.js";

describe("a mailbox text", () => {
  for (const [text, name, address] of [
    ["bob@navy.mil", "", "bob@navy.mil"],
    ["Bob <bob@navy.mil>", "Bob", "bob@navy.mil"],
    ['"Builder, Bob" <bob@navy.mil>', "Builder, Bob", "bob@navy.mil"],
    ['"a \\"b\\" c" <x@y.z>', 'a "b" c', "x@y.z"],
    ["<x@y.z>", "", "x@y.z"],
    ['Mates <"all my mates">', "Mates", '"all my mates"'],
    ["a < b <c@d.e>", "a < b", "c@d.e"],
    ["", "", ""],
  ]) {
    it(`is split into name and address: ${text}`, () => {
      assert.deepEqual(splitMailbox(text), { name, address });
    });
  }

  it("comes out of its parts as Thunderbird reads it", () => {
    assert.equal(joinMailbox("", "x@y.z"), "x@y.z");
    assert.equal(joinMailbox("Bob O'Neil-Smith", "x@y.z"), "Bob O'Neil-Smith <x@y.z>");
    assert.equal(joinMailbox('Smith, "B" \\', "x@y.z"), '"Smith, \\"B\\" \\\\" <x@y.z>');
    for (const name of ["Smith, Bob", 'a "b" c', "x@y", "back\\slash", "\u00c9mile"]) {
      assert.deepEqual(splitMailbox(joinMailbox(name, "x@y.z")), { name, address: "x@y.z" });
    }
  });
});

describe("the domain of an address", () => {
  for (const [address, domain] of [
    ["bob@navy.mil", "navy.mil"],
    ["bob@NAVY.Mil", "navy.mil"],
    ['"a@x.mil b"@y.ml', "y.ml"],
    ['"a\\"@x.mil"@y.ml', "y.ml"],
    ["a@b@c.de", "c.de"],
    ["bob", ""],
    ["bob@", ""],
    ["bob@b\u00fccher.de", "xn--bcher-kva.de"],
    ["bob@xn--bcher-kva.de", "xn--bcher-kva.de"],
    ["bob@unit.example.m il", ""],
    ["bob@evil.ml/navy.mil", ""],
    ["bob@evil.ml?navy.mil", ""],
    ["bob@evil.ml#navy.mil", ""],
    ["bob@evil.ml\\navy.mil", ""],
    ["bob@navy.mil:80", ""],
    ["bob@na%76y.mil", ""],
    ["bob@navy\u00ad.mil", ""],
    ["bob@[192.0.2.1]", ""],
  ]) {
    it(`is ${domain || "none"} for ${JSON.stringify(address)}`, () => {
      assert.equal(domainOf(address), domain);
    });
  }
});

describe("an international domain", () => {
  it("is shown in Unicode, as the URL reader maps it back", () => {
    for (const domain of ["b\u00fccher.de", "\u4f8b\u3048.jp", "xn.ml", "stra\u00dfe.de", "\u0440\u0444.\u0440\u0444",
      "a-b\u00e9-c.example", "\u{1F600}.ws"]) {
      const ascii = new URL(`http://${domain}/`).hostname;
      assert.equal(unicodeDomain(ascii), domain.normalize("NFC"));
      assert.equal(asciiDomain(unicodeDomain(ascii)), ascii);
    }
  });

  it("stays as it is where a label does not decode", () => {
    for (const label of ["xn--", "xn--a-", "xn--99999999", "xn--\u00e9", "xn--zzzzzzzzzzzzzzzzzzzzzzz"]) {
      assert.equal(unicodeDomain(`${label}.ml`), `${label}.ml`);
    }
  });

  it("is shown so in an address too, whose local part is left alone", () => {
    assert.equal(unicodeAddress("xn--x@xn--bcher-kva.de"), "xn--x@b\u00fccher.de");
    assert.equal(unicodeAddress("nobody"), "nobody");
  });
});
