import { html } from 'lit';

/** A link to something that somebody else has named: it learns neither of the page nor who sends the reader. */
export function outboundLink(href: string, content: unknown, part = 'link') {
  return html`<a part=${part} href=${href} target="_blank" rel="noopener noreferrer nofollow ugc">${content}</a>`;
}

/** The host of an address that is not of this page, for whoever wants to know before they follow it. Else empty. */
export function foreignHost(url: string): string {
  const { origin, host } = new URL(url);
  return origin === globalThis.location?.origin ? '' : host;
}
