import { normalizeUsername } from '../../model/identifier.ts'
import { declaredFields } from '../drf/declared-fields.ts'
import type { FieldSet } from '../drf/field-set.ts'
import { emailField, type FieldReader, passwordField, textField, usernameField } from '../drf/fields.ts'
import type { DoorParts } from './door-parts.ts'
import { ruledUsername } from './ruled-username.ts'
import type { RestAuthSettings } from './settings.ts'

/** What somebody sends who registers. A site's own form may ask for anything, but user names keep to the rules. */
export function registrationFields(parts: DoorParts): FieldSet {
  const { settings } = parts
  const { user, schemas, usernameRules } = settings
  const username = registrationName(settings, usernameRules)
  const fields = parts.input('register', {
    ...declaredFields(user.fields, 'create'),
    ...(user.username === 'none' ? {} : { username }),
    email: registrationEmail(settings),
    password1: passwordField({ label: 'Password1' }),
    password2: passwordField({ label: 'Password2' }),
  })
  return schemas.register === undefined ? fields : withNameRules(fields, username)
}

/** At registration an address must be one that can be kept; elsewhere one that is too long is just nobody's. */
export const registrationEmail = (
  { signup }: Pick<RestAuthSettings, 'signup'>,
  { maxLength = 254 }: { readonly maxLength?: number | null } = {},
): FieldReader => emailField({ label: 'Email', required: signup.isEmailRequired, maxLength })

/** Its length is told before its characters, and these before what the site does not want. */
export function registrationName(
  settings: RestAuthSettings,
  { minLength }: Pick<RestAuthSettings['usernameRules'], 'minLength'>,
): FieldReader {
  const { maxLength, preservesCasing } = settings.usernameRules
  const limited = textField({ label: 'Username', required: settings.signup.isUsernameRequired, minLength, maxLength })
  const ruled = ruledUsername(settings, usernameField({ label: 'Username' }))
  return {
    ...limited,
    read(value, how) {
      const read = limited.read(value, how)
      if (typeof read.value !== 'string') return read
      return ruled.read(preservesCasing ? read.value : normalizeUsername(read.value).toLowerCase(), how)
    },
  }
}

function withNameRules(own: FieldSet, name: FieldReader): FieldSet {
  return {
    fields: own.fields,
    async read(data, words) {
      const { values, errors } = await own.read(data, words)
      const { username, ...others } = values
      if (username === undefined) return { values, errors }
      const judged = name.read(username, { words, isForm: false })
      if (judged.errors.length === 0) return { values: { ...others, username: judged.value }, errors }
      return { values: others, errors: { ...errors, username: judged.errors } }
    },
  }
}
