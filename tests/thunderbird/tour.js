// SPDX-License-Identifier: MPL-2.0
/**
 * The heavy part of tools/try: a real Thunderbird in a throw-away profile, with the extension, the
 * host, the defence example policy and a mail sink. With `--screen` on the person's own display,
 * until Thunderbird is closed; without it a tour on a hidden one, a picture of each step in
 * build/tour. Status 0 when the sink's RCPT lines are exactly those awaited, else 1.
 */
import { mkdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { BUILD, DEFENCE } from './harness/places.js';
import { Review } from './harness/review.js';
import { waitFor } from './harness/run.js';
import { Thunderbird } from './harness/thunderbird.js';

const PICTURES = path.join(BUILD, 'tour');

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/** @param {string[][]} rows the first is the head */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    say(`  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ')}`.trimEnd());
  }
}

/**
 * Writes a message by keys, as a person does, up to the moment before Send.
 * @param {Thunderbird} thunderbird
 * @param {string} to
 * @param {string} subject
 */
async function write(thunderbird, to, subject) {
  const compose = await thunderbird.compose({ subject, body: '' });
  await compose.typeRecipient('to', to);
  await compose.click('#messageEditor');
  await thunderbird.display.type('See you on deck at noon.');
  return compose;
}

/** @param {Thunderbird} thunderbird */
async function tour(thunderbird) {
  const { display, sink } = thunderbird;
  /** @type {string[][]} */
  const steps = [['step', 'picture']];
  /** @param {string} name @param {string} words */
  const picture = async (name, words) => {
    const file = `${steps.length}-${name}.png`;
    await display.screenshot(path.join(PICTURES, file));
    steps.push([words, `build/tour/${file}`]);
  };

  const right = await write(thunderbird, 'carol@army.mil', 'Crew list');
  await picture('right-address', 'carol@army.mil is typed, and is right');
  await right.pressSend();
  await sink.arrived(1, 15_000);
  await right.closes();
  await picture('right-address-gone', 'Send is pressed: it goes, no window comes up');

  const wrong = await write(thunderbird, 'bob@navy.ml', 'Crew list for Bob');
  await picture('mistyped', 'bob@navy.ml is typed, a letter is missing');
  await wrong.pressSend();
  const review = await Review.opens(thunderbird);
  await picture('stopped', 'Send is pressed: it is stopped, and says why');
  await review.act('bob@navy.ml', 'change');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await picture('corrected', 'One click on Change: the address is put right');
  await review.click('[data-action=send]');
  await sink.arrived(2, 15_000);
  await wrong.closes();
  await review.closes();
  await picture('corrected-gone', 'Send is clicked: it goes');
  say('');
  table(steps);
}

/** @param {import("./harness/sink.js").Arrived} message */
function arrivedRow({ data, recipients }) {
  return [/^subject: *(.*?)\r?$/im.exec(data)?.[1] ?? '', recipients.join(', ')];
}

/** @returns {Promise<number>} */
async function alone() {
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
  const thunderbird = await Thunderbird.start({}, ({ host }) => host.usePolicy(DEFENCE));
  try {
    await tour(thunderbird);
  } catch (error) {
    await thunderbird.display.screenshot(path.join(PICTURES, 'failed.png')).catch(() => {});
    say(`The tour broke off: ${error instanceof Error ? error.message : error}`);
    say('  picture: build/tour/failed.png');
  } finally {
    await thunderbird.close();
  }
  const rows = thunderbird.sink.messages.map(arrivedRow);
  say('\nWhat arrived:');
  table([['subject', 'arrived at'], ...rows]);
  const lines = thunderbird.sink.lines.filter((line) => /^rcpt/i.test(line));
  const awaited = ['RCPT TO:<carol@army.mil>', 'RCPT TO:<bob@navy.mil>'];
  const asAwaited = JSON.stringify(lines) === JSON.stringify(awaited) && rows.length === 2;
  say(asAwaited ? '\nExactly what was awaited.' : `\nNot what was awaited: ${awaited.join(', ')}`);
  return asAwaited ? 0 : 1;
}

/** @returns {NodeJS.ProcessEnv} what a program needs to reach the person's display */
function screen() {
  const { DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR } = process.env;
  const XAUTHORITY = process.env.XAUTHORITY ?? path.join(os.homedir(), '.Xauthority');
  return WAYLAND_DISPLAY
    ? { DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR, XAUTHORITY, MOZ_ENABLE_WAYLAND: '1' }
    : { DISPLAY, XAUTHORITY };
}

/** @returns {Promise<number>} */
async function withPerson() {
  const thunderbird = await Thunderbird.start({ screen: screen() }, ({ host }) =>
    host.usePolicy(DEFENCE));
  try {
    say(`
A Thunderbird in a throw-away profile is on your screen. Nothing you send leaves this machine.
Write to bob@navy.mil: it goes. Write to bob@navy.ml: it is stopped.
Close Thunderbird when you have seen enough.

What arrives:`);
    thunderbird.sink.onMessage = (message) => say(`  ${arrivedRow(message).join('  ->  ')}`);
    await thunderbird.compose({ to: 'bob@navy.ml', subject: 'Crew list', body: '' });
    await waitFor('Thunderbird is closed', () =>
      thunderbird.process.exitCode !== null || thunderbird.process.signalCode !== null,
    24 * 3_600_000);
    return 0;
  } finally {
    await thunderbird.close();
  }
}

process.exitCode = process.argv.includes('--screen') ? await withPerson() : await alone();
