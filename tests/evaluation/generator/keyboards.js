// SPDX-License-Identifier: MPL-2.0
// Which keys lie beside which, from the rows of a layout and how far each row is pushed in.

const layouts = {
  qwerty: ["1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm"],
  qwertz: ["1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm"],
  azerty: ["1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn"],
  dvorak: ["1234567890", "   pyfgcrl", "aoeuidhtns", " qjkxbmwvz"],
};
const indents = [0, 0.5, 0.75, 1.25];

/** @typedef {keyof typeof layouts} Layout */

/** @param {Layout} layout @returns {Map<string, string>} key -> the keys that touch it */
function neighbours(layout) {
  const keys = layouts[layout].flatMap((row, y) =>
    [...row].map((key, x) => ({ key, x: x + indents[y], y })).filter(({ key }) => key !== " "),
  );
  return new Map(
    keys.map((a) => [
      a.key,
      keys
        .filter(
          (b) => a !== b && Math.abs(a.y - b.y) <= 1 && Math.hypot(a.x - b.x, a.y - b.y) < 1.2,
        )
        .map((b) => b.key)
        .join(""),
    ]),
  );
}

const tables = new Map(
  /** @type {Layout[]} */ (Object.keys(layouts)).map((layout) => [layout, neighbours(layout)]),
);

/** @param {string} key @param {Layout} [layout] @returns {string} the keys beside it, maybe none */
export function besideKey(key, layout = "qwerty") {
  return tables.get(layout)?.get(key) ?? "";
}
