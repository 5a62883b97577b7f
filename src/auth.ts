import type { CleanUpResult } from './commands/clean-up.ts'
import type { ClearLocksInput } from './commands/clear-locks.ts'
import type { ListAttemptsInput } from './commands/list-attempts.ts'
import type { ListedSession } from './commands/list-sessions.ts'
import type { SetStatusInput } from './commands/set-status.ts'
import type { ResolvedConfig } from './config/resolved-config.ts'
import type { MigrationDraft, MigrationStatus } from './contracts/store.ts'
import type { Peer } from './http/peer.ts'
import type { Account, SessionInfo } from './model/account.ts'
import type { Attempt } from './model/attempt.ts'
import type { FieldDefinitions, ValuesOf } from './model/field.ts'
import type { Carrier, IssuedToken } from './model/session.ts'
import type { UserId } from './model/user.ts'

/** A user with the application's own fields. */
export interface UserOf<F extends FieldDefinitions> extends Omit<Account, 'fields'> {
  readonly fields: ValuesOf<F>
}

/** A live session and whose it is. */
export interface SessionOf<F extends FieldDefinitions> {
  readonly session: SessionInfo
  readonly user: UserOf<F>
}

/** Where a direct call comes from; what is absent is unknown. */
export interface Caller {
  /** From `auth.authenticate`; commands about one's own account need it. It is looked up again at each call. */
  readonly actor?: { readonly session: Pick<SessionInfo, 'id'> } | null
  readonly address?: string | null
  readonly userAgent?: string | null
  /** The value of the known-device cookie. */
  readonly deviceToken?: string | null
  /** BCP 47; mails are written in it. @default the first configured language */
  readonly language?: string
  /** Written into the attempt log. @default 'library' */
  readonly door?: string
}

export interface NewAccount<F extends FieldDefinitions> {
  readonly username?: string | null
  readonly email?: string | null
  readonly firstName?: string
  readonly lastName?: string
  readonly fields?: Partial<ValuesOf<F>>
  readonly profiles?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export interface LoggedIn<F extends FieldDefinitions> {
  readonly user: UserOf<F>
  readonly issued: IssuedToken
  readonly deviceToken: string
}

/** Commands that anybody may call. They throw `AuthError`. */
export interface PublicCommands<F extends FieldDefinitions> {
  register(
    input: NewAccount<F> & { readonly password: string },
    caller?: Caller,
  ): Promise<{ readonly user: UserOf<F>; readonly status: 'active' | 'verification_required' }>
  activate(input: { readonly code: string }, caller?: Caller): Promise<UserOf<F>>
  resendActivation(input: { readonly email: string }, caller?: Caller): Promise<void>
  login(
    input: { readonly identifier: string; readonly password: string; readonly carrier?: Carrier },
    caller?: Caller,
  ): Promise<LoggedIn<F>>
  requestPasswordReset(input: { readonly email: string }, caller?: Caller): Promise<void>
  confirmPasswordReset(input: { readonly code: string; readonly newPassword: string }, caller?: Caller): Promise<void>
  confirmEmailChange(input: { readonly code: string }, caller?: Caller): Promise<UserOf<F>>
  cancelEmailChange(input: { readonly code: string }, caller?: Caller): Promise<void>
  rotateToken(
    input: { readonly refreshToken: string },
    caller?: Caller,
  ): Promise<{ readonly user: UserOf<F>; readonly issued: IssuedToken }>
  unlock(input: { readonly code: string }, caller?: Caller): Promise<void>
}

/** Commands about the caller's own account; `caller.actor` says whose. */
export interface OwnCommands<F extends FieldDefinitions> {
  logout(caller: Caller): Promise<void>
  changePassword(
    input: { readonly currentPassword: string; readonly newPassword: string },
    caller: Caller,
  ): Promise<{ readonly renewed: IssuedToken | null }>
  changeUsername(
    input: { readonly newUsername: string; readonly currentPassword: string },
    caller: Caller,
  ): Promise<UserOf<F>>
  changeEmail(input: { readonly newEmail: string; readonly currentPassword: string }, caller: Caller): Promise<void>
  updateProfile(input: Omit<NewAccount<F>, 'username' | 'email'>, caller: Caller): Promise<UserOf<F>>
  deleteAccount(input: { readonly currentPassword: string }, caller: Caller): Promise<void>
  listSessions(caller: Caller): Promise<readonly ListedSession[]>
  revokeSession(input: { readonly sessionId: string }, caller: Caller): Promise<void>
  revokeOtherSessions(caller: Caller): Promise<void>
  exportUser(caller: Caller): Promise<{
    readonly user: UserOf<F>
    readonly sessions: readonly SessionInfo[]
    readonly attempts: readonly Attempt[]
    readonly exportedAt: Date
  }>
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
  clearLocks(input: ClearLocksInput, caller?: Caller): Promise<void>
  /** `own` needs `caller.actor`; `all` is for operators. */
  listAttempts(input: ListAttemptsInput, caller?: Caller): Promise<readonly Attempt[]>
  findUser(identifier: string): Promise<UserOf<F> | null>
  findUserById(id: UserId): Promise<UserOf<F> | null>
  cleanUp(): Promise<CleanUpResult>
}

/** What `createAuth` makes: every command as a function, and all of them behind `fetch`. */
export interface Auth<F extends FieldDefinitions = FieldDefinitions>
  extends PublicCommands<F>,
    OwnCommands<F>,
    OperatorCommands<F> {
  /** Answers a request to any of the mounts. Needs no `this`. `peer` comes from a host; without it there is no address. */
  readonly fetch: (request: Request, peer?: Peer) => Promise<Response>
  /**
   * The session a request carries in a cookie or an `Authorization: Bearer` header, or `null` when it carries none.
   *
   * @throws {AuthError} `token_invalid` when it carries one that is not good; `cross_site_request` when a cookie came
   * with an unsafe request from elsewhere
   */
  authenticate(request: Request): Promise<SessionOf<F> | null>
  /** What the options became. */
  readonly config: ResolvedConfig
  /** Where mails go, in words. */
  readonly mailDescription: string
  /** What answers where, in the order of the options. */
  readonly mounts: readonly { readonly path: string; readonly dialect: string }[]
  migrate(): Promise<readonly string[]>
  migrationStatus(): Promise<MigrationStatus>
  draftMigration(options: { readonly dropUndeclared: boolean }): Promise<MigrationDraft | null>
  /** Starts sending what waits in the outbox; `fetch` does so too, and so does a command that writes a mail. */
  start(): void
  /** Resolves once due mails are sent and last uses written. */
  flush(): Promise<void>
  /** Finishes background work and lets go of everything. */
  close(): Promise<void>
}
