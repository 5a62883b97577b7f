import type { UpdateUserOptions, UserCondition } from '../../contracts/store.ts'
import { AuthError } from '../../errors.ts'
import type { AuditChange } from '../../model/audit.ts'
import { readFieldInput } from '../../model/field-input.ts'
import type { GroupId } from '../../model/group.ts'
import type { User, UserChanges } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import type { FreshnessInput } from './assert-fresh.ts'
import { userChanges } from './audit-changes.ts'
import { ALL_BUT_UNDO } from './conditions.ts'
import { noSuchGroup, readGroupIds, readPermissions } from './group-input.ts'
import { assertNoErrors, type FieldErrors, markProblems, refuseField } from './input.ts'
import { isUsernameTaken, refuseTaken } from './insert-user.ts'
import { stillAsJudged } from './may-touch.ts'
import { tellOperatorChange } from './operator-news.ts'
import { definitionsFor, readEmail, readNames, readProfiles, readUsername } from './read-new-user.ts'
import { auditedUser, writeAudit } from './write-audit.ts'

/** What an operator wants to be another; absent parts stay as they are. */
export interface OperatorChangeInput extends FreshnessInput {
  readonly username?: unknown
  readonly email?: unknown
  readonly isEmailVerified?: boolean
  readonly firstName?: unknown
  readonly lastName?: unknown
  readonly status?: 'active' | 'disabled'
  readonly isStaff?: boolean
  readonly isSuperuser?: boolean
  readonly groupIds?: readonly GroupId[]
  readonly permissions?: readonly string[]
  readonly fields?: Readonly<Record<string, unknown>>
  readonly profiles?: Readonly<Record<string, unknown>>
}

/** The same, checked. */
export interface OperatorChange {
  readonly changes: UserChanges
  readonly groupIds: readonly GroupId[] | null
  readonly permissions: readonly string[] | null
}

/** @throws {AuthError} `validation_failed` with all complaints */
export async function readOperatorChange(
  ctx: CommandContext,
  operator: User,
  { user, input }: { readonly user: User; readonly input: OperatorChangeInput },
): Promise<OperatorChange> {
  if (input.status !== undefined && input.status !== 'active' && input.status !== 'disabled') {
    throw refuseField('status', 'not_a_choice')
  }
  // What users may not change about themselves, operators may not change about themselves either.
  const by = operator.id === user.id && !operator.isSuperuser ? 'visitor' : 'operator'
  const name = await readRename(ctx, user, input.username)
  const email = input.email === undefined ? { value: user.email, errors: {} } : readEmail(ctx, input.email)
  const names = readNames(input)
  const own = readFieldInput(definitionsFor(ctx.config.user.fields, by), input.fields ?? {}, 'update')
  const profiles = readProfiles(ctx, input.profiles ?? {}, { existing: user.profiles, by })
  const permissions = input.permissions === undefined ? null : readPermissions(ctx, input.permissions)
  const { isStaff = user.isStaff, isSuperuser = user.isSuperuser, status = user.status } = input
  assertNoErrors({
    ...name.errors,
    ...email.errors,
    ...names.errors,
    ...own.errors,
    ...profiles.errors,
    ...permissions?.errors,
    ...markProblems({ isStaff, isSuperuser }),
  })
  return {
    changes: {
      username: name.value,
      ...addressAfter(ctx, user, { email: email.value, isEmailVerified: input.isEmailVerified }),
      ...names.values,
      status,
      isStaff,
      isSuperuser,
      fields: own.values,
      profiles: profiles.values,
    },
    groupIds: input.groupIds === undefined ? null : readGroupIds(ctx, input.groupIds),
    permissions: permissions?.value ?? null,
  }
}

/** Makes the change, tells whom it concerns, and writes it down. @throws {AuthError} */
export async function changeByOperator(ctx: CommandContext, before: User, change: OperatorChange): Promise<User> {
  const { changes } = change
  const when = { ...stillAsJudged(ctx, before), ...asProven(before, changes) }
  const updated = await ctx.store.users.update(before.id, onlyAnother(before, changes), {
    ...consequencesOf(before, changes),
    when,
  })
  if (updated.outcome === 'conflict') throw refuseTaken(updated.field)
  if (updated.outcome === 'missed') throw new AuthError('not_found')
  const after = updated.user
  const privileges = await changePrivileges(ctx, after, change)
  const audited = [...userChanges(ctx, before, after), ...privileges]
  if (audited.length > 0) {
    await writeAudit(ctx, { action: 'user.updated', object: auditedUser(after), changes: audited })
  }
  await tellOperatorChange(ctx, { before, after, changesPermissions: privileges.length > 0 })
  return after
}

/**
 * Without what stays as it was read: whoever was disabled, moved or stripped of rights meanwhile must not get back what they
 * had by a change of something else.
 */
function onlyAnother(before: User, { fields = {}, profiles = {}, ...columns }: UserChanges): UserChanges {
  const another = Object.entries(columns).filter(([name, value]) => before[name as keyof typeof columns] !== value)
  return { ...Object.fromEntries(another), fields, profiles }
}

/** An address counts as proven only while it is the one that the operator saw. */
const asProven = (before: User, { emailVerifiedAt }: UserChanges): UserCondition =>
  emailVerifiedAt === before.emailVerifiedAt ? {} : { email: before.email }

async function readRename(
  ctx: CommandContext,
  user: User,
  typed: unknown,
): Promise<{ readonly value: string | null; readonly errors: FieldErrors }> {
  if (typed === undefined || typed === user.username) return { value: user.username, errors: {} }
  const read = readUsername(ctx, { value: typed, by: 'operator' })
  if (Object.keys(read.errors).length > 0) return read
  const isOwn = read.value?.toLowerCase() === user.username?.toLowerCase()
  const isTaken = !isOwn && (await isUsernameTaken(ctx, read.value))
  return isTaken ? { value: read.value, errors: { username: [{ code: 'taken' }] } } : read
}

function addressAfter(
  ctx: CommandContext,
  user: User,
  { email, isEmailVerified }: { readonly email: string | null; readonly isEmailVerified: boolean | undefined },
): Pick<UserChanges, 'email' | 'emailVerifiedAt'> {
  const kept = email === user.email ? user.emailVerifiedAt : null
  if (email === null || isEmailVerified === false) return { email, emailVerifiedAt: null }
  return { email, emailVerifiedAt: isEmailVerified === true ? (kept ?? ctx.clock.now()) : kept }
}

function consequencesOf(before: User, { status, email }: UserChanges): UpdateUserOptions {
  if (status === 'disabled' && before.status !== 'disabled') return { endSessions: 'all', removeCodes: 'all' }
  return email === before.email ? {} : { removeCodes: ALL_BUT_UNDO }
}

/** @throws {AuthError} `validation_failed` for a group that is gone */
async function changePrivileges(
  { store }: CommandContext,
  { id }: User,
  { groupIds, permissions }: OperatorChange,
): Promise<readonly AuditChange[]> {
  const audited: AuditChange[] = []
  if (groupIds !== null) {
    const from = (await store.groups.groupsOf(id)).map(({ name }) => name)
    const result = await store.groups.setGroups(id, groupIds)
    if (result.outcome === 'group-missed') throw noSuchGroup()
    if (result.outcome === 'user-missed') throw new AuthError('not_found')
    audited.push({ field: 'groups', from, to: result.groups.map(({ name }) => name) })
  }
  if (permissions !== null) {
    const { own: from } = await store.groups.permissionsOf(id)
    if (!(await store.groups.setPermissions(id, permissions))) throw new AuthError('not_found')
    audited.push({ field: 'permissions', from, to: permissions.toSorted() })
  }
  return audited.filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
}
