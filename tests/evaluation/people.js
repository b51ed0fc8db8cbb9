// SPDX-License-Identifier: MPL-2.0
// Invented people and their past: what `sent` lines teach the program before it is asked.
import { messageTo } from "./engine.js";

/** The day on which all is asked; what was learnt lies before it. */
export const today = Date.UTC(2023, 6, 26, 12) / 1000;
export const day = 86400;

const given = [
  "anna",
  "boris",
  "carla",
  "dmitri",
  "edith",
  "farid",
  "greta",
  "hugo",
  "ingrid",
  "jonas",
  "katrin",
  "leandro",
  "miriam",
  "nadia",
  "oscar",
  "petra",
  "quentin",
  "rosalind",
  "stefan",
  "tamara",
  "ulrich",
  "veronica",
  "walter",
  "xenia",
  "yolanda",
  "zachary",
];
const family = [
  "abernathy",
  "bergstrom",
  "castellano",
  "dunford",
  "eriksen",
  "fitzgerald",
  "grabowski",
  "hollister",
  "ivanova",
  "jefferson",
  "kowalczyk",
  "lindqvist",
  "mcallister",
  "northcott",
  "okonkwo",
  "papadakis",
  "quimby",
  "rosenthal",
  "schneider",
  "thornbury",
  "underwood",
  "valentine",
  "whitaker",
  "yamamoto",
  "zimmerman",
];

/** @param {number} index @returns {string} "anna.abernathy", another one each up to 650 */
export function personName(index) {
  const other = index + Math.floor(index / 650);
  return `${given[index % given.length]}.${family[other % family.length]}`;
}

/**
 * @param {Map<string, number>} people address -> how often written to: one message a day to each,
 *   the last yesterday
 * @returns {object[]} lines for the program, in order of time
 */
export function pastOf(people) {
  return [...people]
    .flatMap(([address, times]) =>
      Array.from({ length: times }, (_, i) => ({
        op: "sent",
        message: { ...messageTo(address), time: today - (times - i) * day },
      })),
    )
    .sort((a, b) => a.message.time - b.message.time);
}

/** @param {string} address */
export function askToday(address) {
  return { op: "check", message: messageTo(address, { time: today }) };
}
