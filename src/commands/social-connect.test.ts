import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { type SampleProvider, sampleProvider } from '../../test/support/sample-provider.ts'
import { type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import type { Caller } from '../auth.ts'
import type { AuthOptions } from '../create-auth.ts'
import type { IdentityInfo } from '../model/identity.ts'

let provider: SampleProvider
let site: TestAuth

async function open(options: Partial<AuthOptions> = {}): Promise<void> {
  site = testAuth({ ...options, social: { providers: [provider.factory] } })
  await site.auth.migrate()
}

beforeEach(async () => {
  provider = sampleProvider()
  await open()
})
afterEach(() => site.auth.close())

const callerOf = (issued: { readonly session: { readonly id: string } }): Caller => ({
  actor: { session: { id: issued.session.id } },
})

/** Registers, activates, logs in. */
async function member(name = 'ann'): Promise<Caller> {
  await activeUser(site, name)
  return callerOf((await logIn(site.auth, name)).issued)
}

const connect = (caller: Caller, subject = '4711'): Promise<IdentityInfo> => {
  const person = { subject, email: 'other@example.net', emailVerified: false }
  return site.auth.socialConnect({ provider: 'sample', accessToken: provider.tokenFor(person) }, caller)
}

const enter = (subject = '4711') =>
  site.auth.socialLogin({ provider: 'sample', accessToken: provider.tokenFor({ subject }) })

/** Somebody who has nothing but a provider to come in by. */
const newcomer = async (subject: string): Promise<Caller> => {
  const person = { subject, email: `${subject}@example.org`, emailVerified: true, usernameHint: subject }
  const accessToken = provider.tokenFor(person)
  return callerOf((await site.auth.socialLogin({ provider: 'sample', accessToken })).issued)
}

describe('connecting a provider', () => {
  it('lets the user in by it from then on, and copies no address', async () => {
    const caller = await member()
    const identity = await connect(caller)
    expect(identity).toMatchObject({ provider: 'sample', subject: '4711', email: 'other@example.net' })
    expect(identity).not.toHaveProperty('sealedTokens')
    expect(await site.auth.listIdentities(caller)).toEqual([identity])
    expect((await enter()).user).toMatchObject({ username: 'ann', email: 'ann@example.org' })
  })

  it('changes nothing the second time, whether one after the other or at once', async () => {
    const caller = await member()
    const first = await connect(caller)
    const more = await Promise.all(Array.from({ length: 5 }, () => connect(caller)))
    for (const one of more) expect(one).toEqual(first)
    expect(await site.auth.listIdentities(caller)).toHaveLength(1)
  })

  it('never moves what another user connected, and tells nothing of whose it is', async () => {
    const ann = await member()
    await connect(ann)
    const bob = await member('bob')
    await expect(connect(bob)).rejects.toMatchObject({ code: 'identity_taken', details: {} })
    expect(await site.auth.listIdentities(bob)).toEqual([])
    expect((await enter()).user.username).toBe('ann')
  })

  it('goes to one of two users who ask at the same moment', async () => {
    const callers = [await member(), await member('bob')]
    const results = await Promise.allSettled(callers.map((caller) => connect(caller)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const lists = await Promise.all(callers.map((caller) => site.auth.listIdentities(caller)))
    expect(lists.flat()).toHaveLength(1)
  })

  it('needs somebody who is logged in, and a proof that is good', async () => {
    expect(await refusalOf(connect({}))).toBe('not_authenticated')
    expect(await refusalOf(site.auth.listIdentities({}))).toBe('not_authenticated')
    const caller = await member()
    const bad = { provider: 'sample', accessToken: 'unknown' }
    expect(await refusalOf(site.auth.socialConnect(bad, caller))).toBe('provider_refused')
    expect(await refusalOf(site.auth.socialConnect({ provider: 'other', accessToken: 'x' }, caller))).toBe('not_found')
    const stolen = { provider: 'sample', accessToken: provider.tokenFor({ subject: '1' }, 'another-app') }
    expect(await refusalOf(site.auth.socialConnect(stolen, caller))).toBe('provider_refused')
    const attempts = await site.auth.listAttempts({ scope: 'all', filter: { limit: 2 } })
    expect(attempts.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['social-connect', 'refused'],
      ['social-connect', 'refused'],
    ])
    expect(await site.auth.listIdentities(caller)).toEqual([])
  })
})

describe('disconnecting a provider', () => {
  it('ends the way in, and lets the provider be connected anew', async () => {
    const told: unknown[] = []
    await site.auth.close()
    await open({ events: { identityDisconnected: (event) => void told.push(event) } })
    const caller = await member()
    const { id } = await connect(caller)
    await site.auth.socialDisconnect({ identityId: String(id) }, caller)
    expect(await site.auth.listIdentities(caller)).toEqual([])
    expect(told).toMatchObject([{ identity: { id, provider: 'sample', subject: '4711' }, user: { username: 'ann' } }])
    expect(await refusalOf(site.auth.socialDisconnect({ identityId: id }, caller))).toBe('not_found')
    expect((await connect(caller)).id).toBeGreaterThan(id)
  })

  it('is for one’s own alone', async () => {
    const { id } = await connect(await member())
    const bob = await member('bob')
    for (const identityId of [
      id,
      id + 1,
      0,
      -1,
      1.5,
      Number.NaN,
      '',
      '1x',
      null,
      undefined,
      {},
      [id],
      '9'.repeat(99),
    ]) {
      const input = { identityId: identityId as number }
      expect(await refusalOf(site.auth.socialDisconnect(input, bob)), String(identityId)).toBe('not_found')
    }
    expect(await refusalOf(site.auth.socialDisconnect({ identityId: id }, {}))).toBe('not_authenticated')
    expect((await enter()).user.username).toBe('ann')
  })

  it('never takes the last way in, not even when all are taken at once (row 113)', async () => {
    const caller = await newcomer('zoe')
    const only = await site.auth.listIdentities(caller)
    expect(await refusalOf(site.auth.socialDisconnect({ identityId: only[0]?.id ?? 0 }, caller))).toBe('last_way_in')
    const ids = [only[0]?.id ?? 0, (await connect(caller, 'b')).id, (await connect(caller, 'c')).id]
    const ends = await Promise.all(
      ids.map((identityId) => refusalOf(site.auth.socialDisconnect({ identityId }, caller))),
    )
    expect(ends.filter((code) => code === 'last_way_in')).toHaveLength(1)
    expect(await site.auth.listIdentities(caller)).toHaveLength(1)
  })

  it('takes the last identity of a user who has a password', async () => {
    const caller = await newcomer('zoe')
    await site.auth.requestPasswordReset({ email: 'zoe@example.org' })
    const code = await newestCode(site, 'zoe@example.org')
    await site.auth.confirmPasswordReset({ code, newPassword: GOOD_PASSWORD })
    const fresh = callerOf((await logIn(site.auth, 'zoe')).issued)
    expect(await refusalOf(site.auth.listIdentities(caller))).toBe('token_invalid')
    const [identity] = await site.auth.listIdentities(fresh)
    await site.auth.socialDisconnect({ identityId: identity?.id ?? 0 }, fresh)
    expect(await site.auth.listIdentities(fresh)).toEqual([])
  })
})

describe('the owner of a mailbox who recovers an account', () => {
  it('is rid of every provider that was connected before anybody had proven the mailbox (row 36)', async () => {
    await site.auth.close()
    await open({ login: { emailMustBeVerified: false } })
    await site.auth.register({ username: 'evil', email: 'ann@example.org', password: GOOD_PASSWORD })
    await connect(callerOf((await logIn(site.auth, 'evil')).issued))
    await site.auth.requestPasswordReset({ email: 'ann@example.org' })
    const newPassword = 'quiet otter by the river'
    await site.auth.confirmPasswordReset({ code: await newestCode(site, 'ann@example.org'), newPassword })
    const { issued } = await logIn(site.auth, 'evil', newPassword)
    expect(await site.auth.listIdentities(callerOf(issued))).toEqual([])
    expect(await refusalOf(enter())).not.toBeNull()
  })

  it('keeps the providers of an account whose mailbox had been proven', async () => {
    const caller = await member()
    await connect(caller)
    await site.auth.requestPasswordReset({ email: 'ann@example.org' })
    const newPassword = 'quiet otter by the river'
    await site.auth.confirmPasswordReset({ code: await newestCode(site, 'ann@example.org'), newPassword })
    expect((await enter()).user.username).toBe('ann')
  })
})
