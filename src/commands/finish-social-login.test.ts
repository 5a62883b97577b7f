import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { activeUser, logIn, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { type Person, type SampleProvider, sampleProvider } from '../../test/support/sample-provider.ts'
import { TEST_ORIGIN, TEST_SECRET, type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import type { AuthOptions } from '../create-auth.ts'

const ANN = { subject: '4711', email: 'ann@example.org', emailVerified: true, usernameHint: 'annlee' } as const

const SITE = { name: 'Acme', origin: TEST_ORIGIN, trustedOrigins: ['https://app.acme.test'] }

let provider: SampleProvider
let other: SampleProvider
let site: TestAuth

async function open(options: Partial<AuthOptions> = {}): Promise<void> {
  site = testAuth({
    site: SITE,
    ...options,
    social: { providers: [provider.factory, other.factory], ...options.social },
  })
  await site.auth.migrate()
}

beforeEach(async () => {
  provider = sampleProvider()
  other = sampleProvider('other')
  await open()
})
afterEach(() => site.auth.close())

/** Begins, and comes back from the provider as this person. */
async function walk(person: Person | null = ANN, more: object = {}, caller: object = {}) {
  const begun = await site.auth.beginSocialLogin({ provider: 'sample', ...more }, caller)
  return { begun, input: { provider: 'sample', params: provider.visit(begun.url, person), pending: begun.pending } }
}

const actorOf = (issued: { readonly session: { readonly id: string } }) => ({
  actor: { session: { id: issued.session.id } },
})

describe('the redirect way', () => {
  it('sends the browser to the provider, and lets in who comes back', async () => {
    const { begun, input } = await walk(ANN, { next: '/welcome?tab=1#top' })
    const asked = new URL(begun.url).searchParams
    expect(asked.get('redirect_uri')).toBe(`${TEST_ORIGIN}/account/social/sample/callback`)
    expect(begun).toMatchObject({ responseMode: 'query', expiresAt: new Date('2026-03-01T12:10:00Z') })
    const result = await site.auth.finishSocialLogin(input)
    if (result.outcome !== 'logged-in') throw new Error(result.outcome)
    expect(result).toMatchObject({
      isNew: true,
      next: `${TEST_ORIGIN}/welcome?tab=1#top`,
      user: { username: 'annlee' },
    })
    expect(result.issued.session).toMatchObject({
      carrier: 'cookie',
      assurance: 'identity-provider',
      backend: 'sample',
    })
    const again = await site.auth.finishSocialLogin((await walk()).input)
    expect(again).toMatchObject({ outcome: 'logged-in', isNew: false, next: null, user: { id: result.user.id } })
  })

  it('goes where the configuration says', async () => {
    await site.auth.close()
    await open({ social: { callback: '/auth/{provider}/back/' } })
    const { begun } = await walk()
    expect(new URL(begun.url).searchParams.get('redirect_uri')).toBe(`${TEST_ORIGIN}/auth/sample/back/`)
  })

  it('shows nothing of what it keeps, and keeps it in no larger a cookie than browsers take', async () => {
    const { begun } = await walk(ANN, { next: `/${'x'.repeat(990)}` })
    expect(begun.pending).toMatch(/^[\w-]+$/)
    expect(begun.pending.length).toBeLessThan(3800)
    const state = new URL(begun.url).searchParams.get('state') ?? ''
    for (const hidden of [state, 'sample', 'verifier', 'redirect']) {
      expect(Buffer.from(begun.pending, 'base64url').toString('latin1')).not.toContain(hidden)
    }
  })

  it('uses a verifier and a state of its own each time (row 157)', async () => {
    const urls = await Promise.all([walk(), walk(), walk()])
    for (const name of ['state', 'code_challenge']) {
      const values = urls.map(({ begun }) => new URL(begun.url).searchParams.get(name) ?? '')
      expect(new Set(values).size).toBe(3)
      for (const value of values) expect(value).toMatch(/^[\w-]{43}$/)
    }
  })

  it('tells apart who said no', async () => {
    const { input } = await walk(null)
    await expect(site.auth.finishSocialLogin(input)).rejects.toMatchObject({
      code: 'provider_refused',
      details: { reason: 'denied_by_user' },
    })
    expect(provider.exchanges()).toBe(0)
  })
})

describe('a callback (rows 154 to 157)', () => {
  const refuse = async (input: object): Promise<void> => {
    expect(await refusalOf(site.auth.finishSocialLogin(input as never))).toBe('social_state_invalid')
    expect(provider.exchanges() + other.exchanges()).toBe(0)
  }

  it('is nothing without what its own browser keeps, unchanged', async () => {
    const { input } = await walk()
    const foreign = (await walk()).input
    const edited = `${input.pending.slice(0, -2)}${input.pending.endsWith('AA') ? 'BB' : 'AA'}`
    for (const pending of [undefined, null, '', 'x', edited, foreign.pending, 7, {}, 'A'.repeat(100_000)]) {
      await refuse({ ...input, pending })
    }
    expect((await site.auth.finishSocialLogin(input)).outcome).toBe('logged-in')
  })

  it('must name its log-in once, exactly', async () => {
    const { input } = await walk()
    const state = input.params.get('state') ?? ''
    for (const changed of ['', 'null', `${state} `, state.toUpperCase(), state.slice(1)]) {
      await refuse({ ...input, params: new URLSearchParams({ ...Object.fromEntries(input.params), state: changed }) })
    }
    const without = new URLSearchParams(input.params)
    without.delete('state')
    await refuse({ ...input, params: without })
    const twice = new URLSearchParams([...input.params, ['state', 'other']])
    await refuse({ ...input, params: twice })
    for (const params of [undefined, null, 'state=x', {}, []]) await refuse({ ...input, params })
  })

  it('is too late after ten minutes', async () => {
    const { input } = await walk()
    site.clock.advance({ minutes: 10 })
    await refuse(input)
  })

  it('belongs to the provider that it was begun with (row 156)', async () => {
    const { input } = await walk()
    await refuse({ ...input, provider: 'other' })
    const begun = await site.auth.beginSocialLogin({ provider: 'other' })
    const params = other.visit(begun.url, ANN)
    await refuse({ provider: 'sample', params, pending: begun.pending })
    params.set('iss', 'https://sample.test')
    await refuse({ provider: 'other', params, pending: begun.pending })
  })

  it('is good once: of twenty at the same moment one begins a session, and one code is exchanged', async () => {
    const { input } = await walk()
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => site.auth.finishSocialLogin(input)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(provider.exchanges()).toBe(1)
    expect(await refusalOf(site.auth.finishSocialLogin(input))).toBe('social_state_invalid')
    expect(provider.exchanges()).toBe(1)
  })

  it('is not opened by what was sealed for another purpose, or under another secret', async () => {
    const { input } = await walk()
    await site.auth.close()
    await open({ secrets: ['another-0b2Zk9QxWv7Lr1TsYc6JpHe3M'] })
    await refuse(input)
    await site.auth.close()
    await open({ secrets: ['another-0b2Zk9QxWv7Lr1TsYc6JpHe3M', TEST_SECRET] })
    expect((await site.auth.finishSocialLogin(input)).outcome).toBe('logged-in')
  })
})

describe('where the browser goes at last (rows 136 and 166)', () => {
  it.each([
    '//evil.test',
    '///evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    'https:evil.test',
    'https:/evil.test',
    'https:///evil.test',
    'http:\\\\\\evil.test',
    'https://evil.test',
    'https://acme.test.evil.test',
    'https://acme.test@evil.test',
    'https://user@acme.test/',
    'https://acme.test:444/',
    'http://acme.test/',
    '/\t/evil.test',
    '/\n/evil.test',
    ' //evil.test',
    '\u0000//evil.test',
    '/\u202e/evil.test',
    '/a b',
    'evil.test',
    './x',
    '?x',
    'javascript:alert(1)',
    'data:text/html,x',
    'http:999999999',
    `/${'x'.repeat(1000)}`,
    7,
    {},
    ['/x'],
    '/\ud800',
  ])('is never %j', async (next) => {
    const input = { provider: 'sample', next: next as string }
    expect(await refusalOf(site.auth.beginSocialLogin(input))).toBe('validation_failed')
  })

  it.each([
    [undefined, null],
    ['', null],
    ['/', `${TEST_ORIGIN}/`],
    ['/%2f%2fevil.test', `${TEST_ORIGIN}/%2f%2fevil.test`],
    ['/x?next=https://evil.test', `${TEST_ORIGIN}/x?next=https://evil.test`],
    [`${TEST_ORIGIN}/x`, `${TEST_ORIGIN}/x`],
    ['https://app.acme.test/done#here', 'https://app.acme.test/done#here'],
  ])('may be %j', async (next, expected) => {
    const { input } = await walk(ANN, { next })
    expect((await site.auth.finishSocialLogin(input)).next).toBe(expected)
  })

  it('is trusted at the end as well', async () => {
    const { input } = await walk(ANN, { next: 'https://app.acme.test/done' })
    await site.auth.close()
    await open({ site: { name: 'Acme', origin: TEST_ORIGIN } })
    expect(await refusalOf(site.auth.finishSocialLogin(input))).toBe('validation_failed')
  })
})

describe('connecting by way of a redirect (row 163)', () => {
  it('links for the session that began it', async () => {
    const owner = await activeUser(site)
    const caller = actorOf((await logIn(site.auth, 'ann')).issued)
    const { input } = await walk({ subject: '7' }, { purpose: 'connect', next: '/me' }, caller)
    const result = await site.auth.finishSocialLogin(input, caller)
    expect(result).toMatchObject({ outcome: 'connected', next: `${TEST_ORIGIN}/me`, identity: { userId: owner.id } })
    expect(result).not.toHaveProperty('identity.sealedTokens')
    expect((await site.auth.finishSocialLogin((await walk({ subject: '7' })).input)).outcome).toBe('logged-in')
  })

  it('needs somebody who is logged in', async () => {
    const input = { provider: 'sample', purpose: 'connect' } as const
    expect(await refusalOf(site.auth.beginSocialLogin(input))).toBe('not_authenticated')
  })

  it('is not finished in another session, by another user, or by nobody', async () => {
    await activeUser(site)
    await activeUser(site, 'bob')
    const ann = (await logIn(site.auth, 'ann')).issued
    const { input } = await walk({ subject: '7' }, { purpose: 'connect' }, actorOf(ann))
    const others = [
      {},
      actorOf((await logIn(site.auth, 'ann')).issued),
      actorOf((await logIn(site.auth, 'bob')).issued),
    ]
    for (const caller of others) {
      expect(await refusalOf(site.auth.finishSocialLogin(input, caller))).toBe('social_state_invalid')
    }
    expect(provider.exchanges()).toBe(0)
    expect((await site.auth.finishSocialLogin(input, actorOf(ann))).outcome).toBe('connected')
  })

  it('does not make a link of what was begun as a log-in', async () => {
    await activeUser(site)
    const caller = actorOf((await logIn(site.auth, 'ann')).issued)
    const { input } = await walk({ subject: '7', email: 'b@example.org', emailVerified: true, usernameHint: 'b' })
    expect((await site.auth.finishSocialLogin(input, caller)).outcome).toBe('logged-in')
    expect(await site.auth.listIdentities(caller)).toEqual([])
  })
})

describe('a hand-over to a page that keeps its own tokens', () => {
  const VERIFIER = 'a text of many random letters that only the page knows'
  const challenge = createHash('sha256').update(VERIFIER).digest('base64url')

  async function handOver(): Promise<{ readonly code: string; readonly expiresAt: Date }> {
    const { input } = await walk(ANN, { challenge, next: 'https://app.acme.test/done' })
    const result = await site.auth.finishSocialLogin(input)
    if (result.outcome !== 'handed-over') throw new Error(result.outcome)
    expect(new Set(Object.keys(result))).toEqual(new Set(['code', 'expiresAt', 'next', 'outcome']))
    return result
  }

  it('gives a code for a minute, and a session for the code', async () => {
    const { code, expiresAt } = await handOver()
    expect(expiresAt).toEqual(new Date('2026-03-01T12:01:00Z'))
    const { user, issued, isNew } = await site.auth.exchangeHandoverCode({ code, verifier: VERIFIER, carrier: 'jwt' })
    expect(isNew).toBe(true)
    expect(user.username).toBe('annlee')
    expect(issued.session).toMatchObject({ carrier: 'jwt', assurance: 'identity-provider', backend: 'sample' })
    const [attempt] = await site.auth.listAttempts({ scope: 'own' }, actorOf(issued))
    expect(attempt).toMatchObject({ action: 'social-login', outcome: 'success', sessionId: issued.session.id })
  })

  it('gives one session for one code, however many ask at once', async () => {
    const { code } = await handOver()
    const ask = () => site.auth.exchangeHandoverCode({ code, verifier: VERIFIER })
    const results = await Promise.allSettled(Array.from({ length: 20 }, ask))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await refusalOf(ask())).toBe('code_invalid')
  })

  it('gives nothing for the code alone, nor too late', async () => {
    const { code } = await handOver()
    for (const verifier of [undefined, null, '', challenge, `${VERIFIER} `, 7, {}, 'x'.repeat(1000), '\ud800']) {
      expect(await refusalOf(site.auth.exchangeHandoverCode({ code, verifier } as never))).toBe('code_invalid')
    }
    site.clock.advance({ minutes: 1 })
    expect(await refusalOf(site.auth.exchangeHandoverCode({ code, verifier: VERIFIER }))).toBe('code_invalid')
  })

  it('gives nothing once the user was disabled, or their sessions were ended', async () => {
    const { code } = await handOver()
    const user = await site.auth.findUser('annlee')
    await site.auth.setStatus({ userId: user?.id ?? 0, status: 'disabled' })
    expect(await refusalOf(site.auth.exchangeHandoverCode({ code, verifier: VERIFIER }))).toBe('code_invalid')
    await site.auth.setStatus({ userId: user?.id ?? 0, status: 'active' })
    expect(await refusalOf(site.auth.exchangeHandoverCode({ code, verifier: VERIFIER }))).toBe('code_invalid')
  })

  it('opens nothing else, and nothing else opens it (row 28)', async () => {
    const { code } = await handOver()
    const newPassword = 'quiet otter by the river'
    expect(await refusalOf(site.auth.confirmPasswordReset({ code, newPassword }))).toBe('code_invalid')
    expect(await refusalOf(site.auth.activate({ code }))).toBe('code_invalid')
    expect(await refusalOf(site.auth.unlock({ code }))).toBe('code_invalid')
    await site.auth.requestPasswordReset({ email: 'ann@example.org' })
    const mailed = await newestCode(site, 'ann@example.org')
    for (const wrong of [mailed, undefined, '', 7, {}, 'x'.repeat(100_000)]) {
      const input = { code: wrong, verifier: VERIFIER } as never
      expect(await refusalOf(site.auth.exchangeHandoverCode(input))).toBe('code_invalid')
    }
    expect((await site.auth.exchangeHandoverCode({ code, verifier: VERIFIER })).user.username).toBe('annlee')
  })

  it.each([7, {}, 'short', `${challenge}=`, `${challenge}x`, 'x'.repeat(1000)])(
    'takes no other challenge than a SHA-256: %j',
    async (wrong) => {
      const input = { provider: 'sample', challenge: wrong as string }
      expect(await refusalOf(site.auth.beginSocialLogin(input))).toBe('validation_failed')
    },
  )
})
