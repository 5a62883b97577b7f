import type { CommandContext } from './context.ts'

/** The public keys (RFC 7517) with which others can verify access tokens, those of retired secrets included. */
export async function listPublicKeys(ctx: CommandContext): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const keys = await Promise.all(ctx.tokens.map((manager) => manager.publicKeys()))
  return keys.flat()
}
