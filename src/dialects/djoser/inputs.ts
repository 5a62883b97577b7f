import type { FieldSet } from '../drf/field-set.ts'
import { emailField, type FieldReader, passwordField, textField } from '../drf/fields.ts'
import { replacedInput } from '../drf/replaced-input.ts'
import { serializer } from '../drf/serializer.ts'
import { loginReader, profileReaders, registrationReaders } from './account-fields.ts'
import type { DjoserInput } from './options.ts'
import type { DjoserSettings } from './settings.ts'

/** What each endpoint of 2.x reads; `user` and `currentUser` without the parts that may be missing. */
export type Inputs = { readonly [K in DjoserInput]: FieldSet } & {
  /** For `PATCH`. */
  readonly userPart: FieldSet
  readonly currentUserPart: FieldSet
}

export function inputsOf(settings: DjoserSettings): Inputs {
  const { model, schemas } = settings
  const own = (name: DjoserInput, readers: Readonly<Record<string, FieldReader>>): FieldSet =>
    replacedInput(schemas[name]) ?? serializer(readers)
  const whole = profileReaders(model, 'create')
  const part = serializer(profileReaders(model, 'update'), { isPartial: true })
  return {
    userCreate: own('userCreate', {
      ...registrationReaders(model),
      password: passwordField({ label: 'Password' }),
      ...again(settings.userCreatePasswordRetype, 're_password', PASSWORD_AGAIN),
    }),
    user: own('user', whole),
    userPart: replacedInput(schemas.user) ?? part,
    currentUser: own('currentUser', whole),
    currentUserPart: replacedInput(schemas.currentUser) ?? part,
    userDelete: own('userDelete', CURRENT_PASSWORD),
    activation: own('activation', CODE),
    resendActivation: own('resendActivation', EMAIL),
    passwordReset: own('passwordReset', EMAIL),
    usernameReset: own('usernameReset', EMAIL),
    passwordResetConfirm: own('passwordResetConfirm', {
      ...CODE,
      ...newPassword(settings.passwordResetConfirmRetype),
    }),
    setPassword: own('setPassword', { ...newPassword(settings.setPasswordRetype), ...CURRENT_PASSWORD }),
    setUsername: own('setUsername', {
      ...CURRENT_PASSWORD,
      ...newLogin(settings, settings.setUsernameRetype),
    }),
    usernameResetConfirm: own('usernameResetConfirm', {
      ...newLogin(settings, settings.usernameResetConfirmRetype),
      ...UNJUDGED_CODE,
    }),
    tokenCreate: own('tokenCreate', {
      [model.loginField]: textField({ label: 'Login', required: false }),
      password: passwordField({ label: 'Password', required: false }),
    }),
  }
}

type Readers = Readonly<Record<string, FieldReader>>

const CURRENT_PASSWORD: Readers = { current_password: passwordField({ label: 'Current password' }) }

const EMAIL: Readers = { email: emailField({ label: 'Email' }) }

// Neither is trimmed in the original: they come from a link and not from a keyboard.
const CODE: Readers = {
  uid: textField({ label: 'Uid', trim: false }),
  token: textField({ label: 'Token', trim: false }),
}

/** One that is missing or no text is as good as a wrong one here, and told no sooner. */
const unjudged = (label: string): FieldReader => ({
  description: { type: 'string', required: false, label, isSecret: false },
  read: (value) => ({ value, errors: [] }),
})

const UNJUDGED_CODE: Readers = { uid: unjudged('Uid'), token: unjudged('Token') }

const PASSWORD_AGAIN: FieldReader = passwordField({ label: 'Password again' })

const again = (isAsked: boolean, name: string, field: FieldReader): Readers => (isAsked ? { [name]: field } : {})

const newPassword = (isRetyped: boolean): Readers => ({
  new_password: passwordField({ label: 'New password' }),
  ...again(isRetyped, 're_new_password', PASSWORD_AGAIN),
})

function newLogin({ model }: DjoserSettings, isRetyped: boolean): Readers {
  const { usernameField: field } = model
  return {
    [`new_${field}`]: loginReader({ ...model, isUsernameRequired: true }, field, `New ${field}`),
    ...again(isRetyped, `re_new_${field}`, textField({ label: `New ${field} again` })),
  }
}
