/** What the button says before anything else has come: what it opens; and that it may be pressed once more, if that did not load. */
type Texts = readonly [chat: string, retry: string];

/** By language, and script. */
export const launcherTexts: Readonly<Record<string, Texts>> & { readonly en: Texts } = {
  en: ['Chat', 'retry'],
  zh: ['在线聊天', '重试'],
  'zh-Hant': ['線上聊天', '重試'],
  ja: ['チャット', '再試行'],
  ko: ['채팅', '다시 시도'],
  de: ['Chat', 'erneut versuchen'],
  fr: ['Chat', 'réessayer'],
  es: ['Chat', 'reintentar'],
  pt: ['Chat', 'tentar de novo'],
  ru: ['Чат', 'повторить'],
  ar: ['الدردشة', 'أعد المحاولة'],
  he: ['צ׳אט', 'ניסיון נוסף'],
};
