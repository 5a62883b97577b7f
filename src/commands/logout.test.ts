import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD } from '../../test/support/accounts.ts'
import { TEST_ORIGIN, type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import type { Dialect } from '../http/dialect.ts'
import { findBearerOrCookie } from '../http/find-credential.ts'
import { route } from '../http/route.ts'
import type { Carrier } from '../model/session.ts'
import { type LogoutInput, logout } from './logout.ts'

/** A door with one row for each way to log out. */
function exits(): Dialect {
  const exit = (path: string, input: LogoutInput) => {
    const write = (): Response => new Response(null, { status: 204 })
    return route({ method: 'POST', path, guard: 'session', command: logout, read: () => input, write })
  }
  return {
    name: 'exits',
    routes: () => [
      exit('/plain', {}),
      exit('/session', { ends: 'session' }),
      exit('/user-token', { ends: 'user-token' }),
      exit('/both', { ends: 'both' }),
      exit('/all', { ends: 'all' }),
      exit('/demanded', { ends: 'both', mustEndToken: true }),
      exit('/all-tokens', { ends: 'both', tokenCarrier: 'token', mustEndToken: true }),
    ],
    findCredential: ({ header }) => findBearerOrCookie(header, 'none'),
    writeError: ({ code }) => Response.json({ code }, { status: 400 }),
    writeFault: () => new Response(null, { status: 500 }),
  }
}

const CARRIERS = ['token', 'user-token', 'simple-jwt'] as const satisfies readonly Carrier[]

interface Seen extends TestAuth {
  readonly tokens: Readonly<Record<(typeof CARRIERS)[number], string>>
  readonly events: string[]
}

/** A user who came in by each of the carriers. */
async function begin(): Promise<Seen> {
  const events: string[] = []
  const site = testAuth({
    mounts: { '/exits': exits() },
    events: {
      userLoggedOut: ({ session }) => void events.push(`logged out: ${session.carrier}`),
      sessionRevoked: ({ sessionIds }) =>
        void events.push(`revoked: ${sessionIds === 'others' ? sessionIds : sessionIds.length}`),
    },
  })
  await activeUser(site)
  const logIn = async (carrier: Carrier): Promise<string> =>
    (await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier })).issued.token
  const [token, userToken, simpleJwt] = [await logIn('token'), await logIn('user-token'), await logIn('simple-jwt')]
  return { ...site, events, tokens: { token, 'user-token': userToken, 'simple-jwt': simpleJwt } }
}

const request = (path: string, token: string): Request =>
  new Request(TEST_ORIGIN + path, { method: 'POST', headers: { authorization: `Bearer ${token}` } })

/** Leaves by the exit, and tells which of the three are still good. */
async function leave({ auth, tokens }: Seen, exit: string, by: keyof Seen['tokens']): Promise<readonly string[]> {
  expect((await auth.fetch(request(`/exits/${exit}`, tokens[by]))).status).toBe(204)
  const alive: string[] = []
  for (const carrier of CARRIERS) {
    const active = await auth.authenticate(request('/', tokens[carrier])).catch(() => null)
    if (active !== null) alive.push(carrier)
  }
  return alive
}

describe('logout', () => {
  it.each(CARRIERS)('ends the session that the caller came with, and no other: %s', async (by) => {
    for (const exit of ['plain', 'session']) {
      const seen = await begin()
      expect(await leave(seen, exit, by)).toEqual(CARRIERS.filter((carrier) => carrier !== by))
      expect(seen.events).toEqual([`logged out: ${by}`])
    }
  })

  it('ends the one token of the user alone, however the caller came in', async () => {
    const byJwt = await begin()
    expect(await leave(byJwt, 'user-token', 'simple-jwt')).toEqual(['token', 'simple-jwt'])
    expect(byJwt.events).toEqual(['revoked: 1'])
    expect(await leave(byJwt, 'user-token', 'simple-jwt')).toEqual(['token', 'simple-jwt'])
    expect(byJwt.events).toEqual(['revoked: 1'])
    const byItself = await begin()
    expect(await leave(byItself, 'user-token', 'user-token')).toEqual(['token', 'simple-jwt'])
    expect(byItself.events).toEqual(['logged out: user-token'])
  })

  it('ends both', async () => {
    const byToken = await begin()
    expect(await leave(byToken, 'both', 'token')).toEqual(['simple-jwt'])
    expect(byToken.events).toEqual(['revoked: 1', 'logged out: token'])
    const byItself = await begin()
    expect(await leave(byItself, 'both', 'user-token')).toEqual(['token', 'simple-jwt'])
    expect(byItself.events).toEqual(['logged out: user-token'])
  })

  it('ends every session of the user, and of nobody else', async () => {
    const seen = await begin()
    await activeUser(seen, 'bob')
    const bob = await seen.auth.login({ identifier: 'bob', password: GOOD_PASSWORD })
    expect(await leave(seen, 'all', 'token')).toEqual([])
    expect(seen.events).toEqual(['revoked: others', 'logged out: token'])
    expect((await seen.auth.authenticate(request('/', bob.issued.token)))?.user.username).toBe('bob')
  })

  it('ends nothing where there is no token, if there must be one', async () => {
    const seen = await begin()
    await leave(seen, 'user-token', 'token')
    const refused = await seen.auth.fetch(request('/exits/demanded', seen.tokens.token))
    expect([refused.status, await refused.json()]).toEqual([400, { code: 'not_found' }])
    expect((await seen.auth.authenticate(request('/', seen.tokens.token)))?.user.username).toBe('ann')
  })

  it('takes the token that the caller came with for the one that there must be', async () => {
    const seen = await begin()
    expect(await leave(seen, 'demanded', 'user-token')).toEqual(['token', 'simple-jwt'])
    expect(await leave(await begin(), 'demanded', 'token')).toEqual(['simple-jwt'])
  })

  it('ends all tokens of another carrier where that is asked for', async () => {
    const seen = await begin()
    const again = await seen.auth.login({ identifier: 'ann', password: GOOD_PASSWORD })
    expect(await leave(seen, 'all-tokens', 'simple-jwt')).toEqual(['user-token'])
    await expect(seen.auth.authenticate(request('/', again.issued.token))).rejects.toMatchObject({
      code: 'token_invalid',
    })
  })
})
