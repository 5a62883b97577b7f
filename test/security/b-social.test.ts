/** Section B of the attack table, as far as providers are concerned: what somebody prepared before the owner came. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../support/accounts.ts'
import { type StubIssuer, stubIssuer } from '../support/stub-issuer.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { keepingSquatters, mergingByAddress } from './support/identity-stand-ins.ts'
import { closeSites, OTHER_PASSWORD, PASSWORD } from './support/open-site.ts'
import { telling } from './support/provider-stand-ins.ts'
import { PROVIDER, type SocialSite, type SocialSiteOptions, socialSite } from './support/social-site.ts'
import { forgetting } from './support/store-stand-ins.ts'

const OWNER = 'owner@example.org'

/** The owner of the mailbox, vouched for by the provider. */
const PROVEN = { sub: 'owner', email: OWNER, email_verified: true }

/** Somebody who wrote the owner's address into an account of their own over there. */
const CLAIMED = { sub: 'mallory', email: OWNER, email_verified: false }

/** Somebody with an address of their own. */
const MALLORY = { sub: 'mallory', email: 'mallory@evil.example', email_verified: true }

let issuer: StubIssuer

beforeAll(async () => {
  issuer = await stubIssuer()
})
afterEach(closeSites)
afterAll(() => issuer.server.close())

const callerOf = ({ session }: { readonly session: { readonly id: string } }) => ({
  actor: { session: { id: session.id } },
})

async function resetAsOwner(site: SocialSite): Promise<void> {
  await site.auth.requestPasswordReset({ email: OWNER })
  await site.auth.confirmPasswordReset({ code: await site.codeFor(OWNER), newPassword: PASSWORD })
}

describe('row 25: where nobody can register', () => {
  async function faultsOfSideDoors(options: SocialSiteOptions): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await socialSite(issuer, options)
    const code = await site.tryToEnter(PROVEN)
    must(code === 'registration_closed', `an ID token ends with ${code}`)
    for (const challenge of [undefined, 'A'.repeat(43)]) {
      const begun = await site.auth.beginSocialLogin({ provider: PROVIDER, ...(challenge ? { challenge } : {}) })
      const asked = new URL(begun.url).searchParams
      issuer.grant({ ...PROVEN, nonce: asked.get('nonce') ?? '' })
      const params = new URLSearchParams({ code: 'any', state: asked.get('state') ?? '' })
      const input = { provider: PROVIDER, params, pending: begun.pending }
      const end = await refusalOf(site.auth.finishSocialLogin(input))
      must(end === 'registration_closed', `a callback ends with ${end}`)
    }
    const users = await site.store.users.list({ after: null, limit: 9 })
    must(users.length === 0, `there are ${users.length} users`)
    return complaints
  }

  it('row 25: a provider makes no user either, by token, by callback or for a hand-over', async () => {
    expect(await faultsOfSideDoors({ registration: { open: false } })).toEqual(HOLDS)
  })

  it('row 25: control: a site that is open is noticed', async () => {
    expect(await faultsOfSideDoors({ registration: { open: true } })).toEqual(saying('1 users'))
  })
})

describe('row 33: an address that a provider only claims', () => {
  async function faultsOfSquatting(options: SocialSiteOptions): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await socialSite(issuer, options)
    must((await site.tryToEnter(CLAIMED)) === 'email_not_verified', 'the claim lets in')
    site.mailer.clear()
    await site.auth.register({ username: 'oona', email: OWNER, password: PASSWORD })
    const code = await site.codeFor(OWNER).catch(() => null)
    must(code !== null, 'the owner gets no link')
    if (code !== null) await site.auth.activate({ code })
    must((await refusalOf(site.auth.login({ identifier: 'oona', password: PASSWORD }))) === null, 'the owner is out')
    must((await site.ownerOf('mallory')) === null, 'the claim has stayed')
    must((await site.tryToEnter(CLAIMED)) !== null, 'the claim lets in after all')
    return complaints
  }

  it('row 33: blocks nobody: who registers it gets a link, and the claim is gone', async () => {
    expect(await faultsOfSquatting({})).toEqual(HOLDS)
  })

  it('row 33: control: a store that keeps it for the squatter is noticed', async () => {
    expect(await faultsOfSquatting({ wrapStore: keepingSquatters })).toEqual(saying('the owner is out'))
  })
})

describe('row 34: the owner comes by a provider after somebody has registered the address with a password', () => {
  async function faultsOfMerging(emailMustBeVerified: boolean, options: SocialSiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await socialSite(issuer, { login: { emailMustBeVerified }, lockout: { maxFailures: 99 }, ...options })
    await site.auth.register({ username: 'mallory', email: OWNER, password: OTHER_PASSWORD })
    const login = (carrier: 'token' | 'jwt' | 'cookie', identifier = 'mallory') =>
      site.auth.login({ identifier, password: OTHER_PASSWORD, carrier }).catch(() => null)
    const early = [await login('token'), await login('jwt'), await login('cookie')]
    const end = await site.tryToEnter(PROVEN)
    must(end === (emailMustBeVerified ? null : 'email_in_use'), `the owner is told ${end}`)
    const owners = await site.ownerOf('owner')
    const shares = (id: unknown): boolean => owners !== null && id === owners
    for (const identifier of ['mallory', OWNER]) {
      must(!shares((await login('token', identifier))?.user.id), `the password opens the account for ${identifier}`)
    }
    for (const loggedIn of early) {
      if (loggedIn === null) continue
      const { session } = loggedIn.issued
      const active = await site.store.sessions.find({ id: session.id })
      must(!shares(active?.user.id), `the ${session.carrier} opens the account`)
    }
    return complaints
  }

  it('row 34: and gets an account of their own, where nobody had confirmed the address', async () => {
    expect(await faultsOfMerging(true)).toEqual(HOLDS)
  })

  it('row 34: and is put into nobody’s account, where addresses need no proof', async () => {
    expect(await faultsOfMerging(false)).toEqual(HOLDS)
  })

  it('row 34: not even where proven addresses are linked', async () => {
    const social = { providers: [], linkProvenAddresses: true }
    expect(await faultsOfMerging(true, { social })).toEqual(HOLDS)
    expect(await faultsOfMerging(false, { social })).toEqual(HOLDS)
  })

  it('row 34: control: a store that merges by the address is noticed', async () => {
    const merging = { wrapStore: mergingByAddress }
    expect(await faultsOfMerging(true, merging)).toEqual(saying('the password opens the account'))
    expect(await faultsOfMerging(false, merging)).toEqual(saying('the jwt opens the account'))
  })
})

describe('row 36: a provider that somebody else has connected', () => {
  /** How mallory's identity came to an account that the owner of the mailbox then takes over. */
  const stories: Readonly<Record<string, (site: SocialSite) => Promise<void>>> = {
    async 'to an account with the owner’s address, which nobody had proven'(site) {
      await site.auth.register({ username: 'mallory', email: OWNER, password: OTHER_PASSWORD })
      const { issued } = await site.auth.login({ identifier: 'mallory', password: OTHER_PASSWORD })
      await site.auth.socialConnect({ provider: PROVIDER, idToken: await issuer.idToken(MALLORY) }, callerOf(issued))
      await resetAsOwner(site)
    },
    async 'by making the account, before anybody had proven the address'(site) {
      await site.tryToEnter(CLAIMED)
      await resetAsOwner(site)
    },
    async 'by getting between the owner’s registration and the owner’s press on a link'(site) {
      await site.auth.register({ username: 'oona', email: OWNER, password: PASSWORD })
      await site.tryToEnter(CLAIMED)
      // The owner waits for a mail, and here is the newest one.
      site.clock.advance({ minutes: 1 })
      await site.auth.activate({ code: await site.codeFor(OWNER) })
      await resetAsOwner(site)
    },
    async 'in the same way, with a second one connected from inside'(site) {
      await site.tryToEnter(CLAIMED)
      site.clock.advance({ minutes: 1 })
      await site.auth.activate({ code: await site.codeFor(OWNER) })
      const { issued } = await site.enter(CLAIMED)
      site.clock.advance({ minutes: 1 })
      const second = { ...MALLORY, sub: 'mallory-2' }
      await site.auth.socialConnect({ provider: PROVIDER, idToken: await issuer.idToken(second) }, callerOf(issued))
      site.clock.advance({ minutes: 1 })
      await resetAsOwner(site)
    },
    async 'in the same way, with a first password set from inside'(site) {
      await site.tryToEnter(CLAIMED)
      site.clock.advance({ minutes: 1 })
      await site.auth.activate({ code: await site.codeFor(OWNER) })
      const { issued } = await site.enter(CLAIMED)
      const first = { newPassword: OTHER_PASSWORD, dangerouslyWithoutCurrentPassword: true } as const
      await site.auth.changePassword(first, callerOf(issued))
      await resetAsOwner(site)
    },
    async 'to a stolen account whose address was changed, which the owner undoes'(site) {
      await site.addUser('owner', { email: OWNER, password: OTHER_PASSWORD })
      const { issued } = await site.auth.login({ identifier: 'owner', password: OTHER_PASSWORD })
      const caller = callerOf(issued)
      await site.auth.socialConnect({ provider: PROVIDER, idToken: await issuer.idToken(MALLORY) }, caller)
      await site.auth.changeEmail({ newEmail: 'mallory@evil.example', currentPassword: OTHER_PASSWORD }, caller)
      await site.auth.confirmEmailChange({ code: await site.codeFor('mallory@evil.example') })
      await site.auth.cancelEmailChange({ code: await site.codeFor(OWNER) })
    },
  }

  async function faultsOfTrojans(story: string, options: SocialSiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const emailMustBeVerified = !story.startsWith('to an account')
    const site = await socialSite(issuer, { login: { emailMustBeVerified }, ...options })
    await stories[story]?.(site)
    const owner = await site.auth.findUser(OWNER)
    for (const sub of ['mallory', 'mallory-2']) {
      await site.tryToEnter({ ...CLAIMED, sub })
      must(owner === null || (await site.ownerOf(sub)) !== owner.id, `${sub} comes into the owner’s account`)
    }
    return complaints
  }

  it.each(Object.keys(stories))('row 36: is gone once the owner recovers the account: connected %s', async (story) => {
    expect(await faultsOfTrojans(story)).toEqual(HOLDS)
  })

  it.each(Object.keys(stories))('row 36: control: a store that forgets to remove it is noticed: %s', async (story) => {
    const faults = await faultsOfTrojans(story, { wrapStore: forgetting('removeIdentities') })
    expect(faults).toEqual(saying('mallory comes into the owner’s account'))
  })

  it('row 36: stays where the provider itself had vouched for the mailbox, once and again', async () => {
    const site = await socialSite(issuer)
    const { user } = await site.enter(PROVEN)
    for (let round = 0; round < 2; round += 1) {
      site.clock.advance({ minutes: 1 })
      await resetAsOwner(site)
      expect((await site.enter(PROVEN)).user.id).toBe(user.id)
    }
  })

  it('row 36: stays where the owner has changed the address since', async () => {
    const site = await socialSite(issuer)
    const first = { ...PROVEN, email: 'before@example.org' }
    const { user } = await site.enter(first)
    await site.auth.setPassword({ userId: user.id, newPassword: OTHER_PASSWORD, passwordCheck: 'enforced' })
    const { issued } = await site.auth.login({ identifier: first.email, password: OTHER_PASSWORD })
    site.clock.advance({ minutes: 1 })
    await site.auth.changeEmail({ newEmail: OWNER, currentPassword: OTHER_PASSWORD }, callerOf(issued))
    await site.auth.confirmEmailChange({ code: await site.codeFor(OWNER) })
    await resetAsOwner(site)
    expect((await site.enter(first)).user.id).toBe(user.id)
  })
})

describe('row 38: an address that the provider does not vouch for', () => {
  const WORDS: readonly unknown[] = [false, undefined, null, 'false', 'true', 'True', 0, 1, '1', [true], { is: true }]

  async function faultsOfBelieving(options: SocialSiteOptions): Promise<Complaints> {
    const { must, complaints } = judgement()
    // The most that can be gained by an address: an account that links by it.
    const social = { providers: [], linkProvenAddresses: true }
    const site = await socialSite(issuer, { social, ...options })
    const owner = await site.addUser('owner', { email: OWNER })
    for (const [index, word] of WORDS.entries()) {
      const told = { email_verified: word } as { email_verified: boolean }
      const sub = `mallory-${index}`
      await site.tryToEnter({ sub, email: OWNER, ...told })
      must((await site.ownerOf(sub)) !== owner.user.id, `${JSON.stringify(word)} links`)
      await site.tryToEnter({ sub: `new-${index}`, email: `new-${index}@example.org`, ...told })
      const made = await site.auth.findUser(`new-${index}@example.org`)
      must(made?.emailVerifiedAt === null, `${JSON.stringify(word)} proves`)
    }
    return complaints
  }

  it('row 38: links nobody and proves nothing, whatever stands in the place of true', async () => {
    expect(await faultsOfBelieving({})).toEqual(HOLDS)
  })

  it('row 38: control: a provider that vouches for every address is noticed', async () => {
    const faults = await faultsOfBelieving({
      wrapProvider: (factory) => telling(factory, () => ({ emailVerified: true })),
    })
    expect(faults).toHaveLength(2 * WORDS.length)
  })
})
