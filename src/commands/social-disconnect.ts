import { AuthError } from '../errors.ts'
import { toIdentityInfo } from '../model/identity.ts'
import { readUserId } from '../model/user-id.ts'
import type { CommandContext } from './context.ts'
import { requireActor } from './steps/require-actor.ts'

export interface SocialDisconnectInput {
  /** The identity's id, as a number or as the text of one. */
  readonly identityId: unknown
}

/**
 * Takes one of the caller's own identities away. Somebody else's is as unknown as one that never was.
 *
 * Sessions that it began go on. Whoever would be left without a way to log in keeps it, however many are taken away at
 * once.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`, `last_way_in`
 */
export async function socialDisconnect(ctx: CommandContext, { identityId }: SocialDisconnectInput): Promise<void> {
  const { user } = requireActor(ctx)
  const id = readUserId(identityId, 'integer')
  const identity = (await ctx.store.identities.listForUser(user.id)).find((own) => own.id === id)
  if (identity === undefined) throw new AuthError('not_found')
  const outcome = await ctx.store.identities.delete(identity.id, user.id)
  if (outcome === 'last-way-in') throw new AuthError('last_way_in')
  if (outcome === 'missed') throw new AuthError('not_found')
  ctx.emit('identityDisconnected', { user, identity: toIdentityInfo(identity) }, ctx.request)
}
