import { AuthError } from '../errors.ts'
import type { IssuedToken } from '../model/session.ts'
import type { CommandContext } from './context.ts'
import { assertAcceptablePassword } from './steps/accept-password.ts'
import { beginSession, newSessionId } from './steps/begin-session.ts'
import { ALL_BUT_UNDO, stillAsProven } from './steps/conditions.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { assertPasswordText } from './steps/input.ts'
import { proveUser } from './steps/prove-user.ts'
import { requireActor } from './steps/require-actor.ts'

export interface ChangePasswordInput {
  readonly currentPassword: unknown
  readonly newPassword: unknown
}

export interface ChangePasswordResult {
  /** A new secret for a session that travels in a cookie; other carriers keep theirs. */
  readonly renewed: IssuedToken | null
}

/**
 * Replaces the password and ends every other session, every mailed code, and a cookie's old value.
 *
 * @throws {AuthError} `not_authenticated`, `wrong_current_password`, `validation_failed`, what `proveUser` throws
 */
export async function changePassword(ctx: CommandContext, input: ChangePasswordInput): Promise<ChangePasswordResult> {
  const { user: actor, session } = requireActor(ctx)
  const { currentPassword, newPassword } = input
  assertPasswordText('currentPassword', currentPassword)
  assertPasswordText('newPassword', newPassword)
  const claim = { user: actor }
  const { user, backend } = await proveUser(ctx, { claim, password: currentPassword, action: 'change-password' })
  await assertAcceptablePassword(ctx, user, { field: 'newPassword', password: newPassword })
  const passwordHash = await ctx.hasher.hash({ password: newPassword, fairnessKey: `user:${user.id}` })
  const isCookie = session.carrier === 'cookie'
  const updated = await ctx.store.users.update(
    user.id,
    { passwordHash },
    {
      when: stillAsProven(user),
      endSessions: isCookie ? 'all' : { except: session.id },
      removeCodes: ALL_BUT_UNDO,
    },
  )
  if (updated.outcome !== 'updated') throw new AuthError('token_invalid')
  await enqueueMail(ctx, { kind: 'password-changed', user })
  ctx.emit('passwordChanged', { user: updated.user, by: 'change' }, ctx.request)
  if (!isCookie) return { renewed: null }
  const { assurance } = session
  const sessionId = newSessionId(ctx)
  return {
    renewed: await beginSession(ctx, {
      sessionId,
      user: updated.user,
      carrier: 'cookie',
      assurance,
      backend,
    }),
  }
}
