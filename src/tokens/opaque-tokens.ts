import type { TokenManagerFactory } from '../contracts/token-manager.ts'
import type { Carrier } from '../model/session.ts'
import { toBase64Url } from '../util/base64url.ts'
import { sha256 } from '../util/secrets.ts'
import { isLive, newSession } from './new-session.ts'

/** 256 bits, the value of a cookie or a bearer token. */
const SECRET_BYTES = 32

const CARRIERS: readonly Carrier[] = ['cookie', 'token']

/** What 32 bytes look like in base64url. */
const FORM = /^[\w-]{43}$/

/**
 * Random values that mean nothing by themselves, for the carriers `cookie` and `token`. The store keeps their SHA-256,
 * so what is looked up is found by the digest alone and a stolen table opens nothing.
 */
export function opaqueTokens(): TokenManagerFactory {
  return (tools) => ({
    carriers: CARRIERS,
    recognizes: (token) => FORM.test(token),
    async issue(input) {
      const token = toBase64Url(tools.random.bytes(SECRET_BYTES))
      const session = newSession(tools, input, sha256(token))
      const isBegun = await tools.sessions.insert(session, input.user)
      if (!isBegun) return null
      return { session, token, expiresAt: session.expiresAt, refreshToken: null, refreshExpiresAt: null }
    },
    async authenticate(token) {
      const active = await tools.sessions.find({ digest: sha256(token) })
      if (active === null || !isLive(active.session, tools.clock.now())) return null
      // A digest alone does not say what it is the digest of.
      return CARRIERS.includes(active.session.carrier) ? active : null
    },
    rotate: () => Promise.resolve({ outcome: 'invalid' }),
    revoke: (session) => tools.sessions.delete(session.id, session.userId),
    publicKeys: () => Promise.resolve([]),
  })
}
