import type { Auth } from '../../src/auth.ts'
import { type AuthOptions, createAuth } from '../../src/create-auth.ts'
import type { FieldDefinitions } from '../../src/model/field.ts'
import { type FakeClock, fakeClock } from '../../src/testing/fake-clock.ts'
import type { MemoryMailer } from '../../src/testing/memory-mailer.ts'
import { cheapHasher } from './cheap-hasher.ts'
import { orderedMailer } from './ordered-mailer.ts'
import { testStore } from './test-store.ts'

/** An account system that forgets everything, with a clock and a mailbox that the test holds. */
export interface TestAuth<F extends FieldDefinitions = FieldDefinitions> {
  readonly auth: Auth<F>
  readonly clock: FakeClock
  readonly mailer: MemoryMailer
}

export const TEST_ORIGIN = 'https://acme.test'

export const TEST_SECRET = '4fN0b2Zk9QxWv7Lr1TsYc6JpHe3MgUaD'

/** No limits on how often; the lockout stays as it is. */
export const NO_RATE_LIMITS = {
  mailsPerRecipient: false,
  mailsPerAddress: false,
  registrationsPerAddress: false,
  socialLoginsPerAddress: false,
  passwordsPerAddress: false,
  codesPerAddress: false,
  changesPerUser: false,
  exportsPerUser: false,
} as const

export function testAuth<const F extends FieldDefinitions = Record<never, never>>(
  options: Partial<AuthOptions<F>> = {},
): TestAuth<F> {
  const clock = fakeClock('2026-03-01T12:00:00Z')
  const mailer = orderedMailer()
  const auth = createAuth<F>({
    store: testStore(),
    secrets: [TEST_SECRET],
    site: { name: 'Acme', origin: TEST_ORIGIN },
    // What hashing costs is no part of what these tests look at.
    passwords: { hasher: cheapHasher() },
    rateLimits: NO_RATE_LIMITS,
    mailer,
    clock,
    logger: false,
    ...options,
  })
  return { auth, clock, mailer }
}
