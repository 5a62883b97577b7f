import type { IdentityProvider } from '../contracts/identity-provider.ts'
import { AuthError } from '../errors.ts'
import { type IdentityInfo, toIdentityInfo } from '../model/identity.ts'
import type { Carrier } from '../model/session.ts'
import { equalBytes, sha256 } from '../util/secrets.ts'
import type { CommandContext } from './context.ts'
import { admitIdentity } from './steps/admit-identity.ts'
import { newSessionId } from './steps/begin-session.ts'
import type { CheckedIdentity } from './steps/check-identity.ts'
import { completeLogin, type LoginResult } from './steps/complete-login.ts'
import { connectIdentity, SOCIAL_CONNECT } from './steps/connect-identity.ts'
import { findProvider } from './steps/find-provider.ts'
import { issueHandover } from './steps/handover.ts'
import { limitByAddress } from './steps/limit-rate.ts'
import { claimPending, openPending, type PendingLogin } from './steps/pending-login.ts'
import { proveIdentity } from './steps/prove-identity.ts'
import { readNext } from './steps/read-next.ts'
import { SOCIAL_LOGIN } from './steps/refuse-login.ts'
import { requireActor } from './steps/require-actor.ts'

export interface FinishSocialLoginInput {
  /** The provider's name, from the address that was called back. */
  readonly provider: unknown
  /** The parameters of the callback, from its query or its form. */
  readonly params: URLSearchParams
  /** What `begin-social-login` gave this browser to keep. */
  readonly pending: unknown
  /** @default 'cookie' */
  readonly carrier?: Carrier
  /** Whether this counts as the user's last log-in. @default true */
  readonly updateLastLogin?: boolean
}

/** `next` is where the browser goes now, an absolute address, or `null` where nothing was asked for. */
export type FinishSocialLoginResult = { readonly next: string | null } & (
  | ({ readonly outcome: 'logged-in'; readonly isNew: boolean } & LoginResult)
  | { readonly outcome: 'handed-over'; readonly code: string; readonly expiresAt: Date }
  | { readonly outcome: 'connected'; readonly identity: IdentityInfo }
)

/**
 * Takes the callback of a provider: the end of what `begin-social-login` began in this browser.
 *
 * The callback must belong to what this browser keeps, to this provider and to the purpose, and be the first. All of that
 * is settled before the provider is asked anything, so that a forged or repeated callback costs nothing and a code goes to
 * no provider but its own.
 *
 * @throws {AuthError} `not_found` for an unknown provider, `rate_limited`, `social_state_invalid`, what `proveIdentity`
 * and `admitIdentity` throw; `identity_taken`; `token_invalid` when the user was disabled meanwhile
 */
export async function finishSocialLogin(
  ctx: CommandContext,
  input: FinishSocialLoginInput,
): Promise<FinishSocialLoginResult> {
  await limitByAddress(ctx, 'socialLoginsPerAddress')
  const provider = findProvider(ctx, input.provider)
  const pending = requirePending(ctx, provider, input)
  if (!(await claimPending(ctx, pending))) throw new AuthError('social_state_invalid')
  const checked = await askBack(ctx, provider, { pending, params: input.params })
  // Once more: what is trusted may have changed since the beginning.
  const next = readNext(ctx, pending.next)
  switch (pending.purpose.kind) {
    case 'connect': {
      const identity = await connectIdentity(ctx, requireActor(ctx).user, checked)
      return { outcome: 'connected', identity: toIdentityInfo(identity), next }
    }
    case 'hand-over':
      return { outcome: 'handed-over', ...(await handOver(ctx, checked, pending.purpose.challenge)), next }
    case 'login':
      return { outcome: 'logged-in', ...(await logIn(ctx, checked, input)), next }
  }
}

/** @throws {AuthError} `social_state_invalid` */
function requirePending(
  ctx: CommandContext,
  { name }: IdentityProvider,
  { pending: value, params }: FinishSocialLoginInput,
): PendingLogin {
  const pending = openPending(ctx, value)
  const isFine =
    pending !== null && pending.provider === name && isEchoed(pending, params) && isSameCaller(ctx, pending.purpose)
  if (!isFine) throw new AuthError('social_state_invalid')
  return pending
}

/** A parameter that is there twice means one thing to one reader and another to the next (RFC 6749 §3.1). */
function isEchoed({ echo }: PendingLogin, params: unknown): boolean {
  if (!(params instanceof URLSearchParams)) return false
  const [echoed, ...more] = params.getAll(echo.parameter)
  return echoed !== undefined && more.length === 0 && equalBytes(sha256(echoed), sha256(echo.value))
}

/** Whoever connects must still be there, in the session that began it: nobody else gets the identity. */
function isSameCaller({ actor }: CommandContext, purpose: PendingLogin['purpose']): boolean {
  return purpose.kind !== 'connect' || (actor?.user.id === purpose.userId && actor.session.id === purpose.sessionId)
}

function askBack(
  ctx: CommandContext,
  provider: IdentityProvider,
  { pending, params }: { readonly pending: PendingLogin; readonly params: URLSearchParams },
): Promise<CheckedIdentity> {
  const { kept, redirectUri, state, purpose } = pending
  const action = purpose.kind === 'connect' ? SOCIAL_CONNECT : SOCIAL_LOGIN
  return proveIdentity(ctx, { provider, action, ask: (asked) => asked.finish({ params, kept, redirectUri, state }) })
}

const NOTHING_OF_ITS_OWN = { fields: {}, profiles: {} }

async function logIn(
  ctx: CommandContext,
  checked: CheckedIdentity,
  { carrier = 'cookie', updateLastLogin = true }: FinishSocialLoginInput,
): Promise<LoginResult & { readonly isNew: boolean }> {
  const sessionId = newSessionId(ctx)
  const { user, isNew } = await admitIdentity(ctx, checked, { sessionId, own: NOTHING_OF_ITS_OWN })
  const proven = { sessionId, user, carrier, assurance: 'identity-provider', backend: checked.provider } as const
  return { ...(await completeLogin(ctx, { ...proven, withCookie: false, updateLastLogin })), isNew }
}

async function handOver(
  ctx: CommandContext,
  checked: CheckedIdentity,
  challenge: string,
): Promise<{ readonly code: string; readonly expiresAt: Date }> {
  const sessionId = newSessionId(ctx)
  const { user, isNew } = await admitIdentity(ctx, checked, { sessionId, own: NOTHING_OF_ITS_OWN })
  return issueHandover(ctx, user, { provider: checked.provider, sessionId, challenge, isNew })
}
