const { crypto } = globalThis;

/** A random UUID; 128 random bits in the same form where `randomUUID` is missing: browsers have it in secure contexts only. */
export function newId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  const hex = bytes.map((byte) => (byte + 256).toString(16).slice(1)).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
