import { describe, expect, it } from 'vitest'
import { field } from '../../../src/index.ts'
import { told } from '../drf/support/answer.ts'
import { tooLong, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const ANN = { pk: 1, username: 'ann', email: 'ann@example.org', first_name: '', last_name: '' }

const user = {
  fields: {
    favouriteColour: field.text({ maxLength: 10, default: 'green' }),
    staffNote: field.text({ writable: false, default: 'none' }),
    hidden: field.text({ public: false }),
    badge: field.number({ unique: true, integer: true }),
  },
  profiles: {
    company: { companyName: field.text({ maxLength: 100 }), seats: field.number({ min: 1, integer: true }) },
    address: { city: field.text({ required: true }), zip: field.text({ unique: true }) },
  },
}

const SHOWN = { favourite_colour: 'green', staff_note: 'none', badge: null }

const NO_PROFILES = { company_name: null, seats: null, city: null, zip: null }

describe.each(GENERATIONS)('§9.1 user/ with declared fields in generation %s', (generation) => {
  it('shows those that are shown, in snake_case, and those of profiles flat behind them', async () => {
    const world = newWorld({ generation }, { user })
    const { token } = await world.member('ann')
    const { text } = await world.call('GET user/', { token })
    expect(text).toBe(JSON.stringify({ ...ANN, ...SHOWN, ...NO_PROFILES }))
  })

  it('writes those that are writable, and leaves the others alone', async () => {
    const world = newWorld({ generation }, { user })
    const { token } = await world.member('ann')
    const json = { favourite_colour: 'blue', staff_note: 'promoted', hidden: 'seen', badge: 7 }
    const { body } = await world.call('PATCH user/', { token, json })
    expect(body).toMatchObject({ favourite_colour: 'blue', staff_note: 'none', badge: 7 })
    expect((await world.stored('ann')).fields).toMatchObject({
      favouriteColour: 'blue',
      staffNote: 'none',
      hidden: 'seen',
    })
  })

  it('reads and edits company_name of a profile in one request with the name of the user', async () => {
    const world = newWorld({ generation }, { user })
    const { token } = await world.member('ann')
    const json = { first_name: 'Ann', company_name: 'Acme' }
    expect((await world.call('PATCH user/', { token, json })).body).toMatchObject(json)
    expect((await world.call('GET user/', { token })).body).toMatchObject(json)
    expect((await world.stored('ann')).profiles).toMatchObject({ company: { companyName: 'Acme' }, address: null })
  })

  it('keeps what is not sent, of a profile that is there, too', async () => {
    const world = newWorld({ generation }, { user })
    const { token } = await world.member('ann')
    await world.call('PATCH user/', { token, json: { company_name: 'Acme', seats: 3 } })
    const { body } = await world.call('PATCH user/', { token, json: { seats: 4 } })
    expect(body).toMatchObject({ company_name: 'Acme', seats: 4, favourite_colour: 'green' })
  })

  it('a profile that begins needs what it requires, and a PUT does always', async () => {
    const world = newWorld({ generation }, { user })
    const { token } = await world.member('ann')
    const required = [400, { city: [WORDS.REQUIRED] }]
    expect(told(await world.call('PATCH user/', { token, json: { zip: '1234' } }))).toEqual(required)
    expect(told(await world.call('PUT user/', { token, json: { username: 'ann' } }))).toEqual(required)
    expect((await world.call('PATCH user/', { token, json: { zip: '1234', city: 'Ulm' } })).status).toBe(200)
    expect((await world.call('PATCH user/', { token, json: { zip: '1235' } })).status).toBe(200)
  })

  it('complains of all of them by their names on the wire, and changes nothing', async () => {
    const world = newWorld({ generation }, { user })
    const { token } = await world.member('ann')
    const json = { first_name: 'Ann', favourite_colour: 'x'.repeat(11), company_name: 'x'.repeat(101), seats: 'many' }
    expect(told(await world.call('PATCH user/', { token, json }))).toEqual([
      400,
      { favourite_colour: [tooLong(10)], company_name: [tooLong(100)], seats: ['A valid integer is required.'] },
    ])
    expect(told(await world.call('PATCH user/', { token, json: { first_name: 'Ann', seats: 0 } }))).toEqual([
      400,
      { seats: ['Ensure this value is greater than or equal to 1.'] },
    ])
    expect(await world.stored('ann')).toMatchObject({ firstName: '', profiles: { company: null } })
  })

  it('tells a unique value of somebody else as taken', async () => {
    const world = newWorld({ generation }, { user })
    const [ann, ben] = [await world.member('ann'), await world.member('ben')]
    const json = { badge: 7, city: 'Ulm', zip: '1234' }
    expect((await world.call('PATCH user/', { token: ann.token, json })).status).toBe(200)
    const badge = await world.call('PATCH user/', { token: ben.token, json: { badge: 7 } })
    expect(told(badge)).toEqual([400, { badge: ['user with this badge already exists.'] }])
    const zip = await world.call('PATCH user/', { token: ben.token, json: { city: 'Ulm', zip: '1234' } })
    expect(told(zip)).toEqual([400, { zip: ['user with this zip already exists.'] }])
  })

  it('describes them to OPTIONS', async () => {
    const world = newWorld({ generation }, { user })
    const { token } = await world.member('ann')
    expect((await world.call('OPTIONS user/', { token })).body).toMatchObject({
      actions: {
        PUT: {
          favourite_colour: { type: 'string', max_length: 10 },
          company_name: { type: 'string', max_length: 100 },
          seats: { type: 'integer', min_value: 1 },
          city: { required: true },
        },
      },
    })
  })

  it.each([
    ['a list', []],
    ['an object', { $ne: null }],
    ['true', true],
    ['NUL', '\0'],
    ['half a pair of surrogates', 'a\ud800'],
    ['5000 signs', 'x'.repeat(5000)],
    ['a number that has lost digits', 1e300],
  ])('takes %s for no company_name', async (_, value) => {
    const world = newWorld({ generation }, { user })
    const { token } = await world.member('ann')
    const { status, body } = await world.call('PATCH user/', { token, json: { company_name: value } })
    expect([status, Object.keys(Object(body))]).toEqual([400, ['company_name']])
  })

  it('a name that two of them would have is refused at start', () => {
    const profiles = { company: { city: field.text() }, address: { city: field.text() } }
    expect(() => newWorld({ generation }, { user: { profiles } })).toThrow(/user\.profiles\.address\.city/)
    const fields = { city: field.text() }
    expect(() => newWorld({ generation }, { user: { fields, profiles: { company: fields } } })).toThrow(
      /user\.profiles\.company\.city/,
    )
  })
})

describe('USER_DETAILS_SERIALIZER', () => {
  it('writes what the site wants shown', async () => {
    const world = newWorld(
      {
        serialize: {
          userDetails: ({ username, profiles }) => ({
            name: username,
            at: String(profiles['company']?.['companyName'] ?? ''),
          }),
        },
      },
      { user },
    )
    const { token } = await world.member('ann')
    expect(told(await world.call('GET user/', { token }))).toEqual([200, { name: 'ann', at: '' }])
    expect(told(await world.call('PATCH user/', { token, json: { company_name: 'Acme' } }))).toEqual([
      200,
      { name: 'ann', at: 'Acme' },
    ])
  })

  it('null is an answer, too', async () => {
    const world = newWorld({ serialize: { userDetails: () => null } })
    const { token } = await world.member('ann')
    expect((await world.call('GET user/', { token })).text).toBe('null')
  })

  it('reads what the site wants read, for PUT and PATCH', async () => {
    const validate = (value: unknown) => ({ value: { first_name: Object(value).firstName } })
    const world = newWorld({ schemas: { userDetails: { '~standard': { version: 1, vendor: 'test', validate } } } })
    const { token } = await world.member('ann')
    for (const method of ['PUT', 'PATCH']) {
      const { status, body } = await world.call(`${method} user/`, {
        token,
        json: { firstName: method, username: 'x' },
      })
      expect([status, body]).toEqual([200, { ...ANN, first_name: method }])
    }
    const { status } = await world.call('PATCH user/', { token, json: { firstName: { a: 1 } } })
    expect(status).toBe(400)
  })
})
