import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoText } from './iso-text.ts'

describe('isoText', () => {
  it('is what toISOString gives, for every moment there is', () => {
    const bounds = { min: new Date(-8.64e15), max: new Date(8.64e15), noInvalidDate: true }
    fc.assert(fc.property(fc.date(bounds), (date) => isoText(date) === date.toISOString()))
    const today = { min: new Date(-62_198_755_200_000), max: new Date(253_402_300_799_999), noInvalidDate: true }
    fc.assert(fc.property(fc.date(today), (date) => isoText(date) === date.toISOString()))
  })

  it('fills up every part with zeros', () => {
    for (const text of ['2001-02-03T04:05:06.007Z', '1999-12-31T23:59:59.099Z', '0999-01-01T00:00:00.000Z']) {
      expect(isoText(new Date(text))).toBe(text)
    }
  })

  it('refuses what is no moment', () => {
    expect(() => isoText(new Date(Number.NaN))).toThrow(RangeError)
  })
})
