import type {
  IdentityProvider,
  IdentityProviderFactory,
  IdentityProviderTools,
} from '../../src/contracts/identity-provider.ts'
import { providerFetch } from '../../src/providers/provider-fetch.ts'
import { type FakeClock, fakeClock } from '../../src/testing/fake-clock.ts'
import { systemRandom } from '../../src/util/system-random.ts'

export interface TestTools extends IdentityProviderTools {
  readonly clock: FakeClock
}

/** What a provider gets in a development environment, with a clock that the test holds and real connections. */
export function providerTools(changes: Partial<IdentityProviderTools> = {}): TestTools {
  return {
    random: systemRandom,
    fetch: providerFetch({ environment: 'development', timeoutMilliseconds: 5_000 }),
    environment: 'development',
    ...changes,
    clock: fakeClock('2026-03-01T12:00:00Z'),
  }
}

/** Opens a provider the way the engine does. */
export function openProvider(
  factory: IdentityProviderFactory,
  tools: IdentityProviderTools = providerTools(),
): IdentityProvider {
  return factory(tools)
}
