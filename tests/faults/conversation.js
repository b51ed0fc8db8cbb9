// SPDX-License-Identifier: MPL-2.0
/**
 * One conversation with a host that touches all it keeps: what it may answer while things fail, and
 * what must be there afterwards of all that it acknowledged.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Host, to } from './host.js';

/** No request may wait longer, in milliseconds; far above what one takes. */
const PATIENCE = 20_000;

/** The host looks at its policy twice a second. */
const RELOADED_WITHIN = 5000;

/** In a month that is kept no longer: it goes while things fail. */
const LONG_AGO = 1_690_329_600;

const POLICY = { format: 1, allow: ['mil'], allow_files: ['partners.txt'], block: ['ml'],
  override: { warn: 'click', block: 'reason' }, audit: { record: 'all' } };

/** Somebody written to before the faults begin, and what is a slip of that domain. */
const KNOWN = 'carol@harbour-example.net';
const SLIP = 'carol@harbor-example.net';

/** @param {string} place @param {string} program */
export const wordsOf = (place, program) => [program, 'serve', '--policy', join(place, 'policy.d'),
  '--people', join(place, 'people'), '--audit', join(place, 'audit')];

/**
 * What is there before: contacts, a person to be forgotten, a record of an older month.
 * @param {string} program @param {string} place
 */
export async function prepare(program, place) {
  const write = (/** @type {string} */ name, /** @type {string} */ text) =>
    writeFileSync(join(place, 'policy.d', name), text, { mode: 0o644 });
  mkdirSync(join(place, 'policy.d'), { recursive: true });
  chmodSync(join(place, 'policy.d'), 0o755);
  // Only this is recorded: a change of the policy would begin the month of today.
  const then = { ...POLICY, audit: { record: 'none', always: ['harbour-example.net'] } };
  write('partners.txt', 'partner-example.net\n');
  write('10-first.json', JSON.stringify(then));
  const [first, ...words] = wordsOf(place, program);
  const host = new Host(first, words);
  await host.ask('check', { key: 'long-ago', message: { ...to(KNOWN), time: LONG_AGO } });
  await host.ask('history.learn', { messages: [to(KNOWN), to('forgotten@pier-example.net')] });
  const { status } = await host.end();
  if (status !== 0) {
    throw new Error(`the host cannot be prepared: ${host.talk}`);
  }
  write('10-first.json', JSON.stringify(POLICY));
}

/**
 * @typedef {{op: string, body: object, answer: any}} Said
 * @typedef {{op: string, body: object, least?: 'warn' | 'block', knowing?: boolean}} Step `least`:
 *   what a verdict may not fall below; `knowing`: where the contacts can be read
 * @param {string} name of this conversation; nobody in it is in another
 * @returns {Step[]}
 */
function steps(name) {
  const right = `some..body@${name}-right.net`;
  const check = (/** @type {string} */ way, /** @type {string} */ address) =>
    ({ op: 'check', body: { key: `${name}-${way}`, message: to(address) } });
  const decision = (/** @type {string} */ way, /** @type {string} */ address, /** @type {object} */ more) =>
    ({ op: 'decision', body: { key: `${name}-${way}`, outcome: 'send', message: to(address),
      actions: [{ address, action: 'right', ...more }] } });
  const sent = (/** @type {string} */ way, /** @type {string} */ address) =>
    ({ op: 'sent', body: { key: `${name}-${way}`, message: to(address) } });
  const blocked = `bob@${name}-reason.ml`;
  return [
    { op: 'hello', body: { extension: '1' } },
    { ...check('slip', SLIP), least: 'warn', knowing: true },
    { ...check('right', right), least: 'warn' },
    decision('right', right, { trust: true }),
    sent('right', right),
    { ...check('reason', blocked), least: 'block' },
    decision('reason', blocked, { reason: 'so it is' }),
    sent('reason', blocked),
    { op: 'trust.add', body: { entry: `trusted@${name}.net` } },
    { op: 'history.learn', body: { messages: [to(`learned@${name}.net`), to(`learned@${name}.net`)] } },
    { op: 'known.replace', body: { source: `profile/${name}`, addresses: [`card@${name}.net`] } },
    { op: 'history.forget', body: { address: 'forgotten@pier-example.net' } },
    { op: 'unguarded', body: { message: to(`unguarded@${name}.mil`), actions: [], why: 'timeout' } },
    { op: 'trust.list', body: {} },
    { op: 'history.show', body: {} },
    { ...check('last', `eve@${name}-last.ml`), least: 'block' },
  ];
}

const rank = { allow: 0, warn: 1, block: 2 };

/** @param {any} answer */
const verdictOf = (answer) => answer && !answer.refused ? /** @type {0 | 1 | 2} */ (rank[answer.verdict]) : undefined;

/** @template T @param {Promise<T>} answer @param {string} op @returns {Promise<T>} */
async function soon(answer, op) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${op} was not answered`)), PATIENCE);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Puts a document into place that blocks `later-example.net`. @param {string} place */
function changePolicy(place) {
  const file = join(place, 'policy.d/20-later.json');
  writeFileSync(`${file}.new`, '{"format": 1, "block": ["later-example.net"]}', { mode: 0o644 });
  renameSync(`${file}.new`, file);
}

/**
 * Until the host judges by the changed policy, or says that it cannot.
 * @param {Host} host @param {string} name
 */
async function reloaded(host, name) {
  for (const end = Date.now() + RELOADED_WITHIN; Date.now() < end;) {
    const answer = await soon(host.ask('check', { key: `${name}-later-${Date.now()}`,
      message: { purpose: 'writing', ...to('x@later-example.net') } }), 'check');
    const hello = await soon(host.ask('hello', { extension: '1' }), 'hello');
    if (!hello || answer?.verdict === 'block' || (hello.health ?? hello).policy !== 'ok') {
      return true;
    }
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  return false;
}

/**
 * Has the conversation; what was said, and what should not have been.
 * @param {Host} host @param {string} place @param {string} name
 */
export async function talk(host, place, name) {
  /** @type {Said[]} */
  const said = [];
  /** @type {string[]} */
  const wrong = [];
  changePolicy(place);
  for (const { op, body, least, knowing } of steps(name)) {
    const answer = await soon(host.ask(op, body), op);
    said.push({ op, body, answer });
    const verdict = verdictOf(answer);
    if (least && verdict !== undefined && verdict < rank[least]) {
      const people = knowing ? (await soon(host.ask('hello'), 'hello'))?.health?.people : 'ok';
      if (people === 'ok') {
        wrong.push(`${JSON.stringify(body)} was answered ${answer.verdict}`);
      }
    }
  }
  if (!await reloaded(host, name)) {
    wrong.push('the changed policy is not in force, and the host does not say so');
  }
  const status = await soon(host.ask('status'), 'status');
  said.push({ op: 'status', body: {}, answer: status });
  return { said, wrong };
}

/** What the record holds, as `action key`; all of its text. @param {string} place */
function recordOf(place) {
  const folder = join(place, 'audit');
  const text = readdirSync(folder).filter((file) => file.endsWith('.jsonl')).sort()
    .map((file) => readFileSync(join(folder, file), 'utf8')).join('');
  const lines = new Set(text.split('\n').filter(Boolean).map((line) => {
    const { event } = JSON.parse(line);
    return `${event.action} ${event.id ?? ''}`;
  }));
  return { lines, text };
}

/** Of the record: what an answer said of it, and what it lacks. @param {Said[]} said @param {string} place */
function lostOfRecord(said, place) {
  const told = said.filter(({ answer }) => answer && !answer.refused);
  const claims = told.some(({ op, answer }) => op !== 'status' && answer.recorded);
  const status = told.find(({ op }) => op === 'status')?.answer.audit;
  const complete = status && !status.error && status.waiting === 0;
  if (!claims && !complete) {
    return [];
  }
  const { lines, text } = recordOf(place);
  return told.flatMap(({ op, body, answer }) => {
    const { key, message } = /** @type {any} */ (body);
    const there = op === 'check' ? !complete || lines.has(`asked ${key}`)
      : op === 'decision' ? !answer.recorded || lines.has(`decided ${key}`)
        : op === 'sent' ? !answer.recorded || lines.has(`left ${key}`)
          : op !== 'unguarded' || !answer.recorded
            || text.includes(/<(.*)>/.exec(message.recipients[0].text)?.[1] ?? '');
    return there ? [] : [`not in the record: ${op} ${JSON.stringify(body)}`];
  });
}

/**
 * Of the contacts: whom it is about, whether it was acknowledged, and whether what history.show says
 * is whole (true), nothing (false) or neither (undefined).
 * @type {Record<string, (said: Said) => {address: string, kept: boolean,
 *   holds: (shown: any) => boolean | undefined} | undefined>}
 */
const taught = {
  'trust.add': ({ body, answer }) => ({ address: /** @type {any} */ (body).entry, kept: !answer.refused,
    holds: ({ trusted }) => Boolean(trusted) }),
  'history.learn': ({ body, answer }) => ({ address: addressOf(/** @type {any} */ (body).messages[0]),
    kept: !answer.refused, holds: ({ messages }) => [false, undefined, true][messages] }),
  'known.replace': ({ body, answer }) => ({ address: /** @type {any} */ (body).addresses[0],
    kept: !answer.refused, holds: ({ books }) => books.length === 1 }),
  'history.forget': ({ body, answer }) => ({ address: /** @type {any} */ (body).address, kept: !answer.refused,
    holds: ({ messages, names }) => messages === names.length ? messages === 0 : undefined }),
  unguarded: ({ body, answer }) => ({ address: addressOf(/** @type {any} */ (body).message),
    kept: answer.learned, holds: ({ messages }) => messages === 1 }),
  sent: ({ body, answer }) => ({ address: addressOf(/** @type {any} */ (body).message),
    kept: answer.learned, holds: ({ messages }) => messages === 1 }),
  decision: ({ body, answer }) => /** @type {any} */ (body).actions[0].trust && {
    address: addressOf(/** @type {any} */ (body).message), kept: answer.kept,
    holds: ({ trusted, settled }) =>
      Boolean(trusted) === settled.length > 0 ? Boolean(trusted) : undefined },
};

/** @param {any} message @returns {string} */
function addressOf(message) {
  return /<(.*)>/.exec(message.recipients[0].text)?.[1] ?? '';
}

/** @param {Host} host @param {Said[]} said */
async function lostOfContacts(host, said) {
  const lost = [];
  for (const one of said) {
    const change = one.answer && taught[one.op]?.(one);
    if (change) {
      const shown = await soon(host.ask('history.show', { address: change.address }), 'history.show');
      const holds = shown.refused ? undefined : change.holds(shown);
      if (holds === undefined || (change.kept && !holds)) {
        lost.push(`${one.op} was answered ${JSON.stringify(one.answer)}, and there is ${JSON.stringify(shown)}`);
      }
    }
  }
  return lost;
}

/** What no next host should find. @param {string} place @param {Said[]} said */
function leftOver(place, said) {
  const known = /^(people\.sqlite(-journal)?|audit-\d{4}-\d\d\.jsonl|audit\.(head|lock))$/;
  const files = ['people', 'audit'].flatMap((folder) => readdirSync(join(place, folder)));
  const strange = files.filter((file) => !known.test(file)).map((file) => `left over: ${file}`);
  const forgotten = said.some(({ op, answer }) => op === 'history.forget' && answer && !answer.refused);
  const store = readFileSync(join(place, 'people/people.sqlite'), 'latin1');
  return [...strange, ...forgotten && store.includes('pier-example') ? ['octets of the forgotten'] : []];
}

/**
 * Looks at what the conversation left, with a host to which nothing happens, and has it once more.
 * @param {string} program @param {string} place @param {Said[]} said
 */
export async function lookAfterwards(program, place, said) {
  const [first, ...words] = wordsOf(place, program);
  const host = new Host(first, words);
  const lost = await lostOfContacts(host, said);
  const again = await talk(host, place, 'again');
  const ended = await host.end();
  const refused = again.said.filter(({ op, answer }) => !answer || answer.refused
    || answer.recorded === false || answer.kept === false || answer.learned === false
    || (op === 'status' && answer.health.state !== 'ok'));
  const verified = spawnSync(program, ['audit', 'verify', join(place, 'audit')], { encoding: 'utf8' });
  return [...lost, ...lostOfRecord(said, place), ...leftOver(place, [...said, ...again.said]),
    ...again.wrong.map((text) => `afterwards ${text}`),
    ...refused.map((one) => `afterwards ${JSON.stringify(one)}`),
    ...lostOfRecord(again.said, place),
    ...ended.status === 0 ? [] : [`afterwards it ended with ${ended.status ?? ended.signal}: ${host.talk}`],
    ...verified.status === 0 ? [] : [`the record: ${verified.stdout}${verified.stderr}`]];
}
