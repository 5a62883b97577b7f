import { isActive, type User, type UserId } from '../model/user.ts'
import { findUserAnew } from './steps/find-user-by-id.ts'
import {
  assertDeclaredModule,
  grantingBackend,
  type PermissionEngine,
  permissionsOfModule,
} from './steps/permission-rules.ts'

export interface HasModulePermissionsInput {
  /** Whose; of a user only the id is looked at. */
  readonly user: UserId | Pick<User, 'id'>
  /** What stands before the dot of permissions, such as `blog`. */
  readonly module: string
}

/**
 * Tells whether the pages of a module are for this user at all: for active staff who may do anything of the module.
 * Superusers among the staff may.
 *
 * The user is read again, as for `hasPermission`.
 *
 * @throws {TypeError} for a module of which no permission is declared
 */
export async function hasModulePermissions(
  engine: PermissionEngine,
  { user, module }: HasModulePermissionsInput,
): Promise<boolean> {
  assertDeclaredModule(engine.config.permissions, module)
  const present = await findUserAnew(engine, user)
  if (present === null || !isActive(present) || !present.isStaff) return false
  return present.isSuperuser || holdsAnyOf(engine, present, permissionsOfModule(engine.config.permissions, module))
}

async function holdsAnyOf(engine: PermissionEngine, user: User, permissions: readonly string[]): Promise<boolean> {
  const { own, ofGroups } = await engine.store.groups.permissionsOf(user.id)
  if (permissions.some((permission) => own.includes(permission) || ofGroups.includes(permission))) return true
  for (const permission of permissions) {
    if ((await grantingBackend(engine, user, permission)) !== null) return true
  }
  return false
}
