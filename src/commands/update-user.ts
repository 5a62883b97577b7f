import { AuthError } from '../errors.ts'
import { readFieldInput } from '../model/field-input.ts'
import type { User, UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { userChanges } from './steps/audit-changes.ts'
import { assertNoErrors, markProblems } from './steps/input.ts'
import { refuseTaken } from './steps/insert-user.ts'
import { definitionsFor, readNames, readProfiles } from './steps/read-new-user.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

/** Absent parts stay as they are. */
export interface UpdateUserInput {
  readonly userId: UserId
  readonly firstName?: unknown
  readonly lastName?: unknown
  /** Also those that are not writable for the users themselves. */
  readonly fields?: Readonly<Record<string, unknown>>
  readonly profiles?: Readonly<Record<string, unknown>>
  readonly isStaff?: boolean
  readonly isSuperuser?: boolean
}

/**
 * Changes what a user may not change about themselves, for operators: declared fields of every kind, and the marks of
 * staff and superusers. Nobody's proof is asked.
 *
 * @throws {AuthError} `not_found`, `validation_failed`
 */
export async function updateUser(ctx: CommandContext, input: UpdateUserInput): Promise<User> {
  const user = await ctx.store.users.findById(input.userId)
  if (user === null) throw new AuthError('not_found')
  const names = readNames(input)
  const own = readFieldInput(definitionsFor(ctx.config.user.fields, 'operator'), input.fields ?? {}, 'update')
  const profiles = readProfiles(ctx, input.profiles ?? {}, { existing: user.profiles, by: 'operator' })
  const { isStaff = user.isStaff, isSuperuser = user.isSuperuser } = input
  const marks = markProblems({ isStaff, isSuperuser })
  assertNoErrors({ ...names.errors, ...own.errors, ...profiles.errors, ...marks })
  const changes = { ...names.values, isStaff, isSuperuser, fields: own.values, profiles: profiles.values }
  const updated = await ctx.store.users.update(user.id, changes)
  if (updated.outcome === 'conflict') throw refuseTaken(updated.field)
  if (updated.outcome === 'missed') throw new AuthError('not_found')
  const audited = userChanges(ctx, user, updated.user)
  await writeAudit(ctx, { action: 'user.updated', object: auditedUser(user), changes: audited })
  ctx.emit('profileUpdated', { user: updated.user }, ctx.request)
  return updated.user
}
