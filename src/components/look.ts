/** Every property of the interface: in the light theme, and in the dark one where that differs. */
export type Look = Readonly<Record<string, readonly [light: string, dark?: string]>>;

/**
 * The original's look. Its colours are kept where those reach the contrast of WCAG 2.2 AA, else their hue in another lightness.
 * The page overrides each as `--chat-NAME`. What is said of them here is said in `docs/THEMING.md`.
 */
export const classic = {
  /** Behind the messages. */
  background: ['#f0f2f6', '#14171b'],
  /** Title bar, composer, floating buttons. */
  surface: ['#fff', '#1d2126'],
  /** Lines between the regions, and behind an avatar's letter. */
  border: ['#dbdbdb', '#343a42'],
  /** Text. */
  foreground: ['#1d2129', '#e8eaed'],
  /** Times, names, placeholders, delivery marks. */
  muted: ['#5f6570', '#a3aab4'],
  /** Text fields. */
  field: ['#f5f7fa', '#2a2f36'],
  /** System lines. */
  pill: ['#e5e7ec', '#262b31'],
  /** The button that sends, and others that matter. */
  accent: ['#00de7a', '#00c86e'],
  /** Text on the accent. */
  'on-accent': ['#06301c', '#04210f'],
  /** Links, and the ring around what has the focus. */
  link: ['#0b57d0', '#a8ccff'],
  /** Bubbles of others. */
  'bubble-in': ['#fff', '#2a2f36'],
  /** Own bubbles. */
  'bubble-out': ['#b3efb3', '#1f5a33'],
  /** Text in own bubbles. */
  'on-bubble-out': ['#10240f', '#eaf7ea'],
  /** Links in own bubbles. */
  'link-out': ['var(--_link)'],
  /** The mark of a message that failed; its sign is white. */
  danger: ['#d02c36', '#d3404a'],
  /** The strip of a connection in trouble, and the box of a session that ended. */
  warning: ['#fff0eb', '#3a211a'],
  /** Text on those, and beside what failed. */
  'on-warning': ['#a93309', '#ffab91'],
  /** Corners of bubbles, fields and buttons. */
  radius: ['8px'],
  /** Between messages. */
  gap: ['15px'],
  /** Size of the text in bubbles, in px. */
  'text-size': ['14px'],
} satisfies Look;

/** A look as a style sheet. Inside, the names begin with `--_`: what the page set, else the look's own. */
export function sheetOf(look: Look): string {
  const scheme = (name: string) =>
    Object.entries(look).reduce(
      (sheet, [property, [light, dark = light]]) =>
        `${sheet}--_${property}:var(--chat-${property},${name === 'light' ? light : dark});`,
      `{color-scheme:${name};`,
    );
  const dark = scheme('dark');
  return `:host([theme])${scheme('light')}}:host([theme=dark])${dark}}@media(prefers-color-scheme:dark){:host([theme=auto])${dark}}}`;
}
