import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, refusalOf } from '../../../test/support/accounts.ts'
import { openStore } from '../../../test/support/open-store.ts'
import { type TestAuth, testAuth } from '../../../test/support/test-auth.ts'
import type { Authenticator } from '../../contracts/authentication-backend.ts'
import type { UserId } from '../../model/user.ts'

const PIN = '4711-otter'

/** Proves one user by a PIN, and counts how often it was asked. */
function byPin(id: UserId, backend?: string): { readonly with: (pin: string) => Authenticator; asked: number } {
  const seen = {
    asked: 0,
    with: (pin: string): Authenticator => ({
      name: 'pin',
      authenticate() {
        seen.asked += 1
        const proven = backend === undefined ? { id } : { id, backend }
        return Promise.resolve(pin === PIN ? proven : null)
      },
    }),
  }
  return seen
}

const logInBy = (site: TestAuth, identifier: string, authenticator: Authenticator) =>
  site.auth.login({ identifier, authenticator })

describe('an authenticator that a log-in brings along', () => {
  it('proves a user without any password, and names its backend in the session', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    const { user, issued } = await logInBy(site, 'ann', byPin(id).with(PIN))
    expect([user.id, issued.session.backend]).toEqual([id, 'pin'])
    expect((await logInBy(site, 'ann', byPin(id, 'ldap').with(PIN))).issued.session.backend).toBe('ldap')
  })

  it('says of whom it does not prove, or who is not there, what is said of a wrong password', async () => {
    const site = testAuth({ lockout: { maxFailures: 100 } })
    const { id } = await activeUser(site)
    expect(await refusalOf(logInBy(site, 'ann', byPin(id).with('wrong')))).toBe('invalid_credentials')
    expect(await refusalOf(logInBy(site, 'nobody', byPin(id).with('wrong')))).toBe('invalid_credentials')
    expect(await refusalOf(logInBy(site, 'ann', byPin(4711).with(PIN)))).toBe('invalid_credentials')
    expect(await refusalOf(logInBy(site, 'ann', byPin('junk').with(PIN)))).toBe('invalid_credentials')
  })

  it('does not let in who is pending or disabled', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect(await refusalOf(logInBy(site, 'ann', byPin(id).with(PIN)))).toBe('invalid_credentials')
  })

  it('is not even asked while the user or the name is locked', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    const pin = byPin(id)
    for (const guess of ['1', '2', '3']) await refusalOf(logInBy(site, 'ann', pin.with(guess)))
    expect(await refusalOf(logInBy(site, 'ann', pin.with(PIN)))).toBe('invalid_credentials')
    expect(pin.asked).toBe(3)
    // One lock for every way in: the password does not get past it either.
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
    site.clock.advance({ minutes: 1 })
    expect((await logInBy(site, 'ann', pin.with(PIN))).user.id).toBe(id)
  })

  it('asks no more often than the lockout allows, however many come at once', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    const pin = byPin(id)
    const guesses = Array.from({ length: 20 }, (_, index) => refusalOf(logInBy(site, 'ann', pin.with(String(index)))))
    expect(new Set(await Promise.all(guesses))).toEqual(new Set(['invalid_credentials']))
    expect(pin.asked).toBe(3)
  })

  it('lets nobody past the lock of whom it proves under another name', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    for (const guess of ['1', '2', '3']) await refusalOf(logIn(site.auth, 'ann', guess))
    expect(await refusalOf(logInBy(site, '+49 30 4711', byPin(id).with(PIN)))).toBe('invalid_credentials')
    site.clock.advance({ minutes: 1 })
    expect((await logInBy(site, '+49 30 4711', byPin(id).with(PIN))).user.id).toBe(id)
  })

  it('tells the lock where locks are told', async () => {
    const site = testAuth({ login: { revealLocks: true } })
    const { id } = await activeUser(site)
    for (const guess of ['1', '2', '3']) await refusalOf(logIn(site.auth, 'ann', guess))
    await expect(logInBy(site, '+49 30 4711', byPin(id).with(PIN))).rejects.toMatchObject({
      code: 'locked_out',
      details: { retryAfterSeconds: 60 },
    })
  })

  it('makes earlier wrong guesses at the user be forgotten, under whatever name', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    for (const guess of ['1', '2']) await refusalOf(logIn(site.auth, 'ann', guess))
    await logInBy(site, '+49 30 4711', byPin(id).with(PIN))
    for (const guess of ['1', '2']) await refusalOf(logIn(site.auth, 'ann', guess))
    expect((await logIn(site.auth, 'ann')).user.id).toBe(id)
  })

  it('does not make room for more guesses at whom one names when one proves to be somebody else', async () => {
    const site = testAuth()
    await activeUser(site)
    const eve = await activeUser(site, 'eve')
    const pin = byPin(eve.id)
    for (const identifier of ['ann', '+49 30 4711']) {
      pin.asked = 0
      for (let round = 0; round < 5; round += 1) {
        await refusalOf(logInBy(site, identifier, pin.with('wrong')))
        await refusalOf(logInBy(site, identifier, pin.with(PIN)))
      }
      // Three wrong ones, and the right ones between them.
      expect([identifier, pin.asked]).toEqual([identifier, 5])
    }
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
  })

  it('lets many right ones at once all in', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    const pin = byPin(id)
    const all = Array.from({ length: 12 }, (_, index) => logInBy(site, `+49 30 ${index}`, pin.with(PIN)))
    expect(new Set((await Promise.all(all)).map(({ user }) => user.id))).toEqual(new Set([id]))
  })

  it('leaves the password alone: what it takes for a proof is not hashed in its place', async () => {
    const { factory, store } = openStore()
    const old = testAuth({ store: factory, passwords: { argon2: { memoryKiB: 8, passes: 2 }, workers: 1 } })
    const { id } = await activeUser(old)
    const before = (await store.users.findById(id))?.passwordHash
    const site = testAuth({ store: factory })
    await logInBy(site, 'ann', byPin(id).with(PIN))
    expect((await store.users.findById(id))?.passwordHash).toBe(before)
    // The password itself is upgraded when it is at hand.
    await logIn(site.auth, 'ann')
    expect((await store.users.findById(id))?.passwordHash).not.toBe(before)
  })

  it('stands in the log of attempts with what was typed', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    await refusalOf(logInBy(site, '+49 30 4711', byPin(id).with('wrong')))
    await logInBy(site, '+49 30 4711', byPin(id).with(PIN))
    const attempts = await site.auth.listAttempts({ scope: 'all', filter: { limit: 2 } })
    expect(attempts.map(({ identifier, outcome, userId }) => [identifier, outcome, userId])).toEqual([
      ['+49 30 4711', 'success', id],
      ['+49 30 4711', 'unknown_user', null],
    ])
  })

  it('counts as a wrong guess where it fails itself, and its fault is not hidden', async () => {
    const site = testAuth()
    await activeUser(site)
    const broken: Authenticator = { name: 'broken', authenticate: () => Promise.reject(new RangeError('no route')) }
    for (const _ of [1, 2, 3]) await expect(logInBy(site, 'ann', broken)).rejects.toThrow('no route')
    expect(await refusalOf(logInBy(site, 'ann', broken))).toBe('invalid_credentials')
  })

  it('may look a user up and check a password with what it is handed', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    const own: Authenticator = {
      name: 'own',
      async authenticate({ users, verifyPassword, canonical }) {
        const [user] = await users.findByIdentifier(canonical('ANN'), ['username'], 1)
        return (await verifyPassword(GOOD_PASSWORD, user?.passwordHash ?? null)) && user !== undefined ? user : null
      },
    }
    expect((await logInBy(site, 'ann', own)).user.id).toBe(id)
  })
})
