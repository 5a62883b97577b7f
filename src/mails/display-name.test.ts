import { describe, expect, it } from 'vitest'
import { displayName } from './display-name.ts'

describe('displayName', () => {
  it('prefers the full name to the user name', () => {
    expect(displayName({ ...user, firstName: 'Ann', lastName: 'Lee' })).toBe('Ann Lee')
    expect(displayName({ ...user, firstName: 'Ann' })).toBe('Ann')
    expect(displayName(user)).toBe('ann')
  })

  it('has none where nothing is left to show', () => {
    expect(displayName({ ...user, username: null })).toBeNull()
    expect(displayName({ ...user, username: null, firstName: 'http://evil.example' })).toBeNull()
    expect(displayName({ ...user, firstName: 'http://evil.example' })).toBe('ann')
  })

  it('greets nobody by name at an address that was never confirmed', () => {
    expect(displayName({ ...user, firstName: 'Ann', emailVerifiedAt: null })).toBeNull()
  })

  it('cuts to 60 code points', () => {
    expect(displayName({ ...user, firstName: 'x'.repeat(150) })).toBe('x'.repeat(60))
  })
})

const user = { username: 'ann', firstName: '', lastName: '', emailVerifiedAt: new Date('2026-01-01T00:00:00Z') }
