// SPDX-License-Identifier: MPL-2.0
// The rules of the house as pure functions: files in, violations out. docs/ARCHITECTURE draws the
// same arrows. A file is {path, text} with its path from the top of the repository.

/** @typedef {{path: string, text: string}} SourceFile */

/**
 * Rooms of the host from the highest to the lowest; those of one row are siblings, which may not
 * know each other. A room may know every room of a lower row, unless `only` says which.
 */
const hostRows = [
  ['commands'],
  ['messaging'],
  ['diagnosis', 'audit', 'verdict'],
  ['organisation', 'people'],
  ['lookalike'],
  ['address'],
  ['document'],
  ['system'],
];

/** The engine can stand in another program: it takes and gives plain values. */
const engineRooms = new Set(['verdict', 'lookalike', 'address']);
const rowOf = new Map(hostRows.flatMap((rooms, row) => rooms.map((room) => [room, row])));

/** What the engine may include of the rooms that load snapshots: the snapshots, not the loading. */
const snapshotHeaders = new Set([
  'organisation/policy.hpp',
  'organisation/rules.hpp',
  'organisation/entry.hpp',
  'organisation/check_vocabulary.hpp',
  'people/people.hpp',
  'people/facts.hpp',  // plain values, what a message teaches
]);

const hostRoot = 'native-host/src/';
const platformHeader =
  /^(unistd|fcntl|signal|poll|pwd|syslog|dirent|windows|sys\/.*|netinet\/.*|arpa\/.*|linux\/.*)(\.h)?$/;

/**
 * @param {string} from a room, "main" or "mail"
 * @param {string} to a room
 */
export function mayKnow(from, to) {
  if (from === to) {
    return true;
  }
  if (from === 'main') {
    return to === 'commands' || to === 'messaging' || to === 'system';
  }
  if (to === 'mail') {
    return from === 'commands';
  }
  if (engineRooms.has(from) && (to === 'document' || to === 'system')) {
    return false;
  }
  const fromRow = from === 'mail' ? (rowOf.get('lookalike') ?? 0) : rowOf.get(from);
  const toRow = rowOf.get(to);
  return fromRow !== undefined && toRow !== undefined && toRow > fromRow;
}

/** @param {string} text @returns {string[]} the header names, without their brackets */
export function includesOf(text) {
  return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]/gm)].map((m) => m[1]);
}

/**
 * Includes of the host against the arrows.
 * @param {SourceFile[]} files
 */
export function includeViolations(files) {
  const violations = [];
  for (const { path, text } of files) {
    if (!path.startsWith(hostRoot)) {
      continue;
    }
    const inside = path.slice(hostRoot.length);
    const room = inside.includes('/') ? inside.split('/')[0] : 'main';
    for (const header of includesOf(text)) {
      const target = header.split('/')[0];
      if (header.includes('/') && (rowOf.has(target) || target === 'mail')) {
        if (!mayKnow(room, target)) {
          violations.push(`${path}: ${room} may not know ${target} (${header})`);
        } else if (
          engineRooms.has(room) &&
          (target === 'organisation' || target === 'people') &&
          !snapshotHeaders.has(header)
        ) {
          violations.push(`${path}: the engine sees snapshots only, not ${header}`);
        }
      } else if (platformHeader.test(header) && room !== 'system') {
        violations.push(`${path}: only system includes platform headers (${header})`);
      } else if (header === 'regex') {
        violations.push(`${path}: std::regex overflows the stack on long input`);
      }
    }
    const call = /\b(?:std::)?(?:system|popen|fork|vfork|execv[pe]*|execl[pe]*|posix_spawnp?|socket)\s*\(/.exec(
      text.replace(/\/\/.*$/gm, "").replace(/"(?:[^"\\\n]|\\.)*"/g, '""'),
    );
    if (call) {
      violations.push(`${path}: the host starts no program and opens no socket (${call[0]})`);
    }
  }
  return violations;
}

/**
 * A snapshot header may not bring `document` or `system` in behind the engine's back.
 * @param {SourceFile[]} files
 */
export function engineReachViolations(files) {
  const byPath = new Map(files.map((file) => [file.path, file.text]));
  const violations = [];
  for (const { path } of files) {
    const room = path.startsWith(hostRoot) ? path.slice(hostRoot.length).split('/')[0] : '';
    if (!engineRooms.has(room)) {
      continue;
    }
    const seen = new Set([path]);
    const queue = [path];
    for (let current = queue.pop(); current !== undefined; current = queue.pop()) {
      for (const header of includesOf(byPath.get(current) ?? '')) {
        const next = hostRoot + header;
        if (/^(document|system)\//.test(header)) {
          violations.push(`${path}: reaches ${header} through ${current}`);
        } else if (byPath.has(next) && !seen.has(next)) {
          seen.add(next);
          queue.push(next);
        }
      }
    }
  }
  return violations;
}

/** Which folders of the extension may import which; `shared` is pure. */
const extensionArrows = new Map([
  ['background', ['background', 'shared']],
  ['review', ['review', 'shared']],
  ['settings', ['settings', 'review', 'shared']],
  ['welcome', ['welcome', 'shared']],
  ['compose-button', ['compose-button', 'review', 'shared']],
  ['shared', ['shared']],
]);

/**
 * Imports of the extension against the arrows; the browser's API in `shared`; text as HTML.
 * @param {SourceFile[]} files
 */
export function importViolations(files) {
  const violations = [];
  for (const { path, text } of files) {
    const match = /^extension\/([^/]+)\/.*\.js$/.exec(path);
    if (!match) {
      continue;
    }
    const folder = match[1];
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    for (const found of code.matchAll(/(?<!["'`-])\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g)) {
      const target = new URL(found[1], `file:///${path}`).pathname.slice(1);
      const targetFolder = /^extension\/([^/]+)\//.exec(target)?.[1] ?? target;
      if (!/^\.{1,2}\//.test(found[1])) {
        violations.push(`${path}: imports ${found[1]}, which is no relative path`);
      } else if (!extensionArrows.get(folder)?.includes(targetFolder)) {
        violations.push(`${path}: ${folder} may not know ${targetFolder}`);
      }
    }
    if (folder === "shared" && /\b(?:browser|messenger|chrome|document|window)\s*\./.test(code)) {
      violations.push(`${path}: shared is pure, without the browser's API`);
    }
    const asHtml = /\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval)\b/.exec(code);
    if (asHtml) {
      violations.push(`${path}: text goes in as textContent only (${asHtml[0]})`);
    }
  }
  return violations;
}

/** @param {string} path */
function isOfOtherLanguage(path) {
  return /^extension\/_locales\/(?!en\/)/.test(path);
}

/**
 * Source is ASCII; other characters stand as escapes. So do those that cannot be seen in the texts of
 * other languages. Lines end in LF, but Windows' registry files.
 * @param {SourceFile[]} files
 */
export function asciiViolations(files) {
  /** @type {string[]} */
  const violations = [];
  for (const { path, text } of files) {
    // eslint-disable-next-line no-control-regex
    const strange = isOfOtherLanguage(path) ? /[^\P{C}\t]|[^\P{Z} ]/u : /[^\t\x20-\x7e]/;
    text.split(path.endsWith('.reg') ? "\r\n" : "\n").forEach((line, index) => {
      const odd = strange.exec(line);
      if (odd) {
        const code = (odd[0].codePointAt(0) ?? 0).toString(16).padStart(4, '0');
        violations.push(`${path}:${index + 1}:${odd.index + 1}: U+${code}`);
      }
    });
  }
  return violations;
}

/**
 * The version stands in CMakeLists.txt alone; CHANGELOG tells its history.
 * @param {SourceFile[]} files
 */
export function versionViolations(files) {
  const root = files.find((file) => file.path === 'CMakeLists.txt');
  const version = /project\([^)]*VERSION\s+(\d+\.\d+\.\d+)/.exec(root?.text ?? "")?.[1];
  if (!version) {
    return ['CMakeLists.txt: no project(VERSION)'];
  }
  const pattern = new RegExp(`(?<![\\d.])${version.replaceAll('.', "\\.")}(?![\\d.])`);
  return files
    .filter(({ path }) => !['CMakeLists.txt', 'CHANGELOG.md', 'package-lock.json'].includes(path))
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => `${path}: holds the version ${version}`);
}
