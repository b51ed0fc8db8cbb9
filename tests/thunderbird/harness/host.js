// SPDX-License-Identifier: MPL-2.0
/**
 * Sets up the native host for one HOME, by `recipient-guard manifest install --user` alone. What
 * Thunderbird then starts knows the default places only; where a test needs a policy, or a host
 * that misbehaves, the installed manifest is pointed at a script that starts it with these.
 */
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { HOST, program, ROOT } from './places.js';
import { run } from './run.js';

const FAULTY = path.join(ROOT, 'tests/thunderbird/hosts/faulty.js');

/** @param {string} text for the shell */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * As hosts/faulty.js takes them.
 * @typedef {"pass" | "slow" | "crash" | "hang" | "garbage" | "badlength" | "huge" | "silent"} Fault
 */

export class Host {
  /** @param {string} home the folder that Thunderbird sees as HOME */
  constructor(home) {
    this.home = home;
    this.manifest = path.join(home, `.mozilla/native-messaging-hosts/${HOST}.json`);
    this.faultFile = path.join(home, 'fault');
    this.pidFile = path.join(home, 'host-pids');
    this.log = path.join(home, 'host.log');
  }

  /** @returns {NodeJS.ProcessEnv} what the host's own commands see */
  env() {
    const { XDG_DATA_HOME, XDG_STATE_HOME, XDG_CONFIG_HOME, ...rest } = process.env;
    return { ...rest, HOME: this.home };
  }

  async install() {
    await run(program(), ['manifest', 'install', '--user'], { env: this.env() });
    if (!existsSync(this.manifest)) {
      throw new Error(`manifest install left no ${this.manifest}`);
    }
  }

  /** As if the program had never been installed. */
  remove() {
    rmSync(this.manifest, { force: true });
  }

  /** @param {string[]} command what Thunderbird shall start, from now on */
  #redirect(command) {
    const script = path.join(this.home, 'host.sh');
    const line = `exec ${command.map(quoted).join(' ')} 2>>${quoted(this.log)}\n`;
    // Written anew under another inode: a shell may still be reading the old one.
    rmSync(script, { force: true });
    writeFileSync(script, `#!/bin/sh\necho $$ >>${quoted(this.pidFile)}\n${line}`);
    chmodSync(script, 0o755);
    const manifest = JSON.parse(readFileSync(this.manifest, 'utf8'));
    manifest.path = script;
    writeFileSync(this.manifest, JSON.stringify(manifest));
  }

  /** @param {string} policy a document or a folder of documents */
  usePolicy(policy) {
    this.#redirect([program(), 'serve', '--policy', policy]);
  }

  /**
   * Puts a proxy before the real host; `fault` tells it what to do wrong.
   * @param {string} [policy]
   */
  useFaulty(policy) {
    this.fault('pass');
    const rest = policy ? ['--policy', policy] : [];
    this.#redirect([process.execPath, FAULTY, this.faultFile, program(), 'serve', ...rest]);
  }

  /**
   * What the proxy does with the next frame that Thunderbird sends.
   * @param {Fault} fault
   * @param {number} [delay] milliseconds, for slow
   */
  fault(fault, delay = 0) {
    // Renamed into place, so that the proxy never reads half of it.
    writeFileSync(`${this.faultFile}.new`, `${fault} ${delay}`);
    renameSync(`${this.faultFile}.new`, this.faultFile);
  }

  /**
   * The proxy answers these operations itself.
   * @param {Record<string, object>} answers
   */
  says(answers) {
    writeFileSync(`${this.faultFile}.new`, `says ${JSON.stringify(answers)}`);
    renameSync(`${this.faultFile}.new`, this.faultFile);
  }

  /**
   * The requests that the extension sent to the proxy so far.
   * @returns {any[]}
   */
  frames() {
    const file = `${this.faultFile}.frames`;
    if (!existsSync(file)) {
      return [];
    }
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  /** The processes that Thunderbird started as this host, gone ones too. @returns {number[]} */
  pids() {
    if (!existsSync(this.pidFile)) {
      return [];
    }
    return readFileSync(this.pidFile, 'utf8').split('\n').filter(Boolean).map(Number);
  }

  /** Ends the running host the hard way. */
  kill() {
    for (const pid of this.pids()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It had ended before.
      }
    }
    rmSync(this.pidFile, { force: true });
  }
}
