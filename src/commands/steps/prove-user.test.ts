import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, refusalOf } from '../../../test/support/accounts.ts'
import { openStore } from '../../../test/support/open-store.ts'
import { testAuth } from '../../../test/support/test-auth.ts'
import { passwordBackend } from '../../backends/password-backend.ts'
import type { AuthenticationBackend } from '../../contracts/authentication-backend.ts'
import { AuthError } from '../../errors.ts'

const byName = passwordBackend({ identifiers: ['username'] })
const byAddress: AuthenticationBackend = { ...passwordBackend({ identifiers: ['email'] }), name: 'by-address' }

describe('the gate', () => {
  it('asks the backends in order and remembers which one proved the user', async () => {
    const site = testAuth({ login: { backends: [byName, byAddress] } })
    await activeUser(site)
    expect((await logIn(site.auth, 'ann')).issued.session.backend).toBe('password')
    expect((await logIn(site.auth, 'ann@example.org')).issued.session.backend).toBe('by-address')
  })

  it('leaves an old hash alone where a backend took something else than the password for a proof', async () => {
    const { factory, store } = openStore()
    const old = testAuth({ store: factory, passwords: { argon2: { memoryKiB: 8, passes: 2 }, workers: 1 } })
    const { id } = await activeUser(old)
    const before = (await store.users.findById(id))?.passwordHash
    const elsewhere: AuthenticationBackend = {
      name: 'elsewhere',
      candidates: (identifier, { users, canonical }) => users.findByIdentifier(canonical(identifier), ['username'], 1),
      async authenticate({ password }, [user], { verifyPassword }) {
        await verifyPassword(password, null)
        return user !== undefined && password === 'known elsewhere'
          ? { outcome: 'proven', user }
          : { outcome: 'unproven' }
      },
    }
    const site = testAuth({ store: factory, login: { backends: [byName, elsewhere], emailMustBeVerified: false } })
    expect((await logIn(site.auth, 'ann', 'known elsewhere')).issued.session.backend).toBe('elsewhere')
    expect((await store.users.findById(id))?.passwordHash).toBe(before)
    // The password itself is upgraded when it is at hand.
    await logIn(site.auth, 'ann')
    expect((await store.users.findById(id))?.passwordHash).not.toBe(before)
  })

  it('stops at a backend that refuses outright', async () => {
    const guard: AuthenticationBackend = {
      ...byName,
      name: 'guard',
      authenticate: async () => ({ outcome: 'refused' }),
    }
    const site = testAuth({ login: { backends: [guard, byAddress] } })
    await activeUser(site)
    expect(await refusalOf(logIn(site.auth, 'ann@example.org'))).toBe('invalid_credentials')
  })

  it('counts a guess that one backend has judged, though the queue was full for the next', async () => {
    const full: AuthenticationBackend = {
      ...byAddress,
      name: 'full',
      authenticate: () => Promise.reject(new AuthError('overloaded', { retryAfterSeconds: 1 })),
    }
    const site = testAuth({ login: { backends: [byName, full] } })
    await activeUser(site)
    for (let guess = 0; guess < 3; guess += 1) await refusalOf(logIn(site.auth, 'ann', `guess ${guess}`))
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
  })

  it('gives the guess back where the queue was full before anybody judged it', async () => {
    let refusalsLeft = 5
    const backend: AuthenticationBackend = {
      ...byName,
      authenticate(credentials, candidates, tools) {
        refusalsLeft -= 1
        if (refusalsLeft >= 0) return Promise.reject(new AuthError('overloaded', { retryAfterSeconds: 1 }))
        return byName.authenticate(credentials, candidates, tools)
      },
    }
    const site = testAuth({ login: { backends: [backend] } })
    await activeUser(site)
    for (let guess = 0; guess < 5; guess += 1) expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('overloaded')
    expect((await logIn(site.auth, 'ann')).user.username).toBe('ann')
  })

  it('does not accept a user whom the backend had not named before', async () => {
    const site = testAuth({
      login: {
        backends: [
          {
            ...byName,
            candidates: async () => [],
            authenticate: async (_typed, _named, { users }) => {
              const user = await users.findById(1)
              return user === null ? { outcome: 'unproven' } : { outcome: 'proven', user }
            },
          },
        ],
      },
    })
    await activeUser(site)
    await expect(logIn(site.auth, 'ann')).rejects.toThrow('had not named')
  })

  it('counts a wrong current password like a wrong log-in', async () => {
    const site = testAuth()
    await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    const caller = { actor: issued }
    for (let guess = 0; guess < 3; guess += 1) {
      const input = { currentPassword: `guess ${guess}`, newPassword: 'a heron at the mill pond' }
      expect(await refusalOf(site.auth.changePassword(input, caller))).toBe('wrong_current_password')
    }
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
    expect(await refusalOf(site.auth.deleteAccount({ currentPassword: GOOD_PASSWORD }, caller))).toBe(
      'wrong_current_password',
    )
  })
})

describe('the configured backends', () => {
  it.each([
    ['none', []],
    ['two of one name', [byName, byName]],
    ['one that cannot take the call', [{ name: 'broken' } as unknown as AuthenticationBackend]],
  ])('stop the start where there are %s', (_name, backends) => {
    expect(() => testAuth({ login: { backends } })).toThrow(TypeError)
  })
})
