import { type IdentityInfo, toIdentityInfo } from '../model/identity.ts'
import type { UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { requireUserById } from './steps/find-user-by-id.ts'
import { requireOperator } from './steps/require-operator.ts'

export interface AdminListIdentitiesInput {
  /** A number or a text, as it stands in an address. */
  readonly userId: UserId
}

/**
 * The providers by which a user can log in, in the order in which they were connected, without any token.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `not_found`
 */
export async function adminListIdentities(
  ctx: CommandContext,
  input: AdminListIdentitiesInput,
): Promise<readonly IdentityInfo[]> {
  await requireOperator(ctx, 'view_user')
  const { id } = await requireUserById(ctx, input.userId)
  return (await ctx.store.identities.listForUser(id)).map(toIdentityInfo)
}
