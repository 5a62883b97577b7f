import type { BackendTools } from '../contracts/authentication-backend.ts'
import { normalizeUsername } from '../model/identifier.ts'
import type { User } from '../model/user.ts'
import { trimWhiteSpace } from '../util/text.ts'
import type { FieldIdentifier, PasswordBackendSettings } from './password-backend-options.ts'

/** Of users who share an address so many are looked at; a proven owner and the owner of a name are always among them. */
const LOOK_UP_LIMIT = 10

/**
 * Finds whom an identifier may mean, best first. What is asked of the store depends on what was typed alone, never on what
 * was found.
 */
export async function passwordCandidates(
  settings: PasswordBackendSettings,
  typed: string,
  tools: BackendTools,
): Promise<readonly User[]> {
  const { identifiers, maxCandidates } = settings
  const key = tools.canonical(typed)
  const builtIn = identifiers.filter((identifier) => typeof identifier === 'string')
  const found = builtIn.length === 0 ? [] : await tools.users.findByIdentifier(key, builtIn, LOOK_UP_LIMIT)
  const meant: User[] = []
  for (const identifier of identifiers) {
    meant.push(...(await ownersOf(settings, identifier, { typed, key, found, tools })))
  }
  return [...new Map(meant.map((user) => [user.id, user])).values()].slice(0, maxCandidates)
}

/**
 * What was typed, as a value of the field; `null` where it cannot be one.
 *
 * @throws {TypeError} for a `normalize` that gives neither
 */
export function fieldValueOf({ field, normalize }: Required<FieldIdentifier>, typed: string): string | null {
  const value: unknown = normalize(typed)
  if (value === null || typeof value === 'string') return value === '' ? null : value
  throw new TypeError(`normalize() of the identifier "${field}" must give a text or null; it gave ${typeof value}`)
}

interface LookUp {
  readonly typed: string
  readonly key: string
  /** The owners of names and addresses that are the key. */
  readonly found: readonly User[]
  readonly tools: BackendTools
}

async function ownersOf(
  settings: PasswordBackendSettings,
  identifier: PasswordBackendSettings['identifiers'][number],
  lookUp: LookUp,
): Promise<readonly User[]> {
  if (identifier === 'username') return ownersOfName(settings, lookUp)
  if (identifier === 'email') return ownersOfAddress(settings, lookUp)
  const value = fieldValueOf(identifier, lookUp.typed)
  return value === null ? [] : lookUp.tools.users.findByField(identifier.field, value, 1)
}

function ownersOfName({ exactCase }: PasswordBackendSettings, { typed, key, found, tools }: LookUp): readonly User[] {
  const owners = found.filter(({ username }) => username !== null && tools.canonical(username) === key)
  const exact = normalizeUsername(trimWhiteSpace(typed))
  return exactCase.includes('username') ? owners.filter(({ username }) => username === exact) : owners
}

/** Who has proven the address owns it; those who have not share it only among themselves. */
function ownersOfAddress(
  { exactCase, provenEmailOnly, isEmailProven }: PasswordBackendSettings,
  { typed, key, found, tools }: LookUp,
): readonly User[] {
  const sharers = found.filter(({ email }) => email !== null && tools.canonical(email) === key)
  const proven = sharers.filter((user) => isEmailProven(user) === true)
  const owners = proven.length > 0 || provenEmailOnly ? proven : sharers
  return exactCase.includes('email') ? owners.filter(({ email }) => localPart(email) === localPart(typed)) : owners
}

/** Domains have no letter case (RFC 4343). */
function localPart(address: string | null): string {
  const text = normalizeUsername(trimWhiteSpace(address ?? ''))
  return text.slice(0, Math.max(text.lastIndexOf('@'), 0))
}
