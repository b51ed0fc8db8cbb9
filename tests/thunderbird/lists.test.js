// SPDX-License-Identifier: MPL-2.0
/** Lists of the address book: Thunderbird expands them after Send, so the guard looks inside. */
import assert from 'node:assert/strict';

import { addLists } from './harness/address-book.js';
import { Desk } from './harness/desk.js';
import { kept } from './harness/history.js';
import { pause, waitFor } from './harness/run.js';

const desk = new Desk();

const LISTS = [
  { name: 'Friends', members: ['ann@navy.mil', 'mal@navy.ml'] },
  { name: 'Mates', description: 'all my mates', members: ['ben@navy.mil', 'mel@navy.ml'] },
  { name: 'Red Team', members: ['cid@navy.mil', 'mol@navy.ml'] },
  { name: 'Blue Team', description: 'the other ones', members: ['dan@navy.mil', 'mul@navy.ml'] },
  // To Thunderbird a list like any other: it goes to the members, not to that address.
  { name: 'Duty Desk', description: 'desk@unit.example.mil', members: ['ivy@navy.mil', 'myl@navy.ml'] },
];

/**
 * Types the name of a list and takes what Thunderbird proposes.
 * @param {import("./harness/compose.js").Compose} compose
 * @param {string} name
 */
async function pickList(compose, name) {
  await compose.raise();
  await compose.click('#toAddrInput');
  await compose.thunderbird.display.type(name);
  await waitFor('Thunderbird proposes the list', () =>
    compose.run(`const { controller } = win.document.getElementById("toAddrInput");
      return controller.matchCount > 0 && controller.getValueAt(0).startsWith(args[0]);`, name));
  await compose.thunderbird.display.keys('Return');
  await waitFor('the list has become a pill', async () => (await compose.pills()).length === 1);
}

desk.scenario('the address book is filled', (thunderbird) => addLists(thunderbird, [
  ...LISTS,
  { name: 'Crew', members: ['eli@navy.mil', 'fay@army.mil'] },
  { name: 'Third Watch', description: 'nights', members: ['gus@navy.mil', 'hal@army.mil'] },
  { name: 'Reserve', members: ['jim@navy.mil', 'kay@army.mil'] },
]));

for (const { name, description, members: [good, bad] } of LISTS) {
  const kind = `list "${name}"${description ? ` with the description "${description}"` : ''}`;
  desk.scenario(`the bad member of the ${kind} is found, changed, and the others get it`,
    async (thunderbird) => {
      const compose = await thunderbird.compose();
      await pickList(compose, name);
      await compose.pressSend();
      const review = await desk.review();
      const { cards } = await review.read();
      assert.deepEqual(cards.map((card) => card.address), [bad]);
      const meant = bad.replace(/\.ml$/, '.mil');
      assert.deepEqual(cards[0].meant, [meant]);
      await desk.usable(compose);
      await review.act(bad, 'change');
      await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
      const pills = (await compose.pills()).join(', ');
      assert.ok(pills.includes(good) && pills.includes(meant), `in the list's place: ${pills}`);
      await review.click('[data-action=send]');
      await desk.leaves([good, meant]);
      await compose.closes();
    });
}

for (const [name, ...members] of [
  ['Crew', 'eli@navy.mil', 'fay@army.mil'],
  ['Third Watch', 'gus@navy.mil', 'hal@army.mil'],
]) {
  desk.scenario(`the list "${name}" of right members goes out silently`, async (thunderbird) => {
    const compose = await thunderbird.compose();
    await pickList(compose, name);
    await compose.pressSend();
    await desk.leaves(members);
    await compose.closes();
    await desk.noWindowOpened();
  });
}

desk.scenario('without a copy in Sent the members are no surprise afterwards, and are learnt',
  async (thunderbird) => {
  const keepCopies = (/** @type {boolean} */ on) => thunderbird.marionette.run(
    'Services.prefs.setBoolPref("mail.identity.id1.fcc", args[0])', on);
  await keepCopies(false);
  try {
    const compose = await thunderbird.compose();
    await pickList(compose, 'Reserve');
    await compose.pressSend();
    await desk.leaves(['jim@navy.mil', 'kay@army.mil']);
    await compose.closes();
    await waitFor('they are learnt', async () =>
      (await kept(thunderbird, 'kay@army.mil')).messages === 1);
    // A notice of a surprise would come about now.
    await pause(700);
    await desk.noWindowOpened();
  } finally {
    await keepCopies(true);
  }
});

desk.scenario('the bad member of a list is removed, and the others get it', async (thunderbird) => {
  const compose = await thunderbird.compose();
  await pickList(compose, 'Friends');
  await compose.pressSend();
  const review = await desk.review();
  await review.act('mal@navy.ml', 'remove');
  await review.shows('Send wakes', ({ sendSleeps }) => !sendSleeps);
  await review.click('[data-action=send]');
  await desk.leaves(['ann@navy.mil']);
  await compose.closes();
});

desk.scenario('a list sent back to editing stays a list, and nothing leaves',
  async (thunderbird) => {
  const compose = await thunderbird.compose();
  await pickList(compose, 'Friends');
  await compose.pressSend();
  const review = await desk.review();
  await review.keys('Escape');
  await review.closes();
  await desk.usable(compose);
  assert.deepEqual(await compose.pills(), ['Friends <Friends>']);
  await desk.nothingLeft();
});
