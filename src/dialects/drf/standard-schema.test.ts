import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { en } from '../../messages/drf/en.ts'
import { isStandardSchema, type StandardResult, type StandardSchema, schemaFields } from './standard-schema.ts'

const schemaOf = (validate: (value: unknown) => StandardResult | Promise<StandardResult>): StandardSchema => ({
  '~standard': { version: 1, vendor: 'test', validate },
})

const readBy = (schema: StandardSchema, value: unknown, isForm = false) =>
  schemaFields(schema).read({ value, isForm }, en)

const person = z.object({
  username: z.string('Name, please.').min(2, 'Longer, please.').trim(),
  address: z.object({ city: z.string('City, please.') }).optional(),
})

describe('schemaFields', () => {
  it('gives what the schema made of the body, and nothing that it left out', async () => {
    expect(await readBy(person, { username: ' ann ', is_staff: true })).toEqual({
      values: { username: 'ann' },
      errors: {},
    })
  })

  it('puts complaints under the field at the head of their path', async () => {
    expect(await readBy(person, { username: 'a', address: { city: 1 } })).toEqual({
      values: {},
      errors: { username: ['Longer, please.'], address: ['City, please.'] },
    })
  })

  it('gathers several about one field, and those about none', async () => {
    const schema = schemaOf(() => ({
      issues: [
        { message: 'one', path: ['a'] },
        { message: 'two', path: [{ key: 'a' }, 'b'] },
        { message: 'three' },
        { message: 'four', path: [] },
        { message: 'five', path: [0] },
        { message: 'six', path: ['__proto__'] },
      ],
    }))
    const { errors } = await readBy(schema, {})
    expect(Object.entries(errors)).toEqual([
      ['0', ['five']],
      ['a', ['one', 'two']],
      ['non_field_errors', ['three', 'four']],
      ['__proto__', ['six']],
    ])
  })

  it('waits for a schema that takes its time', async () => {
    const taken = person.refine(async ({ username }) => username !== 'taken', 'Taken.')
    expect(await readBy(taken, { username: 'taken' })).toEqual({ values: {}, errors: { non_field_errors: ['Taken.'] } })
  })

  it('refuses with a schema that gives no reason', async () => {
    const { errors } = await readBy(
      schemaOf(() => ({ issues: [] })),
      {},
    )
    expect(errors).toEqual({ non_field_errors: [''] })
  })

  it('asks no schema about a body that is no object', async () => {
    const anything = schemaOf((value) => ({ value }))
    expect(await readBy(anything, null)).toEqual({ values: {}, errors: { non_field_errors: ['No data provided'] } })
    const list = 'Invalid data. Expected a dictionary, but got list.'
    expect(await readBy(anything, [1])).toEqual({ values: {}, errors: { non_field_errors: [list] } })
  })

  it('reads a form, whose fields have no prototype', async () => {
    const form = Object.assign(Object.create(null), { username: 'ann' })
    expect((await readBy(person, form, true)).values).toEqual({ username: 'ann' })
  })
})

describe('isStandardSchema', () => {
  it('knows schemas of any library, functions among them', () => {
    expect([
      isStandardSchema(person),
      isStandardSchema(
        Object.assign(
          () => 1,
          schemaOf(() => ({})),
        ),
      ),
    ]).toEqual([true, true])
    expect(isStandardSchema({ fields: {}, read: () => ({ values: {}, errors: {} }) })).toBe(false)
  })
})
