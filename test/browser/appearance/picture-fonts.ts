import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';

const folder = (name: string) => new URL(`../../../node_modules/${name}/`, import.meta.url);
const chinese = folder('@fontsource-variable/noto-sans-sc');

/** Those of the chat. A font that has others would be taken for them alone. */
const WEIGHTS = ['400', '500'];
const ALL = 'U+0-10FFFF';

/** Chinese comes in a hundred files, each with some of its letters. */
const chineseFiles = [
  ...readFileSync(new URL('index.css', chinese), 'utf8').matchAll(
    /url\(\.\/(files\/[^)]*)\)[^;]*;\s*unicode-range: ([^;]*)/g,
  ),
].map(([, path = '', unicodeRange = '']) => ({ file: new URL(path, chinese), unicodeRange }));

if (chineseFiles.length < 50) throw new Error(`expected the files of ${chinese}, got ${chineseFiles.length}`);

/** What comes later is looked into first. */
const FONTS = WEIGHTS.flatMap((weight) => [
  ...chineseFiles.map((part) => ({ ...part, weight })),
  ...['emoji/noto-emoji-emoji', 'sans-arabic/noto-sans-arabic-arabic', 'sans-hebrew/noto-sans-hebrew-hebrew']
    .concat('sans/noto-sans-latin')
    .map((path) => {
      const [name, file] = path.split('/');
      const whole = new URL(`files/${file}-${weight}-normal.woff2`, folder(`@fontsource/noto-${name}`));
      return { file: whole, unicodeRange: ALL, weight };
    }),
]);

/** Pictures have the same letters on every machine, whatever fonts it has. Before a page is opened. */
export async function servePictureFonts(context: BrowserContext): Promise<void> {
  await context.route('**/picture-fonts/*', (route) => {
    const font = FONTS[Number(route.request().url().replace(/.*\//, ''))];
    if (!font) throw new Error(`expected the number of a font, got ${route.request().url()}`);
    return route.fulfill({ body: readFileSync(font.file), contentType: 'font/woff2' });
  });
}

/** The chat of this page is written in these from now on. A font's file comes when one of its letters is drawn. */
export async function wearPictureFonts(page: Page): Promise<void> {
  const faces = FONTS.map(({ unicodeRange, weight }, n) => ({ url: `url(/picture-fonts/${n})`, unicodeRange, weight }));
  await page.evaluate((all) => {
    for (const { url, ...descriptors } of all) document.fonts.add(new FontFace('Pictures', url, descriptors));
    document.documentElement.style.setProperty('--chat-font', 'Pictures');
  }, faces);
}
