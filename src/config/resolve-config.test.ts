import { describe, expect, it } from 'vitest'
import { outboxMailer } from '../mailers/outbox-mailer.ts'
import { smtpMailer } from '../mailers/smtp-mailer.ts'
import { sqlite } from '../stores/sqlite/index.ts'
import type { EngineOptions } from './options.ts'
import { resolveConfig } from './resolve-config.ts'

const SECRET = 'Zr4u7xKaQ2mV9bN1cT6yL3pD8fG0hSwJ'

const good: EngineOptions = {
  store: sqlite(':memory:'),
  secrets: [SECRET],
  site: { name: 'Acme', origin: 'https://acme.test' },
  mailer: smtpMailer('smtps://mail.acme.test'),
}

const complaint = (options: Partial<EngineOptions>): string => {
  try {
    resolveConfig({ ...good, ...options })
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
  return ''
}

describe('resolveConfig', () => {
  it('fills in the documented defaults', () => {
    const config = resolveConfig(good)
    const nobody = { addresses: [], identifiers: new Set() }
    expect(config.lockout).toEqual({
      keys: [['user'], ['identifier'], ['address']],
      maxFailures: 3,
      windowSeconds: 900,
      lockTiersSeconds: [60, 120, 240, 480, 960, 1920, 3600],
      neverLock: nobody,
      alwaysRefuse: nobody,
      forgetAfterSeconds: 86_400,
      maxFailuresPerAddress: 50,
      maxWaitMilliseconds: 5000,
    })
    expect(config.passwords.argon2).toEqual({ memoryKiB: 19_456, passes: 2, parallelism: 1 })
    expect(config.cookies.sessionName).toBe('__Host-portress-session')
    expect(config.login).toMatchObject({ identifiers: ['username', 'email'], emailMustBeVerified: true })
  })

  it('is frozen to the bottom', () => {
    const { lockout } = resolveConfig(good) as { lockout: { maxFailures: number } }
    expect(() => {
      lockout.maxFailures = 100
    }).toThrow(TypeError)
  })

  it('names every wrong option at once', () => {
    const text = complaint({
      lockout: { maxFailures: 0 },
      sessions: { idleSeconds: 1 },
      jwt: { refreshGraceSeconds: 99 },
    })
    expect(text).toContain('lockout.maxFailures must be a whole number, 1 or more; it is 0')
    expect(text).toContain('sessions.idleSeconds')
    expect(text).toContain('jwt.refreshGraceSeconds')
  })

  it.each([
    ['no secret at all', []],
    ['a secret whose variable is not set', [undefined]],
    ['an empty secret', ['']],
    ['a secret of 31 bytes', ['Zr4u7xKaQ2mV9bN1cT6yL3pD8fG0hSw']],
    ['a sample secret', ['change-me-change-me-change-me-change-me']],
    ['another sample secret', ['your-secret-key-your-secret-key-1234']],
    ['a secret that repeats itself', ['abababababababababababababababababab']],
    ['a good secret beside a bad one', [SECRET, 'short']],
  ])('refuses %s', (_name, secrets) => {
    expect(complaint({ secrets })).toContain('secrets')
  })

  it.each([
    'acme.test',
    'https://acme.test/app',
    'https://u:p@acme.test',
    'ftp://acme.test',
    'https://acme.test?x=1',
    '',
  ])('refuses the origin %j', (origin) => {
    expect(complaint({ site: { name: 'Acme', origin } })).toContain('site.origin')
  })

  it('refuses in production what is only fit for development', () => {
    expect(complaint({ mailer: outboxMailer() })).toContain('mailer must send mails in production')
    expect(complaint({ site: { name: 'Acme', origin: 'http://acme.test' } })).toContain('must begin with https://')
    const { mailer: _mailer, ...withoutMailer } = good
    expect(() => resolveConfig(withoutMailer)).toThrow('mailer must send mails in production')
  })

  it('allows the same in development, with cookies that plain HTTP can carry', () => {
    const site = { name: 'Acme', origin: 'http://127.0.0.1:3000' }
    const config = resolveConfig({ ...good, site, environment: 'development', mailer: outboxMailer() })
    expect(config.cookies).toMatchObject({ isSecure: false, sessionName: 'portress-session' })
  })

  it('never lets a mail lead to a stranger', () => {
    expect(complaint({ mail: { links: { resetPassword: 'https://evil.test/?c={code}' } } })).toContain(
      'mail.links.resetPassword must lead to site.origin',
    )
    expect(complaint({ mail: { links: { resetPassword: '/reset' } } })).toContain(
      'must hold the placeholder {code} once',
    )
    const trustedOrigins = ['https://app.acme.test']
    const config = resolveConfig({
      ...good,
      site: { ...good.site, trustedOrigins },
      mail: { links: { resetPassword: 'https://app.acme.test/#/reset/{code}' } },
    })
    expect(config.mail.links.resetPassword).toBe('https://app.acme.test/#/reset/{code}')
    expect(config.mail.links.verifyEmail).toBe('https://acme.test/account/verify-email?code={code}')
  })

  it.each(['*', '10.0.0.0/33', '::ffff:10.0.0.0/8', '0.0.0.0/0'])('does not trust %j as a proxy', (range) => {
    expect(complaint({ trustedProxies: [range] })).toContain('trustedProxies')
  })

  it('keeps addresses out of names wherever addresses log in, and where names are made up', () => {
    const allowAt = (options: Partial<EngineOptions>): boolean => resolveConfig({ ...good, ...options }).user.allowAt
    const login = { identifiers: ['username'] } as const
    expect(allowAt({})).toBe(false)
    expect(allowAt({ login })).toBe(true)
    expect(allowAt({ login, user: { atInUsernames: 'refused' } })).toBe(false)
    expect(allowAt({ login, user: { username: 'invented' } })).toBe(false)
    expect(complaint({ user: { atInUsernames: 'allowed' } })).toContain('user.atInUsernames must not be "allowed"')
  })

  it('makes addresses unique from the beginning, unless told otherwise', () => {
    expect(resolveConfig(good).user.emailUnique).toBe('always')
    expect(resolveConfig({ ...good, user: { emailUnique: 'once-proven' } }).user.emailUnique).toBe('once-proven')
  })

  it('refuses a model in which nothing names a user', () => {
    expect(complaint({ user: { username: 'optional', email: 'optional' } })).toContain('something must name a user')
    expect(complaint({ user: { username: 'none' }, login: { identifiers: ['username'] } })).toContain(
      'login.identifiers',
    )
  })

  it('makes tokens of simplejwt as simplejwt does, and none that outlives a session', () => {
    expect(resolveConfig(good).drfJwt).toEqual({ accessTokenLifetimeSeconds: 300 })
    expect(resolveConfig(good).simpleJwt).toEqual({
      accessTokenLifetimeSeconds: 300,
      refreshTokenLifetimeSeconds: 86_400,
      rotateRefreshTokens: false,
      blacklistAfterRotation: false,
      userIdClaim: 'user_id',
      leewaySeconds: 0,
      updateLastLogin: false,
      claims: expect.any(Function),
    })
    const { simpleJwt: short, drfJwt } = resolveConfig({ ...good, sessions: { absoluteSeconds: 120 } })
    expect(short).toMatchObject({ accessTokenLifetimeSeconds: 120, refreshTokenLifetimeSeconds: 120 })
    expect(drfJwt).toEqual({ accessTokenLifetimeSeconds: 120 })
    const aSecondTooLong = { sessions: { absoluteSeconds: 120 }, drfJwt: { accessTokenLifetimeSeconds: 121 } }
    expect(complaint(aSecondTooLong)).toContain(
      'drfJwt.accessTokenLifetimeSeconds must be a whole number, from 1 to 120',
    )
    const tooLong = { sessions: { absoluteSeconds: 120 }, simpleJwt: { refreshTokenLifetimeSeconds: 121 } }
    expect(complaint(tooLong)).toContain('simpleJwt.refreshTokenLifetimeSeconds must be a whole number, from 1 to 120')
  })

  it.each(['', 'exp', 'sid', 'token_type', '__proto__', 'user id', '5'])('takes %j for no claim of users', (claim) => {
    expect(complaint({ simpleJwt: { userIdClaim: claim } })).toContain('simpleJwt.userIdClaim must be a plain name')
  })

  it('tells of a wrong length of sessions once', () => {
    expect(complaint({ sessions: { absoluteSeconds: -1 } }).match(/\n/g)).toHaveLength(1)
  })

  it('caps the life of a token that nobody can take back', () => {
    expect(complaint({ jwt: { stateless: true, accessLifetimeSeconds: 301 } })).toContain('from 1 to 300')
  })
})
