const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '=': '\\u003d',
  "'": '\\u0027',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON text of a flat object as the Java server's Gson writes it: nulls left out, characters of HTML escaped. */
export function gson(value: Readonly<Record<string, string | number | boolean | null>>): string {
  const present = Object.entries(value).filter(([, member]) => member !== null);
  return JSON.stringify(Object.fromEntries(present)).replace(/[<>&='\u2028\u2029]/g, (char) => escapes[char] ?? char);
}
