import { restRegistrationMessagesFor } from '../../messages/rest-registration/catalogues.ts'
import type { NamedField } from '../drf/field-errors.ts'
import { type FieldReader, passwordField } from '../drf/fields.ts'

/** The second entry of a new password, where the site wants one. */
export const confirmReader = (isAsked: boolean): Readonly<Record<string, FieldReader>> =>
  isAsked ? { password_confirm: passwordField({ label: 'Password confirm' }) } : {}

/** What is told of one that is another. */
export const passwordConfirm: NamedField = {
  name: 'password_confirm',
  sentence: (_, { language }) => restRegistrationMessagesFor(language).fields.passwordsDiffer,
}
