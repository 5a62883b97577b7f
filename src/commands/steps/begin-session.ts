import { AuthError } from '../../errors.ts'
import type { Assurance, Carrier, IssuedToken } from '../../model/session.ts'
import type { User } from '../../model/user.ts'
import { toBase64Url } from '../../util/base64url.ts'
import { type CommandContext, tokenManagerFor } from '../context.ts'

/** A new session's public handle. */
export const newSessionId = (ctx: Pick<CommandContext, 'random'>): string => toBase64Url(ctx.random.bytes(16))

interface NewSession {
  readonly sessionId: string
  readonly user: User
  readonly carrier: Carrier
  readonly assurance: Assurance
  readonly backend: string
  /** @default as the token manager says */
  readonly lifetimeSeconds?: number | undefined
}

/**
 * Begins a session with a fresh secret; nothing the client brought along becomes part of it.
 *
 * @throws {AuthError} `token_invalid` when the user was disabled, or the password replaced, since it was proven
 */
export async function beginSession(ctx: CommandContext, input: NewSession): Promise<IssuedToken> {
  const issued = await tryToBeginSession(ctx, input)
  if (issued === null) throw new AuthError('token_invalid')
  return issued
}

/** Like `beginSession`, but `null` where it throws: for what stands whether or not a session begins. */
export async function tryToBeginSession(ctx: CommandContext, input: NewSession): Promise<IssuedToken | null> {
  const { address, userAgent } = ctx.request
  const issued = await tokenManagerFor(ctx, input.carrier).issue({ ...input, address, userAgent })
  if (issued === null) return null
  try {
    await endOldestSessions(ctx, input.user)
  } catch (error) {
    // The session has begun: its holder must get it. The next log-in ends what is too much.
    ctx.logger.warn({ err: error, userId: input.user.id }, 'surplus sessions could not be ended')
  }
  return issued
}

/** Keeps a user's sessions at the configured number; the ones unused longest go. */
async function endOldestSessions(ctx: CommandContext, user: User): Promise<void> {
  const surplus = await ctx.store.sessions.listSurplus(user.id, ctx.clock.now(), ctx.config.sessions.maxPerUser)
  for (const id of surplus) await ctx.store.sessions.delete(id, user.id)
}
