import { describe, expect, it } from 'vitest'
import { counted } from './counted.ts'

describe('counted', () => {
  it('puts the noun in the form that its count takes in the language', () => {
    const seconds = counted('ru', { one: 'секунду', few: 'секунды', many: 'секунд', other: 'секунды' })
    expect([1, 2, 5, 11, 21, 1.5].map(seconds)).toEqual([
      '1 секунду',
      '2 секунды',
      '5 секунд',
      '11 секунд',
      '21 секунду',
      '1.5 секунды',
    ])
  })

  it('falls back on the form for all other counts, and takes a count that is written out', () => {
    const characters = counted('pl', { one: 'znak', other: 'znaków' })
    expect(characters('1')).toBe('1 znak')
    expect(characters(3)).toBe('3 znaków')
    expect(counted('fr', { one: 'seconde', other: 'secondes' })(0)).toBe('0 seconde')
    expect(counted('en', { one: 'second', other: 'seconds' })(0)).toBe('0 seconds')
  })

  it('writes great numbers as they are', () => {
    expect(counted('de', { other: 'Zeichen' })(1_048_576)).toBe('1048576 Zeichen')
  })
})
