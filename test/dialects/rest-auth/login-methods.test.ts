import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import type { EngineOptions } from '../drf/support/drf-world.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { nonField, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const LOGIN = 'POST login/'

const EMAIL = 'ann@example.org'

const REFUSED = nonField(WORDS.CANNOT_LOG_IN)

/** The log-in of the engine knows both; a door may ask for one of them. */
const BOTH: EngineOptions = { login: { identifiers: ['username', 'email'], emailMustBeVerified: false } }

describe.each(GENERATIONS)('§2 ACCOUNT_LOGIN_METHODS, ACCOUNT_AUTHENTICATION_METHOD in generation %s', (generation) => {
  it('username: an email is not looked at, and a missing or blank name is asked for', async () => {
    const world = newWorld({ generation, loginMethods: ['username'] }, BOTH)
    await world.addUser('ann')
    const json = { username: 'ann', email: 'nobody@example.org', password: PASSWORD }
    expect((await world.call(LOGIN, { json })).status).toBe(200)
    for (const username of [undefined, '', '  ']) {
      expect(told(await world.call(LOGIN, { json: { username, password: PASSWORD } }))).toEqual(
        nonField(WORDS.NEED_USERNAME),
      )
    }
  })

  it('username: an address in its place is a name that nobody has', async () => {
    const world = newWorld({ generation, loginMethods: ['username'] }, BOTH)
    await world.addUser('ann')
    expect(told(await world.call(LOGIN, { json: { username: EMAIL, password: PASSWORD } }))).toEqual(REFUSED)
  })

  it('rule 34: in the default username mode an email alone is 400 although the account exists', async () => {
    const world = newWorld({ generation })
    await world.addUser('ann')
    expect(told(await world.call(LOGIN, { json: { email: EMAIL, password: PASSWORD } }))).toEqual(
      nonField(WORDS.NEED_USERNAME),
    )
  })

  it('rule 1: email: a name is not looked at, and a missing or blank email is asked for', async () => {
    const world = newWorld({ generation, loginMethods: ['email'] }, BOTH)
    await world.addUser('ann')
    expect((await world.call(LOGIN, { json: { email: EMAIL, username: 'bob', password: PASSWORD } })).status).toBe(200)
    for (const email of [undefined, '']) {
      expect(told(await world.call(LOGIN, { json: { email, username: 'ann', password: PASSWORD } }))).toEqual(
        nonField(WORDS.NEED_EMAIL),
      )
    }
  })

  it('rule 1: both: neither is sent', async () => {
    const world = newWorld({ generation }, BOTH)
    for (const json of [{ password: PASSWORD }, { username: '', email: '', password: PASSWORD }]) {
      expect(told(await world.call(LOGIN, { json }))).toEqual(nonField(WORDS.NEED_EITHER))
    }
  })

  it('both: the email wins when both are sent, and the name is not tried in its place', async () => {
    const world = newWorld({ generation }, BOTH)
    await world.addUser('ann')
    const named = { username: 'ann', password: PASSWORD }
    expect((await world.call(LOGIN, { json: { ...named, email: EMAIL } })).status).toBe(200)
    expect((await world.call(LOGIN, { json: { ...named, email: '' } })).status).toBe(200)
    expect(told(await world.call(LOGIN, { json: { ...named, email: 'nobody@example.org' } }))).toEqual(REFUSED)
  })

  it('both: an address put in username is accepted, too', async () => {
    const world = newWorld({ generation }, BOTH)
    await world.addUser('ann')
    expect((await world.call(LOGIN, { json: { username: EMAIL, password: PASSWORD } })).status).toBe(200)
  })

  // The newer original lower-cases what was typed and then misses an address that was stored otherwise (§12).
  it('rule 3, edge email case: does not matter, whatever the stored one is like', async () => {
    const world = newWorld({ generation, loginMethods: ['email'] }, BOTH)
    await world.addUser('ann', { email: 'Ann.Smith@Example.ORG' })
    for (const email of ['ann.smith@example.org', 'ANN.SMITH@EXAMPLE.ORG', 'Ann.Smith@Example.ORG']) {
      expect((await world.call(LOGIN, { json: { email, password: PASSWORD } })).status).toBe(200)
    }
  })

  it('rule 3: by email the inactive, the unknown and the empty are 400', async () => {
    const world = newWorld({ generation, loginMethods: ['email'] }, BOTH)
    const { id } = await world.addUser('ann')
    expect(told(await world.call(LOGIN, { json: { email: 'bob@example.org', password: PASSWORD } }))).toEqual(REFUSED)
    await world.auth.setStatus({ userId: id, status: 'disabled' })
    expect(told(await world.call(LOGIN, { json: { email: EMAIL, password: PASSWORD } }))).toEqual(REFUSED)
    expect((await world.call(LOGIN, { json: {} })).status).toBe(400)
  })

  it('a model without user names asks for the address', async () => {
    const world = newWorld(
      { generation },
      { user: { username: 'none', email: 'required' }, login: { identifiers: ['email'], emailMustBeVerified: false } },
    )
    expect(told(await world.call(LOGIN, { json: { password: PASSWORD } }))).toEqual(nonField(WORDS.NEED_EMAIL))
    await world.auth.createUser({ email: EMAIL, password: PASSWORD, passwordCheck: 'bypassed' })
    expect((await world.call(LOGIN, { json: { email: EMAIL, password: PASSWORD } })).status).toBe(200)
  })

  // Where both log in, a name that looks like an address could be somebody else's address.
  it('rule 2: unlike the original a name is no address where addresses log in', async () => {
    const world = newWorld({ generation }, BOTH)
    await expect(world.addUser(EMAIL)).rejects.toMatchObject({ code: 'validation_failed' })
    const byName = newWorld({ generation })
    await byName.addUser(EMAIL, { email: EMAIL })
    expect((await byName.call(LOGIN, { json: { username: EMAIL, password: PASSWORD } })).status).toBe(200)
  })

  it('edge two users share an email: unlike the originals an address has one owner', async () => {
    const world = newWorld({ generation }, BOTH)
    await world.addUser('ann')
    await expect(world.addUser('ben', { email: EMAIL })).rejects.toMatchObject({ code: 'validation_failed' })
  })
})
