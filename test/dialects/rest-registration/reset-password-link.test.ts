import { describe, expect, it } from 'vitest'
import { userNotFound } from '../../../src/dialects/rest-registration/user-not-found.ts'
import { told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD } from '../drf/support/passwords.ts'
import { askedForReset, registered } from './support/links.ts'
import { detail, done, NOT_FOUND, WORDS } from './support/words.ts'
import { type RestRegistrationWorld, restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const SEND = 'POST send-reset-password-link/'

const SENT = done('Reset link sent')

const UNKNOWN = detail(400, 'User not found')

const TELLING = { dangerouslyResetPasswordFailWhenUserNotFound: true } as const

const BOTH = { userLoginFields: ['username', 'email'] } as const

const send = async (world: RestRegistrationWorld, json: object) => told(await world.call(SEND, { json }))

const recipients = async (world: RestRegistrationWorld) => (await world.mails()).map(({ to }) => to)

describe('§3.7 send-reset-password-link', () => {
  it('R22, row 200: by user name, one mail to the stored address', async () => {
    const world = newWorld()
    await world.addUser('ann')
    expect([await send(world, { login: 'ANN' }), await recipients(world)]).toEqual([SENT, ['ann@example.org']])
  })

  it('row request: login is required', async () => {
    expect(await send(newWorld(), { username: 'ann' })).toEqual([400, { login: [WORDS.REQUIRED] }])
    expect(await send(newWorld(), { login: '' })).toEqual([400, { login: [WORDS.BLANK] }])
    expect(await send(newWorld(), { login: { $ne: null } })).toEqual([400, { login: [WORDS.STRING] }])
  })

  it('W14: unknown users are answered alike, and get no mail', async () => {
    const world = newWorld()
    await world.addUser('ann', { email: null })
    for (const login of ['ann', 'nobody', 'nobody@example.org', 'x'.repeat(1000)]) {
      expect(await send(world, { login }), login).toEqual(SENT)
    }
    expect(await recipients(world)).toEqual([])
  })

  it('R22, RESET_PASSWORD_FAIL_WHEN_USER_NOT_FOUND: told only where the site wants to tell', async () => {
    const world = newWorld(TELLING)
    await world.addUser('ann')
    await world.addUser('ben', { email: null })
    for (const login of ['nobody', 'ann@example.org', 'x'.repeat(1000)]) {
      expect(await send(world, { login }), login).toEqual(UNKNOWN)
    }
    expect([await send(world, { login: 'ann' }), await send(world, { login: 'ben' })]).toEqual([SENT, SENT])
    expect(await recipients(world)).toEqual(['ann@example.org'])
  })

  it('R26, RESET_PASSWORD_FAIL_WHEN_USER_NOT_FOUND false: the answer says that nobody learns it', async () => {
    const world = newWorld({ resetPasswordMayBeUnknown: true })
    await world.addUser('ann')
    const either = done('Reset link sent if the user exists in database')
    expect([await send(world, { login: 'ann' }), await send(world, { login: 'nobody' })]).toEqual([either, either])
    expect(await recipients(world)).toEqual(['ann@example.org'])
  })

  it('R23, USER_LOGIN_FIELDS: with both, name and address do', async () => {
    const world = newWorld({ ...TELLING, ...BOTH })
    await world.addUser('ann')
    expect([await send(world, { login: 'ann' }), await send(world, { login: 'Ann@example.org' })]).toEqual([SENT, SENT])
    expect(await recipients(world)).toEqual(['ann@example.org', 'ann@example.org'])
  })

  it('R22: an address that is none of them is nobody’s', async () => {
    const world = newWorld(TELLING)
    await world.addUser('ann')
    expect([await send(world, { login: 'ann@example.org' }), await recipients(world)]).toEqual([UNKNOWN, []])
  })

  it('R23, SEND_RESET_PASSWORD_LINK_SERIALIZER_USE_EMAIL: the field is email', async () => {
    const world = newWorld({ ...TELLING, ...BOTH, sendResetPasswordLinkSerializerUseEmail: true })
    await world.addUser('ann')
    expect(await send(world, { login: 'ann' })).toEqual([400, { email: [WORDS.REQUIRED] }])
    expect(await send(world, { email: 'ann' })).toEqual([400, { email: [WORDS.EMAIL] }])
    expect(await send(world, { email: 'nobody@example.org' })).toEqual(UNKNOWN)
    expect([await send(world, { email: 'ann@example.org' }), await recipients(world)]).toEqual([
      SENT,
      ['ann@example.org'],
    ])
  })

  it('R24: also to whoever has not been verified, in one-time mode too; the link works', async () => {
    const world = newWorld({
      registerVerificationOneTimeUse: true,
      resetPasswordVerificationUrl: 'https://app.acme.test/r',
    })
    await registered(world)
    world.mailer.clear()
    const link = await askedForReset(world)
    expect(told(await world.call('POST reset-password/', { json: { ...link, password: OTHER_PASSWORD } }))).toEqual(
      done('Reset password successful'),
    )
  })

  it('R24, row 404, RESET_PASSWORD_VERIFICATION_ENABLED: without it there is nothing here', async () => {
    const world = newWorld({ resetPasswordVerificationEnabled: false, resetPasswordVerificationUrl: null })
    expect([await send(world, {}), told(await world.call('POST reset-password/', { json: {} }))]).toEqual([
      [404, NOT_FOUND],
      [404, NOT_FOUND],
    ])
  })

  it('SEND_RESET_PASSWORD_LINK_USER_FINDER: the site says who is meant, or that there is nobody', async () => {
    const found: Readonly<Record<string, string | null>> = { admin: 'ann', mail: 'ann@example.org', nobody: null }
    const world = newWorld({
      ...TELLING,
      sendResetPasswordLinkUserFinder: async ({ login }) => {
        const name = found[String(login)]
        if (name === undefined) throw userNotFound()
        return name
      },
    })
    await world.addUser('ann')
    expect([await send(world, { login: 'admin' }), await send(world, { login: 'mail' })]).toEqual([SENT, SENT])
    expect([await send(world, { login: 'nobody' }), await send(world, { login: 'ann' })]).toEqual([UNKNOWN, UNKNOWN])
    expect(await recipients(world)).toEqual(['ann@example.org', 'ann@example.org'])
  })

  it('SEND_RESET_PASSWORD_LINK_USER_FINDER: that there is nobody is kept as well', async () => {
    const world = newWorld({ sendResetPasswordLinkUserFinder: () => null }, { mail: { sendNoAccountNotice: true } })
    expect([await send(world, { login: 'ann' }), await recipients(world)]).toEqual([SENT, []])
  })

  it('SEND_RESET_PASSWORD_LINK_SERIALIZER_CLASS: a login field may stand under its own name', async () => {
    const fields = { fields: {}, read: ({ value }: { value: unknown }) => ({ values: Object(value), errors: {} }) }
    const world = newWorld({ ...TELLING, schemas: { sendResetPasswordLink: fields } })
    await world.addUser('ann')
    expect(await send(world, { username: 'ann' })).toEqual(SENT)
    expect(await send(world, { email: 'ann@example.org' })).toEqual(UNKNOWN)
    expect(await send(world, {})).toEqual(UNKNOWN)
  })

  it('W16: too many of them from one address are throttled', async () => {
    const world = newWorld({}, { rateLimits: { mailsPerAddress: { count: 1, perSeconds: 60 } } })
    await send(world, { login: 'ann' })
    expect((await world.call(SEND, { json: { login: 'ann' } })).status).toBe(429)
  })
})
