import type { UserCondition } from '../../contracts/store.ts'
import { AuthError } from '../../errors.ts'
import type { User, UserId } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { isGranted } from './permission-rules.ts'
import { requireActor } from './require-actor.ts'

/**
 * What an operator does to somebody: `data` changes what is known of them, `way-in` changes who can come in as them.
 */
export type Touch = 'data' | 'way-in'

/**
 * Nobody gets further through somebody else than by themselves: only superusers touch staff and superusers, and only who may
 * do all that a user may do changes who comes in as that user.
 *
 * @throws {AuthError} `forbidden`
 */
export async function assertMayTouch(
  ctx: CommandContext,
  operator: User,
  { subject, touch }: { readonly subject: Pick<User, 'id' | 'isStaff' | 'isSuperuser'>; readonly touch: Touch },
): Promise<void> {
  if (operator.isSuperuser) return
  const isSelf = operator.id === subject.id
  if (!isSelf && (subject.isStaff || subject.isSuperuser)) throw new AuthError('forbidden')
  if (touch === 'way-in' && !isSelf) await assertHoldsAll(ctx, operator, await permissionsOf(ctx, subject.id))
}

/**
 * What must still hold when the change is written that `assertMayTouch` let through: whoever was made staff or a superuser
 * meanwhile is not touched any more.
 */
export function stillAsJudged(ctx: CommandContext, { id, isStaff, isSuperuser }: User): UserCondition {
  const { user: operator } = requireActor(ctx)
  return operator.isSuperuser || operator.id === id ? {} : { isStaff, isSuperuser }
}

/**
 * Refuses to give, take or take over permissions that the operator does not have. Names that no program declares any more
 * count as well: another release may know them.
 *
 * @throws {AuthError} `forbidden`
 */
export async function assertHoldsAll(
  ctx: CommandContext,
  operator: User,
  permissions: readonly string[],
): Promise<void> {
  for (const permission of permissions) {
    if (!(await isGranted(ctx, operator, permission))) throw new AuthError('forbidden')
  }
}

async function permissionsOf(ctx: CommandContext, id: UserId): Promise<readonly string[]> {
  const { own, ofGroups } = await ctx.store.groups.permissionsOf(id)
  return [...own, ...ofGroups]
}

/** @throws {AuthError} `forbidden` for what operators do to others only */
export function assertNotSelf(operator: User, subject: User): void {
  if (operator.id === subject.id) throw new AuthError('forbidden', { reason: 'own_account' })
}

/** @throws {AuthError} `forbidden` for what only superusers do */
export function assertSuperuser(operator: User): void {
  if (!operator.isSuperuser) throw new AuthError('forbidden')
}
