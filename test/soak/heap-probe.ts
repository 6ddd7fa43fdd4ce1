import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession } from '@playwright/test';
import type { HeapSnapshot } from './detached-nodes.js';

/** What a page holds after garbage collection. */
export interface HeapSample {
  readonly heapBytes: number;
  /** DOM nodes that are alive, in the document or not. */
  readonly nodes: number;
  readonly listeners: number;
}

const TURNS = 3;

/** Looks into the memory of a page, through the debugger and without leaving anything there. */
export class HeapProbe {
  constructor(readonly cdp: CDPSession) {}

  async start(): Promise<void> {
    await this.cdp.send('Performance.enable');
    await this.cdp.send('HeapProfiler.enable');
  }

  async sample(): Promise<HeapSample> {
    // What was waiting for finalizers in the first turn goes in the next.
    for (let i = 0; i < TURNS; i++) {
      await this.cdp.send('HeapProfiler.collectGarbage');
      await wait(50);
    }
    const { usedSize } = await this.cdp.send('Runtime.getHeapUsage');
    const { metrics } = await this.cdp.send('Performance.getMetrics');
    const metric = (name: string): number => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
    return { heapBytes: usedSize, nodes: metric('Nodes'), listeners: metric('JSEventListeners') };
  }

  /** A picture of the whole heap: large, and slow to take. */
  async snapshot(): Promise<HeapSnapshot> {
    const chunks: string[] = [];
    const add = ({ chunk }: { chunk: string }) => chunks.push(chunk);
    this.cdp.on('HeapProfiler.addHeapSnapshotChunk', add);
    await this.cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    this.cdp.off('HeapProfiler.addHeapSnapshotChunk', add);
    return JSON.parse(chunks.join('')) as HeapSnapshot;
  }
}
