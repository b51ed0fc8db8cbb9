// SPDX-License-Identifier: MPL-2.0
browser.compose.onBeforeSend.addListener(async () => ({ cancel: false }));
