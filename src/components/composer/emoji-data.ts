/** One emoji, as the picker offers it. */
export interface Emoji {
  readonly emoji: string;
  /** Of Unicode's emoji; 0: so old that every system has it. */
  readonly version: number;
  /** The version in which it got skin tones, 1 for an old one; 0: it has none. */
  readonly skins: number;
  readonly label: string;
  /** What it is found by, in lower case and without accents: labels first. */
  readonly words: readonly string[];
}

type Words = Promise<{ readonly words: string }>;

/** Languages that the data has, by language, and script where people of one do not read the other. */
const languages: Readonly<Record<string, () => Words>> = {
  'zh-Hans': () => import('./words/emoji-zh.js'),
  'zh-Hant': () => import('./words/emoji-zh-hant.js'),
  ja: () => import('./words/emoji-ja.js'),
  ko: () => import('./words/emoji-ko.js'),
  de: () => import('./words/emoji-de.js'),
  fr: () => import('./words/emoji-fr.js'),
  es: () => import('./words/emoji-es.js'),
  pt: () => import('./words/emoji-pt.js'),
  ru: () => import('./words/emoji-ru.js'),
};

/** Loads the words of a language; undefined where English has to do. */
export function wordsOf(tag: string): (() => Words) | undefined {
  const locale = new Intl.Locale(tag);
  return languages[`${locale.language}-${locale.maximize().script}`] ?? languages[locale.language];
}

/**
 * The emoji in their groups, named in a language, else in English. English words find them in every language.
 * @throws where not even those can be loaded
 */
export async function loadEmoji(tag: string): Promise<readonly (readonly Emoji[])[]> {
  const [english, own] = await Promise.all([
    import('./words/emoji-en.js'),
    // A file that did not load is asked for again the next time.
    wordsOf(tag)?.().catch(() => undefined),
  ]);
  return emojiOf(english.words, own?.words);
}

/** Reads what the build wrote: the emoji with their English words, and those of another language line by line. */
export function emojiOf(english: string, own = ''): readonly (readonly Emoji[])[] {
  const others = own.split('\n');
  let at = 0;
  return english.split('\n\n').map((group) =>
    group.split('\n').map((line) => {
      const [emoji = '', version, skins, label = '', tags = ''] = line.split('\t');
      const [name = '', ...further] = others[at++]?.split(',') ?? [];
      const words = [name, label, ...further, ...tags.split(',')].filter(Boolean).map(plain);
      return { emoji, version: Number(version), skins: Number(skins), label: name || label, words };
    }),
  );
}

/** In lower case, without accents. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize()
    .toLowerCase();
}

/** The emoji in a skin tone, 1 to 5; 0, and where it has none: as it is. */
export function toned({ emoji, skins }: Emoji, tone: number): string {
  // A handshake between two people has no colour of its own.
  return skins && tone
    ? emoji.replace(/(?!🤝\u200d)(\p{EBase})\ufe0f?/gu, `$1${String.fromCodePoint(0x1f3fa + tone)}`)
    : emoji;
}
