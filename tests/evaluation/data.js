// SPDX-License-Identifier: MPL-2.0
// Reads the folder of data given by --data. Its rows stay there; nothing of it is copied here.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What stops the run before it measures anything; `status` becomes the program's. */
export class CannotRun extends Error {
  /** @param {number} status @param {string} text */
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

/** The real lists: file, and what the table calls them. */
export const realLists = /** @type {const} */ ({
  mil: { file: "real-domains-mil.txt", title: ".mil" },
  gov: { file: "real-domains-gov.txt", title: ".gov" },
  universities: { file: "real-domains-universities.txt", title: "universities" },
  uk: { file: "real-domains-uk.txt", title: "British public sector" },
  popular: { file: "real-domains-top-2016.txt", title: "popular" },
});

/** @typedef {keyof typeof realLists} ListName */

/** @typedef {{typed: string, intended: string, label: string, slip: string}} DomainSlip */
/** @typedef {{typed: string, other: string, label: string, slip: string, typedTimes: number,
 *   otherTimes: number}} LocalPartSlip */
/** @typedef {{sender: string, recipient: string, knownSlip: boolean}} MailRow */
/** @typedef {{time: number, sender: string, recipients: string[]}} NamedMessage */

export class Data {
  /** @param {string} folder @throws {CannotRun} where there is none */
  constructor(folder) {
    if (!existsSync(folder)) {
      throw new CannotRun(66, `no such folder: ${folder}`);
    }
    this.folder = folder;
    /** @type {Map<string, string[]>} */
    this.cache = new Map();
  }

  /** @param {string} file @returns {string[]} its lines, without empty ones */
  lines(file) {
    const held = this.cache.get(file);
    if (held) {
      return held;
    }
    const path = join(this.folder, file);
    if (!existsSync(path)) {
      throw new CannotRun(66, `${this.folder} holds no ${file}`);
    }
    let text = "";
    if (file.endsWith(".xz")) {
      try {
        text = execFileSync("xz", ["--decompress", "--stdout", path], {
          encoding: "utf8",
          maxBuffer: 2 ** 30,
        });
      } catch (error) {
        const missing = /** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT";
        throw new CannotRun(
          missing ? 69 : 65,
          missing ? "the program xz is missing (package xz-utils)" : `${path}: xz cannot read it`,
        );
      }
    } else {
      text = readFileSync(path, "utf8");
    }
    const lines = text.split("\n").filter((line) => line !== "");
    this.cache.set(file, lines);
    return lines;
  }

  /** @param {string} file @param {number} columns at least */
  rows(file, columns) {
    return this.lines(file)
      .slice(1)
      .map((line, index) => {
        const fields = line.split("\t");
        if (fields.length < columns) {
          throw new CannotRun(65, `${file}:${index + 2}: ${fields.length} columns, not ${columns}`);
        }
        return fields;
      });
  }

  /** @param {ListName} name */
  realList(name) {
    return this.lines(realLists[name].file);
  }

  businessKnown() {
    return this.lines("business-domains-known.txt");
  }

  businessStrangers() {
    return this.lines("business-domains-strangers.txt");
  }

  /** @returns {DomainSlip[]} */
  naturalDomainSlips() {
    return this.rows("natural-domain-slips.tsv", 5).map(([typed, intended, label, , slip]) => ({
      typed,
      intended,
      label,
      slip,
    }));
  }

  /** @returns {DomainSlip[]} */
  freemailSlips() {
    return this.rows("freemail-slips.tsv", 2).map(([typed, intended]) => ({
      typed,
      intended,
      label: "typo",
      slip: "",
    }));
  }

  /** @returns {LocalPartSlip[]} */
  localPartSlips() {
    return this.rows("natural-local-part-slips.tsv", 6).map((fields) => ({
      typed: fields[0],
      other: fields[1],
      label: fields[2],
      slip: fields[3],
      typedTimes: Number(fields[4]),
      otherTimes: Number(fields[5]),
    }));
  }

  /** @returns {MailRow[]} */
  onePersonsMail() {
    return this.rows("one-persons-mail.tsv.xz", 3).map(([sender, recipient, known]) => ({
      sender,
      recipient,
      knownSlip: known === "1",
    }));
  }

  /** @returns {NamedMessage[]} in order of time */
  namedMessages() {
    return this.rows("named-messages.tsv.xz", 3)
      .map(([time, sender, recipients]) => ({
        time: Number(time),
        sender,
        recipients: [...new Set(recipients.split(", "))],
      }))
      .sort((a, b) => a.time - b.time);
  }

  /** Every domain that any list calls real: no generated slip may be one of them. */
  allRealDomains() {
    const names = /** @type {ListName[]} */ (Object.keys(realLists));
    return new Set([
      ...names.flatMap((name) => this.realList(name)),
      ...this.businessKnown(),
      ...this.businessStrangers(),
    ]);
  }
}
