/** What is typed into a field concerns no shortcut of the page. */
export function keepKeys(event: KeyboardEvent): void {
  const [target] = event.composedPath();
  if (target instanceof HTMLInputElement) event.stopPropagation();
}
