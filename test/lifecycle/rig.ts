import { Gateway } from '../gateway/gateway.js';
import { hostClock } from '../gateway/host-clock.js';
import { ChromiumProcess } from '../support/chromium-process.js';
import { type DemoSite, demoSite } from '../support/demo-site.js';

/** The demo page, its gateway and a browser, for one long run. */
export interface Rig extends DemoSite {
  readonly chromium: ChromiumProcess;
}

/** @param name of the run @param features of Chromium to switch on */
export async function openRig(name: string, features: readonly string[]): Promise<Rig> {
  // The journal is the judge: it must hold all of the run.
  const gateway = new Gateway({ clock: hostClock, offlineStore: true, journalCapacity: 1_000_000 });
  const site = await demoSite({ gateway, port: 25_000, name: `run-${name}` });
  const chromium = await ChromiumProcess.start({ features });
  return {
    ...site,
    chromium,
    close: async () => {
      await chromium.close();
      await site.close();
    },
  };
}
