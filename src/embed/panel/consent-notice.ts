import { button, make } from '../make.js';
import type { PanelTexts } from './panel-texts.js';

/** Attributes of the launcher on which it depends. */
export const NOTICED = ['locale', 'server-url', 'history'];

/** What is asked before anything is stored or connected. */
export function consentNotice(
  texts: PanelTexts,
  { server, keeps, close, answer }: { server: string; keeps: boolean; close: Node; answer: (agrees: boolean) => void },
): HTMLElement {
  const heading = make('h2', '', texts.consentTitle);
  const notice = make(
    'div',
    'consent',
    close,
    heading,
    make('p', '', texts.consentText(hostOf(server))),
    ...(keeps ? [Object.assign(make('p', '', texts.consentKept), { className: 'quiet' })] : []),
    button('agree', () => answer(true), texts.agree),
    button('decline', () => answer(false), texts.decline),
  );
  return notice;
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    // The window will say what is wrong with it.
    return address;
  }
}
