import type { IdentityProof } from '../../contracts/identity-provider.ts'
import type { FieldErrorCode } from '../../errors.ts'
import type { CommandContext } from '../context.ts'
import { callbackOf } from './find-provider.ts'
import { assertNoErrors, type FieldErrors } from './input.ts'

/** What a client got from the provider by itself, as it came in. */
export interface ProofInput {
  /** The provider's name. */
  readonly provider: unknown
  /** An access token of the provider. */
  readonly accessToken?: unknown
  /** An authorization code of the provider. */
  readonly code?: unknown
  /** An ID token of the provider. */
  readonly idToken?: unknown
  /** The secret of an access token of OAuth 1.0a. */
  readonly tokenSecret?: unknown
  /** The PKCE verifier that goes with `code`. */
  readonly codeVerifier?: unknown
  /** What the client had put into its request, where the ID token carries one. */
  readonly nonce?: unknown
  /**
   * The redirect URI that `code` was issued for. A door takes it from its own options, never from a request.
   *
   * @default the provider's callback
   */
  readonly redirectUri?: string
}

const MAX_LENGTH = 8192

const TEXTS = ['accessToken', 'code', 'idToken', 'tokenSecret', 'codeVerifier', 'nonce'] as const

/** Each of these proves something by itself. */
const PROOFS = ['accessToken', 'code', 'idToken'] as const

/** @throws {AuthError} `validation_failed` */
export function readProof(ctx: CommandContext, input: ProofInput, provider: { readonly name: string }): IdentityProof {
  const texts: { [K in (typeof TEXTS)[number]]?: string } = {}
  const errors: FieldErrors = {}
  for (const name of TEXTS) {
    const value = input[name]
    if (value === undefined || value === null || value === '') continue
    const problem = problemOf(value)
    if (problem !== null) errors[name] = [{ code: problem }]
    else texts[name] = String(value)
  }
  assertNoErrors(errors)
  if (PROOFS.every((name) => texts[name] === undefined)) assertNoErrors({ code: [{ code: 'required' }] })
  return { ...texts, redirectUri: input.redirectUri ?? callbackOf(ctx, provider) }
}

function problemOf(value: unknown): FieldErrorCode | null {
  if (typeof value !== 'string') return 'not_text'
  if (value.length > MAX_LENGTH) return 'too_long'
  if (value.includes('\0')) return 'null_characters'
  return value.isWellFormed() ? null : 'surrogate_characters'
}
