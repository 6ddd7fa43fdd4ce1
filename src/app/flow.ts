/** What is wrong with a login, to be said at its form. */
export type LoginTrouble =
  | { readonly kind: 'account' | 'reserved' | 'password' }
  | { readonly kind: 'refused'; readonly code: number }
  /** The chat cannot start at all, and why. */
  | { readonly kind: 'broken'; readonly why: string };

/**
 * Where somebody is in the app:
 * - `splash`: the logo, for a moment; `privacy`: what the chat asks for, and, once `declined`, that it cannot be used without;
 * - `login`: the form; `entering`: the server was asked, and is `late` after some seconds;
 * - `chat`: in; the window says by itself when the server ends the session. `left`: out, on purpose.
 *
 * Only `entering` and `chat` have a window, and so a connection. There is no place for a password.
 */
export type Flow =
  | { readonly name: 'splash' }
  | { readonly name: 'privacy'; readonly declined: boolean }
  | { readonly name: 'login'; readonly account: string; readonly trouble?: LoginTrouble }
  | { readonly name: 'entering'; readonly account: string; readonly late: boolean }
  | { readonly name: 'chat'; readonly account: string }
  | { readonly name: 'left'; readonly account: string };

export type FlowEvent =
  /** The splash has been seen. */
  | { readonly type: 'seen' }
  | { readonly type: 'agree' | 'decline' | 'reopen' }
  /** Something in the form: what was wrong may be right now. */
  | { readonly type: 'typed' }
  | { readonly type: 'submit'; readonly account: string; readonly hasPassword: boolean }
  | { readonly type: 'connected' | 'late' | 'cancel' }
  | { readonly type: 'refused'; readonly code: number }
  | { readonly type: 'broken'; readonly why: string }
  /** Out, to the login; in again, as whoever; out, for good. */
  | { readonly type: 'logout' | 'again' | 'leave' }
  /** The page has changed what the {@link Rules} are made of. */
  | { readonly type: 'configured' };

/** What the page wants, and what the device remembers. */
export interface Rules {
  readonly splash: boolean;
  /** Whether consent is required, and was not given yet. */
  readonly asks: boolean;
  /** Whether the page says who it is: nobody logs in. */
  readonly isKnown: boolean;
  /** Who logged in last; empty: nobody. */
  readonly account: string;
}

/** Ids of the protocol itself: the server, and nobody. */
const RESERVED = ['0', '-1'];

export function firstStep(rules: Rules): Flow {
  return rules.splash ? { name: 'splash' } : way(rules);
}

/** What comes next. An event that means nothing here leaves everything as it is: the same value. */
export function nextStep(flow: Flow, event: FlowEvent, rules: Rules): Flow {
  if (event.type === 'configured') return configured(flow, rules);
  switch (flow.name) {
    case 'splash':
      return event.type === 'seen' ? way(rules) : flow;
    case 'privacy':
      if (flow.declined) return event.type === 'reopen' ? { ...flow, declined: false } : flow;
      if (event.type === 'agree') return way({ ...rules, asks: false });
      return event.type === 'decline' ? { ...flow, declined: true } : flow;
    case 'login':
      if (event.type === 'typed' && flow.trouble) return { name: 'login', account: flow.account };
      return event.type === 'submit' ? submitted(event) : flow;
    case 'entering':
      return entering(flow, event);
    case 'chat':
      if (event.type === 'leave') return { ...flow, name: 'left' };
      if (event.type === 'logout') return rules.isKnown ? { ...flow, name: 'left' } : { ...flow, name: 'login' };
      return event.type === 'again' && !rules.isKnown ? { ...flow, name: 'login' } : flow;
    case 'left':
      return event.type === 'again' ? way({ ...rules, account: flow.account || rules.account }) : flow;
  }
}

/** Whether there is a window, and with it a connection. */
export function hasWindow({ name }: Flow): boolean {
  return name === 'entering' || name === 'chat';
}

/** Who is meant; empty where nobody is, or the page says so. */
export function accountOf(flow: Flow): string {
  return 'account' in flow ? flow.account : '';
}

function way({ asks, isKnown, account }: Rules): Flow {
  if (asks) return { name: 'privacy', declined: false };
  return isKnown ? { name: 'chat', account: '' } : { name: 'login', account };
}

function configured(flow: Flow, rules: Rules): Flow {
  switch (flow.name) {
    case 'splash':
      return rules.splash ? flow : way(rules);
    case 'privacy':
      return rules.asks ? flow : way(rules);
    case 'left':
      return rules.asks ? way(rules) : flow;
    default: {
      const isKnown = flow.name === 'chat' && flow.account === '';
      // Somebody who has logged in stays who they are.
      return rules.asks || rules.isKnown !== isKnown ? way(rules) : flow;
    }
  }
}

function submitted({ account: typed, hasPassword }: Extract<FlowEvent, { type: 'submit' }>): Flow {
  const account = typed.trim();
  const kind = !account ? 'account' : RESERVED.includes(account) ? 'reserved' : !hasPassword && 'password';
  return kind ? { name: 'login', account, trouble: { kind } } : { name: 'entering', account, late: false };
}

function entering(flow: Extract<Flow, { name: 'entering' }>, event: FlowEvent): Flow {
  const { account, late } = flow;
  switch (event.type) {
    case 'connected':
      return { name: 'chat', account };
    case 'late':
      return late ? flow : { ...flow, late: true };
    // Again.
    case 'submit':
      return late ? { ...flow, late: false } : flow;
    case 'cancel':
    case 'logout':
      return { name: 'login', account };
    case 'refused':
      return { name: 'login', account, trouble: { kind: 'refused', code: event.code } };
    case 'broken':
      return { name: 'login', account, trouble: { kind: 'broken', why: event.why } };
    default:
      return flow;
  }
}
