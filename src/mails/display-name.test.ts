import { describe, expect, it } from 'vitest'
import type { User } from '../model/user.ts'
import { displayName } from './display-name.ts'

describe('displayName', () => {
  it('prefers the full name to the user name', () => {
    expect(displayName({ ...user, firstName: 'Ann', lastName: 'Lee' }, null)).toBe('Ann Lee')
    expect(displayName({ ...user, firstName: 'Ann' }, null)).toBe('Ann')
    expect(displayName(user, null)).toBe('ann')
  })

  it('has none where nothing is left to show', () => {
    expect(displayName({ ...user, username: null }, null)).toBeNull()
    expect(displayName({ ...user, username: null, firstName: 'http://evil.example' }, null)).toBeNull()
    expect(displayName({ ...user, firstName: 'http://evil.example' }, null)).toBe('ann')
  })

  it('greets nobody by name at an address that was never confirmed', () => {
    expect(displayName({ ...user, firstName: 'Ann', emailVerifiedAt: null }, null)).toBeNull()
  })

  it('cuts to 60 code points', () => {
    expect(displayName({ ...user, firstName: 'x'.repeat(150) }, null)).toBe('x'.repeat(60))
  })

  it('asks the application first, and trusts what it gives no more than any other text', () => {
    const named = (name: string | null) => displayName({ ...user, firstName: 'Ann' }, () => name)
    expect(named('Captain Ann')).toBe('Captain Ann')
    expect(named('Ann <a href=//evil>x</a> http://evil.example')).toBe('Ann a')
    expect(named('x'.repeat(100_000))).toBe('x'.repeat(60))
    for (const nothing of [null, '', ' ', '\0', 'http://evil.example']) expect(named(nothing)).toBe('Ann')
  })

  it('hands the application no hash, and does not even ask it about an address that was never confirmed', () => {
    const asked: object[] = []
    const nameUser = (account: object) => {
      asked.push(account)
      return 'Ann'
    }
    displayName({ ...user, emailVerifiedAt: null }, nameUser)
    displayName(user, nameUser)
    expect(asked).toEqual([expect.not.objectContaining({ passwordHash: expect.anything() })])
  })
})

const user: User = {
  id: 1,
  username: 'ann',
  email: 'ann@example.org',
  passwordHash: 'argon2$hash',
  firstName: '',
  lastName: '',
  status: 'active',
  isStaff: false,
  isSuperuser: false,
  emailVerifiedAt: new Date('2026-01-01T00:00:00Z'),
  dateJoined: new Date('2026-01-01T00:00:00Z'),
  lastLoginAt: null,
  sessionEpoch: 0,
  fields: {},
  profiles: {},
}
