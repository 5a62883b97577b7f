import { type FieldReader, textField } from './fields.ts'

/** Code points. */
const NAME_LENGTH = 150

const personName = (label: string): FieldReader =>
  textField({ label, required: false, allowBlank: true, maxLength: NAME_LENGTH })

/** Readers for the two names that nobody needs to have. */
export const personNameFields: { readonly first: FieldReader; readonly last: FieldReader } = {
  first: personName('First name'),
  last: personName('Last name'),
}
