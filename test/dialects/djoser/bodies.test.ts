import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { WORDS } from './support/words.ts'

const newSite = djoserSites()

const ALICE = { username: 'alice', email: 'a@b.co', password: PASSWORD }

const JSON_TYPE = { 'content-type': 'application/json' }

function multipart(fields: Readonly<Record<string, string | Blob>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

describe('§1.2 request bodies', () => {
  it.each([
    ['JSON', { json: ALICE }],
    [
      'JSON with a charset',
      { body: JSON.stringify(ALICE), headers: { 'content-type': 'application/json; charset=x' } },
    ],
    ['a form', { form: ALICE }],
    ['multipart', { body: multipart(ALICE) }],
  ])('§1.2 request types: %s is read', async (_, options) => {
    expect(told(await newSite().call('POST users/', options))).toEqual([
      201,
      { email: 'a@b.co', username: 'alice', id: 1 },
    ])
  })

  it.each([
    ['JSON', { json: { current_password: 'wrong' } }],
    ['a form', { form: { current_password: 'wrong' } }],
    ['multipart', { body: multipart({ current_password: 'wrong' }) }],
  ])('§1.2 request types: %s is read with DELETE, too', async (_, options) => {
    const site = newSite()
    const { token } = await site.member('ann')
    expect(told(await site.call('DELETE users/me/', { token, ...options }))).toEqual([
      400,
      { current_password: [WORDS.PASS] },
    ])
  })

  it.each(['text/plain', 'application/xml', 'application/json-patch+json'])(
    '§1.2 other type: %s with a body is 415 and named',
    async (type) => {
      const answer = await newSite().call('POST users/', { body: '{}', headers: { 'content-type': type } })
      expect(told(answer)).toEqual([415, { detail: `Unsupported media type "${type}" in request.` }])
    },
  )

  it('§1.2 other type: a body without a type is 415 with an empty name', async () => {
    const body = new TextEncoder().encode('{}')
    expect(told(await newSite().call('POST users/', { body }))).toEqual([
      415,
      { detail: 'Unsupported media type "" in request.' },
    ])
  })

  it.each([
    ['no body', {}],
    ['an empty one', { body: '', headers: JSON_TYPE }],
    ['an empty one of another type', { body: '', headers: { 'content-type': 'text/plain' } }],
  ])('§1.2 no body: %s is an empty object', async (_, options) => {
    expect(told(await newSite().call('POST users/activation/', options))).toEqual([
      400,
      { uid: [WORDS.REQ], token: [WORDS.REQ] },
    ])
  })

  it.each([
    ['half of it', '{"username":'],
    ['NaN', '{"username":NaN}'],
    ['Infinity', '{"username":-Infinity}'],
    ['a trailing comma', '{"username":"x",}'],
    ['single quotes', "{'username':'x'}"],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('§1.2 malformed JSON: %s is a parse error', async (_, body) => {
    const answer = await newSite().call('POST users/', { body, headers: JSON_TYPE })
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({ detail: expect.stringMatching(/^JSON parse error - ./) as string })
  })

  it('§1.2 malformed JSON: the sentence does not repeat what was sent, which may be a password', async () => {
    const answer = await newSite().call('POST users/', { body: `{"password":"${PASSWORD}`, headers: JSON_TYPE })
    expect(answer.text).not.toContain('plum')
  })

  it.each([
    ['[]', 'list'],
    ['"text"', 'str'],
    ['5', 'int'],
    ['1.5', 'float'],
    ['true', 'bool'],
  ])('§1.2 JSON that is no object: %s is told as %s', async (body, type) => {
    expect(told(await newSite().call('POST users/', { body, headers: JSON_TYPE }))).toEqual([
      400,
      { non_field_errors: [`Invalid data. Expected a dictionary, but got ${type}.`] },
    ])
  })

  it('§1.2 JSON null: no data', async () => {
    expect(told(await newSite().call('POST users/', { body: 'null', headers: JSON_TYPE }))).toEqual([
      400,
      { non_field_errors: ['No data provided'] },
    ])
  })

  it.each([
    [
      'a form',
      'username=first&username=alice&email=a%40b.co&password=plum-tart-4-breakfast',
      'application/x-www-form-urlencoded',
    ],
    ['JSON', `{"username":"first","username":"alice","email":"a@b.co","password":"${PASSWORD}"}`, 'application/json'],
  ])('§1.2 form details: of a repeated key the last value counts in %s', async (_, body, type) => {
    const answer = await newSite().call('POST users/', { body, headers: { 'content-type': type } })
    expect(told(answer)).toEqual([201, { email: 'a@b.co', username: 'alice', id: 1 }])
  })

  it('§1.2 form details: a file where a text belongs is no text', async () => {
    const body = multipart({ ...ALICE, username: new Blob(['alice']) })
    expect(told(await newSite().call('POST users/', { body }))).toEqual([400, { username: [WORDS.STR] }])
  })

  it('§1.2 unknown keys: are ignored', async () => {
    const json = { ...ALICE, nonsense: [1], __proto__: { isStaff: true } }
    expect((await newSite().call('POST users/', { json })).status).toBe(201)
  })
})

describe('§1.4 messages', () => {
  const register = (changes: object) => newSite().call('POST users/', { json: { ...ALICE, ...changes } })

  it.each([
    ['REQ', { username: undefined }, { username: [WORDS.REQ] }],
    ['BLANK', { username: '' }, { username: [WORDS.BLANK] }],
    ['BLANK after trimming', { username: ' \t' }, { username: [WORDS.BLANK] }],
    ['NULL', { username: null }, { username: [WORDS.NULL] }],
    ['STR for a boolean', { username: true }, { username: [WORDS.STR] }],
    ['STR for a list', { username: ['alice'] }, { username: [WORDS.STR] }],
    ['STR for an object', { username: { a: 1 } }, { username: [WORDS.STR] }],
    ['MAIL', { email: 'nonsense' }, { email: [WORDS.MAIL] }],
    ['MAIL in place of STR', { email: ['a@b.co'] }, { email: [WORDS.MAIL] }],
    ['MAX', { username: 'a'.repeat(151) }, { username: [WORDS.MAX] }],
    [
      'MAX of an address',
      { email: `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.co` },
      { email: expect.arrayContaining([WORDS.MAX_EMAIL]) as unknown },
    ],
    ['UCHAR', { username: 'a b' }, { username: [WORDS.UCHAR] }],
    ['NUL in a name, after UCHAR', { username: 'a\0b' }, { username: [WORDS.UCHAR, WORDS.NUL] }],
    ['SURR in a name, after UCHAR', { username: 'a\ud800b' }, { username: [WORDS.UCHAR, WORDS.SURR] }],
    ['NUL in an address, before MAIL', { email: 'a\0@b.co' }, { email: [WORDS.NUL, WORDS.MAIL] }],
    ['SURR in an address, before MAIL', { email: 'a\ud800@b.co' }, { email: [WORDS.SURR, WORDS.MAIL] }],
    ['NUL in a password', { password: `${PASSWORD}\0` }, { password: [WORDS.NUL] }],
    ['SURR in a password', { password: `${PASSWORD}\ud800` }, { password: [WORDS.SURR] }],
    [
      'all of a name’s',
      { username: `${'a '.repeat(80)}\0\ud800` },
      { username: [WORDS.UCHAR, WORDS.MAX, WORDS.NUL, WORDS.SURR] },
    ],
    [
      'all fields’ together',
      { username: '', email: 'x', password: null },
      { email: [WORDS.MAIL], username: [WORDS.BLANK], password: [WORDS.NULL] },
    ],
  ])('§1.4 %s', async (_, changes, errors) => {
    expect(told(await register(changes))).toEqual([400, errors])
  })

  it('§1.4 STR: a number is taken for its digits', async () => {
    expect(told(await register({ username: 12345 }))).toEqual([201, { email: 'a@b.co', username: '12345', id: 1 }])
  })

  it.each([
    ['username', { username: 'zorblax', password: 'zorblax-9' }],
    ['email address', { email: 'zorblax@qq.example', password: 'zorblax@qq' }],
  ])('§1.4 password validators: too similar to the %s', async (attribute, changes) => {
    expect(told(await register(changes))).toEqual([
      400,
      { password: [`The password is too similar to the ${attribute}.`] },
    ])
  })

  it.each(['firstName', 'lastName'] as const)('§1.4 password validators: too similar to the %s', async (name) => {
    const site = newSite()
    const { token, id } = await site.member('ann')
    await site.auth.updateUser({ userId: id, [name]: 'Zorblaxia' })
    const json = { current_password: PASSWORD, new_password: 'zorblaxia1' }
    const attribute = name === 'firstName' ? 'first name' : 'last name'
    expect(told(await site.call('POST users/set_password/', { token, json }))).toEqual([
      400,
      { new_password: [`The password is too similar to the ${attribute}.`] },
    ])
  })
})
