/** What every object of a page inherits from, and what the client calls. */
const watched: readonly object[] = [
  ...[Object, Array, String, Number, Boolean, Function, Symbol, Map, Set, WeakMap, Promise, Date, RegExp, Error],
  ...[SyntaxError, TypeError, RangeError, EventTarget, Event, AbortController, AbortSignal, Uint8Array, ArrayBuffer],
].flatMap((builtIn) => [builtIn, builtIn.prototype as object]);
const all = [...watched, JSON, Reflect, Math, Object.getPrototypeOf(Uint8Array.prototype) as object];

interface Member {
  readonly owner: object;
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor | undefined;
}

/** The built-in objects as they were when this was made. */
export class Prototypes {
  readonly #members: readonly Member[] = all.flatMap((owner) =>
    Reflect.ownKeys(owner).map((key) => ({ owner, key, descriptor: Object.getOwnPropertyDescriptor(owner, key) })),
  );
  readonly #parents = all.map((owner) => Object.getPrototypeOf(owner) as unknown);
  readonly #counts = all.map((owner) => Reflect.ownKeys(owner).length);

  /** What has changed since, in words; undefined if nothing has. */
  changed(): string | undefined {
    for (const [i, owner] of all.entries()) {
      if (Reflect.ownKeys(owner).length !== this.#counts[i]) return `${describe(owner)} has other keys`;
      if (Object.getPrototypeOf(owner) !== this.#parents[i]) return `${describe(owner)} inherits from something else`;
    }
    for (const { owner, key, descriptor } of this.#members) {
      const now = Object.getOwnPropertyDescriptor(owner, key);
      const isSame =
        Object.is(now?.value, descriptor?.value) && now?.get === descriptor?.get && now?.set === descriptor?.set;
      if (!isSame) return `${describe(owner)}.${String(key)} is another`;
    }
    return undefined;
  }
}

function describe(owner: object): string {
  return typeof owner === 'function' ? owner.name : `${owner.constructor.name}.prototype`;
}
