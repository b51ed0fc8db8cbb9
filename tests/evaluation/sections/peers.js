// SPDX-License-Identifier: MPL-2.0
// The peers and the plain rule on the very rows that the engine answered.
import { isQuestioned, isRightFirst } from "../answers.js";
import { person } from "../engine.js";
import { firstLabelLength, OneEditIndex } from "../one-edit.js";
import { peers } from "../peers.js";
import { rate, share } from "../table.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../table.js").Row} Row */

const group = "Beside the peers: natural slips of business domains, and business strangers";

/** @typedef {import("../peers.js").Suggest} Suggest */
/** @typedef {{name: string, right: number, slips: number, wrong: number,
 *   strangers: number}} Point */

/** @param {string[]} allowed @param {number} gate @returns {Suggest} the plain rule as a peer */
function plainRule(allowed, gate) {
  const index = new OneEditIndex(allowed);
  return (address) => {
    const [local, domain] = address.split("@");
    const near = firstLabelLength(domain) >= gate ? index.near(domain)[0] : undefined;
    return near && `${local}@${near}`;
  };
}

/** @param {Suggest} suggest @param {string} address */
const suggestsOther = (suggest, address) => (suggest(address) ?? address) !== address;

/**
 * One point each: slips put right first, strangers questioned.
 * @param {Context} context @returns {Promise<Point[]>} the engine first
 */
export async function peerPoints(context) {
  const slips = await context.naturalSlips();
  const strangers = await context.businessStrangers();
  const { allowed } = context.business();
  const counts = { slips: slips.length, strangers: strangers.length };
  const others = [
    ...(await peers(allowed)).map(({ name, fed, suggest }) => ({
      name: fed ? `${name}, fed our list` : name,
      suggest,
    })),
    { name: "plain one-edit rule", suggest: plainRule(allowed, 1) },
    { name: "plain one-edit rule, first labels of 4 and more", suggest: plainRule(allowed, 4) },
  ];
  return [
    {
      ...counts,
      name: "Recipient Guard",
      right: slips.filter(({ answer, right }) => isRightFirst(answer, right)).length,
      wrong: strangers.filter(({ answer }) => isQuestioned(answer)).length,
    },
    ...others.map(({ name, suggest }) => ({
      ...counts,
      name,
      right: slips.filter(({ typed, right }) => suggest(typed) === right[0]).length,
      wrong: strangers.filter(({ typed }) => suggestsOther(suggest, typed)).length,
    })),
  ];
}

/** @param {Context} context @returns {Promise<Row[]>} */
export async function besidePeers(context) {
  const about = /** @type {const} */ ({ group, source: "natural" });
  const points = await peerPoints(context);
  const british = context.halfOfNames(context.data.realList("uk"));
  const known = await peers(context.business().allowed);
  const mali = known.filter(({ suggest }) => suggest(`${person}@army.ml`) === `${person}@army.mil`);
  return [
    ...points.flatMap(({ name, right, slips, wrong, strangers }) => [
      share({ ...about, figure: `${name}: right correction first`, hits: right, n: slips }),
      rate({ ...about, figure: "  false questions", hits: wrong, n: strangers }),
    ]),
    ...known
      .filter(({ fed }) => !fed)
      .map(({ name, suggest }) =>
        rate({
          ...about,
          group: "Beside the peers: British public-sector domains questioned",
          figure: name,
          hits: british.filter((domain) => suggestsOther(suggest, `${person}@${domain}`)).length,
          n: british.length,
        }),
      ),
    share({
      group: "Beside the peers: army.ml answered with army.mil",
      source: "generated",
      figure: "peers that do",
      hits: mali.length,
      n: known.length,
    }),
  ];
}
