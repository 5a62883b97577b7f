import { describe, expect, it } from 'vitest'
import { outboxMailer } from '../mailers/outbox-mailer.ts'
import { smtpMailer } from '../mailers/smtp-mailer.ts'
import { sqlite } from '../stores/sqlite/index.ts'
import type { EngineOptions } from './options.ts'
import { resolveConfig } from './resolve-config.ts'

const good = {
  store: sqlite(':memory:'),
  secrets: ['Zr4u7xKaQ2mV9bN1cT6yL3pD8fG0hSwJ'],
  site: { name: 'Acme', origin: 'https://acme.test' },
  mailer: smtpMailer('smtps://mail.acme.test'),
}

/** The lines of the complaint about options as JavaScript may hold them. */
function complaints(options: object): readonly string[] {
  try {
    resolveConfig({ ...good, ...options } as EngineOptions)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const [heading, ...lines] = error.message.split('\n')
    expect(heading).toBe('Portress cannot start with these options:')
    return lines.map((line) => line.replace('  - ', ''))
  }
  return []
}

describe('an option with a value that does not exist', () => {
  it('never switches production safety off', () => {
    const site = { name: 'Acme', origin: 'http://acme.test' }
    const lines = complaints({ environment: 'prod', site, mailer: outboxMailer() })
    expect(lines).toContain('environment must be "production" or "development"; it is "prod"')
    expect(lines).toContainEqual(expect.stringMatching(/^site\.origin must begin with https:/))
    expect(lines).toContainEqual(expect.stringMatching(/^mailer must send mails in production/))
  })

  it.each([
    [{ ids: 'number' }, 'ids must be "integer" or "uuid"; it is "number"'],
    [
      { user: { username: 'no' } },
      'user.username must be "required" or "optional" or "invented" or "none"; it is "no"',
    ],
    [{ user: { atInUsernames: true } }, 'user.atInUsernames must be "allowed" or "refused"; it is true'],
    [{ user: { emailUnique: false } }, 'user.emailUnique must be "always" or "once-proven"; it is false'],
    [{ user: { displayName: 'username' } }, 'user.displayName must be a function'],
    [{ user: { email: 'none' } }, 'user.email must be "required" or "optional"; it is "none"'],
    [{ login: { identifiers: ['mail'] } }, 'login.identifiers[0] must be "username" or "email"; it is "mail"'],
    [{ cookies: { sameSite: 'None' } }, 'cookies.sameSite must be "Lax" or "Strict"; it is "None"'],
    [{ registration: { open: 'false' } }, 'registration.open must be true or false; it is "false"'],
    [{ login: { emailMustBeVerified: 1 } }, 'login.emailMustBeVerified must be true or false; it is 1'],
    [{ login: { revealLocks: null } }, 'login.revealLocks must be true or false; it is null'],
    [{ login: { revealStatus: 'no' } }, 'login.revealStatus must be true or false; it is "no"'],
    [{ login: { defaultBackend: [] } }, 'login.defaultBackend must be a text; it is []'],
    [{ login: { mailNewDevices: 'no' } }, 'login.mailNewDevices must be true or false; it is "no"'],
    [{ jwt: { stateless: 'no' } }, 'jwt.stateless must be true or false; it is "no"'],
    [{ simpleJwt: { rotateRefreshTokens: 'yes' } }, 'simpleJwt.rotateRefreshTokens must be true or false; it is "yes"'],
    [{ permissions: ['blog.add_post'] }, 'permissions must be an object like { "blog.add_post": "Can add a post" }'],
    [{ simpleJwt: { userIdClaim: 5 } }, 'simpleJwt.userIdClaim must be a text; it is 5'],
    [{ mail: { sendNoAccountNotice: 'no' } }, 'mail.sendNoAccountNotice must be true or false; it is "no"'],
    [{ mail: { languages: [''] } }, 'mail.languages must be a list of texts, none of them empty; it is [""]'],
    [{ mail: { languages: 'en' } }, 'mail.languages must be a list of texts, none of them empty; it is "en"'],
    [{ mail: { languages: [] } }, 'mail.languages must hold at least one language, such as "en"'],
    [{ lockout: { maxFailures: '3' } }, 'lockout.maxFailures must be a whole number, 1 or more; it is "3"'],
  ])('is refused: %j', (options, line) => {
    expect(complaints(options)).toEqual([line])
  })
})

describe('an option that does not exist', () => {
  it.each([
    [{ lockout: { maxFailure: 3 } }, 'there is no option "lockout.maxFailure"; did you mean maxFailures?'],
    [{ sesions: {} }, 'there is no option "sesions"; did you mean sessions?'],
    [{ hooks: { beforeLogn() {} } }, 'there is no option "hooks.beforeLogn"; did you mean beforeLogin?'],
    [{ events: { userLogedIn() {} } }, 'there is no option "events.userLogedIn"; did you mean userLoggedIn?'],
    [
      { passwords: { argon2: { memoryKib: 9 } } },
      'there is no option "passwords.argon2.memoryKib"; did you mean memoryKiB?',
    ],
    [
      { mail: { templates: { 'reset-pasword': () => null } } },
      'there is no option "mail.templates.reset-pasword"; did you mean reset-password?',
    ],
    [
      { sessions: { color: 'red' } },
      'there is no option "sessions.color"; sessions takes idleSeconds, absoluteSeconds, maxPerUser',
    ],
  ])('is refused with the one that was meant: %j', (options, line) => {
    expect(complaints(options)).toEqual([line])
  })

  it('is not what createAuth takes beside the others', () => {
    expect(complaints({ mounts: {} })).toEqual([])
  })
})

describe('an option of a wrong kind', () => {
  it.each([
    [{ site: undefined }, 'site must be an object like'],
    [{ site: { name: 'Acme' } }, 'site.origin is missing'],
    [{ site: { origin: 'https://acme.test' } }, 'site.name is missing'],
    [{ site: { name: 'Acme', origin: 7 } }, 'site.origin must be a text; it is 7'],
    [{ site: { ...good.site, trustedOrigins: 'https://a.test' } }, 'site.trustedOrigins must be a list'],
    [{ store: 'app.db' }, 'store must be a store, such as sqlite("app.db")'],
    [{ store: undefined }, 'store must be a store'],
    [{ secrets: 'Zr4u7xKaQ2mV9bN1cT6yL3pD8fG0hSwJ' }, 'secrets must be a list with at least one random text'],
    [{ secrets: undefined }, 'secrets must be a list'],
    [{ secrets: [undefined] }, 'secrets[0] is missing; set its environment variable to what `openssl rand -base64 48`'],
    [{ mailer: 'smtp://localhost' }, 'mailer must be a mailer'],
    [{ user: 'ann' }, 'user must be an object with options'],
    [{ passwords: { argon2: 'strong' } }, 'passwords.argon2 must be an object with options'],
    [{ user: { profiles: { billing: null } } }, 'user.profiles.billing must be an object of declared fields'],
    [{ mail: { links: { unlock: 7 } } }, 'mail.links.unlock must be a text; it is 7'],
    [{ rateLimits: { codesPerAddress: 5 } }, 'rateLimits.codesPerAddress must be like { count: 5, perSeconds: 3600 }'],
    [{ hooks: { beforeLogin: true } }, 'hooks.beforeLogin must be a function'],
    [{ login: { identifiers: 'email' } }, 'login.identifiers must be a list'],
    [{ trustedProxies: '127.0.0.1' }, 'trustedProxies must be a list of texts'],
    [{ user: { fields: { Not: {} } } }, 'user must not declare the user field "Not"'],
  ])('is told in plain words: %j', (options, beginning) => {
    const lines = complaints(options)
    expect(
      lines.some((line) => line.startsWith(beginning)),
      lines.join('\n'),
    ).toBe(true)
    expect(lines.join()).not.toMatch(/Cannot read|is not a function|not iterable|undefined/)
  })

  it('is told together with all others, and shows no secret', () => {
    const text = complaints({ site: undefined, store: 'app.db', secrets: 'hunter2', lockout: { maxFailures: '3' } })
    expect(text.map((line) => line.split(' ')[0])).toEqual(['store', 'site', 'secrets', 'lockout.maxFailures'])
    expect(text.join()).not.toContain('hunter2')
  })

  it('is no options at all', () => {
    expect(() => resolveConfig(undefined as unknown as EngineOptions)).toThrow(/store must be a store/)
  })
})
