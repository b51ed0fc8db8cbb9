// SPDX-License-Identifier: MPL-2.0
// Characters that look like a letter of ASCII: drawn from Unicode's confusables (UTS #39) and from
// what people confuse in plain ASCII. A table of the evaluation's own.

/** Letters of another script that look the same. */
export const otherScript = {
  cyrillic: {
    a: "\u0430",
    c: "\u0441",
    d: "\u0501",
    e: "\u0435",
    h: "\u04bb",
    i: "\u0456",
    j: "\u0458",
    k: "\u043a",
    l: "\u04cf",
    o: "\u043e",
    p: "\u0440",
    q: "\u051b",
    s: "\u0455",
    w: "\u051d",
    x: "\u0445",
    y: "\u0443",
  },
  greek: {
    a: "\u03b1",
    i: "\u03b9",
    k: "\u03ba",
    n: "\u03b7",
    o: "\u03bf",
    p: "\u03c1",
    u: "\u03c5",
    v: "\u03bd",
    y: "\u03b3",
  },
  armenian: { h: "\u0570", n: "\u0578", o: "\u0585", q: "\u0566", u: "\u057d" },
};

/** Latin letters that look the same or nearly: dotless i, script a and g, dots and accents. */
export const latinTwins = {
  a: ["\u0251", "\u00e1", "\u00e0", "\u1ea1"],
  c: ["\u00e7", "\u010b"],
  e: ["\u00e9", "\u0117", "\u1eb9"],
  g: ["\u0261", "\u0121"],
  i: ["\u0131", "\u00ed", "\u1ecb"],
  k: ["\u0137"],
  l: ["\u0142", "\u013c"],
  n: ["\u0144", "\u1e47"],
  o: ["\u00f3", "\u00f6", "\u1ecd"],
  s: ["\u015f", "\u1e63"],
  t: ["\u0163", "\u1e6d"],
  u: ["\u00fa", "\u00fc", "\u1ee5"],
  y: ["\u00fd", "\u1ef5"],
  z: ["\u017c", "\u1e93"],
};

/** Seen by nobody. */
export const invisible = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"];

/** In plain ASCII, as they stand in many fonts; each also the other way round. */
export const asciiTwins = {
  "0/o": [["0", "o"]],
  "1/l/i": [
    ["1", "l"],
    ["1", "i"],
    ["l", "i"],
  ],
  "rn/m": [["rn", "m"]],
  "vv/w": [["vv", "w"]],
  "cl/d": [["cl", "d"]],
};

/** @param {string} text a-z, 0-9 @returns {string} the same in the full-width forms */
export function fullWidth(text) {
  return text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
}
