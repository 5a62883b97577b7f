import type { IdentityProvider, ProvenIdentity, ProviderTokens } from '../../contracts/identity-provider.ts'
import { IdentityProviderError } from '../../contracts/identity-provider-error.ts'
import { parseEmail } from '../../model/email-address.ts'
import type { JsonValue } from '../../model/field.ts'
import type { Identity, NewIdentity } from '../../model/identity.ts'
import { readJson } from '../../model/json-input.ts'
import { codePointLength, hasControlCharacters, trimWhiteSpace } from '../../util/text.ts'
import type { CommandContext } from '../context.ts'
import { sealTokens } from './sealed-tokens.ts'

/** Whom a provider proved, in a form that can be kept. */
export interface CheckedIdentity {
  readonly provider: string
  readonly subject: string
  readonly email: string | null
  /** The provider vouches for the address: it is there, and somebody proved over there that it is theirs. */
  readonly isEmailProven: boolean
  readonly firstName: string
  readonly lastName: string
  readonly usernameHint: string | null
  readonly extraData: Identity['extraData']
  readonly sealedTokens: Uint8Array | null
}

/** OpenID Connect Core §2: `sub` has at most 255 characters. */
const MAX_SUBJECT_LENGTH = 255

const MAX_EXTRA_BYTES = 16_384

/** What programs write where there was nothing. As a key it would make one person of all who lack one. */
const NO_SUBJECTS: ReadonlySet<string> = new Set(['', 'undefined', 'null', 'NaN', '[object Object]'])

/**
 * Holds what a provider says against what can be kept and be relied on. A provider may be anybody's code, and what it
 * passes on is a stranger's.
 *
 * @throws {IdentityProviderError} `malformed_answer` where it names nobody
 */
export function checkIdentity(
  ctx: CommandContext,
  { name }: IdentityProvider,
  proven: ProvenIdentity,
): CheckedIdentity {
  const { subject, emailVerified, usernameHint, tokens } = proven
  if (!isSubject(subject)) throw new IdentityProviderError('malformed_answer', 'no usable subject')
  const email = keepableEmail(proven.email)
  return {
    provider: name,
    subject,
    email,
    // Exactly `true`: what was forgotten, or came as a text, is no proof.
    isEmailProven: email !== null && emailVerified === true,
    firstName: keepableName(proven.firstName),
    lastName: keepableName(proven.lastName),
    usernameHint: typeof usernameHint === 'string' ? usernameHint.slice(0, 300) : null,
    extraData: keepableData(proven.extraData),
    sealedTokens: keepableTokens(ctx, tokens),
  }
}

/** The row that links a user to the identity from now on. */
export function toNewIdentity(ctx: Pick<CommandContext, 'clock'>, checked: CheckedIdentity): NewIdentity {
  const { provider, subject, email, extraData, sealedTokens } = checked
  const now = ctx.clock.now()
  return { provider, subject, email, extraData, sealedTokens, createdAt: now, lastLoginAt: now }
}

function isSubject(subject: unknown): subject is string {
  if (typeof subject !== 'string' || subject.length > MAX_SUBJECT_LENGTH) return false
  return !NO_SUBJECTS.has(subject.trim()) && !hasControlCharacters(subject) && subject.isWellFormed()
}

/** An address that could not be registered is none. */
function keepableEmail(email: unknown): string | null {
  const parsed = typeof email === 'string' ? parseEmail(email) : null
  return parsed?.ok ? parsed.address : null
}

/** A name of a stranger's making: it is cut, never refused. */
function keepableName(name: unknown): string {
  if (typeof name !== 'string' || name.length > 1000) return ''
  const text = trimWhiteSpace(name.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' '))
  return codePointLength(text) > 150 ? '' : text
}

function keepableData(data: unknown): Identity['extraData'] {
  const read = readJson(data)
  if ('error' in read || !isRecord(read.value)) return {}
  return new TextEncoder().encode(JSON.stringify(read.value)).length > MAX_EXTRA_BYTES ? {} : read.value
}

const isRecord = (value: JsonValue): value is Readonly<Record<string, JsonValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function keepableTokens(ctx: CommandContext, tokens: ProviderTokens | undefined): Uint8Array | null {
  return tokens !== undefined && ctx.config.social.storeTokens ? sealTokens(ctx, tokens) : null
}
