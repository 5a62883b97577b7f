import type { Engine } from '../../commands/context.ts'
import { columnName } from '../../model/field-names.ts'
import { collectProblems, type Problems } from '../../util/option-problems.ts'
import { refusedOptions } from '../drf/option-kinds.ts'
import type { SchemeName } from '../drf/view.ts'
import { checkId, DOOR } from './check-options.ts'
import { loginFieldsOf } from './login-fields.ts'
import { editableFieldsOf, modelFields, publicFieldsOf } from './model-fields.ts'
import type { RestRegistrationOptions } from './options.ts'
import { type DoorSettings, resolveDoor } from './settings.ts'

type Config = Engine['config']

/**
 * Checks that the options fit each other and what the application is configured to do.
 *
 * @throws {TypeError} naming every option that does not and what to write instead
 */
export function checkFit(options: RestRegistrationOptions, config: Config): void {
  const problems = collectProblems()
  checkLogin(options, config, problems)
  checkLinks(options, config, problems)
  checkFields(options, config, problems)
  checkRegistration(options, config, problems)
  problems.throwIfAny(refusedOptions(DOOR))
}

function checkLogin(options: RestRegistrationOptions, config: Config, problems: Problems): void {
  const { login } = config
  const { loginDefaultSessionAuthenticationBackend: backend = null } = options
  const fields = loginFieldsOf(options, config)
  for (const field of fields.filter((name) => !login.identifiers.includes(name))) {
    problems.add(
      'userLoginFields',
      `must name nothing that is none of login.identifiers, as ${JSON.stringify(field)} is ${checkId('E010')}`,
    )
  }
  if (options.sendResetPasswordLinkSerializerUseEmail === true && !fields.includes('email')) {
    problems.add('sendResetPasswordLinkSerializerUseEmail', `needs "email" in userLoginFields ${checkId('E013')}`)
  }
  if (backend !== null && !login.backends.includes(backend)) {
    problems.add(
      'loginDefaultSessionAuthenticationBackend',
      `must be the name of one of login.backends: ${login.backends.join(', ')} ${checkId('E014')}`,
    )
  }
  const { authentication, tokenCarrier } = resolveDoor(options)
  if (options.loginRetrieveToken === true && !authentication.some((name) => TAKEN_BY[tokenCarrier].includes(name))) {
    problems.add(
      'loginRetrieveToken',
      `needs ${JSON.stringify(TAKEN_BY[tokenCarrier][0])} in authentication, or nobody could use the token ${checkId('E005')}`,
    )
  }
}

/** Who takes the tokens of a manager. */
const TAKEN_BY: { readonly [K in DoorSettings['tokenCarrier']]: readonly SchemeName[] } = {
  'user-token': ['token'],
  token: ['token'],
  'simple-jwt': ['jwt', 'jwt-cookie'],
}

function checkLinks(options: RestRegistrationOptions, { login, site }: Config, problems: Problems): void {
  const pages = [
    ['resetPasswordVerificationUrl', 'E001'],
    ['registerVerificationUrl', 'E002'],
    ['registerEmailVerificationUrl', 'E003'],
  ] as const
  for (const [name, id] of pages.filter(([option]) => options[option]?.startsWith('http:') && site.isHttps)) {
    problems.add(name, `must begin with "https:": anybody on the way could read the link's secret ${checkId(id)}`)
  }
  for (const name of ['registerVerificationEnabled', 'registerEmailVerificationEnabled'] as const) {
    if (!login.emailMustBeVerified || options[name] !== false) continue
    problems.add(name, 'must not be false where login.emailMustBeVerified is on: nobody could log in')
  }
}

function checkFields(options: RestRegistrationOptions, { user }: Config, problems: Problems): void {
  const known = modelFields(user)
  for (const option of ['userHiddenFields', 'userPublicFields', 'userEditableFields'] as const) {
    for (const name of options[option] ?? []) problems.oneOf(`${option}: each`, name, known)
  }
  const publicFields = publicFieldsOf(options, user)
  const editable = editableFieldsOf({}, publicFields)
  const named = (options.userEditableFields ?? []).filter((name) => known.includes(name))
  for (const name of named.filter((field) => !editable.has(field))) {
    problems.add('userEditableFields', `must not name ${name}, which the profile cannot change`)
  }
  if (options.userVerificationIdField === 'username' && user.username !== 'required') {
    problems.add('userVerificationIdField', 'must be "id" where not everybody has a user name')
  }
}

function checkRegistration(options: RestRegistrationOptions, { user }: Config, problems: Problems): void {
  if (options.registerFlowEnabled === false || options.schemas?.register !== undefined) return
  const publicFields = publicFieldsOf(options, user)
  for (const name of indispensable(user).filter((field) => !publicFields.includes(field))) {
    problems.add('userPublicFields, userHiddenFields', `must leave ${name} public: nobody can register without it`)
  }
  for (const name of Object.keys(user.fields).filter((field) => columnName(field) === 'password_confirm')) {
    problems.add(`user.fields.${name}`, 'must have another name: registration repeats the password under this one')
  }
}

/** What registration cannot do without. */
function indispensable({ username, fields }: Config['user']): readonly string[] {
  const declared = Object.entries(fields).filter(([, { required, writable }]) => required && writable)
  return [...(username === 'required' ? ['username'] : []), ...declared.map(([name]) => name)]
}
