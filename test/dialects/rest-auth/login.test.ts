import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { DETAILS, nonField, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const LOGIN = 'POST login/'

const ANN = { username: 'ann', password: PASSWORD }

const REFUSED = nonField(WORDS.CANNOT_LOG_IN)

describe.each(GENERATIONS)('§2 login in generation %s', (generation) => {
  it('row 200 token mode: one key of 40 digits, the same at every log-in until a log-out, then another', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const { status, text } = await world.call(LOGIN, { json: ANN })
    expect(status).toBe(200)
    expect(text).toMatch(/^\{"key":"[0-9a-f]{40}"\}$/)
    const token = await world.tokenOf('ann')
    expect(text).toBe(JSON.stringify({ key: token }))
    await world.call('POST logout/', { token })
    expect(await world.tokenOf('ann')).not.toBe(token)
  })

  it('row caller: a form is as good as JSON', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    expect((await world.call(LOGIN, { form: ANN })).status).toBe(200)
  })

  it('row 400 wrong password, unknown user, inactive user: one text for all three', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const { id } = await world.addUser('barred')
    await world.auth.setStatus({ userId: id, status: 'disabled' })
    for (const json of [
      { ...ANN, password: 'wrong' },
      { ...ANN, username: 'nobody' },
      { ...ANN, username: 'barred' },
    ]) {
      expect(told(await world.call(LOGIN, { json }))).toEqual(REFUSED)
    }
  })

  it('row 400 fields: each is judged, and all complaints are told together in their order', async () => {
    const world = newWorld({ generation })
    expect(told(await world.call(LOGIN, { json: {} }))).toEqual([400, { password: [WORDS.REQUIRED] }])
    const wrong = await world.call(LOGIN, { json: { password: null, email: 'ann', username: ['ann'] } })
    expect(wrong.text).toBe(JSON.stringify({ username: [WORDS.STRING], email: [WORDS.EMAIL], password: [WORDS.NULL] }))
  })

  it.each([
    ['null', null, WORDS.NULL],
    ['a list', [PASSWORD], WORDS.STRING],
    ['an object', { a: 1 }, WORDS.STRING],
    ['true', true, WORDS.STRING],
    ['blank', '   ', WORDS.BLANK],
    ['NUL', 'a\0b', WORDS.NUL],
    ['half a pair of surrogates', 'a\ud800b', WORDS.SURROGATE],
  ])('row 400 fields: a password that is %s', async (_, password, sentence) => {
    const world = newWorld({ generation })
    expect(told(await world.call(LOGIN, { json: { username: 'ann', password } }))).toEqual([
      400,
      { password: [sentence] },
    ])
  })

  it('row 400 fields: a malformed email fails even where the name is right', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    expect(told(await world.call(LOGIN, { json: { ...ANN, email: 'ann at example' } }))).toEqual([
      400,
      { email: [WORDS.EMAIL] },
    ])
    expect((await world.call(LOGIN, { json: { ...ANN, email: '' } })).status).toBe(200)
  })

  it('§1.2 bodies: no object, null, broken JSON, another type', async () => {
    const world = newWorld({ generation })
    const headers = { 'content-type': 'application/json' }
    expect(told(await world.call(LOGIN, { json: [ANN] }))).toEqual(
      nonField('Invalid data. Expected a dictionary, but got list.'),
    )
    expect(told(await world.call(LOGIN, { json: null }))).toEqual(nonField('No data provided'))
    const broken = await world.call(LOGIN, { headers, body: '{"username":' })
    expect(broken.text).toMatch(/^\{"detail":"JSON parse error - /)
    const plain = await world.call(LOGIN, { headers: { 'content-type': 'text/plain' }, body: 'ann' })
    expect(told(plain)).toEqual([415, { detail: 'Unsupported media type "text/plain" in request.' }])
  })

  it('§1.2 strings: white space around a name and a password is trimmed', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const json = { username: '  ann\n', password: ` ${PASSWORD}\t` }
    expect((await world.call(LOGIN, { json })).status).toBe(200)
  })

  it('rule 2: nobody before there is the user, a key after, nobody once inactive', async () => {
    const world = newWorld({ generation })
    expect(told(await world.call(LOGIN, { json: ANN }))).toEqual(REFUSED)
    const { id } = await world.addUser('ann')
    expect((await world.call(LOGIN, { json: ANN })).status).toBe(200)
    await world.auth.setStatus({ userId: id, status: 'disabled' })
    expect(told(await world.call(LOGIN, { json: ANN }))).toEqual(REFUSED)
    expect((await world.call(LOGIN, { json: {} })).status).toBe(400)
  })

  it('edge username case: does not matter', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    expect((await world.call(LOGIN, { json: { ...ANN, username: 'ANN' } })).status).toBe(200)
  })

  it('row 405: nothing but POST and OPTIONS', async () => {
    const world = newWorld({ generation })
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      const { status, headers } = await world.call(`${method} login/`)
      expect([status, headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
    }
    const { body } = await world.call('OPTIONS login/')
    expect(body).toMatchObject({
      name: 'Login',
      actions: {
        POST: {
          username: { type: 'string', required: false },
          email: { type: 'email', required: false },
          password: { type: 'string', required: true },
        },
      },
    })
  })

  it('§1.4 a bad token beside a right log-in is refused, unless the site counts it as none', async () => {
    const strict = newWorld({ generation })
    await strict.addUser('ann')
    const token = 'f'.repeat(40)
    expect(told(await strict.call(LOGIN, { token, json: ANN }))).toEqual([403, DETAILS.invalidToken])
    const lenient = newWorld({ generation, ignoreStaleCredentials: true })
    await lenient.addUser('ann')
    expect((await lenient.call(LOGIN, { token, json: ANN })).status).toBe(200)
  })

  it('unlike the originals locks after three wrong guesses, and says the same', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    for (let guess = 0; guess < 3; guess += 1) {
      await world.call(LOGIN, { json: { ...ANN, password: `wrong ${guess}` } })
    }
    expect(told(await world.call(LOGIN, { json: ANN }))).toEqual(REFUSED)
  })
})

describe('§2 login, an address that is not proven', () => {
  it.each(GENERATIONS)(
    'row 400 mandatory verification: told after a right password alone, without a mail (%s)',
    async (generation) => {
      const world = newWorld({ generation }, { login: { identifiers: ['username'], emailMustBeVerified: true } })
      await world.auth.register({ username: 'ann', email: 'ann@example.org', password: PASSWORD })
      await world.mails()
      world.mailer.clear()
      expect(told(await world.call(LOGIN, { json: ANN }))).toEqual(nonField(WORDS.NOT_VERIFIED))
      expect(told(await world.call(LOGIN, { json: { ...ANN, password: 'wrong' } }))).toEqual(REFUSED)
      expect(await world.mails()).toEqual([])
    },
  )

  it('row 400 inactive user: who was barred by an operator is told nothing, proven or not', async () => {
    const world = newWorld({}, { login: { identifiers: ['username'], emailMustBeVerified: true } })
    const { id } = await world.addUser('ann')
    await world.auth.setStatus({ userId: id, status: 'disabled' })
    expect(told(await world.call(LOGIN, { json: ANN }))).toEqual(REFUSED)
  })

  // The newer original refuses whoever has no address, so that nobody without one could ever come in.
  it.each(GENERATIONS)(
    'edge mandatory, no address: unlike the original there is nothing to prove (%s)',
    async (generation) => {
      const world = newWorld({ generation }, { login: { identifiers: ['username'], emailMustBeVerified: true } })
      await world.addUser('ann', { email: null })
      expect((await world.call(LOGIN, { json: ANN })).status).toBe(200)
    },
  )
})
