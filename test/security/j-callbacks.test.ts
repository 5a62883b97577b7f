/** Section J of the attack table: what comes back to a callback. The peers are real OpenID providers with real pages. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../src/auth.ts'
import type { IdentityProviderFactory } from '../../src/contracts/identity-provider.ts'
import { openIdConnect } from '../../src/providers/oidc.ts'
import { fakeClock } from '../../src/testing/fake-clock.ts'
import { refusalOf } from '../support/accounts.ts'
import { type OpenIdProvider, openIdProvider } from '../support/openid-provider.ts'
import { pageVisitor } from '../support/page-visitor.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { takingAllSessionsForOne } from './support/identity-stand-ins.ts'
import {
  closeSites,
  ORIGIN,
  openSite,
  PASSWORD,
  randomSecret,
  type Site,
  type SiteOptions,
} from './support/open-site.ts'
import { deafToIssuer, sameForAll } from './support/provider-stand-ins.ts'
import { forgetfulThrottles, processThrottles, racyThrottles } from './support/throttle-stand-ins.ts'

const callbackOf = (name: string) => `${ORIGIN}/account/social/${name}/callback`
const SHOP = {
  client_id: 'shop',
  client_secret: 'the-secret-of-the-shop',
  redirect_uris: [callbackOf('acme'), callbackOf('other')],
}
const EVIL = 'https://evil.example'

type Wrap = (factory: IdentityProviderFactory) => IdentityProviderFactory

let acme: OpenIdProvider
let other: OpenIdProvider

beforeAll(async () => {
  const claimsOf = (login: string) => ({
    email: `${login}@example.org`,
    email_verified: true,
    preferred_username: login,
  })
  acme = await openIdProvider({ clients: [SHOP], claimsOf })
  other = await openIdProvider({ clients: [SHOP], claimsOf })
})
afterEach(closeSites)
afterAll(() => Promise.all([acme.close(), other.close()]))

function relyingParty(name: string, { issuer }: OpenIdProvider): IdentityProviderFactory {
  const { client_id: clientId, client_secret: clientSecret } = SHOP
  return openIdConnect({ name, title: name, issuer, clientId, clientSecret, trustsEmailVerified: true })
}

async function open({ wrap = (factory) => factory, ...options }: SiteOptions & { readonly wrap?: Wrap } = {}) {
  const providers = [wrap(relyingParty('acme', acme)), wrap(relyingParty('other', other))]
  const site = await openSite({ environment: 'development', ...options, social: { providers } })
  await site.auth.migrate()
  return site
}

/** How many codes were asked to be exchanged, at both providers. */
const exchanges = (): number =>
  [...acme.requests, ...other.requests].filter((request) => request === 'POST /token').length

interface Walk {
  readonly as: string
  readonly provider?: string
  readonly begin?: { readonly purpose?: 'connect'; readonly next?: string }
  readonly caller?: Caller
}

/** Begins, walks through the provider's pages as somebody, and stands before the callback. */
async function comeBack(site: Pick<Site, 'auth'>, { as, provider = 'acme', begin = {}, caller = {} }: Walk) {
  const begun = await site.auth.beginSocialLogin({ provider, ...begin }, caller)
  const url = await pageVisitor({ login: as }).walk(begun.url, callbackOf(provider))
  return { begun, provider, params: url.searchParams, pending: begun.pending }
}

type CameBack = Awaited<ReturnType<typeof comeBack>>

function changed({ params }: CameBack, changes: Readonly<Record<string, string | null>>): URLSearchParams {
  const copy = new URLSearchParams(params)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) copy.delete(name)
    else copy.set(name, value)
  }
  return copy
}

type Finish = Parameters<Site['auth']['finishSocialLogin']>[0]

/** Judges a callback that must be refused before the provider is asked anything. */
function judgeCallbacks(site: Pick<Site, 'auth'>) {
  const { must, complaints } = judgement()
  return {
    complaints,
    async mustRefuse(what: string, input: object, caller: Caller = {}): Promise<void> {
      const before = exchanges()
      const code = await refusalOf(site.auth.finishSocialLogin(input as Finish, caller))
      must(code === 'social_state_invalid', `${what}: ends with ${code}`)
      must(exchanges() === before, `${what}: the provider is asked`)
    },
  }
}

describe('row 154: a callback that this browser did not ask for', () => {
  async function faultsOfState(options: Parameters<typeof open>[0] = {}): Promise<Complaints> {
    const site = await open(options)
    const { mustRefuse, complaints } = judgeCallbacks(site)
    const victims = await comeBack(site, { as: 'vic' })
    const mallorys = await comeBack(site, { as: 'mallory' })
    const state = victims.params.get('state') ?? ''
    await mustRefuse('of another browser', { ...mallorys, pending: victims.pending })
    await mustRefuse('of another browser, with this one’s state', {
      ...mallorys,
      params: changed(mallorys, { state }),
    })
    for (const pending of [undefined, null, '', 'A'.repeat(300), `${victims.pending}A`, victims.pending.slice(4)]) {
      await mustRefuse(`with ${String(pending).slice(0, 9)} kept`, { ...victims, pending })
    }
    for (const wrong of [null, '', `${state}.`, state.toLowerCase(), 'null']) {
      await mustRefuse(`with the state ${wrong}`, { ...victims, params: changed(victims, { state: wrong }) })
    }
    await mustRefuse('with two states', {
      ...victims,
      params: new URLSearchParams([...victims.params, ['state', 'x']]),
    })
    const late = await comeBack(site, { as: 'late' })
    site.clock.advance({ minutes: 10 })
    await mustRefuse('after ten minutes', late)
    const fresh = await comeBack(site, { as: 'vic' })
    await site.auth.finishSocialLogin(fresh)
    await mustRefuse('a second time', fresh)
    return complaints
  }

  it('row 154: begins nothing, and costs the provider nothing', async () => {
    expect(await faultsOfState()).toEqual(HOLDS)
  })

  it('row 154: control: a state, a nonce and a verifier that are the same for all are noticed', async () => {
    const faults = await faultsOfState({ wrap: sameForAll })
    expect(faults).toEqual(saying('of another browser: ends with null'))
  })

  it('row 154: control: a clock that stands still is noticed', async () => {
    const faults = await faultsOfState({ clock: fakeClock('2026-03-01T12:00:00Z') })
    expect(faults).toEqual(['after ten minutes: ends with null', 'after ten minutes: the provider is asked'])
  })

  it('row 154: control: books that forget which callback was taken are noticed', async () => {
    const throttles = forgetfulThrottles(processThrottles(), (key) => key.startsWith('social:'))
    expect(await faultsOfState({ throttles })).toEqual(saying('a second time: the provider is asked'))
  })
})

describe('row 155: one callback, twenty times at the same moment', () => {
  async function faultsOfRace(options: SiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await open(options)
    const input = await comeBack(site, { as: 'ann' })
    const before = exchanges()
    const ends = await Promise.allSettled(Array.from({ length: 20 }, () => site.auth.finishSocialLogin(input)))
    const begun = ends.filter(({ status }) => status === 'fulfilled').length
    must(begun === 1, `${begun} sessions begin`)
    must(exchanges() - before === 1, `${exchanges() - before} codes are exchanged`)
    const users = await site.store.users.list({ after: null, limit: 9 })
    must(users.length === 1, `there are ${users.length} users`)
    return complaints
  }

  it('row 155: begins one session with one exchange', async () => {
    expect(await faultsOfRace()).toEqual(HOLDS)
  })

  it('row 155: control: books that are read first and written later are noticed', async () => {
    expect(await faultsOfRace({ throttles: racyThrottles(processThrottles()) })).toEqual(saying('20 codes'))
  })
})

describe('row 156: callbacks of one provider at another', () => {
  async function faultsOfMixUp(wrap: Wrap = (factory) => factory): Promise<Complaints> {
    const site = await open({ wrap })
    const { mustRefuse, complaints } = judgeCallbacks(site)
    const atAcme = await comeBack(site, { as: 'vic' })
    await mustRefuse('acme’s at the other', { ...atAcme, provider: 'other' })
    const atOther = await comeBack(site, { as: 'vic', provider: 'other' })
    await mustRefuse('the other’s at acme', { ...atOther, provider: 'acme' })
    const state = atAcme.params.get('state')
    const begun = await site.auth.beginSocialLogin({ provider: 'other' })
    await mustRefuse('the other’s, with acme’s state and cookie', {
      ...atAcme,
      params: changed(atOther, { state }),
    })
    await mustRefuse('acme’s, with the other’s cookie', { ...atAcme, provider: 'other', pending: begun.pending })
    const renamed = await comeBack(site, { as: 'vic' })
    const iss = changed(renamed, { iss: other.issuer })
    await mustRefuse('acme’s, said to be the other’s', { ...renamed, params: iss })
    const silent = await comeBack(site, { as: 'vic' })
    await mustRefuse('acme’s, without a word whose it is', { ...silent, params: changed(silent, { iss: null }) })
    return complaints
  }

  it('row 156: are refused, and no code goes to a provider that did not issue it', async () => {
    expect(await faultsOfMixUp()).toEqual(HOLDS)
  })

  it('row 156: control: a provider that is deaf to who answers is noticed', async () => {
    expect(await faultsOfMixUp(deafToIssuer)).toEqual(
      saying('the other’s, with acme’s state and cookie: the provider is asked'),
    )
  })

  it('row 156: have redirect URIs of their own', async () => {
    const site = await open()
    const uris = await Promise.all(
      ['acme', 'other'].map(async (provider) => {
        const { url } = await site.auth.beginSocialLogin({ provider })
        return new URL(url).searchParams.get('redirect_uri')
      }),
    )
    expect(uris).toEqual([callbackOf('acme'), callbackOf('other')])
  })

  it('row 156: control: two providers under one name, without the check of `iss`, are noticed', async () => {
    const secrets = [randomSecret()]
    const siteOf = async (peer: OpenIdProvider): Promise<Site> => {
      const social = { providers: [deafToIssuer(relyingParty('acme', peer))] }
      const site = await openSite({ environment: 'development', secrets, social })
      await site.auth.migrate()
      return site
    }
    const atAcme = await comeBack(await siteOf(acme), { as: 'vic' })
    const { mustRefuse, complaints } = judgeCallbacks(await siteOf(other))
    await mustRefuse('acme’s at the other', atAcme)
    expect(complaints).toEqual(saying('the provider is asked'))
  })
})

describe('row 157: PKCE', () => {
  async function faultsOfPkce(wrap: Wrap = (factory) => factory): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await open({ wrap })
    const walks: CameBack[] = []
    for (const as of ['vic', 'mallory', 'third']) walks.push(await comeBack(site, { as }))
    const asked = walks.map(({ begun }) => new URL(begun.url).searchParams)
    for (const query of asked) {
      must(query.get('code_challenge_method') === 'S256', 'not S256')
      must(/^[\w-]{43}$/.test(query.get('code_challenge') ?? ''), 'no SHA-256')
      must(!query.has('code_verifier'), 'the verifier is in the address')
    }
    for (const name of ['code_challenge', 'state', 'nonce']) {
      must(new Set(asked.map((query) => query.get(name))).size === 3, `${name} is not new each time`)
    }
    const [vic, mallory] = walks
    if (vic === undefined || mallory === undefined) throw new Error('nobody came back')
    // Mallory has seen the code in the victim's address and brings it along in a log-in of her own.
    const injected = { ...mallory, params: changed(mallory, { code: vic.params.get('code') }) }
    const code = await refusalOf(site.auth.finishSocialLogin(injected))
    must(code === 'provider_refused', `a stolen code ends with ${code}`)
    return complaints
  }

  it('row 157: is always S256 with a verifier of its own, so that a stolen code is worth nothing', async () => {
    expect(await faultsOfPkce()).toEqual(HOLDS)
  })

  it('row 157: control: one verifier for all is noticed', async () => {
    const faults = await faultsOfPkce(sameForAll)
    expect(faults).toEqual(saying('code_challenge is not new each time'))
    expect(faults).toEqual(saying('a stolen code ends with null'))
  })

  it('row 157: the verifier cannot be read where the browser keeps it', async () => {
    const verifiers: string[] = []
    const wrap: Wrap = (factory) => (tools) => {
      const provider = factory(tools)
      return {
        ...provider,
        async begin(input) {
          const begun = await provider.begin(input)
          verifiers.push((begun.kept as { readonly verifier: string }).verifier)
          return begun
        },
      }
    }
    const site = await open({ wrap })
    const { pending } = await site.auth.beginSocialLogin({ provider: 'acme' })
    expect(verifiers).toEqual([expect.stringMatching(/^[\w-]{43}$/)])
    const raw = Buffer.from(pending, 'base64url')
    for (const text of [pending, raw.toString('latin1'), raw.toString('base64')]) {
      expect(text).not.toContain(verifiers[0])
    }
  })
})

describe('row 163: linking', () => {
  async function loggedIn(site: Site, name: string): Promise<Caller> {
    const account = await site.addUser(name)
    const { issued } = await site.auth.login({ identifier: account.username, password: PASSWORD })
    return { actor: { session: { id: issued.session.id } } }
  }

  async function faultsOfLinking(options: Parameters<typeof open>[0] = {}): Promise<Complaints> {
    const site = await open(options)
    const { mustRefuse, complaints } = judgeCallbacks(site)
    const vic = await loggedIn(site, 'vic')
    const begin = { purpose: 'connect' } as const
    const vics = await comeBack(site, { as: 'vic', begin, caller: vic })
    const mallory = await loggedIn(site, 'mallory')
    const mallorys = await comeBack(site, { as: 'mallory', begin, caller: mallory })
    await mustRefuse('mallory’s address in the victim’s browser', { ...mallorys, pending: vics.pending }, vic)
    await mustRefuse('mallory’s address and cookie in the victim’s browser', mallorys, vic)
    await mustRefuse('by nobody', vics)
    await mustRefuse('by whoever logged in there meanwhile', vics, mallory)
    const again = await site.auth.login({ identifier: 'vic', password: PASSWORD })
    await mustRefuse('in another session', vics, { actor: { session: { id: again.issued.session.id } } })
    return complaints
  }

  it('row 163: is finished by the session that began it alone', async () => {
    expect(await faultsOfLinking()).toEqual(HOLDS)
  })

  it('row 163: control: a state that is the same for all is noticed', async () => {
    const faults = await faultsOfLinking({ wrap: sameForAll })
    expect(faults).toEqual(saying('mallory’s address in the victim’s browser: ends with null'))
  })

  it('row 163: control: a store that takes every session for one is noticed', async () => {
    const faults = await faultsOfLinking({ wrapStore: takingAllSessionsForOne })
    expect(faults).toEqual(saying('by whoever logged in there meanwhile: ends with null'))
  })

  it('row 163: a log-in that somebody logged in was led to links nothing', async () => {
    const site = await open()
    const vic = await loggedIn(site, 'vic')
    const result = await site.auth.finishSocialLogin(await comeBack(site, { as: 'mallory' }), vic)
    expect(result).toMatchObject({ outcome: 'logged-in', user: { email: 'mallory@example.org' } })
    expect(await site.auth.listIdentities(vic)).toEqual([])
  })

  it('row 163: never takes an identity from another user', async () => {
    const site = await open()
    const { issued } = { issued: null, ...(await site.auth.finishSocialLogin(await comeBack(site, { as: 'ann' }))) }
    expect(issued).not.toBeNull()
    const vic = await loggedIn(site, 'vic')
    const walk = await comeBack(site, { as: 'ann', begin: { purpose: 'connect' }, caller: vic })
    expect(await refusalOf(site.auth.finishSocialLogin(walk, vic))).toBe('identity_taken')
  })
})

describe('row 166: what a caller may choose', () => {
  it('row 166: is the provider and the end; nothing of the request to the provider', async () => {
    const site = await open()
    const plain = new URL((await site.auth.beginSocialLogin({ provider: 'acme' })).url).searchParams
    const extra = { redirect_uri: EVIL, redirectUri: EVIL, client_id: 'x', state: 'x', nonce: 'x', scope: 'all' }
    const begun = await site.auth.beginSocialLogin({ provider: 'acme', ...extra })
    const asked = new URL(begun.url).searchParams
    for (const name of ['redirect_uri', 'client_id', 'scope', 'response_type', 'code_challenge_method']) {
      expect(asked.getAll(name)).toEqual(plain.getAll(name))
    }
    expect(asked.get('response_type')).toBe('code')
    expect(asked.get('state')).not.toBe('x')
    expect(asked.get('nonce')).not.toBe('x')
  })

  it.each(['redirect_uri', 'client_id', 'state', 'nonce', 'response_type', 'scope', 'request_uri', 'code_challenge'])(
    'row 166: is not even the operator’s where it is %s',
    async (name) => {
      const { issuer } = acme
      const options = { name: 'acme', title: 'Acme', issuer, clientId: 'shop', parameters: { [name]: 'x' } }
      const opening = openSite({ environment: 'development', social: { providers: [openIdConnect(options)] } })
      await expect(opening).rejects.toThrow(`parameters.${name}`)
    },
  )

  const LEADING_AWAY: readonly unknown[] = [
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    '\\evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https:///evil.example',
    'https:\\\\evil.example',
    'http:\\\\\\evil.example',
    'http:/\\evil.example',
    'https://evil.example',
    'HTTPS://EVIL.EXAMPLE',
    'http://accounts.example',
    'https://accounts.example:8443',
    'https://accounts.example.evil.example',
    'https://accounts.example@evil.example',
    'https://accounts.example:x@evil.example',
    'https://evil.example\\@accounts.example',
    'https://evil.example#@accounts.example',
    'https://evil.example?accounts.example',
    'https://evil.example\u3002accounts.example',
    'https://аccounts.example',
    'https://user@accounts.example',
    'https://:@evil.example',
    'https://[::1]/',
    'https://127.1/',
    'http:999999999',
    'https:999999999',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    '\t//evil.example',
    '\n//evil.example',
    ' //evil.example',
    '\u00a0//evil.example',
    '\u2028//evil.example',
    '\u200b//evil.example',
    '\u0000//evil.example',
    '\u0008//evil.example',
    '/\u202e/evil.example',
    '/\u2066/evil.example',
    'ht\ntps://evil.example',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript://accounts.example/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://accounts.example/1',
    'file:///etc/passwd',
    'ftp://accounts.example/',
    'ws://accounts.example/',
    'evil.example',
    'evil.example/https://accounts.example',
    './/evil.example',
    '../',
    '?x',
    '#x',
    '@evil.example',
    '/a b',
    `/${'x'.repeat(4_096)}`,
    `https://accounts.example/${'x'.repeat(4_096)}`,
    '/\ud800',
    7,
    true,
    {},
    [],
    ['/x'],
    { toString: '/x' },
  ]

  async function faultsOfLeading(options: SiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await open(options)
    for (const next of LEADING_AWAY) {
      const code = await refusalOf(site.auth.beginSocialLogin({ provider: 'acme', next: next as string }))
      must(code === 'validation_failed', `${JSON.stringify(next).slice(0, 60)} ends with ${code}`)
    }
    return complaints
  }

  it('row 166: is not an end anywhere else', async () => {
    expect(LEADING_AWAY.length).toBeGreaterThan(60)
    expect(await faultsOfLeading()).toEqual(HOLDS)
  })

  it('row 166: control: a site that trusts the other place is noticed', async () => {
    const site = { name: 'Acme', origin: ORIGIN, trustedOrigins: [EVIL] }
    expect(await faultsOfLeading({ site })).toEqual(saying('"https://evil.example" ends with null'))
  })

  it.each(['/..//evil.example', '/%2f%2fevil.example', '/%5cevil.example', '/.//evil.example', '/x/..//evil.example'])(
    'row 166: an end that only looks like another place stays on the site through the whole way: %s',
    async (next) => {
      const site = await open()
      const result = await site.auth.finishSocialLogin(await comeBack(site, { as: 'ann', begin: { next } }))
      // Read as a browser reads a `Location`.
      expect(new URL(result.next ?? '', 'https://elsewhere.example').origin).toBe(ORIGIN)
    },
  )
})
