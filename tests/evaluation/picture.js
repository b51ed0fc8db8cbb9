// SPDX-License-Identifier: MPL-2.0
// The one picture: slips questioned rightly against right domains questioned wrongly, as the
// threshold moves. Ours is a curve, the peers are points. Plain SVG, light and dark.

/** @typedef {{wrong: number, right: number}} At wrong per 1,000, right in % */
/** @typedef {At & {name: string}} Point */

const size = { width: 960, height: 600 };
const frame = { left: 70, right: 540, top: 70, bottom: 520 };
const ticksX = [0, 1, 3, 10, 30, 100, 300, 1000];
const ticksY = [0, 20, 40, 60, 80, 100];

/** Logarithmic, but with room for none at all. @param {number} wrong per 1,000 */
const placeX = (wrong) =>
  frame.left +
  ((frame.right - frame.left) * Math.log10(1 + wrong)) / Math.log10(1 + ticksX[ticksX.length - 1]);
/** @param {number} right in % */
const placeY = (right) => frame.bottom - ((frame.bottom - frame.top) * right) / 100;
/** @param {number} value */
const fixed = (value) => value.toFixed(1);

/** @param {string} text @returns {string} */
const escaped = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * The curve: of each threshold, shifted from the shipped one, what is questioned.
 * @param {{margin: number, right: boolean}[]} slips how far above the threshold, and whether the
 *   right correction stands first
 * @param {number[]} strangers how far above the threshold
 * @returns {At[]} from the strictest threshold to the laxest
 */
export function curveOf(slips, strangers) {
  const shifts = [...new Set([...slips.map((slip) => slip.margin), ...strangers, Infinity])]
    .filter((margin) => margin > -Infinity)
    .sort((a, b) => b - a);
  return shifts.map((shift) => ({
    wrong:
      (1000 * strangers.filter((margin) => margin >= shift).length) / Math.max(1, strangers.length),
    right:
      (100 * slips.filter((slip) => slip.right && slip.margin >= shift).length) /
      Math.max(1, slips.length),
  }));
}

const style = `
    svg { color: #1f2328; background: #ffffff; font: 13px system-ui, sans-serif; }
    .grid { stroke: currentColor; stroke-opacity: 0.15; }
    .axis { stroke: currentColor; }
    text { fill: currentColor; }
    .title { font-size: 17px; font-weight: 600; }
    .soft { fill-opacity: 0.75; }
    .ours { stroke: #0b62c4; fill: none; stroke-width: 2.5; stroke-linejoin: round; }
    .shipped { fill: #0b62c4; }
    .peer { fill: #b4501a; fill-opacity: 0.9; }
    .on-peer { fill: #ffffff; font-size: 11px; }
    @media (prefers-color-scheme: dark) {
      svg { color: #e6edf3; background: #0d1117; }
      .ours { stroke: #6cb6ff; }
      .shipped { fill: #6cb6ff; }
      .peer { fill: #c2611f; }
    }`;

/**
 * @param {string} name @param {Record<string, string | number>} attributes numbers to one decimal
 * @param {string} [inside]
 */
function element(name, attributes, inside) {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === "number" ? fixed(value) : escaped(value)}"`,
  );
  return `<${name}${written.join("")}${inside === undefined ? "/>" : `>${inside}</${name}>`}`;
}

/** @param {number} x @param {number} y @param {string} words @param {object} [more] */
const text = (x, y, words, more = {}) => element("text", { x, y, ...more }, escaped(words));

const middle = { "text-anchor": "middle" };

/** @returns {string[]} */
function axes() {
  const middleX = (frame.left + frame.right) / 2;
  const middleY = (frame.top + frame.bottom) / 2;
  const corner = `M${frame.left} ${frame.top}V${frame.bottom}H${frame.right}`;
  const up = { transform: `translate(22 ${middleY}) rotate(-90)` };
  return [
    ...ticksX
      .map(placeX)
      .flatMap((x, i) => [
        element("line", { class: "grid", x1: x, x2: x, y1: frame.top, y2: frame.bottom }),
        text(x, frame.bottom + 20, String(ticksX[i]), middle),
      ]),
    ...ticksY
      .map(placeY)
      .flatMap((y, i) => [
        element("line", { class: "grid", x1: frame.left, x2: frame.right, y1: y, y2: y }),
        text(frame.left - 8, y + 4, String(ticksY[i]), { "text-anchor": "end" }),
      ]),
    element("path", { class: "axis", fill: "none", d: corner }),
    text(
      middleX,
      frame.bottom + 46,
      "questioned wrongly, per 1,000 right but unknown domains",
      middle,
    ),
    text(0, 0, "right correction first, % of slips", { ...middle, ...up }),
  ];
}

/** @param {number} x @param {number} y @param {string} label @param {string} name */
function numbered(x, y, label, name) {
  return [
    element("circle", { class: "peer", cx: x, cy: y, r: 9 }, element("title", {}, escaped(name))),
    text(x, y + 4, label, { ...middle, class: "on-peer" }),
  ];
}

/** @param {Point[]} peers @returns {string[]} points that fall together are drawn once, "2,4" */
function points(peers) {
  /** @type {Map<string, {x: number, y: number, labels: number[], names: string[]}>} */
  const places = new Map();
  peers.forEach((peer, i) => {
    const [x, y] = [placeX(peer.wrong), placeY(peer.right)];
    const key = `${Math.round(x)} ${Math.round(y)}`;
    const place = places.get(key) ?? { x, y, labels: [], names: [] };
    place.labels.push(i + 1);
    place.names.push(peer.name);
    places.set(key, place);
  });
  return [...places.values()].flatMap(({ x, y, labels, names }) =>
    numbered(x, y, labels.join(","), names.join("; ")),
  );
}

/** @param {At} at */
const figuresOf = ({ right, wrong }) => `${fixed(right)} % at ${fixed(wrong)} of 1,000`;

/** @param {At} shipped @param {Point[]} peers @returns {string[]} */
function legend(shipped, peers) {
  const x = frame.right + 28;
  /** @param {number} row @param {string} name @param {At} at */
  const entry = (row, name, at) => [
    text(x + 26, frame.top + 10 + 34 * row, name),
    text(x + 26, frame.top + 25 + 34 * row, figuresOf(at), { class: "soft", "font-size": "11" }),
  ];
  const y = frame.top + 10;
  return [
    element("line", { class: "ours", x1: x - 4, x2: x + 20, y1: y, y2: y }),
    element("circle", { class: "shipped", cx: x + 8, cy: y, r: 7 }),
    ...entry(0, "Recipient Guard; dot: as shipped", shipped),
    ...peers.flatMap((peer, i) => [
      ...numbered(x + 8, frame.top + 10 + 34 * (i + 1.5), String(i + 1), peer.name),
      ...entry(i + 1.5, peer.name, peer),
    ]),
  ];
}

/**
 * @param {{curve: At[], shipped: At, peers: Point[], slips: number, strangers: number}} figures
 * @returns {string} an SVG document, ASCII
 */
export function picture({ curve, shipped, peers, slips, strangers }) {
  const line = curve.map(({ wrong, right }) => `${fixed(placeX(wrong))},${fixed(placeY(right))}`);
  const title = "Slips questioned rightly against right domains questioned wrongly";
  const about =
    `Recipient Guard as its threshold moves: a curve, as shipped ${figuresOf(shipped)}; ` +
    "other programs as points.";
  const counts = `${slips} slips made in business mail, ${strangers} right but unknown domains`;
  const parts = [
    element("title", { id: "title" }, title),
    element("desc", { id: "about" }, about),
    element("style", {}, `${style}\n  `),
    text(frame.left, 30, title, { class: "title" }),
    text(frame.left, 50, `${counts}; up and left is better`, { class: "soft" }),
    ...axes(),
    element("polyline", { class: "ours", points: line.join(" ") }),
    ...points(peers),
    element("circle", {
      class: "shipped",
      cx: placeX(shipped.wrong),
      cy: placeY(shipped.right),
      r: 7,
    }),
    ...legend(shipped, peers),
  ];
  const root = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${size.width} ${size.height}`,
    role: "img",
    "aria-labelledby": "title about",
  };
  return `${element("svg", root, `\n${parts.join("\n")}\n`)}\n`;
}
