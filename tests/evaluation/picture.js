// SPDX-License-Identifier: MPL-2.0
// The one picture: slips questioned rightly against right domains questioned wrongly, as the
// threshold moves. Ours is a curve, the peers are points. Plain SVG, light and dark.

/** @typedef {{wrong: number, right: number}} At wrong per 1,000, right in % */
/** @typedef {At & {name: string}} Point */

const size = { width: 900, height: 600 };
const frame = { left: 70, right: 560, top: 70, bottom: 520 };
const ticksX = [0, 1, 3, 10, 30, 100, 300, 1000];
const ticksY = [0, 20, 40, 60, 80, 100];

/** Logarithmic, but with room for none at all. @param {number} wrong per 1,000 */
const placeX = (wrong) =>
  frame.left + ((frame.right - frame.left) * Math.log10(1 + wrong)) / Math.log10(1 + ticksX[ticksX.length - 1]);
/** @param {number} right in % */
const placeY = (right) => frame.bottom - ((frame.bottom - frame.top) * right) / 100;
/** @param {number} value */
const fixed = (value) => value.toFixed(1);

/** @param {string} text @returns {string} */
const escaped = (text) =>
  text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

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
    wrong: (1000 * strangers.filter((margin) => margin >= shift).length) / Math.max(1, strangers.length),
    right:
      (100 * slips.filter((slip) => slip.right && slip.margin >= shift).length) / Math.max(1, slips.length),
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
    .peer { fill: #b4501a; }
    @media (prefers-color-scheme: dark) {
      svg { color: #e6edf3; background: #0d1117; }
      .ours { stroke: #6cb6ff; }
      .shipped { fill: #6cb6ff; }
      .peer { fill: #f0883e; }
    }`;

/** @returns {string[]} */
function axes() {
  const middleX = (frame.left + frame.right) / 2;
  const middleY = (frame.top + frame.bottom) / 2;
  return [
    ...ticksX.flatMap((tick) => [
      `<line class="grid" x1="${fixed(placeX(tick))}" y1="${frame.top}" x2="${fixed(placeX(tick))}" y2="${frame.bottom}"/>`,
      `<text x="${fixed(placeX(tick))}" y="${frame.bottom + 20}" text-anchor="middle">${tick}</text>`,
    ]),
    ...ticksY.flatMap((tick) => [
      `<line class="grid" x1="${frame.left}" y1="${fixed(placeY(tick))}" x2="${frame.right}" y2="${fixed(placeY(tick))}"/>`,
      `<text x="${frame.left - 8}" y="${fixed(placeY(tick) + 4)}" text-anchor="end">${tick}</text>`,
    ]),
    `<path class="axis" fill="none" d="M${frame.left} ${frame.top}V${frame.bottom}H${frame.right}"/>`,
    `<text x="${middleX}" y="${frame.bottom + 46}" text-anchor="middle">questioned wrongly, per 1,000 right but unknown domains</text>`,
    `<text transform="translate(22 ${middleY}) rotate(-90)" text-anchor="middle">questioned rightly, right correction first, % of slips</text>`,
  ];
}

/**
 * @param {{curve: At[], shipped: At, peers: Point[], slips: number, strangers: number}} figures
 * @returns {string} an SVG document, ASCII
 */
export function picture({ curve, shipped, peers, slips, strangers }) {
  const line = curve.map(({ wrong, right }) => `${fixed(placeX(wrong))},${fixed(placeY(right))}`);
  const legendX = frame.right + 28;
  /** @param {number} row */
  const legendY = (row) => frame.top + 14 + 34 * row;
  const legend = peers.flatMap((peer, i) => [
    `<circle class="peer" cx="${legendX + 8}" cy="${legendY(i + 2) - 4}" r="9"/>`,
    `<text x="${legendX + 8}" y="${legendY(i + 2)}" text-anchor="middle" style="fill:#fff;font-size:11px">${i + 1}</text>`,
    `<text x="${legendX + 26}" y="${legendY(i + 2) - 4}">${escaped(peer.name)}</text>`,
    `<text class="soft" x="${legendX + 26}" y="${legendY(i + 2) + 11}" font-size="11">${fixed(peer.right)} % at ${fixed(peer.wrong)} of 1,000</text>`,
  ]);
  const points = peers.flatMap((peer, i) => [
    `<circle class="peer" cx="${fixed(placeX(peer.wrong))}" cy="${fixed(placeY(peer.right))}" r="9" fill-opacity="0.85"><title>${escaped(peer.name)}</title></circle>`,
    `<text x="${fixed(placeX(peer.wrong))}" y="${fixed(placeY(peer.right) + 4)}" text-anchor="middle" style="fill:#fff;font-size:11px">${i + 1}</text>`,
  ]);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="title about">`,
    `<title id="title">Slips questioned rightly against right domains questioned wrongly</title>`,
    `<desc id="about">Recipient Guard as its threshold moves: a curve through ${fixed(shipped.right)} % at ${fixed(shipped.wrong)} of 1,000 as shipped; other programs as points.</desc>`,
    `<style>${style}\n  </style>`,
    `<text class="title" x="${frame.left}" y="30">Slips questioned rightly against right domains questioned wrongly</text>`,
    `<text class="soft" x="${frame.left}" y="50">${slips} slips people made in business mail, ${strangers} right but unknown domains; up and left is better</text>`,
    ...axes(),
    `<polyline class="ours" points="${line.join(" ")}"/>`,
    ...points,
    `<circle class="shipped" cx="${fixed(placeX(shipped.wrong))}" cy="${fixed(placeY(shipped.right))}" r="7"><title>Recipient Guard as shipped</title></circle>`,
    `<line class="ours" x1="${legendX - 4}" x2="${legendX + 20}" y1="${legendY(0) - 4}" y2="${legendY(0) - 4}"/>`,
    `<circle class="shipped" cx="${legendX + 8}" cy="${legendY(0) - 4}" r="7"/>`,
    `<text x="${legendX + 26}" y="${legendY(0) - 4}">Recipient Guard; dot: as shipped</text>`,
    `<text class="soft" x="${legendX + 26}" y="${legendY(0) + 11}" font-size="11">${fixed(shipped.right)} % at ${fixed(shipped.wrong)} of 1,000</text>`,
    ...legend,
    `</svg>`,
  ].join("\n")}\n`;
}
