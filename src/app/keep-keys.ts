/** What is typed into a field is not meant for the page's shortcuts; Escape, Tab and keys with Ctrl and the like are. */
export function keepKeys(event: KeyboardEvent): void {
  const { key, altKey, ctrlKey, metaKey } = event;
  const [target] = event.composedPath();
  const isTyped = !altKey && !ctrlKey && !metaKey && key !== 'Escape' && key !== 'Tab';
  if (isTyped && target instanceof HTMLInputElement) event.stopPropagation();
}
