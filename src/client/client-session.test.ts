import { describe, expect, it } from 'vitest'
import { createClient } from './create-client.ts'
import { memoryTokens } from './tokens.ts'

const refused = () =>
  Response.json({ type: 'urn:portress:error:token_invalid', code: 'token_invalid', detail: 'No.' }, { status: 401 })

/** A server as a table: what it answers to `POST /path`, with the token that came along. */
type Rows = Readonly<Record<string, (token: string | null, body: string) => Response | Promise<Response>>>

function serve(rows: Rows) {
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    const token = new Headers(init.headers).get('authorization')?.slice('Bearer '.length) ?? null
    asked.push(`${init.method} ${url} ${token}`)
    const answer = rows[`${init.method} ${url}`]
    if (answer === undefined) throw new Error(`nobody answers ${init.method} ${url}`)
    return answer(token, String(init.body ?? ''))
  }
  return { asked, fetch }
}

describe('a client whose user changes while a refresh is under way', () => {
  it('makes no call of the new user with the token of the old one', async () => {
    const annIsRenewed = Promise.withResolvers<void>()
    const annRefreshes = Promise.withResolvers<void>()
    const { asked, fetch } = serve({
      'GET /api/me': (token) => (token === 'bob-2' ? Response.json({ user: {} }) : refused()),
      'POST /api/login': () =>
        Response.json({ session: {}, accessToken: 'bob-1', expiresAt: '', refreshToken: 'bob-refresh' }),
      async 'POST /api/token/refresh'(_token, body) {
        if (body.includes('bob-refresh')) {
          return Response.json({ session: {}, accessToken: 'bob-2', expiresAt: '', refreshToken: 'bob-refresh-2' })
        }
        annRefreshes.resolve()
        await annIsRenewed.promise
        return Response.json({ session: {}, accessToken: 'ann-2', expiresAt: '', refreshToken: 'ann-refresh-2' })
      },
    })
    const tokens = memoryTokens({ accessToken: 'ann-1', expiresAt: '', refreshToken: 'ann-refresh' })
    const client = createClient({ baseUrl: '/api', carrier: 'jwt', tokens, fetch })
    const ofAnn = client.currentUser()
    await annRefreshes.promise
    await client.login({ identifier: 'bob', password: 'x' })
    const ofBob = client.currentUser()
    expect((await ofBob).ok).toBe(true)
    annIsRenewed.resolve()
    expect((await ofAnn).ok).toBe(false)
    expect(asked.filter((call) => call.endsWith('ann-2'))).toEqual([])
    expect(await tokens.read()).toMatchObject({ accessToken: 'bob-2' })
  })
})

describe('a client that shares its storage', () => {
  it('leaves the tokens alone that another one has put there meanwhile', async () => {
    const tokens = memoryTokens({ accessToken: 'old', expiresAt: '', refreshToken: null })
    const fresh = { accessToken: 'fresh', expiresAt: '', refreshToken: null }
    let ended = 0
    const { fetch } = serve({
      async 'GET /api/me'() {
        await tokens.write(fresh)
        return refused()
      },
    })
    const client = createClient({ baseUrl: '/api', carrier: 'token', tokens, fetch, onSignedOut: () => (ended += 1) })
    expect((await client.currentUser()).ok).toBe(false)
    expect([await tokens.read(), ended]).toEqual([fresh, 0])
  })
})

describe('a client with a cookie', () => {
  it('has not lost its session because there is no refresh token to exchange', async () => {
    let ended = 0
    const { fetch } = serve({ 'GET /api/me': () => Response.json({ user: {} }), 'POST /api/token/refresh': refused })
    const client = createClient({ baseUrl: '/api', fetch, onSignedOut: () => (ended += 1) })
    await client.currentUser()
    expect((await client.rotateToken()).ok).toBe(false)
    expect(ended).toBe(0)
  })
})

describe('an id that would lead to another row', () => {
  it.each(['', '.', '..'])('such as %j is sent nowhere', async (sessionId) => {
    const { asked, fetch } = serve({})
    const client = createClient({ baseUrl: '/api', fetch })
    await expect(client.revokeSession({ sessionId })).rejects.toThrow(TypeError)
    await expect(client.beginSocialLogin({ provider: sessionId } as never)).rejects.toThrow(TypeError)
    expect(asked).toEqual([])
  })
})
