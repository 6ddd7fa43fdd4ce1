import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Archive } from '../../src/store/archive.js';
import { ALICE, ArchiveScene, BOB, shown, Tab } from './archive-scene.js';
import { messageOf } from './messages.js';

const DAY_MS = 86_400_000;
let scene: ArchiveScene;

beforeEach(() => {
  scene = new ArchiveScene();
});

afterEach(async () => {
  await scene.leave();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function keep(...args: Parameters<ArchiveScene['open']>): Promise<void> {
  await (await scene.open(...args)).received(messageOf('one'));
}

describe('what is kept for a visit', () => {
  it('is there while the tab goes from page to page', async () => {
    await keep();
    await scene.leave();
    expect(await shown(await scene.open())).toEqual(['one']);
  });

  it('is gone in a new tab, once the last one has been closed', async () => {
    await keep();
    const first = scene.tab.visitId;
    await scene.leave();
    const visit = new Tab();
    expect(await shown(await scene.open({ visit }))).toEqual([]);
    expect(visit.visitId).toEqual(expect.any(String));
    expect(visit.visitId).not.toBe(first);
    const { messages, marks, scopes } = await scene.stored();
    expect([messages, marks, scopes]).toEqual([
      [],
      [],
      [expect.objectContaining({ visit: visit.visitId, messages: 0 })],
    ]);
  });

  it('is shared with a tab that comes while another is there, and stays when that one goes', async () => {
    const first = await scene.open();
    await first.received(messageOf('one'));
    const visit = new Tab();
    const second = await scene.open({ visit });
    expect(visit.visitId).toBe(scene.tab.visitId);
    await scene.leave(first);
    await scene.leave(second);
    expect(await shown(await scene.open({ visit }))).toEqual(['one']);
  });

  it('goes on after it was wiped, with what comes then', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('one'));
    await archive.clear();
    expect(scene.tab.visitId).toBeUndefined();
    await archive.received(messageOf('two'));
    await scene.leave();
    expect(await shown(await scene.open())).toEqual(['two']);
  });

  it('goes on in a tab that was made to forget it, and only reads', async () => {
    await keep();
    const visit = new Tab();
    const second = await scene.open({ visit });
    visit.visitId = undefined;
    await second.state();
    await scene.leave();
    expect(await shown(await scene.open({ visit }))).toEqual(['one']);
  });

  it('a tab that was closed and is opened again later does not bring an old visit back', async () => {
    await keep();
    await scene.leave();
    await keep({ visit: new Tab() });
    await scene.leave();
    expect(await shown(await scene.open())).toEqual([]);
  });

  it('two tabs that come at once are in one visit', async () => {
    await keep();
    await scene.leave();
    const [one, two] = [new Tab(), new Tab()];
    const archives = await Promise.all([scene.open({ visit: one }), scene.open({ visit: two })]);
    expect(one.visitId).toBe(two.visitId);
    expect(await Promise.all(archives.map((archive) => shown(archive)))).toEqual([[], []]);
    expect(scene.locks.held).toEqual(Array(2).fill(`harmonychat visit ${ALICE}`));
  });

  it('ends with the last tab, though another user is there', async () => {
    await keep();
    await scene.leave();
    await scene.open({ scope: BOB, visit: new Tab() });
    expect(await shown(await scene.open({ visit: new Tab() }))).toEqual([]);
  });

  it('is not held while nobody needs it, and is again with what is asked next', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('one'));
    archive.rest();
    await vi.waitFor(() => expect(scene.locks.held).toEqual([]));
    expect(await shown(archive)).toEqual(['one']);
    expect(scene.locks.held).toHaveLength(1);
    archive.rest();
    await archive.received(messageOf('two'));
    expect(scene.locks.held).toHaveLength(1);
    archive.rest();
    archive.close();
    await expect(archive.received(messageOf('late'))).rejects.toMatchObject({ name: 'InvalidStateError' });
    expect(scene.locks.held).toEqual([]);
    expect(await shown(await scene.open())).toEqual(['one', 'two']);
  });

  it('is over for a tab that rested while the last other one went, and another came', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('one'));
    archive.rest();
    await vi.waitFor(() => expect(scene.locks.held).toEqual([]));
    const visit = new Tab();
    const other = await scene.open({ visit });
    expect([await shown(other), await shown(archive)]).toEqual([[], []]);
    expect(scene.tab.visitId).toBe(visit.visitId);
  });

  describe('while the page lies in the back-forward cache', () => {
    const tell = (type: string, persisted: boolean) =>
      window.dispatchEvent(Object.assign(new Event(type), { persisted }));
    let window: EventTarget;

    beforeEach(() => {
      window = new EventTarget();
      vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
    });

    it('is not held, and is again when the page comes back', async () => {
      await keep();
      tell('pagehide', true);
      await vi.waitFor(() => expect(scene.locks.held).toEqual([]));
      tell('pageshow', true);
      await vi.waitFor(() => expect(scene.locks.held).toHaveLength(1));
      await scene.leave();
      expect(await shown(await scene.open())).toEqual(['one']);
    });

    it('is held by a page that goes for good as long as that lives', async () => {
      await keep();
      tell('pagehide', false);
      await scene.locks.request('nothing', () => {});
      expect(scene.locks.held).toHaveLength(1);
    });

    describe('nobody waits for it', () => {
      let others: Archive;
      let away: Archive;

      beforeEach(async () => {
        away = await scene.open();
        // Has a page of its own.
        vi.stubGlobal('addEventListener', () => {});
        others = await scene.open();
      });

      it('it gives up what it was writing, and does it when it is back', async () => {
        const { put } = IDBObjectStore.prototype;
        vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(function (this: IDBObjectStore, ...args) {
          const request = put.apply(this, args);
          tell('pagehide', true);
          return request;
        });
        const one = away.received(messageOf('one'));
        const two = away.received(messageOf('two'));
        await others.received(messageOf('three'));
        await scene.settle();
        expect(await shown(others)).toEqual(['three']);
        tell('pageshow', true);
        await Promise.all([one, two]);
        expect(await shown(others)).toEqual(['three', 'one', 'two']);
      });

      it('it begins nothing, reads nothing, and does both when it is back', async () => {
        tell('pagehide', true);
        tell('pagehide', true);
        const one = away.received(messageOf('one'));
        const read = shown(away);
        await others.received(messageOf('two'));
        await scene.settle();
        expect(await shown(others)).toEqual(['two']);
        tell('pageshow', true);
        expect(await read).toEqual(['two', 'one']);
        await one;
        await away.received(messageOf('three'));
        expect(await shown(others)).toEqual(['two', 'one', 'three']);
      });

      it('but what is forgotten as it goes is forgotten at once', async () => {
        await away.received(messageOf('one'));
        tell('pagehide', true);
        await away.clear();
        expect((await scene.stored()).messages).toEqual([]);
      });
    });

    it('is not taken again by an archive that was closed', async () => {
      await keep();
      await scene.leave();
      tell('pageshow', true);
      await scene.locks.request('nothing', () => {});
      expect(scene.locks.held).toEqual([]);
    });
  });

  it.each([
    ['there are no locks (an insecure page)', () => vi.stubGlobal('navigator', {})],
    [
      'locks are refused (a sandboxed frame)',
      () => {
        scene.locks.refusal = new DOMException('denied', 'SecurityError');
      },
    ],
  ])('where %s, the tab decides alone', async (_, arrange) => {
    arrange();
    await keep();
    expect(await shown(await scene.open())).toEqual(['one']);
    await scene.leave();
    expect(await shown(await scene.open({ visit: new Tab() }))).toEqual([]);
  });

  it('a row that is none begins a new visit, with nothing', async () => {
    await keep();
    await scene.leave();
    await scene.inDatabase((database) => database.put('scopes', { scope: ALICE, visit: scene.tab.visitId }));
    expect(await shown(await scene.open())).toEqual([]);
  });
});

describe('what is kept on the device', () => {
  it('is there in every tab', async () => {
    await keep({ lifetime: 'device' });
    await scene.leave();
    const later = await scene.open({ lifetime: 'device', visit: new Tab() });
    expect(await shown(later)).toEqual(['one']);
  });

  it('is gone when a page keeps it for a visit only', async () => {
    await keep({ lifetime: 'device' });
    await scene.leave();
    expect(await shown(await scene.open({ visit: new Tab() }))).toEqual([]);
  });
});

describe('what an old visit of somebody else left', () => {
  async function scopesAfter(days: number): Promise<unknown[]> {
    scene.clock.jumpWall(days * DAY_MS);
    const archive = await scene.open({ scope: BOB, visit: new Tab() });
    await archive.page('bob', 1);
    await scene.leave(archive);
    const { messages, scopes } = await scene.stored();
    expect(messages.length).toBe(scopes.length - 1);
    return scopes.map(({ scope }) => scope);
  }

  it('is deleted after a week', async () => {
    await keep();
    await scene.leave();
    expect(await scopesAfter(6.9)).toEqual([ALICE, BOB]);
    expect(await scopesAfter(0.2)).toEqual([BOB]);
  });

  it('stays while a tab is in it', async () => {
    await keep();
    expect(await scopesAfter(8)).toEqual([ALICE, BOB]);
  });

  it('stays if it is kept on the device', async () => {
    await keep({ lifetime: 'device' });
    await scene.leave();
    expect(await scopesAfter(999)).toEqual([ALICE, BOB]);
  });
});
