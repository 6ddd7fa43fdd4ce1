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
    Array.isArray(value) && value.every(check);

/** Plain data with these properties; others are not looked at. */
export const shape =
  (properties: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(properties).every(([key, check]) => check((value as Record<string, unknown>)[key]));
