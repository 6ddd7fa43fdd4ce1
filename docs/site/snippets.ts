/** Names and values of the attributes that are not at their defaults, in the form's order. */
export type Attributes = ReadonlyMap<string, string>;

/** Forms of what is pasted into a page. One more is one more entry here, and its name in the texts. */
export const snippets = {
  element: (attributes: Attributes): string => {
    const lines = [...attributes].map(
      ([name, value]) => `\n  ${name}${value === '' ? '' : `="${escapeAttribute(value)}"`}`,
    );
    return `<script type="module" src="/harmonychat.bundle.js"></script>\n<chat-window${lines.join('')}\n></chat-window>`;
  },
  script: (attributes: Attributes): string => {
    const lines = [...attributes].map(([name, value]) => `\n        data-${name}="${escapeAttribute(value)}"`);
    return `<script async src="/harmonychat.js"${lines.join('')}></script>`;
  },
} as const;

function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
