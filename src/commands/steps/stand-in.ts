import { canonicalEmail, canonicalUsername } from '../../model/identifier.ts'
import { toBase64Url } from '../../util/base64url.ts'
import { hmacSha256 } from '../../util/secrets.ts'
import type { CommandContext } from '../context.ts'
import { insertUser, type NewUserState } from './insert-user.ts'
import type { CheckedNewUser } from './read-new-user.ts'

/**
 * Adds the stand-in of somebody whose address another one has. It holds the user name, so that nothing that is free
 * afterwards tells of the address, and nobody can ever log in as it.
 */
export function insertStandIn(
  ctx: CommandContext,
  checked: CheckedNewUser,
  state: NewUserState,
): ReturnType<typeof insertUser> {
  const email = standInAddress(ctx, checked.email ?? '')
  return insertUser(ctx, { ...checked, email }, { ...state, status: 'pending' })
}

/** Whether the name is held by the stand-in for the address already; where there are no names to bring, whether there is one. */
export async function isHeldByStandIn(ctx: CommandContext, { username, email }: CheckedNewUser): Promise<boolean> {
  const address = standInAddress(ctx, email ?? '')
  const [key, kind] =
    username === null ? [canonicalEmail(address), 'email' as const] : [canonicalUsername(username), 'username' as const]
  const [holder] = await ctx.store.users.findByIdentifier(key, [kind], 1)
  return holder?.email === address
}

/**
 * An address that nobody has (RFC 2606 §2), the same for every stand-in of one address: a new stand-in replaces the one
 * before it and frees its name, just as a new registration replaces one that was never confirmed.
 */
function standInAddress(ctx: CommandContext, email: string): string {
  const [key] = ctx.keys.keysFor('stand-in')
  return `${toBase64Url(hmacSha256(key, canonicalEmail(email))).toLowerCase()}@stand-in.invalid`
}
