import { describe, expect, it } from 'vitest'
import { GOOD_PASSWORD, logIn, refusalOf } from '../../test/support/accounts.ts'
import { bearer, HOSTILE_VALUES, newMember, newSession } from '../../test/support/members.ts'
import { TEST_ORIGIN, type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import type { Dialect } from '../http/dialect.ts'
import { authenticatePassword } from './authenticate-password.ts'
import { changePassword } from './change-password.ts'
import { changeUsername } from './change-username.ts'
import type { CommandContext } from './context.ts'
import { currentUser } from './current-user.ts'
import { deleteAccount } from './delete-account.ts'
import { listSessions } from './list-sessions.ts'
import { logout } from './logout.ts'
import { revokeOtherSessions } from './revoke-other-sessions.ts'
import { setEmail } from './set-email.ts'

type Work = (ctx: CommandContext) => Promise<unknown>

/** A door whose only row proves `ann` by her password, as HTTP Basic does, and then does what the test asks for. */
function doorFor(work: Work): Dialect {
  return {
    name: 'basic-door',
    routes: () => [
      {
        method: 'POST',
        path: '/work',
        guard: 'public',
        run: async ({ ctx }) => {
          const actor = await authenticatePassword(ctx, { identifier: 'ann', password: GOOD_PASSWORD })
          return Response.json((await work({ ...ctx, actor })) ?? null)
        },
      },
    ],
    findCredential: () => null,
    writeError: ({ code }) => Response.json({ code }, { status: 400 }),
    writeFault: () => new Response(null, { status: 500 }),
  }
}

/** What `work` gives with ann as its caller, who has two sessions beside. */
async function asAnn(work: Work): Promise<{ site: TestAuth; answer: unknown; sessionsLeft: number }> {
  const site = testAuth({ mounts: { '/door': doorFor(work) } })
  const first = await newMember(site, 'ann')
  const second = await newSession(site, 'ann', 'cookie')
  const response = await site.auth.fetch(new Request(`${TEST_ORIGIN}/door/work`, { method: 'POST' }))
  const refusals = await Promise.all(
    [first, second].map(({ issued }) => refusalOf(site.auth.authenticate(bearer(issued)))),
  )
  return { site, answer: await response.json(), sessionsLeft: refusals.filter((refusal) => refusal === null).length }
}

describe('authenticatePassword', () => {
  it('forgives no wrong guesses, so that a program that sends its password all the time makes no room for others', async () => {
    const site = testAuth({ lockout: { maxFailures: 3 } })
    await newMember(site, 'ann')
    const prove = () => site.auth.authenticatePassword({ identifier: 'ann', password: GOOD_PASSWORD })
    for (const guess of ['first', 'second', 'third']) {
      await prove()
      expect(await refusalOf(logIn(site.auth, 'ann', `${guess} wrong guess`))).toBe('invalid_credentials')
    }
    expect(await refusalOf(prove())).toBe('invalid_credentials')
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
  })

  it('knows the user by name or address, begins no session and notes no log-in', async () => {
    const site = testAuth()
    await site.auth.createUser({
      username: 'ann',
      email: 'ann@example.org',
      password: GOOD_PASSWORD,
      passwordCheck: 'bypassed',
    })
    for (const identifier of ['ann', 'ANN@example.org']) {
      const user = await site.auth.authenticatePassword({ identifier, password: GOOD_PASSWORD })
      expect(user).toMatchObject({ username: 'ann', lastLoginAt: null })
      expect(user).not.toHaveProperty('passwordHash')
    }
    const { issued } = await logIn(site.auth, 'ann')
    expect(await site.auth.listSessions({ actor: issued })).toHaveLength(1)
  })

  it('counts wrong passwords against the lock of the log-in, and the other way round', async () => {
    const site = testAuth({ lockout: { maxFailures: 3 } })
    await newMember(site, 'ann')
    const prove = (password: string) => refusalOf(site.auth.authenticatePassword({ identifier: 'ann', password }))
    expect(await prove('wrong 1')).toBe('invalid_credentials')
    expect(await refusalOf(logIn(site.auth, 'ann', 'wrong 2'))).toBe('invalid_credentials')
    expect(await prove('wrong 3')).toBe('invalid_credentials')
    expect(await prove(GOOD_PASSWORD)).toBe('invalid_credentials')
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
    const attempts = await site.auth.listAttempts({ scope: 'all', filter: { limit: 10 } })
    expect(attempts.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'login locked',
      'basic locked',
      'basic wrong_password',
      'login wrong_password',
      'basic wrong_password',
      'login success',
    ])
  })

  it('lets in nobody who may not log in', async () => {
    const site = testAuth({
      hooks: { beforeLogin: ({ username }) => (username === 'bob' ? { refuse: 'Not today.' } : undefined) },
    })
    const { user } = await newMember(site, 'ann')
    await site.auth.setStatus({ userId: user.id, status: 'disabled' })
    const bob = {
      username: 'bob',
      email: 'bob@example.org',
      password: GOOD_PASSWORD,
      passwordCheck: 'bypassed',
    } as const
    await site.auth.createUser(bob)
    const prove = (identifier: string) =>
      refusalOf(site.auth.authenticatePassword({ identifier, password: GOOD_PASSWORD }))
    expect(await prove('ann')).toBe('invalid_credentials')
    expect(await prove('nobody')).toBe('invalid_credentials')
    expect(await prove('bob')).toBe('refused_by_hook')
  })

  it('refuses whatever is no text', async () => {
    const { auth } = testAuth()
    const hostile = HOSTILE_VALUES.filter((value) => typeof value !== 'string' || /[\0\ud800]/.test(value))
    for (const value of [undefined, ...hostile]) {
      for (const name of ['identifier', 'password'] as const) {
        const input = { identifier: 'ann', password: GOOD_PASSWORD, [name]: value as string }
        expect(await refusalOf(auth.authenticatePassword(input)), String(value)).toBe('validation_failed')
      }
    }
  })
})

describe('a caller who proved the password with the request', () => {
  it('is the caller, with no session in any list', async () => {
    const { answer } = await asAnn(async (ctx) => ({
      name: (await currentUser(ctx)).username,
      current: (await listSessions(ctx)).map(({ isCurrent }) => isCurrent),
    }))
    expect(answer).toEqual({ name: 'ann', current: [false, false] })
  })

  it('ends every stored session by ending the others', async () => {
    expect(await asAnn(revokeOtherSessions)).toMatchObject({ sessionsLeft: 0 })
  })

  it('ends nothing by logging out', async () => {
    expect(await asAnn(logout)).toMatchObject({ answer: null, sessionsLeft: 2 })
  })

  it('ends every stored session by a new password, and gets none', async () => {
    const change = { currentPassword: GOOD_PASSWORD, newPassword: 'a heron at the mill pond' }
    for (const endCurrentSession of [false, true]) {
      const done = await asAnn((ctx) => changePassword(ctx, { ...change, endCurrentSession }))
      expect(done).toMatchObject({ answer: { renewed: null }, sessionsLeft: 0 })
    }
  })

  it('changes name and address like any other', async () => {
    const renamed = await asAnn((ctx) => changeUsername(ctx, { newUsername: 'anne', currentPassword: GOOD_PASSWORD }))
    expect(renamed).toMatchObject({ answer: { username: 'anne' }, sessionsLeft: 2 })
    const moved = await asAnn((ctx) => setEmail(ctx, { email: 'new@example.org', activation: 'mailed' }))
    expect(moved).toMatchObject({ answer: { status: 'pending' }, sessionsLeft: 0 })
  })

  it('deletes the account', async () => {
    const { site, answer } = await asAnn((ctx) => deleteAccount(ctx, { currentPassword: GOOD_PASSWORD }))
    expect(answer).toBeNull()
    expect(await site.auth.findUser('ann')).toBeNull()
  })
})
