import { djoserCatalogues } from '../../messages/djoser/catalogues.ts'
import { collectProblems, type Problems } from '../../util/option-problems.ts'
import { REFUSED_OPTIONS } from './model.ts'
import type { DjoserConstant, DjoserInput, DjoserMail, DjoserOptions, DjoserSerializers } from './options.ts'
import { DEFAULT_PERMISSIONS, NAMED_PERMISSIONS } from './resolve-permissions.ts'

/**
 * Checks names and kinds of all options: they may come from JavaScript, and hold anything.
 *
 * @throws {TypeError} naming every option that is wrong and what to write instead
 */
export function checkOptions(options: object): void {
  const problems = collectProblems()
  const given: Bag = isBag(options) ? options : {}
  if (!isBag(options)) problems.add('djoser()', 'takes an object with options')
  problems.onlyKnown('', given, Object.keys(KINDS))
  for (const [name, check] of Object.entries(KINDS)) {
    if (given[name] !== undefined) check(name, given[name], problems)
  }
  problems.throwIfAny(REFUSED_OPTIONS)
}

type Bag = Readonly<Record<string, unknown>>

const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value)

type Kind = (path: string, value: unknown, problems: Problems) => void

const boolean: Kind = (path, value, problems) => {
  problems.boolean(path, value)
}

const oneOf =
  (...allowed: readonly string[]): Kind =>
  (path, value, problems) => {
    problems.oneOf(path, value, allowed)
  }

/** Entries of a fixed set, none twice. */
const some =
  (...allowed: readonly string[]): Kind =>
  (path, value, problems) => {
    if (!Array.isArray(value) || value.length === 0)
      return problems.add(path, `must be a list of ${allowed.join(', ')}`)
    for (const [index, entry] of value.entries()) problems.oneOf(`${path}[${index}]`, entry, allowed)
    if (new Set(value).size < value.length) problems.add(path, 'must not name anything twice')
  }

const text: Kind = (path, value, problems) => {
  if (!problems.text(path, value)) return
  if (String(value).trim() === '' || /\p{Cc}/u.test(String(value))) problems.add(path, 'must be one line of text')
}

const list: Kind = (path, value, problems) => {
  if (!problems.texts(path, value)) return
  if (Array.isArray(value) && new Set(value).size < value.length) problems.add(path, 'must not name anything twice')
}

/** What stands before a token in a header is one word. */
const headerTypes: Kind = (path, value, problems) => {
  const isFine = Array.isArray(value) && value.length > 0 && value.every((word) => /^[\w-]+$/.test(String(word)))
  if (!isFine) problems.add(path, 'must be a list of words, such as ["Bearer", "JWT"]')
}

/** A link without its token would be of no use, and one with foreign placeholders would lead nowhere. */
const linkTemplate: Kind = (path, value, problems) => {
  const placeholders = typeof value === 'string' ? [...value.matchAll(/\{[^}]*\}/g)].map(([one]) => one) : []
  const isWhole = placeholders.length === 2 && placeholders.includes('{uid}') && placeholders.includes('{token}')
  const isPlain = typeof value === 'string' && !/\s|\p{Cc}|^[a-z]+:/iu.test(value)
  if (!isWhole || !isPlain)
    problems.add(path, 'must be a path with {uid} and {token}, such as "#/activate/{uid}/{token}"')
}

/** It is put between `https://` and a slash. */
const domain: Kind = (path, value, problems) => {
  const url = typeof value === 'string' ? URL.parse(`https://${value}`) : null
  const isHost = url !== null && (url.host === value || `${url.hostname}:443` === value)
  if (!isHost) problems.add(path, 'must be a host, with its port if need be, such as "app.acme.example"')
}

const pageSize: Kind = (path, value, problems) => {
  if (value !== null) problems.wholeNumber(path, value, { min: 1, max: 1000 })
}

const tokenModel: Kind = (path, value, problems) => {
  if (value !== null && value !== 'token') problems.add(path, 'must be "token", or null for a site with JWT alone')
}

const languages: Kind = (path, value, problems) => {
  if (value !== 'all') some(...Object.keys(djoserCatalogues))(path, value, problems)
}

/** An object with known names only. */
const each =
  (names: readonly string[], check: Kind): Kind =>
  (path, value, problems) => {
    if (!isBag(value)) return problems.add(path, `must be an object with ${names.join(', ')}`)
    problems.onlyKnown(path, value, names)
    for (const name of names) if (value[name] !== undefined) check(`${path}.${name}`, value[name], problems)
  }

const callable: Kind = (path, value, problems) => {
  if (typeof value !== 'function') problems.add(path, 'must be a function')
}

const permission: Kind = (path, value, problems) => {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value]
  const isFine = (entry: unknown) =>
    typeof entry === 'function' || (typeof entry === 'string' && Object.hasOwn(NAMED_PERMISSIONS, entry))
  if (entries.length > 0 && entries.every(isFine)) return
  problems.add(path, `must be a function, one of ${Object.keys(NAMED_PERMISSIONS).join(', ')}, or a list of these`)
}

const schema: Kind = (path, value, problems) => {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
  if (isObject && ('~standard' in value || ('fields' in value && 'read' in value))) return
  problems.add(path, 'must be a Standard Schema, such as z.object({ … }), or a FieldSet')
}

const INPUTS: { readonly [K in DjoserInput]: true } = {
  activation: true,
  resendActivation: true,
  passwordReset: true,
  passwordResetConfirm: true,
  setPassword: true,
  usernameReset: true,
  usernameResetConfirm: true,
  setUsername: true,
  userCreate: true,
  userDelete: true,
  user: true,
  currentUser: true,
  tokenCreate: true,
}

const SERIALIZERS: { readonly [K in keyof DjoserSerializers]-?: true } = {
  user: true,
  currentUser: true,
  userCreate: true,
  token: true,
}

const MAILS: { readonly [K in DjoserMail]: true } = {
  activation: true,
  confirmation: true,
  passwordReset: true,
  passwordChanged: true,
  usernameReset: true,
  usernameChanged: true,
}

const CONSTANTS: { readonly [K in DjoserConstant]: true } = {
  invalidCredentialsError: true,
  inactiveAccountError: true,
  invalidTokenError: true,
  invalidUidError: true,
  staleTokenError: true,
  passwordMismatchError: true,
  usernameMismatchError: true,
  invalidPasswordError: true,
  emailNotFound: true,
  cannotCreateUserError: true,
}

/** Every option there is: a new one does not compile until it has a check. */
const KINDS: { readonly [K in keyof DjoserOptions]-?: Kind } = {
  name: text,
  generations: some('first', 'second'),
  authentication: some('token', 'jwt', 'session', 'basic'),
  authHeaderTypes: headerTypes,
  languages,
  pageSize,
  requiredFields: list,
  loginField: oneOf('username', 'email'),
  userIdField: oneOf('id', 'username'),
  hideUsers: boolean,
  permissions: each(Object.keys(DEFAULT_PERMISSIONS), permission),
  sendActivationEmail: boolean,
  sendConfirmationEmail: boolean,
  passwordChangedEmailConfirmation: boolean,
  usernameChangedEmailConfirmation: boolean,
  userCreatePasswordRetype: boolean,
  setPasswordRetype: boolean,
  passwordResetConfirmRetype: boolean,
  setUsernameRetype: boolean,
  usernameResetConfirmRetype: boolean,
  passwordResetShowEmailNotFound: boolean,
  usernameResetShowEmailNotFound: boolean,
  logoutOnPasswordChange: boolean,
  createSessionOnLogin: boolean,
  tokenModel,
  loginAfterRegistration: boolean,
  loginAfterActivation: boolean,
  activationUrl: linkTemplate,
  passwordResetConfirmUrl: linkTemplate,
  usernameResetConfirmUrl: linkTemplate,
  domain,
  siteName: text,
  emailFrontendDomain: domain,
  emailFrontendProtocol: oneOf('http', 'https'),
  emailFrontendSiteName: text,
  schemas: each(Object.keys(INPUTS), schema),
  serialize: each(Object.keys(SERIALIZERS), callable),
  mails: each(Object.keys(MAILS), callable),
  constants: each(Object.keys(CONSTANTS), text),
}
