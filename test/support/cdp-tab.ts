import { CdpChat } from './cdp-chat.js';
import { CdpPage } from './cdp-page.js';
import type { ChromiumProcess } from './chromium-process.js';

declare global {
  interface Window {
    /** Sockets of the chat that are opening or open. */
    chatSockets(): number;
  }
}

/** A chat in one of several tabs that share a connection. */
export class CdpTab extends CdpChat {
  /** @param scripts run in every document before all others, as functions without arguments */
  static async open(
    chromium: ChromiumProcess,
    url: string,
    scripts: readonly (() => void)[] = [],
    prepare: (page: CdpPage) => Promise<unknown> = async () => {},
  ): Promise<CdpTab> {
    const page = await CdpPage.open(chromium, 'about:blank', [watchSockets, ...scripts]);
    await prepare(page);
    await page.navigate(url);
    return new CdpTab(page);
  }

  /** Whether the connection is in this tab: it has a socket, open or opening. */
  async leads(): Promise<boolean> {
    return (await this.page.evaluate(() => window.chatSockets())) > 0;
  }
}

/** The tab that has the socket; undefined while none has, or more than one. */
export async function leaderOf<Tab extends CdpTab>(tabs: readonly Tab[]): Promise<Tab | undefined> {
  const leads = await Promise.all(tabs.map((tab) => tab.leads()));
  return leads.filter(Boolean).length === 1 ? tabs[leads.indexOf(true)] : undefined;
}

/** Runs in the page before everything else: keeps count of the sockets that the chat makes. */
function watchSockets(): void {
  const sockets: WebSocket[] = [];
  window.chatSockets = () => sockets.filter(({ readyState }) => readyState <= 1).length;
  window.WebSocket = class extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      // Vite has one too.
      if (new URL(this.url).pathname === '/websocket') sockets.push(this);
    }
  };
}
