import { describe, expect, it } from 'vitest'
import { field } from '../../../src/model/declare-field.ts'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { linkOf, newcomer, registered, valuesOf } from './support/links.ts'
import { restRegistrationWorlds, SESSIONS_ONLY } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const REGISTER = 'POST register/'

const REQUIRED = ['This field is required.']
const TAKEN = ['A user with that username already exists.']
const SHORT = 'This password is too short. It must contain at least 8 characters.'
const NUMERIC = 'This password is entirely numeric.'
const COMMON = 'This password is too common.'
const DIFFER = "Passwords don't match"

const WITHOUT_EMAIL = { detail: 'User without email cannot be verified' }

describe('§3.1 register', () => {
  it('R9, row 201: the public fields; the user waits, with a password that will do, for one mail with a link of this second', async () => {
    const world = newWorld()
    const answer = await world.call(REGISTER, { json: newcomer('ann', { first_name: 'Ann' }) })
    expect([answer.status, answer.text, answer.cookies]).toEqual([
      201,
      '{"id":1,"username":"ann","first_name":"Ann","last_name":"","email":"ann@example.org"}',
      [],
    ])
    const mails = await world.mails()
    expect(mails.map(({ to, from }) => [to, from])).toEqual([['ann@example.org', world.auth.config.mail.from]])
    expect((await world.stored('ann')).status).toBe('pending')
    const { user_id, timestamp } = valuesOf(linkOf(mails[0]))
    expect([user_id, timestamp]).toEqual(['1', String(Math.floor(world.clock.now().getTime() / 1000))])
    expect((await world.call('POST login/', { json: { login: 'ann', password: PASSWORD } })).status).toBe(400)
    await world.call('POST verify-registration/', { json: valuesOf(linkOf(mails[0])) })
    expect((await world.call('POST login/', { json: { login: 'ann', password: PASSWORD } })).status).toBe(200)
  })

  it('row request, R19: username, password and its repetition are required; what has none of them is told in this order', async () => {
    const answer = await newWorld().call(REGISTER, { json: {} })
    expect(answer.text).toBe(JSON.stringify({ username: REQUIRED, password: REQUIRED, password_confirm: REQUIRED }))
  })

  it('R19: a model without names asks for the address and the password', async () => {
    const world = newWorld(SESSIONS_ONLY, { user: { username: 'none', email: 'required' } })
    expect(told(await world.call(REGISTER, { json: {} }))).toEqual([
      400,
      { email: REQUIRED, password: REQUIRED, password_confirm: REQUIRED },
    ])
  })

  it('row request: optional text may be empty, and not null', async () => {
    const json = newcomer('ann', { first_name: '', last_name: null })
    expect(told(await newWorld().call(REGISTER, { json }))).toEqual([
      400,
      { last_name: ['This field may not be null.'] },
    ])
  })

  it('F1: white space around every text goes, around passwords as well', async () => {
    const world = newWorld()
    const password = `  ${PASSWORD}\t`
    await world.call(REGISTER, {
      json: newcomer(' ann ', { email: ' ann@example.org ', password, password_confirm: PASSWORD }),
    })
    await world.call('POST verify-registration/', { json: valuesOf(linkOf((await world.mails())[0])) })
    expect((await world.call('POST login/', { json: { login: 'ann', password: PASSWORD } })).status).toBe(200)
  })

  it('F3: the password is judged once every field is right, and a name that is taken is told beside the others', async () => {
    const world = newWorld()
    await world.addUser('ben')
    const json = newcomer('ben', { email: 'nothing', password: '123', password_confirm: '456' })
    expect(told(await world.call(REGISTER, { json }))).toEqual([
      400,
      { username: TAKEN, email: ['Enter a valid email address.'] },
    ])
    const taken = newcomer('ben', { password: '123', password_confirm: '456' })
    expect(told(await world.call(REGISTER, { json: taken }))).toEqual([400, { username: TAKEN }])
  })

  it('F4, R16: strength and repetition are told together, beside an empty list; no mail', async () => {
    const world = newWorld({ useNonFieldErrorsKeyFromDrfSettings: true })
    const json = newcomer('ann', { password: '1234567', password_confirm: 'x' })
    const answer = await world.call(REGISTER, { json })
    expect([answer.status, answer.text]).toEqual([
      400,
      JSON.stringify({ password: [SHORT, COMMON, NUMERIC], password_confirm: [DIFFER], non_field_errors: [] }),
    ])
    expect(await world.mails()).toEqual([])
  })

  it.each([
    ['short', 'x7-Qp', { password: [SHORT], non_field_errors: [] }],
    ['numeric', '9081726354', { password: [NUMERIC], non_field_errors: [] }],
    ['the name', 'ann.smith', { password: ['The password is too similar to the username.'], non_field_errors: [] }],
  ])('R16: a password that is %s', async (_, password, body) => {
    const json = newcomer('ann.smith', { password, password_confirm: password })
    expect(told(await newWorld().call(REGISTER, { json }))).toEqual([400, body])
  })

  it('§2.2: at most 128 characters of a password, and a row of what a text is not', async () => {
    const json = newcomer('ann', { password: 'x'.repeat(129), password_confirm: ['x'], email: 7, username: '\0' })
    expect(told(await newWorld().call(REGISTER, { json }))).toEqual([
      400,
      {
        username: [
          'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.',
          'Null characters are not allowed.',
        ],
        email: ['Enter a valid email address.'],
        password: ['Ensure this field has no more than 128 characters.'],
        password_confirm: ['Not a valid string.'],
      },
    ])
  })

  it('R13, REGISTER_SERIALIZER_PASSWORD_CONFIRM: without it there is no repetition; the same name twice is 400 without a mail', async () => {
    const world = newWorld({ registerSerializerPasswordConfirm: false })
    const json = newcomer('ann', { password_confirm: 'ignored' })
    expect((await world.call(REGISTER, { json })).status).toBe(201)
    await world.mails()
    world.mailer.clear()
    await world.auth.setStatus({ userId: 1, status: 'active' })
    const again = newcomer('ANN', { email: 'other@example.org' })
    expect(told(await world.call(REGISTER, { json: again }))).toEqual([400, { username: TAKEN }])
    expect(await world.mails()).toEqual([])
  })

  it.each([{ email: undefined }, { email: '' }])(
    'R15, row 400: with %j nobody could be verified; told after everything else',
    async (changes) => {
      const world = newWorld()
      await world.addUser('ben')
      const send = async (more: object) =>
        told(await world.call(REGISTER, { json: newcomer('ann', { ...changes, ...more }) }))
      expect(await send({ username: 'ben' })).toEqual([400, { username: TAKEN }])
      expect(await send({ password_confirm: 'x' })).toEqual([400, { password_confirm: [DIFFER], non_field_errors: [] }])
      expect(await send({})).toEqual([400, WITHOUT_EMAIL])
      expect([await world.mails(), (await world.users()).length]).toEqual([[], 1])
    },
  )

  it('R15, T13c: that stands under non_field_errors where the site wants it there', async () => {
    const world = newWorld({ useNonFieldErrorsKeyFromDrfSettings: true })
    expect(told(await world.call(REGISTER, { json: newcomer('ann', { email: '' }) }))).toEqual([
      400,
      { non_field_errors: [WITHOUT_EMAIL.detail] },
    ])
  })

  it('R14, row verification off: active at once, no mail, also without an address', async () => {
    const world = newWorld({ registerVerificationEnabled: false })
    expect((await world.call(REGISTER, { json: newcomer('ann') })).status).toBe(201)
    expect((await world.call(REGISTER, { json: newcomer('ben', { email: undefined }) })).status).toBe(201)
    expect([await world.mails(), (await world.stored('ann')).status, (await world.stored('ben')).status]).toEqual([
      [],
      'active',
      'active',
    ])
    expect((await world.call('POST login/', { json: { login: 'ben', password: PASSWORD } })).status).toBe(200)
  })

  it('R17, REGISTER_FLOW_ENABLED: without it 404, whatever the body is, and no mail', async () => {
    const world = newWorld({ registerFlowEnabled: false })
    const notFound = [404, { detail: 'Not found.' }]
    expect(told(await world.call(REGISTER, { json: newcomer('ann') }))).toEqual(notFound)
    const headers = { 'content-type': 'application/json' }
    expect(told(await world.call(REGISTER, { body: '{', headers }))).toEqual(notFound)
    expect(await world.mails()).toEqual([])
  })

  it('a site that is closed for registration answers the same', async () => {
    const world = newWorld({}, { registration: { open: false } })
    expect(told(await world.call(REGISTER, { json: newcomer('ann') }))).toEqual([404, { detail: 'Not found.' }])
  })

  it('R17, row mail failure: the mail waits, and the answer knows nothing of it', async () => {
    const world = newWorld()
    world.mailer.failWith(new Error('the mail server is away'))
    expect((await world.call(REGISTER, { json: newcomer('ann') })).status).toBe(201)
  })

  it('row normalising, W10: the domain in lower case; a look-alike of a name, and of a name in other letters, is 400', async () => {
    const world = newWorld()
    const answer = await world.call(REGISTER, { json: newcomer('ｂｅｎ', { email: 'Ben@EXAMPLE.org' }) })
    expect(answer.body).toMatchObject({ username: 'ben', email: 'Ben@example.org' })
    await world.auth.setStatus({ userId: 1, status: 'active' })
    for (const username of ['ｂｅｎ', 'BEN']) {
      expect(
        told(await world.call(REGISTER, { json: newcomer(username, { email: 'ben@example.net' }) })),
        username,
      ).toEqual([400, { username: TAKEN }])
    }
  })

  it('W14: an address that somebody has is answered like any other, and its owner gets the notice', async () => {
    const world = newWorld()
    await world.addUser('ben')
    const json = newcomer('eve', { email: 'BEN@example.org' })
    const answer = await world.call(REGISTER, { json })
    expect([answer.status, answer.body]).toMatchObject([201, { username: 'eve', email: 'BEN@example.org' }])
    expect((await world.mails()).map(({ to, subject }) => [to, subject])).toEqual([
      ['ben@example.org', 'Your e-mail is already in use'],
    ])
  })

  it('§2.2: where nobody is verified, a log-in would show it anyway, and it is told', async () => {
    const world = newWorld({ registerVerificationEnabled: false })
    await world.addUser('ben')
    const body = { email: ['user with this email address already exists.'] }
    const send = async (changes: object) =>
      told(await world.call(REGISTER, { json: newcomer('eve', { email: 'BEN@example.org', ...changes }) }))
    expect(await send({})).toEqual([400, body])
    expect(await send({ username: '' })).toEqual([400, { username: ['This field may not be blank.'], ...body }])
  })

  it('W9, T10: nobody makes themselves somebody', async () => {
    const world = newWorld({ userPublicFields: ['id', 'username', 'isStaff', 'isSuperuser', 'isActive'] })
    const privileged = { id: 99, is_staff: true, is_superuser: true, is_active: true, status: 'active' }
    expect((await world.call(REGISTER, { json: newcomer('ann', privileged) })).status).toBe(201)
    const { id, status, isStaff, isSuperuser } = await world.stored('ann')
    expect({ id, status, isStaff, isSuperuser }).toEqual({
      id: 1,
      status: 'pending',
      isStaff: false,
      isSuperuser: false,
    })
  })

  it('R10: a schema of the site’s own may ask for what it likes, with its own words', async () => {
    const schema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value: unknown) => {
          const { name, ...others } = Object(value)
          if (typeof name !== 'string') return { issues: [{ message: 'A name, please.', path: ['name'] }] }
          return { value: { ...others, username: name, fields: undefined } }
        },
      },
    } as const
    const world = newWorld(
      { schemas: { register: schema } },
      { user: { email: 'optional', fields: { colour: field.text() } } },
    )
    expect(told(await world.call(REGISTER, { json: newcomer('x') }))).toEqual([400, { name: ['A name, please.'] }])
    const answer = await world.call(REGISTER, { json: { ...newcomer('x'), name: 'ann', colour: 'red' } })
    expect([answer.status, answer.body]).toMatchObject([201, { username: 'ann', colour: 'red' }])
  })

  it('REGISTER_OUTPUT_SERIALIZER_CLASS: the site writes the answer, and the profile stays as it is', async () => {
    const world = newWorld({ serialize: { registerOutput: ({ username }) => ({ welcome: username }) } })
    expect(told(await world.call(REGISTER, { json: newcomer('ann') }))).toEqual([201, { welcome: 'ann' }])
  })

  it('T3: a form does as well', async () => {
    const world = newWorld()
    const form = Object.fromEntries(Object.entries(newcomer('ann')))
    expect((await world.call(REGISTER, { form })).status).toBe(201)
  })

  it('W16: too many registrations from one address are throttled', async () => {
    const world = newWorld({}, { rateLimits: { registrationsPerAddress: { count: 1, perSeconds: 60 } } })
    await registered(world)
    const answer = await world.call(REGISTER, { json: newcomer('ben') })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)])
  })
})
