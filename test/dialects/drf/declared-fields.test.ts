import { describe, expect, it } from 'vitest'
import { field } from '../../../src/model/declare-field.ts'
import { type DoorAnswer, doorSites } from './support/door-site.ts'

const newSite = doorSites()

const FIELDS = {
  nickName: field.text({ maxLength: 5, default: 'none' }),
  age: field.number({ integer: true, min: 0, max: 150 }),
  newsletter: field.boolean({ default: false }),
  birthday: field.date(),
  colour: field.enum({ choices: ['red', 'blue'] }),
  notes: field.json(),
  karma: field.number({ writable: false, default: 7 }),
  secretMark: field.text({ public: false, default: 'x' }),
}

const told = ({ status, body }: DoorAnswer): unknown => [status, body]

async function patchAs(values: unknown, form?: Readonly<Record<string, string>>): Promise<DoorAnswer> {
  const site = newSite({ user: { fields: FIELDS } })
  const headers = { authorization: await site.member('ann') }
  return form === undefined
    ? site.call('PATCH me/', { json: values, headers })
    : site.call('PATCH me/', { form, headers })
}

const UNCHANGED = {
  username: 'ann',
  first_name: '',
  nick_name: 'none',
  age: null,
  newsletter: false,
  birthday: null,
  colour: null,
  notes: null,
  karma: 7,
}

describe('declared fields', () => {
  it('are shown by their names in snake case, those that are public', async () => {
    expect(told(await patchAs({}))).toEqual([200, UNCHANGED])
  })

  it('are stored from JSON, and a moment comes back in UTC', async () => {
    const values = {
      nick_name: ' Anni ',
      age: 30,
      newsletter: true,
      birthday: '1990-05-04T10:30:00.25+02:00',
      colour: 'red',
      notes: { a: [1, null, 'x'] },
    }
    expect(told(await patchAs(values))).toEqual([
      200,
      { ...UNCHANGED, ...values, nick_name: 'Anni', birthday: '1990-05-04T08:30:00.250000Z' },
    ])
  })

  it('are stored from a form', async () => {
    const form = {
      nick_name: 'Anni',
      age: '30',
      newsletter: 'on',
      birthday: '1990-05-04T10:30',
      colour: 'blue',
      notes: '{"a":1}',
    }
    expect(told(await patchAs(null, form))).toEqual([
      200,
      {
        ...UNCHANGED,
        nick_name: 'Anni',
        age: 30,
        newsletter: true,
        birthday: '1990-05-04T10:30:00Z',
        colour: 'blue',
        notes: { a: 1 },
      },
    ])
  })

  it('are ignored where they may not be written, whatever they are called', async () => {
    const values = { karma: 99, nickName: 'x', secret_mark: 'y', is_staff: true, fields: { karma: 1 } }
    expect(told(await patchAs(values))).toEqual([200, UNCHANGED])
  })

  it('are all judged, each by its kind', async () => {
    const values = {
      nick_name: 'sixsix',
      age: 1.5,
      newsletter: 'maybe',
      birthday: 'yesterday',
      colour: 'green',
      notes: { ['__proto__x']: '\0' },
    }
    expect(told(await patchAs(values))).toEqual([
      400,
      {
        nick_name: ['Ensure this field has no more than 5 characters.'],
        age: ['A valid integer is required.'],
        newsletter: ['Must be a valid boolean.'],
        birthday: [
          'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
        ],
        colour: ['"green" is not a valid choice.'],
        notes: ['Null characters are not allowed.'],
      },
    ])
  })

  it('take null only where there may be nothing', async () => {
    const values = { nick_name: null, age: null, newsletter: null, birthday: null, colour: null, notes: null }
    expect(told(await patchAs(values))).toEqual([
      400,
      { nick_name: ['This field may not be null.'], newsletter: ['This field may not be null.'] },
    ])
  })

  it('are never a fault, whatever is sent', async () => {
    const site = newSite({ user: { fields: FIELDS } })
    const headers = { authorization: await site.member('ann') }
    for (const value of [1e308, -1, '', ' ', '\0', '\ud800', [], {}, [[]], true, 'x'.repeat(5000), '9'.repeat(5000)]) {
      for (const name of Object.keys(UNCHANGED)) {
        const { status } = await site.call('PATCH me/', { json: { [name]: value }, headers })
        expect([name, value, status === 200 || status === 400]).toEqual([name, value, true])
      }
    }
  })

  it('describe themselves', async () => {
    const site = newSite({ user: { fields: FIELDS } })
    const { body } = await site.call('OPTIONS me/', { headers: { authorization: await site.member('ann') } })
    expect((body as { readonly actions: { readonly PUT: unknown } }).actions.PUT).toMatchObject({
      nick_name: { type: 'string', required: false, read_only: false, label: 'Nick name', max_length: 5 },
      age: { type: 'integer', min_value: 0, max_value: 150 },
      newsletter: { type: 'boolean' },
      birthday: { type: 'datetime' },
      colour: {
        type: 'choice',
        choices: [
          { value: 'red', display_name: 'red' },
          { value: 'blue', display_name: 'blue' },
        ],
      },
      notes: { type: 'field' },
    })
  })
})
