import { describe, expect, it } from 'vitest'
import { en } from '../../messages/drf/en.ts'
import { integerField } from './integer-field.ts'

const field = integerField('issued_at')

const read = (value: unknown, isForm: boolean = false) => field.read(value, { words: en, isForm })

describe('integerField', () => {
  it.each([
    [7, 7],
    ['7', 7],
    [' -7 ', -7],
    ['007', 7],
    ['7.0', 7],
    [0, 0],
  ])('takes %j for %j', (value, number) => {
    expect(read(value)).toEqual({ value: number, errors: [] })
  })

  it.each(['', 'x', '1.5', 1.5, true, [], {}, '1e3', 2 ** 60])('refuses %j, in a form as well', (value) => {
    expect(read(value).errors).toEqual(['A valid integer is required.'])
    expect(read(value, true).errors).toEqual(['A valid integer is required.'])
  })

  it('must be there, and says so', () => {
    expect(read(null).errors).toEqual(['This field may not be null.'])
    expect(field.description).toEqual({ type: 'integer', required: true, label: 'Issued at', isSecret: false })
  })
})
