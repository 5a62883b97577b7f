import type { SessionInfo } from '../model/account.ts'
import type { UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { requireUserById } from './steps/find-user-by-id.ts'
import { requireOperator } from './steps/require-operator.ts'

export interface AdminListSessionsInput {
  /** A number or a text, as it stands in an address. */
  readonly userId: UserId
}

/**
 * The live sessions of a user, latest use first, without what opens them.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `not_found`
 */
export async function adminListSessions(
  ctx: CommandContext,
  input: AdminListSessionsInput,
): Promise<readonly SessionInfo[]> {
  await requireOperator(ctx, 'view_session')
  const { id } = await requireUserById(ctx, input.userId)
  const sessions = await ctx.store.sessions.listForUser(id, ctx.clock.now())
  return sessions.map(({ digest: _digest, ...session }) => session)
}
