import type { Group, GroupId, ListedGroup, NamedGroup, NewGroup } from '../model/group.ts'
import type { UserId } from '../model/user.ts'

export type InsertGroupResult =
  | { readonly outcome: 'inserted'; readonly group: Group }
  /** Another group has the name. */
  | { readonly outcome: 'conflict' }

export type UpdateGroupResult =
  | { readonly outcome: 'updated'; readonly group: Group }
  /** Another group has the name. */
  | { readonly outcome: 'conflict' }
  /** The group is gone. */
  | { readonly outcome: 'missed' }

export type SetGroupsResult =
  | { readonly outcome: 'set'; readonly groups: readonly Group[] }
  /** There is no such user; nothing was changed. */
  | { readonly outcome: 'user-missed' }
  /** One of the groups is not there; nothing was changed. */
  | { readonly outcome: 'group-missed' }

/** What is stored for a user, each in the order of its names. */
export interface StoredPermissions {
  /** Given to the user. */
  readonly own: readonly string[]
  /** Given to any of the user's groups, each once. */
  readonly ofGroups: readonly string[]
}

/**
 * Groups, who is in them, and what users and groups may do.
 *
 * Names of permissions are texts like any other here: which there are is the program's to say. They are kept as a set and
 * given in their order. Memberships and permissions go with the user or the group they belong to.
 */
export interface GroupStore {
  /** Of any number of concurrent calls for names of one canonical form exactly one inserts. */
  insert(group: NewGroup): Promise<InsertGroupResult>
  find(id: GroupId): Promise<Group | null>
  /** Gives the group another name, or replaces its permissions, or both, as one atomic step. */
  update(id: GroupId, changes: Partial<Pick<Group, 'name' | 'permissions'>>): Promise<UpdateGroupResult>
  /** `false` when there was none. */
  delete(id: GroupId): Promise<boolean>
  /**
   * Up to `limit` groups in the order of their ids, from the first whose id comes after `after`, which need not be
   * any group's; `null` begins with the first of all.
   */
  list(page: { readonly after: GroupId | null; readonly limit: number }): Promise<readonly ListedGroup[]>
  /** The same groups by their names alone: nothing is counted, however many users are in them. */
  names(page: { readonly after: GroupId | null; readonly limit: number }): Promise<readonly NamedGroup[]>
  /** In the order of their ids. */
  groupsOf(userId: UserId): Promise<readonly Group[]>
  /**
   * Replaces the groups that the user is in, as one atomic step: of two at once the user is in those of the one or those of
   * the other. A group that is deleted meanwhile is missed, or takes its membership along.
   */
  setGroups(userId: UserId, groupIds: readonly GroupId[]): Promise<SetGroupsResult>
  /** Replaces the user's own permissions, as one atomic step. `false` when there is no such user. */
  setPermissions(userId: UserId, permissions: readonly string[]): Promise<boolean>
  /** Asked before much of what a user does, so in one statement where the database can. Nobody has nothing. */
  permissionsOf(userId: UserId): Promise<StoredPermissions>
}
