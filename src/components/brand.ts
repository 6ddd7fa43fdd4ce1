import type { Look } from './look.js';

/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Contrast of text, and of what is no text, that WCAG 2.2 AA asks for. */
const TEXT = 4.5;
const SHAPE = 3;
/** Of text on a colour that fills a button. More than is asked for: the colour is strong. */
const ON_COLOUR = 9;
/** A bubble stands out by its place and its shape as well. */
const BUBBLE = 1.25;
/** How light own bubbles are where they are a tint of the colour. */
const TINTS = [
  [0.66, 0.72],
  [0.05, 0.085],
] as const;
const STEPS = 200;

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** Of a colour as `#rgb` or `#rrggbb`. */
export function rgbOf(hex: string): Rgb {
  const digits = hex.length === 4 ? hex.replace(/\w/g, '$&$&') : hex;
  const [red = 0, green = 0, blue = 0] = (digits.match(/\w\w/g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue];
}

function hexOf(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance, as WCAG defines it. */
function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 to 21, as WCAG defines it. */
export function contrast(one: Rgb, other: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The colour with as little black or white in it as will do; its hue stays. */
function shade(colour: Rgb, into: Rgb, isEnough: (shade: Rgb) => boolean): Rgb {
  for (let step = 0; step < STEPS; step++) {
    const mixed = colour.map((part, n) => Math.round(part + (((into[n] ?? 0) - part) * step) / STEPS));
    const [red = 0, green = 0, blue = 0] = mixed;
    if (isEnough([red, green, blue])) return [red, green, blue];
  }
  return into;
}

/** In so light a shade. */
function tint(colour: Rgb, [darkest, lightest]: readonly [number, number]): Rgb {
  const lighter = shade(colour, WHITE, (mixed) => luminance(mixed) >= darkest);
  return shade(lighter, BLACK, (mixed) => luminance(mixed) <= lightest);
}

/** White where that can be read, else a dark shade of the colour, or black. */
function textOn(colour: Rgb): Rgb {
  if (contrast(WHITE, colour) >= TEXT) return WHITE;
  return shade(colour, BLACK, (mixed) => contrast(mixed, colour) >= ON_COLOUR);
}

/**
 * A look in another colour. What stands on the colour, and what has the colour and stands on something else, can be read:
 * hue and colour stay, the lightness gives way. Where own bubbles have the accent's colour they still do, else they have a tint.
 */
export function branded(look: Look, brand: Rgb): Look {
  const [light, dark] = ([0, 1] as const).map((scheme) => inScheme(look, brand, scheme));
  const properties = Object.entries(light ?? {});
  return {
    ...look,
    ...Object.fromEntries(properties.map(([name, colour]) => [name, [hexOf(colour), hexOf(dark?.[name] ?? colour)]])),
  };
}

function inScheme(look: Look, brand: Rgb, scheme: 0 | 1): Readonly<Record<string, Rgb>> {
  const into = scheme === 0 ? BLACK : WHITE;
  const own = (name: string) => look[name]?.[scheme] ?? '';
  const of = (...names: string[]) => names.map((name) => rgbOf(own(name)));
  const onAll = (ratio: number, grounds: readonly Rgb[]) => (mixed: Rgb) =>
    grounds.every((ground) => contrast(mixed, ground) >= ratio);

  const isFilled = own('bubble-out') === own('accent');
  const bubble = isFilled
    ? shade(brand, into, onAll(BUBBLE, of('background', 'bubble-in')))
    : tint(brand, TINTS[scheme]);
  const onBubble = isFilled ? textOn(bubble) : shade(brand, into, (mixed) => contrast(mixed, bubble) >= ON_COLOUR);
  const grounds = of('background', 'surface', 'field', 'bubble-in', 'warning');
  const link = shade(brand, into, onAll(TEXT, isFilled ? grounds : [...grounds, bubble]));
  return {
    accent: brand,
    'on-accent': textOn(brand),
    edge: shade(brand, into, onAll(SHAPE, [...grounds, ...(isFilled ? [] : [bubble])])),
    link,
    'bubble-out': bubble,
    'on-bubble-out': onBubble,
    'link-out': isFilled ? onBubble : link,
  };
}
