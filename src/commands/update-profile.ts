import { AuthError } from '../errors.ts'
import type { FieldDefinitions } from '../model/field.ts'
import { readFieldInput } from '../model/field-input.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { assertNoErrors } from './steps/input.ts'
import { refuseTaken } from './steps/insert-user.ts'
import { assertWithinLimit } from './steps/limit-rate.ts'
import { readNames, readProfiles } from './steps/read-new-user.ts'
import { requireActor } from './steps/require-actor.ts'

/** Absent parts stay as they are. */
export interface UpdateProfileInput {
  readonly firstName?: unknown
  readonly lastName?: unknown
  readonly fields?: Readonly<Record<string, unknown>>
  readonly profiles?: Readonly<Record<string, unknown>>
}

/**
 * Changes what users may change about themselves: their names, and declared fields that are writable.
 *
 * Names to log in with, passwords, status and rights have their own commands or none.
 *
 * @throws {AuthError} `not_authenticated`, `validation_failed`
 */
export async function updateProfile(ctx: CommandContext, input: UpdateProfileInput): Promise<User> {
  const { user } = requireActor(ctx)
  const names = readNames(input)
  const own = readFieldInput(ctx.config.user.fields, input.fields ?? {}, 'update')
  const profiles = readProfiles(ctx, input.profiles ?? {}, { existing: user.profiles, by: 'visitor' })
  assertNoErrors({ ...names.errors, ...own.errors, ...profiles.errors })
  // Whether a unique value is taken is told, so how often one may ask is limited.
  if (asksForUnique(ctx, input)) await assertWithinLimit(ctx, 'changesPerUser', `unique:${user.id}`)
  const changes = { ...names.values, fields: own.values, profiles: profiles.values }
  const updated = await ctx.store.users.update(user.id, changes, { when: { status: 'active' } })
  if (updated.outcome === 'conflict') throw refuseTaken(updated.field)
  if (updated.outcome === 'missed') throw new AuthError('token_invalid')
  ctx.emit('profileUpdated', { user: updated.user }, ctx.request)
  return updated.user
}

function asksForUnique({ config }: CommandContext, { fields = {}, profiles = {} }: UpdateProfileInput): boolean {
  const isUnique = (definitions: FieldDefinitions | undefined, given: unknown): boolean =>
    Object.keys(Object(given)).some((name) => definitions?.[name]?.unique)
  const ofProfiles = Object.entries(profiles)
  return (
    isUnique(config.user.fields, fields) ||
    ofProfiles.some(([name, given]) => isUnique(config.user.profiles[name], given))
  )
}
