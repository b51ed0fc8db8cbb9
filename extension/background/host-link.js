// SPDX-License-Identifier: MPL-2.0
// When the connection to the host is opened and let go. It is opened with the compose window, so
// that no Send waits for the host to start; an open one keeps the event page from being stopped.

/** So long after the last compose window the host is let go, in milliseconds. */
const LINGER = 15000;

/** So long after the start of Thunderbird the host is greeted, in milliseconds. */
const AFTER_START = 1500;

/** So long after a hello it is told what left unguarded, in milliseconds. */
const TELL_AFTER = 300;

export class HostLink {
  #deps;
  /** @type {() => void} */
  #stop = () => {};
  #telling = false;

  /**
   * @param {{port: import('./host-port.js').HostPort, unguarded: import('./unguarded.js').Unguarded,
   *   timer: (after: number, run: () => void) => () => void, log: (what: unknown) => void,
   *   composing: () => Promise<number>}} deps
   */
  constructor(deps) {
    this.#deps = deps;
  }

  /** A compose window opened: greet the host, and connect anew where its program was replaced. */
  composing() {
    this.#stop();
    this.#deps.port.greet().catch(() => {
      // At Send it is asked again, and then it is said.
    });
  }

  /** A window was closed. */
  composed() {
    this.#stop();
    this.#stop = this.#deps.timer(LINGER, () => {
      this.#deps.composing().then((count) => {
        if (count === 0 && this.#deps.port.idle) {
          this.#deps.port.close();
        }
      }).catch(this.#deps.log);
    });
  }

  /**
   * Thunderbird started, or the extension was installed: the host is greeted once, to be told what
   * left unguarded before and whom the address books hold.
   */
  started() {
    this.#deps.timer(AFTER_START, () => {
      this.composing();
      this.composed();
    });
  }

  /** The host said hello. */
  greeted() {
    if (this.#telling) {
      return;
    }
    this.#telling = true;
    // First what a person waits for. A host that fails at that would be told twice.
    this.#deps.timer(TELL_AFTER, () => this.#tell());
  }

  #tell() {
    this.#deps.unguarded.flush((entry) => this.#deps.port.ask('unguarded', entry)).catch(() => {
      // Kept for the next hello.
    }).finally(() => {
      this.#telling = false;
    });
  }
}
