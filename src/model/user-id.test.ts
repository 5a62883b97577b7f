import { describe, expect, it } from 'vitest'
import { HOSTILE_VALUES } from '../../test/support/members.ts'
import { readUserId } from './user-id.ts'

const UUID = '018f3a5e-7b1c-4c3a-9d6e-2f4b8a1c0d5e'

describe('readUserId', () => {
  it('reads whole numbers, and texts of them as they stand in addresses', () => {
    expect(readUserId(7, 'integer')).toBe(7)
    expect(readUserId('7', 'integer')).toBe(7)
    expect(readUserId('9007199254740991', 'integer')).toBe(Number.MAX_SAFE_INTEGER)
    expect(readUserId('9007199254740993', 'integer')).toBeNull()
  })

  it('reads UUIDs in either case', () => {
    expect(readUserId(UUID, 'uuid')).toBe(UUID)
    expect(readUserId(UUID.toUpperCase(), 'uuid')).toBe(UUID)
  })

  it('reads nothing out of what is neither, nor an id of the other kind', () => {
    for (const value of [undefined, ...HOSTILE_VALUES]) {
      expect(readUserId(value, 'integer'), String(JSON.stringify(value))).toBeNull()
      expect(readUserId(value, 'uuid'), String(JSON.stringify(value))).toBeNull()
    }
    expect(readUserId(UUID, 'integer')).toBeNull()
    for (const value of ['7', 7, `{${UUID}}`, `${UUID}\n`]) expect(readUserId(value, 'uuid')).toBeNull()
  })
})
