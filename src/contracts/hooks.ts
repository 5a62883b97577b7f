import type { Account, SessionInfo } from '../model/account.ts'
import type { AttemptOutcome } from '../model/attempt.ts'
import type { Group } from '../model/group.ts'
import type { IdentityInfo } from '../model/identity.ts'
import type { RequestInfo } from '../model/request-info.ts'

/** What happened, by name. Secrets never appear; a failing listener is logged and changes nothing. */
export interface EventMap {
  readonly userRegistered: { readonly user: Account }
  readonly emailVerified: { readonly user: Account }
  readonly userLoggedIn: { readonly user: Account; readonly session: SessionInfo; readonly isNewDevice: boolean }
  readonly loginFailed: {
    readonly user: Account | null
    readonly credentials: { readonly identifier: string | null; readonly password: '********************' }
    readonly outcome: AttemptOutcome
    readonly action: string
  }
  /** `identifier` is what was typed. `until` is `null` for a lock that does not end by itself. */
  readonly userLockedOut: {
    readonly user: Account | null
    readonly identifier: string | null
    readonly until: Date | null
  }
  /** One source guesses at many users; raised once a lock of that source. */
  readonly addressLockedOut: { readonly address: string; readonly until: Date | null }
  /** By a code or an operator. Neither user nor identifier: every lock there was. */
  readonly userUnlocked: { readonly user: Account | null; readonly identifier: string | null }
  readonly userLoggedOut: { readonly user: Account; readonly session: SessionInfo }
  readonly sessionRevoked: { readonly user: Account; readonly sessionIds: readonly string[] | 'others' | 'all' }
  /** A refresh token that had been rotated came back; its session was ended. */
  readonly tokenReused: { readonly session: SessionInfo }
  readonly passwordChanged: { readonly user: Account; readonly by: 'change' | 'reset' | 'operator' }
  readonly passwordResetRequested: { readonly user: Account }
  readonly emailChangeRequested: { readonly user: Account; readonly newEmail: string }
  readonly emailChanged: { readonly user: Account; readonly oldEmail: string | null }
  readonly usernameChanged: { readonly user: Account; readonly oldUsername: string | null }
  readonly profileUpdated: { readonly user: Account }
  /** What its members may do may be another from now on. */
  readonly groupChanged: { readonly group: Group; readonly change: 'created' | 'updated' | 'deleted' }
  /** The user's groups, or the permissions of the user's own, were replaced. */
  readonly permissionsChanged: { readonly user: Account; readonly replaced: 'groups' | 'permissions' }
  /** A user can log in by a provider from now on: registered so, or connected it. */
  readonly identityConnected: { readonly user: Account; readonly identity: IdentityInfo }
  readonly identityDisconnected: { readonly user: Account; readonly identity: IdentityInfo }
  readonly userDeleted: { readonly user: Account }
  readonly mailAbandoned: { readonly kind: string; readonly error: string }
}

export type EventName = keyof EventMap

/** What every listener gets besides the event's own fields. */
export interface EventContext {
  readonly at: Date
  /** `null` for work outside a request, such as sending mail. */
  readonly request: RequestInfo | null
}

export type Listeners = {
  readonly [K in EventName]?: (event: EventMap[K] & EventContext) => void | Promise<void>
}

/** A hook's answer: nothing lets the command go on, a refusal ends it with `refused_by_hook`. */
export type HookAnswer = undefined | { readonly refuse: string }

/** Asked before something happens, after input was checked. A hook that throws stops the command with a 500. */
export interface Hooks {
  /** The user as it would be stored, without the password. */
  readonly beforeRegister?: (
    user: { readonly username: string | null; readonly email: string | null; readonly fields: object },
    request: RequestInfo,
  ) => HookAnswer | Promise<HookAnswer>
  /** After the password, or the identity at a provider, was proven and before a session begins. */
  readonly beforeLogin?: (user: Account, request: RequestInfo) => HookAnswer | Promise<HookAnswer>
  readonly beforeDelete?: (user: Account, request: RequestInfo) => HookAnswer | Promise<HookAnswer>
}
