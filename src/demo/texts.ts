/** Texts of the demo page, by the `data-text` of the element that shows them. */
export interface DemoTexts {
  readonly kicker: string;
  readonly headline: string;
  readonly lead: string;
  readonly point1: string;
  readonly point2: string;
  readonly point3: string;
  readonly tryIt: string;
  readonly words: readonly string[];
  readonly look: string;
  readonly looks: Readonly<Record<string, string>>;
  readonly theme: string;
  readonly themes: Readonly<Record<string, string>>;
  readonly brand: string;
  readonly noBrand: string;
  readonly second: string;
  readonly app: string;
  readonly shop: string;
  readonly otherSide: (name: string) => string;
  readonly whatIf: string;
  readonly drawerTitle: string;
  readonly drawerLead: string;
  readonly close: string;
  /** By the gateway's names for them. */
  readonly networkFaults: Readonly<Record<string, string>>;
  readonly serverFaults: Readonly<Record<string, string>>;
  readonly clear: string;
  readonly done: string;
  readonly failed: string;
  readonly statusTitle: string;
  readonly copy: string;
  readonly copied: string;
  readonly log: string;
  readonly network: string;
  readonly server: string;
  readonly supportName: string;
  readonly order: (number: string) => string;
  readonly askForOrder: string;
  readonly askedForOrder: (number: string) => string;
}

export const english: DemoTexts = {
  kicker: 'Customer support, on your own server',
  headline: 'A chat that keeps its word.',
  lead: 'HarmonyChat puts a fast, well-made conversation on any page, over the open MobileIMSDK protocol. What you type arrives, or you can see that it has not yet.',
  point1: 'Each message is acknowledged. The mark beside it is a fact, not a guess.',
  point2: 'The line may break: the chat recovers by itself and sends what you typed meanwhile.',
  point3: 'Ten thousand messages scroll like ten.',
  tryIt: 'The chat here is real and talks to a small gateway on your machine. Try a word:',
  words: ['help', 'image', 'voice', 'file', 'choice', 'card', 'order', 'emoji', 'long', 'attack'],
  look: 'Look',
  looks: { classic: 'Classic', messenger: 'Messenger', neutral: 'Neutral' },
  theme: 'Theme',
  themes: { auto: 'Auto', light: 'Light', dark: 'Dark' },
  brand: 'Your colour',
  noBrand: 'Without',
  second: 'Open a conversation between Alice and Bob',
  app: 'Open the chat as an app of its own, with a login',
  shop: 'The script tag on a shop page',
  otherSide: (name) => `Open ${name}’s side`,
  whatIf: 'What if…',
  drawerTitle: 'What if…',
  drawerLead: 'Break something and watch the chat cope.',
  close: 'Close',
  networkFaults: {
    cut: 'the line is cut',
    'half-open': 'the line goes dead, silently',
    slow: 'the network is slow',
    duplicate: 'everything arrives twice',
    'lose-acks': 'acknowledgements get lost',
  },
  serverFaults: {
    restart: 'the server restarts',
    refuse: 'the server lets nobody in',
    history: 'the history does not answer',
    kick: 'an administrator removes me',
  },
  clear: 'Everything back to normal',
  done: 'Done. Watch the status light.',
  failed: 'The gateway did not answer.',
  statusTitle: 'How the client fares',
  copy: 'Copy',
  copied: 'Copied.',
  log: 'Detailed log in the browser’s console',
  network: 'The network',
  server: 'The server',
  supportName: 'Support',
  order: (number) => `Order ${number}`,
  askForOrder: 'Where is it?',
  askedForOrder: (number) => `Where is my order ${number}?`,
};

export const chinese: DemoTexts = {
  kicker: '部署在自己服务器上的在线客服',
  headline: '说到做到的聊天。',
  lead: 'HarmonyChat 让任何网页都能拥有快速、精致的聊天，基于开源的 MobileIMSDK 协议。你输入的内容会送达；还没送达时，你也看得见。',
  point1: '每条消息都有回执，旁边的标记是事实，不是猜测。',
  point2: '网络断了也不怕：聊天会自动恢复，并补发这期间输入的内容。',
  point3: '一万条消息，滚动起来和十条一样流畅。',
  tryIt: '这里的聊天是真实的，连接本机上的一个小网关。试试这些词：',
  words: ['帮助', '图片', '语音', '文件', '选择', '卡片', '订单', '表情', '长文', 'attack'],
  look: '外观',
  looks: { classic: '经典', messenger: '即时通讯', neutral: '素雅' },
  theme: '主题',
  themes: { auto: '自动', light: '浅色', dark: '深色' },
  brand: '品牌色',
  noBrand: '不用',
  second: '打开 Alice 与 Bob 的会话',
  app: '打开独立的聊天应用（含登录）',
  shop: '商店页面上的 script 标签',
  otherSide: (name) => `打开 ${name} 的一侧`,
  whatIf: '如果…',
  drawerTitle: '如果…',
  drawerLead: '弄坏点什么，看看聊天如何应对。',
  close: '关闭',
  networkFaults: {
    cut: '连接被切断',
    'half-open': '线路悄悄失效',
    slow: '网络很慢',
    duplicate: '每条消息都来两次',
    'lose-acks': '回执丢失',
  },
  serverFaults: {
    restart: '服务器重启',
    refuse: '服务器不让任何人登录',
    history: '历史记录没有应答',
    kick: '管理员把我移出',
  },
  clear: '全部恢复正常',
  done: '完成。请看状态灯。',
  failed: '网关没有应答。',
  statusTitle: '客户端的运行状况',
  copy: '复制',
  copied: '已复制。',
  log: '在浏览器控制台输出详细日志',
  network: '网络',
  server: '服务器',
  supportName: '在线客服',
  order: (number) => `订单 ${number}`,
  askForOrder: '到哪儿了？',
  askedForOrder: (number) => `我的订单 ${number} 到哪儿了？`,
};
