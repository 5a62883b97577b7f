import { describe, expect, it } from 'vitest'
import { quickHasher } from '../../../src/testing/quick-hasher.ts'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { ANN, ANN_ADDRESS, MANDATORY, newcomer, REGISTER } from './support/registration.ts'
import { nonField, tooLong, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const TAKEN_ADDRESS = {
  '0.9': 'A user is already registered with this e-mail address.',
  '7': 'User is already registered with this e-mail address.',
} as const

const UNJUDGED = { passwords: { hasher: quickHasher(), validators: [] } }

describe.each(GENERATIONS)('§5 fields of registration in generation %s', (generation) => {
  it.each([
    ['missing', undefined, WORDS.REQUIRED],
    ['null', null, WORDS.NULL],
    ['blank', '', WORDS.BLANK],
    ['of white space', '  ', WORDS.BLANK],
    ['a list', ['ann'], WORDS.STRING],
    ['a boolean', true, WORDS.STRING],
    ['of bad characters', 'an na', WORDS.CHARACTERS],
    ['of 151 characters', 'x'.repeat(151), tooLong(150)],
    ['of 151 bad characters', ' !'.repeat(76).trim(), tooLong(150)],
    ['reserved', 'admin', WORDS.BLACKLISTED],
  ])('row 400 username: %s', async (_, username, sentence) => {
    const world = newWorld({ generation })
    expect(told(await world.call(REGISTER, { json: { ...ANN, username } }))).toEqual([400, { username: [sentence] }])
  })

  it('row body: a user name of 150 characters, of any letters, and a number for its digits', async () => {
    const world = newWorld({ generation })
    for (const username of ['x'.repeat(150), 'łukasz', 'a.b-c_d+e', 4711]) {
      const json = { username, password1: PASSWORD, password2: PASSWORD }
      expect((await world.call(REGISTER, { json })).status).toBe(201)
    }
    expect((await world.users()).map(({ username }) => username)).toContain('4711')
  })

  it('row 400 username: one that somebody has, in whatever case', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    for (const username of ['ann', 'ANN']) {
      const json = { ...newcomer('bob'), username }
      expect(told(await world.call(REGISTER, { json }))).toEqual([400, { username: [WORDS.TAKEN] }])
    }
  })

  it.each([
    ['null', null, WORDS.NULL],
    ['blank', '', WORDS.BLANK],
    ['no address', 'ann', WORDS.EMAIL],
    ['two addresses', 'a@b.example, c@d.example', WORDS.EMAIL],
    // A difference: the original cuts it.
    ['of 257 characters', `${'x'.repeat(245)}@example.org`, tooLong(254)],
  ])('row 400 email: %s', async (_, email, sentence) => {
    const world = newWorld({ generation })
    expect(told(await world.call(REGISTER, { json: { ...ANN, email } }))).toEqual([400, { email: [sentence] }])
  })

  it('row body: an address may be left out, where the site lets it', async () => {
    const world = newWorld({ generation })
    const { email: _, ...json } = ANN
    expect((await world.call(REGISTER, { json })).status).toBe(201)
    expect(await world.stored('ann')).toMatchObject({ email: null })
    expect(await world.mails()).toEqual([])
  })

  it('row 400 email: one that somebody has proven, in whatever case', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    for (const email of [ANN_ADDRESS, 'ANN@Example.org']) {
      const json = { ...newcomer('bob'), email }
      expect(told(await world.call(REGISTER, { json }))).toEqual([400, { email: [TAKEN_ADDRESS[generation]] }])
    }
  })

  it('row same unverified address twice: refused, since an address has one owner', async () => {
    const world = newWorld({ generation })
    await world.call(REGISTER, { json: ANN })
    const json = { ...newcomer('bob'), email: ANN_ADDRESS }
    expect(told(await world.call(REGISTER, { json }))).toEqual([400, { email: [TAKEN_ADDRESS[generation]] }])
  })

  it('§1.3: all failing fields are told together, in their order, with what is taken', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const { text } = await world.call(REGISTER, { json: { ...ANN, password1: '1234567', password2: null } })
    const common = [WORDS.SHORT, WORDS.COMMON, WORDS.NUMERIC]
    expect(text).toBe(
      JSON.stringify({
        username: [WORDS.TAKEN],
        email: [TAKEN_ADDRESS[generation]],
        password1: common,
        password2: [WORDS.NULL],
      }),
    )
    const readable = await world.call(REGISTER, { json: { ...ANN, password1: '1234567' } })
    expect(readable.text).toBe(
      JSON.stringify({ username: [WORDS.TAKEN], email: [TAKEN_ADDRESS[generation]], password1: common }),
    )
  })

  it('rule 8, row 400 password: what the validators say is told under password1, also of a number', async () => {
    const world = newWorld({ generation })
    const json = { ...ANN, password1: 12_345_678, password2: 12_345_678 }
    expect(told(await world.call(REGISTER, { json }))).toEqual([400, { password1: [WORDS.COMMON, WORDS.NUMERIC] }])
  })

  it.each([
    ['null', null, WORDS.NULL],
    ['blank', ' ', WORDS.BLANK],
    ['a list', [PASSWORD], WORDS.STRING],
    ['with a NUL', 'plum\0tart-4-breakfast', WORDS.NUL],
  ])('row 400 password: %s', async (_, password1, sentence) => {
    const world = newWorld({ generation })
    expect(told(await world.call(REGISTER, { json: { ...ANN, password1 } }))).toEqual([400, { password1: [sentence] }])
  })

  it('row no validators configured: six characters at least', async () => {
    const world = newWorld({ generation }, UNJUDGED)
    const sentence =
      generation === '7'
        ? 'This password is too short. It must contain at least 6 characters.'
        : 'Password must be a minimum of 6 characters.'
    const expected = [400, { password1: [sentence] }]
    expect(told(await world.call(REGISTER, { json: newcomer('ann', '12345') }))).toEqual(expected)
    // Beside fields that cannot be read, too.
    const beside = await world.call(REGISTER, { json: { ...newcomer('ann', '12345'), username: '' } })
    expect(told(beside)).toEqual([400, { username: [WORDS.BLANK], password1: [sentence] }])
    expect((await world.call(REGISTER, { json: newcomer('ann', '123456') })).status).toBe(201)
  })

  it('row no validators configured: a site with validators has no other minimum than theirs', async () => {
    const lenient = { name: 'lenient', validate: () => [] }
    const world = newWorld({ generation }, { passwords: { ...UNJUDGED.passwords, validators: [lenient] } })
    expect((await world.call(REGISTER, { json: newcomer('ann', '12345') })).status).toBe(201)
  })

  it('keeps quiet about a taken address where nobody logs in before it is proven, and tells its owner', async () => {
    const world = newWorld({ generation, ...MANDATORY })
    await world.addUser('ann')
    const taken = await world.call(REGISTER, { json: { ...newcomer('mallory'), email: 'ANN@example.org' } })
    const free = await world.call(REGISTER, { json: newcomer('bob') })
    expect(told(taken)).toEqual(told(free))
    expect([...taken.headers.keys()]).toEqual([...free.headers.keys()])
    expect((await world.mails()).map(({ to, subject }) => [to, subject.slice(0, 24)])).toEqual([
      [ANN_ADDRESS, '[Acme] Account Already Ex'.slice(0, 24)],
      ['bob@example.org', '[Acme] Please Confirm Yo'],
    ])
  })

  it('keeps as quiet about a taken address beside fields that are wrong', async () => {
    const world = newWorld({ generation, ...MANDATORY })
    await world.addUser('ann')
    const json = { ...newcomer('mallory'), email: ANN_ADDRESS, password2: '' }
    expect(told(await world.call(REGISTER, { json }))).toEqual([400, { password2: [WORDS.BLANK] }])
  })

  it('tells a taken address under mandatory verification, too, where the site wants that', async () => {
    const world = newWorld({ generation, ...MANDATORY, dangerouslyTellTakenAddresses: true })
    await world.addUser('ann')
    const json = { ...newcomer('mallory'), email: ANN_ADDRESS }
    expect(told(await world.call(REGISTER, { json }))).toEqual([400, { email: [TAKEN_ADDRESS[generation]] }])
    expect(await world.mails()).toEqual([])
  })

  it('counts a question with a wrong field as a registration, so that nobody looks up many addresses', async () => {
    const rateLimits = { registrationsPerAddress: { count: 2, perSeconds: 3600 } }
    const world = newWorld({ generation }, { rateLimits })
    const ask = async () => (await world.call(REGISTER, { json: { ...ANN, password2: '' } })).status
    expect([await ask(), await ask(), await ask()]).toEqual([400, 400, 429])
  })
})

describe('§5 fields of registration, where the generations differ', () => {
  const similar = newcomer('strawberry', 'strawberry1')

  it('row 400 password: a password like the name is told by 7 under non_field_errors, and last', async () => {
    const world = newWorld()
    expect(told(await world.call(REGISTER, { json: similar }))).toEqual(nonField(WORDS.SIMILAR))
    expect(told(await world.call(REGISTER, { json: { ...similar, password2: 'x' } }))).toEqual(
      nonField("The two password fields didn't match."),
    )
    expect(await world.users()).toEqual([])
  })

  it('a difference: 0.9 refuses a password like the name as well, under password1', async () => {
    const world = newWorld({ generation: '0.9' })
    expect(told(await world.call(REGISTER, { json: similar }))).toEqual([400, { password1: [WORDS.SIMILAR] }])
  })

  it('row email stored: 0.9 keeps it as typed, 7 in lower case', async () => {
    const json = { ...ANN, email: 'Ann.Lee@example.org' }
    for (const [generation, email] of [
      ['0.9', 'Ann.Lee@example.org'],
      ['7', 'ann.lee@example.org'],
    ] as const) {
      const world = newWorld({ generation })
      await world.call(REGISTER, { json })
      expect((await world.stored('ann')).email).toBe(email)
    }
  })
})
