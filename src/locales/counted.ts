/** The forms of a text with a number in it (`#`), by the categories of `Intl.PluralRules`; `other` is for those that are missing. */
type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** Gives the text for a number, in the form and with the digits of a language. */
export function counted(locale: string, forms: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(locale);
  const digits = new Intl.NumberFormat(locale);
  return (count) => (forms[rules.select(count)] ?? forms.other).replace('#', digits.format(count));
}
