/** What the panel says, in one language. What the chat says is in its `Strings`. */
export interface PanelTexts {
  readonly close: string;
  /** The button that takes the last message away from beside the launcher. */
  readonly dismiss: string;
  readonly consentTitle: string;
  /** @param host of the server */
  readonly consentText: (host: string) => string;
  readonly consentKept: string;
  readonly agree: string;
  readonly decline: string;
}

const en: PanelTexts = {
  close: 'Close the chat',
  dismiss: 'Hide this message',
  consentTitle: 'Before we chat',
  consentText: (host) => `What you write is sent to ${host}.`,
  consentKept: 'The conversation is kept on this device. Nothing has been sent or stored so far.',
  agree: 'Agree and chat',
  decline: 'No, thanks',
};

/** By language, and script. */
export const panelTexts: Readonly<Record<string, PanelTexts>> & { readonly en: PanelTexts } = {
  en,
  zh: {
    close: '关闭聊天',
    dismiss: '隐藏此消息',
    consentTitle: '开始聊天之前',
    consentText: (host) => `您输入的内容将发送到 ${host}。`,
    consentKept: '聊天记录会保存在此设备上。目前尚未发送或保存任何内容。',
    agree: '同意并开始聊天',
    decline: '不，谢谢',
  },
  'zh-Hant': {
    close: '關閉聊天',
    dismiss: '隱藏此訊息',
    consentTitle: '開始聊天之前',
    consentText: (host) => `您輸入的內容將傳送到 ${host}。`,
    consentKept: '聊天記錄會儲存在此裝置上。目前尚未傳送或儲存任何內容。',
    agree: '同意並開始聊天',
    decline: '不，謝謝',
  },
  ja: {
    close: 'チャットを閉じる',
    dismiss: 'このメッセージを隠す',
    consentTitle: 'チャットを始める前に',
    consentText: (host) => `入力した内容は ${host} に送信されます。`,
    consentKept: '会話はこの端末に保存されます。まだ何も送信・保存されていません。',
    agree: '同意してチャットを始める',
    decline: '同意しない',
  },
  ko: {
    close: '채팅 닫기',
    dismiss: '이 메시지 숨기기',
    consentTitle: '채팅을 시작하기 전에',
    consentText: (host) => `입력한 내용은 ${host}(으)로 전송됩니다.`,
    consentKept: '대화는 이 기기에 저장됩니다. 아직 아무것도 전송되거나 저장되지 않았습니다.',
    agree: '동의하고 채팅하기',
    decline: '동의하지 않음',
  },
  de: {
    close: 'Chat schließen',
    dismiss: 'Diese Nachricht ausblenden',
    consentTitle: 'Bevor wir chatten',
    consentText: (host) => `Was Sie schreiben, wird an ${host} gesendet.`,
    consentKept: 'Das Gespräch wird auf diesem Gerät gespeichert. Bisher wurde nichts gesendet oder gespeichert.',
    agree: 'Zustimmen und chatten',
    decline: 'Nein, danke',
  },
  fr: {
    close: 'Fermer le chat',
    dismiss: 'Masquer ce message',
    consentTitle: 'Avant de discuter',
    consentText: (host) => `Ce que vous écrivez est envoyé à ${host}.`,
    consentKept: 'La conversation est conservée sur cet appareil. Rien n’a encore été envoyé ni enregistré.',
    agree: 'Accepter et discuter',
    decline: 'Non, merci',
  },
  es: {
    close: 'Cerrar el chat',
    dismiss: 'Ocultar este mensaje',
    consentTitle: 'Antes de chatear',
    consentText: (host) => `Lo que escriba se envía a ${host}.`,
    consentKept: 'La conversación se guarda en este dispositivo. Hasta ahora no se ha enviado ni guardado nada.',
    agree: 'Aceptar y chatear',
    decline: 'No, gracias',
  },
  pt: {
    close: 'Fechar o chat',
    dismiss: 'Ocultar esta mensagem',
    consentTitle: 'Antes de conversar',
    consentText: (host) => `O que você escreve é enviado para ${host}.`,
    consentKept: 'A conversa fica guardada neste dispositivo. Até agora nada foi enviado nem guardado.',
    agree: 'Concordar e conversar',
    decline: 'Não, obrigado',
  },
  ru: {
    close: 'Закрыть чат',
    dismiss: 'Скрыть это сообщение',
    consentTitle: 'Прежде чем начать',
    consentText: (host) => `То, что вы пишете, отправляется на ${host}.`,
    consentKept: 'Переписка хранится на этом устройстве. Пока ничего не отправлено и не сохранено.',
    agree: 'Согласиться и начать',
    decline: 'Нет, спасибо',
  },
  ar: {
    close: 'إغلاق الدردشة',
    dismiss: 'إخفاء هذه الرسالة',
    consentTitle: 'قبل أن نبدأ الدردشة',
    consentText: (host) => `ما تكتبه يُرسَل إلى \u2068${host}\u2069.`,
    consentKept: 'تُحفظ المحادثة على هذا الجهاز. لم يُرسَل أو يُحفظ شيء حتى الآن.',
    agree: 'أوافق وأبدأ الدردشة',
    decline: 'لا، شكرًا',
  },
  he: {
    close: 'סגירת הצ׳אט',
    dismiss: 'הסתרת ההודעה',
    consentTitle: 'לפני שמתחילים',
    consentText: (host) => `מה שנכתב כאן נשלח אל \u2068${host}\u2069.`,
    consentKept: 'השיחה נשמרת במכשיר הזה. עד כה לא נשלח ולא נשמר דבר.',
    agree: 'הסכמה והתחלת שיחה',
    decline: 'לא, תודה',
  },
};
