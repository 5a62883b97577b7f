import type { FieldDefinitions } from '../model/field.ts'
import { readFieldInput } from '../model/field-input.ts'
import type { User, UserChanges } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { type AddressChange, planAddressChange, tellAddressChange } from './steps/address-change.ts'
import { auditChange } from './steps/audit-change.ts'
import { stillAsProven } from './steps/conditions.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { findSubjectToChange, subjectMissed } from './steps/find-subject.ts'
import { assertNoErrors, type FieldErrors } from './steps/input.ts'
import { refuseTaken } from './steps/insert-user.ts'
import { judgeUsername } from './steps/judge-username.ts'
import { assertWithinLimit } from './steps/limit-rate.ts'
import { stillAsJudged } from './steps/may-touch.ts'
import { readEmail, readNames, readProfiles } from './steps/read-new-user.ts'
import { requireActor } from './steps/require-actor.ts'

/** Absent parts stay as they are. */
export interface UpdateProfileInput {
  /** Another user, for staff. @default the caller */
  readonly userId?: unknown
  /** Another user name at once, without the password; prefer `changeUsername`. */
  readonly username?: unknown
  readonly firstName?: unknown
  readonly lastName?: unknown
  /** Set at once, as `setEmail` does it. Empty or `null` takes it away, where the model makes it optional. */
  readonly email?: unknown
  /**
   * `mailed`: whoever has another address now must confirm it before they can go on, and whoever waits for that gets the
   * mail once more. @default 'none'
   */
  readonly activation?: 'mailed' | 'none'
  readonly fields?: Readonly<Record<string, unknown>>
  readonly profiles?: Readonly<Record<string, unknown>>
}

/**
 * Changes what users may change about themselves: their names, declared fields that are writable, and where the door lets
 * them the address and the user name, all of it or nothing. Staff may change the same about others, and only superusers
 * about staff and superusers.
 *
 * Passwords, status and rights have their own commands or none.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`, `forbidden`, `validation_failed`, `rate_limited`
 */
export async function updateProfile(ctx: CommandContext, input: UpdateProfileInput): Promise<User> {
  const { user: actor } = requireActor(ctx)
  const user = await findSubjectToChange(ctx, input.userId)
  const name = await readRename(ctx, user, input)
  const names = readNames(input)
  const email = input.email === undefined ? UNCHANGED : readEmail(ctx, input.email)
  const own = readFieldInput(ctx.config.user.fields, input.fields ?? {}, 'update')
  const profiles = readProfiles(ctx, input.profiles ?? {}, { existing: user.profiles, by: 'visitor' })
  assertNoErrors({ ...name.errors, ...names.errors, ...email.errors, ...own.errors, ...profiles.errors })
  // Whether a unique value is taken is told, so how often one may ask is limited.
  if (asksForUnique(ctx, input)) await assertWithinLimit(ctx, 'changesPerUser', `unique:${actor.id}`)
  const address = await planAddressChange(ctx, user, {
    email: input.email === undefined ? user.email : email.value,
    activation: input.activation ?? 'none',
  })
  const changes = {
    ...name.changes,
    ...names.values,
    ...address.changes,
    fields: own.values,
    profiles: profiles.values,
  }
  const after = await update(ctx, { user, changes, address })
  if (user.id !== actor.id) await auditChange(ctx, user, after)
  await tellAddressChange(ctx, address, { before: user, after })
  if ('username' in name.changes) await tellRename(ctx, { before: user, after })
  ctx.emit('profileUpdated', { user: after }, ctx.request)
  return after
}

const UNCHANGED = { value: null, errors: {} } as const

interface Rename {
  readonly changes: Pick<UserChanges, 'username'>
  readonly errors: FieldErrors
}

async function readRename(ctx: CommandContext, user: User, { username: typed }: UpdateProfileInput): Promise<Rename> {
  if (typed === undefined) return { changes: {}, errors: {} }
  const { username, problems } = await judgeUsername(ctx, user, typed)
  if (problems.length > 0) return { changes: {}, errors: { username: problems } }
  return { changes: username === user.username ? {} : { username }, errors: {} }
}

async function tellRename(ctx: CommandContext, { before, after }: Record<'before' | 'after', User>): Promise<void> {
  await enqueueMail(ctx, { kind: 'username-changed', user: after })
  ctx.emit('usernameChanged', { user: after, oldUsername: before.username }, ctx.request)
}

interface ProfileChange {
  readonly user: User
  readonly changes: UserChanges
  readonly address: AddressChange
}

async function update(ctx: CommandContext, { user, changes, address }: ProfileChange): Promise<User> {
  const isCaller = user.id === requireActor(ctx).user.id
  // A name stands in for the password of a log-in: it is not changed by a session that has ended meanwhile.
  const asProven = 'username' in changes ? stillAsProven(user) : ({ status: 'active' } as const)
  const when = { ...(isCaller ? asProven : stillAsJudged(ctx, user)), ...address.options.when }
  const updated = await ctx.store.users.update(user.id, changes, { ...address.options, when })
  if (updated.outcome === 'conflict') throw refuseTaken(updated.field)
  if (updated.outcome === 'missed') throw subjectMissed(ctx, user)
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
