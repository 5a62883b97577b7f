import { describe, expect, it } from 'vitest'
import { cookieFrom, told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { askedForReset } from './support/links.ts'
import { ANONYMOUS, done, WORDS } from './support/words.ts'
import { restRegistrationWorlds, SESSIONS_ONLY } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const CHANGE = 'POST change-password/'

const CHANGED = done('Password changed successfully')

const WRONG = ['Old password is not correct']
const DIFFER = ["Passwords don't match"]
const SHORT = 'This password is too short. It must contain at least 8 characters.'
const COMMON = 'This password is too common.'
const NUMERIC = 'This password is entirely numeric.'
const SIMILAR = 'The password is too similar to the username.'

const RIGHT = { old_password: PASSWORD, password: OTHER_PASSWORD, password_confirm: OTHER_PASSWORD }

describe('§3.6 change-password', () => {
  it('R30, row 200: the new password logs in, the old one no more', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    expect(told(await world.call(CHANGE, { token, json: RIGHT }))).toEqual(CHANGED)
    const login = async (password: string) =>
      (await world.call('POST login/', { json: { login: 'ann', password } })).status
    expect([await login(OTHER_PASSWORD), await login(PASSWORD)]).toEqual([200, 400])
  })

  it('row request: all three are required', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    const required = [WORDS.REQUIRED]
    expect((await world.call(CHANGE, { token, json: {} })).text).toBe(
      JSON.stringify({ old_password: required, password: required, password_confirm: required }),
    )
  })

  it('R30, CHANGE_PASSWORD_SERIALIZER_PASSWORD_CONFIRM: without it there is no repetition', async () => {
    const world = newWorld({ changePasswordSerializerPasswordConfirm: false })
    const { token } = await world.member('ann')
    const json = { ...RIGHT, password_confirm: 'ignored' }
    expect(told(await world.call(CHANGE, { token, json }))).toEqual(CHANGED)
  })

  it('R30, T12: for nobody it is not there', async () => {
    expect(told(await newWorld().call(CHANGE, { json: RIGHT }))).toEqual([403, ANONYMOUS])
  })

  it('R30, F5, row 400: a wrong old password and a weak new one are told together, repetition only afterwards', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    const send = async (changes: object) => {
      const answer = await world.call(CHANGE, { token, json: { ...RIGHT, ...changes } })
      return [answer.status, answer.text]
    }
    const wrong = { old_password: 'wrong', password_confirm: 'x' }
    expect(await send({ ...wrong, password: '1234567' })).toEqual([
      400,
      JSON.stringify({ old_password: WRONG, password: [SHORT, COMMON, NUMERIC] }),
    ])
    expect(await send(wrong)).toEqual([400, JSON.stringify({ old_password: WRONG })])
    expect(await send({ password: '1234567', password_confirm: 'x' })).toEqual([
      400,
      JSON.stringify({ password: [SHORT, COMMON, NUMERIC] }),
    ])
    expect(await send({ password_confirm: 'x' })).toEqual([400, JSON.stringify({ password_confirm: DIFFER })])
    expect((await world.call('POST login/', { json: { login: 'ann', password: PASSWORD } })).status).toBe(200)
  })

  it('F5: beside a field that is missing the others are judged, too', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    const json = { old_password: 'wrong', password: '1234567' }
    expect(told(await world.call(CHANGE, { token, json }))).toEqual([
      400,
      { old_password: WRONG, password: [SHORT, COMMON, NUMERIC], password_confirm: [WORDS.REQUIRED] },
    ])
  })

  it.each([
    ['short', 'x7-Qp', [SHORT]],
    ['common', 'trustno1', [COMMON]],
    ['numeric', '9081726354', [NUMERIC]],
    ['the user name', 'ann.smith', [SIMILAR]],
  ])(
    'R30, §2.3: a new password that is %s, beside a right old one and beside a wrong one',
    async (_, password, problems) => {
      const world = newWorld()
      const { token } = await world.member('ann.smith')
      const send = async (old_password: string) => {
        const json = { old_password, password, password_confirm: password }
        return told(await world.call(CHANGE, { token, json }))
      }
      expect(await send(PASSWORD)).toEqual([400, { password: problems }])
      expect(await send('wrong')).toEqual([400, { old_password: WRONG, password: problems }])
    },
  )

  it('row after: the new password has no upper length here, up to what can be hashed', async () => {
    const world = newWorld({ changePasswordSerializerPasswordConfirm: false })
    const { token } = await world.member('ann')
    const password = 'plum tart '.repeat(20).trim()
    expect(told(await world.call(CHANGE, { token, json: { ...RIGHT, password } }))).toEqual(CHANGED)
    expect((await world.call('POST login/', { json: { login: 'ann', password } })).status).toBe(200)
    const json = { old_password: password, password: 'x'.repeat(5000) }
    expect((await world.call(CHANGE, { token, json })).status).toBe(400)
  })

  it('F1, W12: white space around all of them goes', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    const json = { old_password: ` ${PASSWORD} `, password: ` ${OTHER_PASSWORD}`, password_confirm: OTHER_PASSWORD }
    expect(told(await world.call(CHANGE, { token, json }))).toEqual(CHANGED)
    expect((await world.call('POST login/', { json: { login: 'ann', password: OTHER_PASSWORD } })).status).toBe(200)
  })

  it('row after, W7: the caller’s browser goes on with another cookie, every other one is logged out', async () => {
    const world = newWorld(SESSIONS_ONLY)
    await world.addUser('ann')
    const [here, there] = [world.browser(), world.browser()]
    await here.login('ann')
    await there.login('ann')
    const [before, csrf] = [here.jar.get('sessionid'), here.jar.get('csrftoken')]
    const answer = await here.call(CHANGE, { json: RIGHT })
    expect(told(answer)).toEqual(CHANGED)
    expect([here.jar.get('sessionid') === before, here.jar.get('csrftoken')]).toEqual([false, csrf])
    expect(cookieFrom(answer, 'sessionid')).toBe(`sessionid=${here.jar.get('sessionid')}`)
    expect([(await here.call('GET profile/')).status, (await there.call('GET profile/')).status]).toEqual([200, 403])
  })

  it('W6: tokens end with the password, but for the one that the caller came with', async () => {
    const world = newWorld({ authTokenManager: 'token', loginRetrieveToken: true })
    const { token } = await world.member('ann')
    const other = await world.tokenOf('ann')
    await world.call(CHANGE, { token, json: RIGHT })
    const statusWith = async (value: string) => (await world.call('GET profile/', { token: value })).status
    expect([await statusWith(token), await statusWith(other)]).toEqual([200, 403])
  })

  it('W6: a reset link that was asked for before is dead', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    const link = await askedForReset(world)
    await world.call(CHANGE, { token, json: RIGHT })
    expect((await world.call('POST reset-password/', { json: { ...link, password: PASSWORD } })).status).toBe(400)
  })

  it('row after: the owner is told by mail', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    await world.call(CHANGE, { token, json: RIGHT })
    expect((await world.mails()).map(({ to }) => to)).toEqual(['ann@example.org'])
  })

  it('guesses of the old password count: after three of them the right one does not help either', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    for (let guess = 0; guess < 3; guess += 1) {
      await world.call(CHANGE, { token, json: { ...RIGHT, old_password: `wrong${guess}` } })
    }
    expect(told(await world.call(CHANGE, { token, json: RIGHT }))).toEqual([400, { old_password: WRONG }])
    world.clock.advance({ hours: 2 })
    expect(told(await world.call(CHANGE, { token, json: RIGHT }))).toEqual(CHANGED)
  })
})
