/** What the document itself has of this name: an element of the page with the name would be found before it. */
export function own<Name extends keyof Document>(name: Name): Document[Name] {
  const value = Reflect.get(Document.prototype, name, document);
  return typeof value === 'function' ? value.bind(document) : value;
}
