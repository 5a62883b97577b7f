import type { IdentityProvider, ProvenIdentity } from '../../contracts/identity-provider.ts'
import { IdentityProviderError, type IdentityProviderReason } from '../../contracts/identity-provider-error.ts'
import { AuthError } from '../../errors.ts'
import type { CommandContext } from '../context.ts'
import { type CheckedIdentity, checkIdentity } from './check-identity.ts'
import { refuseField } from './input.ts'
import { refuseLogin } from './refuse-login.ts'

/** One question to a provider: what came from outside, and how the provider is asked about it. */
export interface IdentityQuestion {
  readonly provider: IdentityProvider
  /** For the attempt log: `social-login` or `social-connect`. */
  readonly action: string
  readonly ask: (provider: IdentityProvider) => Promise<ProvenIdentity>
}

/**
 * The one place where a provider is asked who somebody is, whichever way they came: by a token that a client sent, or by
 * a callback.
 *
 * @throws {AuthError} `provider_refused`, with the reason `denied_by_user` where the person said no, and `invalid_grant` where
 * code or token is not good; `provider_unavailable`, `social_state_invalid`, `validation_failed`
 */
export async function proveIdentity(ctx: CommandContext, question: IdentityQuestion): Promise<CheckedIdentity> {
  const { provider, action, ask } = question
  try {
    return checkIdentity(ctx, provider, await ask(provider))
  } catch (error) {
    if (!(error instanceof IdentityProviderError)) throw error
    tellOperator(ctx, provider, error)
    return refuseLogin(ctx, { user: null, action, outcome: 'refused', error: refusalFor(error) })
  }
}

/**
 * Asks a provider where to send the browser.
 *
 * @throws {AuthError} `provider_refused`, `provider_unavailable`
 */
export async function askProvider<T>(
  ctx: CommandContext,
  provider: IdentityProvider,
  ask: (provider: IdentityProvider) => Promise<T>,
): Promise<T> {
  try {
    return await ask(provider)
  } catch (error) {
    if (!(error instanceof IdentityProviderError)) throw error
    tellOperator(ctx, provider, error)
    throw refusalFor(error)
  }
}

/** What nobody who merely tries something can cause, so that it is worth somebody's attention. */
const FAULTS: ReadonlySet<IdentityProviderReason> = new Set(['unreachable', 'malformed_answer', 'misconfigured'])

function tellOperator(
  ctx: CommandContext,
  { name }: IdentityProvider,
  { reason, detail }: IdentityProviderError,
): void {
  const level = FAULTS.has(reason) ? 'warn' : 'debug'
  ctx.logger[level]({ provider: name, reason, detail }, 'a provider proved nobody')
}

function refusalFor({ reason }: IdentityProviderError): AuthError {
  switch (reason) {
    case 'denied_by_user':
    case 'invalid_grant':
      return new AuthError('provider_refused', { reason })
    case 'wrong_audience':
    case 'malformed_answer':
      return new AuthError('provider_refused')
    case 'state_mismatch':
      return new AuthError('social_state_invalid')
    case 'missing_input':
      return refuseField('code', 'required')
    case 'unreachable':
    case 'misconfigured':
      return new AuthError('provider_unavailable')
  }
}
