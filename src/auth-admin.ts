import type { Caller } from './auth-values.ts'
import { type ActedOnUser, type AdminActOnUsersInput, adminActOnUsers } from './commands/admin-act-on-users.ts'
import { type AdminConfirmPasswordInput, adminConfirmPassword } from './commands/admin-confirm-password.ts'
import {
  type AdminCountAttemptsInput,
  type AttemptsOfHour,
  adminCountAttempts,
} from './commands/admin-count-attempts.ts'
import { type AdminCountUsersInput, adminCountUsers } from './commands/admin-count-users.ts'
import { type AdminCreateGroupInput, adminCreateGroup } from './commands/admin-create-group.ts'
import { type AdminCreateUserInput, adminCreateUser } from './commands/admin-create-user.ts'
import { type AdminDeleteAddressRuleInput, adminDeleteAddressRule } from './commands/admin-delete-address-rule.ts'
import { type AdminDeleteGroupInput, adminDeleteGroup } from './commands/admin-delete-group.ts'
import { type AdminEndLockInput, adminEndLock } from './commands/admin-end-lock.ts'
import { type AdminEndSessionInput, adminEndSession } from './commands/admin-end-session.ts'
import { type AdminExportUsersInput, adminExportUsers, type UserFile } from './commands/admin-export-users.ts'
import { adminListAddressRules } from './commands/admin-list-address-rules.ts'
import { type AdminListAttemptsInput, adminListAttempts, type ListedAttempt } from './commands/admin-list-attempts.ts'
import { type AdminListAuditInput, adminListAudit, type ListedAuditEntry } from './commands/admin-list-audit.ts'
import { type AdminListGroupsInput, adminListGroups } from './commands/admin-list-groups.ts'
import { type AdminListIdentitiesInput, adminListIdentities } from './commands/admin-list-identities.ts'
import { type AdminListLocksInput, adminListLocks, type ListedLock } from './commands/admin-list-locks.ts'
import { type AdminListMailsInput, adminListMails, type ListedMail } from './commands/admin-list-mails.ts'
import { type AdminListSessionsInput, adminListSessions } from './commands/admin-list-sessions.ts'
import { type AdminListUsersInput, adminListUsers, type ListedUsers } from './commands/admin-list-users.ts'
import { adminOverview, type Overview } from './commands/admin-overview.ts'
import {
  type AdminPreviewDeletionInput,
  adminPreviewDeletion,
  type DeletionPreview,
} from './commands/admin-preview-deletion.ts'
import { type AdminReadGroupInput, adminReadGroup } from './commands/admin-read-group.ts'
import { type AdminReadUserInput, adminReadUser, type UserForOperator } from './commands/admin-read-user.ts'
import { type AdminRetryMailInput, adminRetryMail } from './commands/admin-retry-mail.ts'
import { type AdminSetAddressRuleInput, adminSetAddressRule } from './commands/admin-set-address-rule.ts'
import { type AdminSetPasswordInput, adminSetPassword } from './commands/admin-set-password.ts'
import { type AdminUpdateGroupInput, adminUpdateGroup } from './commands/admin-update-group.ts'
import { type AdminUpdateUserInput, adminUpdateUser } from './commands/admin-update-user.ts'
import type { CommandContext } from './commands/context.ts'
import type { Counted } from './contracts/user-list-store.ts'
import type { Account, SessionInfo } from './model/account.ts'
import type { AddressRule } from './model/address-rule.ts'
import type { Group, ListedGroup } from './model/group.ts'
import type { IdentityInfo } from './model/identity.ts'

/**
 * What operators do: the commands behind the admin. Each asks who calls, and whether they may: `caller.actor` is a member
 * of staff with the permission, or it is refused. They throw `AuthError`.
 */
export interface AdminCommands {
  adminOverview(caller: Caller): Promise<Overview>
  /** Lets an operator go on with what is dangerous. A guess like any other. */
  adminConfirmPassword(input: AdminConfirmPasswordInput, caller: Caller): Promise<void>
  adminListUsers(input: AdminListUsersInput, caller: Caller): Promise<ListedUsers>
  adminCountUsers(input: AdminCountUsersInput, caller: Caller): Promise<Counted>
  adminReadUser(input: AdminReadUserInput, caller: Caller): Promise<UserForOperator>
  adminCreateUser(input: AdminCreateUserInput, caller: Caller): Promise<Account>
  adminUpdateUser(input: AdminUpdateUserInput, caller: Caller): Promise<Account>
  adminSetPassword(input: AdminSetPasswordInput, caller: Caller): Promise<void>
  /** One thing to several users: `activate`, `deactivate`, `unlock`, `end-sessions`, `verify-email`, `send-reset`, `delete`. */
  adminActOnUsers(input: AdminActOnUsersInput, caller: Caller): Promise<readonly ActedOnUser[]>
  /** What goes if these users are deleted. */
  adminPreviewDeletion(input: AdminPreviewDeletionInput, caller: Caller): Promise<readonly DeletionPreview[]>
  /** A CSV file, piece by piece. */
  adminExportUsers(input: AdminExportUsersInput, caller: Caller): Promise<UserFile>
  adminListSessions(input: AdminListSessionsInput, caller: Caller): Promise<readonly SessionInfo[]>
  adminEndSession(input: AdminEndSessionInput, caller: Caller): Promise<void>
  adminListIdentities(input: AdminListIdentitiesInput, caller: Caller): Promise<readonly IdentityInfo[]>
  adminListAttempts(input: AdminListAttemptsInput, caller: Caller): Promise<readonly ListedAttempt[]>
  /** By the hour, for a chart. */
  adminCountAttempts(input: AdminCountAttemptsInput, caller: Caller): Promise<readonly AttemptsOfHour[]>
  adminListLocks(input: AdminListLocksInput, caller: Caller): Promise<readonly ListedLock[]>
  adminEndLock(input: AdminEndLockInput, caller: Caller): Promise<void>
  adminListAddressRules(caller: Caller): Promise<readonly AddressRule[]>
  adminSetAddressRule(input: AdminSetAddressRuleInput, caller: Caller): Promise<AddressRule>
  adminDeleteAddressRule(input: AdminDeleteAddressRuleInput, caller: Caller): Promise<void>
  adminListMails(input: AdminListMailsInput, caller: Caller): Promise<readonly ListedMail[]>
  adminRetryMail(input: AdminRetryMailInput, caller: Caller): Promise<void>
  adminListGroups(input: AdminListGroupsInput, caller: Caller): Promise<readonly ListedGroup[]>
  adminReadGroup(input: AdminReadGroupInput, caller: Caller): Promise<Group>
  adminCreateGroup(input: AdminCreateGroupInput, caller: Caller): Promise<Group>
  adminUpdateGroup(input: AdminUpdateGroupInput, caller: Caller): Promise<Group>
  adminDeleteGroup(input: AdminDeleteGroupInput, caller: Caller): Promise<void>
  adminListAudit(input: AdminListAuditInput, caller: Caller): Promise<readonly ListedAuditEntry[]>
}

/** How functions of `auth` become calls of commands. */
export interface AdminCalls {
  readonly call: <I, O>(
    command: (ctx: CommandContext, input: I) => Promise<O>,
  ) => (input: I, caller?: Caller) => Promise<O>
  readonly callOwn: <O>(command: (ctx: CommandContext) => Promise<O>) => (caller: Caller) => Promise<O>
  readonly contextFor: (caller: Caller) => Promise<CommandContext>
}

/** The functions of `auth` for operators. */
export function adminCommands({ call, callOwn, contextFor }: AdminCalls): AdminCommands {
  return {
    adminOverview: callOwn(adminOverview),
    adminConfirmPassword: call(adminConfirmPassword),
    adminListUsers: call(adminListUsers),
    adminCountUsers: call(adminCountUsers),
    adminReadUser: call(adminReadUser),
    adminCreateUser: call(adminCreateUser),
    adminUpdateUser: call(adminUpdateUser),
    adminSetPassword: call(adminSetPassword),
    adminActOnUsers: call(adminActOnUsers),
    adminPreviewDeletion: call(adminPreviewDeletion),
    // Its pieces are read while somebody takes them; a copy of the result would have none.
    adminExportUsers: async (input, caller) => adminExportUsers(await contextFor(caller), input),
    adminListSessions: call(adminListSessions),
    adminEndSession: call(adminEndSession),
    adminListIdentities: call(adminListIdentities),
    adminListAttempts: call(adminListAttempts),
    adminCountAttempts: call(adminCountAttempts),
    adminListLocks: call(adminListLocks),
    adminEndLock: call(adminEndLock),
    adminListAddressRules: callOwn(adminListAddressRules),
    adminSetAddressRule: call(adminSetAddressRule),
    adminDeleteAddressRule: call(adminDeleteAddressRule),
    adminListMails: call(adminListMails),
    adminRetryMail: call(adminRetryMail),
    adminListGroups: call(adminListGroups),
    adminReadGroup: call(adminReadGroup),
    adminCreateGroup: call(adminCreateGroup),
    adminUpdateGroup: call(adminUpdateGroup),
    adminDeleteGroup: call(adminDeleteGroup),
    adminListAudit: call(adminListAudit),
  }
}
