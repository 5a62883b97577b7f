import { AuthError } from '../../errors.ts'
import type { Identity } from '../../model/identity.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { type CheckedIdentity, toNewIdentity } from './check-identity.ts'
import { stillAsProven } from './conditions.ts'
import { tellOfIdentity } from './tell-of-identity.ts'

/** What the attempt log calls the connecting of a provider. */
export const SOCIAL_CONNECT = 'social-connect'

/**
 * Links a proven identity to the user. What is linked to this user already stays as it is; what is linked to another is
 * never moved, and whose it is is not told. The owner gets a mail about every new one.
 *
 * @throws {AuthError} `identity_taken`; `token_invalid` where the user was disabled or the sessions ended meanwhile
 */
export async function connectIdentity(ctx: CommandContext, user: User, checked: CheckedIdentity): Promise<Identity> {
  const result = await ctx.store.identities.insert(toNewIdentity(ctx, checked), user.id, stillAsProven(user))
  switch (result.outcome) {
    case 'inserted':
      await tellOfIdentity(ctx, user, result.identity)
      return result.identity
    case 'conflict':
      return requireOwn(ctx, user, checked)
    case 'missed':
      throw new AuthError('token_invalid')
  }
}

async function requireOwn(ctx: CommandContext, user: User, checked: CheckedIdentity): Promise<Identity> {
  const known = await ctx.store.identities.find(checked)
  if (known?.user.id !== user.id) throw new AuthError('identity_taken')
  return known.identity
}
