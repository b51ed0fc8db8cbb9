// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { coveredBy } from "./context.js";
import { makeMany, markClasses, oneLetterSlips, twinClasses } from "./generator/classes.js";
import { besideKey } from "./generator/keyboards.js";
import {
  domainSlips,
  isHostName,
  localPartSlip,
  outsideShare,
  shares,
  slipOfKind,
  topLevelShare,
} from "./generator/slips.js";
import { isOneEdit } from "./one-edit.js";
import { Chance } from "./statistics.js";

const names = [
  "alleghenyenergy.com",
  "us.pwcglobal.com",
  "coral-energy.com",
  "sullcrom.com",
  "state.tx.us",
  "kpmg.com",
  "berkeley.edu",
  "navy.mil",
  "parliament.uk",
  "cliverunnells.com",
  "watervalley.net",
  "quinnemanuel.com",
  "mail-harbour.org",
  "dwindle.gov",
];
const nobody = () => false;

describe("generated slips", () => {
  const slips = domainSlips(names, 4000, new Chance(5), new Set(), coveredBy(names));
  const inside = slips.filter((slip) => !slip.outside);

  it("are of long names more often than of short ones, as keys struck are", () => {
    const two = ["all-an.org", `${"quarry-yard".repeat(3)}.org`]; // 10 and 37 characters
    const drawn = domainSlips(two, 400, new Chance(3), new Set(), nobody);
    const short = drawn.filter((slip) => slip.intended === two[0]).length;
    assert.ok(short > 0 && short < 0.35 * drawn.length, `${short} of ${drawn.length}`);
  });

  it("repeat with the seed", () =>
    assert.deepEqual(
      domainSlips(names, 50, new Chance(5), new Set(), nobody),
      domainSlips(names, 50, new Chance(5), new Set(), nobody),
    ));

  it("are host names, and never what was meant or covered by a name allowed", () => {
    const covers = coveredBy(names);
    assert.ok(
      slips.every(
        ({ typed, intended }) => isHostName(typed) && typed !== intended && !covers(typed),
      ),
    );
  });

  it("are one edit from what was meant, inside the model", () =>
    assert.deepEqual(
      inside.filter(({ typed, intended }) => !isOneEdit(typed, intended)),
      [],
    ));

  it("leave out names that are real", () => {
    const real = new Set(
      slips
        .filter((slip) => slip.kind === "deletion")
        .slice(0, 60)
        .map((slip) => slip.typed),
    );
    const others = domainSlips(names, 500, new Chance(5), real, nobody);
    assert.ok(others.every(({ typed }) => !real.has(typed)));
  });
});

describe("the shares of generated slips", () => {
  // Of many names, so that leaving out repeats does not bend the shares.
  const chance = new Chance(9);
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const word = () => Array.from({ length: 9 }, () => chance.pick([...letters])).join("");
  const many = Array.from(
    { length: 4000 },
    (_, i) => `${word()}${i % 3 === 0 ? "ll" : "-"}${word()}.com`,
  );
  const slips = domainSlips(many, 10_000, new Chance(2), new Set(), nobody);
  const inside = slips.filter((slip) => !slip.outside);

  for (const [kind, share] of Object.entries(shares)) {
    it(`hold ${share} % of kind ${kind}`, () => {
      const measured = (100 * inside.filter((slip) => slip.kind === kind).length) / inside.length;
      assert.ok(Math.abs(measured - (100 * share) / 101) < 1.5, measured.toFixed(2));
    });
  }

  it("hold a tenth outside the model", () => {
    const measured = slips.filter((slip) => slip.outside).length / slips.length;
    assert.ok(Math.abs(measured - outsideShare) < 0.012, String(measured));
  });

  it("hold 15 % in the top-level domain", () => {
    const measured = slips.filter((slip) => slip.where === "top-level").length / slips.length;
    assert.ok(Math.abs(measured - topLevelShare) < 0.02, String(measured));
  });

  it("hold neighbouring keys for half of the wrong letters", () => {
    const wrong = inside.filter((slip) => slip.kind === "substitution");
    const beside = wrong.filter(({ typed, intended }) => {
      const at = [...typed].findIndex((letter, i) => letter !== intended[i]);
      return besideKey(intended[at]).includes(typed[at]);
    });
    const share = beside.length / wrong.length; // chance adds some 5 of 25 letters to the half
    assert.ok(share > 0.5 && share < 0.68, String(share));
  });
});

describe("a slip of one kind", () => {
  it("is null where the name has no place for it", () => {
    assert.equal(slipOfKind("hyphen", "navy.mil", new Chance(1)), null);
    assert.equal(slipOfKind("undoubled", "navy.mil", new Chance(1)), null);
  });

  it("stays before or in the top-level domain, as asked", () => {
    for (let seed = 0; seed < 50; seed += 1) {
      assert.match(
        slipOfKind("deletion", "navy.mil", new Chance(seed), "top-level") ?? "navy.x",
        /^navy\./,
      );
      assert.match(slipOfKind("deletion", "navy.mil", new Chance(seed)) ?? "x.mil", /\.mil$/);
    }
  });
});

describe("a slip of a local part", () => {
  it("is a dot-atom still", () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const slip = localPartSlip("anna.bergstrom", new Chance(seed));
      assert.match(slip?.typed ?? "x", /^[a-z0-9]+([._-][a-z0-9]+)*$/);
    }
  });
});

describe("the classes", () => {
  for (const [name, make] of Object.entries({ ...markClasses, ...twinClasses })) {
    it(`make slips of class ${name}, none of them the name itself`, () => {
      const fit = [...names, "cope.com", "scope.xpo.gov", "rnvvcl0.com", "wind-mill1.org"];
      const made = makeMany(make, fit, 30, new Chance(4), nobody);
      assert.ok(made.length > 0);
      assert.ok(made.every(({ typed, right }) => !right.includes(typed)));
    });
  }

  it("know the pairs of plain ASCII both ways", () => {
    const typed = (/** @type {string} */ name, /** @type {string} */ of) =>
      makeMany(twinClasses[of], [name], 1, new Chance(1), nobody)[0]?.typed;
    assert.equal(typed("army.mil", "rn/m"), "arrny.mil");
    assert.equal(typed("corner.gov", "rn/m"), "comer.gov");
    assert.equal(typed("vvip.gov", "vv/w"), "wip.gov");
    assert.equal(typed("b0b.gov", "0/o"), "bob.gov");
    assert.equal(typed("body.gov", "cl/d"), "bocly.gov");
  });

  it("write a twin as A-label", () => {
    const made = makeMany(
      twinClasses["mixed script, as A-label"],
      ["army.mil"],
      1,
      new Chance(1),
      nobody,
    );
    assert.match(made[0].typed, /^xn--[a-z0-9-]+\.mil$/);
  });
});

describe("one letter's slips", () => {
  it("of mil hold mi, ml, mill, mli and mul, and each is one edit away", () => {
    const slips = oneLetterSlips("mil");
    for (const typed of ["mi", "ml", "mill", "mli", "mul", "xmil"]) {
      assert.ok(slips.includes(typed), typed);
    }
    assert.ok(slips.every((typed) => isOneEdit(typed, "mil")));
    assert.equal(slips.length, 3 + 3 * 25 + 4 * 26 - 3 + 2); // left out, wrong, too many, swapped
  });
});

describe("what a list covers", () => {
  it("is a name and all below it, by whole labels", () => {
    const covers = coveredBy(["navy.mil"]);
    assert.ok(covers("navy.mil") && covers("mail.navy.mil"));
    assert.ok(!covers("xnavy.mil") && !covers("mil"));
  });
});
