import type { ConfigurationError } from '../client/errors.js';
import { branded, type Rgb, rgbOf } from './brand.js';
import { classic, type Look, sheetOf } from './look.js';
import type { ChatErrorEvent } from './window-events.js';
import type { LookHost } from './window-look.js';

/** Bubbles and fields are round; own bubbles are green. */
const messenger: Look = {
  ...classic,
  background: ['#efe9df', '#0e1518'],
  surface: ['#f8f6f2', '#1a2327'],
  border: ['#dad4c8', '#303b40'],
  foreground: ['#1a201c', '#e7ecee'],
  muted: ['#5b5f58', '#a0abb0'],
  field: ['#fff', '#2a353a'],
  pill: ['#e4ddd0', '#1f292d'],
  accent: ['#0f7f54', '#25b377'],
  'on-accent': ['#fff', '#03200f'],
  link: ['#0a5a9c', '#96d0ff'],
  'bubble-in': ['#fff', '#222d32'],
  'bubble-out': ['#d5f5c6', '#14543f'],
  'on-bubble-out': ['#12260b', '#e6f5ee'],
  radius: ['12px'],
  gap: ['10px'],
};

/** Quiet greys, and one colour for what the visitor says and does: for the page of somebody else. */
const neutral: Look = {
  ...classic,
  background: ['#fff', '#17191c'],
  surface: ['#fff', '#1e2124'],
  border: ['#e1e4e8', '#353a40'],
  foreground: ['#1c2024', '#eceef0'],
  muted: ['#5f646c', '#a5abb3'],
  field: ['#f2f4f6', '#2a2e33'],
  pill: ['#f0f2f4', '#262a2e'],
  accent: ['#3355c8', '#4c6bdb'],
  'on-accent': ['#fff', '#fff'],
  link: ['#2a4dbd', '#a9bdff'],
  'bubble-in': ['#eef0f3', '#2a2e33'],
  'bubble-out': ['#3355c8', '#4c6bdb'],
  'on-bubble-out': ['#fff', '#fff'],
  'link-out': ['#fff', '#fff'],
  radius: ['10px'],
  gap: ['12px'],
};

/** All looks, by the name that the attribute `look` has for them. */
export const all: Readonly<Record<string, Look>> = { classic, messenger, neutral };

/** Rounder, and without a tail. */
const withoutTail =
  'message-list::part(bubble){border-radius:calc(var(--_radius)*1.6)}message-list::part(bubble)::before{display:none}';

/** A button whose colour hardly stands out has a line around it. */
const edges = 'message-composer::part(send),session-ended::part(action){border-color:var(--_edge)}';

/** What each window has on. */
const wardrobe = new WeakMap<Element, { readonly sheet: CSSStyleSheet; look: string; brand: string }>();

/**
 * Puts the look and the colour of the brand on a window. What the page has set itself stays. What is wrong with them is told
 * once, in the bundle's own classes.
 */
export function dress(host: LookHost, Wrong: typeof ConfigurationError, ErrorEvent: typeof ChatErrorEvent): void {
  const { look, brand, shadowRoot } = host;
  const worn = wardrobe.get(host) ?? { sheet: new CSSStyleSheet(), look: 'classic', brand: '' };
  if (!shadowRoot || (worn.look === look && worn.brand === brand)) return;
  if (!wardrobe.has(host)) shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, worn.sheet];
  wardrobe.set(host, worn);
  const known = Object.hasOwn(all, look || 'classic');
  const colour = brand ? parsed(brand) : undefined;
  const base = all[known ? look : 'classic'] ?? classic;
  worn.sheet.replaceSync(
    sheetOf(colour ? branded(base, colour) : base) + (base === neutral ? withoutTail : '') + (colour ? edges : ''),
  );
  const wrong = [
    known || worn.look === look ? undefined : new Wrong('look', 'classic, messenger or neutral', look),
    !brand || colour || worn.brand === brand ? undefined : new Wrong('brand', 'a CSS colour such as #0b57d0', brand),
  ];
  Object.assign(worn, { look, brand });
  for (const error of wrong) if (error) host.dispatchEvent(new ErrorEvent(error));
}

/** As the browser reads it. Undefined: it is no colour. What shines through is on white. */
function parsed(colour: string): Rgb | undefined {
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  if (!pen) return undefined;
  const read = ['#000000', '#ffffff'].map((before) => {
    pen.fillStyle = before;
    pen.fillStyle = colour;
    return String(pen.fillStyle);
  });
  const [one = '', other] = read;
  if (one !== other) return undefined;
  // Some browsers blur what is painted, so that nobody is known again by it.
  if (/^#\w{6}$/.test(one)) return rgbOf(one);
  for (const ground of ['#fff', one]) {
    pen.fillStyle = ground;
    pen.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
