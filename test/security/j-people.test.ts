/** Section J of the attack table: whom a proven identity lets in, and what the provider says of people besides. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { IdentityProviderFactory, ProvenIdentity } from '../../src/contracts/identity-provider.ts'
import { IdentityProviderError } from '../../src/contracts/identity-provider-error.ts'
import type { Store } from '../../src/contracts/store.ts'
import { google } from '../../src/providers/google.ts'
import { refusalOf } from '../support/accounts.ts'
import { type SampleProvider, sampleProvider } from '../support/sample-provider.ts'
import { type StubIssuer, stubIssuer } from '../support/stub-issuer.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { blindToStatusOfIdentities, copyingClaims, findingInAnyLetters } from './support/identity-stand-ins.ts'
import { closeSites, openSite, PASSWORD } from './support/open-site.ts'
import { takingTokensAtTheirWord, telling } from './support/provider-stand-ins.ts'
import { PROVIDER, type SocialSiteOptions, socialSite } from './support/social-site.ts'

let issuer: StubIssuer

beforeAll(async () => {
  issuer = await stubIssuer()
})
afterEach(closeSites)
afterAll(() => issuer.server.close())

const LINKING = { providers: [], linkProvenAddresses: true }

const vouching = (factory: IdentityProviderFactory): IdentityProviderFactory =>
  telling(factory, () => ({ emailVerified: true }))

/** A store that takes every address for proven. */
const takingAddressesForProven = (store: Store): Store => ({
  ...store,
  users: {
    ...store.users,
    findByIdentifier: async (key, fields, limit) =>
      (await store.users.findByIdentifier(key, fields, limit)).map((user) => ({
        ...user,
        emailVerifiedAt: user.emailVerifiedAt ?? new Date(0),
      })),
  },
})

describe('row 160: somebody of the provider with the address of a user', () => {
  const CASES = [true, false].flatMap((here) =>
    [true, false, undefined].map((there) => ({ here, there, mayLink: here && there === true })),
  )

  /** Six cases: what the provider says, and whether the user has proven the address here. */
  async function faultsOfAddresses(links: boolean, options: SocialSiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    for (const { here, there, mayLink } of CASES) {
      const social = { providers: [], linkProvenAddresses: links }
      const site = await socialSite(issuer, { login: { emailMustBeVerified: false }, social, ...options })
      const owner = here
        ? (await site.addUser('vic')).user
        : (await site.auth.register({ username: 'vic', email: 'vic@example.org', password: PASSWORD })).user
      const told = { email_verified: there } as { email_verified: boolean }
      await site.tryToEnter({ sub: 'mallory', email: 'VIC@example.org', ...told })
      const isLinked = (await site.ownerOf('mallory')) === owner.id
      const what = `proven here ${here}, there ${there}`
      must(isLinked === (links && mayLink), `${what}: ${isLinked ? 'is in' : 'is not in'}`)
    }
    return complaints
  }

  it('row 160: never comes in by it', async () => {
    expect(await faultsOfAddresses(false)).toEqual(HOLDS)
  })

  it('row 160: comes in by it only where the site says so and both sides have proven it', async () => {
    expect(await faultsOfAddresses(true)).toEqual(HOLDS)
  })

  it('row 160: control: a provider that vouches for everything is noticed', async () => {
    const faults = await faultsOfAddresses(true, { wrapProvider: vouching })
    expect(faults).toEqual(['proven here true, there false: is in', 'proven here true, there undefined: is in'])
  })

  it('row 160: control: a store that takes every address for proven is noticed', async () => {
    const faults = await faultsOfAddresses(true, { wrapStore: takingAddressesForProven })
    expect(faults).toEqual(['proven here false, there true: is in'])
  })

  const LOOK_ALIKES = [
    'm\u0131ke@corp.example',
    'mi\u212ae@corp.example',
    'ｍike@corp.example',
    'mike\u200b@corp.example',
    'mike＠corp.example',
    'mike@corp．example',
    'mike@corp\u3002example',
    'mike@cørp.example',
    'mike@соrp.example',
    'mike@corp.example.',
    'mike@corp.example\u0000',
    '"mike"@corp.example',
    'mike(x)@corp.example',
    '<mike@corp.example>',
    'mike@corp.example,mallory@evil.example',
    'mallory@evil.example,mike@corp.example',
    ' mike@corp.example',
    'mike@evil@corp.example',
  ]

  async function faultsOfLookAlikes(options: SocialSiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await socialSite(issuer, { social: LINKING, ...options })
    const { user } = await site.addUser('mike', { email: 'mike@corp.example' })
    for (const [index, email] of LOOK_ALIKES.entries()) {
      const sub = `mallory-${index}`
      await site.tryToEnter({ sub, email, email_verified: true })
      must((await site.ownerOf(sub)) !== user.id, `${JSON.stringify(email)} is in`)
    }
    return complaints
  }

  it('row 160: is not taken for the owner for an address that only looks like it', async () => {
    expect(await faultsOfLookAlikes()).toEqual(HOLDS)
  })

  it('row 160: control: a provider that folds addresses before it tells them is noticed', async () => {
    const folding = ({ email }: ProvenIdentity) => ({
      email: (email ?? '').normalize('NFKC').toUpperCase().toLowerCase().trim(),
    })
    const faults = await faultsOfLookAlikes({ wrapProvider: (factory) => telling(factory, folding) })
    expect(faults).toEqual(saying('"mıke@corp.example" is in'))
  })
})

describe('row 161: two people of the provider who are alike in all but the subject', () => {
  const ALIKE = { preferred_username: 'ann', name: 'Ann', email_verified: true }
  const SUBJECTS = ['abc', 'ABC', 'Abc', 'ａbc', 'abc.', 'ab\u0063\u0327', 'ab\u00e7', '7', '07', 'sub:abc', 'toString']

  async function faultsOfKeys(options: SocialSiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await socialSite(issuer, options)
    const found = new Map<unknown, string>()
    for (const [index, sub] of SUBJECTS.entries()) {
      const { user } = await site.enter({ ...ALIKE, sub, email: `ann-${index}@example.org` })
      must(!found.has(user.id), `${sub} is ${found.get(user.id)}`)
      found.set(user.id, sub)
      const again = await site.enter({ ...ALIKE, sub, email: 'other@example.org', preferred_username: 'other' })
      must(again.user.id === user.id, `${sub} is somebody else the next time`)
    }
    return complaints
  }

  it('row 161: are two people here, byte for byte, and stay who they are', async () => {
    expect(await faultsOfKeys()).toEqual(HOLDS)
  })

  it('row 161: control: a provider that names people by their login is noticed', async () => {
    const byLogin = ({ usernameHint }: ProvenIdentity) => ({ subject: usernameHint ?? '' })
    const faults = await faultsOfKeys({ wrapProvider: (factory) => telling(factory, byLogin) })
    expect(faults).toEqual(saying('ABC is abc'))
    expect(faults).toEqual(saying('abc is somebody else the next time'))
  })

  it('row 161: control: a store that forgives letters is noticed', async () => {
    expect(await faultsOfKeys({ wrapStore: findingInAnyLetters })).toEqual(saying('ABC is abc'))
  })

  it('row 161: are two people at two providers with one subject', async () => {
    const [one, two] = [sampleProvider('one'), sampleProvider('two')]
    const site = await openSite({ social: { providers: [one.factory, two.factory] } })
    await site.auth.migrate()
    const ids = [one, two].map(async (provider, index) => {
      const email = `ann-${index}@example.org`
      const accessToken = provider.tokenFor({ subject: '4711', email, emailVerified: true })
      const { user } = await site.auth.socialLogin({ provider: index === 0 ? 'one' : 'two', accessToken })
      return user.id
    })
    expect(new Set(await Promise.all(ids)).size).toBe(2)
  })
})

describe('row 162: people of whom the provider tells less', () => {
  async function faultsOfMissing(options: SocialSiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await socialSite(issuer, { user: { email: 'optional' }, ...options })
    const users = new Map<unknown, string>()
    for (const [sub, email] of Object.entries({ a: undefined, b: null, c: '', d: 'not an address', e: 'null' })) {
      const { user } = await site.enter({ sub, email: email as string, email_verified: true })
      must(user.email === null, `${sub} has the address ${user.email}`)
      must(!users.has(user.id), `${sub} is ${users.get(user.id)}`)
      users.set(user.id, sub)
    }
    for (const sub of [undefined, null, '', ' ', 'undefined', 'null', 'NaN', '[object Object]', 0, 7, true, [], {}]) {
      const jti = JSON.stringify(sub)
      const code = await site.tryToEnter({ sub: sub as string, jti, email: 'x@example.org' })
      must(code === 'provider_refused', `the subject ${jti} ends with ${code}`)
    }
    return complaints
  }

  it('row 162: are somebody each without an address, and nobody without a subject', async () => {
    expect(await faultsOfMissing()).toEqual(HOLDS)
  })

  it('row 162: control: a provider that makes a text of what is missing is noticed', async () => {
    const faults = await faultsOfMissing({ wrapProvider: takingTokensAtTheirWord })
    expect(faults).toEqual(saying('the subject 0 ends with null'))
  })

  it('row 162: control: a provider that has one name for all is noticed', async () => {
    const faults = await faultsOfMissing({ wrapProvider: (factory) => telling(factory, () => ({ subject: 'x' })) })
    expect(faults).toEqual(saying('b is a'))
  })
})

describe('row 164: somebody who may not come in', () => {
  const ANN = { sub: 'ann', email: 'ann@example.org', email_verified: true, preferred_username: 'annlee' }

  type Site = Awaited<ReturnType<typeof socialSite>>

  /** What stands in the way; each begins with a user who could come in. */
  const obstacles: Readonly<Record<string, (site: Site) => Promise<unknown>>> = {
    async disabled(site) {
      const { user } = await site.enter(ANN)
      return site.auth.setStatus({ userId: user.id, status: 'disabled' })
    },
    async 'with an address that is to be confirmed again'(site) {
      const { user } = await site.enter(ANN)
      return site.store.users.update(user.id, { email: 'new@example.org', emailVerifiedAt: null })
    },
    async pending(site) {
      const { user } = await site.enter(ANN)
      return site.store.users.update(user.id, { email: 'new@example.org', emailVerifiedAt: null, status: 'pending' })
    },
  }

  async function faultsOfAdmitting(obstacle: string, options: SocialSiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await socialSite(issuer, options)
    await obstacles[obstacle]?.(site)
    const before = await site.auth.findUser('annlee')
    const code = await site.tryToEnter(ANN)
    must(code === 'invalid_credentials' || code === 'email_not_verified', `ends with ${code}`)
    const [attempt] = await site.auth.listAttempts({ scope: 'all', filter: { limit: 1 } })
    must(attempt?.outcome !== 'success', 'the log has a success')
    const after = await site.auth.findUser('annlee')
    must(after?.status === before?.status, `the status is ${after?.status} now`)
    must(after?.emailVerifiedAt?.getTime() === before?.emailVerifiedAt?.getTime(), 'the address is proven now')
    return complaints
  }

  it.each(Object.keys(obstacles))('row 164: is refused, and nothing changes: %s', async (obstacle) => {
    expect(await faultsOfAdmitting(obstacle)).toEqual(HOLDS)
  })

  it.each(Object.keys(obstacles))(
    'row 164: control: a store that finds everybody active is noticed: %s',
    async (obstacle) => {
      const faults = await faultsOfAdmitting(obstacle, { wrapStore: blindToStatusOfIdentities })
      expect(faults).toEqual(saying('the log has a success'))
    },
  )

  it('row 164: is refused by the application’s hook, and as somebody of another Workspace', async () => {
    const hooks = { beforeLogin: () => ({ refuse: 'Closed.' }) }
    expect(await (await socialSite(issuer, { hooks })).tryToEnter(ANN)).toBe('refused_by_hook')
    const workspace = (hostedDomain?: string) =>
      google({
        clientId: 'shop',
        clientSecret: 'sesame',
        issuer: issuer.server.origin,
        ...(hostedDomain === undefined ? {} : { hostedDomain }),
      })
    const enterFrom = async (hd: string | undefined, hostedDomain?: string) => {
      const social = { providers: [workspace(hostedDomain)] }
      const site = await openSite({ environment: 'development', social })
      await site.auth.migrate()
      const idToken = await issuer.idToken({ ...ANN, hd })
      return refusalOf(site.auth.socialLogin({ provider: 'google', idToken }))
    }
    for (const hd of [undefined, '', 'evil.example', 'corp.example.evil.example', 'CORP.example']) {
      expect([hd, await enterFrom(hd, 'corp.example')]).toEqual([hd, 'provider_refused'])
    }
    expect(await enterFrom('corp.example', 'corp.example')).toBeNull()
    // Control: without the option anybody comes in.
    expect(await enterFrom('evil.example')).toBeNull()
  })

  it('row 164: neither gets past a lock of the password nor makes one', async () => {
    const site = await socialSite(issuer)
    const { issued } = await site.enter(ANN)
    await site.auth.requestPasswordReset({ email: ANN.email })
    await site.auth.confirmPasswordReset({ code: await site.codeFor(ANN.email), newPassword: PASSWORD })
    expect(await refusalOf(site.auth.listIdentities({ actor: issued }))).toBe('token_invalid')
    const login = (password: string) => refusalOf(site.auth.login({ identifier: 'annlee', password }))
    for (let count = 0; count < 10; count += 1) {
      await refusalOf(site.auth.socialLogin({ provider: PROVIDER, idToken: 'bad' }))
    }
    expect(await login(PASSWORD)).toBeNull()
    for (let guess = 0; guess < 3; guess += 1) await login(`wrong ${guess}`)
    expect(await login(PASSWORD)).toBe('invalid_credentials')
    // The owner still comes in by the provider, and the password stays locked for whoever guesses it.
    expect(await site.tryToEnter(ANN)).toBeNull()
    expect(await login(PASSWORD)).toBe('invalid_credentials')
  })
})

describe('row 167: what a provider says besides', () => {
  const RIGHTS = { isStaff: true, isSuperuser: true, status: 'disabled', passwordHash: 'x', fields: { rank: 1 } }

  async function faultsOfClaims(options: SocialSiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await socialSite(issuer, options)
    const more = { ...RIGHTS, is_staff: true, is_superuser: true, groups: ['admin'], role: 'admin', id: 1 }
    const polluting = JSON.parse('{"__proto__":{"isStaff":true},"constructor":{"prototype":{"isStaff":true}}}')
    const claims = { ...more, sub: 'ann', email: 'ann@example.org', email_verified: true, preferred_username: 'ann' }
    await site.tryToEnter(Object.assign(polluting, claims, { picture: 'x'.repeat(4_000) }))
    const user = await site.auth.findUser('ann@example.org')
    must(user?.isStaff === false && user.isSuperuser === false, 'rights come from claims')
    must(user?.status === 'active', `the status is ${user?.status}`)
    must(({} as { isStaff?: boolean }).isStaff === undefined, 'the prototype of all objects is changed')
    const identities = user === null ? [] : await site.store.identities.listForUser(user.id)
    must(JSON.stringify(identities).length < 2_000, 'a long claim is kept')
    return complaints
  }

  const telltale = (factory: IdentityProviderFactory): IdentityProviderFactory =>
    telling(factory, () => ({ extraData: RIGHTS }))

  it('row 167: gives nobody a right', async () => {
    expect(await faultsOfClaims()).toEqual(HOLDS)
    expect(await faultsOfClaims({ wrapProvider: telltale })).toEqual(HOLDS)
  })

  it('row 167: control: a store that writes claims into users is noticed', async () => {
    const faults = await faultsOfClaims({ wrapProvider: telltale, wrapStore: copyingClaims })
    expect(faults).toEqual(saying('rights come from claims'))
  })

  const SCRIPT = '<script>alert(1)</script>'

  async function faultsOfErrors(wrapProvider?: NonNullable<SocialSiteOptions['wrapProvider']>): Promise<Complaints> {
    const { must, complaints } = judgement()
    const lines: string[] = []
    const write = (...line: unknown[]): void => void lines.push(JSON.stringify(line))
    const logger = { debug: write, info: write, warn: write, error: write }
    const site = await socialSite(issuer, { logger, ...(wrapProvider ? { wrapProvider } : {}) })
    for (const error of ['access_denied', SCRIPT, 'server_error']) {
      const { url, pending } = await site.auth.beginSocialLogin({ provider: PROVIDER })
      const state = new URL(url).searchParams.get('state') ?? ''
      const params = new URLSearchParams({ state, error, error_description: SCRIPT, error_uri: `https://x/${SCRIPT}` })
      const thrown = await site.auth
        .finishSocialLogin({ provider: PROVIDER, params, pending })
        .catch((caught: Error) => caught)
      must(thrown instanceof Error && 'code' in thrown, 'it is no refusal')
      must(!JSON.stringify([thrown, String(thrown)]).includes('script'), 'the refusal holds the text')
    }
    must(!lines.join('').includes('script'), 'the log holds the text')
    must(lines.length >= 3, 'the operator is told nothing')
    return complaints
  }

  it('row 167: is told on in codes, never in its words', async () => {
    expect(await faultsOfErrors()).toEqual(HOLDS)
  })

  it('row 167: control: a provider that passes its words on is noticed', async () => {
    const faults = await faultsOfErrors((factory) => (tools) => ({
      ...factory(tools),
      async finish({ params }) {
        throw new IdentityProviderError('denied_by_user', params.get('error_description'))
      },
    }))
    expect(faults).toEqual(['the log holds the text'])
  })
})

describe('row 62: a provider that fails', () => {
  const FAILURES: readonly (() => unknown)[] = [
    () => Promise.reject(new Error('broken')),
    () => Promise.reject(new TypeError('broken')),
    () => Promise.reject('broken'),
    () => {
      throw new Error('broken at once')
    },
    () => undefined,
    () => null,
    () => ({}),
    () => true,
    () => ({ subject: null, email: 'ann@example.org', emailVerified: true }),
    () => ({ subject: ['ann'], email: 'ann@example.org', emailVerified: true }),
    () => Promise.reject(new IdentityProviderError('unreachable')),
    () => Promise.reject(new IdentityProviderError('malformed_answer')),
    () => Promise.reject(new IdentityProviderError('misconfigured')),
  ]

  async function faultsOfFailing(failures: readonly (() => unknown)[]): Promise<Complaints> {
    const { must, complaints } = judgement()
    for (const [index, fail] of failures.entries()) {
      const wrapProvider: NonNullable<SocialSiteOptions['wrapProvider']> = (factory) => (tools) => ({
        ...factory(tools),
        verify: async () => fail() as ProvenIdentity,
      })
      const site = await socialSite(issuer, { wrapProvider })
      must((await refusalOf(site.enter({ sub: 'ann' }))) !== null, `${index} lets in`)
      must((await site.store.users.list({ after: null, limit: 9 })).length === 0, `${index} makes a user`)
    }
    return complaints
  }

  it('row 62: lets nobody in, however it fails', async () => {
    expect(await faultsOfFailing(FAILURES)).toEqual(HOLDS)
  })

  it('row 62: control: one that names somebody when it should fail is noticed', async () => {
    const ann = { subject: 'ann', email: 'ann@example.org', emailVerified: true }
    expect(await faultsOfFailing([() => ann])).toEqual(['0 lets in', '0 makes a user'])
  })
})

describe('row 63: many log-ins over two providers at once', () => {
  async function faultsOfMingling(wrap: (provider: SampleProvider) => IdentityProviderFactory): Promise<Complaints> {
    const { must, complaints } = judgement()
    const providers = { one: sampleProvider('one'), two: sampleProvider('two') }
    const site = await openSite({ social: { providers: Object.values(providers).map(wrap) } })
    await site.auth.migrate()
    const people = Object.entries(providers).flatMap(([provider, peer]) =>
      Array.from({ length: 25 }, (_, index) => {
        const name = `${provider}-${index}`
        const person = { subject: name, email: `${name}@example.org`, emailVerified: true, usernameHint: name }
        return { provider, name, accessToken: peer.tokenFor(person) }
      }),
    )
    for (let round = 0; round < 4; round += 1) {
      const ends = await Promise.all(
        people.map(({ provider, accessToken }) => site.auth.socialLogin({ provider, accessToken })),
      )
      for (const [index, { user, issued }] of ends.entries()) {
        const { name = '' } = people[index] ?? {}
        must(user.username === name && issued.session.userId === user.id, `${name} is ${user.username}`)
      }
    }
    return complaints
  }

  it('row 63: end with everybody as themselves', async () => {
    expect(await faultsOfMingling(({ factory }) => factory)).toEqual(HOLDS)
  })

  it('row 63: control: a provider that keeps a log-in to itself is noticed', async () => {
    let last = ''
    const sharing =
      ({ factory }: SampleProvider): IdentityProviderFactory =>
      (tools) => {
        const provider = factory(tools)
        return {
          ...provider,
          async verify(proof) {
            last = proof.accessToken ?? ''
            await new Promise((resolve) => setTimeout(resolve, 1))
            return provider.verify({ ...proof, accessToken: last }).catch(() => provider.verify(proof))
          },
        }
      }
    expect(await faultsOfMingling(sharing)).not.toEqual(HOLDS)
  })
})
