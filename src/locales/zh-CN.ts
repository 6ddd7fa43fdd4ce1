import type { OnDemandStrings } from './on-demand-strings.js';
import type { Strings } from './strings.js';

export const strings: Strings & OnDemandStrings = {
  locale: 'zh-CN',
  direction: 'ltr',
  times: { clock, date },
  heading: '聊天',
  userId: (id) => `UID: ${id}`,

  connected: '已连接',
  connecting: '正在连接…',
  disconnected: '未连接',
  trouble: '网络不给力，正在努力恢复中…',
  closed: '连接已断开。',
  connect: '连接',
  notify: '开启新消息通知',

  listLabel: '消息列表',
  newMessages: (count) => `${count} 条新消息`,
  jumpToLatest: '回到最新消息',
  empty: '还没有消息，打个招呼吧！',
  chooseReceiver: '请输入对方的 ID，然后开始聊天。',
  you: '我',
  said: (who, what) => `${who}：${what}`,
  systemLine: (who) => `来自 ${who} 的通知`,
  unknownType: (type) => `暂不支持显示此消息（类型 ${type}）。`,
  kinds: { 1: '图片', 2: '语音', 5: '文件', 20: '请选择', 21: '卡片' },
  newFrom: (who) => `${who} 发来新消息`,

  status: {
    queued: '等待网络连接',
    sending: '正在发送',
    unconfirmed: '对方尚未收到',
    sent: '已发送',
    delivered: '已送达',
    failed: '未送达',
  },
  notDelivered: '本条消息没成功送达！',
  retry: '重试',
  remove: '删除',
  cancel: '撤回',
  notReceived: '对方尚未收到，已保留，稍后会再次发送。',
  giveUp: '不再发送',

  composerLabel: '聊天内容',
  placeholder: '请输入聊天内容，按发送键提交',
  send: '提交',
  receiver: '对方ID',
  nothingTyped: '请先输入聊天内容！',
  toOneself: '不能给自己发送消息哦！',
  outboxFull: '等待发送的消息过多，请等网络恢复后再试。',
  bytesLeft: (bytes) => `还可输入 ${bytes} 字节`,
  tooLong: '消息太长。',
  bytesOver: (bytes) => `超出 ${bytes} 字节，请缩短内容。`,

  newLine: '新消息',
  messageActions: '消息操作',
  copy: '复制',
  copied: '已复制',
  notCopied: '复制失败。',
  selectText: '选择文字',
  sendAgain: '重新发送',
  takeBack: '撤回',
  stopTrying: '不再重试',
  deleteForMe: '为我删除',
  deleteSure: '从本设备删除这条消息？删除后无法恢复。',
  keepIt: '保留',

  chooseEmoji: '选择表情',
  searchEmoji: '搜索表情',
  recentEmoji: '最近使用',
  emojiGroups: ['笑脸与情感', '人物', '动物与自然', '食物与饮料', '旅行与地点', '活动', '物品', '符号', '旗帜'],
  skinTone: '肤色',
  skinTones: ['默认', '浅色', '中浅色', '中等', '中深色', '深色'],
  emojiFound: (count) => `找到 ${count} 个表情`,
  noEmoji: '没有找到表情。',
  emojiLoading: '正在加载表情…',
  emojiFailed: '表情加载失败。',

  kickedElsewhere: '账号已在其它地方登录，当前会话已断开。',
  openElsewhere: '聊天已在另一个标签页中打开。',
  kickedByAdministrator: '已被管理员移出聊天，当前会话已断开。',
  kickedOtherwise: (code) => `服务器已结束当前会话（代码 ${code}）。`,
  reason: (text) => `原因：${text}`,
  useHere: '在此处使用',
  refused: (code) => `服务器拒绝了登录（代码 ${code}）。`,

  showAll: '展开全文',
  showLess: '收起',
  image: '图片',
  openImage: (name) => `打开图片 ${name}`,
  imageFailed: '图片加载失败。',
  imageElsewhere: (host) => `${host} 上的图片`,
  close: '关闭',
  zoomIn: '放大',
  zoomOut: '缩小',
  play: '播放语音',
  pause: '暂停',
  position: '播放位置',
  ofTime: (at, whole) => `${at}，共 ${whole}`,
  speed: (times) => `速度 ${times}`,
  voiceFailed: '语音加载失败。',
  voiceElsewhere: (host) => `${host} 上的语音`,

  cannotStart: '聊天无法启动',
  notes: {
    transport: '消息通过 WebSocket（MobileIMSDK）传输',
    notKept: '此设备无法保存消息，关闭页面后，尚未送达的内容会丢失。',
    gap: '这里可能缺少消息。',
    filling: '正在加载可能缺少的消息…',
    older: '正在加载更早的消息…',
    olderFailed: '更早的消息加载失败。',
  },
};

/** As WeChat writes it. */
function clock(time: Date): string {
  const hour = time.getUTCHours();
  const part = hour < 6 ? '凌晨' : hour < 12 ? '上午' : hour < 13 ? '中午' : hour < 18 ? '下午' : '晚上';
  return `${part}${twoDigits(hour)}:${twoDigits(time.getUTCMinutes())}`;
}

function date(time: Date, sameYear: boolean): string {
  const day = `${time.getUTCMonth() + 1}月${time.getUTCDate()}日`;
  return sameYear ? day : `${twoDigits(time.getUTCFullYear() % 100)}年${day}`;
}

function twoDigits(number: number): string {
  return `${number}`.padStart(2, '0');
}
