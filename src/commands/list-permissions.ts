import type { Group } from '../model/group.ts'
import { type DeclaredPermission, moduleOf } from '../model/permission.ts'
import { isActive, type User, type UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { requireUserById } from './steps/find-user-by-id.ts'
import { grantingBackend } from './steps/permission-rules.ts'

/** Why somebody may do something. */
export type PermissionSource = 'superuser' | 'user' | `group:${string}` | `backend:${string}`

/** Something that the user may do. */
export interface EffectivePermission extends DeclaredPermission {
  readonly sources: readonly PermissionSource[]
}

export interface PermissionsOfUser {
  /** What `hasPermission` answers with yes, in the order in which the permissions are declared. */
  readonly effective: readonly EffectivePermission[]
  /** What is stored for the user alone, whatever the user's status; also names that are no longer declared. */
  readonly own: readonly string[]
  /** The user's groups with what is stored for each. */
  readonly groups: readonly Group[]
}

export interface ListPermissionsInput {
  readonly userId: UserId
}

/**
 * Tells all that a user may do and why, and what is stored for them. For operators; nobody's proof is asked.
 *
 * @throws {AuthError} `not_found`
 */
export async function listPermissions(
  ctx: CommandContext,
  { userId }: ListPermissionsInput,
): Promise<PermissionsOfUser> {
  const user = await requireUserById(ctx, userId)
  const { own } = await ctx.store.groups.permissionsOf(user.id)
  const groups = await ctx.store.groups.groupsOf(user.id)
  return { effective: isActive(user) ? await effectiveOf(ctx, user, { own, groups }) : [], own, groups }
}

async function effectiveOf(
  ctx: CommandContext,
  user: User,
  stored: Pick<PermissionsOfUser, 'own' | 'groups'>,
): Promise<readonly EffectivePermission[]> {
  const effective: EffectivePermission[] = []
  for (const [permission, description] of Object.entries(ctx.config.permissions)) {
    const sources = storedSources(user, permission, stored)
    const backend = sources.length === 0 ? await grantingBackend(ctx, user, permission) : null
    if (backend !== null) sources.push(`backend:${backend.name}`)
    if (sources.length > 0) effective.push({ permission, module: moduleOf(permission), description, sources })
  }
  return effective
}

function storedSources(
  user: User,
  permission: string,
  { own, groups }: Pick<PermissionsOfUser, 'own' | 'groups'>,
): PermissionSource[] {
  const sources: PermissionSource[] = user.isSuperuser ? ['superuser'] : []
  if (own.includes(permission)) sources.push('user')
  for (const { name, permissions } of groups) if (permissions.includes(permission)) sources.push(`group:${name}`)
  return sources
}
