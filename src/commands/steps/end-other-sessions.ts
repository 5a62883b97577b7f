import type { Actor } from '../../model/session.ts'
import type { CommandContext } from '../context.ts'

/** Ends all of the user's sessions but the one the caller came with, and tells how many ended. */
export async function endOtherSessions(ctx: CommandContext, { session: own, user }: Actor): Promise<number> {
  const { sessions, attempts } = ctx.store
  const now = ctx.clock.now()
  const live = await sessions.listForUser(user.id, now)
  const ended = await sessions.deleteForUser(user.id, { except: own.id })
  await attempts.markLoggedOut(
    live.flatMap(({ id }) => (id === own.id ? [] : [id])),
    now,
  )
  return ended
}
