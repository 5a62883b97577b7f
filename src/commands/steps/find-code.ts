import { AuthError } from '../../errors.ts'
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
export interface PresentedCode {
  readonly code: unknown
  /** Whose it is said to be: it is nobody else's then. `undefined` where the code alone tells. */
  readonly userId?: unknown
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
 * @throws {AuthError} `code_invalid`, with the reason `user_unknown` where there is no such user; `rate_limited`
 */
export async function findCodeOf(
  ctx: CommandContext,
  presented: PresentedCode,
  purpose: CodePurpose,
): Promise<FoundCode> {
  await assertOwnerExists(ctx, presented)
  return (await peekCode(ctx, presented, purpose)) ?? refuseCode(ctx)
}

/** The live code, or `null` where there is none, or not of the user it came with. Counts nothing and refuses nothing. */
export async function peekCode(
  ctx: CommandContext,
  { code: text, userId }: PresentedCode,
  purpose: CodePurpose,
): Promise<FoundCode | null> {
  const code = isCodeText(text) ? await ctx.store.codes.find(sha256(text), purpose, ctx.clock.now()) : null
  if (code === null || !isOurs(code)) return null
  return userId === undefined || code.userId === ownerOf(ctx, userId) ? code : null
}

/**
 * @throws {AuthError} `code_invalid` with the reason `user_unknown` where a user is named whom there is not, in whatever
 * form; `rate_limited`
 */
export async function assertOwnerExists(ctx: CommandContext, { userId }: PresentedCode): Promise<void> {
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
export async function refuseCode(ctx: CommandContext): Promise<never> {
  await limitByAddress(ctx, 'codesPerAddress')
  throw new AuthError('code_invalid')
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
