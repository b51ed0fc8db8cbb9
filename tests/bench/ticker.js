// SPDX-License-Identifier: MPL-2.0
/**
 * A worker that sends the time, in milliseconds since 1970, every hundredth of a second.
 *
 * What stands still is a window's thread, so the clock must run on another: a timer on that very
 * thread, due every few milliseconds, leaves Thunderbird no moment that it takes for idle. Its
 * garbage collection then waits until it is overdue and takes slices of up to 100 ms, which nobody
 * meets who only writes.
 */
setInterval(() => {
  /** @type {any} */ (globalThis).postMessage(performance.timeOrigin + performance.now());
}, 10);
