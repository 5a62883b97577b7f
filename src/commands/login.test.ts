import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, refusalOf } from '../../test/support/accounts.ts'
import { type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import { passwordBackend } from '../backends/password-backend.ts'
import type { AuthenticationBackend } from '../contracts/authentication-backend.ts'
import { hashLane } from '../hashers/hash-lane.ts'
import { field } from '../model/declare-field.ts'

describe('login', () => {
  it('takes the user name or the address, in any case and with white space around it', async () => {
    const site = testAuth()
    const { id } = await activeUser(site)
    for (const identifier of ['ann', 'ANN', ' Ann ', 'ann@example.org', 'Ann@Example.ORG']) {
      expect((await logIn(site.auth, identifier)).user.id).toBe(id)
    }
  })

  it('says the same for an unknown name, a wrong password, a pending user and a disabled one', async () => {
    const site = testAuth({ lockout: { maxFailures: 100 } })
    const { id } = await activeUser(site)
    await site.auth.register({ username: 'pending', email: 'pending@example.org', password: GOOD_PASSWORD })
    expect(await refusalOf(logIn(site.auth, 'nobody'))).toBe('invalid_credentials')
    expect(await refusalOf(logIn(site.auth, 'ann', 'wrong'))).toBe('invalid_credentials')
    expect(await refusalOf(logIn(site.auth, 'pending'))).toBe('invalid_credentials')
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
  })

  it('tells a pending user apart only after the password was right, and only where that is configured', async () => {
    const { auth } = testAuth({ login: { revealStatus: true } })
    await auth.register({ username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD })
    expect(await refusalOf(logIn(auth, 'ann', 'wrong'))).toBe('invalid_credentials')
    expect(await refusalOf(logIn(auth, 'ann'))).toBe('user_not_active')
  })

  it('asks the application last, and begins nothing when it refuses', async () => {
    const site = testAuth({
      hooks: { beforeLogin: (user) => (user.username === 'ann' ? { refuse: 'Not today.' } : undefined) },
    })
    const { id } = await activeUser(site)
    await expect(logIn(site.auth, 'ann')).rejects.toMatchObject({
      code: 'refused_by_hook',
      details: { message: 'Not today.' },
    })
    expect(await site.auth.findUser('ann')).toMatchObject({ id, lastLoginAt: null })
  })

  it('begins no session when the password is replaced while the old one is being checked', async () => {
    const lane = hashLane({ argon2: { memoryKiB: 8, passes: 1, parallelism: 1 }, workers: 1, maxQueueSeconds: 3 })
    const checked = Promise.withResolvers<void>()
    const replaced = Promise.withResolvers<void>()
    const hasher: typeof lane = {
      ...lane,
      async verify(request, encoded) {
        const isRight = await lane.verify(request, encoded)
        checked.resolve()
        await replaced.promise
        return isRight
      },
    }
    const site = testAuth({ passwords: { hasher } })
    const { id } = await activeUser(site)
    const slow = refusalOf(logIn(site.auth, 'ann'))
    await checked.promise
    await site.auth.setPassword({ userId: id, newPassword: 'another otter by the weir', passwordCheck: 'enforced' })
    replaced.resolve()
    expect(await slow).toBe('token_invalid')
  })

  it('tells the owner of a log-in from elsewhere, but not of the first one, nor of a known device or address', async () => {
    const site = testAuth()
    await activeUser(site)
    const from = (address: string, deviceToken: string | null = null): Promise<{ readonly deviceToken: string }> =>
      site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD }, { address, deviceToken, userAgent: 'curl/8' })
    const newDeviceMails = async (): Promise<number> => {
      await site.auth.flush()
      return site.mailer.sent.filter(({ subject }) => /new/i.test(subject)).length
    }
    const first = await from('192.0.2.1')
    await from('192.0.2.1')
    await from('192.0.2.2', first.deviceToken)
    expect(await newDeviceMails()).toBe(0)
    await from('192.0.2.3')
    expect(await newDeviceMails()).toBe(1)
  })

  it('notes when somebody logged in last, unless told not to, and tells of new devices all the same', async () => {
    const site = testAuth()
    const ann = {
      username: 'ann',
      email: 'ann@example.org',
      password: GOOD_PASSWORD,
      passwordCheck: 'bypassed',
    } as const
    await site.auth.createUser(ann)
    const from = (address: string) =>
      site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, updateLastLogin: false }, { address })
    expect((await from('192.0.2.1')).user.lastLoginAt).toBeNull()
    await from('192.0.2.1')
    await site.auth.flush()
    expect(site.mailer.sent).toEqual([])
    await from('192.0.2.3')
    await site.auth.flush()
    expect(site.mailer.sent).toHaveLength(1)
    expect(await site.auth.findUser('ann')).toMatchObject({ lastLoginAt: null })
    expect((await logIn(site.auth, 'ann')).user.lastLoginAt).toEqual(site.clock.now())
    expect(await site.auth.findUser('ann')).toMatchObject({ lastLoginAt: site.clock.now() })
  })

  it('keeps no more sessions than configured, and ends the one unused longest', async () => {
    const site = testAuth({ sessions: { maxPerUser: 2 } })
    await activeUser(site)
    const first = await logIn(site.auth, 'ann')
    for (let more = 0; more < 2; more += 1) {
      site.clock.advance({ minutes: 1 })
      await logIn(site.auth, 'ann')
    }
    const request = new Request('https://acme.test/', { headers: { authorization: `Bearer ${first.issued.token}` } })
    expect(await refusalOf(site.auth.authenticate(request))).toBe('token_invalid')
  })
})

describe('login with a cookie beside the carrier', () => {
  it('begins two sessions with one proof', async () => {
    const site = testAuth()
    await activeUser(site)
    const input = { identifier: 'ann', password: GOOD_PASSWORD, carrier: 'user-token', withCookie: true } as const
    const { issued, cookie } = await site.auth.login(input)
    expect([issued.session.carrier, cookie?.session.carrier]).toEqual(['user-token', 'cookie'])
    expect(cookie?.session.id).not.toBe(issued.session.id)
    expect(await site.auth.listSessions({ actor: issued })).toHaveLength(2)
  })

  it('begins only one where that was not asked for', async () => {
    const site = testAuth()
    await activeUser(site)
    expect((await logIn(site.auth, 'ann')).cookie).toBeNull()
  })
})

describe('login by one kind of identifier', () => {
  /** The right password, unless a `guess` is given. */
  type Asked = readonly [identifier: string, kinds: readonly ('username' | 'email')[], guess?: string]

  const ask = ({ auth }: TestAuth, ...[identifier, identifiers, password = GOOD_PASSWORD]: Asked) =>
    refusalOf(auth.login({ identifier, password, identifiers }))

  it('finds nobody by another', async () => {
    const site = testAuth({ lockout: { maxFailures: 100 } })
    await activeUser(site)
    expect(await ask(site, 'ann', ['username'])).toBeNull()
    expect(await ask(site, 'ann', ['email'])).toBe('invalid_credentials')
    expect(await ask(site, 'ann@example.org', ['email'])).toBeNull()
    expect(await ask(site, 'ann@example.org', ['username'])).toBe('invalid_credentials')
    expect(await ask(site, 'ann', ['email', 'username'])).toBeNull()
    expect(await ask(site, 'ann', [])).toBe('invalid_credentials')
  })

  it('adds nothing to what the site lets log in', async () => {
    const site = testAuth({ login: { identifiers: ['username'] } })
    await activeUser(site)
    expect(await ask(site, 'ann@example.org', ['email'])).toBe('invalid_credentials')
    expect(await ask(site, 'ann@example.org', ['username', 'email'])).toBe('invalid_credentials')
  })

  it('keeps every backend from finding somebody another way, also while it judges', async () => {
    const own: AuthenticationBackend = {
      name: 'own',
      candidates: (identifier, { users, canonical }) =>
        users.findByIdentifier(canonical(identifier), ['username', 'email'], 1),
      async authenticate({ identifier }, _named, { users, canonical }) {
        const [user] = await users.findByIdentifier(canonical(identifier), ['username', 'email'], 1)
        return user === undefined ? { outcome: 'unproven' } : { outcome: 'proven', user }
      },
    }
    const site = testAuth({ login: { backends: [own] } })
    await activeUser(site)
    expect(await ask(site, 'ann', ['email'])).toBe('invalid_credentials')
    expect(await ask(site, 'ann', ['username'])).toBeNull()
  })

  it('lets a form that takes whatever logs in take a declared field, and no form that asks for one kind', async () => {
    const byPhone = passwordBackend({ name: 'phone', identifiers: [{ field: 'phone' }] })
    const site = testAuth({
      login: { backends: [byPhone], emailMustBeVerified: false },
      user: { fields: { phone: field.text({ unique: true }) } },
    })
    await site.auth.register({
      username: 'ann',
      email: 'ann@example.org',
      password: GOOD_PASSWORD,
      fields: { phone: '+491511234567' },
    })
    expect((await site.auth.login({ identifier: '+491511234567', password: GOOD_PASSWORD })).user.username).toBe('ann')
    expect(await ask(site, '+491511234567', ['username', 'email'])).toBeNull()
    for (const kind of ['username', 'email'] as const) {
      expect(await ask(site, '+491511234567', [kind]), kind).toBe('invalid_credentials')
    }
  })

  it('hashes once whatever it finds', async () => {
    const hasher = hashLane({ argon2: { memoryKiB: 8, passes: 1, parallelism: 1 }, workers: 1, maxQueueSeconds: 3 })
    const site = testAuth({ passwords: { hasher }, lockout: { maxFailures: 100 } })
    await activeUser(site)
    const hashesOf = async (identifier: string): Promise<number> => {
      const before = hasher.evaluations()
      await ask(site, identifier, ['email'], 'wrong')
      return hasher.evaluations() - before
    }
    expect([await hashesOf('ann'), await hashesOf('nobody'), await hashesOf('ann@example.org')]).toEqual([1, 1, 1])
  })

  it('counts what was typed once, by whichever kind it is looked up', async () => {
    const site = testAuth({ login: { revealLocks: true } })
    await activeUser(site)
    expect(await ask(site, 'ann', ['email'], 'guess 1')).toBe('invalid_credentials')
    expect(await ask(site, 'ann', ['username'], 'guess 2')).toBe('invalid_credentials')
    expect(await ask(site, 'ann', ['email'], 'guess 3')).toBe('invalid_credentials')
    for (const identifiers of [['username'], ['email'], ['username', 'email']] as const) {
      expect(await ask(site, 'ann', identifiers)).toBe('locked_out')
    }
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('locked_out')
  })
})

describe('login that tells why a right password does not let in', () => {
  const frank = ({ auth }: TestAuth, identifier: string, password = GOOD_PASSWORD) =>
    auth.login({ identifier, password, revealStatus: true })

  it('tells who waits for the mailed code from who was disabled, and nothing of either to a stranger', async () => {
    const site = testAuth({ lockout: { maxFailures: 100 } })
    await site.auth.register({ username: 'pending', email: 'pending@example.org', password: GOOD_PASSWORD })
    const { id } = await activeUser(site)
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    const waiting = { code: 'user_not_active', details: { reason: 'pending' } }
    await expect(frank(site, 'pending')).rejects.toMatchObject(waiting)
    await expect(frank(site, 'ann')).rejects.toMatchObject({ code: 'user_not_active', details: {} })
    for (const name of ['pending', 'ann', 'nobody']) {
      expect(await refusalOf(frank(site, name, 'wrong'))).toBe('invalid_credentials')
      expect(await refusalOf(logIn(site.auth, name))).toBe('invalid_credentials')
    }
  })

  it('tells that the address is not proven', async () => {
    const site = testAuth()
    const account = { username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD }
    await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    await site.auth.setEmail({ email: `new.${account.email}`, activation: 'none' }, { actor: issued })
    expect(await refusalOf(frank(site, 'ann'))).toBe('email_not_verified')
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
  })

  it('can be silenced where the site reveals it', async () => {
    const site = testAuth({ login: { revealStatus: true } })
    await site.auth.register({ username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD })
    const quiet = { identifier: 'ann', password: GOOD_PASSWORD, revealStatus: false }
    expect(await refusalOf(site.auth.login(quiet))).toBe('invalid_credentials')
  })

  it('tells an unknown name from a wrong password only to whoever wants to be told, and as a lock of it goes on', async () => {
    const site = testAuth()
    await activeUser(site)
    const reasonOf = async (identifier: string, dangerouslyTellUnknown: boolean): Promise<unknown> => {
      const refused = site.auth.login({ identifier, password: 'wrong', dangerouslyTellUnknown })
      return refused.catch(({ code, details }) => [code, details.reason])
    }
    for (let guess = 0; guess < 4; guess += 1) {
      expect(await reasonOf('nobody', true)).toEqual(['invalid_credentials', 'user_unknown'])
      expect(await reasonOf('ann', true)).toEqual(['invalid_credentials', undefined])
      expect(await reasonOf('nobody', false)).toEqual(['invalid_credentials', undefined])
    }
  })

  it('ends the session after the wished time at the latest, whatever carries it, and its cookie with it', async () => {
    const site = testAuth()
    await activeUser(site)
    const wish = { identifier: 'ann', password: GOOD_PASSWORD, withCookie: true, lifetimeSeconds: 60 }
    for (const carrier of ['token', 'jwt', 'user-token', 'simple-jwt', 'drf-jwt'] as const) {
      const { issued, cookie } = await site.auth.login({ ...wish, carrier })
      const end = site.clock.now().getTime() + 60_000
      expect([carrier, issued.session.expiresAt.getTime(), cookie?.expiresAt.getTime()]).toEqual([carrier, end, end])
    }
  })
})
