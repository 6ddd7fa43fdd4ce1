export type Language = 'zh' | 'en';

/** One message of the robot. */
export interface Answer {
  readonly content: string;
  /** Application message type; 0, text, if missing. */
  readonly typeu?: number;
  /** The asker is kicked out afterwards. */
  readonly kicks?: true;
}

/** What an answer may depend on besides the text. */
export interface Question {
  readonly typeu: number;
  readonly language: Language;
  /** Wall time in milliseconds since 1970. */
  readonly now: number;
}

type Choice = Readonly<Record<Language, string>>;

/** Chinese if there is a Han character, else English. */
export function languageOf(text: string): Language {
  return /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
}

export function greeting(language: Language): Answer {
  const text: Choice = {
    zh: '你好，我是客服机器人 👋 有什么可以帮你？输入“帮助”看看我会什么。',
    en: 'Hi, I am the support robot 👋 How can I help? Type “help” to see what I can do.',
  };
  return { content: text[language] };
}

/** What the robot says to a message; always at least one answer. */
export function answersTo(text: string, question: Question): readonly Answer[] {
  const { typeu, language } = question;
  if (typeu > 0) {
    return one({ zh: '谢谢！可惜我只看得懂文字。', en: 'Thank you! I am afraid I can only read text.' }, language);
  }
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[.!?。！？]+$/u, '');
  const command = commands.get(synonyms.get(word) ?? word);
  return command ? command(question) : one(fallback, language);
}

function one(choice: Choice, language: Language): readonly Answer[] {
  return [{ content: choice[language] }];
}

const fallback: Choice = {
  zh: '收到！我只是这个演示里的小机器人，懂的不多。输入“帮助”看看我会什么。',
  en: 'Got it! I am only the little robot of this demo and know just a few words. Type “help” to see them.',
};

const help: Choice = {
  zh: '我听得懂：hello、time、image、long、links、emoji、many、unknown、system、bidi、attack、kick（会把你踢下线）。',
  en: 'I understand: hello, time, image, long, links, emoji, many, unknown, system, bidi, attack, and kick (which throws you out).',
};

const sentence: Choice = {
  zh: '这是一段很长的文字，用来看看气泡怎样换行、怎样折叠。',
  en: 'This is a long text that shows how a bubble wraps its lines. ',
};

/** What the page must show as the text that it is. */
const attack = [
  '<script>document.title = "hacked"</script>',
  '<img src=x onerror="document.title=\'hacked\'">',
  '<a href="javascript:alert(1)">click me</a>',
  '"><svg onload=alert(1)> &lt;b&gt;bold?&lt;/b&gt; {{7*7}}',
].join('\n');

const emoji = '😀 👍🏽 👩‍👩‍👧‍👦 🏳️‍🌈 🇨🇳 🇮🇱 1️⃣ ❤️ ✌🏿 🐻‍❄️ 🎉';

const synonyms: ReadonlyMap<string, string> = new Map([
  ['帮助', 'help'],
  ['你好', 'hello'],
  ['hi', 'hello'],
  ['时间', 'time'],
  ['图片', 'image'],
  ['长文', 'long'],
  ['链接', 'links'],
  ['表情', 'emoji'],
  ['踢我', 'kick'],
]);

const commands: ReadonlyMap<string, (question: Question) => readonly Answer[]> = new Map([
  ['help', ({ language }: Question) => one(help, language)],
  ['hello', ({ language }: Question) => one({ zh: '你好！很高兴见到你。', en: 'Hello! Nice to meet you.' }, language)],
  [
    'time',
    ({ language, now }: Question) => {
      const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(now);
      return one({ zh: `我这边是 ${clock}。`, en: `By my clock it is ${clock}.` }, language);
    },
  ],
  ['image', () => [{ content: '/robot.svg', typeu: 1 }]],
  [
    'long',
    ({ language }: Question) => {
      const text = sentence[language];
      return [{ content: text.repeat(Math.ceil(5_000 / text.length)).slice(0, 5_000) }];
    },
  ],
  [
    'links',
    () => [
      {
        content:
          '请看https://example.com/a，谢谢。再看（https://example.com/b）吧！邮箱是help@example.com，电话：+86 10 6552 9988。',
      },
    ],
  ],
  ['emoji', () => [{ content: emoji }]],
  [
    'many',
    ({ language }: Question) =>
      Array.from({ length: 20 }, (_, i) => ({ content: language === 'zh' ? `第 ${i + 1} 条` : `Number ${i + 1}` })),
  ],
  ['unknown', () => [{ content: '{"what":"a message of a type that only its sender knows"}', typeu: 77 }]],
  [
    'system',
    ({ language }: Question) => {
      const text: Choice = { zh: '客服机器人加入了会话', en: 'The support robot joined the conversation' };
      return [{ content: text[language], typeu: 90 }];
    },
  ],
  ['bidi', () => [{ content: 'مرحبا (hello) שלום, العدد 123 من 456! ‮txt.exe' }]],
  ['attack', () => [{ content: attack }]],
  [
    'kick',
    ({ language }: Question) => {
      const text: Choice = { zh: '好的，再见！', en: 'As you wish. Goodbye!' };
      return [{ content: text[language], kicks: true }];
    },
  ],
]);
