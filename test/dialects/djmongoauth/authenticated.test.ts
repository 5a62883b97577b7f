/** Section 5 of the contract: the guard for handlers of the application's own. Over real servers in `test/hosts/`. */
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { refuseUnauthenticated } from '../../../src/dialects/djmongoauth/index.ts'
import { requireUser } from '../../../src/hosts/hono.ts'
import { readAnswer, told } from '../drf/support/answer.ts'
import { type DjmongoauthSite, djmongoauthSites, type SiteOptions } from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

const OBJECT_ID = '5f0000000000000000000001'

/** An application of one handler, which is for users alone. */
async function guarded(options: SiteOptions = {}): Promise<{
  readonly site: DjmongoauthSite
  readonly token: string
  readonly ask: (authorization?: string) => Promise<readonly [number, unknown]>
}> {
  const site = newSite(options)
  await site.addUser('ann')
  const app = new Hono()
  app.use('/orders', requireUser(site.auth, { refuse: refuseUnauthenticated }))
  app.get('/orders', (c) => c.json({ of: c.get('user' as never) }))
  const ask = async (authorization?: string) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
    return told(await readAnswer(await app.request('/orders', { headers })))
  }
  return { site, token: await site.tokenOf('ann'), ask }
}

const refusal = (cause: string): readonly [number, unknown] => [401, { error: `User is not authenticated: ${cause}` }]

describe('§5 authenticated', () => {
  it.each(['', 'Bearer ', 'Token '])(
    'A1, A2 and A6: one line lets users in, and the handler gets theirs: %j',
    async (scheme) => {
      const { token, ask } = await guarded()
      expect(await ask(scheme + token)).toEqual([200, { of: expect.objectContaining({ username: 'ann' }) }])
    },
  )

  it('A6: never with a hash or a digest in it', async () => {
    const { token, ask } = await guarded()
    expect(JSON.stringify(await ask(token))).not.toMatch(/hash|argon2|digest|sessionEpoch/i)
  })

  it('A3 and A4: no header', async () => {
    expect(await (await guarded()).ask()).toEqual(refusal("'HTTP_AUTHORIZATION'"))
  })

  it.each(['x', 'Bearer x', 'exp=1&user_id=2'])('A4: a token that cannot be parsed: %s', async (token) => {
    expect(await (await guarded()).ask(token)).toEqual(refusal(`Failed to parse x_auth_token: ${token}`))
  })

  it('A4: a token of three parts', async () => {
    const { ask } = await guarded()
    expect(await ask('exp=1&user_id=2&username=ann')).toEqual(refusal('list index out of range'))
  })

  it('A4: a user id that is none of the original', async () => {
    const { ask } = await guarded()
    const text = "'2' is not a valid ObjectId, it must be a 12-byte input or a 24-character hex string"
    expect(await ask('exp=1&user_id=2&username=ann&session_key=x')).toEqual(refusal(text))
  })

  it('A4: no active session, of a token of the original and of one of ours', async () => {
    const { site, token, ask } = await guarded()
    const original = `exp=1900000000&user_id=${OBJECT_ID}&username=ann&session_key=x`
    expect(await ask(original)).toEqual(refusal('No active session found for user ann'))
    await site.call('POST logout', { token })
    expect(await ask(token)).toEqual(refusal('No active session found'))
  })

  it('A5 and K1: a token is bound to its session and user; a session that has expired lets nobody in', async () => {
    const { site, token, ask } = await guarded()
    const bob = await site.addUser('bob')
    const mixed = `exp=1900000000&user_id=${bob.id}&username=bob&session_key=${token}`
    expect((await ask(mixed))[0]).toBe(401)
    site.clock.advance({ hours: 168 })
    expect(await ask(token)).toEqual(refusal('No active session found'))
  })
})
