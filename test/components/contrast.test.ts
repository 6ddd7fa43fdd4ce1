import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { branded, contrast, type Rgb, rgbOf } from '../../src/components/brand.js';
import type { Look } from '../../src/components/look.js';
import { all } from '../../src/components/looks.js';

/** What is written on what, as the styles have it. */
const texts: readonly [text: string, ...grounds: string[]][] = [
  ['foreground', 'background', 'surface', 'border', 'field', 'bubble-in'],
  ['muted', 'background', 'surface', 'field', 'pill', 'bubble-in'],
  ['link', 'background', 'surface', 'field', 'bubble-in'],
  ['on-accent', 'accent'],
  ['on-bubble-out', 'bubble-out'],
  ['link-out', 'bubble-out'],
  ['on-warning', 'warning', 'background', 'surface', 'field'],
  ['#fff', 'danger'],
];

/** Marks and rings: what has to be seen, and is no text. */
const shapes: typeof texts = [
  ['muted', 'background'],
  ['danger', 'background'],
  ['link', 'warning'],
  ['edge', 'surface', 'warning', 'bubble-in'],
];

const schemes = ['light', 'dark'] as const;

function colour(look: Look, name: string, scheme: (typeof schemes)[number]): Rgb {
  if (name.startsWith('#')) return rgbOf(name);
  const [light = '', dark = light] = look[name] ?? [];
  const value = scheme === 'light' ? light : dark;
  const other = /^var\(--_([\w-]+)\)$/.exec(value)?.[1];
  if (other) return colour(look, other, scheme);
  if (!/^#(\w{3}|\w{6})$/.test(value)) throw new Error(`Expected a colour for ${name}, got ${value}`);
  return rgbOf(value);
}

/** Every pair of the look that misses its contrast. */
function poor(look: Look): string[] {
  const check = (pairs: typeof texts, least: number) =>
    schemes.flatMap((scheme) =>
      pairs.flatMap(([name, ...grounds]) =>
        grounds.flatMap((ground) => {
          if (name === 'edge' && !look['edge']) return [];
          const reached = contrast(colour(look, name, scheme), colour(look, ground, scheme));
          return reached >= least ? [] : [`${scheme}: ${name} on ${ground} is ${reached.toFixed(2)}`];
        }),
      ),
    );
  return [...check(texts, 4.5), ...check(shapes, 3)];
}

/** 0 to 360, or nothing to speak of. */
function hue([red, green, blue]: Rgb): number | undefined {
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  if (range < 60) return undefined;
  const sixth =
    most === red ? (green - blue) / range : most === green ? 2 + (blue - red) / range : 4 + (red - green) / range;
  return (sixth * 60 + 360) % 360;
}

const brands = [
  ...['#000000', '#ffffff', '#ffff00', '#ffd400', '#ff0000', '#00ff00', '#0000ff', '#00ffff', '#ff00ff', '#777777'],
  ...['#767676', '#808080', '#c0c0c0', '#0b57d0', '#7a3ff2', '#e91e63', '#ff5722', '#ffb3ba', '#bae1ff', '#baffc9'],
  ...['#fff9c4', '#d7ccc8', '#3e2723', '#1b5e20', '#00de7a', '#b3efb3', '#f0f2f6', '#1d2126', '#14171b', '#663399'],
];

const rgb = fc
  .tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 255 })))
  .map(([r = 0, g = 0, b = 0]): Rgb => [r, g, b]);

test('contrast is that of WCAG', () => {
  expect(contrast(rgbOf('#000'), rgbOf('#ffffff'))).toBeCloseTo(21, 5);
  expect(contrast(rgbOf('#777777'), rgbOf('#fff'))).toBeCloseTo(4.478, 3);
  expect(contrast(rgbOf('#fff'), rgbOf('#ff0000'))).toBeCloseTo(3.998, 3);
});

describe.each(Object.entries(all))('%s', (_name, look) => {
  test('can be read, light and dark', () => {
    expect(poor(look)).toEqual([]);
  });

  test.each(brands)('can be read in %s', (brand) => {
    expect(poor(branded(look, rgbOf(brand)))).toEqual([]);
  });

  test('can be read in any colour', () => {
    fc.assert(
      fc.property(rgb, (brand) => {
        expect(poor(branded(look, brand))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps the hue of the colour, and the colour itself on buttons', () => {
    fc.assert(
      fc.property(rgb, (brand) => {
        const dressed = branded(look, brand);
        const own = hue(brand);
        for (const scheme of schemes) {
          expect(colour(dressed, 'accent', scheme)).toEqual(brand);
          for (const name of ['link', 'bubble-out', 'edge']) {
            const other = hue(colour(dressed, name, scheme));
            if (own === undefined || other === undefined) continue;
            expect(Math.abs(((other - own + 540) % 360) - 180), `${name} in ${scheme}`).toBeLessThan(3);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('own bubbles stand out from what is behind them', () => {
    fc.assert(
      fc.property(rgb, (brand) => {
        const dressed = branded(look, brand);
        for (const scheme of schemes) {
          const [bubble, behind] = ['bubble-out', 'background'].map((name) => colour(dressed, name, scheme));
          expect(contrast(bubble ?? brand, behind ?? brand)).toBeGreaterThan(1.1);
        }
      }),
    );
  });
});
