import type { FieldError } from '../../errors.ts'
import { parseEmail } from '../../model/email-address.ts'
import type { FieldDefinitions, FieldValues } from '../../model/field.ts'
import { type FieldInput, readFieldInput, textProblems } from '../../model/field-input.ts'
import { normalizeUsername, RESERVED_USERNAMES, usernameProblems } from '../../model/identifier.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import type { FieldErrors } from './input.ts'

/** Code points, for first and last names. */
const NAME_LENGTH = 150

/** What a new user is made of, still as it came in. */
export interface NewUserInput {
  readonly username?: unknown
  readonly email?: unknown
  readonly firstName?: unknown
  readonly lastName?: unknown
  readonly fields?: Readonly<Record<string, unknown>>
  readonly profiles?: Readonly<Record<string, unknown>>
}

/** What is stored of it. */
export interface CheckedNewUser {
  readonly username: string | null
  readonly email: string | null
  readonly firstName: string
  readonly lastName: string
  readonly fields: FieldValues
  readonly profiles: Readonly<Record<string, FieldValues>>
}

/** Checks everything about a new user but the password, and gathers all complaints. */
export function readNewUser(
  ctx: Pick<CommandContext, 'config'>,
  input: NewUserInput,
  { by }: { readonly by: 'visitor' | 'operator' },
): { readonly user: CheckedNewUser; readonly errors: FieldErrors } {
  const username = readUsername(ctx, { value: input.username, by, isNew: true })
  const email = readEmail(ctx, input.email)
  const names = readNames(input)
  const own = readOwnFields(ctx.config.user.fields, input.fields ?? {}, by)
  const profiles = readProfiles(ctx, input.profiles ?? {}, { existing: {}, by })
  return {
    user: {
      username: username.value,
      email: email.value,
      firstName: names.values.firstName ?? '',
      lastName: names.values.lastName ?? '',
      fields: own.values,
      profiles: profiles.values,
    },
    errors: { ...username.errors, ...email.errors, ...names.errors, ...own.errors, ...profiles.errors },
  }
}

/**
 * Forms and prompts ask for whatever is required. A function of the application asks nobody: what has a default may be
 * left out there, as with a model of Django.
 */
function readOwnFields(
  definitions: FieldDefinitions,
  given: Readonly<Record<string, unknown>>,
  by: 'visitor' | 'operator',
): FieldInput {
  if (by === 'visitor') return readFieldInput(definitions, given, 'create')
  const entries = Object.entries(definitionsFor(definitions, by)).map(([name, definition]) => {
    const isLeftOut = !Object.hasOwn(given, name) || given[name] === undefined
    const hasDefault = definition.default !== null
    return [name, isLeftOut && hasDefault ? { ...definition, required: false } : definition] as const
  })
  return readFieldInput(Object.fromEntries(entries), given, 'create')
}

/**
 * One-to-one records by profile name; complaints go by `profile.field`. One that the user does not have yet is created,
 * so it needs whatever it requires.
 */
export function readProfiles(
  { config }: Pick<CommandContext, 'config'>,
  input: Readonly<Record<string, unknown>>,
  { existing, by }: { readonly existing: User['profiles']; readonly by: 'visitor' | 'operator' },
): { readonly values: Readonly<Record<string, FieldValues>>; readonly errors: FieldErrors } {
  const values: Record<string, FieldValues> = {}
  const errors: FieldErrors = {}
  for (const [name, given] of Object.entries(input)) {
    const definitions = Object.hasOwn(config.user.profiles, name) ? config.user.profiles[name] : undefined
    if (definitions === undefined) errors[name] = [{ code: 'unknown_field' }]
    else if (!isRecord(given)) errors[name] = [{ code: 'not_json' }]
    else {
      const read = readFieldInput(definitionsFor(definitions, by), given, modeFor(existing[name]))
      values[name] = read.values
      for (const [field, problems] of Object.entries(read.errors)) errors[`${name}.${field}`] = problems
    }
  }
  return { values, errors }
}

const modeFor = (existing: FieldValues | null | undefined): 'create' | 'update' => (existing ? 'update' : 'create')

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An operator may set what the users themselves may not. */
export const definitionsFor = (definitions: FieldDefinitions, by: 'visitor' | 'operator'): FieldDefinitions =>
  by === 'visitor'
    ? definitions
    : Object.fromEntries(Object.entries(definitions).map(([name, field]) => [name, { ...field, writable: true }]))

export interface GivenUsername {
  readonly value: unknown
  readonly by: 'visitor' | 'operator'
  /** For somebody who has none yet. @default false */
  readonly isNew?: boolean
}

/** A user name as it would be stored, or what is wrong with it. */
export function readUsername(
  { config }: Pick<CommandContext, 'config'>,
  { value, by, isNew = false }: GivenUsername,
): { readonly value: string | null; readonly errors: FieldErrors } {
  const isAbsent = value === undefined || value === null || value === ''
  const { username } = config.user
  if (username === 'none') return absent('username', isAbsent, 'unknown_field')
  // A name that was made up stays until there is another one.
  if (isAbsent) return absent('username', username === 'optional' || (username === 'invented' && isNew), 'required')
  if (typeof value !== 'string') return absent('username', false, 'not_text')
  const problems = usernameProblems(value, {
    maxLength: config.user.usernameMaxLength,
    reserved: by === 'operator' ? [] : [...RESERVED_USERNAMES, ...config.user.reservedUsernames],
    allowAt: config.user.allowAt,
  })
  return { value: normalizeUsername(value), errors: problems.length > 0 ? { username: problems } : {} }
}

/** An address as it would be stored, or what is wrong with it. */
export function readEmail(
  { config }: Pick<CommandContext, 'config'>,
  value: unknown,
): { readonly value: string | null; readonly errors: FieldErrors } {
  if (value === undefined || value === null || value === '') {
    return absent('email', config.user.email === 'optional', 'required')
  }
  if (typeof value !== 'string') return absent('email', false, 'not_text')
  const parsed = parseEmail(value)
  return parsed.ok ? { value: parsed.address, errors: {} } : absent('email', false, parsed.reason)
}

/** First and last name, as far as they were given. */
export function readNames(input: Pick<NewUserInput, 'firstName' | 'lastName'>): {
  readonly values: { readonly firstName?: string; readonly lastName?: string }
  readonly errors: FieldErrors
} {
  const values: { firstName?: string; lastName?: string } = {}
  const errors: FieldErrors = {}
  for (const name of ['firstName', 'lastName'] as const) {
    const value = input[name]
    if (value === undefined) continue
    const problems = textProblems(value, { maxLength: NAME_LENGTH })
    if (problems.length > 0) errors[name] = problems
    else values[name] = String(value)
  }
  return { values, errors }
}

function absent(
  field: string,
  isFine: boolean,
  code: FieldError['code'],
): { readonly value: null; readonly errors: FieldErrors } {
  return { value: null, errors: isFine ? {} : { [field]: [{ code }] } }
}
