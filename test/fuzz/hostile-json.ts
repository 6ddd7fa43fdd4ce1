import fc from 'fast-check';

/** Stands for the fingerprint of a message of our own that is under way; the world puts it in. */
export const OWN = '$own$';

/** Names that mean something to every object; as keys, as fingerprints and as ids. */
export const loadedNames = ['__proto__', 'constructor', 'prototype', 'toString', 'toJSON', 'hasOwnProperty', 'valueOf'];

const poison = '{"polluted":true,"toString":null,"__proto__":{"polluted":true}}';

const nested = (open: string, inner: string, close: string, depth: number): string =>
  open.repeat(depth) + inner + close.repeat(depth);

/** JSON, or nearly, that no field wants: the wrong type, the wrong size, or a trap. */
export const hostileValues: readonly string[] = [
  ...['null', 'true', 'false', '0', '-0', '1', '2', '-1', '1.5', '4294967296', '9007199254740991', '9007199254740993'],
  ...['1e15', '1e16', '1e308', '1e999', '-1e999', '5e-324', `1${'0'.repeat(400)}`, `0.${'0'.repeat(400)}1`],
  ...[
    '""',
    '" "',
    '"2"',
    '"-1"',
    '" 2"',
    '"0x2"',
    '"1e3"',
    '"true"',
    '"TRUE"',
    '"null"',
    '"alice"',
    '"bob"',
    '"0"',
    `"${OWN}"`,
  ],
  ...['[]', '[2]', '["alice"]', '[[[]]]', '{}', '{"a":1}', '{"length":3}', '{"valueOf":1}', '{"toString":"alice"}'],
  ...[
    '"\ud800"',
    '"\udc00\ud800"',
    '"\\ud800"',
    '"\\udfff\\u0000"',
    '"\\u0000"',
    '"\\ufeff"',
    '"\ufeff"',
    '"\u2028\u2029"',
  ],
  ...['"a\\u202eb"', '"\\u001b[2J"', `"${'x'.repeat(128)}"`, `"${'x'.repeat(129)}"`, `"${'é'.repeat(128)}"`],
  ...loadedNames.map((name) => `"${name}"`),
  ...loadedNames.map((name) => `{"${name}":${poison}}`),
  `{"constructor":{"prototype":${poison}}}`,
  `[{"a":[{"__proto__":${poison}}]}]`,
  ...[
    '"{}"',
    '"[]"',
    '"null"',
    '"{\\"code\\":0}"',
    '"{\\"code\\":0,\\"firstLoginTime\\":-5}"',
    '"{\\"errorCode\\":301}"',
  ],
  // Not JSON at all.
  ...[
    '',
    'undefined',
    'NaN',
    '-Infinity',
    '01',
    '+1',
    '.5',
    '1.',
    '0x10',
    "'a'",
    '"',
    '"\u0000"',
    '"\n"',
    '"\\x41"',
    '{',
    ']',
    '\ufeff1',
  ],
];

/** Too large to be tried with everything: they are rare guests. */
export const hugeValues: readonly string[] = [
  nested('[', '', ']', 10_000),
  nested('{"a":', '1', '}', 10_000),
  nested('{"__proto__":', poison, '}', 10_000),
  nested('[', '', '', 10_000),
  nested('[', '', ']', 100_000),
  `"${'\\u0000'.repeat(5_000)}"`,
  `"${'x'.repeat(70_000)}"`,
  `"${'\ud800'.repeat(70_000)}"`,
  `"${'x'.repeat(600_000)}"`,
  `[${'0,'.repeat(5_000)}0]`,
  `{${Array.from({ length: 2_000 }, (_, i) => `"k${i}":${i}`)}}`,
];

/** Text of a value: mostly one of the traps, else any JSON, seldom a huge one. */
export const hostileValue: fc.Arbitrary<string> = fc.oneof(
  { weight: 120, arbitrary: fc.constantFrom(...hostileValues) },
  { weight: 40, arbitrary: fc.json({ maxDepth: 4, noUnicodeString: false }) },
  { weight: 40, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.constantFrom(...hugeValues) },
);

/** A value with keys that are traps, at some depth. */
export const trappedValue: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom(...loadedNames, 'a', 'dataContent'), { minLength: 1, maxLength: 6 }),
    hostileValue,
    fc.boolean(),
  )
  .map(([path, value, inList]) =>
    path.reduce((inner, key) => (inList ? `[{"${key}":${inner}}]` : `{"${key}":${inner}}`), value),
  );
