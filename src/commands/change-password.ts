import { AuthError } from '../errors.ts'
import type { IssuedToken } from '../model/session.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { passwordProblems } from './steps/accept-password.ts'
import { beginSession, newSessionId } from './steps/begin-session.ts'
import { ALL_BUT_UNDO, stillAsProven } from './steps/conditions.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { assertNoErrors, assertPasswordText } from './steps/input.ts'
import { limitByAddress } from './steps/limit-rate.ts'
import { type ProvenUser, proveUser } from './steps/prove-user.ts'
import { repetitionProblems } from './steps/repetition-problems.ts'
import { requireActor } from './steps/require-actor.ts'

export interface ChangePasswordInput {
  readonly currentPassword?: unknown
  readonly newPassword: unknown
  /** The new password a second time, where the form asks for it; compared as it is. */
  readonly newPasswordAgain?: unknown
  /** Ends the caller's own session too. @default false */
  readonly endCurrentSession?: boolean
  /**
   * The caller's session is proof enough, and `currentPassword` is not looked at. Whoever gets hold of a session, be it for
   * a minute at an unlocked screen, can then keep the user. A user without a password gets a first one. @default false
   */
  readonly dangerouslyWithoutCurrentPassword?: boolean
}

export interface ChangePasswordResult {
  /** A new secret for a session that travels in a cookie and goes on; other carriers keep theirs. */
  readonly renewed: IssuedToken | null
}

/**
 * Replaces the password and ends every other session, every mailed code, and a cookie's old value.
 *
 * That the current password is wrong is told before what is wrong with the new one, as far as that is a text that can be one.
 *
 * @throws {AuthError} `not_authenticated`, `wrong_current_password`, `validation_failed`, what `proveUser` throws
 */
export async function changePassword(ctx: CommandContext, input: ChangePasswordInput): Promise<ChangePasswordResult> {
  const { session } = requireActor(ctx)
  const { newPassword, newPasswordAgain, endCurrentSession = false } = input
  // What is no password at all is worth no hash.
  assertPasswordText('newPassword', newPassword)
  const proven = await proveCaller(ctx, input)
  assertNoErrors({
    newPassword: await passwordProblems(ctx, proven.user, newPassword),
    newPasswordAgain: repetitionProblems(newPassword, newPasswordAgain),
  })
  const isRenewed = session.carrier === 'cookie' && !endCurrentSession
  const endSessions = isRenewed || endCurrentSession ? 'all' : { except: session.id }
  const user = await replacePassword(ctx, proven.user, { newPassword, endSessions })
  return { renewed: isRenewed ? await renewSession(ctx, { user, backend: proven.backend }) : null }
}

async function proveCaller(ctx: CommandContext, input: ChangePasswordInput): Promise<ProvenUser> {
  const { user, session } = requireActor(ctx)
  if (input.dangerouslyWithoutCurrentPassword === true) {
    await limitByAddress(ctx, 'passwordsPerAddress')
    return { user, backend: session.backend }
  }
  const { currentPassword: password } = input
  assertPasswordText('currentPassword', password)
  return proveUser(ctx, { claim: { user }, password, action: 'change-password' })
}

interface Replacement {
  readonly newPassword: string
  readonly endSessions: 'all' | { readonly except: string }
}

async function replacePassword(ctx: CommandContext, user: User, replacement: Replacement): Promise<User> {
  const { newPassword: password, endSessions } = replacement
  const passwordHash = await ctx.hasher.hash({ password, fairnessKey: `user:${user.id}` })
  const updated = await ctx.store.users.update(
    user.id,
    { passwordHash },
    { when: stillAsProven(user), endSessions, removeCodes: ALL_BUT_UNDO },
  )
  if (updated.outcome !== 'updated') throw new AuthError('token_invalid')
  await enqueueMail(ctx, { kind: 'password-changed', user })
  ctx.emit('passwordChanged', { user: updated.user, by: 'change' }, ctx.request)
  return updated.user
}

function renewSession(ctx: CommandContext, { user, backend }: ProvenUser): Promise<IssuedToken> {
  const { assurance } = requireActor(ctx).session
  return beginSession(ctx, { sessionId: newSessionId(ctx), user, carrier: 'cookie', assurance, backend })
}
