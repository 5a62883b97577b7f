import type { AdminCommands } from './auth-admin.ts'
import type { PermissionCommands } from './auth-permissions.ts'
import type {
  AskedMail,
  Caller,
  CurrentPassword,
  FinishedSocialLogin,
  LoggedIn,
  MailAskedByIdentifier,
  MailedCode,
  NewAccount,
  NewPassword,
  PasswordOrProof,
  ProviderProof,
  Registered,
  RegistrationRules,
  SessionOf,
  SessionWish,
  SociallyLoggedIn,
  UserOf,
} from './auth-values.ts'
import type { BegunSocialLogin } from './commands/begin-social-login.ts'
import type { CleanUpResult } from './commands/clean-up.ts'
import type { ClearedLocks, ClearLocksInput } from './commands/clear-locks.ts'
import type { ListAttemptsInput } from './commands/list-attempts.ts'
import type { ListLocksInput } from './commands/list-locks.ts'
import type { ListedProvider } from './commands/list-providers.ts'
import type { ListedSession } from './commands/list-sessions.ts'
import type { ReadProviderTokensInput } from './commands/read-provider-tokens.ts'
import type { SetStatusInput } from './commands/set-status.ts'
import type { SocialLoginInput } from './commands/social-login.ts'
import type { ResolvedConfig } from './config/resolved-config.ts'
import type { ProviderTokens } from './contracts/identity-provider.ts'
import type { MigrationDraft, MigrationStatus } from './contracts/store.ts'
import type { TokenUse } from './contracts/token-manager.ts'
import type { RequestHead } from './http/authenticate-request.ts'
import type { Peer } from './http/peer.ts'
import type { UserNeeds } from './http/require-user.ts'
import type { SessionInfo } from './model/account.ts'
import type { Attempt } from './model/attempt.ts'
import type { FieldDefinitions } from './model/field.ts'
import type { Group } from './model/group.ts'
import type { IdentityInfo } from './model/identity.ts'
import type { LockInfo } from './model/lock-key.ts'
import type { Carrier, IssuedToken } from './model/session.ts'
import type { UserId } from './model/user.ts'

export type {
  AskedMail,
  Caller,
  FinishedSocialLogin,
  LoggedIn,
  MailAskedByIdentifier,
  NewAccount,
  ProviderProof,
  Registered,
  SessionOf,
  SociallyLoggedIn,
  UserOf,
} from './auth-values.ts'

/** Commands that anybody may call. They throw `AuthError`. */
export interface PublicCommands<F extends FieldDefinitions> {
  register(
    input: NewAccount<F> &
      NewPassword &
      RegistrationRules & {
        readonly passwordAgain?: string
        readonly activation?: 'mailed' | 'none'
        readonly carrier?: Carrier
        readonly withCookie?: boolean
        readonly inventUsername?: boolean | ((username: string) => boolean)
        readonly emailRequired?: boolean
      },
    caller?: Caller,
  ): Promise<Registered<F>>
  activate(
    input: MailedCode & { readonly carrier?: Carrier; readonly withCookie?: boolean },
    caller?: Caller,
  ): Promise<{ readonly user: UserOf<F>; readonly issued: IssuedToken | null; readonly cookie: IssuedToken | null }>
  resendActivation(input: AskedMail & { readonly onlyPending?: boolean }, caller?: Caller): Promise<void>
  login(
    input: SessionWish &
      PasswordOrProof & {
        readonly identifier: string
        readonly withCookie?: boolean
        readonly identifiers?: readonly ('username' | 'email')[]
        readonly revealStatus?: boolean
        readonly revealLocks?: boolean
        readonly dangerouslyTellUnknown?: boolean
        readonly lifetimeSeconds?: number
      },
    caller?: Caller,
  ): Promise<LoggedIn<F>>
  /** Whose password it is, without beginning a session. Every call counts as a guess, as a log-in does. */
  authenticatePassword(
    input: { readonly identifier: string; readonly password: string },
    caller?: Caller,
  ): Promise<UserOf<F>>
  requestPasswordReset(
    input: (AskedMail | MailAskedByIdentifier) & {
      readonly onlyActive?: boolean | 'even-without-password'
    },
    caller?: Caller,
  ): Promise<void>
  /** Resolves where `confirmPasswordReset` would take the code now; uses nothing up. */
  checkResetCode(input: MailedCode, caller?: Caller): Promise<void>
  confirmPasswordReset(
    input: MailedCode & {
      readonly newPassword: string
      readonly newPasswordAgain?: string
      readonly updateLastLogin?: boolean
    },
    caller?: Caller,
  ): Promise<void>
  requestUsernameReset(input: AskedMail & { readonly onlyActive?: boolean }, caller?: Caller): Promise<void>
  confirmUsernameReset(
    input: MailedCode & {
      readonly newUsername: string
      readonly newUsernameAgain?: string
      readonly updateLastLogin?: boolean
    },
    caller?: Caller,
  ): Promise<UserOf<F>>
  /** Refuses a password that nobody may take, whoever it is for. Complaints stand under `field`. */
  checkPassword(
    input: { readonly password: string; readonly field?: string; readonly isForCaller?: boolean },
    caller?: Caller,
  ): Promise<void>
  /** Refuses a name that nobody can register with now. */
  checkUsername(input: { readonly username: string | null }, caller?: Caller): Promise<void>
  /** Refuses a name, an address or a password that nobody can register with now. */
  checkRegistration(
    input: { readonly [K in 'username' | 'email' | 'password']?: string } & RegistrationRules,
    caller?: Caller,
  ): Promise<void>
  confirmEmailChange(input: MailedCode, caller?: Caller): Promise<UserOf<F>>
  cancelEmailChange(input: { readonly code: string }, caller?: Caller): Promise<void>
  rotateToken(
    input: { readonly refreshToken: string; readonly carrier?: 'jwt' | 'simple-jwt' },
    caller?: Caller,
  ): Promise<{ readonly user: UserOf<F>; readonly issued: IssuedToken }>
  /** Logs out by a refresh token alone. */
  revokeToken(
    input: { readonly refreshToken: string; readonly carrier?: 'jwt' | 'simple-jwt' },
    caller?: Caller,
  ): Promise<void>
  verifyToken(
    input: { readonly token: string; readonly accepts: TokenUse; readonly carrier?: Carrier },
    caller?: Caller,
  ): Promise<SessionOf<F>>
  unlock(input: { readonly code: string }, caller?: Caller): Promise<void>
}

/** Log-in by way of the configured providers. They throw `AuthError`. */
export interface SocialCommands<F extends FieldDefinitions> {
  listProviders(): Promise<readonly ListedProvider[]>
  socialLogin(
    input: ProviderProof &
      Pick<NewAccount<F>, 'fields' | 'profiles'> &
      SessionWish &
      Pick<SocialLoginInput, 'withCookie' | 'activation' | 'dangerouslyTellTaken'>,
    caller?: Caller,
  ): Promise<SociallyLoggedIn<F>>
  /** `purpose: 'connect'` needs `caller.actor`. Keep `pending` in a cookie of this browser that no script can read. */
  beginSocialLogin(
    input: {
      readonly provider: string
      readonly purpose?: 'login' | 'connect'
      readonly next?: string | null
      readonly challenge?: string | null
    },
    caller?: Caller,
  ): Promise<BegunSocialLogin>
  finishSocialLogin(
    input: SessionWish & {
      readonly provider: string
      readonly params: URLSearchParams
      readonly pending: string | null
    },
    caller?: Caller,
  ): Promise<FinishedSocialLogin<F>>
  exchangeHandoverCode(
    input: SessionWish & { readonly code: string; readonly verifier: string },
    caller?: Caller,
  ): Promise<SociallyLoggedIn<F>>
  socialConnect(input: ProviderProof, caller: Caller): Promise<IdentityInfo>
  socialDisconnect(input: { readonly identityId: number | string }, caller: Caller): Promise<void>
  listIdentities(caller: Caller): Promise<readonly IdentityInfo[]>
  /** For the server alone: with these the provider can be called as the user. */
  readProviderTokens(input: ReadProviderTokensInput): Promise<ProviderTokens | null>
}

/** Commands about the caller's own account, and for staff about others; `caller.actor` says whose, and who is staff. */
export interface OwnCommands<F extends FieldDefinitions> {
  logout(caller: Caller): Promise<void>
  /** A guess like any other. */
  checkCurrentPassword(input: { readonly currentPassword: string }, caller: Caller): Promise<void>
  changePassword(
    input: {
      readonly newPassword: string
      readonly newPasswordAgain?: string
      readonly endCurrentSession?: boolean
    } & CurrentPassword,
    caller: Caller,
  ): Promise<{ readonly renewed: IssuedToken | null }>
  changeUsername(
    input: { readonly newUsername: string; readonly newUsernameAgain?: string; readonly currentPassword: string },
    caller: Caller,
  ): Promise<UserOf<F>>
  changeEmail(input: { readonly newEmail: string } & CurrentPassword, caller: Caller): Promise<void>
  /** At once and without a mail to confirm it, so prefer `changeEmail`. `userId` is for staff. */
  setEmail(
    input: {
      readonly email: string | null
      readonly emailAgain?: string
      readonly currentPassword?: string
      readonly userId?: UserId
      readonly activation: 'mailed' | 'none'
    },
    caller: Caller,
  ): Promise<UserOf<F>>
  /** `userId` is for staff. For another user name prefer `changeUsername`, which asks for the password. */
  updateProfile(
    input: NewAccount<F> & { readonly userId?: UserId; readonly activation?: 'mailed' | 'none' },
    caller: Caller,
  ): Promise<UserOf<F>>
  /** `userId` is for staff; the password is the caller's all the same. */
  deleteAccount(input: { readonly currentPassword: string; readonly userId?: UserId }, caller: Caller): Promise<void>
  listSessions(caller: Caller): Promise<readonly ListedSession[]>
  revokeSession(input: { readonly sessionId: string }, caller: Caller): Promise<void>
  revokeOtherSessions(caller: Caller): Promise<void>
  exportUser(caller: Caller): Promise<{
    readonly user: UserOf<F>
    readonly identities: readonly IdentityInfo[]
    readonly sessions: readonly SessionInfo[]
    readonly attempts: readonly Attempt[]
    readonly groups: readonly Group[]
    readonly permissions: readonly string[]
    readonly exportedAt: Date
  }>
  /** Others than the caller are for staff, unless `sees` says otherwise. An id may be a text, as it stands in an address. */
  readUser(
    input: ({ readonly userId: UserId } | { readonly username: string }) & { readonly sees?: 'everybody' },
    caller: Caller,
  ): Promise<UserOf<F>>
  /** For staff, unless `sees` says otherwise. `afterId` is the last id of the page before. */
  listUsers(
    input: { readonly afterId?: UserId | null; readonly limit: number; readonly sees?: 'everybody' },
    caller: Caller,
  ): Promise<readonly UserOf<F>[]>
}

/** Commands for operators: nobody's proof is asked, so never hand them input from outside unchecked. */
export interface OperatorCommands<F extends FieldDefinitions> {
  createUser(
    input: NewAccount<F> & {
      readonly password: string | null
      readonly isStaff?: boolean
      readonly isSuperuser?: boolean
      readonly passwordCheck: 'enforced' | 'bypassed'
    },
    caller?: Caller,
  ): Promise<UserOf<F>>
  setPassword(
    input: { readonly userId: UserId; readonly newPassword: string; readonly passwordCheck: 'enforced' | 'bypassed' },
    caller?: Caller,
  ): Promise<UserOf<F>>
  setStatus(input: SetStatusInput, caller?: Caller): Promise<UserOf<F>>
  /** Also fields that are not writable for the users themselves. */
  updateUser(
    input: Omit<NewAccount<F>, 'username' | 'email'> & {
      readonly userId: UserId
      readonly isStaff?: boolean
      readonly isSuperuser?: boolean
    },
    caller?: Caller,
  ): Promise<UserOf<F>>
  clearLocks(input: ClearLocksInput, caller?: Caller): Promise<ClearedLocks>
  /** What is locked now, the longest lock first. */
  listLocks(input: ListLocksInput, caller?: Caller): Promise<readonly LockInfo[]>
  /** `own` needs `caller.actor`; `all` is for operators. */
  listAttempts(input: ListAttemptsInput, caller?: Caller): Promise<readonly Attempt[]>
  /**
   * Nobody by an address that several claim and none has proven.
   *
   * @default by user name or address, the owner of the name first
   */
  findUser(identifier: string, fields?: readonly ('username' | 'email')[]): Promise<UserOf<F> | null>
  findUserById(id: UserId): Promise<UserOf<F> | null>
  cleanUp(): Promise<CleanUpResult>
}

/** What `createAuth` makes: every command as a function, and all of them behind `fetch`. */
export interface Auth<F extends FieldDefinitions = FieldDefinitions>
  extends PublicCommands<F>,
    SocialCommands<F>,
    OwnCommands<F>,
    OperatorCommands<F>,
    AdminCommands,
    PermissionCommands {
  /** Answers a request to any of the mounts. Needs no `this`. `peer` comes from a host; without it there is no address. */
  readonly fetch: (request: Request, peer?: Peer) => Promise<Response>
  /**
   * The session a request carries in a cookie or an `Authorization` header, or `null` when it carries none. Clients of the
   * various doors write another word before the token, or none; it is not looked at.
   *
   * @throws {AuthError} `token_invalid` when it carries one that is not good; `cross_site_request` when a cookie came
   * with an unsafe request from elsewhere
   */
  authenticate(request: RequestHead): Promise<SessionOf<F> | null>
  /**
   * The user whom a request comes from, for handlers of your own that are for nobody else. `portress/hosts/…` has it as
   * middleware.
   *
   * @throws {AuthError} `not_authenticated` when it carries no credential, `forbidden` when its user has not the permission
   * that is named, and what `authenticate` throws
   */
  requireUser(request: RequestHead, needs?: UserNeeds): Promise<UserOf<F>>
  /** What the options became. */
  readonly config: ResolvedConfig
  /** Where mails go, in words. */
  readonly mailDescription: string
  /** What answers where, in the order of the options, and which of its own settings weaken safety, a sentence each. */
  readonly mounts: readonly { readonly path: string; readonly dialect: string; readonly dangers: readonly string[] }[]
  migrate(): Promise<readonly string[]>
  migrationStatus(): Promise<MigrationStatus>
  draftMigration(options: { readonly dropUndeclared: boolean }): Promise<MigrationDraft | null>
  /**
   * Asks whether locks can be kept where `throttles` says, and is done at once where that is the store.
   *
   * @throws {AuthError} `unavailable`, with the reason as its cause
   */
  checkThrottles(): Promise<void>
  /** Starts sending what waits in the outbox; `fetch` does so too, and so does a command that writes a mail. */
  start(): void
  /** Resolves once due mails are sent and last uses written. */
  flush(): Promise<void>
  /** Finishes background work and lets go of everything. */
  close(): Promise<void>
}
