import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { askedForReset, FORGED, registered, shifted } from './support/links.ts'
import { detail, done, WORDS } from './support/words.ts'
import { type RestRegistrationWorld, restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const RESET = 'POST reset-password/'

const DONE = done('Reset password successful')

const INVALID = detail(400, 'Invalid signature')

const SHORT = 'This password is too short. It must contain at least 8 characters.'

const send = async (world: RestRegistrationWorld, json: object) =>
  told(await world.call(RESET, { json: { password: OTHER_PASSWORD, ...json } }))

const login = async (world: RestRegistrationWorld, password: string) =>
  (await world.call('POST login/', { json: { login: 'ann', password } })).status

describe('§3.8 reset-password', () => {
  it('R27, row 200: the new password logs in, the old one no more; nobody is logged in by it', async () => {
    const world = newWorld()
    await world.addUser('ann')
    const answer = await world.call(RESET, { json: { ...(await askedForReset(world)), password: OTHER_PASSWORD } })
    expect([told(answer), answer.cookies]).toEqual([DONE, []])
    expect([await login(world, OTHER_PASSWORD), await login(world, PASSWORD)]).toEqual([200, 400])
  })

  it('row request: all four are required', async () => {
    const required = [WORDS.REQUIRED]
    expect((await newWorld().call(RESET, { json: {} })).text).toBe(
      JSON.stringify({ user_id: required, timestamp: required, signature: required, password: required }),
    )
  })

  it('R28, RESET_PASSWORD_SERIALIZER_PASSWORD_CONFIRM: with it the repetition is required and must be the same', async () => {
    const world = newWorld({ resetPasswordSerializerPasswordConfirm: true })
    await world.addUser('ann')
    const link = await askedForReset(world)
    expect(await send(world, link)).toEqual([400, { password_confirm: [WORDS.REQUIRED] }])
    expect(await send(world, { ...link, password: '1234567', password_confirm: 'x' })).toEqual([
      400,
      {
        password: [SHORT, 'This password is too common.', 'This password is entirely numeric.'],
        password_confirm: ["Passwords don't match"],
        non_field_errors: [],
      },
    ])
    expect(await send(world, { ...link, password_confirm: OTHER_PASSWORD })).toEqual(DONE)
  })

  it.each([
    ['short', 'x7-Qp', SHORT],
    ['numeric', '9081726354', 'This password is entirely numeric.'],
    ['common', 'trustno1', 'This password is too common.'],
    ['the user name', 'ann.smith', 'The password is too similar to the username.'],
  ])(
    'R29, F4: a password that is %s has one message, beside an empty list, and does not use the link up',
    async (_, password, problem) => {
      const world = newWorld()
      await world.addUser('ann.smith')
      const link = await askedForReset(world, 'ann.smith')
      expect(await send(world, { ...link, password })).toEqual([400, { password: [problem], non_field_errors: [] }])
      expect(await send(world, link)).toEqual(DONE)
    },
  )

  it('W4, row order: what is wrong with the link is told before anything about the password', async () => {
    const world = newWorld()
    const { id } = await world.addUser('ann.smith')
    const link = await askedForReset(world, 'ann.smith')
    for (const password of ['x', 'ann.smith', '123']) {
      expect(await send(world, { ...link, signature: FORGED, password })).toEqual(INVALID)
      expect(await send(world, { ...link, user_id: '99', password })).toEqual(INVALID)
    }
    expect([Number(link.user_id), await send(world, link)]).toEqual([id, DONE])
  })

  it('R27: an altered value is invalid, and the old password stays', async () => {
    const world = newWorld()
    await world.addUser('ann')
    await world.addUser('ben')
    const link = await askedForReset(world)
    for (const changes of [shifted(link, 1), { user_id: '2' }, { user_id: 'ann' }, { signature: FORGED }]) {
      expect(await send(world, { ...link, ...changes })).toEqual(INVALID)
    }
    expect(await login(world, PASSWORD)).toBe(200)
  })

  it('R27, RESET_PASSWORD_VERIFICATION_PERIOD: a day later it has expired, as codes.resetPasswordSeconds says', async () => {
    const world = newWorld({}, { codes: { resetPasswordSeconds: 86_400 } })
    await world.addUser('ann')
    const link = await askedForReset(world)
    world.clock.advance({ days: 1 })
    expect(await send(world, link)).toEqual(detail(400, 'Signature expired'))
    expect(await send(world, { ...link, password: 'x' })).toEqual(detail(400, 'Signature expired'))
    expect(await send(world, shifted(link, 1))).toEqual(INVALID)
    expect(await login(world, PASSWORD)).toBe(200)
  })

  it('R27, L6, RESET_PASSWORD_VERIFICATION_ONE_TIME_USE: it works once, always', async () => {
    const world = newWorld()
    await world.addUser('ann')
    const link = await askedForReset(world)
    expect([await send(world, link), await send(world, { ...link, password: PASSWORD })]).toEqual([DONE, INVALID])
    expect(await login(world, OTHER_PASSWORD)).toBe(200)
  })

  it('of many at once with one link, exactly one gets through', async () => {
    const world = newWorld()
    await world.addUser('ann')
    const link = await askedForReset(world)
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => send(world, { ...link, password: `${OTHER_PASSWORD}-${index}` })),
    )
    expect(answers.filter(([status]) => status === 200)).toEqual([DONE])
    expect(answers.filter(([status]) => status !== 200)).toEqual(Array.from({ length: 5 }, () => INVALID))
  })

  it('R27: whoever has not been verified is so by this, for the mailbox is proven', async () => {
    const world = newWorld()
    const registration = await registered(world)
    expect(await send(world, await askedForReset(world))).toEqual(DONE)
    expect([(await world.stored('ann')).status, await login(world, OTHER_PASSWORD)]).toEqual(['active', 200])
    expect(told(await world.call('POST verify-registration/', { json: registration }))).toEqual(INVALID)
  })

  it('W5: it lets nobody back in whom an operator has disabled', async () => {
    const world = newWorld()
    const { id } = await world.addUser('ann')
    const link = await askedForReset(world)
    await world.auth.setStatus({ userId: id, status: 'disabled' })
    expect([await send(world, link), (await world.stored('ann')).status]).toEqual([INVALID, 'disabled'])
  })

  it('W6: sessions and tokens end with the old password', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    const browser = world.browser()
    await browser.login('ann')
    await send(world, await askedForReset(world))
    expect([(await browser.call('GET profile/')).status, (await world.call('GET profile/', { token })).status]).toEqual(
      [403, 403],
    )
  })

  it('R11, USER_VERIFICATION_ID_FIELD: the link may name the user', async () => {
    const world = newWorld({ userVerificationIdField: 'username' })
    await world.addUser('ann')
    await world.addUser('ben')
    const link = await askedForReset(world)
    expect([link.user_id, await send(world, { ...link, user_id: 'ben' }), await send(world, link)]).toEqual([
      'ann',
      INVALID,
      DONE,
    ])
  })

  it('F1: white space around the password goes', async () => {
    const world = newWorld()
    await world.addUser('ann')
    await send(world, { ...(await askedForReset(world)), password: ` ${OTHER_PASSWORD}\n` })
    expect(await login(world, OTHER_PASSWORD)).toBe(200)
  })

  it('known values of the original’s own signing are worth nothing', async () => {
    const world = newWorld()
    await world.addUser('ann')
    const forged = {
      user_id: 1,
      timestamp: 1_700_000_000,
      signature: 'Q61Sr3O5YPbTMAEobhOET8TadzAwN3OleQl_6KCGNNI',
    }
    expect(await send(world, forged)).toEqual(INVALID)
  })
})
