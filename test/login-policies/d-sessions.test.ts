/** D9 and D13 of the contract about login policies: which backend looks after a session. */
import { afterEach, describe, expect, it } from 'vitest'
import type { AuthenticationBackend } from '../../src/contracts/authentication-backend.ts'
import type { UserId } from '../../src/model/user.ts'
import { closeSites, PASSWORD, type Site, type SiteOptions } from '../security/support/open-site.ts'
import { sampleProvider } from '../support/sample-provider.ts'
import { byAddress, byName, siteWith } from './support/backends.ts'
import { addPerson } from './support/people.ts'

afterEach(closeSites)

describe('a session that no backend began', () => {
  const provider = sampleProvider()

  interface Watched {
    readonly site: Site
    readonly asked: string[]
    readonly gone: Set<UserId>
  }

  /** A directory that knows who has left, behind the password. */
  async function watchedSite(options: SiteOptions = {}): Promise<Watched> {
    const asked: string[] = []
    const gone = new Set<UserId>()
    const watching = (backend: AuthenticationBackend): AuthenticationBackend => ({
      ...backend,
      async getUser(id, { users }) {
        asked.push(backend.name)
        return gone.has(id) ? null : users.findById(id)
      },
    })
    const social = { providers: [provider.factory] }
    const site = await siteWith([watching(byName), watching(byAddress)], { social, ...options })
    return { site, asked, gone }
  }

  const account = { username: 'ann', email: 'ann@example.org', password: PASSWORD }

  const sessionOf = async (site: Site, token: string): Promise<string> => {
    const found = await site.auth.authenticate(
      new Request('https://accounts.example/', { headers: { authorization: `Bearer ${token}` } }),
    )
    return found?.session.backend ?? 'none'
  }

  it('D9: says how it began, and is the first backend’s to look after', async () => {
    const { site, asked, gone } = await watchedSite()
    const { user, issued } = await site.auth.register({ ...account, carrier: 'token' })
    const token = issued?.token ?? ''
    expect(await sessionOf(site, token)).toBe('registration')
    expect(asked).toEqual(['names'])
    gone.add(user.id)
    expect((await site.send('GET /me', { token })).status).toBe(401)
  })

  it('D9: is looked after by another one where the site says so', async () => {
    const { site, asked } = await watchedSite({ login: { defaultBackend: 'addresses' } })
    const { issued } = await site.auth.register({ ...account, carrier: 'token' })
    expect(await sessionOf(site, issued?.token ?? '')).toBe('registration')
    expect(asked).toEqual(['addresses'])
  })

  it('D9: says so after an activation and after a social log-in, too', async () => {
    const { site, asked } = await watchedSite({ login: { emailMustBeVerified: true } })
    await site.auth.register(account)
    const activated = await site.auth.activate({ code: await site.codeFor(account.email), carrier: 'token' })
    expect(await sessionOf(site, activated.issued?.token ?? '')).toBe('activation')
    const accessToken = provider.tokenFor({
      subject: 'c',
      email: 'c@example.org',
      emailVerified: true,
      usernameHint: 'cyd',
    })
    const social = await site.auth.socialLogin({ provider: 'sample', accessToken })
    expect(await sessionOf(site, social.issued.token)).toBe('sample')
    expect(asked).toEqual(['names', 'names'])
  })

  it('D9: is also one of a backend that is configured no more', async () => {
    const { site, asked } = await watchedSite()
    const { user } = await site.auth.register(account)
    if (user === undefined) throw new Error('nobody was registered')
    const authenticator = { name: 'retired', authenticate: async () => ({ id: user.id }) }
    const { issued } = await site.auth.login({ identifier: 'ann', authenticator })
    expect(await sessionOf(site, issued.token)).toBe('retired')
    expect(asked).toEqual(['names'])
  })

  it('D9: needs a default that there is', async () => {
    await expect(watchedSite({ login: { defaultBackend: 'nobody' } })).rejects.toThrow(
      'login.defaultBackend must be the name of one of login.backends: names, addresses',
    )
  })
})

describe('the user of a session', () => {
  /** Carriers whose sessions the Portress API can begin. */
  const CARRIERS = ['token', 'cookie', 'jwt'] as const

  async function present(site: Site, carrier: (typeof CARRIERS)[number]) {
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD, carrier })
    const sent = carrier === 'cookie' ? { cookie: `__Host-portress-session=${issued.token}` } : { token: issued.token }
    return { me: () => site.send('GET /me', sent), issued }
  }

  it.each(CARRIERS)('D13: is asked for on every request with a %s', async (carrier) => {
    let asked = 0
    const gone = new Set<UserId>()
    const watching: AuthenticationBackend = {
      ...byName,
      async getUser(id, { users }) {
        asked += 1
        return gone.has(id) ? null : users.findById(id)
      },
    }
    const site = await siteWith([watching])
    const { id } = await addPerson(site, { username: 'ann' })
    const { me } = await present(site, carrier)
    for (const expected of [1, 2, 3]) {
      expect((await me()).status).toBe(200)
      expect(asked).toBe(expected)
    }
    gone.add(id)
    expect((await me()).status).toBe(401)
  })

  it.each(CARRIERS)('D13: who is disabled or deleted has no session with a %s', async (carrier) => {
    const site = await siteWith([byName])
    const { id } = await addPerson(site, { username: 'ann' })
    const first = await present(site, carrier)
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect((await first.me()).status).toBe(401)
    await site.auth.setStatus({ userId: id, status: 'active' })
    const second = await present(site, carrier)
    expect((await second.me()).status).toBe(200)
    await site.store.users.delete(id)
    expect((await second.me()).status).toBe(401)
  })

  it('D13: whom the backend no longer knows gets no new token either', async () => {
    const gone = new Set<UserId>()
    const watching: AuthenticationBackend = {
      ...byName,
      getUser: (id, { users }) => (gone.has(id) ? Promise.resolve(null) : users.findById(id)),
    }
    const site = await siteWith([watching])
    const { id } = await addPerson(site, { username: 'ann' })
    const { issued } = await present(site, 'jwt')
    gone.add(id)
    const refresh = await site.send('POST /token/refresh', { body: { refreshToken: issued.refreshToken } })
    expect(refresh.status).toBe(401)
  })

  it('D13: is nobody for an id that nobody has', async () => {
    const site = await siteWith([byName])
    for (const id of [4_711, 0, -1, 1.5, Number.NaN, '1', '', 'x'.repeat(10_000)]) {
      expect(await site.store.users.findById(id), String(id)).toBeNull()
    }
  })
})
