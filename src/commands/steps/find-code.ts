import { AuthError, type ErrorDetails } from '../../errors.ts'
import type { Code, CodePurpose } from '../../model/code.ts'
import type { UserId } from '../../model/user.ts'
import { readUserId } from '../../model/user-id.ts'
import { fromBase64Url } from '../../util/base64url.ts'
import { sha256 } from '../../util/secrets.ts'
import type { CommandContext } from '../context.ts'
import { limitByAddress } from './limit-rate.ts'

/** What a code was made for. */
export interface CodePayload {
  /** The address the code was mailed to: exactly the one that it proves, or brings back. */
  readonly address: string
  /** The user's epoch when it was asked for; a code that must not outlive a new password is dead in another. */
  readonly sessionEpoch: number
}

/** A live code of the engine's own making. */
export interface FoundCode extends Code {
  readonly payload: CodePayload & Code['payload']
}

/** A code as it came in. */
export interface PresentedCodeInput {
  readonly code: unknown
  /** Whose it is said to be: it is nobody else's then. `undefined` where the code alone tells. */
  readonly userId?: unknown
  /** The owner's name exactly as it is stored, where links name people so. A name that nobody has is a code that is not found. */
  readonly username?: unknown
  /** The whole second since 1970 in which it is said to have been made, as a number or in digits. */
  readonly issuedAtSeconds?: unknown
  /** The address that it is said to be for, letter by letter. */
  readonly email?: unknown
}

/** Bytes of a mailed secret. */
export const CODE_BYTES = 32

/**
 * Reads a live code without using it up, so that a refused password or a dead user does not cost the link.
 *
 * @throws {AuthError} `code_invalid`, `rate_limited`
 */
export async function findCode(ctx: CommandContext, text: unknown, purpose: CodePurpose): Promise<FoundCode> {
  return findCodeOf(ctx, { code: text }, purpose)
}

/**
 * Like `findCode`, for a code that comes with the user it belongs to. The user is judged first.
 *
 * @throws {AuthError} `code_invalid`, with the reason `user_unknown` where there is no such user, and `expired` where that is
 * all that is wrong with the code; `rate_limited`
 */
export async function findCodeOf(
  ctx: CommandContext,
  presented: PresentedCodeInput,
  purpose: CodePurpose,
): Promise<FoundCode> {
  await assertOwnerExists(ctx, presented)
  return (await peekCode(ctx, presented, purpose)) ?? refuseCode(ctx, await whyMissed(ctx, presented, purpose))
}

/** The live code, or `null` where there is none, or it is not what it came as. Counts nothing and refuses nothing. */
export async function peekCode(
  ctx: CommandContext,
  presented: PresentedCodeInput,
  purpose: CodePurpose,
): Promise<FoundCode | null> {
  const { code: text } = presented
  const code = isCodeText(text) ? await ctx.store.codes.find(sha256(text), purpose, ctx.clock.now()) : null
  if (code === null || !isOurs(code)) return null
  return isOwnedBy(ctx, code, presented.userId) && isAsSaid(code, presented) && (await isNamed(ctx, code, presented))
    ? code
    : null
}

const isOwnedBy = (ctx: CommandContext, code: FoundCode, userId: unknown): boolean =>
  userId === undefined || code.userId === ownerOf(ctx, userId)

function isAsSaid({ createdAt, payload }: FoundCode, { issuedAtSeconds: second, email }: PresentedCodeInput): boolean {
  if (email !== undefined && email !== payload.address) return false
  if (second === undefined) return true
  const isReadable = typeof second === 'number' || typeof second === 'bigint' || typeof second === 'string'
  return isReadable && String(second) === String(Math.floor(createdAt.getTime() / 1000))
}

/** The user is looked up by the code, never by the name: what nobody has a code for tells nothing. */
async function isNamed(ctx: CommandContext, { userId }: FoundCode, { username }: PresentedCodeInput): Promise<boolean> {
  if (username === undefined) return true
  const user = await ctx.store.users.findById(userId)
  return user !== null && user.username === username
}

/**
 * @throws {AuthError} `code_invalid` with the reason `user_unknown` where a user is named whom there is not, in whatever
 * form; `rate_limited`
 */
export async function assertOwnerExists(ctx: CommandContext, { userId }: PresentedCodeInput): Promise<void> {
  if (userId === undefined) return
  const id = ownerOf(ctx, userId)
  if (id === null || (await ctx.store.users.findById(id)) === null) {
    await limitByAddress(ctx, 'codesPerAddress')
    throw new AuthError('code_invalid', { reason: 'user_unknown' })
  }
}

/**
 * Counts a miss and refuses. Only misses are counted: nobody's good link suffers from what others of one address try.
 *
 * @throws {AuthError} `code_invalid`, `rate_limited`
 */
export async function refuseCode(ctx: CommandContext, details: ErrorDetails = {}): Promise<never> {
  await limitByAddress(ctx, 'codesPerAddress')
  throw new AuthError('code_invalid', details)
}

/** What may be told of a code that is not live: that it was, as long as its row is there. Only its holder can ask. */
export async function whyMissed(
  ctx: CommandContext,
  presented: PresentedCodeInput,
  ...purposes: readonly CodePurpose[]
): Promise<ErrorDetails> {
  // At the beginning of time every code was still to expire.
  const atFirst = { ...ctx, clock: { now: () => new Date(0) } }
  for (const purpose of purposes) {
    if ((await peekCode(atFirst, presented, purpose)) !== null) return { reason: 'expired' }
  }
  return {}
}

const ownerOf = ({ config }: CommandContext, userId: unknown): UserId | null => readUserId(userId, config.ids)

function isOurs(code: Code): code is FoundCode {
  const { payload } = code
  return typeof payload === 'object' && payload !== null && 'address' in payload && 'sessionEpoch' in payload
}

/**
 * Uses the code up. Of any number of callers with one code, exactly one gets past this line.
 *
 * @throws {AuthError} `code_invalid`
 */
export async function takeCode(ctx: CommandContext, code: Code): Promise<void> {
  const taken = await ctx.store.codes.take(code.digest, code.purpose, ctx.clock.now())
  if (taken === null) throw new AuthError('code_invalid')
}

/** Tells by its form alone whether a text can be a code. */
export function isCodeText(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 64 && fromBase64Url(text)?.length === CODE_BYTES
}
