// SPDX-License-Identifier: MPL-2.0
// Trusted contacts: look, add, remove and take that back, import and export. The host keeps them;
// what it refuses, it refuses with the document and line that say so.

import { element } from '../review/element.js';
import { count, isolated, say, sentence } from '../review/words.js';
import { broughtBy, trustedIn, writeCsv } from '../shared/csv.js';
import { AskError, dateText, errorText, field, host, numberText, part, rowButton, setText } from './page.js';

/**
 * @typedef {{entry: string, kind: string, shown?: string, time: number, source: string,
 *   in_force?: boolean, rule?: string}} Trusted
 */

/** So many rows are drawn; the search finds the others. */
const MOST_ROWS = 200;

/** So many entries the host takes at once. */
const CHUNK = 1000;

/** @type {Trusted[]} */
let all = [];

/** @type {() => void} */
let told = () => {};

/** @type {Record<string, string>} */
const SOURCES = {
  review: 'sourceReview', settings: 'sourceSettings', command: 'sourceCommand', import: 'sourceImport',
};

/** @param {() => void} changed told when contacts came or went */
export async function beginTrusted(changed) {
  told = changed;
  /** @type {HTMLFormElement} */ (part('trusted-form')).onsubmit = (event) => {
    event.preventDefault();
    add(field('trusted-entry').value.trim()).catch(() => {});
  };
  field('trusted-search').oninput = draw;
  part('trusted-load').onclick = () => field('trusted-file').click();
  part('trusted-export').onclick = exportAll;
  field('trusted-file').onchange = () => {
    const [file] = field('trusted-file').files ?? [];
    if (file) {
      file.text().then(importText).catch(fail);
    }
    field('trusted-file').value = '';
  };
  await loadTrusted();
}

export async function loadTrusted() {
  try {
    const { entries, personalTrust } = await readAll();
    all = entries;
    const may = personalTrust !== 'none';
    part('trusted-form').hidden = !may;
    part('trusted-load').hidden = !may;
    const leads = { none: 'trustedLeadNone', domains: 'trustedLeadDomains' };
    setText(part('trusted-lead'),
      say(/** @type {Record<string, string>} */ (leads)[personalTrust] ?? 'trustedLead'));
    const domains = personalTrust === 'domains';
    const label = /** @type {HTMLElement} */ (part('trusted-form').querySelector('label span'));
    label.textContent = say(domains ? 'trustedAddLabelDomains' : 'trustedAddLabel');
    draw();
  } catch (error) {
    // A host without a store of people offers none of this.
    part('trusted').hidden = error instanceof AskError && error.code === 'unknown-op';
    fail(error);
  }
}

/** @returns {Promise<{entries: Trusted[], personalTrust: string}>} */
async function readAll() {
  /** @type {Trusted[]} */
  const entries = [];
  for (;;) {
    const last = entries.at(-1);
    const page = await host('trust.list', last ? { after: last.entry } : {});
    entries.push(...page.entries);
    if (!page.more || page.entries.length === 0) {
      return { entries, personalTrust: String(page.personal_trust ?? 'addresses') };
    }
  }
}

/** @param {unknown} error */
function fail(error) {
  setText(part('trusted-error'), error ? errorText(error) : '');
}

/** @param {string} entry */
async function add(entry) {
  if (!entry) {
    return;
  }
  try {
    await host('trust.add', { entry, source: 'settings' });
    fail(null);
    hideUndo();
    field('trusted-entry').value = '';
    field('trusted-search').value = '';
    await loadTrusted();
    told();
  } catch (error) {
    fail(error);
    field('trusted-entry').focus();
  }
}

/** @param {Trusted} one */
async function remove(one) {
  try {
    const { removed } = await host('trust.remove', { entry: one.entry });
    fail(null);
    await loadTrusted();
    told();
    offerUndo(one, removed);
  } catch (error) {
    fail(error);
  }
}

/**
 * @param {Trusted} one
 * @param {Record<string, unknown> | null} removed
 */
function offerUndo(one, removed) {
  const bar = part('trusted-undo');
  const [words, button] = /** @type {HTMLElement[]} */ ([...bar.children]);
  words.replaceChildren(...sentence('trustedRemoved', [one.shown ?? one.entry]));
  bar.hidden = false;
  button.hidden = !removed;
  button.onclick = async () => {
    try {
      const { entry, time, source } = /** @type {Trusted} */ (/** @type {unknown} */ (removed));
      await host('trust.add', { entry, time, source });
      hideUndo();
      fail(null);
      await loadTrusted();
      told();
      field('trusted-search').focus();
    } catch (error) {
      fail(error);
    }
  };
  button.focus();
}

function hideUndo() {
  part('trusted-undo').hidden = true;
}

function draw() {
  const wanted = field('trusted-search').value.trim().toLowerCase();
  const found = all.filter((one) => {
    return one.entry.toLowerCase().includes(wanted) || (one.shown ?? '').toLowerCase().includes(wanted);
  });
  const body = /** @type {HTMLElement} */ (part('trusted-table').querySelector('tbody'));
  body.replaceChildren(...found.slice(0, MOST_ROWS).map(drawRow));
  part('trusted-table').hidden = found.length === 0;
  part('trusted-tools').hidden = all.length === 0 && part('trusted-load').hidden;
  part('trusted-export').hidden = all.length === 0;
  const label = /** @type {HTMLElement} */ (field('trusted-search').closest('label'));
  label.hidden = all.length === 0;
  setText(part('trusted-count'), countText(found.length, wanted));
}

/**
 * @param {number} found
 * @param {string} wanted
 */
function countText(found, wanted) {
  if (all.length === 0) {
    return say('trustedNone');
  }
  if (found > MOST_ROWS) {
    return say('trustedMore', [numberText(MOST_ROWS), numberText(found)]);
  }
  return wanted ? say('trustedFound', [numberText(found), numberText(all.length)])
    : count('trustedCount', all.length);
}

/** @param {Trusted} one */
function drawRow(one) {
  const shown = one.shown ?? one.entry;
  const effect = one.in_force === false ? [element('div', { class: 'soft' },
    one.rule ? sentence('trustedBlocked', [one.rule]) : [say('trustedNoEffect')])] : [];
  const kind = one.kind === 'domain' ? [' ', element('span', { class: 'soft' }, [say('trustedDomain')])] : [];
  const button = rowButton(say('actionRemove'), {
    class: 'quiet', 'aria-label': say('trustedRemove', [shown]), 'data-action': 'remove',
  }, () => remove(one).catch(() => {}));
  const name = element('span', { class: 'mono' }, [isolated(shown)]);
  return element('tr', { 'data-entry': one.entry }, [
    element('td', {}, [name, ...kind, ...effect]),
    element('td', { class: 'when' }, [dateText(one.time)]),
    element('td', {}, [SOURCES[one.source] ? say(SOURCES[one.source]) : isolated(one.source)]),
    element('td', {}, [button]),
  ]);
}

/**
 * All of a file, or nothing of it.
 *
 * @param {string} text
 */
async function importText(text) {
  hideUndo();
  const rows = trustedIn(text);
  const empty = rows.find((row) => row.entry === '');
  if (rows.length === 0 || empty) {
    setText(part('trusted-error'), empty ? say('importLine', [String(empty.line), say('importEmpty')])
      : say('importNothing'));
    return;
  }
  // Read anew: others may have added contacts since this page last looked.
  const before = (await readAll()).entries;
  let added = 0;
  let done = 0;
  try {
    for (; done < rows.length; done += CHUNK) {
      const entries = rows.slice(done, done + CHUNK).map(({ entry, time }) => {
        return { entry, source: 'import', ...(time === undefined ? {} : { time }) };
      });
      added += Number((await host('trust.add', { entries })).added) || 0;
    }
    fail(null);
    await loadTrusted();
    told();
    setText(part('trusted-count'), count('importDone', added));
  } catch (error) {
    await takeBack(rows, before);
    setText(part('trusted-error'), importError(error, rows.slice(done)));
  }
}

/**
 * Of a file that failed half way nothing may stay.
 *
 * @param {{entry: string}[]} rows
 * @param {Trusted[]} before
 */
async function takeBack(rows, before) {
  for (const { entry } of broughtBy(rows, before, (await readAll()).entries)) {
    await host('trust.remove', { entry });
  }
  await loadTrusted();
  told();
}

/**
 * The host names the entry at fault by its number; a person finds the line.
 *
 * @param {unknown} error
 * @param {{line: number}[]} rows that were told
 */
function importError(error, rows) {
  const text = errorText(error);
  const at = error instanceof AskError ? /entries\[(\d+)\](?:\.entry)?:?\s*(.*)/su.exec(error.text) : null;
  const row = at ? rows[Number(at[1])] : undefined;
  return row && at ? say('importLine', [String(row.line), at[2]]) : text;
}

function exportAll() {
  const rows = all.map(({ entry, time, source }) => {
    return [entry, new Date(time * 1000).toISOString().replace(/\.\d+Z$/u, 'Z'), source];
  });
  // The same columns as the command `trust export` writes.
  const text = writeCsv([['entry', 'time', 'source'], ...rows]);
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = element('a', { href: url, download: 'trusted-contacts.csv' });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 60000);
}
