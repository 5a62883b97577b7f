/** The forms of one noun, by what the rules of the language call them; `other` stands in for those it does not have. */
export type NounForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string }

/**
 * A count with its noun, in the form that the count takes in a language: `1 character`, `8 characters`.
 *
 * The number itself is written with ASCII digits and without separators, as in the original.
 *
 * @param language whose rules hold, BCP 47; a catalogue under a tag of its own names the language that it is written in
 */
export function counted(language: string, forms: NounForms): (count: string | number) => string {
  // Made at the first use: a program rarely speaks all of its languages, and the rules of one take half a megabyte.
  let rules: Intl.PluralRules | undefined
  return (count) => {
    rules ??= new Intl.PluralRules(language)
    return `${count} ${forms[rules.select(Number(count))] ?? forms.other}`
  }
}
