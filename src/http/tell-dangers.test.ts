import { expect, it, onTestFinished, vi } from 'vitest'
import { testAuth } from '../../test/support/test-auth.ts'
import { restAuth } from '../dialects/rest-auth/index.ts'

it.each([
  { environment: 'production', isBuiltIn: true, times: 1 },
  { environment: 'development', isBuiltIn: true, times: 0 },
  { environment: 'development', isBuiltIn: false, times: 1 },
] as const)(
  'in $environment (built in: $isBuiltIn) tells what weakens safety $times times, once somebody is served',
  async ({ environment, isBuiltIn, times }) => {
    const warn = vi.fn()
    const logger = { debug: vi.fn(), info: vi.fn(), warn, error: vi.fn() }
    const { auth } = testAuth({ environment, logger, mounts: { '/rest': { ...restAuth(), isBuiltIn } } })
    onTestFinished(() => auth.close())
    expect(auth.mounts).toMatchObject([
      { path: '/rest', dangers: [expect.stringContaining('oldPasswordFieldEnabled')] },
    ])
    const told = () => warn.mock.calls.filter(([fields]) => 'door' in fields)
    expect(told()).toEqual([])
    for (let request = 0; request < 2; request += 1) await auth.fetch(new Request('https://acme.test/rest/login/'))
    expect(told()).toHaveLength(times)
  },
)
