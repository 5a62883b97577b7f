import type { Auth } from '../../src/auth.ts'
import { type AuthOptions, createAuth } from '../../src/create-auth.ts'
import type { FieldDefinitions } from '../../src/model/field.ts'
import type { FakeClock } from '../../src/testing/fake-clock.ts'
import type { MemoryMailer } from '../../src/testing/memory-mailer.ts'
import { testOptions } from '../../src/testing/test-options.ts'
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

export function testAuth<const F extends FieldDefinitions = Record<never, never>>(
  options: Partial<AuthOptions<F>> = {},
): TestAuth<F> {
  const { clock, ...given } = testOptions('2026-03-01T12:00:00Z')
  const mailer = orderedMailer()
  const auth = createAuth<F>({
    ...given,
    store: testStore(),
    secrets: [TEST_SECRET],
    site: { name: 'Acme', origin: TEST_ORIGIN },
    mailer,
    clock,
    ...options,
  })
  return { auth, clock, mailer }
}
