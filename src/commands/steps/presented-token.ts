import type { CommandContext } from '../context.ts'
import { limitByAddress } from './limit-rate.ts'
import { refusalBecause } from './refused-token.ts'

/** Longer texts are no token, whatever they hold. */
const MAX_TOKEN_LENGTH = 8192

/**
 * The text of a token that came in.
 *
 * @throws {AuthError} `token_invalid` for what can be none; `rate_limited`
 */
export async function requireTokenText(ctx: CommandContext, value: unknown): Promise<string> {
  if (typeof value === 'string' && value.length <= MAX_TOKEN_LENGTH) return value
  await countTokenMiss(ctx)
  throw refusalBecause('malformed')
}

/**
 * Counts a token that was refused. Only misses are counted: nobody's good token suffers from what others of one address
 * try.
 *
 * @throws {AuthError} `rate_limited`
 */
export function countTokenMiss(ctx: CommandContext): Promise<void> {
  return limitByAddress(ctx, 'codesPerAddress')
}
