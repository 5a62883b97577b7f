import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { replacedStore } from '../../test/support/replaced-store.ts'
import { type Person, type SampleProvider, sampleProvider } from '../../test/support/sample-provider.ts'
import { type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import type { EngineOptions } from '../config/options.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import { field } from '../model/declare-field.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

const ANN = {
  subject: '4711',
  email: 'Ann@example.org',
  emailVerified: true,
  firstName: 'Ann',
  lastName: 'Lee',
  usernameHint: 'annlee',
  extraData: { followers: 3 },
} as const

const CLAIMED = { ...ANN, emailVerified: false } as const

let provider: SampleProvider
let site: TestAuth

async function open(options: Partial<EngineOptions> = {}): Promise<void> {
  const social = { providers: [provider.factory], ...options.social }
  site = testAuth({ ...options, social })
  await site.auth.migrate()
}

beforeEach(async () => {
  provider = sampleProvider()
  await open()
})
afterEach(() => site.auth.close())

const enter = (person: Person, more: object = {}) =>
  site.auth.socialLogin({ provider: 'sample', accessToken: provider.tokenFor(person), ...more })

const identitiesOf = async (session: { readonly id: string }) =>
  site.auth.listIdentities({ actor: { session: { id: session.id } } })

describe('a first social log-in', () => {
  it('makes an active user without a password, of what the provider tells', async () => {
    const { user, issued, isNew } = await enter(ANN)
    expect(isNew).toBe(true)
    expect(user).toMatchObject({
      username: 'annlee',
      email: 'Ann@example.org',
      firstName: 'Ann',
      lastName: 'Lee',
      status: 'active',
      emailVerifiedAt: site.clock.now(),
      lastLoginAt: site.clock.now(),
      isStaff: false,
      isSuperuser: false,
    })
    expect(issued.session).toMatchObject({ assurance: 'identity-provider', backend: 'sample', carrier: 'token' })
    expect(await identitiesOf(issued.session)).toMatchObject([
      { provider: 'sample', subject: '4711', userId: user.id, email: 'Ann@example.org', extraData: { followers: 3 } },
    ])
    for (const password of ['', 'null', GOOD_PASSWORD]) {
      expect(await refusalOf(logIn(site.auth, 'annlee', password))).toMatch(/^(invalid_credentials|validation_failed)$/)
    }
    await site.auth.flush()
    expect(site.mailer.sent).toEqual([])
  })

  it('finds the same user ever after, whatever else the provider tells by then', async () => {
    const { user } = await enter(ANN)
    site.clock.advance({ minutes: 1 })
    const again = await enter({
      ...ANN,
      email: 'other@example.org',
      usernameHint: 'other',
      extraData: { followers: 4 },
    })
    expect(again).toMatchObject({ isNew: false, user: { id: user.id, username: 'annlee', email: 'Ann@example.org' } })
    expect(await identitiesOf(again.issued.session)).toMatchObject([
      { extraData: { followers: 4 }, email: 'Ann@example.org', lastLoginAt: site.clock.now() },
    ])
  })

  it('makes one user of two at the same moment', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => enter(ANN)))
    expect(new Set(results.map(({ user }) => user.id)).size).toBe(1)
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(await site.auth.findUser('annlee')).not.toBeNull()
  })

  it('makes two users of two people of one name, each under a name of their own', async () => {
    const first = await enter({ subject: 'a', usernameHint: 'ann', email: 'a@example.org', emailVerified: true })
    const results = await Promise.all(
      ['b', 'c', 'd'].map((subject) =>
        enter({ subject, usernameHint: 'Ann', email: `${subject}@example.org`, emailVerified: true }),
      ),
    )
    expect(first.user.username).toBe('ann')
    for (const { user } of results) expect(user.username).toMatch(/^ann\d{2,}$/)
    expect(new Set(results.map(({ user }) => user.username)).size).toBe(3)
  })

  it.each([
    [{ usernameHint: 'Ann@example.org' }, 'Ann'],
    [{ usernameHint: null, firstName: 'Zoë' }, 'zoë'],
    [{ usernameHint: null, firstName: '', lastName: 'Van Dyk' }, 'van_dyk'],
    [{ usernameHint: null, firstName: '', lastName: '' }, 'ann'],
    [{ usernameHint: 'раypal', firstName: 'Bob' }, 'bob'],
    [{ usernameHint: 'admin', firstName: 'Bob' }, /^admin\d+$/],
    [{ usernameHint: 'x'.repeat(400) }, 'x'.repeat(140)],
    [{ usernameHint: '\0\ud800<script>', firstName: '' }, 'script'],
  ])('makes the user name of %j', async (person, expected) => {
    const { user } = await enter({ ...ANN, ...person })
    if (typeof expected === 'string') expect(user.username).toBe(expected)
    else expect(user.username).toMatch(expected)
    expect(user.username).not.toContain('@')
  })

  it('works for a model without user names, and for people without an address', async () => {
    await site.auth.close()
    await open({ user: { username: 'none' } })
    expect((await enter(ANN)).user.username).toBeNull()
    await site.auth.close()
    await open({ user: { email: 'optional' } })
    const first = await enter({ subject: '1', usernameHint: 'ann' })
    const second = await enter({ subject: '2', usernameHint: 'bob' })
    expect(first.user).toMatchObject({ email: null, status: 'active' })
    expect(second.user.id).not.toBe(first.user.id)
  })

  it('needs an address where users need one', async () => {
    await expect(enter({ ...ANN, email: null })).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: { email: [{ code: 'required' }] } },
    })
  })

  it('is refused where nobody can register, and asks the application as a registration does', async () => {
    await site.auth.close()
    await open({ registration: { open: false } })
    expect(await refusalOf(enter(ANN))).toBe('registration_closed')
    await site.auth.close()
    const asked: unknown[] = []
    const beforeRegister = (user: object) => {
      asked.push(user)
      return { refuse: 'Not today.' }
    }
    await open({ hooks: { beforeRegister } })
    expect(await refusalOf(enter(ANN))).toBe('refused_by_hook')
    expect(asked).toMatchObject([{ username: 'annlee', email: 'Ann@example.org' }])
    expect(await site.auth.findUser('annlee')).toBeNull()
  })

  it('tells listeners of the user, the identity and the log-in, and nothing secret', async () => {
    await site.auth.close()
    const told: [string, object][] = []
    const tell = (name: string) => (event: object) => void told.push([name, event])
    await open({
      social: { storeTokens: true },
      events: {
        userRegistered: tell('userRegistered'),
        identityConnected: tell('identityConnected'),
        userLoggedIn: tell('userLoggedIn'),
      },
    })
    await enter(ANN)
    expect(told.map(([name]) => name)).toEqual(['userRegistered', 'identityConnected', 'userLoggedIn'])
    expect(JSON.stringify(told)).not.toMatch(/passwordHash|sealedTokens|digest|for 4711/)
    expect(told[1]?.[1]).toMatchObject({ identity: { provider: 'sample', subject: '4711' } })
  })

  it('takes the application’s own fields from the client, and asks for those that are required', async () => {
    await site.auth.close()
    const fields = { company: field.text({ required: true }), rank: field.text({ writable: false }) }
    await open({ user: { fields } })
    expect(await refusalOf(enter(ANN))).toBe('validation_failed')
    expect(await refusalOf(enter(ANN, { fields: { company: 'Acme', rank: 'high' } }))).toBe('validation_failed')
    expect((await enter(ANN, { fields: { company: 'Acme' } })).user.fields).toMatchObject({ company: 'Acme' })
  })
})

describe('what a provider tells', () => {
  it('never becomes more than a name, an address and extra data (row 167)', async () => {
    const claims = { ...ANN, isStaff: true, is_superuser: true, status: 'disabled', groups: ['admin'] }
    const { user } = await enter(claims as Person)
    expect(user).toMatchObject({ isStaff: false, isSuperuser: false, status: 'active' })
    expect(user).not.toHaveProperty('groups')
  })

  it('is dropped where it cannot be kept', async () => {
    const extraData = JSON.parse('{"__proto__":{"isStaff":true}}') as Record<string, never>
    const names = { firstName: 'x'.repeat(151), lastName: 'Lee\0\r\nBcc: all' }
    const { user, issued } = await enter({ ...ANN, ...names, extraData })
    expect(user).toMatchObject({ firstName: '', lastName: 'Lee   Bcc: all' })
    expect(({} as { isStaff?: true }).isStaff).toBeUndefined()
    expect(await identitiesOf(issued.session)).toMatchObject([{ extraData: {} }])
    const huge = await enter({ ...ANN, extraData: { text: 'x'.repeat(1_000_000) } })
    expect(await identitiesOf(huge.issued.session)).toMatchObject([{ extraData: {} }])
  })

  it.each(['', ' ', 'undefined', 'null', 'x'.repeat(256), 'a\0b', '\ud800'])(
    'names nobody with the subject %j (row 162)',
    async (subject) => {
      expect(await refusalOf(enter({ ...ANN, subject }))).toBe('provider_refused')
      expect(await site.auth.findUser('annlee')).toBeNull()
    },
  )

  it('keys people by the subject alone, byte for byte (row 161)', async () => {
    const subjects = ['Sub', 'sub', 'SUB', 'sub2']
    const ids = new Set<unknown>()
    for (const subject of subjects) {
      ids.add((await enter({ ...ANN, subject, email: `${subjects.indexOf(subject)}@example.org` })).user.id)
    }
    expect(ids.size).toBe(subjects.length)
  })

  it('is of one provider only: the same subject at another is somebody else (row 161)', async () => {
    await site.auth.close()
    const other = sampleProvider('other')
    site = testAuth({ social: { providers: [provider.factory, other.factory] } })
    await site.auth.migrate()
    const { user } = await enter(ANN)
    const input = { provider: 'other', accessToken: other.tokenFor({ ...ANN, email: 'b@example.org' }) }
    expect((await site.auth.socialLogin(input)).user.id).not.toBe(user.id)
    expect(await site.auth.listProviders()).toEqual([
      { name: 'sample', title: 'The sample' },
      { name: 'other', title: 'The other' },
    ])
  })

  it.each([false, 'true', 1, undefined, null])('proves no address by %j (row 38)', async (emailVerified) => {
    expect(await refusalOf(enter({ ...ANN, emailVerified } as unknown as Person))).toBe('email_not_verified')
    expect(await site.auth.findUser('annlee')).toMatchObject({ status: 'pending', emailVerifiedAt: null })
  })
})

describe('an address that the provider only claims', () => {
  it('must be proven by mail where everybody must prove theirs; then the identity lets in', async () => {
    expect(await refusalOf(enter(CLAIMED))).toBe('email_not_verified')
    expect(await refusalOf(enter(CLAIMED))).toBe('email_not_verified')
    await site.auth.activate({ code: await newestCode(site, 'Ann@example.org') })
    expect(await enter(CLAIMED)).toMatchObject({ isNew: false, user: { username: 'annlee', status: 'active' } })
  })

  it('counts as proven once the provider vouches for it', async () => {
    expect(await refusalOf(enter(CLAIMED))).toBe('email_not_verified')
    expect(await enter(ANN)).toMatchObject({ user: { status: 'active', emailVerifiedAt: site.clock.now() } })
  })

  it('is not proven by the proof of another one', async () => {
    expect(await refusalOf(enter(CLAIMED))).toBe('email_not_verified')
    expect(await refusalOf(enter({ ...ANN, email: 'other@example.org' }))).toBe('email_not_verified')
  })

  it('is mailed to and let in where nobody must prove theirs', async () => {
    await site.auth.close()
    await open({ login: { emailMustBeVerified: false } })
    expect((await enter(CLAIMED)).user).toMatchObject({ status: 'active', emailVerifiedAt: null })
    await site.auth.flush()
    expect(site.mailer.sent.map(({ to }) => to)).toEqual(['Ann@example.org'])
  })

  it('is answered alike whether or not somebody has it, and the owner is told', async () => {
    const owner = await activeUser(site)
    site.mailer.clear()
    const person = { ...CLAIMED, email: 'ann@example.org' }
    expect([await refusalOf(enter(person)), await refusalOf(enter(person))]).toEqual([
      'email_not_verified',
      'email_not_verified',
    ])
    await site.auth.flush()
    expect(site.mailer.sent[0]).toMatchObject({ to: 'ann@example.org', subject: expect.stringContaining('already') })
    expect(await site.auth.findUserById(owner.id)).toMatchObject({ status: 'active' })
    expect((await logIn(site.auth, 'ann')).user.id).toBe(owner.id)
  })
})

describe('an address that the provider only claims, at a door that wants it proven', () => {
  beforeEach(async () => {
    await site.auth.close()
    await open({ login: { emailMustBeVerified: false } })
  })

  it('waits for the mailed code, as it does where everybody must', async () => {
    expect(await refusalOf(enter(CLAIMED, { activation: 'mailed' }))).toBe('email_not_verified')
    expect(await site.auth.findUser('annlee')).toMatchObject({ status: 'pending' })
    expect(await enter(ANN, { activation: 'mailed' })).toMatchObject({ user: { status: 'active' } })
  })

  it('is told to be in use only where that was asked for; the owner gets a mail either way', async () => {
    await activeUser(site)
    site.mailer.clear()
    const person = { ...CLAIMED, email: 'ann@example.org' }
    expect(await refusalOf(enter(person, { activation: 'mailed' }))).toBe('email_not_verified')
    const told = { activation: 'mailed', dangerouslyTellTaken: true }
    expect(await refusalOf(enter(person, told))).toBe('email_in_use')
    await site.auth.flush()
    expect(site.mailer.sent.map(({ to }) => to)).toEqual(['ann@example.org', 'ann@example.org'])
  })
})

describe('a provider that does not know what was presented', () => {
  it('is told apart from one that answers what nobody can read', async () => {
    const unknown = site.auth.socialLogin({ provider: 'sample', code: 'unknown' })
    await expect(unknown).rejects.toMatchObject({ code: 'provider_refused', details: { reason: 'invalid_grant' } })
    provider.breakDown(new IdentityProviderError('malformed_answer'))
    await expect(enter(ANN)).rejects.toMatchObject({ code: 'provider_refused', details: {} })
  })
})

describe('an address that somebody has', () => {
  it.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])('never links: proven here %j, proven there %j (row 160)', async (here, emailVerified) => {
    await site.auth.close()
    await open({ login: { emailMustBeVerified: false } })
    const owner = here
      ? await activeUser(site)
      : (await site.auth.register({ username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD })).user
    expect(await refusalOf(enter({ ...ANN, email: 'ANN@example.org', emailVerified }))).toBe('email_in_use')
    const { issued } = await logIn(site.auth, 'ann')
    expect(await identitiesOf(issued.session)).toEqual([])
    expect(await site.auth.findUserById(owner.id)).toMatchObject({ id: owner.id, username: 'ann' })
  })

  it('makes room where it was never confirmed: password and name of the squatter are gone (row 34)', async () => {
    await site.auth.register({ username: 'evil', email: 'ann@example.org', password: GOOD_PASSWORD })
    const code = await newestCode(site, 'ann@example.org')
    const { user } = await enter({ ...ANN, email: 'ann@example.org' })
    expect(user).toMatchObject({ username: 'annlee', email: 'ann@example.org', status: 'active' })
    for (const identifier of ['evil', 'ann@example.org', 'annlee']) {
      expect(await refusalOf(logIn(site.auth, identifier))).toBe('invalid_credentials')
    }
    expect(await refusalOf(site.auth.activate({ code }))).toBe('code_invalid')
  })

  it('links only where the configuration says so and both sides have proven it', async () => {
    await site.auth.close()
    await open({ social: { linkProvenAddresses: true }, login: { emailMustBeVerified: false } })
    const owner = await activeUser(site)
    await site.auth.register({ username: 'bob', email: 'bob@example.org', password: GOOD_PASSWORD })
    const bob = { ...ANN, subject: 'b', email: 'bob@example.org' }
    expect(await refusalOf(enter(bob))).toBe('email_in_use')
    expect(await refusalOf(enter(CLAIMED))).toBe('email_in_use')
    const results = await Promise.all([enter(ANN), enter(ANN)])
    for (const { user, isNew } of results) expect([user.id, isNew]).toEqual([owner.id, false])
    expect((await logIn(site.auth, 'ann')).user.id).toBe(owner.id)
  })

  it('links nobody who may not log in', async () => {
    await site.auth.close()
    await open({ social: { linkProvenAddresses: true } })
    const owner = await activeUser(site)
    await site.auth.setStatus({ userId: owner.id, status: 'disabled' })
    expect(await refusalOf(enter(ANN))).toBe('invalid_credentials')
    await site.auth.setStatus({ userId: owner.id, status: 'active' })
    const { issued } = await logIn(site.auth, 'ann')
    expect(await identitiesOf(issued.session)).toEqual([])
  })
})

describe('the gate of social log-in', () => {
  it('refuses the disabled with the codes of a log-in by password, and changes nothing (row 164)', async () => {
    const { user } = await enter(ANN)
    await site.auth.setStatus({ userId: user.id, status: 'disabled' })
    expect(await refusalOf(enter(ANN))).toBe('invalid_credentials')
    expect(await site.auth.findUserById(user.id)).toMatchObject({ status: 'disabled' })
  })

  it('tells the disabled so where log-in does', async () => {
    await site.auth.close()
    await open({ login: { revealStatus: true } })
    const { user } = await enter(ANN)
    await site.auth.setStatus({ userId: user.id, status: 'disabled' })
    expect(await refusalOf(enter(ANN))).toBe('user_not_active')
  })

  it('stays open while the password is locked', async () => {
    const { user } = await enter(ANN)
    for (let guess = 0; guess < 5; guess += 1) await refusalOf(logIn(site.auth, 'annlee', 'wrong guess'))
    expect((await enter(ANN)).user.id).toBe(user.id)
  })

  it('asks beforeLogin, and writes every end into the attempt log', async () => {
    await site.auth.close()
    const answers = [undefined, { refuse: 'Closed.' }]
    await open({ hooks: { beforeLogin: () => answers.shift() } })
    const { user, issued } = await enter(ANN)
    expect(await refusalOf(enter(ANN))).toBe('refused_by_hook')
    expect(await refusalOf(enter({ ...ANN, subject: '' }))).toBe('provider_refused')
    const attempts = await site.auth.listAttempts({ scope: 'all', filter: { limit: 9 } })
    expect(attempts.map(({ action, outcome, userId }) => [action, outcome, userId])).toEqual([
      ['social-login', 'refused', null],
      ['social-login', 'refused', user.id],
      ['social-login', 'success', user.id],
    ])
    expect(attempts[2]?.sessionId).toBe(issued.session.id)
  })

  it('counts what one source presents', async () => {
    await site.auth.close()
    const rateLimits = { ...NO_RATE_LIMITS, socialLoginsPerAddress: { count: 2, perSeconds: 60 } }
    await open({ rateLimits })
    const attempt = () => refusalOf(site.auth.socialLogin({ provider: 'sample', accessToken: 'x' }))
    expect([await attempt(), await attempt(), await attempt()]).toEqual([
      'provider_refused',
      'provider_refused',
      'rate_limited',
    ])
  })

  it('lets nobody in when the store fails on the way', async () => {
    await site.auth.close()
    const store = replacedStore((inner) => ({
      identities: { ...inner.identities, find: () => Promise.reject(new Error('the disk is gone')) },
    }))
    site = testAuth({ store, social: { providers: [provider.factory] } })
    await site.auth.migrate()
    await expect(enter(ANN)).rejects.toThrow('the disk is gone')
    expect(await site.auth.findUser('annlee')).toBeNull()
  })
})

describe('what a client presents', () => {
  it('is refused when it was issued to another application (row 159)', async () => {
    const accessToken = provider.tokenFor(ANN, 'another-app')
    expect(await refusalOf(site.auth.socialLogin({ provider: 'sample', accessToken }))).toBe('provider_refused')
    expect(await site.auth.findUser('annlee')).toBeNull()
  })

  it('is for a provider that there is', async () => {
    for (const name of ['other', '', 'SAMPLE', '__proto__', 'constructor', null, 7, {}, ['sample']]) {
      const input = { provider: name as string, accessToken: provider.tokenFor(ANN) }
      expect(await refusalOf(site.auth.socialLogin(input)), JSON.stringify(name)).toBe('not_found')
    }
  })

  it.each([
    {},
    { accessToken: '' },
    { accessToken: null },
    { accessToken: 7 },
    { accessToken: ['x'] },
    { code: {} },
    { idToken: 'a\0b' },
    { accessToken: '\ud800' },
    { accessToken: 'x'.repeat(8193) },
    { tokenSecret: 'only this' },
    { accessToken: 'x', tokenSecret: 7 },
    { idToken: 'not taken by this provider' },
  ])('must be readable: %j', async (input) => {
    const given = { provider: 'sample', ...input } as unknown as { provider: string }
    expect(await refusalOf(site.auth.socialLogin(given))).toBe('validation_failed')
  })

  it('is told from a provider that is away, and a fault of ours from both', async () => {
    provider.breakDown(new IdentityProviderError('unreachable', 'timeout'))
    expect(await refusalOf(enter(ANN))).toBe('provider_unavailable')
    provider.breakDown(new IdentityProviderError('misconfigured', 'invalid_client'))
    expect(await refusalOf(enter(ANN))).toBe('provider_unavailable')
    provider.breakDown(new RangeError('a fault of the provider’s code'))
    await expect(enter(ANN)).rejects.toBeInstanceOf(RangeError)
  })
})

describe('a provider’s tokens', () => {
  it('are kept only where that was asked for, sealed, and given to the server alone', async () => {
    const { user } = await enter(ANN)
    expect(await site.auth.readProviderTokens({ userId: user.id, provider: 'sample' })).toBeNull()
    await site.auth.close()
    await open({ social: { storeTokens: true } })
    const { user: kept, issued } = await enter(ANN)
    expect(await site.auth.readProviderTokens({ userId: kept.id, provider: 'sample' })).toEqual({
      accessToken: 'for 4711',
      refreshToken: null,
      tokenSecret: null,
      expiresAt: null,
    })
    const actor = { session: { id: issued.session.id } }
    const seen = [await site.auth.listIdentities({ actor }), await site.auth.exportUser({ actor })]
    expect(JSON.stringify(seen)).not.toMatch(/for 4711|sealedTokens/)
    expect(seen[1]).toMatchObject({ identities: [{ provider: 'sample', subject: '4711' }] })
    expect(await site.auth.readProviderTokens({ userId: kept.id, provider: 'other' })).toBeNull()
  })
})

describe('a deleted user', () => {
  it('leaves the identity free for a new one', async () => {
    const owner = await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    const actor = { session: { id: issued.session.id } }
    await site.auth.socialConnect({ provider: 'sample', accessToken: provider.tokenFor(ANN) }, { actor })
    await site.auth.deleteAccount({ currentPassword: GOOD_PASSWORD }, { actor })
    const { user, isNew } = await enter(ANN)
    expect(isNew).toBe(true)
    expect(user.id).not.toBe(owner.id)
  })
})

describe('providers in the configuration', () => {
  it('each have a name of their own that nothing else has', async () => {
    const named = (name: string) => () => testAuth({ social: { providers: [sampleProvider(name).factory] } })
    for (const name of ['', 'With Space', 'UPPER', '9lives', 'password', 'registration', 'x'.repeat(33), 'a:b']) {
      expect(named(name), name).toThrow(TypeError)
    }
    const twice = [sampleProvider().factory, sampleProvider().factory]
    expect(() => testAuth({ social: { providers: twice } })).toThrow('"sample" is taken')
    expect(() => testAuth({ social: { providers: ['github' as never] } })).toThrow('call each')
    for (const callback of [
      'account',
      '/a/{provider}/{provider}',
      '/a',
      'https://evil.test/{provider}',
      '/../{provider}',
    ]) {
      expect(() => testAuth({ social: { callback } }), callback).toThrow('social.callback')
    }
  })
})
