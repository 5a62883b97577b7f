import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../test/support/accounts.ts'
import { bearer, HOSTILE_VALUES, newMember } from '../../test/support/members.ts'
import { replacedStore } from '../../test/support/replaced-store.ts'
import { testAuth } from '../../test/support/test-auth.ts'
import { field } from '../model/declare-field.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

const newSite = (rateLimits = {}) =>
  testAuth({
    user: {
      fields: {
        city: field.text({ default: '' }),
        badge: field.text({ unique: true }),
        plan: field.text({ writable: false, default: 'free' }),
      },
    },
    rateLimits: { ...NO_RATE_LIMITS, ...rateLimits },
  })

describe('updateProfile', () => {
  it('changes the caller, and for staff another user', async () => {
    const site = newSite()
    const staff = await newMember(site, 'staff', { isStaff: true })
    const { user, caller } = await newMember(site, 'ann')
    await site.auth.updateProfile({ firstName: 'Ann', fields: { city: 'Bern' } }, caller)
    await site.auth.updateProfile({ userId: user.id, lastName: 'Example', fields: { badge: 'A1' } }, staff.caller)
    expect(await site.auth.findUser('ann')).toMatchObject({
      firstName: 'Ann',
      lastName: 'Example',
      fields: { city: 'Bern', badge: 'A1' },
    })
    expect(await site.auth.findUser('staff')).toMatchObject({ lastName: '' })
  })

  it('also changes users who are not active, but no rights and nothing that is not writable', async () => {
    const site = newSite()
    const staff = await newMember(site, 'staff', { isStaff: true })
    const { user } = await newMember(site, 'ann')
    await site.auth.setStatus({ userId: user.id, status: 'disabled' })
    const change = { userId: user.id, firstName: 'Ann', isStaff: true, isSuperuser: true, status: 'active' }
    expect(await site.auth.updateProfile(change, staff.caller)).toMatchObject({
      firstName: 'Ann',
      isStaff: false,
      isSuperuser: false,
      status: 'disabled',
    })
    const plan = { userId: user.id, fields: { plan: 'gold' } }
    expect(await refusalOf(site.auth.updateProfile(plan, staff.caller))).toBe('validation_failed')
    for (const name of ['isStaff', 'is_staff', 'passwordHash', '__proto__', 'constructor']) {
      const fields = JSON.parse(`{"${name}": true}`)
      expect(await refusalOf(site.auth.updateProfile({ userId: user.id, fields }, staff.caller))).toBe(
        'validation_failed',
      )
    }
  })

  it('lets nobody else change others, nor staff change superusers', async () => {
    const site = newSite()
    const ann = await newMember(site, 'ann')
    const bob = await newMember(site, 'bob', { isSuperuser: true })
    const staff = await newMember(site, 'staff', { isStaff: true })
    const root = await newMember(site, 'root2', { isStaff: true, isSuperuser: true })
    const change = (userId: typeof ann.user.id, { caller }: typeof ann) =>
      refusalOf(site.auth.updateProfile({ userId, firstName: 'Eve' }, caller))
    expect(await change(ann.user.id, bob)).toBe('forbidden')
    expect(await change(bob.user.id, staff)).toBe('forbidden')
    expect(await site.auth.findUser('ann')).toMatchObject({ firstName: '' })
    expect(await site.auth.findUser('bob')).toMatchObject({ firstName: '' })
    expect(await change(bob.user.id, root)).toBeNull()
  })

  it('counts what staff try against the one who tries', async () => {
    const site = newSite({ changesPerUser: { count: 2, perSeconds: 3600 } })
    const staff = await newMember(site, 'staff', { isStaff: true })
    const members = [await newMember(site, 'ann'), await newMember(site, 'bob'), await newMember(site, 'cat')]
    const refusals: (string | null)[] = []
    for (const { user } of members) {
      const change = { userId: user.id, fields: { badge: `badge of ${user.username}` } }
      refusals.push(await refusalOf(site.auth.updateProfile(change, staff.caller)))
    }
    expect(refusals).toEqual([null, null, 'rate_limited'])
  })

  it('finds nobody behind what is no id', async () => {
    const site = newSite()
    const { caller } = await newMember(site, 'staff', { isStaff: true })
    for (const value of HOSTILE_VALUES) {
      const change = { userId: value as number, firstName: 'Eve' }
      expect(await refusalOf(site.auth.updateProfile(change, caller)), String(value)).toBe('not_found')
    }
  })
})

describe('updateProfile with an address', () => {
  it('stores the address with the rest, or nothing', async () => {
    const site = newSite()
    await newMember(site, 'bob')
    const { caller } = await newMember(site, 'ann')
    const taken = { firstName: 'Ann', email: 'bob@example.org' }
    expect(await refusalOf(site.auth.updateProfile(taken, caller))).toBe('validation_failed')
    expect(await site.auth.findUser('ann')).toMatchObject({ firstName: '', email: 'ann@example.org' })
    const free = { ...taken, email: 'new@example.org', fields: { city: 'Bern' } }
    expect(await site.auth.updateProfile(free, caller)).toMatchObject({
      firstName: 'Ann',
      email: 'new@example.org',
      emailVerifiedAt: null,
      status: 'active',
      fields: { city: 'Bern' },
    })
  })

  it('leaves the address alone where none is given', async () => {
    const site = newSite()
    const { user, caller } = await newMember(site, 'ann')
    const { email, emailVerifiedAt } = user
    const after = await site.auth.updateProfile({ firstName: 'Ann', activation: 'mailed' }, caller)
    expect(after).toMatchObject({ email, emailVerifiedAt, status: 'active' })
    await site.auth.flush()
    expect(site.mailer.sent).toEqual([])
  })

  it('with activation lets the user wait for the new address, and whoever waits already gets the mail again', async () => {
    const site = newSite()
    const staff = await newMember(site, 'staff', { isStaff: true })
    const { user, caller } = await newMember(site, 'ann')
    const change = { email: 'new@example.org', activation: 'mailed' } as const
    expect(await site.auth.updateProfile(change, caller)).toMatchObject({ status: 'pending' })
    await site.auth.updateProfile({ userId: user.id, firstName: 'Ann', activation: 'mailed' }, staff.caller)
    await site.auth.flush()
    const sent = site.mailer.sent.map(({ to }) => to)
    expect(sent.filter((to) => to === 'new@example.org')).toHaveLength(2)
    expect(sent.filter((to) => to === 'ann@example.org')).toHaveLength(1)
  })
})

describe('updateProfile with a user name', () => {
  it('renames with the rest, or changes nothing, and tells the owner', async () => {
    const events: unknown[] = []
    const site = testAuth({
      events: { usernameChanged: ({ user, oldUsername }) => void events.push([oldUsername, user.username]) },
    })
    await newMember(site, 'bob')
    const { user, caller, issued } = await newMember(site, 'ann')
    const taken = site.auth.updateProfile({ firstName: 'Ann', username: 'BOB', lastName: '\0' }, caller)
    await expect(taken).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: { username: [{ code: 'taken' }], lastName: [{ code: 'null_characters' }] } },
    })
    const after = await site.auth.updateProfile({ firstName: 'Ann', username: 'anna' }, caller)
    expect(after).toMatchObject({ id: user.id, username: 'anna', firstName: 'Ann' })
    expect(await site.auth.findUser('ann')).toBeNull()
    expect(await site.auth.authenticate(bearer(issued))).not.toBeNull()
    await site.auth.flush()
    expect(site.mailer.sent.map(({ to, subject }) => [to, /name/i.test(subject)])).toEqual([['ann@example.org', true]])
    expect(events).toEqual([['ann', 'anna']])
  })

  it('takes the own name: as it is that is no change, in another spelling it is one', async () => {
    const events: unknown[] = []
    const site = testAuth({ events: { usernameChanged: ({ user }) => void events.push(user.username) } })
    const { caller } = await newMember(site, 'ann')
    expect(await site.auth.updateProfile({ username: 'ann', firstName: 'Ann' }, caller)).toMatchObject({
      firstName: 'Ann',
    })
    await site.auth.flush()
    expect([events, site.mailer.sent]).toEqual([[], []])
    expect(await site.auth.updateProfile({ username: 'ANN' }, caller)).toMatchObject({ username: 'ANN' })
    expect(events).toEqual(['ANN'])
  })

  it('gives a name to one of all who ask for it at once', async () => {
    const site = testAuth()
    const members = [await newMember(site, 'ann'), await newMember(site, 'bob'), await newMember(site, 'cat')]
    const asked = members.map(({ caller }) => refusalOf(site.auth.updateProfile({ username: 'king' }, caller)))
    const refusals = await Promise.all(asked)
    expect(refusals.filter((refusal) => refusal !== null)).toEqual(['validation_failed', 'validation_failed'])
  })

  it('refuses what is no name', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const fits = (value: unknown): boolean =>
      typeof value === 'string' && /^[\w.+-]{1,150}$/.test(value.normalize('NFKC').trim())
    for (const value of [...HOSTILE_VALUES.filter((one) => !fits(one)), 'a b', 'x@y', 'admin']) {
      const change = { username: value as string }
      expect(await refusalOf(site.auth.updateProfile(change, caller)), String(value)).toBe('validation_failed')
    }
    expect(await site.auth.findUser('ann')).not.toBeNull()
  })

  it('lets nobody try more names than there may be changes, but repeat their own', async () => {
    const rateLimits = { ...NO_RATE_LIMITS, changesPerUser: { count: 2, perSeconds: 3600 } }
    const site = testAuth({ rateLimits })
    const { caller } = await newMember(site, 'ann')
    const rename = (username: string) => refusalOf(site.auth.updateProfile({ username }, caller))
    for (let count = 0; count < 5; count += 1) expect(await rename('ann')).toBeNull()
    expect([await rename('anna'), await rename('anne'), await rename('annie')]).toEqual([null, null, 'rate_limited'])
  })

  it('does not rename by a session that ended meanwhile', async () => {
    const reached = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<void>()
    const store = replacedStore(({ users }) => ({
      users: {
        ...users,
        async findByIdentifier(key, fields, limit) {
          const found = await users.findByIdentifier(key, fields, limit)
          if (key !== 'anna') return found
          reached.resolve()
          await ended.promise
          return found
        },
      },
    }))
    const site = testAuth({ store })
    const { user, caller } = await newMember(site, 'ann')
    const renamed = refusalOf(site.auth.updateProfile({ username: 'anna' }, caller))
    await reached.promise
    await site.auth.setPassword({ userId: user.id, newPassword: 'set by an operator', passwordCheck: 'bypassed' })
    ended.resolve()
    expect(await renamed).toBe('token_invalid')
    expect(await site.auth.findUser('ann')).not.toBeNull()
  })
})
