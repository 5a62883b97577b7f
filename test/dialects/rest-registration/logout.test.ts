import { describe, expect, it } from 'vitest'
import { AuthError } from '../../../src/index.ts'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { ANONYMOUS, detail, done, WORDS } from './support/words.ts'
import { type RestRegistrationWorld, restRegistrationWorlds, SESSIONS_ONLY, TOKENS_ONLY } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const LOGOUT = 'POST logout/'

const DONE = done('Logout successful')

const CLEARED = 'sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax'

async function worldOfAnn(options: Parameters<typeof newWorld>[0] = {}, engine: Parameters<typeof newWorld>[1] = {}) {
  const events: string[] = []
  const world = newWorld(options, { ...engine, events: { userLoggedOut: () => void events.push('userLoggedOut') } })
  await world.addUser('ann')
  return { ...world, events }
}

const opens = async ({ call }: Pick<RestRegistrationWorld, 'call'>, token: string): Promise<boolean> =>
  (await call('GET profile/', { token })).status === 200

describe('§3.4 logout/, 200', () => {
  it.each([{}, SESSIONS_ONLY])(
    'session mode (%j): the session ends, its cookie is cleared, one event',
    async (options) => {
      const world = await worldOfAnn(options)
      const page = world.browser()
      await page.login('ann')
      const cookie = `sessionid=${page.jar.get('sessionid')}`
      const answer = await page.call(LOGOUT)
      expect([told(answer), answer.cookies]).toEqual([DONE, [CLEARED]])
      expect(page.jar.get('csrftoken')).not.toBeNull()
      expect((await world.call('GET profile/', { headers: { cookie } })).status).toBe(403)
      expect(world.events).toEqual(['userLoggedOut'])
    },
  )

  it.each([{}, { json: { revoke_token: false } }, { form: { revoke_token: '' } }, { form: {} }])(
    'the token stays valid unless it is asked for otherwise (%j)',
    async (sent) => {
      const world = await worldOfAnn(TOKENS_ONLY)
      const token = await world.tokenOf('ann')
      const answer = await world.call(LOGOUT, { token, ...sent })
      expect([told(answer), answer.cookies]).toEqual([DONE, []])
      expect(await opens(world, token)).toBe(true)
      expect(world.events).toEqual([])
    },
  )

  it('R7: with revoke_token the token ends, in token mode', async () => {
    const world = await worldOfAnn(TOKENS_ONLY)
    const token = await world.tokenOf('ann')
    expect(told(await world.call(LOGOUT, { token, json: { revoke_token: true } }))).toEqual(DONE)
    expect(await opens(world, token)).toBe(false)
    expect(await world.tokenOf('ann')).not.toBe(token)
  })

  it('R7: with revoke_token the token ends beside the session', async () => {
    const world = await worldOfAnn()
    const page = world.browser()
    const { token } = Object((await page.login('ann')).body)
    expect(await opens(world, token)).toBe(true)
    expect(told(await page.call(LOGOUT, { json: { revoke_token: true } }))).toEqual(DONE)
    expect(await opens(world, token)).toBe(false)
    expect((await page.call('GET profile/')).status).toBe(403)
  })

  it('R7: where no tokens are given there is none to revoke', async () => {
    const world = await worldOfAnn(SESSIONS_ONLY)
    const page = world.browser()
    await page.login('ann')
    expect(told(await page.call(LOGOUT, { json: { revoke_token: true } }))).toEqual(DONE)
  })

  it.each([true, false])('by a token it ends the session of a cookie beside it (revoke_token %s)', async (revoke) => {
    const world = await worldOfAnn()
    await world.addUser('ben')
    const [own, other] = [world.browser(), world.browser()]
    await own.login('ann')
    await other.login('ben')
    for (const page of [own, other]) {
      const token = await world.tokenOf('ann')
      const headers = { authorization: `Token ${token}` }
      const answer = await page.call(LOGOUT, { headers, json: { revoke_token: revoke } })
      // The cookie comes first at this door, so it is judged like a session that leaves.
      expect(told(answer)).toEqual(DONE)
      expect((await page.call('GET profile/')).status).toBe(403)
    }
  })

  it('by a token that is asked first it ends the session of whatever cookie the browser sent', async () => {
    const world = await worldOfAnn({ authentication: ['token', 'session'] })
    await world.addUser('ben')
    const page = world.browser()
    await page.login('ben')
    const token = await world.tokenOf('ann')
    const answer = await page.call(LOGOUT, { headers: { authorization: `Token ${token}` } })
    expect([told(answer), answer.cookies]).toEqual([DONE, [CLEARED]])
    expect((await page.call('GET profile/')).status).toBe(401)
    expect(await opens(world, token)).toBe(true)
  })

  it('R8: revoking all ends each token of a manager that gives several', async () => {
    const world = await worldOfAnn({ ...TOKENS_ONLY, authTokenManager: 'token', loginRetrieveToken: true })
    const tokens = [await world.tokenOf('ann'), await world.tokenOf('ann'), await world.tokenOf('ann')]
    expect(told(await world.call(LOGOUT, { token: tokens[0], json: { revoke_token: true } }))).toEqual(DONE)
    for (const token of tokens) expect(await opens(world, token)).toBe(false)
  })

  it('R8: nobody else’s token ends', async () => {
    const world = await worldOfAnn(TOKENS_ONLY)
    const ben = await world.member('ben')
    const token = await world.tokenOf('ann')
    await world.call(LOGOUT, { token, json: { revoke_token: true, token: ben.token, user_id: ben.id } })
    expect(await opens(world, ben.token)).toBe(true)
  })

  it('whoever sends a password with the request has nothing that ends', async () => {
    const world = await worldOfAnn()
    expect(told(await world.call(LOGOUT, { basic: `ann:${PASSWORD}` }))).toEqual(DONE)
  })
})

describe('§3.4 logout/, refusals', () => {
  it.each([
    [{}, 403],
    [TOKENS_ONLY, 401],
  ] as const)('R7: nobody can log out who is not in (%j)', async (options, status) => {
    const { call } = await worldOfAnn(options)
    expect(told(await call(LOGOUT))).toEqual([status, ANONYMOUS])
  })

  it.each([
    ['maybe', WORDS.BOOLEAN],
    [[], WORDS.BOOLEAN],
    [{}, WORDS.BOOLEAN],
    [2, WORDS.BOOLEAN],
    [null, WORDS.NULL],
  ])('revoke_token %j is judged in every mode, and nothing ends', async (value, sentence) => {
    for (const options of [SESSIONS_ONLY, {}]) {
      const page = (await worldOfAnn(options)).browser()
      await page.login('ann')
      expect(told(await page.call(LOGOUT, { json: { revoke_token: value } }))).toEqual([
        400,
        { revoke_token: [sentence] },
      ])
      expect((await page.call('GET profile/')).status).toBe(200)
    }
  })

  it('F2: revoke_token takes what stands for yes', async () => {
    for (const yes of ['t', 'Y', 'yes', 'TRUE', 'On', '1', 1, true]) {
      const world = await worldOfAnn(TOKENS_ONLY)
      const token = await world.tokenOf('ann')
      expect([yes, told(await world.call(LOGOUT, { token, json: { revoke_token: yes } }))]).toEqual([yes, DONE])
      expect(await opens(world, token)).toBe(false)
    }
  })

  it('R7, R8, W8: no stored token: it is told before anything ended, and the session goes on', async () => {
    const world = await worldOfAnn({ useNonFieldErrorsKeyFromDrfSettings: false })
    const page = world.browser()
    const { token } = Object((await page.login('ann')).body)
    await world.call(LOGOUT, { token, json: { revoke_token: true } })
    const answer = await page.call(LOGOUT, { json: { revoke_token: true } })
    expect(told(answer)).toEqual(detail(400, 'Authentication token not found'))
    expect(answer.cookies).toEqual([])
    expect((await page.call('GET profile/')).status).toBe(200)
    expect(told(await page.call(LOGOUT))).toEqual(DONE)
  })

  it('R7: a manager that takes none back says so', async () => {
    const world = await worldOfAnn(TOKENS_ONLY, {
      wrapStore: (store) => ({
        ...store,
        sessions: { ...store.sessions, delete: () => Promise.reject(new AuthError('forbidden')) },
      }),
    })
    const token = await world.tokenOf('ann')
    const answer = await world.call(LOGOUT, { token, json: { revoke_token: true } })
    expect(told(answer)).toEqual(detail(400, 'Authentication token cannot be revoked'))
    expect(await opens(world, token)).toBe(true)
  })
})
