/** The text of a style sheet, for elements without Lit. The build takes its white space out by this name. */
export const css = (parts: TemplateStringsArray): string => parts.join('');

/** A style sheet by script: pages forbid `<style>`, not this. */
export function sheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
