import { describe, expect, it } from 'vitest'
import { decodeAllauthUid, encodeAllauthUid } from './allauth-uid.ts'

const UUID = '0198c0de-1234-7abc-8def-0123456789ab'

describe('the uid of allauth', () => {
  it.each([
    [1, '1'],
    [10, 'a'],
    [35, 'z'],
    [36, '10'],
    [Number.MAX_SAFE_INTEGER, '2gosa7pa2gv'],
    [UUID, '0198c0de12347abc8def0123456789ab'],
  ])('writes %s as %s, and reads it again', (id, uid) => {
    expect(encodeAllauthUid(id)).toBe(uid)
    expect(decodeAllauthUid(uid)).toBe(String(id))
  })

  it('does not mind capitals', () => {
    expect(decodeAllauthUid('A')).toBe('10')
    expect(decodeAllauthUid('0198C0DE12347ABC8DEF0123456789AB')).toBe(UUID)
  })

  it.each(['', ' 1', '-1', '1_0', '1.5', '٣', 'zzzzzzzzzzz', UUID, 'x'.repeat(1e6), null, undefined, 7, ['1'], {}])(
    'is nobody’s: %j',
    (uid) => {
      expect(decodeAllauthUid(uid)).toBeNull()
    },
  )
})
