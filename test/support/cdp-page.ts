import process from 'node:process';
import type { CdpParams, CdpSession } from './cdp.js';
import type { ChromiumProcess } from './chromium-process.js';

const WIDTH_PX = 1_000;
const HEIGHT_PX = 800;

/**
 * A page in a window of its own, and what a browser does to pages: it is visible until it is hidden, whatever other pages do.
 * Every method waits until the page is what the method says.
 */
export class CdpPage {
  /** Exceptions, unhandled rejections, console errors and warnings. */
  readonly errors: string[] = [];
  /** Whether it is neither closed nor crashed. */
  isAlive = true;
  readonly #scripts: readonly (() => void)[];
  #targetId: string;
  #session: CdpSession;

  private constructor(
    readonly chromium: ChromiumProcess,
    targetId: string,
    session: CdpSession,
    scripts: readonly (() => void)[],
  ) {
    this.#targetId = targetId;
    this.#session = session;
    this.#scripts = scripts;
  }

  /** @param scripts run in every document before all others, as functions without arguments */
  static async open(chromium: ChromiumProcess, url: string, scripts: readonly (() => void)[] = []): Promise<CdpPage> {
    const { cdp } = chromium;
    const { targetId } = await cdp.root.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width: WIDTH_PX,
      height: HEIGHT_PX,
    });
    const page = new CdpPage(chromium, targetId, await cdp.attach(targetId), scripts);
    await page.#prepare();
    await page.navigate(url);
    return page;
  }

  /** The protocol itself, for what has no method here. */
  get session(): CdpSession {
    return this.#session;
  }

  async navigate(url: string): Promise<void> {
    const loaded = this.#session.next('Page.loadEventFired');
    const { errorText } = await this.#session.send('Page.navigate', { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    await loaded;
  }

  /** Also brings back a page that crashed. */
  async reload(): Promise<void> {
    const loaded = this.#session.next('Page.loadEventFired');
    await this.#session.send('Page.reload');
    await loaded;
    this.isAlive = true;
  }

  /** Goes one step in the history. Returns whether the back-forward cache gave the page back as it was. */
  async go(step: -1 | 1): Promise<boolean> {
    const { currentIndex, entries } = await this.#session.send('Page.getNavigationHistory');
    const entry = entries[currentIndex + step];
    if (!entry) throw new RangeError(`go(${step}): expected an entry of the history, got none`);
    const loaded = this.#session.next('Page.loadEventFired');
    const navigated = this.#session.next('Page.frameNavigated', isMainFrame);
    await this.#session.send('Page.navigateToHistoryEntry', { entryId: entry.id });
    const restored = (await navigated)['type'] === 'BackForwardCacheRestore';
    if (!restored) await loaded;
    return restored;
  }

  /** Minimises its window. */
  async hide(): Promise<void> {
    await this.#setWindow('minimized');
    await this.#becomes('hidden');
  }

  async show(): Promise<void> {
    await this.#setWindow('normal');
    await this.#becomes('visible');
  }

  /** As the browser does to pages that were hidden for long: hides it, and then nothing in it runs any more. */
  async freeze(): Promise<void> {
    await this.hide();
    await this.#session.send('Page.setWebLifecycleState', { state: 'frozen' });
  }

  /** The person is back. */
  async resume(): Promise<void> {
    await this.#session.send('Page.setWebLifecycleState', { state: 'active' });
    await this.show();
  }

  /** Its renderer crashes. `reload()` brings it back. */
  async crash(): Promise<void> {
    const crashed = this.#session.next('Inspector.targetCrashed');
    // Never answered by the page, which is dead by then.
    this.#session.send('Page.crash').catch(() => {});
    await crashed;
    this.isAlive = false;
  }

  /** Kills the renderer at once, as the system does when memory is short. `reload()` brings the page back. */
  async kill(pid?: number): Promise<void> {
    const crashed = this.#session.next('Inspector.targetCrashed');
    process.kill(pid ?? (await this.rendererPid()), 'SIGKILL');
    await crashed;
    this.isAlive = false;
  }

  /** Its process does nothing any more, and nobody is told: it hangs. Returns what lets it go on, as if nothing had been. */
  async hang(): Promise<() => void> {
    const pid = await this.rendererPid();
    process.kill(pid, 'SIGSTOP');
    return () => process.kill(pid, 'SIGCONT');
  }

  /** Process of the document that is shown now. */
  async rendererPid(): Promise<number> {
    const data: CdpParams[] = [];
    const end = this.#session.on('Tracing.dataCollected', ({ value }) => data.push(...(value as CdpParams[])));
    const complete = this.#session.next('Tracing.tracingComplete');
    // A trace begins with the list of frames and their processes; nothing else tells them.
    await this.#session.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline'], excludedCategories: ['*'] },
    });
    await this.#session.send('Tracing.end');
    await complete;
    end();
    for (const { name, args } of data) {
      if (name !== 'TracingStartedInBrowser') continue;
      const { frames } = (args as { data: { frames: { frame: string; processId: number }[] } }).data;
      const frame = frames.find((each) => each.frame === this.#targetId);
      if (frame) return frame.processId;
    }
    throw new Error('rendererPid(): expected the frames in the trace, found none');
  }

  /**
   * The browser takes its memory away, as it does to pages in the background; shown again, the page is loaded anew. A page
   * into which a person typed is spared, and this waits without end.
   */
  async discard(): Promise<void> {
    const { cdp } = this.chromium;
    const url = await this.evaluate(() => location.href);
    // Only a page behind another one of its window is discarded, and only one that nobody debugs.
    await this.#session.send('Page.bringToFront');
    const { targetId } = await cdp.root.send('Target.createTarget', { url: 'chrome://discards' });
    const list = await cdp.attach(targetId);
    await cdp.root.send('Target.setDiscoverTargets', { discover: true });
    const gone = cdp.root.next('Target.targetDestroyed', (params) => params['targetId'] === this.#targetId);
    await cdp.root.send('Target.detachFromTarget', { sessionId: this.#session.id ?? '' });
    await evaluateIn(list, pressDiscard, url);
    await gone;
    const { targetInfos } = await cdp.root.send('Target.getTargets');
    const heir = targetInfos.find((target) => target.type === 'page' && target.url === url);
    if (!heir) throw new Error('discard(): expected another target in the place of the page, found none');
    this.#targetId = heir.targetId;
    this.#session = await cdp.attach(heir.targetId);
    // Answered only when there is a renderer again, which the page gets when it is seen.
    const prepared = this.#prepare();
    await cdp.root.send('Target.closeTarget', { targetId });
    await prepared;
    await this.evaluate(isLoaded);
    // The document may have been faster than the scripts.
    for (const script of this.#scripts) await this.evaluate(script);
  }

  /** Calls the function in the page, with arguments and a result that survive JSON; promises are awaited. */
  evaluate<A extends readonly unknown[], R>(fn: (...args: A) => R | Promise<R>, ...args: A): Promise<R> {
    return evaluateIn(this.#session, fn, ...args);
  }

  /** Types of the listeners of an object, `window` for example, whoever added them. */
  async listeners(expression: string): Promise<string[]> {
    const { result } = await this.#session.send('Runtime.evaluate', { expression });
    if (result.objectId === undefined) throw new TypeError(`listeners(): expected an object, got ${expression}`);
    const { listeners } = await this.#session.send('DOMDebugger.getEventListeners', { objectId: result.objectId });
    return listeners.map(({ type }) => type);
  }

  /** "Clear site data", while the page is open. */
  async clearStorage(): Promise<void> {
    const origin = await this.evaluate(() => location.origin);
    await this.#session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  }

  /** Types into whatever has the focus. */
  async type(text: string): Promise<void> {
    await this.#session.send('Input.insertText', { text });
  }

  async pressEnter(): Promise<void> {
    const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
    await this.#session.send('Input.dispatchKeyEvent', { type: 'keyDown', text: '\r', ...key });
    await this.#session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  }

  async close(): Promise<void> {
    this.isAlive = false;
    await this.chromium.cdp.root.send('Target.closeTarget', { targetId: this.#targetId });
  }

  async #prepare(): Promise<void> {
    const session = this.#session;
    session.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
      const { exception, text } = exceptionDetails as { text: string; exception?: { description?: string } };
      this.errors.push(exception?.description ?? text);
    });
    session.on('Runtime.consoleAPICalled', ({ type, args }) => {
      const values = (args as { value?: unknown; description?: string }[]).map((arg) => arg.description ?? arg.value);
      if (['error', 'warning', 'assert'].includes(String(type)))
        this.errors.push(`console.${type}: ${values.join(' ')}`);
    });
    await session.send('Page.enable');
    await session.send('Runtime.enable');
    for (const script of this.#scripts) {
      await session.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${script})()` });
    }
  }

  async #setWindow(windowState: 'minimized' | 'normal'): Promise<void> {
    const { root } = this.chromium.cdp;
    const { windowId } = await root.send('Browser.getWindowForTarget', { targetId: this.#targetId });
    await root.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  }

  #becomes(state: DocumentVisibilityState): Promise<void> {
    return this.evaluate(
      (wanted) =>
        new Promise<void>((resolve) => {
          const look = () => {
            if (document.visibilityState !== wanted) return;
            document.removeEventListener('visibilitychange', look);
            resolve();
          };
          document.addEventListener('visibilitychange', look);
          look();
        }),
      state,
    );
  }
}

async function evaluateIn<A extends readonly unknown[], R>(
  session: CdpSession,
  fn: (...args: A) => R | Promise<R>,
  ...args: A
): Promise<R> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `(${fn})(...${JSON.stringify(args)})`,
    awaitPromise: true,
    returnByValue: true,
    userGesture: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

function isMainFrame({ frame }: CdpParams): boolean {
  return (frame as { parentId?: string }).parentId === undefined;
}

/** Runs in the page. */
function isLoaded(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === 'complete') resolve();
    else window.addEventListener('load', () => resolve(), { once: true });
  });
}

/** Runs in `chrome://discards`: waits for the row of the page, presses its "[Urgent Discard]". */
function pressDiscard(url: string): Promise<void> {
  return new Promise((resolve) => {
    const find = (): HTMLElement | undefined => {
      const rows = document.querySelector('discards-main')?.shadowRoot?.querySelector('discards-tab')?.shadowRoot;
      const row = [...(rows?.querySelectorAll('tr') ?? [])].find((each) => each.textContent?.includes(url));
      return [...(row?.querySelectorAll<HTMLElement>('[is=action-link]') ?? [])].find((each) =>
        each.textContent?.includes('Urgent Discard'),
      );
    };
    const look = () => {
      const link = find();
      if (!link) {
        setTimeout(look, 50);
        return;
      }
      link.click();
      resolve();
    };
    look();
  });
}
