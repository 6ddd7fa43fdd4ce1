import { html, LitElement } from 'lit';

/** An element of somebody else's, with the Lit that its page has. */
class OwnLit extends LitElement {
  protected override render() {
    return html`<p>Lit of the ${'page'}</p>`;
  }
}

customElements.define('own-lit', OwnLit);
