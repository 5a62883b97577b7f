import { AuthError } from '../errors.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { stillAsProven } from './steps/conditions.ts'
import { confirmBeside } from './steps/confirm-beside.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { assertNoErrors, assertPasswordText } from './steps/input.ts'
import { refuseTaken } from './steps/insert-user.ts'
import { type JudgedUsername, judgeUsername } from './steps/judge-username.ts'
import { repetitionProblems } from './steps/repetition-problems.ts'
import { requireActor } from './steps/require-actor.ts'

export interface ChangeUsernameInput {
  readonly newUsername: unknown
  /** The new name a second time, where the form asks for it; compared as it was typed. */
  readonly newUsernameAgain?: unknown
  readonly currentPassword: unknown
}

/**
 * Gives the user another name. That a name is taken is told, because names are public; how many one may ask for is
 * limited.
 *
 * A bad name and a wrong password are told together; that the two entries of the name differ, only once all else is right.
 *
 * @throws {AuthError} `not_authenticated`, `wrong_current_password`, `validation_failed`, `rate_limited`
 */
export async function changeUsername(ctx: CommandContext, input: ChangeUsernameInput): Promise<User> {
  const { user: actor } = requireActor(ctx)
  const { newUsername, newUsernameAgain, currentPassword } = input
  assertPasswordText('currentPassword', currentPassword)
  const { username, problems } = await judgeName(ctx, actor, newUsername)
  const beside = { currentPassword, action: 'change-username', problems: { newUsername: problems } }
  const user = await confirmBeside(ctx, { actor, ...beside })
  assertNoErrors({ newUsername: problems })
  assertNoErrors({ newUsernameAgain: repetitionProblems(newUsername, newUsernameAgain) })
  const updated = await ctx.store.users.update(user.id, { username }, { when: stillAsProven(user) })
  if (updated.outcome === 'conflict') throw refuseTaken('newUsername')
  if (updated.outcome === 'missed') throw new AuthError('token_invalid')
  await enqueueMail(ctx, { kind: 'username-changed', user: updated.user })
  ctx.emit('usernameChanged', { user: updated.user, oldUsername: user.username }, ctx.request)
  return updated.user
}

async function judgeName(ctx: CommandContext, user: User, typed: unknown): Promise<JudgedUsername> {
  const judged = await judgeUsername(ctx, user, typed)
  // The own name in another spelling is free; as it is, it is no change.
  const isUnchanged = judged.username !== null && judged.username === user.username
  return isUnchanged ? { ...judged, problems: [{ code: 'taken' }] } : judged
}
