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
  /** Where the robot's files lie; ends with a slash. */
  readonly files: string;
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
  zh: '我听得懂：hello、time、image、voice、file、choice、card、order、long、links、emoji、many、unknown、system、bidi、attack、kick（会把你踢下线）。',
  en:
    'I understand: hello, time, image, voice, file, choice, card, order, long, links, emoji, many, unknown, system, bidi, attack, ' +
    'and kick (which throws you out).',
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

const picture = (files: string) => ({ url: `${files}robot.svg`, width: 320, height: 240, name: 'robot.svg' });

const emoji = '😀 👍🏽 👩‍👩‍👧‍👦 🏳️‍🌈 🇨🇳 🇮🇱 1️⃣ ❤️ ✌🏿 🐻‍❄️ 🎉';

const synonyms: ReadonlyMap<string, string> = new Map([
  ['帮助', 'help'],
  ['你好', 'hello'],
  ['hi', 'hello'],
  ['时间', 'time'],
  ['图片', 'image'],
  ['语音', 'voice'],
  ['文件', 'file'],
  ['选择', 'choice'],
  ['卡片', 'card'],
  ['订单', 'order'],
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
  ['image', ({ files }: Question) => [{ content: JSON.stringify(picture(files)), typeu: 1 }]],
  [
    'voice',
    ({ files }: Question) => {
      const voice = { url: `${files}hello.wav`, seconds: 2, name: 'hello.wav' };
      return [{ content: JSON.stringify(voice), typeu: 2 }];
    },
  ],
  [
    'file',
    ({ language, files }: Question) => {
      const name: Choice = { zh: '价目表.csv', en: 'price list.csv' };
      return [
        { content: JSON.stringify({ url: `${files}price-list.csv`, name: name[language], bytes: 48 }), typeu: 5 },
      ];
    },
  ],
  [
    'choice',
    ({ language }: Question) => {
      const question: Choice = { zh: '想了解什么？', en: 'What would you like to know?' };
      const replies: Record<Language, unknown> = {
        zh: ['时间', '图片', { title: '看看价格', text: '文件' }],
        en: ['time', 'image', { title: 'See the prices', text: 'file' }],
      };
      return [{ content: JSON.stringify({ text: question[language], replies: replies[language] }), typeu: 20 }];
    },
  ],
  [
    'card',
    ({ language, files }: Question) => {
      const card: Record<Language, object> = {
        zh: {
          ...{ title: '白瓷茶壶', text: '600 毫升，手工制作。¥168' },
          buttons: [
            { title: '我要这个', text: '订单' },
            { title: '价目表', url: `${files}price-list.csv` },
          ],
        },
        en: {
          ...{ title: 'White teapot', text: '600 ml, made by hand. €24' },
          buttons: [
            { title: 'I want this one', text: 'order' },
            { title: 'Price list', url: `${files}price-list.csv` },
          ],
        },
      };
      return [{ content: JSON.stringify({ ...card[language], image: picture(files) }), typeu: 21 }];
    },
  ],
  ['order', () => [{ content: '4711', typeu: 1001 }]],
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
