import { djoserCatalogues } from '../../messages/djoser/catalogues.ts'
import {
  boolean,
  callable,
  checkKinds,
  domain,
  each,
  type Kind,
  type KindsOf,
  list,
  oneOf,
  pageSize,
  schema,
  some,
  text,
} from '../drf/option-kinds.ts'
import type { DjoserConstant, DjoserInput, DjoserMail, DjoserOptions, DjoserSerializers } from './options.ts'
import { DEFAULT_PERMISSIONS, NAMED_PERMISSIONS } from './resolve-permissions.ts'

/** @throws {TypeError} naming every option that is wrong and what to write instead */
export function checkOptions(options: object): void {
  checkKinds({ door: 'djoser()', options, kinds: KINDS })
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

const tokenModel: Kind = (path, value, problems) => {
  if (value !== null && value !== 'token') problems.add(path, 'must be "token", or null for a site with JWT alone')
}

const languages: Kind = (path, value, problems) => {
  if (value !== 'all') some(...djoserCatalogues.languages)(path, value, problems)
}

const permission: Kind = (path, value, problems) => {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value]
  const isFine = (entry: unknown) =>
    typeof entry === 'function' || (typeof entry === 'string' && Object.hasOwn(NAMED_PERMISSIONS, entry))
  if (entries.length > 0 && entries.every(isFine)) return
  problems.add(path, `must be a function, one of ${Object.keys(NAMED_PERMISSIONS).join(', ')}, or a list of these`)
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

const KINDS: KindsOf<DjoserOptions> = {
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
