import { describe, expect, expectTypeOf, it } from 'vitest'
import { assertFieldNames, field } from './declare-field.ts'
import type { FieldDefinition, JsonValue, ValuesOf } from './field.ts'

describe('field', () => {
  it('declares a field that may be null, is writable and public, unless told otherwise', () => {
    expect(field.text()).toEqual({
      kind: 'text',
      required: false,
      unique: false,
      writable: true,
      public: true,
      default: null,
      maxLength: 255,
    })
    expect(field.number({ min: 1, max: 9, integer: true, writable: false, public: false })).toEqual({
      kind: 'number',
      required: false,
      unique: false,
      writable: false,
      public: false,
      default: null,
      min: 1,
      max: 9,
      integer: true,
    })
  })

  it('keeps the default, whatever its kind', () => {
    const day = new Date('2026-01-02T00:00:00Z')
    expect(field.text({ default: '' }).default).toBe('')
    expect(field.number({ default: 0 }).default).toBe(0)
    expect(field.boolean({ default: false }).default).toBe(false)
    expect(field.date({ default: day }).default).toEqual(day)
    expect(field.enum({ choices: ['a', 'b'], default: 'b' }).default).toBe('b')
    expect(field.json({ default: { a: [1] } }).default).toEqual({ a: [1] })
  })

  it('cannot be changed after it was checked', () => {
    expect(Object.isFrozen(field.text())).toBe(true)
  })

  it('gives back a value without null exactly where there always is one', () => {
    const fields = {
      plain: field.text({ maxLength: 50 }),
      filled: field.text({ default: 'None' }),
      needed: field.number({ required: true, min: 0 }),
      optional: field.boolean({ required: false }),
      born: field.date(),
      colour: field.enum({ choices: ['red', 'green'] }),
      size: field.enum({ choices: ['s', 'm'], default: 's' }),
      data: field.json(),
    }
    expectTypeOf<ValuesOf<typeof fields>>().toEqualTypeOf<{
      readonly plain: string | null
      readonly filled: string
      readonly needed: number
      readonly optional: boolean | null
      readonly born: Date | null
      readonly colour: 'red' | 'green' | null
      readonly size: 's' | 'm'
      readonly data: JsonValue
    }>()
    expectTypeOf(field.text()).toExtend<FieldDefinition>()
  })

  it('does not compile with options that do not exist or do not fit', () => {
    // @ts-expect-error a misspelt option
    expect(() => field.text({ maxLenght: 5 })).toThrow('there is no option "maxLenght"; there are required, default,')
    // @ts-expect-error an option of another kind
    expect(() => field.boolean({ max: 5 })).toThrow('field.boolean: there is no option "max"')
    // @ts-expect-error a default of another type
    expect(() => field.number({ default: '5' })).toThrow(
      'field.number: its default does not fit the field itself (not_number)',
    )
    // @ts-expect-error a default that is no choice
    expect(() => field.enum({ choices: ['a'], default: 'b' })).toThrow('not_a_choice')
    // @ts-expect-error unique JSON
    expect(() => field.json({ unique: true })).toThrow('JSON cannot be unique')
    // @ts-expect-error no choices at all
    expect(() => field.enum({})).toThrow("write choices: ['one', 'two']")
  })

  it.each([
    [
      'a length below 1',
      () => field.text({ maxLength: 0 }),
      'maxLength must be a whole number from 1 to 100000, not 0',
    ],
    ['a broken length', () => field.text({ maxLength: 1.5 }), 'not 1.5'],
    ['a unique text that no index holds', () => field.text({ unique: true, maxLength: 300 }), 'from 1 to 255, not 300'],
    ['a default that is too long', () => field.text({ maxLength: 3, default: 'None' }), '(too_long)'],
    ['a range without numbers', () => field.number({ min: 2, max: 1 }), 'min (2) must not be above max (1)'],
    ['a range that is not one', () => field.number({ min: Number.NaN }), 'min (NaN)'],
    ['a default out of range', () => field.number({ min: 2, default: 1 }), '(too_small)'],
    ['a broken default of a whole number', () => field.number({ integer: true, default: 0.5 }), '(not_number)'],
    ['an invalid date', () => field.date({ default: new Date(Number.NaN) }), '(not_date)'],
    ['no choices', () => field.enum({ choices: [] }), "write choices: ['one', 'two']"],
    ['a choice twice', () => field.enum({ choices: ['a', 'a'] }), 'none twice'],
    ['an empty choice', () => field.enum({ choices: [''] }), 'a text of 1 to 100 characters'],
    ['a default for a unique field', () => field.text({ unique: true, default: 'x' }), 'leave one of both out'],
    [
      'a required field that nobody may write',
      () => field.text({ required: true, writable: false }),
      'write a default',
    ],
  ])('refuses %s and says what to write', (_, declare, message) => {
    expect(declare).toThrow(TypeError)
    expect(declare).toThrow(message)
  })
})

describe('assertFieldNames', () => {
  it('accepts camelCase names', () => {
    expect(() => assertFieldNames({ description: field.text(), favouriteColour2: field.text() })).not.toThrow()
  })

  it.each(['id', 'email', 'isStaff', 'passwordHash', 'password', 'lastLoginAt', 'emailVerifiedAt', 'fields', 'userId'])(
    'refuses %s, which every user has or every request may carry',
    (name) => {
      expect(() => assertFieldNames({ [name]: field.text() })).toThrow(/belongs to Portress.* such as "my[A-Z]/)
    },
  )

  it.each(['is_staff', 'password_hash', 'is_active', 'last_login'])('refuses the twin %s of such a name', (name) => {
    expect(() => assertFieldNames({ [name]: field.text() })).toThrow(
      `user field "${name}": the name belongs to Portress`,
    )
  })

  it.each(['full_name', 'FullName', '1st', 'na me', 'naïve', 'a-b', '', 'x";drop table users;--'])(
    'refuses %j as a name',
    (name) => {
      expect(() => assertFieldNames({ [name]: field.text() })).toThrow('camelCase')
    },
  )

  it('refuses names that every object has, and names that no database keeps whole', () => {
    expect(() => assertFieldNames({ constructor: field.text() })).toThrow('every JavaScript object has a "constructor"')
    expect(() => assertFieldNames(JSON.parse('{"__proto__": {}}'))).toThrow('camelCase')
    expect(() => assertFieldNames({ [`a${'Bc'.repeat(20)}`]: field.text() })).toThrow('make it shorter')
  })
})
