import { describe, expect, it } from 'vitest'
import { activeUser, logIn, refusalOf } from '../../test/support/accounts.ts'
import { testAuth } from '../../test/support/test-auth.ts'
import { passwordBackend } from '../backends/password-backend.ts'
import { AuthError } from '../errors.ts'

const bearer = (token: string): Request =>
  new Request('https://acme.test/', { headers: { authorization: `Bearer ${token}` } })

describe('authenticate', () => {
  it('knows the user as they are now, and nobody without a credential', async () => {
    const site = testAuth()
    await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    await site.auth.updateProfile({ firstName: 'Ann' }, { actor: issued })
    expect((await site.auth.authenticate(bearer(issued.token)))?.user.firstName).toBe('Ann')
    expect(await site.auth.authenticate(new Request('https://acme.test/'))).toBeNull()
  })

  it('asks the backend that recognised the user, which may end the session', async () => {
    const gone = new Set<unknown>()
    const backend = passwordBackend({ identifiers: ['username'] })
    const site = testAuth({
      login: {
        backends: [
          { ...backend, getUser: (id, { users }) => (gone.has(id) ? Promise.resolve(null) : users.findById(id)) },
        ],
      },
    })
    const { id } = await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    expect((await site.auth.authenticate(bearer(issued.token)))?.user.id).toBe(id)
    gone.add(id)
    expect(await refusalOf(site.auth.authenticate(bearer(issued.token)))).toBe('token_invalid')
  })

  it('tells the program why, where that is known', async () => {
    const backend = passwordBackend({ identifiers: ['username'] })
    const site = testAuth({ login: { backends: [{ ...backend, getUser: () => Promise.resolve(null) }] } })
    await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    const reasonFor = async (token: string): Promise<unknown> => {
      const error: unknown = await site.auth.authenticate(bearer(token)).catch((thrown: unknown) => thrown)
      return error instanceof AuthError && error.details
    }
    expect(await reasonFor('nonsense')).toEqual({ reason: 'malformed' })
    expect(await reasonFor(issued.token)).toEqual({ reason: 'user_not_active' })
    expect(await reasonFor('A'.repeat(43))).toEqual({})
  })

  it('writes the last use at most once a minute, and only when flushed', async () => {
    const site = testAuth()
    await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    const lastUse = async (): Promise<Date | undefined> =>
      (await site.auth.listSessions({ actor: issued }))[0]?.session.lastUsedAt
    const begun = site.clock.now()
    site.clock.advance({ seconds: 59 })
    await site.auth.authenticate(bearer(issued.token))
    await site.auth.flush()
    expect(await lastUse()).toEqual(begun)
    site.clock.advance({ seconds: 1 })
    await site.auth.authenticate(bearer(issued.token))
    expect(await lastUse()).toEqual(begun)
    await site.auth.flush()
    expect(await lastUse()).toEqual(site.clock.now())
  })
})
