import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../test/support/accounts.ts'
import { HOSTILE_VALUES, newMember } from '../../test/support/members.ts'
import { testAuth } from '../../test/support/test-auth.ts'

describe('readUser', () => {
  it('shows everybody themself, and staff everybody, also by the text of an id', async () => {
    for (const ids of ['integer', 'uuid'] as const) {
      const site = testAuth({ ids })
      const staff = await newMember(site, 'staff', { isStaff: true })
      const { user, caller } = await newMember(site, 'ann')
      for (const userId of [user.id, `${user.id}`]) {
        expect(await site.auth.readUser({ userId }, caller)).toMatchObject({ username: 'ann' })
        expect(await site.auth.readUser({ userId }, staff.caller)).toMatchObject({ username: 'ann' })
      }
    }
  })

  it('tells others that there is somebody, and no more', async () => {
    const site = testAuth()
    const { user } = await newMember(site, 'ann')
    const bob = await newMember(site, 'bob', { isSuperuser: true })
    expect(await refusalOf(site.auth.readUser({ userId: user.id }, bob.caller))).toBe('forbidden')
    expect(await refusalOf(site.auth.readUser({ userId: 4711 }, bob.caller))).toBe('not_found')
    expect(await refusalOf(site.auth.readUser({ userId: user.id }, {}))).toBe('not_authenticated')
  })

  it('finds nobody behind what is no id', async () => {
    for (const ids of ['integer', 'uuid'] as const) {
      const site = testAuth({ ids })
      const { caller } = await newMember(site, 'staff', { isStaff: true })
      for (const value of [undefined, ...HOSTILE_VALUES]) {
        const input = { userId: value as number }
        expect(await refusalOf(site.auth.readUser(input, caller)), String(value)).toBe('not_found')
      }
    }
  })

  it('never shows the hash of a password', async () => {
    const site = testAuth()
    const { user, caller } = await newMember(site, 'ann')
    expect(await site.auth.readUser({ userId: user.id }, caller)).not.toHaveProperty('passwordHash')
  })
})

describe('readUser for a door with a rule of its own', () => {
  it('shows others to whom the door lets see them, also by name', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const { user } = await newMember(site, 'bob')
    expect(await site.auth.readUser({ userId: user.id, sees: 'everybody' }, caller)).toMatchObject({ username: 'bob' })
    expect(await site.auth.readUser({ username: 'BOB', sees: 'everybody' }, caller)).toMatchObject({ id: user.id })
    expect(await site.auth.readUser({ username: 'ann' }, caller)).toMatchObject({ username: 'ann' })
    expect(await refusalOf(site.auth.readUser({ username: 'bob' }, caller))).toBe('forbidden')
    expect(await refusalOf(site.auth.readUser({ username: 'bob', sees: 'everybody' }, {}))).toBe('not_authenticated')
  })

  it('finds nobody by what is no name, nor by an address', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'staff', { isStaff: true })
    for (const value of ['staff@example.org', ...HOSTILE_VALUES]) {
      const input = { username: value as string }
      expect(await refusalOf(site.auth.readUser(input, caller)), String(value)).toBe('not_found')
    }
  })
})
