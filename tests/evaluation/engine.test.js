// SPDX-License-Identifier: MPL-2.0
// The conversation with the program, held with small programs that behave and misbehave.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { readArguments } from "./arguments.js";
import { CannotRun, Data } from "./data.js";
import { Engine, messageTo } from "./engine.js";

const echo = `process.stdin.setEncoding("utf8");
let rest = "";
process.stdin.on("data", (text) => {
  const lines = (rest + text).split("\\n");
  rest = lines.pop();
  for (const line of lines) {
    const { message } = JSON.parse(line);
    const [{ text: address }] = message.recipients;
    process.stdout.write(JSON.stringify(address === "odd"
      ? { error: { code: "bad-request", text: "odd" } }
      : { verdict: "allow", recipients: [{ address, findings: [] }], findings: [] }) + "\\n");
  }
});`;

describe("the conversation", () => {
  /** @type {string} */
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "evaluation-test-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** @param {string} name @param {string} code */
  const program = (name, code) => {
    const path = join(folder, name);
    writeFileSync(path, `#!${process.execPath}\n${code}\n`, { mode: 0o700 });
    return path;
  };

  /** @param {string} path @param {(engine: Engine) => Promise<void>} use */
  const withEngine = async (path, use) => {
    const engine = new Engine(path);
    try {
      await use(engine);
    } finally {
      engine.close();
    }
  };

  it("answers in order, thousands at once", () =>
    withEngine(program("echo.cjs", echo), async (engine) => {
      const asked = Array.from({ length: 5000 }, (_, i) => `person${i}@navy.mil`);
      const answers = await engine.checkAll(
        engine.policy(),
        asked.map((one) => messageTo(one)),
      );
      assert.deepEqual(
        answers.map((answer) => answer.recipients?.[0].address),
        asked,
      );
    }));

  it("tells the line that the program refused", () =>
    withEngine(program("echo.cjs", echo), async (engine) => {
      await assert.rejects(
        engine.checkAll(engine.policy(), [messageTo("a@b.mil"), messageTo("odd")]),
        (error) => error instanceof CannotRun && error.status === 69 && /odd/.test(error.message),
      );
    }));

  it("ends where the program does, with what it said", () =>
    withEngine(
      program("dies.cjs", 'console.error("no policy"); process.exit(78);'),
      async (engine) => {
        await assert.rejects(
          engine.checkAll(engine.policy(), [messageTo("a@b.mil")]),
          (error) => error instanceof CannotRun && /ended early: no policy/.test(error.message),
        );
      },
    ));

  it("writes a policy whose long list stands in a file of its folder", () =>
    withEngine(program("echo.cjs", echo), async (engine) => {
      const path = engine.policy({ allow: ["navy.mil", "army.mil"], builtin_protect: false });
      const policy = JSON.parse(readFileSync(path, "utf8"));
      assert.equal(policy.format, 1);
      assert.equal(policy.builtin_protect, false);
      const [list] = policy.allow_files;
      assert.equal(readFileSync(join(dirname(path), list), "utf8"), "navy.mil\narmy.mil\n");
    }));

  it("is not begun with a program that is not there", () =>
    assert.throws(
      () => new Engine(join(folder, "none")),
      (error) => error instanceof CannotRun && error.status === 66,
    ));
});

describe("the data", () => {
  it("that are not there end with status 66", () =>
    assert.throws(
      () => new Data("/nowhere/at-all"),
      (error) => error instanceof CannotRun && error.status === 66,
    ));
});

describe("the command line", () => {
  for (const words of [
    [],
    ["--data"],
    ["--data", "d", "--only", "everything"],
    ["--data", "d", "--half", "both"],
    ["--data", "d", "--seed", "-1"],
    ["--data", "d", "--sample", "many"],
    ["--data", "d", "stray"],
    ["--date", "d"],
  ]) {
    it(`'${words.join(" ")}' is status 64`, () =>
      assert.throws(
        () => readArguments(words),
        (error) => error instanceof CannotRun && error.status === 64,
      ));
  }

  it("takes the sections that need a history only when asked", () => {
    assert.ok(!readArguments(["--data", "d"]).sections.includes("replay"));
    assert.ok(readArguments(["--data", "d", "--history"]).sections.includes("replay"));
    assert.deepEqual(readArguments(["--data", "d", "--only", "replay"]).sections, ["replay"]);
  });

  it("takes figures on the reporting half unless told otherwise", () => {
    assert.equal(readArguments(["--data", "d"]).half, "report");
    assert.equal(readArguments(["--data", "d", "--half", "tune"]).half, "tune");
  });
});
