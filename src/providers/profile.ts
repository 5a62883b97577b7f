/** Makes an identity of what a provider tells: every value is looked at, none is passed through as it came. */

import type { ProvenIdentity, ProviderTokens } from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import type { JsonValue } from '../model/field.ts'
import type { Answer } from './answers.ts'

/** What one provider's words mean. */
export interface ProfileFacts {
  /** The lasting id: a text, or a whole number. */
  readonly subject: unknown
  readonly email: unknown
  /** Strictly `true` where the provider says that this person has proven the address. */
  readonly emailVerified: unknown
  readonly firstName?: unknown
  readonly lastName?: unknown
  readonly usernameHint?: unknown
  /** Of the profile, what may be kept, by the provider's own names. */
  readonly extra: Answer
}

/** @throws {IdentityProviderError} `malformed_answer` where nobody is named */
export function toIdentity(facts: ProfileFacts, tokens: ProviderTokens | null): ProvenIdentity {
  const email = readText(facts.email, MAX_EMAIL_LENGTH)
  return {
    subject: readSubject(facts.subject),
    email,
    emailVerified: email !== null && facts.emailVerified === true,
    firstName: readText(facts.firstName, MAX_NAME_LENGTH) ?? '',
    lastName: readText(facts.lastName, MAX_NAME_LENGTH) ?? '',
    usernameHint: readText(facts.usernameHint, MAX_NAME_LENGTH),
    extraData: readExtra(facts.extra),
    ...(tokens === null ? {} : { tokens }),
  }
}

/** The named entries of a profile; what a provider adds tomorrow is not kept unseen. */
export function pick(profile: Answer, names: readonly string[]): Answer {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(profile, name)).map((name) => [name, profile[name]]))
}

/** `Ada Lovelace` for providers that know one name: the first word, and the rest. */
export function splitName(name: unknown): { readonly firstName: string; readonly lastName: string } {
  const words = typeof name === 'string' && name.length <= MAX_EXTRA_LENGTH ? name.trim().split(/\s+/u) : []
  return { firstName: words[0] ?? '', lastName: words.slice(1).join(' ') }
}

const MAX_SUBJECT_LENGTH = 255
const MAX_EMAIL_LENGTH = 320
const MAX_NAME_LENGTH = 150
const MAX_EXTRA_LENGTH = 2_048

function readSubject(value: unknown): string {
  const subject = typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? String(value) : value
  const text = readText(subject, MAX_SUBJECT_LENGTH)
  // What a program somewhere made of a missing id would be the same for many people.
  if (text === null || NOBODY.has(text.toLowerCase())) throw new IdentityProviderError('malformed_answer', 'no_subject')
  return text
}

const NOBODY: ReadonlySet<string> = new Set(['undefined', 'null', 'none', 'nan', '[object object]'])

/** A text that can be stored and shown; anything else counts as not given. */
function readText(value: unknown, maxLength: number): string | null {
  if (typeof value !== 'string' || value.length > maxLength || value.trim() === '') return null
  return value.isWellFormed() && !/\p{Cc}/u.test(value) ? value : null
}

function readExtra(extra: Answer): ProvenIdentity['extraData'] {
  const kept: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries(extra)) {
    const scalar = typeof value === 'string' ? readText(value, MAX_EXTRA_LENGTH) : readScalar(value)
    if (scalar !== null) kept[name] = scalar
  }
  return kept
}

function readScalar(value: unknown): number | boolean | null {
  if (typeof value === 'boolean') return value
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
