import { afterEach, describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, refusalOf } from '../../test/support/accounts.ts'
import { openStore } from '../../test/support/open-store.ts'
import { TEST_SECRET, type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import type { Auth } from '../auth.ts'
import type { AuthError } from '../errors.ts'
import type { IssuedToken } from '../model/session.ts'
import { deriveKey } from '../util/secrets.ts'
import { systemRandom } from '../util/system-random.ts'
import { userTokens } from './user-tokens.ts'

const OTHER_SECRET = 'Vq8mHs2Yc5KxRt7Ld0WnZb3PfGj6EuTa'

const closing: Pick<Auth, 'close'>[] = []

afterEach(async () => {
  for (const auth of closing.splice(0)) await auth.close()
})

function openSite(options: Parameters<typeof testAuth>[0] = {}): TestAuth {
  const site = testAuth(options)
  closing.push(site.auth)
  return site
}

async function logIn({ auth }: Pick<TestAuth, 'auth'>, identifier = 'ann'): Promise<IssuedToken> {
  return (await auth.login({ identifier, password: GOOD_PASSWORD, carrier: 'user-token' })).issued
}

const bearing = (token: string): Request =>
  new Request('https://acme.test/', { headers: { authorization: `Bearer ${token}` } })

/** Whose the token is, or the reason for its refusal. */
async function whoIs({ auth }: Pick<TestAuth, 'auth'>, token: string): Promise<unknown> {
  try {
    return (await auth.authenticate(bearing(token)))?.user.username
  } catch (error) {
    return (error as AuthError).details.reason ?? (error as AuthError).code
  }
}

describe('the one token of a user', () => {
  it('is the same at each log-in, of forty hexadecimal digits, and never that of somebody else', async () => {
    const site = openSite()
    await activeUser(site)
    await activeUser(site, 'bob')
    const first = await logIn(site)
    expect(first.token).toMatch(/^[0-9a-f]{40}$/)
    expect(first.refreshToken).toBeNull()
    site.clock.advance({ days: 3 })
    expect(await logIn(site)).toMatchObject({ token: first.token, session: { id: first.session.id } })
    expect((await logIn(site, 'bob')).token).not.toBe(first.token)
    expect(await whoIs(site, first.token)).toBe('ann')
  })

  it('is the same for all who log in at once for the first time', async () => {
    const site = openSite()
    await activeUser(site)
    const issued = await Promise.all(Array.from({ length: 12 }, () => logIn(site)))
    expect(new Set(issued.map(({ token }) => token)).size).toBe(1)
    expect(await whoIs(site, issued[0]?.token ?? '')).toBe('ann')
  })

  it('is another one after a log-out, even within the same millisecond', async () => {
    const site = openSite()
    await activeUser(site)
    const seen = new Set<string>()
    for (let round = 0; round < 5; round += 1) {
      const { token, session } = await logIn(site)
      expect(seen.has(token)).toBe(false)
      seen.add(token)
      await site.auth.logout({ actor: { session } })
      expect(await whoIs(site, token)).toBe('ended')
    }
  })

  it('never expires, whether it is used or not', async () => {
    const site = openSite()
    await activeUser(site)
    const { token, session } = await logIn(site)
    for (let year = 0; year < 3; year += 1) {
      site.clock.advance({ days: 365 })
      await site.auth.cleanUp()
      expect(await whoIs(site, token)).toBe('ann')
      await site.auth.flush()
    }
    const [listed] = await site.auth.listSessions({ actor: { session } })
    expect(listed?.session.lastUsedAt).toEqual(site.clock.now())
    expect(listed?.session.idleExpiresAt).toEqual(session.idleExpiresAt)
  })

  it('is not counted among the sessions a user may have, and not ended for them', async () => {
    const site = openSite({ sessions: { maxPerUser: 2 } })
    await activeUser(site)
    const { token, session } = await logIn(site)
    for (let count = 0; count < 4; count += 1) {
      site.clock.advance({ minutes: 1 })
      await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD })
    }
    expect(await whoIs(site, token)).toBe('ann')
    const carriers = (await site.auth.listSessions({ actor: { session } })).map((listed) => listed.session.carrier)
    expect(carriers).toEqual(['token', 'token', 'user-token'])
    await logIn(site)
    expect(await site.auth.listSessions({ actor: { session } })).toHaveLength(3)
  })

  it('says of itself no more than the weakest proof that it is given for', async () => {
    const { store, factory } = openStore()
    const site = openSite({ store: factory })
    const { id } = await activeUser(site)
    const user = await store.users.findById(id)
    const tokens = userTokens()({
      sessions: store.sessions,
      clock: site.clock,
      random: systemRandom,
      keysFor: (purpose) => [deriveKey(TEST_SECRET, purpose)],
      issuer: 'https://acme.test',
      lifetimes: { idleMilliseconds: 1, absoluteMilliseconds: 1 },
    })
    const proof = {
      sessionId: 'any',
      carrier: 'user-token',
      backend: 'password',
      address: null,
      userAgent: null,
    } as const
    const strong = user && (await tokens.issue({ ...proof, user, assurance: 'second-factor' }))
    expect(strong?.session.assurance).toBe('password')
    expect((await logIn(site)).token).toBe(strong?.token)
  })

  it.each([
    ['upper case', (token: string) => token.toUpperCase()],
    ['a digit too few', (token: string) => token.slice(1)],
    ['a digit too many', (token: string) => `${token}0`],
    ['white space', (token: string) => `${token.slice(0, 39)} `],
  ])('is nothing in another form: %s', async (_, change) => {
    const site = openSite()
    await activeUser(site)
    const { token } = await logIn(site)
    expect(await whoIs(site, change(token))).not.toBe('ann')
  })

  it('cannot be made from the table', async () => {
    const { store, factory } = openStore()
    const site = openSite({ store: factory })
    const { id } = await activeUser(site)
    const { token } = await logIn(site)
    const [row] = await store.sessions.listForUser(id, site.clock.now())
    const digest = Buffer.from(row?.digest ?? []).toString('hex')
    expect(digest).toHaveLength(64)
    for (const start of [0, 24]) expect(await whoIs(site, digest.slice(start, start + 40))).toBe('ended')
    const shown = JSON.stringify({ ...row, digest })
    for (const part of [token, token.slice(0, 20), token.slice(20)]) expect(shown).not.toContain(part)
  })
})

describe('the end of a user’s token', () => {
  it('comes with a new password that was set from elsewhere', async () => {
    const site = openSite()
    await activeUser(site)
    const { token } = await logIn(site)
    const other = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD })
    const newPassword = 'noisy heron on the lock'
    await site.auth.changePassword(
      { currentPassword: GOOD_PASSWORD, newPassword },
      { actor: { session: other.issued.session } },
    )
    expect(await whoIs(site, token)).toBe('ended')
    const again = await site.auth.login({ identifier: 'ann', password: newPassword, carrier: 'user-token' })
    expect(again.issued.token).not.toBe(token)
  })

  it('does not come for who changed the password with it', async () => {
    const site = openSite()
    await activeUser(site)
    const { token, session } = await logIn(site)
    const newPassword = 'noisy heron on the lock'
    await site.auth.changePassword({ currentPassword: GOOD_PASSWORD, newPassword }, { actor: { session } })
    expect(await whoIs(site, token)).toBe('ann')
    const again = await site.auth.login({ identifier: 'ann', password: newPassword, carrier: 'user-token' })
    expect(again.issued.token).toBe(token)
  })

  it('comes when the user is disabled, and the next token is another one', async () => {
    const site = openSite()
    const { id } = await activeUser(site)
    const { token } = await logIn(site)
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect(await whoIs(site, token)).toBe('ended')
    await site.auth.setStatus({ userId: id, status: 'active' })
    expect(await whoIs(site, token)).toBe('ended')
    expect((await logIn(site)).token).not.toBe(token)
  })

  it('is told as such where the row outlived the status', async () => {
    const { store, factory } = openStore()
    const site = openSite({ store: factory })
    const { id } = await activeUser(site)
    const { token } = await logIn(site)
    await store.users.update(id, { status: 'pending' })
    expect(await whoIs(site, token)).toBe('user_not_active')
  })

  it('comes with the user’s own', async () => {
    const site = openSite()
    await activeUser(site)
    const { token, session } = await logIn(site)
    await site.auth.deleteAccount({ currentPassword: GOOD_PASSWORD }, { actor: { session } })
    expect(await whoIs(site, token)).toBe('ended')
  })
})

describe('a secret that is put in front', () => {
  it('leaves everybody the token they have, until the old secret is taken away', async () => {
    const { factory } = openStore()
    const before = openSite({ store: factory })
    await activeUser(before)
    const { token } = await logIn(before)
    const during = openSite({ store: factory, secrets: [OTHER_SECRET, TEST_SECRET] })
    expect((await logIn(during)).token).toBe(token)
    expect(await whoIs(during, token)).toBe('ann')

    const after = openSite({ store: factory, secrets: [OTHER_SECRET] })
    expect(await whoIs(after, token)).toBe('ended')
    const issued = await Promise.all(Array.from({ length: 8 }, () => logIn(after)))
    const tokens = new Set(issued.map((one) => one.token))
    expect(tokens.size).toBe(1)
    expect(tokens.has(token)).toBe(false)
    expect(await whoIs(after, [...tokens][0] ?? '')).toBe('ann')
    expect(await whoIs(before, token)).toBe('ended')
  })

  it('makes the tokens of those who log in for the first time', async () => {
    const { factory } = openStore()
    const during = openSite({ store: factory, secrets: [OTHER_SECRET, TEST_SECRET] })
    await activeUser(during)
    const { token } = await logIn(during)
    expect(await whoIs(openSite({ store: factory, secrets: [OTHER_SECRET] }), token)).toBe('ann')
    expect(await whoIs(openSite({ store: factory }), token)).toBe('ended')
  })
})

describe('a user’s token as a refresh token', () => {
  it('is none', async () => {
    const site = openSite()
    await activeUser(site)
    const { token } = await logIn(site)
    for (const carrier of ['jwt', 'simple-jwt'] as const) {
      expect(await refusalOf(site.auth.rotateToken({ refreshToken: token, carrier }))).toBe('token_invalid')
    }
  })
})

describe('the token of a user for a limited time', () => {
  const HOUR = { identifier: 'ann', password: GOOD_PASSWORD, carrier: 'user-token', lifetimeSeconds: 3600 } as const

  async function openAnn(): Promise<TestAuth> {
    const site = openSite()
    await activeUser(site)
    return site
  }

  it('is the same at each log-in until it ends, counted from the first one, and another one afterwards', async () => {
    const site = await openAnn()
    const { issued: first } = await site.auth.login(HOUR)
    site.clock.advance({ minutes: 59 })
    const { issued: again } = await site.auth.login(HOUR)
    expect([again.token, again.expiresAt]).toEqual([first.token, first.expiresAt])
    expect(await whoIs(site, first.token)).toBe('ann')
    site.clock.advance({ minutes: 1 })
    expect(await whoIs(site, first.token)).toBe('expired')
    const { issued: next } = await site.auth.login(HOUR)
    expect(next.token).not.toBe(first.token)
    expect(await whoIs(site, first.token)).toBe('ended')
  })

  it('is one for each lifetime: no log-in shortens or lengthens another one’s', async () => {
    const site = await openAnn()
    const endless = await logIn(site)
    const { issued: hour } = await site.auth.login(HOUR)
    const { issued: day } = await site.auth.login({ ...HOUR, lifetimeSeconds: 86_400 })
    expect(new Set([endless.token, hour.token, day.token]).size).toBe(3)
    site.clock.advance({ hours: 1 })
    expect([await whoIs(site, hour.token), await whoIs(site, day.token)]).toEqual(['expired', 'ann'])
    expect((await logIn(site)).token).toBe(endless.token)
  })

  it('is one also for all who log in at once after it has ended', async () => {
    const site = await openAnn()
    await site.auth.login(HOUR)
    site.clock.advance({ hours: 1 })
    const issued = await Promise.all(Array.from({ length: 12 }, () => site.auth.login(HOUR)))
    expect(new Set(issued.map(({ issued: { token } }) => token)).size).toBe(1)
  })
})
