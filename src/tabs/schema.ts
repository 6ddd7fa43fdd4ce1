/** Whether a value has the shape that is expected of it. What comes from another page may be anything. */
export type Check = (value: unknown) => boolean;

export const isString: Check = (value) => typeof value === 'string';
export const isBoolean: Check = (value) => typeof value === 'boolean';
export const isNumber: Check = (value) => Number.isFinite(value);
export const isAny: Check = () => true;

export const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);

export const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

export const arrayOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && [...value].every(check);

/** Properties of any name, each like this. */
export const mapOf =
  (check: Check): Check =>
  (value) =>
    typeof value === 'object' && value !== null && Object.values(value).every(check);

/** Plain data with these properties and no others: they could be endless, or their own owners. */
export const shape =
  (properties: Readonly<Record<string, Check>>): Check =>
  (value) =>
    mapOf(isAny)(value) &&
    Object.keys({ ...properties, ...(value as object) }).every(
      (key) => Object.hasOwn(properties, key) && properties[key]?.((value as Record<string, unknown>)[key]),
    );
