import { describe, expect, it } from 'vitest'
import { en } from '../../messages/drf/en.ts'
import type { ReadFields } from './field-set.ts'
import { type FieldReader, textField } from './fields.ts'
import { type SerializerOptions, serializer } from './serializer.ts'

const REQUIRED = 'This field is required.'

const shown: FieldReader = {
  description: { type: 'integer', required: false, label: 'ID', isSecret: false, isReadOnly: true },
  read: (value) => ({ value, errors: [] }),
}

const ticked: FieldReader = {
  description: { type: 'boolean', required: true, label: 'Ticked', isSecret: false },
  valueIfFormLacksIt: false,
  read: (value) => ({ value, errors: [] }),
}

const FIELDS = {
  id: shown,
  name: textField({ label: 'Name' }),
  note: textField({ label: 'Note', required: false }),
  ticked,
}

const read = (value: unknown, { isForm = false, ...options }: SerializerOptions & { readonly isForm?: boolean } = {}) =>
  serializer(FIELDS, options).read({ value, isForm }, en) as ReadFields

describe('serializer', () => {
  it('tells everything that is wrong together, in the order of its fields', () => {
    const { values, errors } = read({ note: [], ticked: true })
    expect([values, Object.entries(errors)]).toEqual([
      { ticked: true },
      [
        ['name', [REQUIRED]],
        ['note', ['Not a valid string.']],
      ],
    ])
  })

  it('gives only what was sent and is its own, and never what is only shown', () => {
    expect(read({ id: 5, name: 'a', ticked: 1, other: 2, hasOwnProperty: 3 })).toEqual({
      values: { name: 'a', ticked: 1 },
      errors: {},
    })
  })

  it('requires nothing of a body that changes parts', () => {
    expect(read({}, { isPartial: true })).toEqual({ values: {}, errors: {} })
    expect(read({}, { isPartial: true, isForm: true })).toEqual({ values: {}, errors: {} })
  })

  it('takes a form without a box for one in which it was not ticked', () => {
    expect(read({ name: 'a' }, { isForm: true }).values).toEqual({ name: 'a', ticked: false })
    expect(read({ name: 'a' }).errors).toEqual({ ticked: [REQUIRED] })
  })

  it.each([
    [null, 'No data provided'],
    [[{ name: 'a' }], 'Invalid data. Expected a dictionary, but got list.'],
    ['a', 'Invalid data. Expected a dictionary, but got str.'],
    [7, 'Invalid data. Expected a dictionary, but got int.'],
    [7.5, 'Invalid data. Expected a dictionary, but got float.'],
    [false, 'Invalid data. Expected a dictionary, but got bool.'],
  ])('wants an object and not %j', (value, sentence) => {
    expect(read(value)).toEqual({ values: {}, errors: { non_field_errors: [sentence] } })
  })
})
