// SPDX-License-Identifier: MPL-2.0
/** Mail that was sent long before the scenario, and what the host keeps of it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { program } from './places.js';
import { PERSON } from './preferences.js';
import { run } from './run.js';

/**
 * Puts a Sent folder into the profile, before Thunderbird starts.
 * @param {import("./thunderbird.js").Thunderbird} thunderbird
 * @param {number} count messages
 * @param {(i: number) => string} to whom the i-th went
 */
export function fillSent(thunderbird, count, to) {
  const folder = path.join(thunderbird.profile, 'Mail/Local Folders');
  mkdirSync(folder, { recursive: true });
  // Less than a year of mail, the last of it yesterday: what is older need not be kept.
  const first = Date.now() - 301 * 86_400_000;
  const step = (300 * 86_400_000) / count;
  const messages = Array.from({ length: count }, (_, i) => {
    const date = new Date(first + i * step).toUTCString();
    return [`From - ${date}`, 'X-Mozilla-Status: 0001', 'X-Mozilla-Status2: 00000000',
      `Message-ID: <${i}@unit.example.mil>`, `Date: ${date}`, `From: ${PERSON.name} <${PERSON.address}>`,
      `To: ${to(i)}`, `Subject: Report ${i}`, 'Content-Type: text/plain', '', `Marker ${i}.`, '', '']
      .join('\r\n');
  });
  writeFileSync(path.join(folder, 'Sent'), messages.join(''));
}

/**
 * Waits until Thunderbird has read the Sent folder, as it has where a person looked into it.
 * @param {import("./thunderbird.js").Thunderbird} thunderbird
 * @returns {Promise<number>} its messages
 */
export function readSent(thunderbird) {
  return thunderbird.marionette.run(
    `const root = MailServices.accounts.localFoldersServer.rootFolder;
    const folder = root.getChildNamed("Sent").QueryInterface(Ci.nsIMsgLocalMailFolder);
    try {
      folder.getDatabaseWOReparse();
    } catch {
      await new Promise(resolve => folder.parseFolder(null, {
        OnStartRunningUrl() {},
        OnStopRunningUrl() { resolve(); },
      }));
    }
    folder.updateSummaryTotals(true);
    return folder.getTotalMessages(false);`);
}

/**
 * What the host keeps of an address, by its own command.
 * @param {import("./thunderbird.js").Thunderbird} thunderbird
 * @param {string} address
 * @returns {Promise<any>}
 */
export async function kept(thunderbird, address) {
  const words = ['history', 'show', '--json', address];
  return JSON.parse(await run(program(), words, { env: thunderbird.host.env() }));
}

/**
 * Teaches the host messages, by its own command.
 * @param {import("./thunderbird.js").Thunderbird} thunderbird
 * @param {object[]} messages as in the protocol
 */
export async function teach(thunderbird, messages) {
  const file = path.join(thunderbird.home, 'sent.jsonl');
  writeFileSync(file, messages.map((one) => `${JSON.stringify(one)}\n`).join(''));
  await run(program(), ['history', 'learn', file], { env: thunderbird.host.env() });
}
