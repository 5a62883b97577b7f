import type { Caller } from './auth-values.ts'
import type { CommandContext, Engine } from './commands/context.ts'
import { type CreateGroupInput, createGroup } from './commands/create-group.ts'
import { type DeleteGroupInput, deleteGroup } from './commands/delete-group.ts'
import { hasModulePermissions } from './commands/has-module-permissions.ts'
import { hasPermission } from './commands/has-permission.ts'
import { listDeclaredPermissions } from './commands/list-declared-permissions.ts'
import { type ListGroupsInput, listGroups } from './commands/list-groups.ts'
import { type ListPermissionsInput, listPermissions, type PermissionsOfUser } from './commands/list-permissions.ts'
import { type ReadGroupInput, readGroup } from './commands/read-group.ts'
import { type SetUserGroupsInput, setUserGroups } from './commands/set-user-groups.ts'
import { type SetUserPermissionsInput, setUserPermissions } from './commands/set-user-permissions.ts'
import { type UpdateGroupInput, updateGroup } from './commands/update-group.ts'
import type { Group, ListedGroup } from './model/group.ts'
import type { DeclaredPermission } from './model/permission.ts'
import type { User, UserId } from './model/user.ts'

/**
 * Who may do what. The questions are for handlers of your own; the rest is for operators: nobody's proof is asked, so never
 * hand it input from outside unchecked.
 */
export interface PermissionCommands {
  /**
   * Whether the user may do it now. The user is read again, so a user that was read long ago keeps no privilege.
   *
   * @throws {TypeError} for a permission that the options do not declare
   */
  hasPermission(user: UserId | Pick<User, 'id'>, permission: string): Promise<boolean>
  /**
   * Whether the pages of a module are for this user: for active staff who may do anything of it.
   *
   * @throws {TypeError} for a module of which the options declare no permission
   */
  hasModulePermissions(user: UserId | Pick<User, 'id'>, module: string): Promise<boolean>
  /** All that a user may do and why, and what is stored for them. */
  listPermissions(input: ListPermissionsInput): Promise<PermissionsOfUser>
  /** Every permission that can be given. */
  listDeclaredPermissions(): Promise<readonly DeclaredPermission[]>
  createGroup(input: CreateGroupInput, caller?: Caller): Promise<Group>
  updateGroup(input: UpdateGroupInput, caller?: Caller): Promise<Group>
  /** Its members stay. */
  deleteGroup(input: DeleteGroupInput, caller?: Caller): Promise<void>
  readGroup(input: ReadGroupInput): Promise<Group>
  /** `afterId` is the last id of the page before. */
  listGroups(input: ListGroupsInput): Promise<readonly ListedGroup[]>
  /** In place of all groups that the user was in. */
  setUserGroups(input: SetUserGroupsInput, caller?: Caller): Promise<readonly Group[]>
  /** In place of all that was given to the user beside the groups. */
  setUserPermissions(input: SetUserPermissionsInput, caller?: Caller): Promise<void>
}

type Call = <I, O>(command: (ctx: CommandContext, input: I) => Promise<O>) => (input: I, caller?: Caller) => Promise<O>

/** The functions of `auth` about permissions. */
export function permissionCommands(engine: Engine, call: Call): PermissionCommands {
  return {
    // Asked at many requests: they need to know nothing of the caller.
    hasPermission: (user, permission) => hasPermission(engine, { user, permission }),
    hasModulePermissions: (user, module) => hasModulePermissions(engine, { user, module }),
    listPermissions: call(listPermissions),
    listDeclaredPermissions: () => listDeclaredPermissions(engine),
    createGroup: call(createGroup),
    updateGroup: call(updateGroup),
    deleteGroup: call(deleteGroup),
    readGroup: call(readGroup),
    listGroups: call(listGroups),
    setUserGroups: call(setUserGroups),
    setUserPermissions: call(setUserPermissions),
  }
}
