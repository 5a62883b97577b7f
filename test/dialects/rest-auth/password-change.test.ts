import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { DETAILS, nonField, tooLong, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const CHANGE = 'POST password/change/'

const NEW = { new_password1: OTHER_PASSWORD, new_password2: OTHER_PASSWORD }

const RIGHT = { old_password: PASSWORD, ...NEW }

const SAVED = [200, DETAILS.passwordSaved]

describe.each(GENERATIONS)('§4 password/change in generation %s', (generation) => {
  const wrongOld =
    generation === '7' ? 'Your old password was entered incorrectly. Please enter it again.' : 'Invalid password'
  const differ = generation === '7' ? 'The two password fields didn’t match.' : "The two password fields didn't match."

  it('rule 4, row caller: nobody is 403 with sessions first, before the method; {} is 400', async () => {
    const world = newWorld({ generation })
    for (const method of ['POST', 'GET', 'OPTIONS']) {
      expect(told(await world.call(`${method} password/change/`))).toEqual([403, DETAILS.anonymous])
    }
    const { token } = await world.member('ann')
    expect(told(await world.call(CHANGE, { token, json: {} }))).toEqual([
      400,
      { new_password1: [WORDS.REQUIRED], new_password2: [WORDS.REQUIRED] },
    ])
    expect((await world.call('GET password/change/', { token })).status).toBe(405)
  })

  it('rule 6, row 200: the old password is refused from then on, and the new one works', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    expect(told(await world.call(CHANGE, { token, json: NEW }))).toEqual(SAVED)
    expect(told(await world.call('POST login/', { json: { username: 'ann', password: PASSWORD } }))).toEqual(
      nonField(WORDS.CANNOT_LOG_IN),
    )
    expect(await world.tokenOf('ann', OTHER_PASSWORD)).toBe(token)
  })

  it('row 200: the current password may be repeated', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    const json = { new_password1: PASSWORD, new_password2: PASSWORD }
    expect(told(await world.call(CHANGE, { token, json }))).toEqual(SAVED)
  })

  it('row body: without the option old_password is not looked at', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    expect(told(await world.call(CHANGE, { token, json: { ...NEW, old_password: ['wrong'] } }))).toEqual(SAVED)
  })

  it('row body: a user without a password gets a first one where the old one is not asked for', async () => {
    const world = newWorld({ generation, useJwt: true, authentication: ['session'] })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const { id } = await world.stored('ann')
    await world.store.users.update(id, { passwordHash: null }, {})
    expect(told(await browser.call(CHANGE, { json: NEW }))).toEqual(SAVED)
    expect((await world.call('POST login/', { json: { username: 'ann', password: OTHER_PASSWORD } })).status).toBe(200)
  })

  it('rule 7, OLD_PASSWORD_FIELD_ENABLED: wrong old 400 and nothing changes, right old 200', async () => {
    const world = newWorld({ generation, oldPasswordFieldEnabled: true })
    const { token } = await world.member('ann')
    const before = (await world.stored('ann')).passwordHash
    expect(told(await world.call(CHANGE, { token, json: { ...RIGHT, old_password: 'wrong' } }))).toEqual([
      400,
      { old_password: [wrongOld] },
    ])
    expect((await world.stored('ann')).passwordHash).toBe(before)
    expect(told(await world.call(CHANGE, { token, json: RIGHT }))).toEqual(SAVED)
  })

  it('row 400 wrong old: before any check of the new one', async () => {
    const world = newWorld({ generation, oldPasswordFieldEnabled: true })
    const { token } = await world.member('ann')
    const json = { old_password: 'wrong', new_password1: '123', new_password2: '456' }
    expect(told(await world.call(CHANGE, { token, json }))).toEqual([400, { old_password: [wrongOld] }])
  })

  it('row 400 wrong old: beside fields that are missing', async () => {
    const world = newWorld({ generation, oldPasswordFieldEnabled: true })
    const { token } = await world.member('ann')
    const { text } = await world.call(CHANGE, { token, json: { old_password: 'wrong', new_password1: OTHER_PASSWORD } })
    expect(text).toBe(JSON.stringify({ old_password: [wrongOld], new_password2: [WORDS.REQUIRED] }))
    expect(told(await world.call(CHANGE, { token, json: NEW }))).toEqual([400, { old_password: [WORDS.REQUIRED] }])
  })

  it('row 400 wrong old: also of users without a usable password', async () => {
    const world = newWorld({ generation, oldPasswordFieldEnabled: true })
    const { token } = await world.member('ann')
    const { id } = await world.stored('ann')
    await world.store.users.update(id, { passwordHash: null }, {})
    expect(told(await world.call(CHANGE, { token, json: RIGHT }))).toEqual([400, { old_password: [wrongOld] }])
  })

  it('unlike the originals guesses at the old one lock', async () => {
    const world = newWorld({ generation, oldPasswordFieldEnabled: true })
    const { token } = await world.member('ann')
    for (let guess = 0; guess < 3; guess += 1) {
      await world.call(CHANGE, { token, json: { ...RIGHT, old_password: `wrong ${guess}` } })
    }
    expect(told(await world.call(CHANGE, { token, json: RIGHT }))).toEqual([400, { old_password: [wrongOld] }])
  })

  it('rule 8, row 400 new, AUTH_PASSWORD_VALIDATORS: what they say, under new_password2', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann.smith')
    const set = async (password: unknown) =>
      told(await world.call(CHANGE, { token, json: { new_password1: password, new_password2: password } }))
    expect(await set('1234567')).toEqual([400, { new_password2: [WORDS.SHORT, WORDS.COMMON, WORDS.NUMERIC] }])
    expect(await set('ann-smith1')).toEqual([400, { new_password2: [WORDS.SIMILAR] }])
    expect(await set(9081726354)).toEqual([400, { new_password2: [WORDS.NUMERIC] }])
  })

  it('row 400 new: a mismatch hides what validators say', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    const json = { new_password1: '123', new_password2: '456' }
    expect(told(await world.call(CHANGE, { token, json }))).toEqual([400, { new_password2: [differ] }])
  })

  it('row body: at most 128, and texts', async () => {
    const world = newWorld({ generation, oldPasswordFieldEnabled: true })
    const { token } = await world.member('ann')
    const long = 'x-9'.repeat(43)
    expect(
      told(await world.call(CHANGE, { token, json: { old_password: long, new_password1: long, new_password2: long } })),
    ).toEqual([400, { old_password: [tooLong(128)], new_password1: [tooLong(128)], new_password2: [tooLong(128)] }])
    const json = { old_password: PASSWORD, new_password1: [], new_password2: null }
    expect(told(await world.call(CHANGE, { token, json }))).toEqual([
      400,
      { new_password1: [WORDS.STRING], new_password2: [WORDS.NULL] },
    ])
  })

  it('row sessions: the caller’s goes on with another value, the old value and all others are dead', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    const [mine, other] = [world.browser(), world.browser()]
    await mine.login('ann')
    await other.login('ann')
    const old = mine.jar.get('sessionid')
    const { status, cookies } = await mine.call(CHANGE, { json: NEW })
    expect([status, cookies.map((cookie) => cookie.split('=')[0])]).toEqual([200, ['sessionid']])
    expect(mine.jar.get('sessionid')).not.toBe(old)
    expect((await mine.call('GET user/')).status).toBe(200)
    expect((await other.call('GET user/')).status).toBe(403)
    expect((await world.call('GET user/', { headers: { cookie: `sessionid=${old}` } })).status).toBe(403)
  })

  // The original sets one that authenticates nobody.
  it('row sessions: unlike the original a token’s caller gets no session cookie', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    expect((await world.call(CHANGE, { token, json: NEW })).cookies).toEqual([])
    expect((await world.call('GET user/', { token })).status).toBe(200)
  })

  // A password is changed because of somebody else.
  it('row tokens: unlike the original the key ends where the change came from a session', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    const browser = world.browser()
    await browser.login('ann')
    await browser.call(CHANGE, { json: NEW })
    expect((await world.call('GET user/', { token })).status).toBe(403)
  })

  it('LOGOUT_ON_PASSWORD_CHANGE: the caller’s session ends, too, and its cookie is forgotten', async () => {
    const world = newWorld({ generation, logoutOnPasswordChange: true })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const cookie = `sessionid=${browser.jar.get('sessionid')}`
    const answer = await browser.call(CHANGE, { json: NEW })
    expect(told(answer)).toEqual(SAVED)
    expect(browser.jar.get('sessionid')).toBeNull()
    expect((await world.call('GET user/', { headers: { cookie } })).status).toBe(403)
  })

  it('LOGOUT_ON_PASSWORD_CHANGE: so does a token', async () => {
    const world = newWorld({ generation, logoutOnPasswordChange: true, authentication: ['token'] })
    const { token } = await world.member('ann')
    expect(told(await world.call(CHANGE, { token, json: NEW }))).toEqual(SAVED)
    expect((await world.call('GET user/', { token })).status).toBe(401)
  })

  it('rule 5 of JWT: a token of that kind changes the password and lives on', async () => {
    const world = newWorld({ generation, useJwt: true })
    await world.addUser('ann')
    const jwt = await world.tokenOf('ann')
    expect(told(await world.call(CHANGE, { jwt, json: NEW }))).toEqual(SAVED)
    expect((await world.call('GET user/', { jwt })).status).toBe(200)
  })

  it('PASSWORD_CHANGE_SERIALIZER reads another body, and what it gives is judged all the same', async () => {
    const validate = (value: unknown) => {
      const { next } = Object(value)
      return { value: { new_password1: next, new_password2: next } }
    }
    const schema = { '~standard': { version: 1 as const, vendor: 'test', validate } }
    const world = newWorld({ generation, schemas: { passwordChange: schema } })
    const { token } = await world.member('ann')
    for (const next of [undefined, null, 7, ['x'], '\0', 'x'.repeat(5000), '123']) {
      expect((await world.call(CHANGE, { token, json: { next } })).status).toBe(400)
    }
    expect(told(await world.call(CHANGE, { token, json: { next: OTHER_PASSWORD } }))).toEqual(SAVED)
  })
})

describe('§4 password/change with JWT cookies', () => {
  it('a cookie whose token has ended does not stay in the browser', async () => {
    const world = newWorld({
      useJwt: true,
      jwtAuthCookie: 'acc',
      jwtAuthRefreshCookie: 'ref',
      logoutOnPasswordChange: true,
    })
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    expect(told(await browser.call(CHANGE, { json: NEW }))).toEqual(SAVED)
    for (const name of ['acc', 'ref', 'sessionid']) expect(browser.jar.get(name)).toBeNull()
    expect((await browser.call('POST login/', { json: { username: 'ann', password: OTHER_PASSWORD } })).status).toBe(
      200,
    )
  })
})
