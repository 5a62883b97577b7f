import type { User, UserId } from '../model/user.ts'
import { findUserAnew } from './steps/find-user-by-id.ts'
import { assertDeclaredPermission, isGranted, type PermissionEngine } from './steps/permission-rules.ts'

export interface HasPermissionInput {
  /** Whose; of a user only the id is looked at. */
  readonly user: UserId | Pick<User, 'id'>
  /** One that the options declare, such as `blog.add_post`. */
  readonly permission: string
}

/**
 * Tells whether a user may do something. Nobody but active users may do anything, superusers may do everything, others
 * what they or one of their groups have been given, or what a backend grants.
 *
 * The user is read again: whoever holds one may have read it before a privilege was taken away.
 *
 * @throws {TypeError} for a permission that is not declared
 */
export async function hasPermission(
  engine: PermissionEngine,
  { user, permission }: HasPermissionInput,
): Promise<boolean> {
  assertDeclaredPermission(engine.config.permissions, permission)
  const present = await findUserAnew(engine, user)
  return present !== null && isGranted(engine, present, permission)
}
