// SPDX-License-Identifier: MPL-2.0
// The peers and the plain rule on the very rows that the engine answered.
import { isRightFirst } from "../answers.js";
import { isQuestioned } from "../answers.js";
import { person } from "../engine.js";
import { firstLabelLength, OneEditIndex } from "../one-edit.js";
import { peers } from "../peers.js";
import { rate, share } from "../table.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../table.js").Row} Row */

const group = "Beside the peers: natural slips of business domains, and business strangers";

/** @typedef {{name: string, right: number, slips: number, wrong: number,
 *   strangers: number}} Point */

/**
 * One point each: slips put right first, strangers questioned.
 * @param {Context} context @returns {Promise<Point[]>} the engine first
 */
export async function peerPoints(context) {
  const slips = await context.naturalSlips();
  const strangers = await context.businessStrangers();
  const { allowed } = context.business();
  const index = new OneEditIndex(allowed);
  /** @param {number} gate @returns {import("../peers.js").Suggest} */
  const plain = (gate) => (address) => {
    const [local, domain] = address.split("@");
    const near = firstLabelLength(domain) >= gate ? index.near(domain)[0] : undefined;
    return near && `${local}@${near}`;
  };
  const others = [
    ...(await peers(allowed)).map(({ name, fed, suggest }) => ({
      name: fed ? `${name}, fed our list` : name,
      suggest,
    })),
    { name: "plain one-edit rule", suggest: plain(1) },
    { name: "plain one-edit rule, first labels of 4 and more", suggest: plain(4) },
  ];
  return [
    {
      name: "Recipient Guard",
      right: slips.filter((slip) => isRightFirst(slip.answer, [`${person}@${slip.intended}`]))
        .length,
      slips: slips.length,
      wrong: strangers.filter(({ answer }) => isQuestioned(answer)).length,
      strangers: strangers.length,
    },
    ...others.map(({ name, suggest }) => ({
      name,
      right: slips.filter(
        (slip) => suggest(`${person}@${slip.typed}`) === `${person}@${slip.intended}`,
      ).length,
      slips: slips.length,
      wrong: strangers.filter(
        ({ domain }) =>
          (suggest(`${person}@${domain}`) ?? `${person}@${domain}`) !== `${person}@${domain}`,
      ).length,
      strangers: strangers.length,
    })),
  ];
}

/** @param {Context} context @returns {Promise<Row[]>} */
export async function besidePeers(context) {
  const points = await peerPoints(context);
  const british = context.halfOfNames(context.data.realList("uk"));
  const known = await peers(context.business().allowed);
  const mali = known.filter(({ suggest }) => suggest(`${person}@army.ml`) === `${person}@army.mil`);
  return [
    ...points.flatMap((point) => [
      share({
        group,
        source: "natural",
        figure: `${point.name}: right correction first`,
        hits: point.right,
        n: point.slips,
      }),
      rate({
        group,
        source: "natural",
        figure: `  false questions`,
        hits: point.wrong,
        n: point.strangers,
      }),
    ]),
    ...known
      .filter(({ fed }) => !fed)
      .map(({ name, suggest }) =>
        rate({
          group: "Beside the peers: British public-sector domains questioned",
          source: "natural",
          figure: name,
          hits: british.filter(
            (domain) =>
              (suggest(`${person}@${domain}`) ?? `${person}@${domain}`) !== `${person}@${domain}`,
          ).length,
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
