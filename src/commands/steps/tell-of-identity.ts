import { type Identity, toIdentityInfo } from '../../model/identity.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { enqueueMail } from './enqueue-mail.ts'

/**
 * Tells listeners, and the owner by mail, that an account that was there already can be entered another way from now on.
 * Whoever sits at an open session for a minute could otherwise keep a way in that nobody notices.
 */
export async function tellOfIdentity(ctx: CommandContext, user: User, identity: Identity): Promise<void> {
  const { address, userAgent } = ctx.request
  const provider = ctx.providers.get(identity.provider)?.title ?? identity.provider
  const data = { provider, address, userAgent, at: ctx.clock.now().toISOString() }
  await enqueueMail(ctx, { kind: 'identity-connected', user, data })
  ctx.emit('identityConnected', { user, identity: toIdentityInfo(identity) }, ctx.request)
}
