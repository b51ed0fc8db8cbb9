// SPDX-License-Identifier: MPL-2.0
/** The settings page, by pointer and keys. */
import assert from 'node:assert/strict';

import { Desk } from './harness/desk.js';
import { kept, teach } from './harness/history.js';
import { DEFENCE } from './harness/places.js';
import { PERSON } from './harness/preferences.js';
import { waitFor } from './harness/run.js';
import { Settings } from './harness/settings.js';

const FRIEND = 'robert.miller@harbour.example';

const desk = new Desk({}, async (thunderbird) => {
  thunderbird.host.usePolicy(DEFENCE);
  await teach(thunderbird, [{
    from: PERSON.address, time: Math.floor(Date.now() / 1000) - 86_400,
    recipients: [{ text: `Rob <${FRIEND}>` }, { text: 'ann@harbour.example' }],
  }]);
});

/** @param {string} entry */
const row = (entry) => `#trusted-table tr[data-entry="${entry}"]`;

desk.scenario('it says that the guard works, and by whose policy', async (thunderbird) => {
  const settings = await Settings.open(thunderbird);
  assert.match(await settings.text('#status'), /^The guard is working .*Working since .*20\d\d/);
  assert.match(await settings.text('#policy'), /set by your organisation Organisation Example Defence Staff Revision 7/);
  await settings.enter('#try-address', 'bob@navy.ml');
  await settings.shows('the verdict', '#try-result', /it would be stopped .*Mali/);
  await settings.close();
});

desk.scenario('a contact is trusted, looked for, removed, and brought back', async (thunderbird) => {
  const settings = await Settings.open(thunderbird);
  await settings.enter('#trusted-entry', 'zoe@harbour.example');
  await settings.shows('it stands in the table', row('zoe@harbour.example'), /this page/);
  await settings.enter('#trusted-entry', 'kim@harbour.example');
  await settings.shows('the other, too', '#trusted-count', /^2 contacts/);
  await settings.enter('#trusted-entry', 'eve@navy.ml');
  await settings.shows('the refusal names document and line', '#trusted-error', /defence\.json:\d+/);
  await settings.enter('#trusted-search', 'zoe');
  await settings.shows('one is found', '#trusted-count', /^1 of 2/);
  await settings.click(`${row('zoe@harbour.example')} button`);
  await settings.shows('it can be taken back', '#trusted-undo', /zoe@harbour\.example is no longer trusted/);
  assert.equal((await kept(thunderbird, 'zoe@harbour.example')).trusted, null);
  // The focus is on Undo: one key takes it back.
  await thunderbird.display.keys('Return');
  await waitFor('it is trusted again', async () =>
    (await kept(thunderbird, 'zoe@harbour.example')).trusted?.source === 'settings');
  await settings.shows('and shown', row('zoe@harbour.example'), /this page/);
  await settings.close();
});

desk.scenario('what is kept of an address is shown, and forgotten for good', async (thunderbird) => {
  const settings = await Settings.open(thunderbird);
  await settings.enter('#remembered-address', FRIEND);
  await settings.shows('all that is kept', '#remembered-result', /once, on .*Rob.*ann@harbour\.example/);
  await settings.click('#remembered-result button');
  await settings.shows('it asks first', '#confirm', /Forget robert\.miller@harbour\.example\?/);
  // Enter alone would be "Cancel".
  await settings.click('#confirm-yes');
  await settings.shows('it says so', '#remembered-result', /was forgotten/);
  // Its button is gone; the focus is not.
  assert.equal(await settings.run('return document.activeElement.id'), 'remembered-address');
  assert.equal((await kept(thunderbird, FRIEND)).messages, 0);
  assert.equal((await kept(thunderbird, 'ann@harbour.example')).messages, 1);

  await settings.click('#forget-all');
  await settings.shows('it asks before all is forgotten', '#confirm', /Forget everything\?/);
  await thunderbird.display.keys('Escape');
  assert.equal((await kept(thunderbird, 'ann@harbour.example')).messages, 1);
  await settings.click('#forget-all');
  await settings.click('#confirm-yes');
  await settings.shows('everything is forgotten', '#remembered-result', /Everything was forgotten/);
  await settings.shows('the contacts, too', '#trusted-count', /No trusted contacts/);
  assert.equal((await kept(thunderbird, 'ann@harbour.example')).messages, 0);
  await settings.close();
});

desk.scenario('the diagnosis is copied, and names no address', async (thunderbird) => {
  const settings = await Settings.open(thunderbird);
  await settings.click('#diagnosis-copy');
  await settings.shows('it says so', '#diagnosis-said', /Copied/);
  const text = await thunderbird.marionette.run(
    `const transfer = Cc["@mozilla.org/widget/transferable;1"].createInstance(Ci.nsITransferable);
    transfer.init(null);
    transfer.addDataFlavor("text/plain");
    Services.clipboard.getData(transfer, Ci.nsIClipboard.kGlobalClipboard);
    const data = {};
    transfer.getTransferData("text/plain", data);
    return data.value.QueryInterface(Ci.nsISupportsString).data;`);
  const told = JSON.parse(text);
  assert.equal(told.host.policy.organisation, 'Example Defence Staff');
  assert.ok(told.host.lines.some((/** @type {any} */ line) => line.check === 'host-target'));
  // An organisation's policy, and nothing that keeps its users from switching the guard off.
  await settings.shows('what is to be done', '#diagnosis-lines [data-check="thunderbird-policies"]',
    /users may switch the extension off.*force_installed/s);
  assert.doesNotMatch(text.replaceAll('recipient-guard@extension', ''), /@/);
  await settings.close();
});

desk.scenario('a host that is away is said at the top, and the rest waits', async (thunderbird) => {
  const { host } = thunderbird;
  host.remove();
  host.kill();
  const settings = await Settings.open(thunderbird);
  assert.match(await settings.text('#status'), /^The guard is not working .*not installed/);
  assert.equal(await settings.text('#trusted'), '');
  await host.install();
  host.usePolicy(DEFENCE);
  await settings.click('#status-again');
  await settings.shows('it works again', '#status', /^The guard is working/);
  await settings.shows('contacts are there', '#trusted-count', /No trusted contacts/);
  await settings.close();
});
