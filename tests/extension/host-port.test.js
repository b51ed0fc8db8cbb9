// SPDX-License-Identifier: MPL-2.0
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { HostError, HostFailure, HostPort } from "../../extension/background/host-port.js";
import { Clock } from "./clock.js";

const HELLO = { version: "1.0", protocol: 1, policy: {}, health: {}, replaced: false };

class FakePort {
  got = [];
  closed = false;
  #message = [];
  #end = [];

  constructor(life) {
    this.life = life;
    this.onMessage = { addListener: (heard) => this.#message.push(heard) };
    this.onDisconnect = { addListener: (heard) => this.#end.push(heard) };
    if (life.missing) {
      setImmediate(() => this.end("No such native application recipient_guard"));
    }
  }

  postMessage(message) {
    this.got.push(message);
    setImmediate(() => this.life(message, this, this.got.length));
  }

  say(raw) {
    if (!this.closed) {
      this.#message.forEach((heard) => heard(raw));
    }
  }

  end(message) {
    if (!this.closed) {
      this.closed = true;
      this.#end.forEach((heard) => heard({ error: message ? { message } : null }));
    }
  }

  disconnect() {
    this.closed = true;
  }
}

/**
 * A host that answers as it is told: each started process takes the next of `lives`.
 *
 * @param {((request: any, port: FakePort, n: number) => void)[]} lives
 */
function hosts(...lives) {
  const clock = new Clock();
  const started = [];
  const port = new HostPort({
    connect: () => {
      const life = lives[Math.min(started.length, lives.length - 1)];
      const made = new FakePort(life);
      started.push(made);
      return made;
    },
    version: "0.1",
    timer: (after, run) => clock.timer(after, run),
  });
  return { clock, port, started };
}

/** Lives of a host. */
const good = (request, port) => port.say({ v: 1, id: request.id, ok: request.op === "hello" ? HELLO : { did: request.op } });
const missing = Object.assign(() => {}, { missing: true });
const helloThen = (then) => (request, port, n) => (request.op === "hello" ? good(request, port) : then(request, port, n));
const hangs = helloThen(() => {});
const crashes = helloThen((_, port) => port.end(""));
const garbage = helloThen((_, port) => port.end("An unexpected error occurred"));
const mumbles = helloThen((_, port) => port.say({ hello: "world" }));
const wrongId = helloThen((request, port) => port.say({ v: 1, id: request.id + 1, ok: {} }));
const large = helloThen((_, port) => port.say({ v: 1, id: null, error: { code: "too-large", text: "" } }));
const other = (request, port) => port.say({ v: 2, id: request.id, ok: {} });
const oldHello = (request, port) => port.say({ v: 1, id: request.id, ok: { ...HELLO, protocol: 2 } });
const badVersion = (request, port) => port.say({ v: 1, id: request.id, error: { code: "bad-version", text: "" } });

/** @param {ReturnType<typeof hosts>} one @param {number} ms @param {"ask" | "askAfterHello"} how */
async function asked(one, ms = 5000, how = "ask") {
  const began = one.clock.now;
  const done = one.port[how]("check", { key: "k" }).then(
    (ok) => ({ ok, took: one.clock.now - began }),
    (error) => ({ error, took: one.clock.now - began }),
  );
  await one.clock.advance(0);
  for (let passed = 0; passed < ms; passed += 50) {
    await one.clock.advance(50);
  }
  return done;
}

describe("the port to the host", () => {
  it("shakes hands first, then asks, on one connection", async () => {
    const one = hosts(good);
    const { ok } = await asked(one, 50);
    assert.deepEqual(ok, { did: "check" });
    await asked(one, 50);
    assert.equal(one.started.length, 1);
    assert.deepEqual(one.started[0].got, [
      { v: 1, id: 1, op: "hello", extension: "0.1" }, { v: 1, id: 2, op: "check", key: "k" },
      { v: 1, id: 3, op: "check", key: "k" }]);
  });

  for (const [name, life, why] of [["crashes", crashes, "crashed"], ["hangs", hangs, "late"],
    ["writes garbage", garbage, "garbage"], ["mumbles", mumbles, "garbage"],
    ["answers another request", wrongId, "garbage"], ["is missing", missing, "missing"]]) {
    it(`starts a host that ${name} once more, and takes the answer of the second`, async () => {
      const one = hosts(life, good);
      const { ok } = await asked(one);
      assert.deepEqual(ok, { did: "check" });
      assert.equal(one.started.length, 2);
      assert.equal(one.started[0].closed, true);
    });

    it(`gives up a host that ${name} twice, within four seconds, and says why`, async () => {
      const one = hosts(life);
      const { error, took } = await asked(one);
      assert.ok(error instanceof HostFailure);
      assert.equal(error.why, why);
      assert.ok(took <= 4050, `after ${took} ms`);
      assert.equal(one.started.length, 2);
      assert.ok(one.started.every((port) => port.closed));
      assert.equal(one.port.idle, true);
    });
  }

  it("gives up a host that never says hello in the same time", async () => {
    const { error, took } = await asked(hosts(() => {}));
    assert.equal(error.why, "late");
    assert.ok(took <= 4050);
  });

  for (const [name, life, why] of [["speaks another version", other, "wrong-version"],
    ["says hello in another protocol", oldHello, "wrong-version"],
    ["does not know our version", badVersion, "wrong-version"], ["finds it too large", large, "too-large"]]) {
    it(`does not start a host again that ${name}`, async () => {
      const one = hosts(life);
      const { error } = await asked(one);
      assert.equal(error.why, why);
      assert.equal(one.started.length, 1);
    });
  }

  it("takes no late answer for that of a later question", async () => {
    const late = [];
    const one = hosts(helloThen((request, port) => late.push(() => good(request, port))), good);
    const first = asked(one);
    await first;
    late[0]();
    const { ok } = await asked(one, 50);
    assert.deepEqual(ok, { did: "check" });
  });

  it("repeats what the host was too busy for, on the same connection", async () => {
    let busy = 2;
    const one = hosts(helloThen((request, port) => {
      busy -= 1;
      return busy < 0 ? good(request, port)
        : port.say({ v: 1, id: request.id, error: { code: "busy", text: "", retry: true } });
    }));
    const { ok } = await asked(one);
    assert.deepEqual(ok, { did: "check" });
    assert.equal(one.started.length, 1);
  });

  it("hands on an error of the protocol as it is, without a fresh start", async () => {
    const one = hosts(helloThen((request, port) => {
      port.say({ v: 1, id: request.id, error: { code: "unknown-key", text: "t", retry: false } });
    }));
    const { error } = await asked(one);
    assert.ok(error instanceof HostError);
    assert.equal(error.code, "unknown-key");
    assert.equal(one.started.length, 1);
  });

  it("answers two questions at a time, each its own", async () => {
    const held = [];
    const one = hosts(helloThen((request, port) => held.push(() => {
      port.say({ v: 1, id: request.id, ok: { key: request.key } });
    })));
    const both = [one.port.ask("check", { key: "a" }), one.port.ask("check", { key: "b" })];
    await one.clock.advance(1);
    await one.clock.advance(1);
    held.reverse().forEach((answer) => answer());
    assert.deepEqual(await Promise.all(both), [{ key: "a" }, { key: "b" }]);
  });

  it("asks after a fresh hello, which a new connection has just said", async () => {
    const one = hosts(good);
    const told = [];
    one.port.onHello = (hello) => told.push(hello.version);
    for (const hellos of [1, 2]) {
      const { ok } = await asked(one, 50, "askAfterHello");
      assert.deepEqual(ok, { did: "check" });
      assert.equal(told.length, hellos);
    }
    assert.deepEqual(one.started[0].got.map((request) => request.op), ["hello", "check", "hello", "check"]);
  });

  for (const [how, fails, took] of [["hangs", () => {}, 2000], ["crashes", (_, port) => port.end(""), 0]]) {
    it(`starts a host anew that ${how} at a later hello, within the same time`, async () => {
      const one = hosts((request, port, n) => (n > 2 ? fails(request, port) : good(request, port)), good);
      await asked(one, 50);
      const done = await asked(one, 5000, "askAfterHello");
      assert.deepEqual(done.ok, { did: "check" });
      assert.ok(done.took <= took + 100, `after ${done.took} ms`);
      assert.equal(one.started.length, 2);
    });
  }

  it("gives a hello and its question one deadline together", async () => {
    const slow = (request, port, n) => void one.clock.timer(n > 2 ? 1500 : 0, () => good(request, port));
    const one = hosts(slow, hangs);
    await asked(one, 50);
    const { error, took } = await asked(one, 9000, "askAfterHello");
    assert.equal(error.why, "late");
    assert.equal(took, 4000);
  });

  it("waits with that for an answer that is under way", async () => {
    let answer = () => {};
    const old = (request, port) => {
      if (request.op === "hello") {
        port.say({ v: 1, id: request.id, ok: { ...HELLO, replaced: port.got.length > 1 } });
      } else {
        answer = () => good(request, port);
      }
    };
    const one = hosts(old, good);
    const checked = one.port.ask("check", {});
    await one.port.greet();
    assert.equal(one.started.length, 1);
    assert.equal(one.started[0].closed, false);
    answer();
    assert.deepEqual(await checked, { did: "check" });
    assert.equal(one.started[0].closed, true);
    assert.deepEqual(await one.port.ask("sent", {}), { did: "sent" });
    assert.equal(one.started.length, 2);
  });

  it("connects anew between sends where the program on disk was replaced", async () => {
    const replaced = (request, port) => port.say({ v: 1, id: request.id, ok: { ...HELLO, replaced: true } });
    const one = hosts(replaced, good);
    const greeted = one.port.greet().then(() => one.port.greet());
    for (let i = 0; i < 6; i += 1) {
      await one.clock.advance(1);
    }
    await greeted;
    assert.equal(one.started.length, 2);
    assert.equal(one.started[0].closed, true);
  });

  it("says of each handshake, once", async () => {
    const one = hosts(good);
    const told = [];
    one.port.onHello = (hello) => told.push(hello.version);
    await asked(one, 50);
    await asked(one, 50);
    assert.deepEqual(told, ["1.0"]);
  });
});
