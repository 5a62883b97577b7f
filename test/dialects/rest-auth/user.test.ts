import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { DETAILS, tooLong, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const ANN = { pk: 1, username: 'ann', email: 'ann@example.org', first_name: '', last_name: '' }

describe.each(GENERATIONS)('§3 user/ in generation %s', (generation) => {
  it('row methods: GET, HEAD, PUT, PATCH and OPTIONS', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    const get = await world.call('GET user/', { token })
    expect(get.text).toBe(JSON.stringify(ANN))
    expect(get.headers.get('allow')).toBe('GET, PUT, PATCH, HEAD, OPTIONS')
    expect((await world.call('HEAD user/', { token })).status).toBe(200)
    for (const method of ['POST', 'DELETE']) {
      const detail = `Method "${method}" not allowed.`
      expect(told(await world.call(`${method} user/`, { token }))).toEqual([405, { detail }])
    }
    expect((await world.call('OPTIONS user/', { token })).body).toMatchObject({
      name: 'User Details',
      actions: {
        PUT: {
          pk: { type: 'integer', required: false, read_only: true, label: 'ID' },
          username: { type: 'string', required: true, read_only: false, max_length: 150 },
          email: { type: 'email', required: false, read_only: true },
          first_name: { required: false, max_length: 150 },
          last_name: { required: false, max_length: 150 },
        },
      },
    })
  })

  it('row caller: nobody is 403 with sessions first, 401 with tokens first, whatever the method', async () => {
    const world = newWorld({ generation })
    for (const method of ['GET', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS']) {
      expect(told(await world.call(`${method} user/`))).toEqual([403, DETAILS.anonymous])
    }
    const tokens = newWorld({ generation, authentication: ['token'] })
    const answer = await tokens.call('GET user/')
    expect([told(answer), answer.headers.get('www-authenticate')]).toEqual([[401, DETAILS.anonymous], 'Token'])
  })

  it('row writable: both names; pk, email and what is unknown are silently ignored', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    const json = {
      username: 'anna',
      first_name: 'Ann',
      last_name: 'Smith',
      pk: 7,
      email: 'x@example.org',
      is_staff: true,
    }
    const after = { pk: 1, username: 'anna', email: ANN.email, first_name: 'Ann', last_name: 'Smith' }
    expect(told(await world.call('PUT user/', { token, json }))).toEqual([200, after])
    expect(told(await world.call('GET user/', { token }))).toEqual([200, after])
    expect(await world.stored('anna')).toMatchObject({ email: ANN.email, isStaff: false, isSuperuser: false })
  })

  it('rule 11: a PATCH of names answers what is stored, and a sent email does no harm', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    for (const email of ['other@example.org', 'nonsense', null, ['x']]) {
      const json = { first_name: 'Ann', last_name: 'Smith', email }
      const answer = await world.call('PATCH user/', { token, json })
      expect(told(answer)).toEqual([200, { ...ANN, first_name: 'Ann', last_name: 'Smith' }])
    }
    expect(await world.stored('ann')).toMatchObject({ firstName: 'Ann', lastName: 'Smith', email: ANN.email })
  })

  it('row PUT with only username: the others keep their value', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    await world.call('PATCH user/', { token, json: { first_name: 'Ann', last_name: 'Smith' } })
    expect(told(await world.call('PUT user/', { token, json: { username: 'anna' } }))).toEqual([
      200,
      { ...ANN, username: 'anna', first_name: 'Ann', last_name: 'Smith' },
    ])
  })

  it('row writable: PUT needs the username, PATCH nothing', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    expect(told(await world.call('PUT user/', { token, json: {} }))).toEqual([400, { username: [WORDS.REQUIRED] }])
    expect(told(await world.call('PATCH user/', { token, json: {} }))).toEqual([200, ANN])
  })

  it('row lengths: 150 each; names may be blank and not null', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    const long = 'x'.repeat(151)
    const patch = (json: object) => world.call('PATCH user/', { token, json })
    expect(told(await patch({ username: long, first_name: long, last_name: long }))).toEqual([
      400,
      { username: [tooLong(150)], first_name: [tooLong(150)], last_name: [tooLong(150)] },
    ])
    expect(told(await patch({ username: null, first_name: null, last_name: null }))).toEqual([
      400,
      { username: [WORDS.NULL], first_name: [WORDS.NULL], last_name: [WORDS.NULL] },
    ])
    expect((await patch({ username: 'x'.repeat(150), first_name: '', last_name: 'é'.repeat(150) })).status).toBe(200)
  })

  it('row 400: characters of a name, blank, and what is no text', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    const patch = async (username: unknown) => told(await world.call('PATCH user/', { token, json: { username } }))
    expect(await patch('ann smith')).toEqual([400, { username: [WORDS.CHARACTERS] }])
    expect(await patch('  ')).toEqual([400, { username: [WORDS.BLANK] }])
    for (const value of [[], {}, true]) expect(await patch(value)).toEqual([400, { username: [WORDS.STRING] }])
    expect((await world.call('PATCH user/', { token, json: { username: 'ålfons_ü.2' } })).status).toBe(200)
  })

  it('row 400: a taken name', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    await world.addUser('bob')
    expect(told(await world.call('PATCH user/', { token, json: { username: 'bob' } }))).toEqual([
      400,
      { username: [WORDS.TAKEN] },
    ])
  })

  it('row 400: a taken name is told beside other wrong fields', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    await world.addUser('bob')
    const both = await world.call('PATCH user/', { token, json: { first_name: null, username: 'bob' } })
    expect(both.text).toBe(JSON.stringify({ username: [WORDS.TAKEN], first_name: [WORDS.NULL] }))
    const own = await world.call('PATCH user/', { token, json: { first_name: null, username: 'ANN' } })
    expect(told(own)).toEqual([400, { first_name: [WORDS.NULL] }])
  })

  // Of 0.9 two names of which one is in capitals were two names; look-alikes are impersonation.
  it('row clash: in any case', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    await world.addUser('bob')
    expect(told(await world.call('PATCH user/', { token, json: { username: 'BOB' } }))).toEqual([
      400,
      { username: [WORDS.TAKEN] },
    ])
  })

  it('row clash: the caller’s own name is none, in any case', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    expect(told(await world.call('PUT user/', { token, json: { username: 'ann' } }))).toEqual([200, ANN])
    expect(told(await world.call('PATCH user/', { token, json: { username: 'Ann' } }))).toEqual([
      200,
      { ...ANN, username: 'Ann' },
    ])
  })

  it('a session needs its CSRF token to write', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    expect((await browser.call('PATCH user/', { json: { first_name: 'A' }, csrf: false })).status).toBe(403)
    expect((await browser.call('PATCH user/', { json: { first_name: 'A' } })).status).toBe(200)
  })

  it('a missing name and a missing address are empty texts', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann', { email: null })
    expect(told(await world.call('GET user/', { token }))).toEqual([200, { ...ANN, email: '' }])
  })

  it('a model without user names has none here', async () => {
    const world = newWorld(
      { generation },
      { user: { username: 'none', email: 'required' }, login: { identifiers: ['email'], emailMustBeVerified: false } },
    )
    await world.auth.createUser({ email: ANN.email, password: 'plum-tart-4-breakfast', passwordCheck: 'bypassed' })
    const login = await world.call('POST login/', { json: { email: ANN.email, password: 'plum-tart-4-breakfast' } })
    const token = String(Reflect.get(Object(login.body), 'key'))
    const { username: _, ...nameless } = ANN
    expect(told(await world.call('GET user/', { token }))).toEqual([200, nameless])
    expect(told(await world.call('PUT user/', { token, json: { username: 'ann', first_name: 'A' } }))).toEqual([
      200,
      { ...nameless, first_name: 'A' },
    ])
  })
})

describe('rule 24: rules about names', () => {
  const RULES = {
    usernameBlacklist: ['Root'],
    usernameValidators: [
      (name: string) => (name.startsWith('x') ? 'No x, please.' : null),
      (name: string) => (name.endsWith('x') ? 'Not at the end.' : null),
    ],
  }

  it('of 7 apply at user/, the first alone', async () => {
    const world = newWorld(RULES)
    const { token } = await world.member('ann')
    const put = async (username: string) => told(await world.call('PUT user/', { token, json: { username } }))
    expect(await put('xerox')).toEqual([400, { username: ['No x, please.'] }])
    expect(await put('climax')).toEqual([400, { username: ['Not at the end.'] }])
    for (const name of ['root', 'ROOT', 'ｒｏｏｔ'])
      expect(await put(name)).toEqual([400, { username: [WORDS.BLACKLISTED] }])
    expect((await put('anna'))[0]).toBe(200)
  })

  it('of 0.9 do not', async () => {
    const world = newWorld({ generation: '0.9', ...RULES })
    const { token } = await world.member('ann')
    for (const username of ['xerox', 'rooty', 'Root1']) {
      expect((await world.call('PUT user/', { token, json: { username } })).status).toBe(200)
    }
  })

  it('the minimum length applies in neither', async () => {
    for (const generation of GENERATIONS) {
      const world = newWorld({ generation, usernameMinLength: 4 })
      const { token } = await world.member('anna')
      expect((await world.call('PUT user/', { token, json: { username: 'al' } })).status).toBe(200)
    }
  })
})
