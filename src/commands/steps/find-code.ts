import { AuthError } from '../../errors.ts'
import type { Code, CodePurpose } from '../../model/code.ts'
import { fromBase64Url } from '../../util/base64url.ts'
import { sha256 } from '../../util/secrets.ts'
import type { CommandContext } from '../context.ts'
import { limitByAddress } from './limit-rate.ts'

/** Bytes of a mailed secret. */
export const CODE_BYTES = 32

/**
 * Reads a live code without using it up, so that a refused password or a dead user does not cost the link.
 *
 * @throws {AuthError} `code_invalid`, `rate_limited`
 */
export async function findCode(ctx: CommandContext, text: unknown, purpose: CodePurpose): Promise<Code> {
  await limitByAddress(ctx, 'codesPerAddress')
  const code = await ctx.store.codes.find(digestOf(text), purpose, ctx.clock.now())
  if (code === null) throw new AuthError('code_invalid')
  return code
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

/** Anything but the exact text of a code is refused before the store is asked. */
function digestOf(text: unknown): Uint8Array {
  if (!isCodeText(text)) throw new AuthError('code_invalid')
  return sha256(text)
}
