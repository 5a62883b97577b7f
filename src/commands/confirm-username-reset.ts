import { AuthError } from '../errors.ts'
import { canonicalUsername } from '../model/identifier.ts'
import { isActive, type User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { ALL_BUT_UNDO, stillAsProven } from './steps/conditions.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { type FoundCode, findCodeOf, peekCode, takeCode } from './steps/find-code.ts'
import { assertNoErrors, refuseField } from './steps/input.ts'
import { refuseTaken } from './steps/insert-user.ts'
import { limitByAddress } from './steps/limit-rate.ts'
import { readUsername } from './steps/read-new-user.ts'
import { repetitionProblems } from './steps/repetition-problems.ts'

export interface ConfirmUsernameResetInput {
  readonly code: unknown
  /** Whose the code must be, where the link names a user; without it the code alone tells. */
  readonly userId?: unknown
  readonly newUsername: unknown
  /** The new name a second time, where the form asks for it; compared as it was typed. */
  readonly newUsernameAgain?: unknown
  /** Counts as the user's last log-in, though nobody is logged in. @default false */
  readonly updateLastLogin?: boolean
}

/**
 * Gives the active user the code was mailed to another name.
 *
 * What is wrong with the name, also that it is taken, is told before anything about the code, and does not use it up. The
 * mailbox is proven by this. Every other code but an undo dies; sessions go on, and nobody is logged in.
 *
 * @throws {AuthError} `code_invalid`, with the reason `user_unknown` where a user is named whom there is not;
 * `validation_failed`, `rate_limited`
 */
export async function confirmUsernameReset(ctx: CommandContext, input: ConfirmUsernameResetInput): Promise<User> {
  const username = await checkName(ctx, input)
  const code = await findCodeOf(ctx, input, 'reset-username')
  const user = await requireRenamable(ctx, code)
  await takeCode(ctx, code)
  const now = ctx.clock.now()
  const updated = await ctx.store.users.update(
    user.id,
    {
      username,
      emailVerifiedAt: user.emailVerifiedAt ?? now,
      ...(input.updateLastLogin === true ? { lastLoginAt: now } : {}),
    },
    { when: { ...stillAsProven(user), email: user.email }, removeCodes: ALL_BUT_UNDO },
  )
  if (updated.outcome === 'conflict' && updated.field === 'username') throw refuseTaken('newUsername')
  if (updated.outcome !== 'updated') throw new AuthError('code_invalid')
  await enqueueMail(ctx, { kind: 'username-changed', user: updated.user })
  ctx.emit('usernameChanged', { user: updated.user, oldUsername: user.username }, ctx.request)
  return updated.user
}

async function checkName(ctx: CommandContext, input: ConfirmUsernameResetInput): Promise<string> {
  const { newUsername, newUsernameAgain } = input
  const { value: username, errors } = readUsername(ctx, { value: newUsername, by: 'visitor' })
  const isTaken = errors['username'] === undefined && username !== null && (await isTakenFor(ctx, username, input))
  assertNoErrors({
    newUsername: isTaken ? [{ code: 'taken' }] : (errors['username'] ?? []),
    newUsernameAgain: repetitionProblems(newUsername, newUsernameAgain),
  })
  if (username === null) throw refuseField('newUsername', 'required')
  return username
}

/** Names are public, but nobody finds out about many of them this way: a taken one counts as a bad code. */
async function isTakenFor(ctx: CommandContext, username: string, input: ConfirmUsernameResetInput): Promise<boolean> {
  const [holder] = await ctx.store.users.findByIdentifier(canonicalUsername(username), ['username'], 1)
  if (holder === undefined) return false
  const code = await peekCode(ctx, input, 'reset-username')
  // The own name in another spelling is free; as it is, it is no change.
  if (code?.userId === holder.id && holder.username !== username) return false
  await limitByAddress(ctx, 'codesPerAddress')
  return true
}

async function requireRenamable(ctx: CommandContext, { userId, payload }: FoundCode): Promise<User> {
  const user = await ctx.store.users.findById(userId)
  const isSame = user?.email === payload.address && user.sessionEpoch === payload.sessionEpoch
  if (user === null || !isActive(user) || !isSame) throw new AuthError('code_invalid')
  return user
}
