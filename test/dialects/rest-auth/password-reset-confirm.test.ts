import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { confirmation, FORGED_TOKEN, requestReset, uidOf } from './support/reset-link.ts'
import { DETAILS, tooLong, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const CONFIRM = 'POST password/reset/confirm/'

const DONE = [200, DETAILS.resetDone]

const BAD_UID = [400, { uid: [WORDS.INVALID_VALUE] }]

const BAD_TOKEN = [400, { token: [WORDS.INVALID_VALUE] }]

describe.each(GENERATIONS)('§4 password/reset/confirm in generation %s', (generation) => {
  const differ = generation === '7' ? 'The two password fields didn’t match.' : "The two password fields didn't match."

  it('rule 10, row 200: the right pair sets the password; no log-in, no cookies', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const link = await requestReset(world, 'ann')
    const answer = await world.call(CONFIRM, { json: confirmation(link) })
    expect([told(answer), answer.cookies]).toEqual([DONE, []])
    expect((await world.call('POST login/', { json: { username: 'ann', password: OTHER_PASSWORD } })).status).toBe(200)
    expect((await world.call('POST login/', { json: { username: 'ann', password: PASSWORD } })).status).toBe(400)
  })

  it('rule 10, row 400: a wrong token, a wrong uid, both wrong', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const link = await requestReset(world, 'ann')
    const send = async (changes: object) => told(await world.call(CONFIRM, { json: confirmation(link, changes) }))
    const uid = uidOf(generation, 99)
    expect(await send({ token: FORGED_TOKEN })).toEqual(BAD_TOKEN)
    expect(await send({ uid })).toEqual(BAD_UID)
    expect(await send({ uid, token: FORGED_TOKEN })).toEqual(BAD_UID)
    expect(told(await world.call(CONFIRM, { json: confirmation(link) }))).toEqual(DONE)
  })

  it('row 400: the link of somebody else', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const { id } = await world.addUser('ben')
    const { token } = await requestReset(world, 'ann')
    const json = confirmation({ uid: uidOf(generation, id), token })
    expect(told(await world.call(CONFIRM, { json }))).toEqual(BAD_TOKEN)
  })

  it('row check order: 0.9 uid, passwords, token; 7 uid, token, passwords', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const link = await requestReset(world, 'ann')
    const weak = { new_password1: '1234567', new_password2: '1234567' }
    const send = async (changes: object) => told(await world.call(CONFIRM, { json: confirmation(link, changes) }))
    const problems = [400, { new_password2: [WORDS.SHORT, WORDS.COMMON, WORDS.NUMERIC] }]
    expect(await send({ ...weak, uid: uidOf(generation, 99), token: FORGED_TOKEN })).toEqual(BAD_UID)
    expect(await send({ ...weak, token: FORGED_TOKEN })).toEqual(generation === '7' ? BAD_TOKEN : problems)
    expect(await send(weak)).toEqual(problems)
  })

  it('row 400: what is wrong with the password stands under new_password2; a mismatch hides the rest', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann.smith')
    const link = await requestReset(world, 'ann.smith')
    const send = async (one: unknown, two: unknown) =>
      told(await world.call(CONFIRM, { json: confirmation(link, { new_password1: one, new_password2: two }) }))
    expect(await send('123', '456')).toEqual([400, { new_password2: [differ] }])
    expect(await send('ann-smith1', 'ann-smith1')).toEqual([400, { new_password2: [WORDS.SIMILAR] }])
    expect(await send(9081726354, 9081726354)).toEqual([400, { new_password2: [WORDS.NUMERIC] }])
    expect(await send(OTHER_PASSWORD, OTHER_PASSWORD)).toEqual(DONE)
  })

  it('row body: all four are required texts, passwords of at most 128', async () => {
    const world = newWorld({ generation })
    const required = [WORDS.REQUIRED]
    expect((await world.call(CONFIRM, { json: {} })).text).toBe(
      JSON.stringify({ new_password1: required, new_password2: required, uid: required, token: required }),
    )
    const long = 'x'.repeat(129)
    const json = { new_password1: long, new_password2: null, uid: '', token: [] }
    expect(told(await world.call(CONFIRM, { json }))).toEqual([
      400,
      { new_password1: [tooLong(128)], new_password2: [WORDS.NULL], uid: [WORDS.BLANK], token: [WORDS.STRING] },
    ])
  })

  it.each([
    ['no sign of any alphabet', '!!'],
    ['a letter beyond ASCII', 'ÿ'],
    ['a negative number', '-1'],
    ['zero', '0'],
    ['a fraction', '1.5'],
    ['a slash', '/'],
    ['more than a number can hold', 'z'.repeat(12)],
    ['40 digits', '9'.repeat(40)],
    ['10000 signs', 'x'.repeat(10_000)],
  ])('row uid form: %s is nobody’s', async (_, uid) => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const { token } = await requestReset(world, 'ann')
    expect(told(await world.call(CONFIRM, { json: confirmation({ uid, token }) }))).toEqual(BAD_UID)
  })

  it('row uid form: the first and the 36th user', async () => {
    const world = newWorld({ generation })
    for (let id = 1; id <= 36; id += 1) await world.addUser(`user${id}`)
    const uids = [(await requestReset(world, 'user1')).uid, (await requestReset(world, 'user36')).uid]
    expect(uids).toEqual(generation === '7' ? ['1', '10'] : ['MQ', 'MzY'])
  })

  it('row single use: a link works once, and all others are void with it', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const [one, two] = [await requestReset(world, 'ann'), await requestReset(world, 'ann')]
    expect(one.token).not.toBe(two.token)
    expect(told(await world.call(CONFIRM, { json: confirmation(two) }))).toEqual(DONE)
    for (const link of [one, two]) {
      expect(told(await world.call(CONFIRM, { json: confirmation(link) }))).toEqual(BAD_TOKEN)
    }
  })

  it('row single use: any change of the password voids it', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    const link = await requestReset(world, 'ann')
    await world.call('POST password/change/', {
      token,
      json: { new_password1: OTHER_PASSWORD, new_password2: OTHER_PASSWORD },
    })
    expect(told(await world.call(CONFIRM, { json: confirmation(link) }))).toEqual(BAD_TOKEN)
  })

  // In the originals a log-in with a session voids it.
  it('row single use: unlike the original a log-in leaves it good', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const link = await requestReset(world, 'ann')
    world.clock.advance({ minutes: 1 })
    await world.browser().login('ann')
    expect(told(await world.call(CONFIRM, { json: confirmation(link) }))).toEqual(DONE)
  })

  it('row valid for: as long as codes.resetPasswordSeconds says', async () => {
    const world = newWorld({ generation }, { codes: { resetPasswordSeconds: 600 } })
    await world.addUser('ann')
    const link = await requestReset(world, 'ann')
    world.clock.advance({ minutes: 11 })
    expect(told(await world.call(CONFIRM, { json: confirmation(link) }))).toEqual(BAD_TOKEN)
  })

  // In the originals keys and JSON Web Tokens survive, which is what a reset is for (§12).
  it('row effects: sessions die, and unlike the original so does the key', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    const browser = world.browser()
    await browser.login('ann')
    const link = await requestReset(world, 'ann')
    expect(told(await world.call(CONFIRM, { json: confirmation(link) }))).toEqual(DONE)
    expect((await browser.call('GET user/')).status).toBe(403)
    expect((await world.call('GET user/', { token })).status).toBe(403)
  })

  // In the original the password is changed, and the log-in is refused all the same.
  it('row inactive user: unlike the original the link of a barred user is void', async () => {
    const world = newWorld({ generation })
    const { id } = await world.addUser('ann')
    const link = await requestReset(world, 'ann')
    await world.auth.setStatus({ userId: id, status: 'disabled' })
    expect(told(await world.call(CONFIRM, { json: confirmation(link) }))).toEqual(BAD_TOKEN)
    expect((await world.call('POST login/', { json: { username: 'ann', password: OTHER_PASSWORD } })).status).toBe(400)
  })

  it('PASSWORD_RESET_CONFIRM_SERIALIZER reads another body', async () => {
    const validate = (value: unknown) => {
      const { who, code, password } = Object(value)
      return { value: { uid: who, token: code, new_password1: password, new_password2: password } }
    }
    const schema = { '~standard': { version: 1 as const, vendor: 'test', validate } }
    const world = newWorld({ generation, schemas: { passwordResetConfirm: schema } })
    await world.addUser('ann')
    const { uid, token } = await requestReset(world, 'ann')
    for (const bad of [undefined, null, 7, ['x'], '\0', 'x'.repeat(5000)]) {
      for (const key of ['who', 'code', 'password']) {
        const json = { who: uid, code: token, password: OTHER_PASSWORD, [key]: bad }
        expect((await world.call(CONFIRM, { json })).status).toBe(400)
      }
    }
    const json = { who: uid, code: token, password: OTHER_PASSWORD }
    expect(told(await world.call(CONFIRM, { json }))).toEqual(DONE)
  })
})

describe('§4 uid form of 7 for UUIDs', () => {
  it.each(GENERATIONS)('hexadecimal digits in 7, base64url in 0.9 (%s)', async (generation) => {
    const world = newWorld({ generation }, { ids: 'uuid' })
    await world.addUser('ann')
    const link = await requestReset(world, 'ann')
    const { id } = await world.stored('ann')
    expect(link.uid).toBe(uidOf(generation, id))
    expect(told(await world.call(CONFIRM, { json: confirmation(link, { uid: '1' }) }))).toEqual(BAD_UID)
    expect(told(await world.call(CONFIRM, { json: confirmation(link) }))).toEqual(DONE)
  })
})
