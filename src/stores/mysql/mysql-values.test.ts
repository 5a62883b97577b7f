import { describe, expect, it } from 'vitest'
import { AuthError } from '../../errors.ts'
import { DECODERS, encodeValue, parameterOf } from './mysql-values.ts'

describe('a moment', () => {
  it('is written in UTC so that it is read back', () => {
    const written = {
      '2026-01-31T09:08:07.065Z': '2026-01-31 09:08:07.065',
      '0001-01-01T00:00:00.001Z': '0001-01-01 00:00:00.001',
      '9999-12-31T00:00:00.000Z': '9999-12-31 00:00:00.000',
    }
    for (const [iso, text] of Object.entries(written)) {
      expect(encodeValue(new Date(iso)), iso).toBe(text)
      expect(DECODERS.moment(text), iso).toEqual(new Date(iso))
    }
  })

  it('is read without a fraction as well', () => {
    expect(DECODERS.moment('2026-01-31 09:08:07')).toEqual(new Date('2026-01-31T09:08:07.000Z'))
    expect(DECODERS.momentOrNull(null)).toBeNull()
  })

  it('that has no room in four digits of a year is refused', () => {
    for (const moment of [new Date(8.64e15), new Date(-8.64e15)]) {
      expect(() => encodeValue(moment)).toThrow(AuthError)
    }
  })
})

describe('a value', () => {
  it('is read as bytes, text or number, whatever the driver was told to make of it', () => {
    expect(DECODERS.text(Buffer.from('Größe '))).toBe('Größe ')
    expect(DECODERS.textOrNull('text')).toBe('text')
    expect(DECODERS.id('7')).toBe(7)
    expect(DECODERS.id(Buffer.from('7'))).toBe('7')
    expect([DECODERS.number('-5'), DECODERS.number(0.5)]).toEqual([-5, 0.5])
    expect([DECODERS.boolean(1), DECODERS.boolean(0)]).toEqual([true, false])
    expect(() => DECODERS.number('9007199254740993')).toThrow(RangeError)
    expect(DECODERS.json('{"b":1,"a":[null]}')).toEqual({ b: 1, a: [null] })
  })

  it('is read from a packet and does not keep it in memory', () => {
    const packet = Buffer.alloc(1000, 1)
    const bytes = DECODERS.bytes(packet.subarray(10, 12))
    expect(bytes).toEqual(new Uint8Array([1, 1]))
    expect(bytes.buffer.byteLength).toBe(2)
  })

  it('goes to the server as text, bytes or floating point', () => {
    expect(['text', 12, -0, 0.5, 2 ** 60, null].map(parameterOf)).toEqual(['text', '12', '0', 0.5, 2 ** 60, null])
    expect(parameterOf(new Uint8Array([1, 255]).subarray(1))).toEqual(Buffer.from([255]))
    expect(() => parameterOf(undefined)).toThrow(TypeError)
  })

  it('that no column holds is refused', () => {
    for (const text of ['nul\0', '\ud800']) expect(() => encodeValue(text)).toThrow(AuthError)
    for (const value of [undefined, Number.NaN, new Date(Number.NaN), {}, []]) {
      expect(() => encodeValue(value)).toThrow(TypeError)
    }
  })
})
