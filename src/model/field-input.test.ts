import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { field } from './declare-field.ts'
import type { FieldDefinition } from './field.ts'
import { readFieldInput, textProblems } from './field-input.ts'
import { MAX_JSON_BYTES, MAX_JSON_DEPTH } from './json-input.ts'

/** What one value of one field becomes when the user changes it. */
function update(definition: FieldDefinition, value: unknown): unknown {
  const { values, errors } = readFieldInput({ one: definition }, { one: value }, 'update')
  const [error, ...more] = errors['one'] ?? []
  expect(more).toEqual([])
  return error ?? values
}

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])

describe('readFieldInput', () => {
  const definitions = {
    nickname: field.text({ required: true, maxLength: 5 }),
    description: field.text({ default: 'None' }),
    age: field.number(),
    score: field.number({ writable: false, default: 1 }),
  }

  it('answers with every field at registration, defaults included', () => {
    expect(readFieldInput(definitions, { nickname: 'ann', age: 3 }, 'create')).toEqual({
      values: { nickname: 'ann', description: 'None', age: 3, score: 1 },
      errors: {},
    })
  })

  it('answers with what was sent at a change', () => {
    expect(readFieldInput(definitions, { age: null }, 'update')).toEqual({ values: { age: null }, errors: {} })
    expect(readFieldInput(definitions, {}, 'update')).toEqual({ values: {}, errors: {} })
  })

  it('takes undefined for a field that was not sent', () => {
    expect(readFieldInput(definitions, { nickname: undefined }, 'update')).toEqual({ values: {}, errors: {} })
    expect(readFieldInput(definitions, { nickname: undefined }, 'create').errors).toEqual({
      nickname: [{ code: 'required' }],
    })
  })

  it('complains about every field at once', () => {
    expect(
      readFieldInput(definitions, { nickname: 'annabelle', age: '3', score: 9, admin: true }, 'create').errors,
    ).toEqual({
      nickname: [{ code: 'too_long', params: { maxLength: 5 } }],
      age: [{ code: 'not_number' }],
      score: [{ code: 'not_writable' }],
      admin: [{ code: 'unknown_field' }],
    })
  })

  it('demands a required field at registration and never lets it be emptied', () => {
    expect(readFieldInput(definitions, {}, 'create').errors).toEqual({ nickname: [{ code: 'required' }] })
    for (const mode of ['create', 'update'] as const) {
      for (const nickname of ['', null]) {
        expect(readFieldInput(definitions, { nickname }, mode).errors).toEqual({ nickname: [{ code: 'required' }] })
      }
    }
  })

  it('takes no null where the default promises a value', () => {
    expect(update(definitions.description, null)).toEqual({ code: 'required' })
    expect(update(definitions.description, '')).toEqual({ one: '' })
  })

  it('refuses the fields of the engine and of every object as unknown (attacks 21 and 22)', () => {
    const names = [
      'is_staff',
      'isSuperuser',
      'isActive',
      'status',
      'passwordHash',
      'role',
      'id',
      'constructor',
      'toString',
    ]
    for (const name of names) {
      expect(readFieldInput(definitions, { [name]: true }, 'update')).toEqual({
        values: {},
        errors: { [name]: [{ code: 'unknown_field' }] },
      })
    }
  })

  it('refuses a field named __proto__ without touching any prototype', () => {
    const { values, errors } = readFieldInput(definitions, JSON.parse('{"__proto__": {"isStaff": true}}'), 'update')
    expect(Object.entries(errors)).toEqual([['__proto__', [{ code: 'unknown_field' }]]])
    expect(Object.keys(values)).toEqual([])
    expect({}).not.toHaveProperty('isStaff')
  })

  it.each([
    ['text', field.text(), ['', 'x', 'line\nbreak', 'é'.repeat(255), '🔑'.repeat(255)]],
    ['number', field.number({ min: -2, max: 2 }), [-2, 0.5, 2]],
    ['boolean', field.boolean(), [true, false]],
    ['enum', field.enum({ choices: ['a', 'b'] }), ['a', 'b']],
    ['json', field.json(), ['x', 0, false, [], {}, { a: [{ b: null }] }, nested(MAX_JSON_DEPTH)]],
  ])('keeps %s as it was sent', (_, definition, inputs) => {
    for (const input of [...inputs, null]) expect(update(definition, input)).toEqual({ one: input })
  })

  it.each([
    ['text', field.text(), 'not_text'],
    ['number', field.number(), 'not_number'],
    ['boolean', field.boolean(), 'not_boolean'],
    ['date', field.date(), 'not_date'],
    ['enum', field.enum({ choices: ['1', 'true'] }), 'not_a_choice'],
  ])('converts nothing into %s', (kind, definition, code) => {
    const own: unknown[] = kind === 'number' ? [1] : kind === 'boolean' ? [true] : []
    for (const input of [1, true, [], ['x'], {}, { $gt: '' }, () => 'x', Symbol('x'), 1n]) {
      if (!own.includes(input)) expect(update(definition, input)).toEqual({ code })
    }
  })

  it('refuses text that no database keeps alike (attack 15)', () => {
    for (const definition of [field.text(), field.json()]) {
      expect(update(definition, 'a\0b')).toEqual({ code: 'null_characters' })
      expect(update(definition, 'a\ud800')).toEqual({ code: 'surrogate_characters' })
      expect(update(definition, '\udc00\ud800')).toEqual({ code: 'surrogate_characters' })
    }
  })

  it('counts code points, not UTF-16 units', () => {
    expect(update(field.text({ maxLength: 2 }), '🔑🔑')).toEqual({ one: '🔑🔑' })
    expect(update(field.text({ maxLength: 2 }), '🔑🔑🔑')).toEqual({ code: 'too_long', params: { maxLength: 2 } })
  })

  it('keeps numbers within their limits', () => {
    const whole = field.number({ integer: true, min: 1, max: 3 })
    expect(update(whole, 0)).toEqual({ code: 'too_small', params: { min: 1 } })
    expect(update(whole, 4)).toEqual({ code: 'too_large', params: { max: 3 } })
    for (const input of [1.5, Number.NaN, Infinity, -Infinity, 2 ** 53])
      expect(update(whole, input)).toEqual({ code: 'not_number' })
    expect(Object.is(Object.values(update(field.number(), -0) as object)[0], 0)).toBe(true)
  })

  it.each([
    ['2026-02-28', '2026-02-28T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2026-01-02T03:04Z', '2026-01-02T03:04:00.000Z'],
    ['2026-01-02T03:04:05.678+02:00', '2026-01-02T01:04:05.678Z'],
  ])('reads the date %s', (input, moment) => {
    expect(update(field.date(), input)).toEqual({ one: new Date(moment) })
    expect(update(field.date(), new Date(moment))).toEqual({ one: new Date(moment) })
  })

  it.each([
    '2026-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-01-02T03:04',
    '2026-01-02T24:00Z',
    '2026-1-2',
    '0000-01-01',
    'now',
    '',
    '1767322800',
  ])('refuses the date %j', (input) => {
    expect(update(field.date(), input)).toEqual({ code: 'not_date' })
  })

  it('refuses dates that no database holds', () => {
    for (const date of [
      new Date(Number.NaN),
      new Date('+010000-01-01T00:00:00Z'),
      new Date('-000001-01-01T00:00:00Z'),
    ]) {
      expect(update(field.date(), date)).toEqual({ code: 'not_date' })
    }
  })

  it('refuses JSON that is too deep, too big, cyclic or not JSON', () => {
    const cyclic: unknown[] = []
    cyclic.push(cyclic)
    const inputs = [
      nested(MAX_JSON_DEPTH + 1),
      nested(5000),
      cyclic,
      [undefined],
      [Number.NaN],
      { a: 1n },
      new Date(),
      new Map(),
      /x/,
    ]
    for (const input of inputs) expect(update(field.json(), input)).toEqual({ code: 'not_json' })
    expect(update(field.json(), 'x'.repeat(MAX_JSON_BYTES - 2))).toEqual({ one: 'x'.repeat(MAX_JSON_BYTES - 2) })
    const tooLong = { code: 'too_long', params: { maxLength: MAX_JSON_BYTES } }
    expect(update(field.json(), 'x'.repeat(MAX_JSON_BYTES - 1))).toEqual(tooLong)
    expect(update(field.json(), 'é'.repeat(MAX_JSON_BYTES / 2))).toEqual(tooLong)
  })

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s at any depth of JSON', (key) => {
    expect(update(field.json(), JSON.parse(`{"a": [{"${key}": {"isStaff": true}}]}`))).toEqual({ code: 'not_json' })
  })

  it('refuses keys that no database keeps', () => {
    expect(update(field.json(), { 'a\0': 1 })).toEqual({ code: 'null_characters' })
    expect(update(field.json(), { 'a\ud800': 1 })).toEqual({ code: 'surrogate_characters' })
  })

  it('takes a copy of JSON, so that nobody can change it after it was checked', () => {
    const sent = { a: [1] }
    const { values } = readFieldInput({ one: field.json() }, { one: sent }, 'update')
    sent.a.push(2)
    expect(values['one']).toEqual({ a: [1] })
  })

  it('answers for any input at all, with a value or a complaint for each field', () => {
    const all = {
      a: field.text(),
      b: field.number(),
      c: field.date(),
      d: field.enum({ choices: ['x'] }),
      e: field.json(),
    }
    const input = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__'), fc.anything())
    fc.assert(
      fc.property(input, (sent) => {
        const { values, errors } = readFieldInput(all, sent, 'update')
        const given = Object.keys(sent).filter((name) => sent[name] !== undefined)
        const answered = [...Object.keys(values), ...Object.keys(errors)]
        expect(answered).toHaveLength(given.length)
        expect(new Set(answered)).toEqual(new Set(given))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('textProblems', () => {
  it('accepts one line of text up to its length, also an empty one', () => {
    for (const text of ['', 'Ann', 'é'.repeat(150), '🔑'.repeat(150), "O'Neil <b>"]) {
      expect(textProblems(text, { maxLength: 150 })).toEqual([])
    }
  })

  it('refuses what is no text, too long, or has NUL or lone surrogates (attack 15)', () => {
    for (const input of [null, undefined, 1, ['x'], {}])
      expect(textProblems(input, { maxLength: 150 })).toEqual([{ code: 'not_text' }])
    expect(textProblems('x'.repeat(151), { maxLength: 150 })).toEqual([
      { code: 'too_long', params: { maxLength: 150 } },
    ])
    expect(textProblems('a\0', { maxLength: 150 })).toEqual([{ code: 'null_characters' }])
    expect(textProblems('\ud800', { maxLength: 150 })).toEqual([{ code: 'surrogate_characters' }])
  })

  it('refuses line breaks and control characters, which could become headers of a mail (attack 13)', () => {
    for (const text of ['A\r\nSubject: x', 'A\n', 'A\tB', 'A\u009bB']) {
      expect(textProblems(text, { maxLength: 150 })).toEqual([{ code: 'not_text' }])
    }
  })
})
