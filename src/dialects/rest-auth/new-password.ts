import type { FieldNames } from '../drf/field-errors.ts'
import { type FieldReader, passwordField } from '../drf/fields.ts'
import type { RestAuthSettings } from './settings.ts'
import { doorWords, said } from './words.ts'

/** Code points, of everything that is typed as a password beside registration and log-in. */
export const PASSWORD_LENGTH = 128

/** A new password, and the same once more. */
export const newPasswordReaders: Readonly<Record<string, FieldReader>> = {
  new_password1: passwordField({ label: 'New password1', maxLength: PASSWORD_LENGTH }),
  new_password2: passwordField({ label: 'New password2', maxLength: PASSWORD_LENGTH }),
}

/** All that is wrong with it is told under its repetition. */
export const newPasswordNames = (settings: RestAuthSettings): FieldNames => ({
  newPassword: 'new_password2',
  newPasswordAgain: {
    name: 'new_password2',
    sentence: (_, { language }) => said(settings, doorWords(settings, language).passwords.differ),
  },
})

/** Two that differ are not judged any further. */
export const NEW_PASSWORD_STEPS = [['newPasswordAgain'], ['newPassword']] as const
