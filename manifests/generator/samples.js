// SPDX-License-Identifier: MPL-2.0
// Every file that is made, by its path in manifests/.

import { profile } from './configuration-profile.js';
import { hostManifest, PLACES, policies } from './description.js';
import { adml, admx, registry } from './group-policy.js';

/** @returns {Record<string, string>} */
export function samples() {
  return {
    'native-messaging/linux/recipient_guard.json': hostManifest(PLACES.linux.program),
    'native-messaging/macos/recipient_guard.json': hostManifest(PLACES.macos.program),
    'native-messaging/windows/recipient_guard.json': hostManifest(PLACES.windows.program),
    'thunderbird-policies/policies.json':
      `${JSON.stringify({ policies: policies(PLACES.linux) }, null, 2)}\n`,
    'thunderbird-policies/macos/recipient-guard.mobileconfig': profile(),
    'thunderbird-policies/windows/recipient-guard.reg': registry(),
    'thunderbird-policies/windows/RecipientGuard.admx': admx(),
    'thunderbird-policies/windows/en-US/RecipientGuard.adml': adml(),
  };
}
