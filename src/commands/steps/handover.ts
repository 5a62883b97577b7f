import { AuthError } from '../../errors.ts'
import type { Code } from '../../model/code.ts'
import type { User } from '../../model/user.ts'
import { toBase64Url } from '../../util/base64url.ts'
import { equalBytes, sha256 } from '../../util/secrets.ts'
import type { CommandContext } from '../context.ts'
import { CODE_BYTES, isCodeText, refuseCode, takeCode } from './find-code.ts'

/** The page that gets the code exchanges it at once. */
const LIFETIME_MILLISECONDS = 60_000

/** What a hand-over code was made for. */
export interface Handover {
  readonly provider: string
  /** The handle of the session that it begins, which is in the attempt log already. */
  readonly sessionId: string
  /** The SHA-256 of what the page must show to exchange it, so that a code alone, seen in an address, is worth nothing. */
  readonly challenge: string
  readonly isNew: boolean
}

/** A code that begins one session for a user who was just proven. */
export async function issueHandover(
  ctx: CommandContext,
  user: User,
  handover: Handover,
): Promise<{ readonly code: string; readonly expiresAt: Date }> {
  const code = toBase64Url(ctx.random.bytes(CODE_BYTES))
  const createdAt = ctx.clock.now()
  const expiresAt = new Date(createdAt.getTime() + LIFETIME_MILLISECONDS)
  const payload = { ...handover, sessionEpoch: user.sessionEpoch }
  await ctx.store.codes.insert({
    digest: sha256(code),
    purpose: 'hand-over',
    userId: user.id,
    payload,
    createdAt,
    expiresAt,
  })
  return { code, expiresAt }
}

/**
 * Uses a code up, for whoever knows what it was made for. Of any number of callers exactly one gets past this.
 *
 * @throws {AuthError} `code_invalid`, `rate_limited`
 */
export async function takeHandover(
  ctx: CommandContext,
  { code: text, verifier }: { readonly code: unknown; readonly verifier: unknown },
): Promise<{ readonly user: User; readonly handover: Handover }> {
  const code = isCodeText(text) ? await ctx.store.codes.find(sha256(text), 'hand-over', ctx.clock.now()) : null
  if (code === null) return refuseCode(ctx)
  const handover = read(code)
  if (!isVerifier(verifier, handover.challenge)) return refuseCode(ctx)
  const user = await ctx.store.users.findById(code.userId)
  // Whatever ended the user's sessions since ended this, too.
  if (user?.sessionEpoch !== handover.sessionEpoch) throw new AuthError('code_invalid')
  await takeCode(ctx, code)
  return { user, handover }
}

/** Only `issueHandover` writes codes of this purpose. */
const read = ({ payload }: Code): Handover & { readonly sessionEpoch: number } =>
  payload as unknown as Handover & { readonly sessionEpoch: number }

/** RFC 7636 §4.6, with `S256`. */
function isVerifier(verifier: unknown, challenge: string): boolean {
  if (typeof verifier !== 'string' || verifier.length > 512) return false
  return equalBytes(sha256(toBase64Url(sha256(verifier))), sha256(challenge))
}
