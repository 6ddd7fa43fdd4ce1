/**
 * What is typed into a field is not meant for the page's shortcuts. Outside of the shadow tree it would not even seem to come from a
 * field, which is what shortcuts leave alone. Escape, Tab and keys with Ctrl and the like are: a panel may be closed by them.
 */
export function keepKeys(event: KeyboardEvent): void {
  const { key, altKey, ctrlKey, metaKey } = event;
  const isTyped = !altKey && !ctrlKey && !metaKey && key !== 'Escape' && key !== 'Tab';
  if (isTyped && (event.composedPath()[0] as Element).matches('input, textarea')) event.stopPropagation();
}
