import type { FieldError } from '../../errors.ts'
import { canonicalUsername } from '../../model/identifier.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { assertWithinLimit } from './limit-rate.ts'
import { readUsername } from './read-new-user.ts'

export interface JudgedUsername {
  readonly username: string | null
  readonly problems: readonly FieldError[]
}

/**
 * Judges a name that a user wants to have from now on: its form, and whether it is free. The own name is, in any spelling.
 *
 * Looked up early, so that `taken` can be told beside other complaints; the update decides all the same. How many names one
 * may ask for is limited.
 *
 * @throws {AuthError} `rate_limited`
 */
export async function judgeUsername(ctx: CommandContext, user: User, typed: unknown): Promise<JudgedUsername> {
  const { value: username, errors } = readUsername(ctx, { value: typed, by: 'visitor' })
  const problems = errors['username'] ?? []
  if (problems.length > 0 || username === null || username === user.username) return { username, problems }
  await assertWithinLimit(ctx, 'changesPerUser', `username:${user.id}`)
  const [holder] = await ctx.store.users.findByIdentifier(canonicalUsername(username), ['username'], 1)
  const isTaken = holder !== undefined && holder.id !== user.id
  return { username, problems: isTaken ? [{ code: 'taken' }] : [] }
}
