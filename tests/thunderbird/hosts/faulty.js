#!/usr/bin/env node
// SPDX-License-Identifier: MPL-2.0
/**
 * A host that misbehaves: passes frames between Thunderbird and the real host, and does what the
 * first word of FAULT-FILE says with each frame from Thunderbird as it comes. Each frame is written
 * to FAULT-FILE.frames as a line, so that a test can see what the extension told.
 *
 *   faulty.js FAULT-FILE PROGRAM [ARGUMENT]...
 *
 *   pass        the real host answers
 *   slow N      the real host answers, N milliseconds late
 *   silent      this frame is lost
 *   hang        never answers again
 *   crash       ends at once
 *   garbage     answers a frame that is no JSON
 *   badlength   writes text where a length should stand
 *   huge        answers a frame over the 1 MiB that Thunderbird takes
 *   says JSON   answers the operations that the object names with its members, as a host does whose
 *               policy or contacts would be long to set up; the real host answers the others
 */
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';

const [faultFile, program, ...rest] = process.argv.slice(2);
const host = spawn(program, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
host.on('exit', () => process.exit(0));
host.on('error', () => process.exit(1));
host.stdin.on('error', () => {});
process.stdout.on('error', () => process.exit(0));
process.stdin.on('end', () => host.stdin.end());

/**
 * @param {import("node:stream").Readable} stream
 * @param {(frame: Buffer) => void} take
 */
function frames(stream, take) {
  let rest = Buffer.alloc(0);
  stream.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4) {
      const length = rest.readUInt32LE(0);
      if (rest.length < 4 + length) {
        return;
      }
      take(rest.subarray(0, 4 + length));
      rest = rest.subarray(4 + length);
    }
  });
}

/** @param {Buffer} body */
function framed(body) {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(body.length);
  return Buffer.concat([head, body]);
}

let hanging = false;
let delay = 0;

frames(process.stdin, (frame) => {
  appendFileSync(`${faultFile}.frames`, `${frame.subarray(4).toString('utf8')}\n`);
  const whole = readFileSync(faultFile, 'utf8');
  const [fault, number] = whole.split(' ');
  if (hanging) {
    return;
  }
  delay = fault === 'slow' ? Number(number) : 0;
  switch (fault) {
    case 'silent':
      return;
    case 'hang':
      hanging = true;
      return;
    case 'crash':
      host.kill('SIGKILL');
      process.exit(3);
      break;
    case 'garbage':
      process.stdout.write(framed(Buffer.from('{not json')));
      return;
    case 'badlength':
      process.stdout.write('Segmentation fault (core dumped)\n');
      return;
    case 'says': {
      const { id, op } = JSON.parse(frame.subarray(4).toString('utf8'));
      const answers = JSON.parse(whole.slice('says '.length));
      if (op in answers) {
        process.stdout.write(framed(Buffer.from(JSON.stringify({ v: 1, id, ok: answers[op] }))));
      } else {
        host.stdin.write(frame);
      }
      return;
    }
    case 'huge':
      process.stdout.write(framed(Buffer.alloc((1 << 20) + 1, 0x20)));
      return;
    default:
      host.stdin.write(frame);
  }
});

frames(host.stdout, (frame) => {
  // The copy outlives the buffer that the next chunk replaces.
  const answer = Buffer.from(frame);
  setTimeout(() => process.stdout.write(answer), delay);
});
