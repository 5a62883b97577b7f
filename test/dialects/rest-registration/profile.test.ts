import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { field } from '../../../src/index.ts'
import { told } from '../drf/support/answer.ts'
import { WORDS } from './support/words.ts'
import { restRegistrationWorlds, TOKENS_ONLY } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const ANN = { id: 1, username: 'ann', first_name: '', last_name: '', email: 'ann@example.org' }

async function signedIn(options: Parameters<typeof newWorld>[0] = {}, engine: Parameters<typeof newWorld>[1] = {}) {
  const world = newWorld({ ...TOKENS_ONLY, ...options }, engine)
  const { token } = await world.member('ann')
  const send = (method: string, json?: unknown) =>
    world.call(`${method} profile/`, { token, ...(json === undefined ? {} : { json }) })
  return { ...world, send }
}

/** What `OPTIONS profile/` says may be written, and what is only shown. */
async function described(send: (method: string) => Promise<{ readonly body: unknown }>) {
  const fields: Record<string, { readonly read_only: boolean }> = Object((await send('OPTIONS')).body).actions.POST
  const named = (isReadOnly: boolean) =>
    Object.entries(fields).flatMap(([name, { read_only }]) => (read_only === isReadOnly ? [name] : []))
  return { writable: named(false), readOnly: named(true) }
}

describe('§3.5 profile/', () => {
  it('GET shows the public fields', async () => {
    const { send } = await signedIn()
    expect(told(await send('GET'))).toEqual([200, ANN])
  })

  it.each(['POST', 'PUT'])('%s needs the name, and leaves alone what is absent', async (method) => {
    const { send } = await signedIn()
    await send('PATCH', { first_name: 'Ann', last_name: 'Lee' })
    expect(told(await send(method, {}))).toEqual([400, { username: [WORDS.REQUIRED] }])
    const answer = await send(method, { username: 'anna', last_name: '' })
    expect(told(answer)).toEqual([200, { ...ANN, username: 'anna', first_name: 'Ann' }])
  })

  it('R31: PATCH changes names and the user name, but no id and no address', async () => {
    const { send, stored } = await signedIn()
    const json = { id: 9, username: 'anna', first_name: 'Ann', last_name: 'Lee', email: 'else@example.org' }
    expect(told(await send('PATCH', json))).toEqual([
      200,
      { ...ANN, username: 'anna', first_name: 'Ann', last_name: 'Lee' },
    ])
    expect(await stored('anna')).toMatchObject({ id: 1, email: 'ann@example.org', firstName: 'Ann' })
  })

  it('W9: neither password, nor hidden or privileged fields are changed by anything that is sent', async () => {
    const { send, stored } = await signedIn()
    const before = await stored('ann')
    const json = {
      ...{ password: 'x', password_hash: 'x', is_staff: true, is_superuser: true, is_active: false },
      ...{ status: 'disabled', last_login: '2000-01-01T00:00:00Z', date_joined: '2000-01-01T00:00:00Z' },
      ...{ isStaff: true, emailVerifiedAt: null, session_epoch: 4, groups: [1], user_permissions: [1] },
    }
    expect(told(await send('PATCH', json))).toEqual([200, ANN])
    expect(await stored('ann')).toEqual(before)
  })

  it.each([
    [{ username: '' }, { username: [WORDS.BLANK] }],
    [{ username: null }, { username: [WORDS.NULL] }],
    [{ username: ['x'] }, { username: [WORDS.STRING] }],
    [{ username: 'ben' }, { username: [WORDS.USERNAME_TAKEN] }],
    [{ username: 'BEN' }, { username: [WORDS.USERNAME_TAKEN] }],
    [
      { username: 'a b' },
      {
        username: ['Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.'],
      },
    ],
    [{ username: 'a'.repeat(151) }, { username: ['Ensure this field has no more than 150 characters.'] }],
    [
      { first_name: null, last_name: 'a\0' },
      { first_name: [WORDS.NULL], last_name: [WORDS.NUL] },
    ],
    [{ first_name: 'é'.repeat(151) }, { first_name: ['Ensure this field has no more than 150 characters.'] }],
    [
      { username: 'ben', first_name: {} },
      { username: [WORDS.USERNAME_TAKEN], first_name: [WORDS.STRING] },
    ],
  ])('400: %j', async (json, complaints) => {
    const { send, addUser } = await signedIn()
    await addUser('ben')
    expect(told(await send('PATCH', json))).toEqual([400, complaints])
    expect(told(await send('PUT', { username: 'ann', ...json }))).toEqual([400, complaints])
  })

  it('one’s own name is free, in any spelling; a look-alike of another one is not', async () => {
    const { send, addUser } = await signedIn()
    await addUser('ben')
    expect((await send('PATCH', { username: 'ann' })).status).toBe(200)
    expect((await send('PATCH', { username: 'ANN', first_name: 'A' })).body).toMatchObject({ username: 'ANN' })
    // The original stores a full-width name as it is given, beside the other one.
    expect(told(await send('PATCH', { username: 'ｂｅｎ' }))).toEqual([400, { username: [WORDS.USERNAME_TAKEN] }])
  })
})

describe('R32 field sets', () => {
  it('by default id, names, user name and address; id and address are only shown', async () => {
    const { send } = await signedIn()
    expect(await described(send)).toEqual({
      writable: ['username', 'first_name', 'last_name'],
      readOnly: ['id', 'email'],
    })
  })

  it('USER_HIDDEN_FIELDS: never shown, and never written', async () => {
    const { send, stored } = await signedIn({ userHiddenFields: ['lastName', 'email'] })
    const { last_name: _, ...shown } = ANN
    expect(told(await send('PATCH', { last_name: 'Lee' }))).toEqual([200, shown])
    expect((await stored('ann')).lastName).toBe('')
  })

  it('USER_PUBLIC_FIELDS: these and the address, even hidden ones; without its name the id goes', async () => {
    const { send } = await signedIn({ userPublicFields: ['username', 'lastLoginAt'], userHiddenFields: ['username'] })
    const body = { last_login: '2026-03-01T12:00:00Z', username: 'ann', email: 'ann@example.org' }
    expect(told(await send('GET'))).toEqual([200, body])
    expect(await described(send)).toEqual({ writable: ['username'], readOnly: ['last_login', 'email'] })
  })

  it('USER_PUBLIC_FIELDS, W9: privileged fields can be shown, and stay read-only', async () => {
    const guarded = ['isStaff', 'isSuperuser', 'isActive', 'dateJoined'] as const
    const { send } = await signedIn({ userPublicFields: ['username', ...guarded] })
    const shown = { is_superuser: false, is_staff: false, is_active: true, date_joined: '2026-03-01T12:00:00Z' }
    const json = { is_superuser: true, is_staff: true, is_active: false, date_joined: '2000-01-01T00:00:00Z' }
    const answer = await send('PUT', { username: 'ann', ...json })
    expect(told(answer)).toEqual([200, { username: 'ann', email: 'ann@example.org', ...shown }])
  })

  it('USER_EDITABLE_FIELDS: the rest is shown, and left alone', async () => {
    const { send } = await signedIn({ userEditableFields: ['firstName'] })
    const answer = await send('PUT', { username: 'other', first_name: 'Ann', last_name: 'Lee' })
    expect(told(answer)).toEqual([200, { ...ANN, first_name: 'Ann' }])
    expect(await described(send)).toEqual({
      writable: ['first_name'],
      readOnly: ['id', 'username', 'last_name', 'email'],
    })
  })

  it('where nothing may be edited every method still answers', async () => {
    const { send } = await signedIn({ userEditableFields: [] })
    for (const method of ['POST', 'PUT', 'PATCH'])
      expect(told(await send(method, { first_name: 'A' }))).toEqual([200, ANN])
  })
})

describe('declared fields', () => {
  const fields = {
    nickname: field.text({ maxLength: 5, default: '' }),
    favouriteColour: field.text({ unique: true }),
    isReader: field.boolean({ default: false }),
    credit: field.number({ integer: true, default: 3, writable: false }),
    note: field.text({ public: false }),
  }

  it('are on the wire in snake_case, each with what it may be', async () => {
    const { send, stored } = await signedIn({}, { user: { fields } })
    const own = { nickname: '', favourite_colour: null, is_reader: false, credit: 3 }
    expect(told(await send('GET'))).toEqual([200, { ...ANN, ...own }])
    const answer = await send('PATCH', {
      nickname: 'nan',
      favourite_colour: 'red',
      is_reader: 'Yes',
      credit: 9,
      note: 'x',
    })
    expect(told(answer)).toEqual([
      200,
      { ...ANN, nickname: 'nan', favourite_colour: 'red', is_reader: true, credit: 3 },
    ])
    expect((await stored('ann')).fields).toMatchObject({ credit: 3, note: 'x' })
  })

  it('tell what is wrong with them by those names', async () => {
    const { send, addUser, auth } = await signedIn({}, { user: { fields } })
    const { id } = await addUser('ben')
    await auth.updateUser({ userId: id, fields: { favouriteColour: 'red' } })
    expect(told(await send('PATCH', { nickname: 'too long', is_reader: 'perhaps' }))).toEqual([
      400,
      { nickname: ['Ensure this field has no more than 5 characters.'], is_reader: [WORDS.BOOLEAN] },
    ])
    expect(told(await send('PATCH', { favourite_colour: 'red' }))).toEqual([
      400,
      { favourite_colour: ['user with this favourite colour already exists.'] },
    ])
  })

  it('are public, hidden and editable by their names in the model', async () => {
    const options = { userHiddenFields: ['favouriteColour'], userEditableFields: ['nickname', 'isReader'] }
    const { send } = await signedIn(options, { user: { fields } })
    const answer = await send('PATCH', { nickname: 'nan', is_reader: true, note: 'x', first_name: 'A' })
    expect(told(answer)).toEqual([200, { ...ANN, nickname: 'nan', is_reader: true, credit: 3 }])
  })
})

describe('PROFILE_SERIALIZER_CLASS', () => {
  it('replaces what the profile shows', async () => {
    const { send } = await signedIn({ serialize: { profile: ({ id, username }) => ({ me: `${id}:${username}` }) } })
    expect(told(await send('GET'))).toEqual([200, { me: '1:ann' }])
    expect(told(await send('PATCH', {}))).toEqual([200, { me: '1:ann' }])
  })

  it('may be null', async () => {
    const { send } = await signedIn({ serialize: { profile: () => null } })
    expect((await send('GET')).text).toBe('null')
  })

  it('replaces what it reads; the address has an endpoint of its own all the same', async () => {
    const profile = z.object({ first_name: z.string().min(2, 'two at least'), email: z.string().optional() })
    const { send } = await signedIn({ schemas: { profile } })
    expect(told(await send('PUT', { first_name: 'A' }))).toEqual([400, { first_name: ['two at least'] }])
    const answer = await send('PATCH', { first_name: 'Ann', username: 'other', email: 'else@example.org' })
    expect(told(answer)).toEqual([200, { ...ANN, first_name: 'Ann' }])
  })

  it('R10: may read the nested record of a profile', async () => {
    const user = { profiles: { address: { city: field.text() } } }
    const profile = z.object({ address: z.object({ city: z.string() }) })
    const { send, stored } = await signedIn({ schemas: { profile } }, { user })
    expect((await send('PUT', { address: { city: 'Ulm' } })).status).toBe(200)
    expect((await stored('ann')).profiles).toEqual({ address: { city: 'Ulm' } })
  })
})
