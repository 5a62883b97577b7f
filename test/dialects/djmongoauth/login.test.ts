/** Sections 2 and 2.1, E2 and E3 of section 3, K5 of section 10. */
import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { type DjmongoauthSite, djmongoauthSites, PASSWORD, refused } from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

const login = async (site: DjmongoauthSite, json: unknown): Promise<readonly [number, unknown]> =>
  told(await site.call('POST login', { json }))

describe('§2 login', () => {
  it('answers 200 with the token, with a space after the colon', async () => {
    const site = newSite()
    await site.addUser('ann')
    const { status, text } = await site.call('POST login', { json: { username: 'ann', password: PASSWORD } })
    expect(status).toBe(200)
    expect(text).toMatch(/^\{"token": "[^"&=]+"\}$/)
  })

  it('E2: by the user name alone, never by the address', async () => {
    const site = newSite()
    await site.addUser('ann')
    const byAddress = await login(site, { username: 'ann@example.org', password: PASSWORD })
    expect(byAddress).toEqual(refused('Password is incorrect for user ann@example.org'))
  })

  it('E2: a proven address makes no difference', async () => {
    const site = newSite()
    await site.call('POST register', { json: { username: 'ann', email: 'ann@example.org', password: PASSWORD } })
    expect(await site.auth.findUser('ann')).toMatchObject({ emailVerifiedAt: null })
    expect((await login(site, { username: 'ann', password: PASSWORD }))[0]).toBe(200)
  })

  it('E3: gives the same token while a session lives, and another one afterwards', async () => {
    const site = newSite()
    await site.addUser('ann')
    const first = await site.tokenOf('ann')
    site.clock.advance({ hours: 167 })
    expect(await site.tokenOf('ann')).toBe(first)
    site.clock.advance({ hours: 1 })
    const second = await site.tokenOf('ann')
    expect(second).not.toBe(first)
    await site.call('POST logout', { token: second })
    expect([first, second]).not.toContain(await site.tokenOf('ann'))
  })

  it('gives the same token to all who log in at once after one has ended', async () => {
    const site = newSite()
    await site.addUser('ann')
    const ended = await site.tokenOf('ann')
    site.clock.advance({ hours: 168 })
    const tokens = new Set(await Promise.all(Array.from({ length: 8 }, () => site.tokenOf('ann'))))
    expect(tokens.size).toBe(1)
    expect(tokens).not.toContain(ended)
  })
})

describe('§2.1 login errors', () => {
  it('wrong password, also of a wrong type', async () => {
    const site = newSite({ lockout: { maxFailures: 100 } })
    await site.addUser('ann')
    for (const password of ['mistaken-walrus', '', null, 7, ['x'], { $ne: '' }, 'x\0', '\ud800']) {
      expect(await login(site, { username: 'ann', password })).toEqual(refused('Password is incorrect for user ann'))
    }
  })

  it('K5: an unknown name is answered like a wrong password', async () => {
    const site = newSite()
    const unknown = await login(site, { username: 'nobody', password: PASSWORD })
    expect(unknown).toEqual(refused('Password is incorrect for user nobody'))
  })

  it('K5: the two texts of the original are there where the site says so, and it is told at the start', async () => {
    const warnings: unknown[] = []
    const logger = { debug() {}, info() {}, error() {}, warn: (...told: unknown[]) => void warnings.push(told) }
    const site = newSite({ door: { dangerouslyTellUnknownUsers: true }, logger })
    await site.addUser('ann')
    const wrong = await login(site, { username: 'ann', password: 'mistaken-walrus' })
    const unknown = await login(site, { username: 'nobody', password: PASSWORD })
    const byAddress = await login(site, { username: 'ann@example.org', password: PASSWORD })
    expect(wrong).toEqual(refused('Password is incorrect for user ann'))
    expect([unknown, byAddress]).toEqual([
      refused('User matching query does not exist.'),
      refused('User matching query does not exist.'),
    ])
    expect(JSON.stringify(warnings)).toContain('dangerouslyTellUnknownUsers')
  })

  it.each([null, 7, ['ann'], { $ne: '' }, '', 'a\0b', '\ud800', 'x'.repeat(1000)])(
    'unknown user: %j can be nobody, and is called unknown whatever the site tells',
    async (username) => {
      for (const dangerouslyTellUnknownUsers of [true, false]) {
        const answer = await login(newSite({ door: { dangerouslyTellUnknownUsers } }), { username, password: PASSWORD })
        expect(answer).toEqual(refused('User matching query does not exist.'))
      }
    },
  )

  it.each(['username', 'password'])('an absent key is named: %s', async (key) => {
    const { [key]: _, ...rest }: Record<string, string> = { username: 'ann', password: PASSWORD }
    expect(await login(newSite(), rest)).toEqual(refused(`'${key}'`))
  })

  it.each(['{', '', '[]', '["username"]', 'null'])('bad JSON and a list are a 400 with a text: %s', async (body) => {
    expect(told(await newSite().call('POST login', { body }))).toEqual(refused('The request could not be read.'))
  })

  it('storage trouble is a 503 that says when to come back, and nothing of its cause', async () => {
    const site = newSite({
      wrapStore: (store) => ({
        ...store,
        users: { ...store.users, findByIdentifier: () => Promise.reject(new Error('disk of db7 is full')) },
      }),
    })
    const { status, text } = await site.call('POST login', { json: { username: 'ann', password: PASSWORD } })
    expect(status).toBeGreaterThanOrEqual(500)
    expect(text).toMatch(/^\{"error": "[^"]+"\}$/)
    expect(text).not.toContain('db7')
  })
})
