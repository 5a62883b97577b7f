import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { askedForReset, FORGED, registered, shifted } from './support/links.ts'
import { detail, done, NOT_FOUND, WORDS } from './support/words.ts'
import { type RestRegistrationWorld, restRegistrationWorlds, SESSIONS_ONLY, TOKENS_ONLY } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const VERIFY = 'POST verify-registration/'

const VERIFIED = done('User verified successfully')

const INVALID = detail(400, 'Invalid signature')

const EXPIRED = detail(400, 'Signature expired')

const WEEK = { days: 7 }

const send = async (world: RestRegistrationWorld, json: object) => told(await world.call(VERIFY, { json }))

const statusOf = async (world: RestRegistrationWorld) => (await world.stored('ann')).status

describe('§3.2 verify-registration', () => {
  it('R20, row 200: activates, tells of it once, and logs nobody in', async () => {
    const verified: unknown[] = []
    const world = newWorld({}, { events: { emailVerified: ({ user }) => void verified.push(user.username) } })
    const link = await registered(world)
    const answer = await world.call(VERIFY, { json: link })
    expect([told(answer), answer.cookies, await statusOf(world)]).toEqual([VERIFIED, [], 'active'])
    await world.auth.flush()
    expect(verified).toEqual(['ann'])
    expect((await world.call('POST login/', { json: { login: 'ann', password: PASSWORD } })).status).toBe(200)
  })

  it('row request: all three are required; the timestamp is a whole number, also in digits', async () => {
    const world = newWorld()
    const required = [WORDS.REQUIRED]
    expect((await world.call(VERIFY, { json: {} })).text).toBe(
      JSON.stringify({ user_id: required, timestamp: required, signature: required }),
    )
    const integer = [WORDS.INTEGER]
    for (const timestamp of ['soon', '', 1.5, true, [], {}]) {
      expect(await send(world, { user_id: '', timestamp, signature: null })).toEqual([
        400,
        { user_id: [WORDS.BLANK], timestamp: integer, signature: [WORDS.NULL] },
      ])
    }
    expect(told(await world.call(VERIFY, { form: { user_id: '1', timestamp: '', signature: 'x' } }))).toEqual([
      400,
      { timestamp: integer },
    ])
    expect(await send(world, { user_id: '1', timestamp: '1'.repeat(1001), signature: 'x' })).toEqual([
      400,
      { timestamp: ['String value too large.'] },
    ])
  })

  it('L5: values are compared as text: numbers and digits are the same, white space around them is nothing', async () => {
    const world = newWorld()
    const { user_id, timestamp, signature } = await registered(world)
    expect(await send(world, { user_id: `0${user_id}`, timestamp, signature })).toEqual(INVALID)
    const json = { user_id: Number(user_id), timestamp: Number(timestamp), signature: ` ${signature} ` }
    expect(await send(world, json)).toEqual(VERIFIED)
  })

  it('L5, R21: an altered value is an invalid signature, whichever it is, and the user stays as it is', async () => {
    const world = newWorld()
    await world.addUser('ben')
    const link = await registered(world)
    for (const changes of [
      { signature: FORGED },
      { signature: link.signature.toLowerCase() },
      { signature: 'x' },
      { user_id: '1' },
      { user_id: '99' },
      { user_id: 'ann' },
      { timestamp: shifted(link, 1).timestamp },
      { timestamp: shifted(link, -1).timestamp },
    ]) {
      expect(await send(world, { ...link, ...changes }), JSON.stringify(changes)).toEqual(INVALID)
    }
    expect(await statusOf(world)).toBe('pending')
    expect(await send(world, link)).toEqual(VERIFIED)
  })

  it('W4: an unknown user is told like a wrong signature', async () => {
    const world = newWorld()
    await world.addUser('ben')
    const [known, unknown] = [
      await send(world, { user_id: '1', timestamp: 1, signature: FORGED }),
      await send(world, { user_id: '2', timestamp: 1, signature: FORGED }),
    ]
    expect([known, unknown]).toEqual([INVALID, INVALID])
  })

  it('R21, L5, REGISTER_VERIFICATION_PERIOD: after a week it has expired, and who altered it learns less', async () => {
    const world = newWorld()
    const link = await registered(world)
    world.clock.advance(WEEK)
    expect(await send(world, link)).toEqual(EXPIRED)
    expect(await send(world, shifted(link, 1))).toEqual(INVALID)
    expect(await send(world, { ...link, user_id: '99' })).toEqual(INVALID)
    expect(await statusOf(world)).toBe('pending')
  })

  it('L5, control: a second before that it has not', async () => {
    const world = newWorld()
    const link = await registered(world)
    world.clock.advance(WEEK)
    world.clock.advance({ seconds: -1 })
    expect(await send(world, link)).toEqual(VERIFIED)
  })

  it('REGISTER_VERIFICATION_PERIOD is the site’s: codes.verifyEmailSeconds', async () => {
    const world = newWorld({}, { codes: { verifyEmailSeconds: 3600 } })
    const link = await registered(world)
    world.clock.advance({ seconds: 3600 })
    expect(await send(world, link)).toEqual(EXPIRED)
  })

  it('R20: pressed again it is answered the same, and does nothing', async () => {
    const world = newWorld()
    const link = await registered(world)
    expect([await send(world, link), await send(world, link)]).toEqual([VERIFIED, VERIFIED])
    expect(await send(world, shifted(link, 1))).toEqual(INVALID)
  })

  it('R20, L6, REGISTER_VERIFICATION_ONE_TIME_USE: pressed again it is invalid, and the user stays active', async () => {
    const world = newWorld({ registerVerificationOneTimeUse: true })
    const link = await registered(world)
    expect([await send(world, link), await send(world, link)]).toEqual([VERIFIED, INVALID])
    expect(await statusOf(world)).toBe('active')
  })

  it.each([true, false])(
    'W5: it lets nobody back in whom an operator has disabled (one-time use: %s)',
    async (oneTime) => {
      const world = newWorld({ registerVerificationOneTimeUse: oneTime })
      const link = await registered(world)
      await send(world, link)
      await world.auth.setStatus({ userId: (await world.stored('ann')).id, status: 'disabled' })
      expect([await send(world, link), await statusOf(world)]).toEqual([INVALID, 'disabled'])
    },
  )

  it('L4: a link of another purpose is an invalid signature', async () => {
    const world = newWorld()
    await registered(world)
    expect([await send(world, await askedForReset(world)), await statusOf(world)]).toEqual([INVALID, 'pending'])
  })

  it('row 404, R21, REGISTER_VERIFICATION_ENABLED: without it there is nothing here', async () => {
    const world = newWorld({ registerVerificationEnabled: false })
    expect(await send(world, {})).toEqual([404, NOT_FOUND])
  })

  it('R11, USER_VERIFICATION_ID_FIELD: the link may name the user instead', async () => {
    const world = newWorld({ userVerificationIdField: 'username' })
    await world.addUser('ben')
    const link = await registered(world)
    expect(link.user_id).toBe('ann')
    for (const user_id of ['ben', '2', 'Ann', 'nobody'])
      expect(await send(world, { ...link, user_id })).toEqual(INVALID)
    expect([await send(world, link), await send(world, link)]).toEqual([VERIFIED, VERIFIED])
  })

  it('T13c, USE_NON_FIELD_ERRORS_KEY_FROM_DRF_SETTINGS: refusals stand under non_field_errors', async () => {
    const world = newWorld({ useNonFieldErrorsKeyFromDrfSettings: true })
    expect(await send(world, { user_id: 1, timestamp: 1, signature: FORGED })).toEqual([
      400,
      { non_field_errors: ['Invalid signature'] },
    ])
  })

  it('T11, SUCCESS_RESPONSE_BUILDER: the site builds the envelope', async () => {
    const world = newWorld({ successResponseBuilder: ({ message, status }) => ({ message, status }) })
    expect(await send(world, await registered(world))).toEqual([
      200,
      { message: 'User verified successfully', status: 200 },
    ])
  })
})

describe('§3.2 verify-registration, REGISTER_VERIFICATION_AUTO_LOGIN', () => {
  const AUTO = { registerVerificationAutoLogin: true } as const

  it('R21: with sessions the first press begins one, with its cookies', async () => {
    const world = newWorld({ ...AUTO, ...SESSIONS_ONLY })
    const browser = world.browser()
    const answer = await browser.call(VERIFY, { json: await registered(world) })
    expect([told(answer), answer.cookies.map((cookie) => cookie.split('=', 1)[0])]).toEqual([
      VERIFIED,
      ['sessionid', 'csrftoken'],
    ])
    expect((await browser.call('GET profile/')).body).toMatchObject({ username: 'ann' })
  })

  it('row 200: with tokens the answer holds one', async () => {
    const world = newWorld({ ...AUTO, ...TOKENS_ONLY })
    const { status, body, cookies } = await world.call(VERIFY, { json: await registered(world) })
    expect([status, body, cookies]).toEqual([
      200,
      { detail: 'User verified successfully', token: expect.stringMatching(/^[\da-f]{40}$/) },
      [],
    ])
    expect((await world.call('GET profile/', { token: Object(body).token })).status).toBe(200)
  })

  it('row 200: with both there are both', async () => {
    const world = newWorld(AUTO)
    const browser = world.browser()
    const { body } = await browser.call(VERIFY, { json: await registered(world) })
    expect(Object.keys(Object(body))).toEqual(['detail', 'token'])
    expect((await browser.call('GET profile/')).status).toBe(200)
  })

  it('with neither there is only the message', async () => {
    const world = newWorld({ ...AUTO, loginAuthenticateSession: false, loginRetrieveToken: false })
    const answer = await world.call(VERIFY, { json: await registered(world) })
    expect([told(answer), answer.cookies]).toEqual([VERIFIED, []])
  })

  it('W001: the second press logs nobody in, whoever holds the link', async () => {
    const world = newWorld(AUTO)
    const link = await registered(world)
    await world.call(VERIFY, { json: link })
    const answer = await world.call(VERIFY, { json: link })
    expect([told(answer), answer.cookies]).toEqual([VERIFIED, []])
  })
})
