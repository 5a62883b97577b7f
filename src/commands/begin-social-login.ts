import type { BegunLogin } from '../contracts/identity-provider.ts'
import { fromBase64Url, toBase64Url } from '../util/base64url.ts'
import type { CommandContext } from './context.ts'
import { callbackOf, findProvider } from './steps/find-provider.ts'
import { refuseField } from './steps/input.ts'
import { limitByAddress } from './steps/limit-rate.ts'
import { PENDING_SECONDS, type PendingPurpose, sealPending } from './steps/pending-login.ts'
import { askProvider } from './steps/prove-identity.ts'
import { readNext } from './steps/read-next.ts'
import { requireActor } from './steps/require-actor.ts'

export interface BeginSocialLoginInput {
  /** The provider's name. */
  readonly provider: unknown
  /** `connect`: the caller can log in by the provider from then on. @default 'login' */
  readonly purpose?: 'login' | 'connect'
  /** Where the browser goes at last: on the site, or on an origin that it trusts. @default nowhere in particular */
  readonly next?: unknown
  /**
   * For a page that keeps its tokens itself: the SHA-256, as base64url, of a random text that only this page knows. The
   * callback then begins no session, but ends with a code for `exchange-handover-code`. @default a session begins
   */
  readonly challenge?: unknown
}

export interface BegunSocialLogin {
  /** Where the browser goes. */
  readonly url: string
  /**
   * What the callback needs. A door keeps it in a cookie of this browser that no script can read; it is sealed, and good
   * for one callback.
   */
  readonly pending: string
  readonly expiresAt: Date
  /** `form_post`: the callback is posted by the provider's page, with which a `SameSite=Lax` cookie does not travel. */
  readonly responseMode: 'query' | 'form_post'
}

/**
 * Begins a log-in that goes by way of the provider's own pages.
 *
 * Where the provider sends the browser back to, and what it is asked for, is the configuration's. A caller chooses only
 * the provider, and where to go at last.
 *
 * @throws {AuthError} `not_found` for an unknown provider, `validation_failed`, `rate_limited`, `provider_refused`,
 * `provider_unavailable`; `not_authenticated` where nobody is there to connect
 */
export async function beginSocialLogin(ctx: CommandContext, input: BeginSocialLoginInput): Promise<BegunSocialLogin> {
  const purpose = readPurpose(ctx, input)
  await limitByAddress(ctx, 'socialLoginsPerAddress')
  const provider = findProvider(ctx, input.provider)
  const next = readNext(ctx, input.next)
  const state = toBase64Url(ctx.random.bytes(32))
  const redirectUri = callbackOf(ctx, provider)
  const begun = await askProvider(ctx, provider, (asked) => asked.begin({ redirectUri, state }))
  const expiresAt = new Date(ctx.clock.now().getTime() + PENDING_SECONDS * 1000)
  const { kept } = begun
  const common = { provider: provider.name, state, redirectUri, kept, purpose, next }
  const pending = sealPending(ctx, { ...common, echo: echoOf(begun, state), expiresAt: expiresAt.getTime() })
  return { url: begun.url, pending, expiresAt, responseMode: provider.responseMode ?? 'query' }
}

function readPurpose(ctx: CommandContext, { purpose = 'login', challenge }: BeginSocialLoginInput): PendingPurpose {
  if (purpose === 'connect') {
    const { user, session } = requireActor(ctx)
    return { kind: 'connect', userId: user.id, sessionId: session.id }
  }
  if (challenge === undefined || challenge === null || challenge === '') return { kind: 'login' }
  if (typeof challenge !== 'string') throw refuseField('challenge', 'not_text')
  // RFC 7636 §4.2: as much as a SHA-256 has, and no more.
  if (challenge.length > 64 || fromBase64Url(challenge)?.length !== 32) throw refuseField('challenge', 'not_a_choice')
  return { kind: 'hand-over', challenge }
}

const echoOf = ({ echo }: BegunLogin, state: string): NonNullable<BegunLogin['echo']> =>
  echo ?? { parameter: 'state', value: state }
