import type { Engine } from '../../commands/context.ts'
import type { FieldDefinitions } from '../../model/field.ts'
import { columnName } from '../../model/field-names.ts'
import { collectProblems } from '../../util/option-problems.ts'
import type { AccountField } from '../drf/account-object.ts'
import { refusedOptions } from '../drf/option-kinds.ts'
import type { DjoserOptions } from './options.ts'

/** What the paths, keys and sentences of this door follow: which field of the user is which. */
export interface DjoserModel {
  /** `USERNAME_FIELD`, in paths and in the bodies that set or mail it. */
  readonly usernameField: LoginField
  /** The same in the bodies of JWT log-in, but always one that logs in. */
  readonly jwtField: LoginField
  /** `LOGIN_FIELD`, in the bodies of token log-in, registration and user objects. */
  readonly loginField: LoginField
  readonly userIdField: 'id' | 'username'
  /** `REQUIRED_FIELDS`, in order. */
  readonly requiredFields: readonly AccountField[]
  readonly isUsernameRequired: boolean
  readonly isEmailRequired: boolean
  /** Code points. */
  readonly usernameMaxLength: number
  /** What the application declared. */
  readonly definitions: FieldDefinitions
  readonly ids: 'integer' | 'uuid'
}

export type LoginField = 'username' | 'email'

const BUILT_IN = ['email', 'firstName', 'lastName']

/**
 * Reads the user model as this door needs it.
 *
 * @throws {TypeError} for options that do not fit the model
 */
export function resolveModel(options: DjoserOptions, config: Engine['config']): DjoserModel {
  const problems = collectProblems()
  const usernameField: LoginField = config.user.username === 'none' ? 'email' : 'username'
  const jwtField: LoginField = config.login.identifiers.includes(usernameField) ? usernameField : 'email'
  const { loginField = jwtField, userIdField = 'id', requiredFields } = options
  if (!config.login.identifiers.includes(loginField)) {
    problems.add('loginField', `must be one of login.identifiers: ${config.login.identifiers.join(', ')}`)
  }
  if (userIdField === 'username' && config.user.username !== 'required') {
    problems.add('userIdField', 'must be "id" where not everybody has a user name')
  }
  if (config.login.emailMustBeVerified && options.sendActivationEmail === false) {
    problems.add('sendActivationEmail', 'must not be false where login.emailMustBeVerified is on: nobody could log in')
  }
  const required = requiredFields ?? defaultRequiredFields(usernameField, config)
  const known = [...BUILT_IN, ...Object.keys(config.user.fields)].filter((name) => name !== usernameField)
  for (const name of required) problems.oneOf('requiredFields: each', name, known)
  for (const name of indispensable(usernameField, config).filter((field) => !required.includes(field))) {
    problems.add('requiredFields', `must name ${JSON.stringify(name)}: nobody can register without it`)
  }
  problems.throwIfAny(refusedOptions('djoser()'))
  const { user, ids } = config
  return {
    usernameField,
    jwtField,
    loginField,
    userIdField,
    requiredFields: required.map((name) => modelField(name, config)),
    isUsernameRequired: user.username === 'required',
    isEmailRequired: user.email === 'required',
    usernameMaxLength: user.usernameMaxLength,
    definitions: user.fields,
    ids,
  }
}

function defaultRequiredFields(usernameField: LoginField, { user }: Engine['config']): readonly string[] {
  const declared = Object.entries(user.fields).filter(([, { required, writable }]) => required && writable)
  return [...(usernameField === 'email' ? [] : ['email']), ...declared.map(([name]) => name)]
}

/** What registration cannot do without, besides the name to log in with. */
function indispensable(usernameField: LoginField, { user }: Engine['config']): readonly string[] {
  const declared = Object.entries(user.fields).filter(([, { required, writable }]) => required && writable)
  const needsEmail = usernameField !== 'email' && user.email === 'required'
  return [...(needsEmail ? ['email'] : []), ...declared.map(([name]) => name)]
}

function modelField(name: string, { user }: Engine['config']): AccountField {
  const definition = Object.hasOwn(user.fields, name) ? user.fields[name] : undefined
  return { name, wireName: columnName(name), definition: definition ?? null }
}
