import { afterEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../../src/client/new-id.js';

const { crypto } = globalThis;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The module as a page loads it that is not served over https. */
async function insecureNewId(getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): Promise<() => string> {
  vi.resetModules();
  vi.stubGlobal('crypto', { getRandomValues });
  const module = await import('../../src/client/new-id.js');
  return module.newId;
}

describe('I3: ids', () => {
  it('are random UUIDs', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(Array.from({ length: 1_000 }, newId)).size).toBe(1_000);
  });

  it('look the same where the browser makes none, with every random bit in its place', async () => {
    const id = await insecureNewId((bytes) => bytes.map((_, n) => n * 17));
    expect(id()).toBe('00112233-4455-6677-8899-aabbccddeeff');
  });

  it('differ there too', async () => {
    const id = await insecureNewId((bytes) => crypto.getRandomValues(bytes));
    expect(new Set(Array.from({ length: 1_000 }, id)).size).toBe(1_000);
  });
});
