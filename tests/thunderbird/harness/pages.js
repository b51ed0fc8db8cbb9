// SPDX-License-Identifier: MPL-2.0
/**
 * Looks into pages of the extension, which live in another process: a frame script runs there and
 * evaluates in a sandbox, so that the page's content security policy does not matter. Tests use it
 * to read and to find places on the screen; what they do, they do by pointer and keys.
 */

/**
 * Runs the body of an async function in a page. Its parameters are there as `args`; what it
 * returns must survive JSON.
 * @param {import("./marionette.js").Marionette} marionette
 * @param {string} find body of a privileged function that gives the page's <browser> element
 * @param {string} body
 * @param {unknown[]} args
 * @returns {Promise<any>}
 */
export function evaluate(marionette, find, body, args) {
  return marionette.run(
    `const [body, params] = args;
    const browser = await (async () => { ${find} })();
    if (!browser?.messageManager) throw new Error("the page is not there");
    const name = "recipient-guard-test:" + Math.random();
    const source = "(async args => JSON.stringify(await (async () => {" + body + "})()))";
    const script = "(" + (async (source, params, name) => {
      let out;
      try {
        const sandbox = Cu.Sandbox(content, {
          sandboxPrototype: content.wrappedJSObject, wantXrays: false });
        const value = await Cu.evalInSandbox(source, sandbox)(Cu.cloneInto(params, sandbox));
        out = { value };
      } catch (error) {
        out = { error: String(error) };
      }
      sendAsyncMessage(name, out);
    }) + ")(" + [source, params, name].map(word => JSON.stringify(word)).join(",") + ")";
    const manager = browser.messageManager;
    const out = await new Promise((resolve, reject) => {
      const listen = message => {
        manager.removeMessageListener(name, listen);
        resolve(message.data);
      };
      manager.addMessageListener(name, listen);
      setTimeout(() => reject(new Error("the page did not answer in 10 s")), 10000);
      manager.loadFrameScript(
        "data:application/javascript;charset=utf-8," + encodeURIComponent(script), false);
    });
    if (out.error) throw new Error(out.error);
    return out.value === undefined ? null : JSON.parse(out.value);`,
    body,
    args,
  );
}
