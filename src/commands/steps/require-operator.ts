import { AuthError } from '../../errors.ts'
import type { User } from '../../model/user.ts'
import { isActive } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { isGranted } from './permission-rules.ts'
import { requireActor } from './require-actor.ts'

/** Names of permissions that Portress declares, without the module. */
export type OperatorRight =
  | 'view_user'
  | 'add_user'
  | 'change_user'
  | 'delete_user'
  | 'view_group'
  | 'add_group'
  | 'change_group'
  | 'delete_group'
  | 'view_attempt'
  | 'view_session'
  | 'end_session'
  | 'view_lock'
  | 'unlock'
  | 'change_address_rule'
  | 'view_mail'
  | 'retry_mail'
  | 'view_audit'

/**
 * The one question that every command for operators asks first: whether the caller is active staff and may do this.
 * Superusers among staff may do everything.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`
 */
export async function requireOperator(ctx: CommandContext, right: OperatorRight): Promise<User> {
  const user = requireStaff(ctx)
  if (!(await hasRight(ctx, user, right))) throw new AuthError('forbidden')
  return user
}

/** @throws {AuthError} `not_authenticated`, `forbidden` for whom the pages for operators are not */
export function requireStaff(ctx: CommandContext): User {
  const { user } = requireActor(ctx)
  if (!user.isStaff || !isActive(user)) throw new AuthError('forbidden')
  return user
}

/** Whether a member of staff may do it. */
export function hasRight(ctx: CommandContext, operator: User, right: OperatorRight): Promise<boolean> {
  return isGranted(ctx, operator, `portress.${right}`)
}
