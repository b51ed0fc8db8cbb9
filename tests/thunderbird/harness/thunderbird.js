// SPDX-License-Identifier: MPL-2.0
/** One throw-away Thunderbird: own HOME, TMPDIR, profile, display and mail sink. */
import { spawn } from 'node:child_process';
import {
  existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Compose, NEW_COMPOSE } from './compose.js';
import { Display } from './display.js';
import { Host } from './host.js';
import { Marionette } from './marionette.js';
import { evaluate } from './pages.js';
import { EXTENSION, xpi } from './places.js';
import { account, QUIET, userScript } from './preferences.js';
import { pause, waitFor } from './run.js';
import { Sink } from './sink.js';

/**
 * @typedef {object} Options
 * @property {string} [program] another Thunderbird than the installed one
 * @property {import("./preferences.js").Preferences} [preferences] beside the usual ones
 * @property {boolean} [extension] false: start without it
 * @property {boolean} [host] false: the native host is not installed for it
 * @property {boolean} [permanent] the extension is there after a restart too
 * @property {NodeJS.ProcessEnv} [screen] the environment of a person's own display, to use that
 *   one instead of a hidden one
 */

export class Thunderbird {
  /** @type {Display} */
  display = new Display();
  /** @type {Sink} */
  sink = new Sink();
  /** @type {Marionette} */
  marionette = /** @type {any} */ (undefined);
  /** @type {import("node:child_process").ChildProcess} */
  process = /** @type {any} */ (undefined);
  #subjects = 0;

  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    this.folder = mkdtempSync(path.join(os.tmpdir(), 'recipient-guard-'));
    this.home = path.join(this.folder, 'home');
    this.profile = path.join(this.folder, 'profile');
    this.log = path.join(this.folder, 'thunderbird.log');
    this.host = new Host(this.home);
  }

  /**
   * Starts it, with the native host installed for it and the extension in it.
   * @param {Options} [options]
   * @param {(thunderbird: Thunderbird) => unknown} [prepare] awaited before it starts
   */
  static async start(options = {}, prepare = () => {}) {
    const thunderbird = new Thunderbird(options);
    try {
      for (const name of ['home', 'profile', 'tmp', 'run']) {
        mkdirSync(path.join(thunderbird.folder, name), { mode: 0o700 });
      }
      thunderbird.sink = await Sink.open();
      if (!options.screen) {
        thunderbird.display = await Display.open();
      }
      if (options.host !== false) {
        await thunderbird.host.install();
      }
      await prepare(thunderbird);
      await thunderbird.#startProcess();
      if (options.extension !== false) {
        await thunderbird.installExtension();
      }
    } catch (error) {
      await thunderbird.close();
      throw error;
    }
    return thunderbird;
  }

  /** @returns {NodeJS.ProcessEnv} nothing of the person's own but paths and language */
  #env() {
    const screen = this.options.screen ?? { DISPLAY: this.display.name, GDK_BACKEND: 'x11' };
    return {
      PATH: process.env.PATH,
      LANG: this.options.screen ? process.env.LANG : 'C.UTF-8',
      HOME: this.home,
      // The first compose window of any Thunderbird deletes $TMPDIR/nsemail*, the very mail that
      // another one is just sending, and that send then hangs. So each has its own.
      TMPDIR: path.join(this.folder, 'tmp'),
      XDG_RUNTIME_DIR: path.join(this.folder, 'run'),
      MOZ_CRASHREPORTER_DISABLE: '1',
      NO_AT_BRIDGE: '1',
      ...screen,
    };
  }

  async #startProcess() {
    const { program = 'thunderbird', preferences = {} } = this.options;
    writeFileSync(
      path.join(this.profile, 'user.js'),
      userScript({ ...QUIET, ...account(this.sink.port), ...preferences }),
    );
    const log = openSync(this.log, 'a');
    const args = ['--profile', this.profile, '--no-remote', '--marionette'];
    args.push('--remote-allow-system-access');
    // A group of its own, so that its content processes can be ended with it.
    this.process = spawn(program, args, {
      env: this.#env(),
      stdio: ['ignore', log, log],
      detached: true,
    });
    /** @type {Error | undefined} */
    let failed;
    this.process.on('error', (error) => (failed = error));
    process.on('exit', this.#endGroup);
    const active = path.join(this.profile, 'MarionetteActivePort');
    rmSync(active, { force: true });
    const port = await waitFor('Thunderbird opens its Marionette port', () => {
      if (failed || this.process.exitCode !== null) {
        throw new Error(`Thunderbird did not start: ${failed?.message ?? this.tail()}`);
      }
      return existsSync(active) ? Number(readFileSync(active, 'utf8')) : 0;
    }, 60_000);
    this.marionette = await Marionette.connect(port);
    await waitFor('the main window is ready', () =>
      this.marionette.run(`const win = Services.wm.getMostRecentWindow("mail:3pane");
        return win?.document.readyState == "complete" && !!win.gTabmail?.currentTabInfo;`), 60_000);
  }

  /** The end of what Thunderbird said, for error messages. */
  tail() {
    return existsSync(this.log) ? readFileSync(this.log, 'utf8').slice(-2000) : '';
  }

  /** Quits it and starts it again, with the same profile. */
  async restart() {
    await this.#endProcess();
    this.marionette.close();
    await this.#startProcess();
    await this.extensionRuns();
    await this.watchWindows();
  }

  async installExtension() {
    await this.marionette.install(xpi(), !this.options.permanent);
    await this.extensionRuns();
  }

  /** @param {string} [id] of another add-on */
  async extensionRuns(id = EXTENSION) {
    await waitFor(`${id} runs`, () =>
      this.marionette.run(`const policy = WebExtensionPolicy.getByID(args[0]);
        return !!policy?.active && policy.extension.backgroundState == "running";`, id));
  }

  /**
   * Opens a compose window the way Thunderbird does it for a click on an address.
   * @param {{to?: string, cc?: string, bcc?: string, subject?: string, body?: string}} [fields]
   * @returns {Promise<Compose>}
   */
  async compose({ to = '', cc = '', bcc = '', subject, body = 'Hello' } = {}) {
    // A subject of its own tells the windows apart.
    const title = subject ?? `Message ${++this.#subjects}`;
    const id = await this.marionette.run(
      `const [to, cc, bcc, subject, body] = args;
      const fields = Cc["@mozilla.org/messengercompose/composefields;1"]
        .createInstance(Ci.nsIMsgCompFields);
      Object.assign(fields, { to, cc, bcc, subject, body });
      const params = Cc["@mozilla.org/messengercompose/composeparams;1"]
        .createInstance(Ci.nsIMsgComposeParams);
      params.composeFields = fields;
      params.type = Ci.nsIMsgCompType.New;
      const before = new Set(Services.wm.getEnumerator("msgcompose"));
      MailServices.compose.OpenComposeWindowWithParams(null, params);
      return (${NEW_COMPOSE})(before);`,
      to, cc, bcc, title, body);
    return Compose.at(this, id, title);
  }

  /**
   * Opens a compose window on a stored message.
   * @param {string} uri as store() gives it
   * @param {"Reply" | "ReplyAll" | "ForwardInline" | "EditAsNew" | "Draft"} kind
   */
  async composeFrom(uri, kind) {
    const { id, title } = await this.marionette.run(
      `const [uri, kind] = args;
      const header = MailServices.messageServiceFromURI(uri).messageURIToMsgHdr(uri);
      const before = new Set(Services.wm.getEnumerator("msgcompose"));
      MailServices.compose.OpenComposeWindow(null, header, uri, Ci.nsIMsgCompType[kind],
        Ci.nsIMsgCompFormat.Default, null, null, null);
      const id = await (${NEW_COMPOSE})(before);
      const win = Services.wm.getOuterWindowWithId(id);
      return { id, title: win.document.getElementById("msgSubject").value };`,
      uri, kind);
    return Compose.at(this, id, title);
  }

  /**
   * Puts a message into a local folder.
   * @param {string} folder
   * @param {string} text header and body, CRLF at line ends
   * @returns {Promise<string>} its URI
   */
  store(folder, text) {
    return this.marionette.run(
      `const [name, text] = args;
      const root = MailServices.accounts.localFoldersServer.rootFolder;
      if (!root.containsChildNamed(name)) root.createSubfolder(name, null);
      const folder = root.getChildNamed(name).QueryInterface(Ci.nsIMsgLocalMailFolder);
      await new Promise(resolve => setTimeout(resolve, 300));
      return folder.getUriForMsg(folder.addMessage(text));`,
      folder, text);
  }

  /**
   * The messages that wait in the Outbox.
   * @returns {Promise<{subject: string, recipients: string}[]>}
   */
  outbox() {
    return this.marionette.run(
      `const root = MailServices.accounts.localFoldersServer.rootFolder;
      const folder = root.getFolderWithFlags(Ci.nsMsgFolderFlags.Queue);
      return folder ? [...folder.messages].map(header => ({
        subject: header.mime2DecodedSubject, recipients: header.recipients })) : [];`);
  }

  /** @returns {Promise<{id: number, title: string, type: string, url: string, page: string}[]>} */
  windows() {
    return this.marionette.run(
      `return [...Services.wm.getEnumerator(null)].map(win => ({
        id: win.docShell.outerWindowID,
        title: win.document.title,
        type: win.document.documentElement?.getAttribute("windowtype"),
        url: win.location.href,
        page: win.document.getElementById("requestFrame")?.currentURI?.spec ?? "",
      }));`);
  }

  /**
   * The text of the extension's notice, where one stands on the screen.
   * @returns {Promise<string>} empty where there is none
   */
  async notice() {
    const notice = (await this.windows()).find((win) => win.page.includes('/review/notice.html'));
    return notice ? evaluate(
      this.marionette,
      `const win = Services.wm.getOuterWindowWithId(${notice.id});
      return win?.document.getElementById("requestFrame");`,
      'return document.querySelector("li") ? document.body.innerText : ""', []) : '';
  }

  /** From now on remembers each window that comes up, short-lived ones too. */
  watchWindows() {
    return this.marionette.run(
      `const main = Services.wm.getMostRecentWindow("mail:3pane");
      main.openedWindows = [];
      Services.ww.registerNotification((win, topic) => {
        const remember = () => main.openedWindows.push(win.location.href);
        if (topic == "domwindowopened") win.addEventListener("load", remember, { once: true });
      });`);
  }

  /** @returns {Promise<string[]>} the addresses of the windows opened since the last call */
  opened() {
    return this.marionette.run(
      `return Services.wm.getMostRecentWindow("mail:3pane").openedWindows.splice(0);`);
  }

  /**
   * Runs a function body in the extension's background page; `browser` is in reach.
   * @param {string} body
   * @param {...unknown} args
   */
  background(body, ...args) {
    return evaluate(
      this.marionette,
      `const { extension } = WebExtensionPolicy.getByID("${EXTENSION}");
      await extension.wakeupBackground?.();
      return [...extension.views].find(view => view.viewType == "background").xulBrowser;`,
      body, args);
  }

  /** Stops the background page, as Thunderbird does with one that is idle. */
  async stopBackground() {
    await this.marionette.run(
      `const { extension } = WebExtensionPolicy.getByID(args[0]);
      // An open port to the host would hold the page otherwise.
      const anyway = { ignoreDevToolsAttached: true, disableResetIdleForTest: true };
      await extension.terminateBackground(anyway);
      if (extension.backgroundState == "running") throw new Error("the background goes on");`,
      EXTENSION);
  }

  /** Reloads the extension, as an update of it does. */
  async reloadExtension() {
    await this.marionette.run(
      `await (await AddonManager.getAddonByID(args[0])).reload();`, EXTENSION);
    await this.extensionRuns();
  }

  /** Closes what a scenario left open, so that the next one starts on a clean desk. */
  async tidy() {
    await this.marionette.run(
      `for (const win of [...Services.wm.getEnumerator(null)]) {
        const type = win.document.documentElement?.getAttribute("windowtype");
        if (type == "msgcompose") win.gContentChanged = false;
        if (type != "mail:3pane") win.close();
      }`);
    await waitFor('the desk is clean', async () => (await this.windows()).length === 1);
    await this.sink.take();
  }

  /** Bound once, so that it can be taken off again. */
  #endGroup = () => {
    try {
      process.kill(-(/** @type {number} */ (this.process.pid)), 'SIGKILL');
    } catch {
      // All of it had ended.
    }
  };

  async #endProcess() {
    const ended = new Promise((resolve) => this.process.once('exit', () => resolve(true)));
    if (this.process.exitCode === null && this.marionette) {
      this.marionette.quit().catch(() => {});
      await Promise.race([ended, pause(4_000)]);
    }
    this.#endGroup();
    process.off('exit', this.#endGroup);
  }

  async close() {
    if (this.process?.pid) {
      await this.#endProcess();
    }
    this.marionette?.close();
    await this.display.close();
    this.sink.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
