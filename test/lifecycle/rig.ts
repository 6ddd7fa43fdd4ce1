import { Gateway } from '../gateway/gateway.js';
import { hostClock } from '../gateway/host-clock.js';
import { ChromiumProcess } from '../support/chromium-process.js';
import { buildDemoSite, type DemoSite, demoSite } from '../support/demo-site.js';

/** The demo page, its gateway and a browser, for one long run. */
export interface Rig extends DemoSite {
  readonly chromium: ChromiumProcess;
}

/** Each run has its own, so that they can go on side by side. */
const ports = {
  hidden: 25_000,
  kill: 25_100,
  lifecycle: 25_200,
  tabs: 25_300,
  navigations: 25_400,
  'tab-faults': 25_500,
};

/** @param features of Chromium to switch on */
export async function openRig(name: keyof typeof ports, features: readonly string[]): Promise<Rig> {
  // The journal is the judge: it must hold all of the run.
  const gateway = new Gateway({ clock: hostClock, offlineStore: true, journalCapacity: 1_000_000 });
  await buildDemoSite(name);
  const site = await demoSite({ gateway, port: ports[name], name });
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
