/** A tea of the demo shop, in one language. */
export interface Tea {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
  readonly text: string;
  readonly price: string;
  readonly water: string;
  readonly leaf: string;
  readonly time: string;
}

/** What the pages of the shop and its agent say beside what their files say in English. */
export interface ShopTexts {
  readonly locale: 'en' | 'zh-CN';
  readonly teas: readonly Tea[];
  /** By the `data-text` of the elements that show them; what is not there stays as it is. */
  readonly page: Readonly<Record<string, string>>;
  readonly title: string;
  readonly byRobot: string;
  readonly byPerson: string;
  readonly toRobot: string;
  readonly toPerson: string;
  readonly agentPage: string;
  readonly visitors: string;
  readonly visitor: (number: number) => string;
  readonly unread: (count: number) => string;
}

export const english: ShopTexts = {
  locale: 'en',
  teas: [
    {
      ...{ id: 'dragon-well', name: 'Dragon Well', origin: 'Hangzhou, Zhejiang', price: '£12.50 for 50 g' },
      text: 'Flat leaves, pressed by hand in the pan. Chestnut and young peas, and a sweetness that stays.',
      ...{ water: '80 °C', leaf: '3 g for 200 ml', time: '2 minutes' },
    },
    {
      ...{ id: 'silver-needle', name: 'Silver Needle', origin: 'Fuding, Fujian', price: '£14.00 for 50 g' },
      text: 'Buds alone, dried in the spring air. Melon, hay and honey; it forgives a long steep.',
      ...{ water: '85 °C', leaf: '4 g for 200 ml', time: '4 minutes' },
    },
    {
      ...{ id: 'iron-goddess', name: 'Iron Goddess', origin: 'Anxi, Fujian', price: '£9.80 for 50 g' },
      text: 'A rolled oolong that opens over seven infusions. Orchid first, warm bread in the end.',
      ...{ water: '95 °C', leaf: '5 g for 150 ml', time: '45 seconds' },
    },
    {
      ...{ id: 'red-robe', name: 'Big Red Robe', origin: 'Wuyi, Fujian', price: '£11.20 for 50 g' },
      text: 'Grown between rocks and roasted over charcoal. Cocoa, plum and a mineral finish.',
      ...{ water: '98 °C', leaf: '5 g for 150 ml', time: '30 seconds' },
    },
  ],
  page: {},
  title: 'Leafwater',
  byRobot: 'A robot answers.',
  byPerson: 'Whoever has the agent’s page open answers.',
  toRobot: 'Let the robot answer',
  toPerson: 'Let a person answer',
  agentPage: 'Open the agent’s page',
  visitors: 'Visitors',
  visitor: (number) => `Visitor ${number}`,
  unread: (count) => `${count} unread`,
};

export const chinese: ShopTexts = {
  locale: 'zh-CN',
  teas: [
    {
      ...{ id: 'dragon-well', name: '龙井', origin: '浙江 · 杭州', price: '¥108 / 50 克' },
      text: '手工辉锅，叶片扁平。有栗香与嫩豌豆的清鲜，回甘绵长。',
      ...{ water: '80 °C', leaf: '3 克配 200 毫升', time: '2 分钟' },
    },
    {
      ...{ id: 'silver-needle', name: '白毫银针', origin: '福建 · 福鼎', price: '¥126 / 50 克' },
      text: '只取芽头，春风里晾干。蜜瓜、干草与蜂蜜的香气，久泡也不苦。',
      ...{ water: '85 °C', leaf: '4 克配 200 毫升', time: '4 分钟' },
    },
    {
      ...{ id: 'iron-goddess', name: '铁观音', origin: '福建 · 安溪', price: '¥88 / 50 克' },
      text: '颗粒乌龙，七泡渐次舒展。先是兰花香，末了有烤面包的暖意。',
      ...{ water: '95 °C', leaf: '5 克配 150 毫升', time: '45 秒' },
    },
    {
      ...{ id: 'red-robe', name: '大红袍', origin: '福建 · 武夷山', price: '¥98 / 50 克' },
      text: '生于岩间，炭火慢焙。可可、梅子，收尾是岩韵。',
      ...{ water: '98 °C', leaf: '5 克配 150 毫升', time: '30 秒' },
    },
  ],
  page: {
    demo: '演示：这个页面上的聊天只用了一个 script 标签。',
    name: '叶水茶铺',
    teas: '茶叶',
    visit: '门店',
    basket: '购物袋',
    kicker: '春茶上市',
    headline: '每一片茶，都叫得出茶农的名字。',
    lead: '四处茶园，小批采制，到店当周分装。不知道哪款适合你？问问我们，我们整天都在喝。',
    choose: '挑一款茶',
    askUs: '问问我们',
    ourTeas: '今春的茶',
    ship: '当天发货',
    shipText: '下午两点前下单，随当天的邮班寄出。',
    taste: '先尝后买',
    tasteText: '每单附赠另一款茶的小样，不喜欢可以退。',
    people: '有人回复',
    peopleText: '在角落的聊天里留言，换个页面也能接着聊。',
    address: '磨坊巷 4 号，周二至周六 10 点至 18 点',
    notReal: '这家店并不存在，也不接受订单。',
    add: '加入购物袋',
    askTea: '咨询这款茶',
    water: '水温',
    leaf: '投茶',
    time: '时间',
    others: '其它的茶',
    agentTitle: '店里的访客',
    asVisitor: '打开茶铺',
    asAnother: '以另一位访客打开',
    nobody: '还没有人留言。打开茶铺，在聊天里写点什么。',
  },
  title: '叶水茶铺',
  byRobot: '由机器人回复。',
  byPerson: '由打开客服页面的人回复。',
  toRobot: '改由机器人回复',
  toPerson: '改由真人回复',
  agentPage: '打开客服页面',
  visitors: '访客',
  visitor: (number) => `访客 ${number}`,
  unread: (count) => `${count} 条未读`,
};

/** The user id of whoever has the agent's page open. */
export const AGENT = 'agent';

export const parameters = new URLSearchParams(location.search);
export const texts = (parameters.get('locale') ?? navigator.language).toLowerCase().startsWith('zh')
  ? chinese
  : english;

/** Address of another page of the demo. The language and the theme go along. */
export function address(page: string, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(more);
  for (const name of ['locale', 'theme']) {
    const value = parameters.get(name);
    if (value !== null) query.set(name, value);
  }
  return query.size === 0 ? page : page.replace(/(?=#|$)/, `?${query}`);
}

/** Puts the page into its language and theme. */
export function dressPage(): void {
  const { dataset } = document.documentElement;
  document.documentElement.lang = texts.locale;
  dataset['theme'] = parameters.get('theme') ?? 'auto';
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    const text = texts.page[element.dataset['text'] ?? ''];
    if (text !== undefined) element.textContent = text;
  }
}
