import { describe, expect, expectTypeOf, it } from 'vitest'
import { field } from '../../src/model/declare-field.ts'
import type { JsonValue } from '../../src/model/field.ts'
import { apiWorlds, codesOf, PASSWORD } from '../support/api-world.ts'
import { testAuth } from '../support/test-auth.ts'

const newWorld = apiWorlds()

const fields = {
  motto: field.text({ maxLength: 10, required: true }),
  age: field.number({ min: 18, max: 120, integer: true }),
  height: field.number(),
  newsletter: field.boolean({ default: false }),
  born: field.date(),
  colour: field.enum({ choices: ['red', 'blue'], default: 'red' }),
  settings: field.json(),
  badge: field.text({ unique: true }),
  score: field.number({ writable: false, default: 7 }),
  remark: field.text({ public: false }),
  rank: field.text({ writable: false, public: false, default: 'private' }),
}

const profiles = {
  address: { street: field.text({ required: true }), city: field.text(), verified: field.boolean({ writable: false }) },
  company: { name2: field.text() },
}

const ANN = { username: 'ann', email: 'ann@example.org', password: PASSWORD, motto: 'Onward' }

const GIVEN = {
  age: 42,
  height: 1.75,
  newsletter: true,
  born: '1984-02-29',
  colour: 'blue',
  settings: { theme: ['dark', 1, null, { deep: true }] },
  badge: 'A-1',
}

describe('declared fields', () => {
  it('of every kind go in and come out', async () => {
    const { call } = await newWorld({ user: { fields } })
    const { status, body } = await call('POST /register', { json: { ...ANN, ...GIVEN, remark: 'psst' } })
    expect(status).toBe(201)
    expect(body.user).toMatchObject({ ...GIVEN, motto: 'Onward', born: '1984-02-29T00:00:00.000Z', score: 7 })
    expect(body.user).not.toHaveProperty('remark')
    expect(body.user).not.toHaveProperty('rank')
  })

  it('have their defaults where nothing is given', async () => {
    const { call } = await newWorld({ user: { fields } })
    const { body } = await call('POST /register', { json: ANN })
    const nothing = { age: null, height: null, born: null, settings: null, badge: null }
    expect(body.user).toMatchObject({ ...nothing, newsletter: false, colour: 'red', score: 7 })
  })

  it('are kept, and changed one by one', async () => {
    const { auth, call } = await newWorld({ user: { fields }, login: { emailMustBeVerified: false } })
    await call('POST /register', { json: { ...ANN, ...GIVEN, remark: 'psst' } })
    const { token } = (await call('POST /login', { json: { identifier: 'ann', password: PASSWORD } })).body
    const changes = { age: null, settings: [1, { two: 3 }], born: '2000-01-01T12:30:00+02:00', remark: 'more' }
    const changed = await call('PATCH /me', { token, json: changes })
    const expected = { ...GIVEN, age: null, settings: [1, { two: 3 }], born: '2000-01-01T10:30:00.000Z' }
    expect(changed.body.user).toMatchObject(expected)
    expect((await call('GET /me', { token })).body.user).toEqual(changed.body.user)
    expect((await call('GET /me/export', { token })).body.user).toEqual(changed.body.user)
    expect((await auth.findUser('ann'))?.fields.remark).toBe('more')
  })

  it('are typed in every command and answer', async () => {
    const { auth } = await newWorld({ user: { fields }, login: { emailMustBeVerified: false } })
    const born = new Date('1984-02-29T00:00:00Z')
    const given = { motto: 'Onward', born, colour: 'blue' } as const
    const { user } = await auth.register({ ...ANN, fields: given })
    expectTypeOf(user.fields.motto).toEqualTypeOf<string>()
    expectTypeOf(user.fields.age).toEqualTypeOf<number | null>()
    expectTypeOf(user.fields.newsletter).toEqualTypeOf<boolean>()
    expectTypeOf(user.fields.born).toEqualTypeOf<Date | null>()
    expectTypeOf(user.fields.colour).toEqualTypeOf<'red' | 'blue'>()
    expectTypeOf(user.fields.settings).toEqualTypeOf<JsonValue>()
    expect(user.fields).toMatchObject({ ...given, newsletter: false, rank: 'private' })
    const { user: loggedIn } = await auth.login({ identifier: 'ann', password: PASSWORD })
    expectTypeOf(loggedIn.fields.colour).toEqualTypeOf<'red' | 'blue'>()
    expect(loggedIn.fields.born).toEqual(born)
  })

  it('are refused all together where they do not fit', async () => {
    const { call } = await newWorld({ user: { fields } })
    const { motto: _, ...nobody } = ANN
    const wrong = { age: '42', height: '1', newsletter: 1, born: 5, colour: 'green', badge: [] }
    const { status, body } = await call('POST /register', { json: { ...nobody, ...wrong } })
    expect(status).toBe(400)
    expect(codesOf(body)).toEqual({
      motto: ['required'],
      age: ['not_number'],
      height: ['not_number'],
      newsletter: ['not_boolean'],
      born: ['not_date'],
      colour: ['not_a_choice'],
      badge: ['not_text'],
    })
  })

  it('keep their limits', async () => {
    const { call } = await newWorld({ user: { fields } })
    const wrong = { motto: 'x'.repeat(11), age: 17, born: '1985-02-29', badge: 'nul\0', settings: { a: '\ud800' } }
    const { body } = await call('POST /register', { json: { ...ANN, ...wrong } })
    expect(codesOf(body)).toEqual({
      motto: ['too_long'],
      age: ['too_small'],
      born: ['not_date'],
      badge: ['null_characters'],
      settings: ['surrogate_characters'],
    })
    const whole = await call('POST /register', { json: { ...ANN, age: 18.5 } })
    expect(codesOf(whole.body)).toEqual({ age: ['not_number'] })
  })

  it('that promise a value take no null, and those that nobody may write are not written', async () => {
    const { call } = await newWorld({ user: { fields } })
    const { body } = await call('POST /register', { json: { ...ANN, motto: null, colour: null, score: 9, rank: 'x' } })
    expect(codesOf(body)).toEqual({
      motto: ['required'],
      colour: ['required'],
      score: ['not_writable'],
      rank: ['not_writable'],
    })
  })

  it('that are unique belong to one user', async () => {
    const { call } = await newWorld({ user: { fields } })
    await call('POST /register', { json: { ...ANN, badge: 'A-1' } })
    const bob = { ...ANN, username: 'bob', email: 'bob@example.org' }
    const { status, body } = await call('POST /register', { json: { ...bob, badge: 'a-1' } })
    expect([status, codesOf(body)]).toEqual([400, { badge: ['taken'] }])
  })

  it('come from a form as text and are read as what they are', async () => {
    const { call } = await newWorld({ user: { fields } })
    const form = {
      ...ANN,
      age: '42',
      height: '1.75',
      newsletter: 'on',
      born: '',
      colour: 'blue',
      settings: '{"a":[1]}',
    }
    const { status, body } = await call('POST /register', { form })
    expect(status).toBe(201)
    const expected = { age: 42, height: 1.75, newsletter: true, born: null, colour: 'blue', settings: { a: [1] } }
    expect(body.user).toMatchObject(expected)
    const wrong = { ...ANN, username: 'bob', email: 'bob@example.org', age: '0x10', newsletter: 'maybe' }
    const refused = await call('POST /register', { form: wrong })
    expect(codesOf(refused.body)).toEqual({ age: ['not_number'], newsletter: ['not_boolean'] })
  })
})

describe('profiles', () => {
  it('cannot have the name of a field, beside which they are shown', () => {
    const clash = { fields: { address: field.text() }, profiles }
    expect(() => testAuth({ user: clash })).toThrow('user.profiles.address must have another name than the field')
  })

  it('are objects by their name, null where there is none', async () => {
    const { call } = await newWorld({ user: { profiles }, login: { emailMustBeVerified: false } })
    const { motto: _, ...ann } = ANN
    const address = { street: 'Main St 1', city: 'Springfield' }
    const registered = await call('POST /register', { json: { ...ann, address } })
    expect(registered.body.user).toMatchObject({ address: { ...address, verified: null }, company: null })
    const { token } = (await call('POST /login', { json: { identifier: 'ann', password: PASSWORD } })).body
    const json = { address: { city: null }, company: { name2: 'Acme' } }
    const { body } = await call('PATCH /me', { token, json })
    expect(body.user).toMatchObject({
      address: { street: 'Main St 1', city: null, verified: null },
      company: { name2: 'Acme' },
    })
  })

  it('that the user does not have yet need what they require', async () => {
    const { call, memberToken } = await newWorld({ user: { profiles } })
    const token = await memberToken('ann')
    const incomplete = await call('PATCH /me', { token, json: { address: { city: 'Springfield' } } })
    expect([incomplete.status, codesOf(incomplete.body)]).toEqual([400, { 'address.street': ['required'] }])
    const complete = await call('PATCH /me', { token, json: { address: { street: 'Main St 1' } } })
    expect(complete.body.user['address']).toEqual({ street: 'Main St 1', city: null, verified: null })
    const later = await call('PATCH /me', { token, json: { address: { city: 'Springfield' } } })
    expect(later.body.user['address']).toEqual({ street: 'Main St 1', city: 'Springfield', verified: null })
  })

  it('are refused field by field', async () => {
    const { call } = await newWorld({ user: { profiles } })
    const { motto: _, ...ann } = ANN
    const wrong = { address: { city: 5, verified: true, zip: '1' }, company: 'Acme', shop: {} }
    const { body } = await call('POST /register', { json: { ...ann, ...wrong } })
    expect(codesOf(body)).toEqual({
      'address.street': ['required'],
      'address.city': ['not_text'],
      'address.verified': ['not_writable'],
      'address.zip': ['unknown_field'],
      company: ['not_json'],
      shop: ['unknown_field'],
    })
  })
})
