// SPDX-License-Identifier: MPL-2.0
// Comma-separated values (RFC 4180): what the settings page reads and writes of trusted contacts.

/** @typedef {{line: number, cells: string[]}} Row */

/**
 * @param {string} text
 * @returns {Row[]} rows that hold something; `line` counts from one
 */
export function readCsv(text) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {Row} */
  let row = { line: 1, cells: [] };
  let cell = '';
  let quoted = false;
  let line = 1;
  const endCell = () => {
    row.cells.push(cell.trim().replace(/^'(?=[=+\-@\t\r'])/u, ''));
    cell = '';
  };
  const source = text.replace(/^\uFEFF/u, '');
  for (let i = 0; i <= source.length; i += 1) {
    const c = source[i];
    line += c === '\n' ? 1 : 0;
    if (quoted && c !== undefined) {
      if (c !== '"') {
        cell += c;
      } else if (source[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else {
        quoted = false;
      }
    } else if (c === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (c === ',') {
      endCell();
    } else if (c === '\n' || c === undefined) {
      endCell();
      if (row.cells.some((one) => one !== '')) {
        rows.push(row);
      }
      row = { line, cells: [] };
    } else {
      cell += c;
    }
  }
  return rows;
}

/**
 * @param {string[][]} rows
 * @returns {string}
 */
export function writeCsv(rows) {
  return rows.map((cells) => `${cells.map(quotedCell).join(',')}\r\n`).join('');
}

/**
 * No spreadsheet takes a cell for a formula: an apostrophe stands before one that begins as such,
 * or as an apostrophe, so that reading gets each back exactly.
 *
 * @param {string} text
 */
function quotedCell(text) {
  const cell = text.replace(/^(?=[=+\-@\t\r'])/u, "'");
  return /[",\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * The rows of a file of trusted contacts: an entry in the column of that name, else in the first;
 * when it was trusted beside it, where the file tells. Further columns are passed over.
 *
 * @param {string} text
 * @returns {{line: number, entry: string, time?: number}[]}
 */
export function trustedIn(text) {
  const rows = readCsv(text);
  const head = rows[0]?.cells.map((cell) => cell.toLowerCase()) ?? [];
  const named = head.includes('entry');
  const entryAt = named ? head.indexOf('entry') : 0;
  const timeAt = named ? head.indexOf('time') : -1;
  return rows.slice(named ? 1 : 0).map(({ line, cells }) => {
    const time = timeAt < 0 ? null : timeOf(cells[timeAt] ?? '');
    return { line, entry: cells[entryAt] ?? '', ...(time === null ? {} : { time }) };
  });
}

/**
 * Which of the trusted contacts an import of these rows brought: none that was trusted before, and
 * none that came from somewhere else meanwhile.
 *
 * @template {{entry: string, shown?: string, source: string}} Trusted
 * @param {{entry: string}[]} rows
 * @param {{entry: string}[]} before
 * @param {Trusted[]} now
 * @returns {Trusted[]}
 */
export function broughtBy(rows, before, now) {
  // The host writes a domain in lower case and as an A-label; a file may write it as people do.
  const named = new Set(rows.map((row) => row.entry.toLowerCase()));
  const there = new Set(before.map((one) => one.entry));
  return now.filter(({ entry, shown = entry, source }) => {
    return source === 'import' && !there.has(entry)
      && [entry, shown].some((text) => named.has(text.toLowerCase()));
  });
}

/**
 * @param {string} cell Unix seconds, or a time as in ISO 8601
 * @returns {number | null}
 */
function timeOf(cell) {
  if (/^\d{1,12}$/u.test(cell)) {
    return Number(cell);
  }
  const time = Date.parse(cell);
  return Number.isFinite(time) && time >= 0 ? Math.floor(time / 1000) : null;
}
