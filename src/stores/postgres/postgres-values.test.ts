import { describe, expect, it } from 'vitest'
import { AuthError } from '../../errors.ts'
import { COLUMN_TYPES, encodeValue } from './postgres-values.ts'

const read = (typeId: number, text: string): unknown => COLUMN_TYPES.getTypeParser(typeId)(text)

describe('a moment', () => {
  const MOMENT = 1184

  it('is read in every zone that a connection may be in', () => {
    const spellings = {
      '2026-01-31 09:08:07.065+00': '2026-01-31T09:08:07.065Z',
      '2026-01-31 09:08:07+00': '2026-01-31T09:08:07.000Z',
      '2026-01-31 09:08:07.5+02': '2026-01-31T07:08:07.500Z',
      '2026-01-31 09:08:07.06+05:45': '2026-01-31T03:23:07.060Z',
      '2026-01-31 22:08:07-03:30:52': '2026-02-01T01:38:59.000Z',
      '0099-12-31 00:00:00+00': '0099-12-31T00:00:00.000Z',
      '10000-01-01 00:00:00+00': '+010000-01-01T00:00:00.000Z',
      '0001-03-01 00:00:00+00 BC': '0000-03-01T00:00:00.000Z',
    }
    for (const [text, iso] of Object.entries(spellings)) expect(read(MOMENT, text), text).toEqual(new Date(iso))
  })

  it('is written so that it is read back', () => {
    const written = {
      '2026-01-31T09:08:07.065Z': '2026-01-31T09:08:07.065Z',
      '+010000-01-01T00:00:00.000Z': '010000-01-01T00:00:00.000Z',
      '0000-03-01T00:00:00.000Z': '0001-03-01T00:00:00.000Z BC',
      '-000043-03-15T00:00:00.000Z': '0044-03-15T00:00:00.000Z BC',
    }
    for (const [iso, text] of Object.entries(written)) expect(encodeValue(new Date(iso)), iso).toBe(text)
  })

  it('in the style of another connection says which setting is needed', () => {
    expect(() => read(MOMENT, '31/01/2026 09:08:07 UTC')).toThrow("DateStyle = 'ISO'")
  })
})

describe('a value', () => {
  it('is read by the type of its column', () => {
    expect(read(20, '9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
    expect(() => read(20, '9007199254740993')).toThrow(RangeError)
    expect(read(701, '0.1')).toBe(0.1)
    expect([read(16, 't'), read(16, 'f')]).toEqual([true, false])
    expect(read(17, '\\x00ff10')).toEqual(new Uint8Array([0, 255, 16]))
    expect(() => read(17, '\\000\\377')).toThrow("bytea_output = 'hex'")
    expect(read(25, 't')).toBe('t')
  })

  it('that no column holds is refused', () => {
    for (const text of ['nul\0', '\ud800']) expect(() => encodeValue(text)).toThrow(AuthError)
    for (const value of [undefined, Number.NaN, new Date(Number.NaN), {}, []]) {
      expect(() => encodeValue(value)).toThrow(TypeError)
    }
  })
})
