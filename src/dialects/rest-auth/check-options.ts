import { restAuthCatalogues } from '../../messages/rest-auth/catalogues.ts'
import { collectProblems, type Problems } from '../../util/option-problems.ts'
import {
  boolean,
  callable,
  checkKinds,
  domain,
  each,
  type Kind,
  type KindsOf,
  list,
  listOf,
  oneOf,
  orNull,
  pageSize,
  refusedOptions,
  schema,
  some,
  text,
  throttleRate,
} from '../drf/option-kinds.ts'
import type { RestAuthInput, RestAuthMail, RestAuthOptions, RestAuthSerializers } from './options.ts'

const DOOR = 'restAuth()'

/**
 * Checks the options as far as that can be done without a configuration: names, kinds, and which of them go together.
 *
 * @throws {TypeError} naming every option that is wrong and what to write instead
 */
export function checkOptions(options: object): void {
  checkKinds({ door: DOOR, options, kinds: KINDS })
  const problems = collectProblems()
  checkTogether(options, problems)
  problems.throwIfAny(refusedOptions(DOOR))
}

/** What a browser or a client could do nothing with. */
function checkTogether(options: RestAuthOptions, problems: Problems): void {
  checkModes(options, problems)
  checkCookies(options, problems)
  if (options.generation !== '0.9') return
  for (const name of NEW_OPTIONS.filter((known) => options[known] !== undefined)) {
    problems.add(name, 'is of generation "7"; leave it out')
  }
}

function checkModes({ generation, tokenModel, useJwt, sessionLogin }: RestAuthOptions, problems: Problems): void {
  if (tokenModel !== null) return
  if (generation === '0.9') problems.add('tokenModel', 'must be "token" in generation "0.9"')
  if (useJwt !== true && sessionLogin === false) {
    problems.add('tokenModel', 'must not be null without sessionLogin or useJwt: nothing would be left to log in with')
  }
}

function checkCookies(options: RestAuthOptions, problems: Problems): void {
  const { jwtAuthCookie = null, jwtAuthRefreshCookie = null } = options
  const isNamed = jwtAuthCookie !== null || jwtAuthRefreshCookie !== null
  if (isNamed && options.useJwt !== true) problems.add('jwtAuthCookie, jwtAuthRefreshCookie', 'need useJwt: true')
  if (jwtAuthCookie !== null && jwtAuthCookie === jwtAuthRefreshCookie) {
    problems.add('jwtAuthRefreshCookie', 'must be another name than jwtAuthCookie')
  }
  if (options.jwtAuthSameSite === 'None' && options.jwtAuthSecure === false) {
    problems.add('jwtAuthSecure', 'must not be false with jwtAuthSameSite "None": browsers drop such cookies')
  }
}

const NEW_OPTIONS = [
  'jwtAuthRefreshCookie',
  'jwtAuthRefreshCookiePath',
  'jwtAuthReturnExpiration',
  'jwtAuthCookieUseCsrf',
  'jwtAuthCookieEnforceCsrfOnUnauthenticated',
  'tokenBlacklist',
  'throttleRate',
] as const satisfies readonly (keyof RestAuthOptions)[]

/** RFC 6265 §4.1.1: a token. Prefixed names demand attributes that these cookies need not have. */
const cookieName: Kind = (path, value, problems) => {
  const isName = typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]{1,100}$/.test(value)
  if (!isName || /^__(?:Host|Secure)-/i.test(value)) {
    problems.add(path, 'must be the name of a cookie, such as "access", without a prefix like "__Host-"')
  }
}

const cookiePath: Kind = (path, value, problems) => {
  const isPath = typeof value === 'string' && /^\/[\w.~!$&'()*+,=:@%/-]*$/.test(value)
  if (!isPath) problems.add(path, 'must be a path that begins with "/"')
}

/** A link without its secret would be of no use, and one with foreign placeholders would lead nowhere. */
const linkTemplate =
  (...placeholders: readonly string[]): Kind =>
  (path, value, problems) => {
    const held = typeof value === 'string' ? [...value.matchAll(/\{[^}]*\}/g)].map(([one]) => one) : []
    const isWhole = held.length === placeholders.length && placeholders.every((name) => held.includes(name))
    const isPlain = typeof value === 'string' && !/\s|\p{Cc}|^[a-z]+:/iu.test(value)
    if (isWhole && isPlain) return
    const advice = placeholders.length === 0 ? 'must be a path' : `must be a path with ${placeholders.join(' and ')}`
    problems.add(path, `${advice}, such as "account/${placeholders.join('/')}"`)
  }

const registerPermission: Kind = (path, value, problems) => {
  if (typeof value === 'function') return
  const { allows, message } = Object(value)
  if (typeof allows === 'function' && typeof message === 'string') return
  problems.add(path, 'must be a function, or { allows, message } with a function and a text')
}

/** Names of providers can only be judged once there are any. */
const socialLogin: Kind = (path, value, problems) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return problems.add(path, 'must be an object of paths, such as { github: "github" }')
  }
  for (const [name, to] of Object.entries(value)) {
    const at = `${path}[${JSON.stringify(name)}]`
    if (!/^[\w-]+(?:\/[\w-]+)*$/.test(name))
      problems.add(at, 'must be a path such as "github", without a slash around it')
    const isText = typeof to === 'string'
    if (!isText) each(['provider', 'callbackUrl'], text)(at, to, problems)
    const provider: unknown = typeof to === 'string' ? to : Object(to).provider
    if (typeof provider !== 'string') problems.add(at, 'must name a provider')
  }
}

const socialPath: Kind = (path, value, problems) => {
  const isPath = typeof value === 'string' && /^[\w-]+(?:\/[\w-]+)*$/.test(value)
  if (!isPath) problems.add(path, 'must be a path such as "socialaccounts", without a slash around it')
}

const INPUTS: { readonly [K in RestAuthInput]: true } = {
  login: true,
  passwordChange: true,
  passwordReset: true,
  passwordResetConfirm: true,
  register: true,
  socialLogin: true,
  userDetails: true,
  verifyEmail: true,
  resendEmail: true,
}

const SERIALIZERS: { readonly [K in keyof RestAuthSerializers]-?: true } = {
  userDetails: true,
  token: true,
  jwt: true,
  jwtWithExpiration: true,
}

const MAILS: { readonly [K in RestAuthMail]: true } = { passwordReset: true, confirmEmail: true, accountExists: true }

const KINDS: KindsOf<RestAuthOptions> = {
  name: text,
  generation: oneOf('0.9', '7'),
  authentication: some('token', 'jwt', 'jwt-cookie', 'drf-jwt', 'session', 'basic'),
  languages: (path, value, problems) => {
    if (value !== 'all') some(...restAuthCatalogues.languages)(path, value, problems)
  },
  pageSize,
  throttleRate: orNull(throttleRate),
  sessionLogin: boolean,
  useJwt: boolean,
  tokenModel: orNull(oneOf('token')),
  tokenCreator: oneOf('get-or-create', 'create'),
  oldPasswordFieldEnabled: boolean,
  logoutOnPasswordChange: boolean,
  dangerouslyLogoutOnGet: boolean,
  ignoreStaleCredentials: boolean,
  jwtAuthCookie: orNull(cookieName),
  jwtAuthRefreshCookie: orNull(cookieName),
  jwtAuthRefreshCookiePath: cookiePath,
  jwtAuthSecure: boolean,
  jwtAuthHttpOnly: boolean,
  jwtAuthSameSite: oneOf('Lax', 'Strict', 'None'),
  jwtAuthCookieDomain: orNull(domain),
  jwtAuthReturnExpiration: boolean,
  jwtAuthCookieUseCsrf: boolean,
  jwtAuthCookieEnforceCsrfOnUnauthenticated: boolean,
  tokenBlacklist: boolean,
  refreshInBodyWithoutCookie: boolean,
  registrationSetsJwtCookies: boolean,
  registration: boolean,
  registerPermission,
  emailVerification: oneOf('mandatory', 'optional', 'none'),
  loginMethods: some('username', 'email'),
  signupFields: each(['username', 'email'], oneOf('required', 'optional')),
  usernameMinLength: (path, value, problems) => {
    problems.wholeNumber(path, value, { min: 1 })
  },
  usernameBlacklist: list,
  usernameValidators: listOf(callable),
  preserveUsernameCasing: boolean,
  dangerouslyTellTakenAddresses: boolean,
  socialLogin,
  socialAccountsPath: orNull(socialPath),
  passwordResetConfirmUrl: linkTemplate('{uid}', '{token}'),
  accountConfirmEmailUrl: linkTemplate('{key}'),
  emailVerificationSentUrl: linkTemplate(),
  domain,
  siteName: text,
  defaultHttpProtocol: oneOf('http', 'https'),
  emailSubjectPrefix: (path, value, problems) => {
    if (!problems.text(path, value)) return
    if (/\p{Cc}/u.test(String(value))) problems.add(path, 'must be part of one line of text')
  },
  schemas: each(Object.keys(INPUTS), schema),
  serialize: each(Object.keys(SERIALIZERS), callable),
  mails: each(Object.keys(MAILS), callable),
}
