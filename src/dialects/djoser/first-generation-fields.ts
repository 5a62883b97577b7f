import type { AccountField } from '../drf/account-object.ts'
import { declaredField } from '../drf/declared-field.ts'
import type { FieldSet } from '../drf/field-set.ts'
import { emailField, type FieldReader, passwordField, type TextOptions, textField } from '../drf/fields.ts'
import { serializer } from '../drf/serializer.ts'
import type { DjoserModel } from './model.ts'
import type { DjoserSettings } from './settings.ts'

/** What each endpoint of 0.x reads. */
export interface FirstGenerationFields {
  readonly register: FieldSet
  readonly login: FieldSet
  readonly replaceMe: FieldSet
  readonly changeMe: FieldSet
  readonly activation: FieldSet
  readonly setUsername: FieldSet
  readonly setPassword: FieldSet
  readonly passwordReset: FieldSet
  readonly passwordResetConfirm: FieldSet
}

type Readers = Readonly<Record<string, FieldReader>>

/** In code points: the user name of the Django that 0.x ran on. */
const USERNAME_LENGTH = 30

export function firstGenerationFields(settings: DjoserSettings): FirstGenerationFields {
  const { model } = settings
  const { usernameField: key } = model
  const username = usernameReader(model)
  const newUsername = { [`new_${key}`]: username, current_password: secret('Current password') }
  const newPassword = { new_password: secret('New password') }
  const mailed = { uid: text('Uid'), token: text('Token') }
  return {
    register: withoutBody(serializer({ ...modelReaders(model), [key]: username, password: secret() })),
    login: serializer({ [key]: text(key), password: secret() }),
    replaceMe: withoutBody(serializer(modelReaders(model))),
    changeMe: withoutBody(serializer(modelReaders(model), { isPartial: true })),
    activation: serializer(mailed),
    setUsername: serializer({
      ...newUsername,
      ...(settings.setUsernameRetype ? { [`re_new_${key}`]: text(key) } : {}),
    }),
    setPassword: serializer({
      ...newPassword,
      current_password: secret('Current password'),
      ...again(settings.setPasswordRetype),
    }),
    passwordReset: serializer({ email: email() }),
    passwordResetConfirm: serializer({ ...mailed, ...newPassword, ...again(settings.passwordResetConfirmRetype) }),
  }
}

/** Nothing is trimmed, and by its words an empty text is none. */
const text = (label: string, options: Omit<TextOptions, 'label' | 'trim'> = {}): FieldReader =>
  textField({ label, trim: false, ...options })

const secret = (label = 'Password'): FieldReader => passwordField({ label, trim: false })

const email = (isRequired = true): FieldReader =>
  emailField({ label: 'Email address', trim: false, ...must(isRequired) })

const must = (required: boolean): Pick<TextOptions, 'required' | 'allowBlank' | 'allowNull'> =>
  required ? {} : { required, allowBlank: true, allowNull: true }

const again = (isAsked: boolean): Readers => (isAsked ? { re_new_password: secret('New password again') } : {})

/** Only its length, for the command judges its characters once nothing else is wrong. */
function usernameReader({ usernameField, usernameMaxLength }: DjoserModel): FieldReader {
  if (usernameField === 'email') return email()
  return text('Username', { maxLength: Math.min(USERNAME_LENGTH, usernameMaxLength) })
}

function modelReaders(model: DjoserModel): Readers {
  const fields = model.requiredFields.filter(({ definition }) => definition?.writable !== false)
  return Object.fromEntries(fields.map((field) => [field.wireName, modelReader(model, field)]))
}

function modelReader({ isEmailRequired }: DjoserModel, { name, wireName, definition }: AccountField): FieldReader {
  if (name === 'email') return email(isEmailRequired)
  // Django's first and last names may be blank.
  if (definition === null) return text(wireName, { required: false, allowBlank: true })
  if (definition.kind !== 'text') return declaredField(wireName, definition, 'create')
  const { required, maxLength } = definition
  return text(wireName, { ...must(required), ...(maxLength === undefined ? {} : { maxLength }) })
}

/** `null` in place of an object counts as an empty one, here alone. */
function withoutBody(fields: FieldSet): FieldSet {
  return { ...fields, read: (data, words) => fields.read(data.value === null ? { ...data, value: {} } : data, words) }
}
