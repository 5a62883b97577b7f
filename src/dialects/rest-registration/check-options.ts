import { restRegistrationCatalogues } from '../../messages/rest-registration/catalogues.ts'
import {
  boolean,
  callable,
  checkKinds,
  each,
  type Kind,
  type KindsOf,
  list,
  listOf,
  oneOf,
  orNull,
  schema,
  some,
  text,
  throttleRate,
} from '../drf/option-kinds.ts'
import type {
  RestRegistrationInput,
  RestRegistrationOptions,
  RestRegistrationSerializers,
  VerificationRedirects,
} from './options.ts'

/**
 * Checks the options as far as that can be done without a configuration: names and kinds.
 *
 * @throws {TypeError} naming every option that is wrong and what to write instead
 */
export function checkOptions(options: object): void {
  checkKinds({ door: DOOR, options, kinds: KINDS })
}

/** What the developer wrote. */
export const DOOR = 'restRegistration()'

/** The number that the original has for the same complaint. */
export const checkId = (id: string): string => `(rest_registration.${id})`

const isPage = (value: unknown): boolean => {
  if (typeof value !== 'string' || /\s|\p{Cc}/u.test(value)) return false
  // What begins with two slashes, or with what browsers take for them, is another site without saying so.
  return /^\/(?![/\\])/.test(value) || /^https?:$/.test(URL.parse(value)?.protocol ?? '')
}

/** A page of this site, or the whole address of another one; links are made of it. */
const page =
  (id: string): Kind =>
  (path, value, problems) => {
    if (isPage(value)) return
    problems.add(path, `must be a page: "/verify/" or "https://app.acme.example/verify/" ${checkId(id)}`)
  }

const redirect: Kind = (path, value, problems) => {
  if (!isPage(value)) problems.add(path, 'must be a page: "/welcome/" or "https://app.acme.example/welcome/"')
}

/** Ends up in a header of mails. */
const address: Kind = (path, value, problems) => {
  const isOne = typeof value === 'string' && /^[^\p{Cc}@]+@[^\p{Cc}@]+$/u.test(value)
  if (!isOne) problems.add(path, `must be an address, such as "help@acme.example" ${checkId('E004')}`)
}

const BODIES = ['body', 'textBody', 'htmlBody'] as const

const templates: Kind = (path, value, problems) => {
  const { isHtml, ...functions } = Object(value)
  each(['subject', ...BODIES], callable)(path, functions, problems)
  if (isHtml !== undefined) boolean(`${path}.isHtml`, isHtml, problems)
  const missing = [
    ...(functions.subject === undefined ? ['subject'] : []),
    ...(BODIES.every((name) => functions[name] === undefined) ? ['body'] : []),
  ]
  for (const name of missing) problems.add(path, `is invalid: No '${name}' key found ${checkId('E007')}`)
}

const tokenManager: Kind = (path, value, problems) => {
  if (TOKEN_MANAGERS.some((name) => name === value)) return
  problems.add(path, `must be one of ${TOKEN_MANAGERS.join(', ')} ${checkId('E011')}`)
}

const TOKEN_MANAGERS = ['user-token', 'token', 'simple-jwt'] as const

/** Only where it says what it reads can it be seen that the address is missing. */
const registerEmailSchema: Kind = (path, value, problems) => {
  schema(path, value, problems)
  const { fields } = Object(value)
  if (typeof fields !== 'object' || fields === null || 'email' in fields) return
  problems.add(path, `does not contain email field ${checkId('E012')}`)
}

const schemas: Kind = (path, value, problems) => {
  each(Object.keys(INPUTS), (at, given) => {
    const check = at === `${path}.registerEmail` ? registerEmailSchema : schema
    check(at, given, problems)
  })(path, value, problems)
}

const INPUTS: { readonly [K in RestRegistrationInput]: true } = {
  login: true,
  register: true,
  profile: true,
  registerEmail: true,
  sendResetPasswordLink: true,
}

const SERIALIZERS: { readonly [K in keyof RestRegistrationSerializers]-?: true } = {
  registerOutput: true,
  profile: true,
}

const REDIRECTS: { readonly [K in keyof VerificationRedirects]-?: true } = {
  verifyRegistrationSuccessUrl: true,
  verifyRegistrationFailureUrl: true,
  verifyEmailSuccessUrl: true,
  verifyEmailFailureUrl: true,
  resetPasswordSuccessUrl: true,
  resetPasswordFailureUrl: true,
}

const KINDS: KindsOf<RestRegistrationOptions> = {
  name: text,
  authentication: some('token', 'jwt', 'jwt-cookie', 'drf-jwt', 'session', 'basic'),
  languages: (path, value, problems) => {
    if (value !== 'all') some(...restRegistrationCatalogues.languages)(path, value, problems)
  },
  throttleRate: orNull(throttleRate),
  userLoginFields: some('username', 'email'),
  userHiddenFields: list,
  userPublicFields: orNull(list),
  userEditableFields: orNull(list),
  userVerificationIdField: oneOf('id', 'username'),
  registerFlowEnabled: boolean,
  registerSerializerPasswordConfirm: boolean,
  registerVerificationEnabled: boolean,
  registerVerificationUrl: orNull(page('E002')),
  registerVerificationOneTimeUse: boolean,
  registerVerificationAutoLogin: boolean,
  registerVerificationEmailTemplates: templates,
  loginAuthenticator: callable,
  loginAuthenticateSession: orNull(boolean),
  loginRetrieveToken: orNull(boolean),
  authTokenManager: tokenManager,
  loginDefaultSessionAuthenticationBackend: orNull(text),
  sendResetPasswordLinkSerializerUseEmail: boolean,
  sendResetPasswordLinkUserFinder: callable,
  dangerouslyResetPasswordFailWhenUserNotFound: boolean,
  resetPasswordMayBeUnknown: boolean,
  resetPasswordVerificationEnabled: boolean,
  resetPasswordVerificationUrl: orNull(page('E001')),
  resetPasswordVerificationEmailTemplates: templates,
  resetPasswordSerializerPasswordConfirm: boolean,
  registerEmailVerificationEnabled: boolean,
  registerEmailVerificationUrl: orNull(page('E003')),
  registerEmailVerificationEmailTemplates: templates,
  verificationReplyToEmail: orNull(address),
  verificationUrlBuilder: callable,
  verificationTemplateContextBuilder: callable,
  verificationTemplatesSelector: callable,
  verificationEmailHtmlToTextConverter: callable,
  changePasswordSerializerPasswordConfirm: boolean,
  successResponseBuilder: callable,
  useNonFieldErrorsKeyFromDrfSettings: boolean,
  notAuthenticatedPermissions: listOf(callable),
  verificationRedirects: each(Object.keys(REDIRECTS), orNull(redirect)),
  schemas,
  serialize: each(Object.keys(SERIALIZERS), callable),
}
