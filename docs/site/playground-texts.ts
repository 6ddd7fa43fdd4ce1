import type { Language } from './documents.js';

export interface PlaygroundTexts {
  readonly title: string;
  readonly lead: string;
  readonly groups: Readonly<Record<'tag' | 'look' | 'who' | 'rest', string>>;
  readonly attributes: string;
  readonly chat: string;
  readonly defaultChoice: string;
  readonly more: string;
  readonly pick: string;
  readonly reset: string;
  readonly snippet: string;
  readonly tagHint: string;
  readonly forms: Readonly<Record<'element' | 'script', string>>;
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly tryIt: string;
  readonly words: readonly string[];
  readonly otherSide: string;
  readonly otherSideHint: string;
  readonly otherHeading: string;
  readonly whatIf: string;
  readonly whatIfLead: string;
  readonly noScript: string;
  readonly order: (number: string) => string;
}

export const playgroundTexts: Readonly<Record<Language, PlaygroundTexts>> = {
  en: {
    title: 'Playground',
    lead: 'The chat here is the one that ships. It talks to a small MobileIMSDK server inside of this page, whatever address you give it: nothing leaves your browser.',
    groups: {
      tag: 'Button and panel',
      look: 'Look and language',
      who: 'Who talks to whom',
      rest: 'Connection, history, attention',
    },
    attributes: 'Attributes',
    chat: 'Chat',
    defaultChoice: 'the page’s',
    more: 'more',
    pick: 'Pick a colour',
    reset: 'Start over',
    snippet: 'Copy this into your page',
    tagHint: 'This page has the tag now: press the button in its corner.',
    forms: { element: 'HTML element', script: 'Script tag' },
    copy: 'Copy',
    copied: 'Copied.',
    notCopied: 'Could not copy; the text is selected.',
    tryIt: 'Say:',
    words: ['help', 'image', 'voice', 'card', 'choice'],
    otherSide: 'Answer yourself',
    otherSideHint: 'Opens the other side of the conversation. You take the place of the robot.',
    otherHeading: 'The other side',
    whatIf: 'What if…',
    whatIfLead: 'Break something and watch the chat cope.',
    noScript: 'The playground is a chat; it needs JavaScript.',
    order: (number) => `📦 Order ${number}`,
  },
  'zh-CN': {
    title: '在线试用',
    lead: '这里的聊天就是发布的那一个。无论填写什么地址，它都连接本页面内置的小型 MobileIMSDK 服务器：没有任何内容离开您的浏览器。',
    groups: {
      tag: '按钮与面板',
      look: '外观与语言',
      who: '谁和谁聊天',
      rest: '连接、历史与提醒',
    },
    attributes: '属性',
    chat: '聊天',
    defaultChoice: '跟随页面',
    more: '详情',
    pick: '选择颜色',
    reset: '重新开始',
    snippet: '复制到您的页面',
    tagHint: '本页面现在就带着这行脚本：请点击角落里的按钮。',
    forms: { element: 'HTML 元素', script: '一行脚本' },
    copy: '复制',
    copied: '已复制。',
    notCopied: '无法复制，文字已选中。',
    tryIt: '试着说：',
    words: ['帮助', '图片', '语音', '卡片', '选择', '长文'],
    otherSide: '自己来回答',
    otherSideHint: '打开会话的另一侧，由您代替机器人回答。',
    otherHeading: '另一侧',
    whatIf: '如果…',
    whatIfLead: '弄坏点什么，看看聊天如何应对。',
    noScript: '试用页面是一个聊天，需要 JavaScript。',
    order: (number) => `📦 订单 ${number}`,
  },
};
