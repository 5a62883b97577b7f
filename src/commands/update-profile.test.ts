import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../test/support/accounts.ts'
import { HOSTILE_VALUES, newMember } from '../../test/support/members.ts'
import { NO_RATE_LIMITS, testAuth } from '../../test/support/test-auth.ts'
import { field } from '../model/declare-field.ts'

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
