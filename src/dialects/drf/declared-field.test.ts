import { describe, expect, it } from 'vitest'
import { en } from '../../messages/drf/en.ts'
import { field } from '../../model/declare-field.ts'
import type { FieldDefinition } from '../../model/field.ts'
import { declaredField } from './declared-field.ts'
import type { FieldResult } from './fields.ts'

const read = (definition: FieldDefinition, value: unknown, isForm = false): FieldResult =>
  declaredField('some_field', definition, 'create').read(value, { words: en, isForm })

const readValue = (definition: FieldDefinition, value: unknown): unknown => {
  const { value: given, errors } = read(definition, value)
  return errors[0] ?? given
}

describe('a declared boolean', () => {
  it.each(['t', 'T', 'y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON', '1', 1, true])(
    'is true for %j',
    (value) => {
      expect(readValue(field.boolean(), value)).toBe(true)
    },
  )

  it.each(['f', 'F', 'n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF', '0', 0, -0, false])(
    'is false for %j',
    (value) => {
      expect(readValue(field.boolean(), value)).toBe(false)
    },
  )

  it.each(['', ' true', 'tRUE', 'yEs', 'maybe', 2, 1.5, Number.NaN, [], {}, [true], 'null', '11'])(
    'is refused for %j',
    (value) => {
      expect(readValue(field.boolean(), value)).toBe('Must be a valid boolean.')
    },
  )

  it('that is required is false in a form without it, as an empty box is sent', () => {
    const ofKind = (definition: FieldDefinition): unknown => declaredField('x', definition, 'create').valueIfFormLacksIt
    expect(ofKind(field.boolean({ required: true }))).toBe(false)
    expect(ofKind(field.boolean({ default: true }))).toBeUndefined()
    expect(declaredField('x', field.boolean({ required: true }), 'update').valueIfFormLacksIt).toBeUndefined()
  })
})

describe('a declared number', () => {
  it.each([
    [5, 5],
    ['5', 5],
    [' +5 ', 5],
    ['-5', -5],
    ['5.0', 5],
    ['5.', 5],
    [5.5, 'A valid integer is required.'],
    ['5.5', 'A valid integer is required.'],
    ['0x5', 'A valid integer is required.'],
    ['1e3', 'A valid integer is required.'],
    ['', 'A valid integer is required.'],
    [true, 'A valid integer is required.'],
    [[5], 'A valid integer is required.'],
    ['9'.repeat(30), 'A valid integer is required.'],
    ['9'.repeat(1001), 'String value too large.'],
  ])('that is whole is read from %j', (value, expected) => {
    expect(readValue(field.number({ integer: true }), value)).toBe(expected)
  })

  it.each([
    ['1.5', 1.5],
    ['-.5', -0.5],
    ['1e3', 1000],
    ['inf', 'A valid number is required.'],
    ['nan', 'A valid number is required.'],
    ['1e999', 'A valid number is required.'],
    ['١', 'A valid number is required.'],
    [null, null],
  ])('is read from %j', (value, expected) => {
    expect(readValue(field.number(), value)).toBe(expected)
  })

  it('keeps its limits', () => {
    expect(readValue(field.number({ min: 1 }), '0')).toBe('Ensure this value is greater than or equal to 1.')
    expect(readValue(field.number({ max: 1 }), 2)).toBe('Ensure this value is less than or equal to 1.')
  })
})

describe('a declared moment', () => {
  it.each([
    ['2026-01-02', '2026-01-02T00:00:00.000Z'],
    ['2026-01-02T03:04', '2026-01-02T03:04:00.000Z'],
    ['2026-01-02 03:04:05', '2026-01-02T03:04:05.000Z'],
    [' 2026-01-02T03:04:05.123456Z ', '2026-01-02T03:04:05.123Z'],
    ['2026-01-02T03:04:05+01:00', '2026-01-02T02:04:05.000Z'],
  ])('is read from %s, in UTC where no zone is named', (text, expected) => {
    expect(readValue(field.date(), text)).toEqual(new Date(expected))
  })

  it.each(['2026-02-30', '2026-01-02T25:00', '0000-01-01', 'now', '', 0, 1_700_000_000, {}, '2026-01-02T03:04 Europe'])(
    'is refused for %j',
    (value) => {
      expect(readValue(field.date(), value)).toContain('Datetime has wrong format.')
    },
  )
})

describe('a declared choice', () => {
  const size = field.enum({ choices: ['1', 'two'] })

  it('takes its choices, by number, too', () => {
    expect([readValue(size, 'two'), readValue(size, 1)]).toEqual(['two', '1'])
  })

  it('repeats what was chosen only while that is short', () => {
    expect(readValue(size, 'x')).toBe('"x" is not a valid choice.')
    expect(readValue(size, 'x'.repeat(101))).toBe('Not a valid choice.')
    for (const value of [['two'], { two: 1 }, true]) expect(readValue(size, value)).toBe('Not a valid choice.')
  })
})

describe('declared JSON', () => {
  it('is taken as it is, and parsed from the text of a form', () => {
    expect(readValue(field.json(), { a: [1] })).toEqual({ a: [1] })
    expect(readValue(field.json(), '{"a":1}')).toBe('{"a":1}')
    expect(read(field.json(), '{"a":1}', true)).toEqual({ value: { a: 1 }, errors: [] })
    expect(read(field.json(), '{', true).errors).toEqual(['Value must be valid JSON.'])
  })
})

describe('an input that was left empty', () => {
  it('is nothing where there may be nothing, not sent where there is a default, and blank where something must be', () => {
    expect(read(field.number(), '', true)).toEqual({ value: null, errors: [] })
    expect(read(field.number({ default: 1 }), '', true)).toEqual({ errors: [], isAbsent: true })
    expect(read(field.number({ required: true }), '', true).errors).toEqual(['This field may not be blank.'])
  })
})
