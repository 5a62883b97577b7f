import type { NamedField } from './field-errors.ts'

/** A user name, under a key such as `new_username`: that it is taken is told in the words of Django's own user. */
export const uniqueUsername = (name: string): NamedField => ({
  name,
  sentence: ({ code }, { fields }) => (code === 'taken' ? fields.usernameTaken : null),
})

/** Any other field that no two users may share; `label` is what the sentence calls it. */
export const uniqueField = (name: string, label: string = name.replaceAll('_', ' ')): NamedField => ({
  name,
  sentence: ({ code }, { fieldErrors }) =>
    code === 'taken' ? fieldErrors.taken({ model: 'user', field: label }) : null,
})

/** An address, under a key such as `new_email`. */
export const uniqueEmail = (name: string): NamedField => uniqueField(name, 'email address')
