import type { Hooks, Listeners } from '../contracts/hooks.ts'
import type { MailTemplates } from '../contracts/mail-template.ts'
import type {
  Argon2Options,
  CodeOptions,
  CookieOptions,
  DrfJwtOptions,
  EngineOptions,
  JwtOptions,
  LinkTemplates,
  LockoutList,
  LockoutOptions,
  LoginOptions,
  MailOptions,
  PasswordOptions,
  RateLimitOptions,
  RegistrationOptions,
  RetentionOptions,
  SessionOptions,
  SimpleJwtOptions,
  SiteOptions,
  SocialOptions,
  UserOptions,
} from './options.ts'

/** Every name of `T`, counted by the compiler: one that is missing or too many does not build. */
type Names<T> = Readonly<Record<keyof T, true>>

/** `mounts` belongs to `createAuth`, which hands all of its options on. */
export const ROOT_OPTIONS: readonly string[] = Object.keys({
  store: true,
  secrets: true,
  site: true,
  user: true,
  ids: true,
  permissions: true,
  registration: true,
  login: true,
  social: true,
  lockout: true,
  rateLimits: true,
  sessions: true,
  jwt: true,
  simpleJwt: true,
  drfJwt: true,
  passwords: true,
  codes: true,
  cookies: true,
  mail: true,
  mailer: true,
  trustedProxies: true,
  throttles: true,
  tokens: true,
  events: true,
  hooks: true,
  logger: true,
  environment: true,
  retention: true,
  migrationsFolder: true,
  clock: true,
  random: true,
  mounts: true,
} satisfies Names<EngineOptions & { readonly mounts: unknown }>)

const SITE: Names<SiteOptions> = { name: true, origin: true, trustedOrigins: true }

const USER: Names<UserOptions> = {
  username: true,
  atInUsernames: true,
  email: true,
  emailUnique: true,
  fields: true,
  profiles: true,
  reservedUsernames: true,
  usernameMaxLength: true,
  displayName: true,
}

const REGISTRATION: Names<RegistrationOptions> = { open: true }

const LOGIN: Names<LoginOptions> = {
  identifiers: true,
  emailMustBeVerified: true,
  backends: true,
  defaultBackend: true,
  revealLocks: true,
  revealStatus: true,
  mailNewDevices: true,
}

const SOCIAL: Names<SocialOptions> = {
  providers: true,
  callback: true,
  linkProvenAddresses: true,
  storeTokens: true,
}

const LOCKOUT: Names<LockoutOptions> = {
  keys: true,
  maxFailures: true,
  windowSeconds: true,
  firstLockSeconds: true,
  maxLockSeconds: true,
  lockTiersSeconds: true,
  dangerouslyPermanent: true,
  forgetAfterSeconds: true,
  maxFailuresPerAddress: true,
  neverLock: true,
  alwaysRefuse: true,
  maxWaitMilliseconds: true,
}

const LOCKOUT_LIST: Names<LockoutList> = { addresses: true, identifiers: true }

const RATE_LIMITS: Names<RateLimitOptions> = {
  mailsPerRecipient: true,
  mailsPerAddress: true,
  registrationsPerAddress: true,
  socialLoginsPerAddress: true,
  passwordsPerAddress: true,
  codesPerAddress: true,
  changesPerUser: true,
  exportsPerUser: true,
}

const SESSIONS: Names<SessionOptions> = { idleSeconds: true, absoluteSeconds: true, maxPerUser: true }

const JWT: Names<JwtOptions> = {
  accessLifetimeSeconds: true,
  audience: true,
  stateless: true,
  refreshGraceSeconds: true,
}

const SIMPLE_JWT: Names<SimpleJwtOptions> = {
  accessTokenLifetimeSeconds: true,
  refreshTokenLifetimeSeconds: true,
  rotateRefreshTokens: true,
  blacklistAfterRotation: true,
  userIdClaim: true,
  leewaySeconds: true,
  updateLastLogin: true,
  claims: true,
}

const DRF_JWT: Names<DrfJwtOptions> = { accessTokenLifetimeSeconds: true }

const PASSWORDS: Names<PasswordOptions> = {
  minLength: true,
  validators: true,
  argon2: true,
  workers: true,
  maxQueueSeconds: true,
  hasher: true,
}

const ARGON2: Names<Argon2Options> = { memoryKiB: true, passes: true, parallelism: true }

const CODES: Names<CodeOptions> = {
  verifyEmailSeconds: true,
  resetPasswordSeconds: true,
  invitationSeconds: true,
  changeEmailSeconds: true,
  unlockSeconds: true,
}

const COOKIES: Names<CookieOptions> = { dangerouslyAllowPlainHttp: true, sameSite: true, deviceAtEveryDoor: true }

const MAIL: Names<MailOptions> = {
  from: true,
  languages: true,
  templates: true,
  links: true,
  sendNoAccountNotice: true,
}

const LINKS: Names<LinkTemplates> = {
  verifyEmail: true,
  resetPassword: true,
  resetUsername: true,
  changeEmail: true,
  cancelEmailChange: true,
  unlock: true,
}

const TEMPLATES: Names<MailTemplates> = {
  'verify-email': true,
  'already-registered': true,
  'reset-password': true,
  invitation: true,
  'no-account': true,
  'confirm-email-change': true,
  'email-change-requested': true,
  'email-changed': true,
  'password-changed': true,
  'locked-out': true,
  'new-device': true,
  'reset-username': true,
  'username-changed': true,
  'identity-connected': true,
}

const RETENTION: Names<RetentionOptions> = {
  attemptsDays: true,
  pendingUsersDays: true,
  maxUnknownIdentifiers: true,
  auditDays: true,
}

const HOOKS: Names<Hooks> = { beforeRegister: true, beforeLogin: true, beforeDelete: true }

const EVENTS: Names<Listeners> = {
  userRegistered: true,
  emailVerified: true,
  userLoggedIn: true,
  loginFailed: true,
  userLockedOut: true,
  addressLockedOut: true,
  userUnlocked: true,
  userLoggedOut: true,
  sessionRevoked: true,
  tokenReused: true,
  passwordChanged: true,
  passwordResetRequested: true,
  emailChangeRequested: true,
  emailChanged: true,
  usernameChanged: true,
  profileUpdated: true,
  groupChanged: true,
  permissionsChanged: true,
  identityConnected: true,
  identityDisconnected: true,
  userDeleted: true,
  mailAbandoned: true,
}

/** The names that each section takes, by its path; a section stands before those inside it. */
export const SECTION_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  site: Object.keys(SITE),
  user: Object.keys(USER),
  registration: Object.keys(REGISTRATION),
  login: Object.keys(LOGIN),
  social: Object.keys(SOCIAL),
  lockout: Object.keys(LOCKOUT),
  'lockout.neverLock': Object.keys(LOCKOUT_LIST),
  'lockout.alwaysRefuse': Object.keys(LOCKOUT_LIST),
  rateLimits: Object.keys(RATE_LIMITS),
  sessions: Object.keys(SESSIONS),
  jwt: Object.keys(JWT),
  simpleJwt: Object.keys(SIMPLE_JWT),
  drfJwt: Object.keys(DRF_JWT),
  passwords: Object.keys(PASSWORDS),
  'passwords.argon2': Object.keys(ARGON2),
  codes: Object.keys(CODES),
  cookies: Object.keys(COOKIES),
  mail: Object.keys(MAIL),
  'mail.links': Object.keys(LINKS),
  'mail.templates': Object.keys(TEMPLATES),
  retention: Object.keys(RETENTION),
  hooks: Object.keys(HOOKS),
  events: Object.keys(EVENTS),
}
