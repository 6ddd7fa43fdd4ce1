/**
 * The document with what it has itself: on `document` an element of the page comes first that has such a name
 * (`<form name="createElement">`). It is no node, and not to be handed over as one.
 */
export const ownDocument = new Proxy({} as Document, {
  get: (_, name) => {
    const value: Partial<CallableFunction> | null = Reflect.get(Document.prototype, name, document);
    return value?.bind?.(document) ?? value;
  },
});
