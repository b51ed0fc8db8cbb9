// SPDX-License-Identifier: MPL-2.0
// Asks the program, only as anybody can: `recipient-guard check --batch`, one object a line.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CannotRun } from "./data.js";

/** @typedef {{code: string, verdict: string, meant?: string[], near?: string,
 *   slip?: string}} Finding */
/** @typedef {{code: string, score: number, threshold: number, near?: string,
 *   slip?: string, meant?: string, weights?: Record<string, number>, cleared_by?: string}} Evidence */
/** @typedef {{verdict: string, address: string, shown: string, findings: Finding[],
 *   evidence?: Evidence[]}} RecipientAnswer */
/** @typedef {{verdict?: string, recipients?: RecipientAnswer[], findings?: Finding[], ok?: boolean,
 *   error?: {code: string, text: string}}} Answer */

/** Someone whose own domain is near nothing: what is asked about is then the recipient alone. */
export const sender = "clerk@kettledrum-quarry.net";

/** A local part that is nobody's in particular and no shared name either. */
export const person = "pat.sample";

/** @param {string} address @param {object} [more] further fields of the message */
export function messageTo(address, more = {}) {
  return { from: sender, recipients: [{ field: "to", text: address }], ...more };
}

/** One run of the program: one person, whose history it keeps in memory. */
export class Conversation {
  /** @param {string} program @param {string} policy @param {string[]} options */
  constructor(program, policy, options) {
    this.child = spawn(
      program,
      ["check", "--batch", ...options, "--people", "none", "--policy", policy],
      { stdio: ["pipe", "pipe", "pipe"] },
    );
    /** @type {{count: number, answers: Answer[], done: (answers: Answer[]) => void,
     *   failed: (error: Error) => void}[]} */
    this.waiting = [];
    this.rest = "";
    this.complaint = "";
    this.child.stdout.setEncoding("utf8").on("data", (text) => this.read(text));
    this.child.stderr.setEncoding("utf8").on("data", (text) => {
      this.complaint = (this.complaint + text).slice(-2000);
    });
    this.child.stdin.on("error", () => {}); // its end is told by "close"
    /** @type {Promise<number | null>} */
    this.ended = new Promise((resolve) => {
      this.child.on("error", (error) => {
        this.complaint += error.message;
        resolve(null);
      });
      this.child.on("close", resolve);
    });
    this.ended.then(() => {
      for (const { failed } of this.waiting.splice(0)) {
        failed(new CannotRun(69, `${program} ended early: ${this.complaint.trim()}`));
      }
    });
  }

  /** @param {string} text */
  read(text) {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      const first = this.waiting[0];
      if (!first) {
        this.complaint += " answered more lines than were asked";
        this.child.kill();
        return;
      }
      first.answers.push(JSON.parse(line));
      if (first.answers.length === first.count) {
        this.waiting.shift();
        first.done(first.answers);
      }
    }
  }

  /**
   * @param {object[]} lines written at once @returns {Promise<Answer[]>} one each, in order
   * @throws {CannotRun} where the program ends, or answers an error: an evaluation asks nothing
   *   that the protocol could refuse
   */
  async ask(lines) {
    if (lines.length === 0) {
      return [];
    }
    /** @type {Promise<Answer[]>} */
    const answered = new Promise((done, failed) => {
      this.waiting.push({ count: lines.length, answers: [], done, failed });
    });
    this.child.stdin.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const answers = await answered;
    const at = answers.findIndex((answer) => answer.error);
    if (at >= 0) {
      this.child.kill();
      throw new CannotRun(
        69,
        `the program answered ${JSON.stringify(answers[at].error)} to ${JSON.stringify(lines[at])}`,
      );
    }
    return answers;
  }

  async end() {
    this.child.stdin.end();
    const status = await this.ended;
    if (status !== 0) {
      throw new CannotRun(69, `the program ended with status ${status}: ${this.complaint.trim()}`);
    }
  }
}

export class Engine {
  /** @param {string} program @param {string} [keyboards] for --keyboards; left out, a batch's own */
  constructor(program, keyboards) {
    if (!existsSync(program)) {
      throw new CannotRun(
        66,
        `no program ${program}: build it (cmake --preset release && ` +
          "cmake --build --preset release) or name one with --program",
      );
    }
    this.program = program;
    this.keyboards = keyboards;
    this.folder = mkdtempSync(join(tmpdir(), "recipient-guard-evaluation-"));
    this.policies = 0;
  }

  /**
   * A policy of its own file; a long `allow` goes beside it as a list file.
   * @param {{allow?: string[]} & Record<string, unknown>} policy without `format`
   * @returns {string} what --policy takes
   */
  policy(policy = {}) {
    this.policies += 1;
    const { allow = [], ...rest } = policy;
    const list = `allow-${this.policies}.txt`;
    const document = { format: 1, ...rest };
    if (allow.length > 0) {
      writeFileSync(join(this.folder, list), `${allow.join("\n")}\n`, { mode: 0o600 });
      Object.assign(document, { allow_files: [list] });
    }
    const path = join(this.folder, `policy-${this.policies}.json`);
    writeFileSync(path, JSON.stringify(document), { mode: 0o600 });
    return path;
  }

  /** @param {string} policy from `policy()` @param {{trace?: boolean}} [options] */
  start(policy, { trace = false } = {}) {
    const keyboards = this.keyboards === undefined ? [] : ["--keyboards", this.keyboards];
    return new Conversation(this.program, policy, [...(trace ? ["--trace"] : []), ...keyboards]);
  }

  /**
   * Every message in one run without history, each judged for itself.
   * @param {string} policy @param {object[]} messages @param {{trace?: boolean}} [options]
   * @returns {Promise<Answer[]>} in order
   */
  async checkAll(policy, messages, options) {
    const conversation = this.start(policy, options);
    const answers = await conversation.ask(messages.map((message) => ({ op: "check", message })));
    await conversation.end();
    return answers;
  }

  close() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
