import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../test/support/accounts.ts'
import { HOSTILE_VALUES, newMember } from '../../test/support/members.ts'
import { testAuth } from '../../test/support/test-auth.ts'

describe('listUsers', () => {
  it('gives staff the users in the order of their ids, page by page', async () => {
    for (const ids of ['integer', 'uuid'] as const) {
      const site = testAuth({ ids })
      const { caller } = await newMember(site, 'staff', { isStaff: true })
      for (const name of ['ann', 'bob', 'cat']) await newMember(site, name)
      const all = await site.auth.listUsers({ limit: 10 }, caller)
      expect(all.map(({ username }) => username).toSorted((a, b) => `${a}`.localeCompare(`${b}`))).toEqual([
        'ann',
        'bob',
        'cat',
        'staff',
      ])
      const first = await site.auth.listUsers({ limit: 3, afterId: null }, caller)
      expect(first).toEqual(all.slice(0, 3))
      const afterId = first[2]?.id ?? null
      expect(await site.auth.listUsers({ limit: 3, afterId }, caller)).toEqual(all.slice(3))
      expect(await site.auth.listUsers({ limit: 3, afterId: `${afterId}` }, caller)).toEqual(all.slice(3))
    }
  })

  it('is for staff alone', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann', { isSuperuser: true })
    expect(await refusalOf(site.auth.listUsers({ limit: 10 }, caller))).toBe('forbidden')
    expect(await refusalOf(site.auth.listUsers({ limit: 10 }, {}))).toBe('not_authenticated')
  })

  it('refuses what is no id and what is no number of rows', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'staff', { isStaff: true })
    for (const value of HOSTILE_VALUES.filter((one) => one !== null)) {
      const page = { limit: 10, afterId: value as number }
      expect(await refusalOf(site.auth.listUsers(page, caller)), String(value)).toBe('validation_failed')
    }
    for (const value of [undefined, 1001, ...HOSTILE_VALUES]) {
      const page = { limit: value as number }
      expect(await refusalOf(site.auth.listUsers(page, caller)), String(value)).toBe('validation_failed')
    }
  })
})

describe('listUsers for a door with a rule of its own', () => {
  it('shows everybody to whom the door lets see them, and nobody to nobody', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    await newMember(site, 'bob')
    const seen = await site.auth.listUsers({ limit: 10, sees: 'everybody' }, caller)
    expect(seen.map(({ username }) => username)).toEqual(['ann', 'bob'])
    expect(await refusalOf(site.auth.listUsers({ limit: 10, sees: 'everybody' }, {}))).toBe('not_authenticated')
  })
})
