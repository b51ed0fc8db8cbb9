// SPDX-License-Identifier: MPL-2.0
/** Preferences of a throw-away profile: quiet, offline but for the sink, one account. */

/** @typedef {Record<string, string | number | boolean>} Preferences */

/** Who the person of every test is. */
export const PERSON = { name: 'Alice Example', address: 'alice@unit.example.mil' };

/** @type {Preferences} no first-run pages, updates, telemetry, or look-ups on the network */
export const QUIET = {
  'app.donation.eoy.version.viewed': 999,
  'app.normandy.enabled': false,
  'app.update.auto': false,
  'app.update.enabled': false,
  'browser.dom.window.dump.enabled': true,
  'browser.region.update.enabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
  'devtools.console.stdout.chrome': true,
  'devtools.console.stdout.content': true,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'mail.biff.play_sound': false,
  'mail.biff.show_alert': false,
  'mail.chat.enabled': false,
  'mail.inappnotifications.enabled': false,
  'mail.provider.suppress_dialog_on_startup': true,
  'mail.rights.version': 1,
  'mail.shell.checkDefaultClient': false,
  'mail.spotlight.firstRunDone': true,
  'mail.startup.enabledMailCheckOnce': true,
  'mail.warn_on_send_accel_key': false,
  'mailnews.auto_config.fetchFromISP.enabled': false,
  'mailnews.auto_config_url': '',
  'mailnews.show_send_progress': false,
  'mailnews.start_page.enabled': false,
  'messenger.options.getAttentionOnNewMessages': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.proxy.type': 0,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'toolkit.telemetry.server': '',
  // A free port, told in the profile's MarionetteActivePort.
  'marionette.port': 0,
};

/**
 * One POP account that never connects, Local Folders, one identity, one SMTP server.
 * @param {number} port of the sink
 * @returns {Preferences}
 */
export function account(port) {
  return {
    'mail.accountmanager.accounts': 'account1,account2',
    'mail.accountmanager.defaultaccount': 'account1',
    'mail.accountmanager.localfoldersserver': 'server2',
    'mail.account.account1.server': 'server1',
    'mail.account.account1.identities': 'id1',
    'mail.account.account2.server': 'server2',
    'mail.server.server1.type': 'pop3',
    'mail.server.server1.hostname': '127.0.0.1',
    'mail.server.server1.userName': 'alice',
    'mail.server.server1.name': PERSON.address,
    'mail.server.server1.directory-rel': '[ProfD]Mail/alice',
    'mail.server.server1.deferred_to_account': 'account2',
    'mail.server.server1.check_new_mail': false,
    'mail.server.server1.login_at_startup': false,
    'mail.server.server1.download_on_biff': false,
    'mail.server.server2.type': 'none',
    'mail.server.server2.hostname': 'Local Folders',
    'mail.server.server2.userName': 'nobody',
    'mail.server.server2.name': 'Local Folders',
    'mail.server.server2.directory-rel': '[ProfD]Mail/Local Folders',
    'mail.identity.id1.fullName': PERSON.name,
    'mail.identity.id1.useremail': PERSON.address,
    'mail.identity.id1.smtpServer': 'smtp1',
    'mail.identity.id1.valid': true,
    'mail.identity.id1.fcc_folder': 'mailbox://nobody@Local%20Folders/Sent',
    'mail.identity.id1.draft_folder': 'mailbox://nobody@Local%20Folders/Drafts',
    'mail.smtpservers': 'smtp1',
    'mail.smtp.defaultserver': 'smtp1',
    'mail.smtpserver.smtp1.type': 'smtp',
    'mail.smtpserver.smtp1.hostname': '127.0.0.1',
    'mail.smtpserver.smtp1.port': port,
    'mail.smtpserver.smtp1.authMethod': 1,
    'mail.smtpserver.smtp1.try_ssl': 0,
  };
}

/**
 * The text of a user.js.
 * @param {Preferences} preferences
 */
export function userScript(preferences) {
  return Object.entries(preferences)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}
