import { describe, expect, it } from 'vitest'
import { GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { bearer, HOSTILE_VALUES, newMember, newSession } from '../../test/support/members.ts'
import { openStore } from '../../test/support/open-store.ts'
import { testAuth } from '../../test/support/test-auth.ts'
import type { PasswordValidator } from '../contracts/validator.ts'
import { quickHasher } from '../testing/quick-hasher.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

const NEW_PASSWORD = 'a heron at the mill pond'
const CHANGE = { currentPassword: GOOD_PASSWORD, newPassword: NEW_PASSWORD }

describe('changePassword', () => {
  it('ends all other sessions, and leaves the own one', async () => {
    const site = testAuth()
    const { caller, issued } = await newMember(site, 'ann')
    const others = [await newSession(site, 'ann'), await newSession(site, 'ann', 'cookie')]
    expect(await site.auth.changePassword(CHANGE, caller)).toEqual({ renewed: null })
    expect(await site.auth.authenticate(bearer(issued))).not.toBeNull()
    for (const other of others) {
      expect(await refusalOf(site.auth.authenticate(bearer(other.issued)))).toBe('token_invalid')
    }
    expect((await logIn(site.auth, 'ann', NEW_PASSWORD)).user.username).toBe('ann')
  })

  it('gives a session in a cookie a new value', async () => {
    const site = testAuth()
    await newMember(site, 'ann')
    const { caller, issued } = await newSession(site, 'ann', 'cookie')
    const { renewed } = await site.auth.changePassword(CHANGE, caller)
    expect(await refusalOf(site.auth.authenticate(bearer(issued)))).toBe('token_invalid')
    if (renewed === null) throw new Error('the cookie was not renewed')
    expect(await site.auth.authenticate(bearer(renewed))).toMatchObject({ session: { carrier: 'cookie' } })
  })

  it('ends the own session too where that is asked for, whatever carries it', async () => {
    for (const carrier of ['token', 'cookie', 'jwt'] as const) {
      const site = testAuth()
      await newMember(site, 'ann')
      const { caller, issued } = await newSession(site, 'ann', carrier)
      const result = await site.auth.changePassword({ ...CHANGE, endCurrentSession: true }, caller)
      expect(result).toEqual({ renewed: null })
      expect(await refusalOf(site.auth.authenticate(bearer(issued)))).toBe('token_invalid')
      expect(await refusalOf(logIn(site.auth, 'ann', NEW_PASSWORD))).toBeNull()
    }
  })

  it('tells that the two entries differ together with what the validators say', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const change = { currentPassword: GOOD_PASSWORD, newPassword: '12345', newPasswordAgain: '12346' }
    await expect(site.auth.changePassword(change, caller)).rejects.toMatchObject({
      code: 'validation_failed',
      details: {
        fields: {
          newPassword: expect.arrayContaining([expect.objectContaining({ code: 'password_too_short' })]),
          newPasswordAgain: [{ code: 'differs' }],
        },
      },
    })
    await expect(
      site.auth.changePassword({ ...CHANGE, newPasswordAgain: `${NEW_PASSWORD} ` }, caller),
    ).rejects.toMatchObject({ details: { fields: { newPasswordAgain: [{ code: 'differs' }] } } })
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBeNull()
    expect(await refusalOf(site.auth.changePassword({ ...CHANGE, newPasswordAgain: NEW_PASSWORD }, caller))).toBeNull()
  })

  it('tells nothing of the new password before the current one was right', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    for (const newPassword of ['1', '12345678', 'password']) {
      const change = { currentPassword: 'wrong', newPassword, newPasswordAgain: '2' }
      expect(await refusalOf(site.auth.changePassword(change, caller))).toBe('wrong_current_password')
    }
  })

  it('refuses whatever is no text', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const hostile = HOSTILE_VALUES.filter((value) => typeof value !== 'string' || /[\0\ud800]/.test(value))
    for (const value of hostile) {
      for (const name of ['currentPassword', 'newPassword', 'newPasswordAgain'] as const) {
        const change = { ...CHANGE, [name]: value as string }
        expect(await refusalOf(site.auth.changePassword(change, caller))).toBe('validation_failed')
      }
    }
  })
})

describe('changePassword of who has none', () => {
  it('is refused like a wrong one', async () => {
    const { factory, store } = openStore()
    const site = testAuth({ store: factory })
    const { user, caller } = await newMember(site, 'ann')
    await store.users.update(user.id, { passwordHash: null })
    for (const currentPassword of [GOOD_PASSWORD, '!', 'null']) {
      const change = { currentPassword, newPassword: '1' }
      expect(await refusalOf(site.auth.changePassword(change, caller))).toBe('wrong_current_password')
    }
  })
})

describe('changePassword without the current password', () => {
  const FREE = { newPassword: NEW_PASSWORD, dangerouslyWithoutCurrentPassword: true } as const

  it('does all that it does with it', async () => {
    const changes: unknown[] = []
    const site = testAuth({ events: { passwordChanged: ({ by, user }) => void changes.push([by, user.username]) } })
    const { caller, issued } = await newMember(site, 'ann')
    const other = await newSession(site, 'ann')
    await site.auth.requestPasswordReset({ email: 'ann@example.org' })
    const code = await newestCode(site, 'ann@example.org')
    expect(await site.auth.changePassword(FREE, caller)).toEqual({ renewed: null })
    expect(await site.auth.authenticate(bearer(issued))).not.toBeNull()
    expect(await refusalOf(site.auth.authenticate(bearer(other.issued)))).toBe('token_invalid')
    expect(await refusalOf(site.auth.confirmPasswordReset({ code, newPassword: GOOD_PASSWORD }))).toBe('code_invalid')
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
    expect((await logIn(site.auth, 'ann', NEW_PASSWORD)).user.username).toBe('ann')
    await site.auth.flush()
    expect(site.mailer.sent.filter(({ subject }) => /password/i.test(subject))).toHaveLength(2)
    expect(changes).toEqual([['change', 'ann']])
  })

  it('renews the session in a cookie, and ends it where that is asked for', async () => {
    const site = testAuth()
    await newMember(site, 'ann')
    const { caller } = await newSession(site, 'ann', 'cookie')
    const { renewed } = await site.auth.changePassword(FREE, caller)
    expect(renewed?.session).toMatchObject({ carrier: 'cookie', backend: 'password' })
    const again = { ...FREE, newPassword: 'two herons at the mill pond', endCurrentSession: true } as const
    const actor = { actor: { session: renewed?.session ?? { id: 'none' } } }
    expect(await site.auth.changePassword(again, actor)).toEqual({ renewed: null })
    expect(await refusalOf(site.auth.listSessions(actor))).toBe('token_invalid')
  })

  it('gives a first password to a user without one', async () => {
    const { factory, store } = openStore()
    const site = testAuth({ store: factory })
    const { user, caller } = await newMember(site, 'ann')
    await store.users.update(user.id, { passwordHash: null })
    await site.auth.changePassword(FREE, caller)
    expect((await logIn(site.auth, 'ann', NEW_PASSWORD)).user.id).toBe(user.id)
  })

  it('does not look at a current password that is sent all the same, and counts it as no guess', async () => {
    const site = testAuth({ lockout: { maxFailures: 1 } })
    const { caller } = await newMember(site, 'ann')
    for (const currentPassword of ['wrong', null, 5]) {
      const change = { ...FREE, currentPassword, newPassword: `${NEW_PASSWORD} ${currentPassword}` }
      expect(await refusalOf(site.auth.changePassword(change as typeof FREE, caller))).toBeNull()
    }
    expect(await refusalOf(logIn(site.auth, 'ann', `${NEW_PASSWORD} 5`))).toBeNull()
  })

  it('judges the new password, counts against the limit of its source, and needs a session', async () => {
    const limit = { ...NO_RATE_LIMITS, passwordsPerAddress: { count: 2, perSeconds: 60 } }
    const site = testAuth({ rateLimits: limit })
    const { caller } = await newMember(site, 'ann')
    const from = { ...caller, address: '192.0.2.9' }
    const bad = { ...FREE, newPassword: '12345' }
    expect(await refusalOf(site.auth.changePassword(bad, from))).toBe('validation_failed')
    expect(await refusalOf(site.auth.changePassword(bad, from))).toBe('validation_failed')
    expect(await refusalOf(site.auth.changePassword(FREE, from))).toBe('rate_limited')
    expect(await refusalOf(site.auth.changePassword(FREE, {}))).toBe('not_authenticated')
  })

  it('changes nothing where the password was replaced while the request was under way', async () => {
    const replaced = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    const slow: PasswordValidator = {
      name: 'slow',
      validate: async (password) => {
        if (password === NEW_PASSWORD) {
          reached.resolve()
          await replaced.promise
        }
        return []
      },
    }
    const site = testAuth({ passwords: { hasher: quickHasher(), validators: [slow] } })
    const { user, caller } = await newMember(site, 'ann')
    const change = refusalOf(site.auth.changePassword(FREE, caller))
    await reached.promise
    await site.auth.setPassword({ userId: user.id, newPassword: 'set by an operator', passwordCheck: 'bypassed' })
    replaced.resolve()
    expect(await change).toBe('token_invalid')
    expect((await logIn(site.auth, 'ann', 'set by an operator')).user.id).toBe(user.id)
  })
})
