import type { PasswordHasher } from '../contracts/password-hasher.ts'
import type { StoreFactory } from '../contracts/store.ts'
import { sqlite } from '../stores/sqlite/sqlite.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { type MemoryMailer, memoryMailer } from './memory-mailer.ts'
import { quickHasher } from './quick-hasher.ts'

/** What a test puts in place of an application's database, clock, mail server and secrets. */
export interface TestOptions {
  /** SQLite in memory, with all tables and declared columns as soon as it is open. */
  readonly store: StoreFactory
  readonly secrets: readonly string[]
  readonly passwords: { readonly hasher: PasswordHasher }
  /** No limits on how often; the lockout stays as it is. */
  readonly rateLimits: Readonly<Record<keyof typeof NO_RATE_LIMITS, false>>
  readonly mailer: MemoryMailer
  readonly clock: FakeClock
  readonly logger: false
}

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

/**
 * Makes the options of an account system that forgets everything, with a clock and a mailbox that the test holds. Spread them
 * behind the application's own; a test of rate limits or of a real database leaves those out.
 *
 * @param start where the clock stands, as in `fakeClock`
 *
 * @example
 * const options = testOptions()
 * const auth = createAuth({ ...applicationOptions, ...options })
 * await auth.requestPasswordReset({ email: 'ann@example.org' })
 * await auth.flush()
 * const code = mailedCode(options.mailer, 'ann@example.org')
 */
export function testOptions(start: Date | string = '2026-01-01T00:00:00Z'): TestOptions {
  return {
    store: sqlite(':memory:'),
    // Nothing outlives the process, so nothing is worth a secret of its own.
    secrets: ['4fN0b2Zk9QxWv7Lr1TsYc6JpHe3MgUaD'],
    passwords: { hasher: quickHasher() },
    rateLimits: NO_RATE_LIMITS,
    mailer: memoryMailer(),
    clock: fakeClock(start),
    logger: false,
  }
}
