import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameTooLargeError, MAX_OUTBOUND_BYTES } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { Scene } from './scene.js';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** As many repetitions of `unit`, and as many plain characters after it, as a frame of `bytes` holds. */
function contentFor(scene: Scene, unit: string, bytes: number, qos: boolean): string {
  const empty = scene.client.frameBytes('', { to: 'bob', qos });
  const unitBytes = scene.client.frameBytes(unit, { to: 'bob', qos }) - empty;
  const units = Math.floor((bytes - empty) / unitBytes);
  return unit.repeat(units) + 'x'.repeat(bytes - empty - units * unitBytes);
}

describe('F12, I17: the largest frame', () => {
  describe.each([
    ['plain text', 'a'],
    ['Chinese', '好'],
    ['emoji', '😀'],
    ['quotation marks, escaped', '"'],
    ['control characters, six times their size', '\u0001'],
    ['lone surrogates', '\ud83d'],
  ])('%s', (_, unit) => {
    it.each([true, false])('65,536 bytes are written (qos: %s)', async (qos) => {
      const scene = new Scene();
      const socket = await scene.online();
      scene.client.send(contentFor(scene, unit, MAX_OUTBOUND_BYTES, qos), { to: 'bob', qos });
      expect(socket.sent(PacketType.data).map(({ text }) => bytesOf(text))).toEqual([65_536]);
    });

    it.each([true, false])('one byte more is refused before anything is sent or kept (qos: %s)', async (qos) => {
      const scene = new Scene();
      const socket = await scene.online();
      const content = contentFor(scene, unit, MAX_OUTBOUND_BYTES + 1, qos);
      let error: unknown;
      try {
        scene.client.send(content, { to: 'bob', qos });
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(FrameTooLargeError);
      expect(error).toMatchObject({ bytes: 65_537, limit: 65_536 });
      expect(socket.sent(PacketType.data)).toEqual([]);
      expect(scene.client.pending).toBe(0);
      expect(scene.take()).toEqual([]);
      expect(scene.state).toBe('connected');
    });
  });

  it('frameBytes tells what is written, for any content, receiver and type', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    // Lone surrogates included.
    const text = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1 })
      .map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(text, text, fc.integer(), fc.boolean(), (content, to, type, qos) => {
        const expected = scene.client.frameBytes(content, { to, type, qos });
        scene.client.send(content, { to, type, qos });
        expect(bytesOf(socket.written.at(-1)?.text ?? '')).toBe(expected);
      }),
      { numRuns: 100 },
    );
  });
});
