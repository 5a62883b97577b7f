/** Section F of the attack table: taking a provider away. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../src/auth.ts'
import { refusalOf } from '../support/accounts.ts'
import { type StubIssuer, stubIssuer } from '../support/stub-issuer.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { countingBeforeDeleting, deletingAnyIdentity } from './support/identity-stand-ins.ts'
import { closeSites } from './support/open-site.ts'
import { PROVIDER, type SocialSite, type SocialSiteOptions, socialSite } from './support/social-site.ts'

let issuer: StubIssuer

beforeAll(async () => {
  issuer = await stubIssuer()
})
afterEach(closeSites)
afterAll(() => issuer.server.close())

const personOf = (sub: string) => ({ sub, email: `${sub}@example.org`, email_verified: true })

/** Somebody who has nothing but so many identities. */
async function person(site: SocialSite, count: number): Promise<{ readonly caller: Caller; readonly ids: number[] }> {
  const { issued } = await site.enter(personOf('ann-0'))
  const caller = { actor: { session: { id: issued.session.id } } }
  for (let index = 1; index < count; index += 1) {
    const idToken = await issuer.idToken(personOf(`ann-${index}`))
    await site.auth.socialConnect({ provider: PROVIDER, idToken }, caller)
  }
  return { caller, ids: (await site.auth.listIdentities(caller)).map(({ id }) => id) }
}

describe('row 113: the last way to log in', () => {
  async function faultsOfRemoving(count: number, options: SocialSiteOptions = {}): Promise<Complaints> {
    const { must, complaints } = judgement()
    const site = await socialSite(issuer, options)
    const { caller, ids } = await person(site, count)
    const ends = await Promise.all(
      ids.map((identityId) => refusalOf(site.auth.socialDisconnect({ identityId }, caller))),
    )
    const refused = ends.filter((code) => code === 'last_way_in').length
    must(refused === 1, `${refused} of ${count} are refused`)
    const left = await site.auth.listIdentities(caller)
    must(left.length === 1, `${left.length} ways in are left`)
    must((await site.tryToEnter(personOf(left[0]?.subject ?? 'ann-0'))) === null, 'nobody comes in any more')
    return complaints
  }

  it.each([1, 2, 5])('row 113: stays, of %i that are taken away at the same moment', async (count) => {
    for (let round = 0; round < 5; round += 1) expect(await faultsOfRemoving(count)).toEqual(HOLDS)
  })

  it('row 113: control: a store that asks for nothing is noticed', async () => {
    expect(await faultsOfRemoving(1, { wrapStore: deletingAnyIdentity })).toEqual(saying('0 ways in are left'))
  })

  it('row 113: control: a store that counts first and deletes later is noticed', async () => {
    expect(await faultsOfRemoving(1, { wrapStore: countingBeforeDeleting })).toEqual(HOLDS)
    expect(await faultsOfRemoving(2, { wrapStore: countingBeforeDeleting })).toEqual(saying('0 of 2 are refused'))
  })

  it('row 113: is nobody else’s to take away', async () => {
    const site = await socialSite(issuer)
    const { ids } = await person(site, 2)
    const mallory = await site.enter(personOf('mallory'))
    const caller = { actor: { session: { id: mallory.issued.session.id } } }
    for (const identityId of ids) {
      expect(await refusalOf(site.auth.socialDisconnect({ identityId }, caller))).toBe('not_found')
    }
    expect(await site.tryToEnter(personOf('ann-0'))).toBeNull()
  })
})

describe('row 155: one identity and two users at the same moment', () => {
  it('row 155: becomes one user’s, and the other is told no more than that', async () => {
    const site = await socialSite(issuer)
    for (let round = 0; round < 10; round += 1) {
      const idToken = await issuer.idToken({ sub: `shared-${round}` })
      const callers: Caller[] = []
      for (const name of ['ann', 'bob']) {
        const { issued } = await site.enter(personOf(`${name}-${round}`))
        callers.push({ actor: { session: { id: issued.session.id } } })
      }
      const ends = await Promise.all(
        callers.map((caller) => refusalOf(site.auth.socialConnect({ provider: PROVIDER, idToken }, caller))),
      )
      expect(new Set(ends)).toEqual(new Set(['identity_taken', null]))
    }
  })
})
