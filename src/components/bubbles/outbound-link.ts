import { html, nothing } from 'lit';

/** What a link may be besides a link. */
interface LinkOptions {
  /** Default: `link`. */
  readonly part?: string;
  /** Default: none. */
  readonly className?: string;
  /** The name under which it is kept, where the browser downloads it: if it is of the page's own origin. */
  readonly download?: string;
}

/** A link to something that somebody else has named: it learns neither of the page nor who sends the reader. */
export function outboundLink(href: string, content: unknown, { part = 'link', className, download }: LinkOptions = {}) {
  return html`<a
    part=${part}
    class=${className ?? nothing}
    href=${href}
    download=${download ?? nothing}
    target="_blank"
    rel="noopener noreferrer nofollow ugc"
    >${content}</a
  >`;
}

/** The host of an address that is not of this page, for whoever wants to know before they follow it. Else empty. */
export function foreignHost(url: string): string {
  const { origin, host } = new URL(url);
  return origin === globalThis.location?.origin ? '' : host;
}
