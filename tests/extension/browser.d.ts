// SPDX-License-Identifier: MPL-2.0
// The part of Thunderbird's API that the extension uses, for the type check only.

interface BrowserEvent {
  addListener(listener: (...args: any[]) => any): void;
}

interface BrowserApi {
  [namespace: string]: any;
  compose: { onBeforeSend: BrowserEvent; onAfterSend: BrowserEvent; [name: string]: any };
  tabs: { onCreated: BrowserEvent; onRemoved: BrowserEvent; [name: string]: any };
  windows: { onRemoved: BrowserEvent; [name: string]: any };
  runtime: { onMessage: BrowserEvent; onStartup: BrowserEvent; id: string; [name: string]: any };
  i18n: {
    getMessage(key: string, substitutions?: string[]): string;
    getUILanguage(): string;
  };
}

declare const browser: BrowserApi;
