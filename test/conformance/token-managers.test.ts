import { describe } from 'vitest'
import { tokenManagerConformance } from '../../src/testing/token-manager-conformance.ts'
import { jwtTokens } from '../../src/tokens/jwt-tokens.ts'
import { opaqueTokens } from '../../src/tokens/opaque-tokens.ts'

const jwt = { accessLifetimeSeconds: 900, audience: 'https://acme.test', refreshGraceSeconds: 10 }

describe('opaqueTokens', () => tokenManagerConformance({ factory: opaqueTokens() }))

describe('jwtTokens', () => tokenManagerConformance({ factory: jwtTokens({ ...jwt, stateless: false }) }))

describe('jwtTokens that ask nobody', () => {
  tokenManagerConformance({
    factory: jwtTokens({ ...jwt, accessLifetimeSeconds: 300, stateless: true }),
    skip: [
      { test: 'refuses a value once its session was revoked', reason: 'that is what stateless gives up, for 300 s' },
    ],
  })
})
