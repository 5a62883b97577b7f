import type { ProviderTokens } from '../../contracts/identity-provider.ts'
import { seal, unseal } from '../../util/secrets.ts'
import type { Engine } from '../context.ts'

/** A provider's tokens open somebody's account over there, so the store never sees them. */
export function sealTokens(engine: Pick<Engine, 'keys' | 'random'>, tokens: ProviderTokens): Uint8Array {
  const { accessToken, refreshToken, tokenSecret, expiresAt } = tokens
  const [key] = engine.keys.keysFor('provider-tokens')
  const text = JSON.stringify({ accessToken, refreshToken, tokenSecret, expiresAt: expiresAt?.toISOString() ?? null })
  return seal(key, engine.random.bytes(12), text)
}

/** The tokens, or `null` where none were kept, or the secret that sealed them is gone. */
export function openSealedTokens(engine: Pick<Engine, 'keys'>, sealed: Uint8Array | null): ProviderTokens | null {
  if (sealed === null) return null
  for (const key of engine.keys.keysFor('provider-tokens')) {
    const text = unseal(key, sealed)
    if (text !== null) return read(text)
  }
  return null
}

function read(text: string): ProviderTokens {
  // Sealed by us, so it is as it was written.
  const tokens = JSON.parse(text) as Omit<ProviderTokens, 'expiresAt'> & { readonly expiresAt: string | null }
  return { ...tokens, expiresAt: tokens.expiresAt === null ? null : new Date(tokens.expiresAt) }
}
