/** Section 6 of the contract, K1, K6 and K8 of section 10: what a token and a link are, how long they live, how they are kept. */
import { describe, expect, it } from 'vitest'
import {
  type DjmongoauthSite,
  djmongoauthSites,
  empty,
  PASSWORD,
  type SiteOptions,
} from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

async function member(options: SiteOptions = {}): Promise<{ readonly site: DjmongoauthSite; readonly token: string }> {
  const site = newSite(options)
  await site.addUser('ann')
  return { site, token: await site.tokenOf('ann') }
}

const asks = async (site: DjmongoauthSite, token: string): Promise<number> =>
  (await site.call('POST verify', { token })).status

describe('§6 x_auth_token', () => {
  it('K1 and K6: is opaque: nothing of the user, the session or the expiry stands in it', async () => {
    const { site, token } = await member()
    const [user] = await site.store.users.findByIdentifier('ann', ['username'], 1)
    const [session] = await site.store.sessions.listForUser(user?.id ?? 0, site.clock.now())
    expect(token).toMatch(/^[0-9a-f]{40}$/)
    for (const told of ['ann', session?.id ?? '', 'exp', '=', '&']) expect(token).not.toContain(told)
  })

  it.each([
    ['168 hours', {}, 168],
    ['as many as the site says', { sessionExpireInHour: 2 }, 2],
    ['with a token for each log-in, too', { sessionExpireInHour: 2, tokenPerLogin: true }, 2],
  ])('lives %s from the log-in', async (_, door, hours) => {
    const { site, token } = await member({ door })
    site.clock.advance({ milliseconds: hours * 3_600_000 - 1 })
    expect(await asks(site, token)).toBe(201)
    site.clock.advance({ milliseconds: 1 })
    expect(await asks(site, token)).toBe(400)
  })

  it('is not extended by use, nor by another log-in', async () => {
    const { site, token } = await member({ door: { sessionExpireInHour: 2 } })
    site.clock.advance({ minutes: 90 })
    expect(await site.tokenOf('ann')).toBe(token)
    expect(await asks(site, token)).toBe(201)
    site.clock.advance({ minutes: 30 })
    expect(await asks(site, token)).toBe(400)
  })

  it('is another one than that of a door of Django REST framework, which never ends', async () => {
    const { site, token } = await member()
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD, carrier: 'user-token' })
    expect(issued.token).not.toBe(token)
    site.clock.advance({ hours: 168 })
    expect(await asks(site, issued.token)).toBe(201)
    expect(await asks(site, token)).toBe(400)
  })

  it('of a user whom an operator disabled is dead', async () => {
    const { site, token } = await member()
    const user = await site.auth.findUser('ann')
    await site.auth.setStatus({ userId: user?.id ?? 0, status: 'disabled' })
    expect(await asks(site, token)).toBe(400)
  })
})

describe('§6 authenticator', () => {
  it.each([
    ['verify', { verifyEmailSeconds: 3600 }],
    ['reset', {}],
  ])('of %s: 43 signs of base64url, and lives an hour', async (path, codes) => {
    const site = newSite({ codes })
    await site.call('POST register', { json: { username: 'ann', email: 'ann@example.org', password: PASSWORD } })
    const use = async (code: string) =>
      empty(await site.call(`PUT ${path}?a=${code}`, { json: { new_password: 'cherry-pie-5-supper' } }))
    const newCode = async () => {
      await site.call(`POST ${path}`, { token: await site.tokenOf('ann') })
      return site.mailedCode()
    }
    const late = await newCode()
    expect(late).toMatch(/^[\w-]{43}$/)
    site.clock.advance({ hours: 1 })
    expect(await use(late)).not.toBe(200)
    const timely = await newCode()
    site.clock.advance({ minutes: 59, seconds: 59 })
    expect(await use(timely)).toBe(200)
  })
})

describe('K8: at rest', () => {
  it('neither tokens nor links are stored as they are', async () => {
    const kept: string[] = []
    const note = (value: unknown): void => void kept.push(JSON.stringify(value))
    const site = newSite({
      wrapStore: (store) => ({
        ...store,
        sessions: {
          ...store.sessions,
          findOrInsert(session, ...rest) {
            note({ ...session, digest: Buffer.from(session.digest).toString('latin1') })
            return store.sessions.findOrInsert(session, ...rest)
          },
        },
        codes: {
          ...store.codes,
          insert(code) {
            note({ ...code, digest: Buffer.from(code.digest).toString('latin1') })
            return store.codes.insert(code)
          },
        },
      }),
    })
    await site.addUser('ann')
    const token = await site.tokenOf('ann')
    await site.call('POST reset', { token })
    const code = await site.mailedCode()
    expect(kept).toHaveLength(2)
    for (const secret of [token, code]) expect(kept.join()).not.toContain(secret)
  })
})
