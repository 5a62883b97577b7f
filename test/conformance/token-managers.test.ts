import { describe } from 'vitest'
import { tokenManagerConformance } from '../../src/testing/token-manager-conformance.ts'
import { drfJwtTokens } from '../../src/tokens/drf-jwt-tokens.ts'
import { jwtTokens } from '../../src/tokens/jwt-tokens.ts'
import { opaqueTokens } from '../../src/tokens/opaque-tokens.ts'
import { simpleJwtTokens } from '../../src/tokens/simple-jwt-tokens.ts'
import { userTokens } from '../../src/tokens/user-tokens.ts'

const jwt = { accessLifetimeSeconds: 900, audience: 'https://acme.test', refreshGraceSeconds: 10 }

describe('opaqueTokens', () => tokenManagerConformance({ factory: opaqueTokens() }))

describe('jwtTokens', () => tokenManagerConformance({ factory: jwtTokens({ ...jwt, stateless: false }) }))

describe('userTokens', () => {
  tokenManagerConformance({ factory: userTokens(), traits: { expires: 'never', secondLogin: 'the same' } })
})

const simpleJwt = {
  accessTokenLifetimeSeconds: 300,
  refreshTokenLifetimeSeconds: 86_400,
  userIdClaim: 'user_id',
  leewaySeconds: 0,
  refreshGraceSeconds: 10,
  claims: () => ({ plan: 'gold' }),
}

describe('drfJwtTokens', () => tokenManagerConformance({ factory: drfJwtTokens({ accessTokenLifetimeSeconds: 300 }) }))

describe('simpleJwtTokens', () => {
  const factory = simpleJwtTokens({ ...simpleJwt, rotateRefreshTokens: false, blacklistAfterRotation: false })
  tokenManagerConformance({ factory, traits: { exchangedToken: 'stays good' } })
})

describe('simpleJwtTokens that rotate', () => {
  const factory = simpleJwtTokens({ ...simpleJwt, rotateRefreshTokens: true, blacklistAfterRotation: false })
  tokenManagerConformance({ factory, traits: { exchangedToken: 'stays good' } })
})

describe('simpleJwtTokens that rotate and refuse what was exchanged', () => {
  const factory = simpleJwtTokens({ ...simpleJwt, rotateRefreshTokens: true, blacklistAfterRotation: true })
  tokenManagerConformance({ factory })
})

describe('jwtTokens that ask nobody', () => {
  tokenManagerConformance({
    factory: jwtTokens({ ...jwt, accessLifetimeSeconds: 300, stateless: true }),
    skip: [
      { test: 'refuses a value once its session was revoked', reason: 'that is what stateless gives up, for 300 s' },
    ],
  })
})
