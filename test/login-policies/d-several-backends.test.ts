/** D7 and D15 of the contract about login policies: several backends beside each other. */
import { afterEach, describe, expect, it } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import type { AuthenticationBackend } from '../../src/contracts/authentication-backend.ts'
import { closeSites, OTHER_PASSWORD, PASSWORD } from '../security/support/open-site.ts'
import { byAddress, byName, judging, patient, siteWith } from './support/backends.ts'
import { addPerson, enter, evaluationsOf, REFUSED } from './support/people.ts'

afterEach(closeSites)

describe('several backends', () => {
  /** Takes what stands before the `@`. */
  const mailbox: AuthenticationBackend = {
    ...byAddress,
    name: 'mailbox',
    candidates: (identifier, { users, canonical }) =>
      users.findByIdentifier(canonical(`${identifier}@example.org`), ['email'], 1),
  }

  it('D7: are asked in their order, and the session says which one knew', async () => {
    const site = await siteWith([byName, byAddress])
    await addPerson(site, { username: 'ann' })
    expect(await enter(site, 'ann')).toBe('ann by names')
    expect(await enter(site, 'ann@example.org')).toBe('ann by addresses')
    const again = await siteWith([passwordBackend({ name: 'first', identifiers: ['email', 'username'] }), byName])
    await addPerson(again, { username: 'ann' })
    expect(await enter(again, 'ann')).toBe('ann by first')
  })

  it('D7: stop at the first that knows, and at one that refuses outright', async () => {
    const last = judging('unproven', 'last')
    const site = await siteWith([byName, last])
    await addPerson(site, { username: 'ann' })
    await enter(site, 'ann')
    expect(last.calls).toEqual([])
    await enter(site, 'ann', OTHER_PASSWORD)
    expect(last.calls).toEqual([{ identifier: 'ann', password: OTHER_PASSWORD }])
    const guarded = await siteWith([judging('refused'), byName])
    await addPerson(guarded, { username: 'ann' })
    expect(await enter(guarded, 'ann')).toBe(REFUSED)
  })

  it('D7: cost the same for every refusal, whichever of them ends it', async () => {
    const refusing: AuthenticationBackend = {
      ...judging('refused', 'guard'),
      authenticate: async ({ identifier }) => ({ outcome: identifier === 'barred' ? 'refused' : 'unproven' }),
    }
    const site = await siteWith([refusing, byName, byAddress])
    await addPerson(site, { username: 'ann' })
    await addPerson(site, { username: 'off', status: 'disabled' })
    await addPerson(site, { username: 'barred' })
    const wrong: readonly (readonly [string, string])[] = [
      ['ann', OTHER_PASSWORD],
      ['ann@example.org', OTHER_PASSWORD],
      ['nobody', PASSWORD],
      ['off', PASSWORD],
      ['off@example.org', PASSWORD],
      ['barred', PASSWORD],
    ]
    for (const [typed, password] of wrong) {
      expect(await evaluationsOf(site, () => enter(site, typed, password)), `${typed} ${password}`).toBe(3)
    }
  })

  it('D7: cost the same during a lock', async () => {
    const site = await siteWith([byName, byAddress], { lockout: { maxFailures: 3 } })
    await addPerson(site, { username: 'ann' })
    for (let guess = 0; guess < 4; guess += 1) {
      expect(await evaluationsOf(site, () => enter(site, 'ann', OTHER_PASSWORD)), `guess ${guess}`).toBe(2)
    }
    expect(await evaluationsOf(site, () => enter(site, 'ann'))).toBe(2)
  })

  it('D7: count a guess at two that a name means against both, and a right password forgives its owner alone', async () => {
    const site = await siteWith([byName, mailbox], { lockout: { maxFailures: 3 } })
    await addPerson(site, { username: 'ann', email: 'other@example.org' })
    await addPerson(site, { username: 'lee', email: 'ann@example.org', password: OTHER_PASSWORD })
    expect(await enter(site, 'ann', OTHER_PASSWORD)).toBe('lee by mailbox')
    expect(await enter(site, 'ann', 'a guess')).toBe(REFUSED)
    expect(await enter(site, 'ann', OTHER_PASSWORD)).toBe('lee by mailbox')
    // Three wrong ones for ann by now, whoever came in; what is tried of ann is none of lee's business.
    expect(await enter(site, 'ann')).toBe(REFUSED)
    expect(await enter(site, 'ann', OTHER_PASSWORD)).toBe('lee by mailbox')
    site.clock.advance({ minutes: 20 })
    expect(await enter(site, 'ann')).toBe('ann by names')
  })

  it('D7: leave the count of whom nothing was tried as it is', async () => {
    const site = await siteWith([byName, mailbox], { lockout: { maxFailures: 3 } })
    await addPerson(site, { username: 'ann', email: 'other@example.org' })
    await addPerson(site, { username: 'lee', email: 'ann@example.org', password: OTHER_PASSWORD })
    for (const guess of ['one', 'two']) await enter(site, 'ann', guess)
    // What ann types is right before lee is asked about, so it is neither a wrong guess at lee nor a reason to forget any.
    expect(await enter(site, 'ann')).toBe('ann by names')
    expect(await enter(site, 'lee', 'three')).toBe(REFUSED)
    expect(await enter(site, 'lee', OTHER_PASSWORD)).toBe(REFUSED)
    expect(await enter(site, 'ann')).toBe('ann by names')
  })

  it('D7: confirm the password of a session, too', async () => {
    const site = await siteWith([judging('unproven'), byName])
    await addPerson(site, { username: 'ann' })
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD })
    const change = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
    await site.auth.changePassword(change, { actor: issued })
    expect(await enter(site, 'ann', OTHER_PASSWORD)).toBe('ann by names')
  })

  it('D7: know where an attempt comes from', async () => {
    const fromHome: AuthenticationBackend = {
      ...byName,
      authenticate: async (credentials, candidates, tools) =>
        credentials.request.address === '198.51.100.1'
          ? { outcome: 'refused' }
          : byName.authenticate(credentials, candidates, tools),
    }
    const site = await siteWith([fromHome])
    await addPerson(site, { username: 'ann' })
    const body = { identifier: 'ann', password: PASSWORD }
    expect((await site.send('POST /login', { body, address: '198.51.100.1' })).status).toBe(401)
    expect((await site.send('POST /login', { body, address: '198.51.100.2' })).status).toBe(200)
  })
})

describe('log-ins at the same time', () => {
  it('D15: by name and by address have nothing to do with each other', async () => {
    const site = await siteWith([passwordBackend({ identifiers: ['username', 'email'] })], {
      lockout: { ...patient, maxWaitMilliseconds: 60_000 },
    })
    const names = ['ann', 'bob', 'cyd']
    for (const username of names) {
      await addPerson(site, { username, email: `${username}@example.org`, password: `${PASSWORD} ${username}` })
    }
    const tries = Array.from({ length: 60 }, (_, index) => {
      const name = names[index % 3] ?? ''
      return { name, typed: index % 2 === 0 ? name : `${name}@example.org`, isRight: index % 5 !== 0 }
    })
    const came = await Promise.all(
      tries.map(({ name, typed, isRight }) => enter(site, typed, isRight ? `${PASSWORD} ${name}` : OTHER_PASSWORD)),
    )
    expect(came).toEqual(tries.map(({ name, isRight }) => (isRight ? `${name} by password` : REFUSED)))
  })

  it('D15: by two backends with other rules leave each other’s rules alone', async () => {
    const strict = passwordBackend({
      name: 'strict',
      identifiers: ['email'],
      provenEmailOnly: true,
      exactCase: ['email'],
    })
    const site = await siteWith([byName, strict], { lockout: { ...patient, maxWaitMilliseconds: 60_000 } })
    await addPerson(site, { username: 'ann', email: 'Ann@example.org' })
    await addPerson(site, { username: 'bob', isProven: false })
    const expected: readonly (readonly [string, string])[] = [
      ['ANN', 'ann by names'],
      ['Ann@example.org', 'ann by strict'],
      ['ann@example.org', REFUSED],
      ['bob', 'bob by names'],
      ['bob@example.org', REFUSED],
    ]
    const rounds = Array.from({ length: 8 }, () => expected).flat()
    const came = await Promise.all(rounds.map(([typed]) => enter(site, typed)))
    expect(came).toEqual(rounds.map(([, outcome]) => outcome))
  })

  it('D15: find options that nobody can change any more', () => {
    const identifiers: ('username' | 'email')[] = ['username']
    const backend = passwordBackend({ identifiers })
    identifiers.push('email')
    expect(backend.identifiers).toEqual(['username'])
  })
})
