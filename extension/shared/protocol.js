// SPDX-License-Identifier: MPL-2.0
// The native messages between the extension and its host: what is said, and what may be believed
// of an answer. Nothing that the host says is used before it went through here.

/** The version of the protocol, `v` in each message. */
export const PROTOCOL = 1;

const WORDS = ['allow', 'warn', 'block'];
const OVERRIDES = ['none', 'click', 'reason'];
const TRUSTS = ['none', 'address', 'domain'];

/**
 * @typedef {{code: string, verdict: string, meant?: string[], near?: string, slip?: string,
 *   rule?: string}} Finding
 * @typedef {{index: number, field: string, address: string, shown: string, verdict: string,
 *   findings: Finding[], override: string, trust: string}} Judged
 * @typedef {Finding & {override?: string, marking?: string, recipients?: number[],
 *   limit?: number}} MessageFinding
 * @typedef {{verdict: string, recipients: Judged[], findings: MessageFinding[], more?: number,
 *   recorded?: boolean, kept?: boolean, help?: unknown}} Verdict
 *   `more`: how many questioned recipients it does not list; `help`: the organisation's text
 * @typedef {{id: number|null, ok?: Record<string, any>, error?: {code: string, text: string,
 *   retry: boolean}}} Answer
 */

/**
 * One request, ready for the port.
 *
 * @param {number} id pairs the answer with the request; a whole number
 * @param {string} op
 * @param {Record<string, unknown>} body
 */
export function request(id, op, body) {
  return { v: PROTOCOL, id, op, ...body };
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether this is the answer of a host that speaks another version of the protocol.
 *
 * @param {unknown} raw
 */
export function otherProtocol(raw) {
  return isObject(raw) && Number.isSafeInteger(raw.v) && raw.v !== PROTOCOL;
}

/**
 * Reads the envelope of an answer.
 *
 * @param {unknown} raw
 * @returns {Answer | null} null where this is no answer of the protocol
 */
export function readAnswer(raw) {
  if (!isObject(raw) || raw.v !== PROTOCOL) {
    return null;
  }
  const id = raw.id ?? null;
  if (id !== null && !Number.isSafeInteger(id)) {
    return null;
  }
  if (isObject(raw.error) && !('ok' in raw) && typeof raw.error.code === 'string') {
    const { code, text, retry } = raw.error;
    return { id, error: { code, text: typeof text === 'string' ? text : '', retry: retry === true } };
  }
  if (isObject(raw.ok) && !('error' in raw) && id !== null) {
    return { id, ok: raw.ok };
  }
  // `"ok": true` says "done", with nothing to add.
  return raw.ok === true && !('error' in raw) && id !== null ? { id, ok: {} } : null;
}

/**
 * @param {unknown} finding
 * @returns {finding is Record<string, any>}
 */
function isFinding(finding) {
  return isObject(finding) && typeof finding.code === 'string' && WORDS.includes(finding.verdict)
    && (finding.meant === undefined || (Array.isArray(finding.meant)
      && finding.meant.every((/** @type {unknown} */ meant) => typeof meant === 'string')));
}

/**
 * @param {unknown} finding
 * @param {number} count how many recipients the message has
 */
function isMessageFinding(finding, count) {
  return isFinding(finding) && (finding.recipients === undefined
    || (Array.isArray(finding.recipients)
      && finding.recipients.every((/** @type {unknown} */ at) => isIndex(at, count))));
}

/**
 * @param {unknown} value
 * @param {number} count
 */
function isIndex(value, count) {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) < count;
}

/**
 * @param {unknown} entry
 * @param {number} count
 */
function isJudged(entry, count) {
  return isObject(entry) && isIndex(entry.index, count) && typeof entry.address === 'string' && typeof entry.shown === 'string'
    && WORDS.includes(entry.verdict) && Array.isArray(entry.findings)
    && entry.findings.every(isFinding) && OVERRIDES.includes(entry.override)
    && TRUSTS.includes(entry.trust);
}

/** @param {string[]} words the strictest of them; allow where there is none */
export function strictest(words) {
  return WORDS[Math.max(0, ...words.map((word) => WORDS.indexOf(word)))];
}

/**
 * Reads a verdict. A verdict that contradicts itself is none: an "allow" with a blocked recipient
 * in it must never open the gate.
 *
 * @param {unknown} raw
 * @param {number} count how many recipients the judged message has
 * @returns {Verdict | null}
 */
export function readVerdict(raw, count) {
  if (!isObject(raw) || !WORDS.includes(raw.verdict) || !Array.isArray(raw.recipients)) {
    return null;
  }
  const findings = raw.findings ?? [];
  const more = raw.more ?? 0;
  if (!Array.isArray(findings) || !findings.every((one) => isMessageFinding(one, count)) || !Number.isSafeInteger(more)
    || !raw.recipients.every((entry) => isJudged(entry, count))) {
    return null;
  }
  const indexes = new Set(raw.recipients.map((entry) => entry.index));
  const found = strictest([...raw.recipients, ...findings].map((entry) => entry.verdict));
  if (indexes.size !== raw.recipients.length || more < 0) {
    return null;
  }
  return agrees(raw, found, more) ? /** @type {Verdict} */ ({ ...raw, findings }) : null;
}

/**
 * @param {Record<string, any>} raw
 * @param {string} found the strictest of what it lists
 * @param {number} more how many questioned recipients it does not list
 */
function agrees(raw, found, more) {
  // Only watching, the host allows what it would question, however much that is.
  return more === 0 ? found === raw.verdict
    : strictest([found, raw.verdict]) === raw.verdict && (raw.verdict !== 'allow' || 'would' in raw);
}

/**
 * Reads the answer to hello.
 *
 * @param {Record<string, any>} ok
 * @returns {{version: string, protocol: number, policy: Record<string, any>, health: unknown,
 *   replaced: boolean} | null} null where it is no hello, or of another protocol
 */
export function readHello(ok) {
  if (typeof ok.version !== 'string' || ok.protocol !== PROTOCOL) {
    return null;
  }
  return {
    version: ok.version,
    protocol: ok.protocol,
    policy: isObject(ok.policy) ? ok.policy : {},
    health: ok.health,
    replaced: ok.replaced === true,
  };
}

/**
 * Whether the host can remember trusted people. Without a store the page offers no trust.
 *
 * @param {unknown} health of hello
 */
export function storesPeople(health) {
  return isObject(health) && health.people === 'ok';
}

/**
 * Whether the host keeps a record of decisions, so that one that is missing has to be said.
 *
 * @param {unknown} health of hello
 */
export function keepsRecord(health) {
  return isObject(health) && typeof health.audit === 'string' && health.audit !== 'none';
}

/**
 * The organisation's help, in the user's language where there is one.
 *
 * @param {unknown} help a text, or texts by language
 * @param {string} language such as de-AT
 */
export function helpIn(help, language) {
  if (typeof help === 'string') {
    return help;
  }
  const texts = isObject(help)
    ? Object.entries(help).filter(([, text]) => typeof text === 'string' && text !== '') : [];
  const wanted = [language, language.split('-')[0], 'en'].map((one) => one.toLowerCase());
  const found = wanted.map((one) => texts.find(([name]) => name.toLowerCase() === one)?.[1]);
  return String(found.find(Boolean) ?? texts[0]?.[1] ?? '');
}
