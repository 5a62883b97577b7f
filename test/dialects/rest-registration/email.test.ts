import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { askedForEmail, FORGED, registered, shifted } from './support/links.ts'
import { ANONYMOUS, detail, done, NOT_FOUND, WORDS } from './support/words.ts'
import { type RestRegistrationWorld, restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const REGISTER_EMAIL = 'POST register-email/'
const VERIFY_EMAIL = 'POST verify-email/'

const SENT = done('Register email link email sent')
const VERIFIED = done('Email verified successfully')
const INVALID = detail(400, 'Invalid signature')
const TAKEN = detail(400, 'This email is already registered.')

const NEW = 'ann@example.net'

const verify = async (world: RestRegistrationWorld, json: object) => told(await world.call(VERIFY_EMAIL, { json }))

const emailOf = async (world: RestRegistrationWorld) => (await world.stored('ann')).email

async function asking(world: RestRegistrationWorld, email: string = NEW) {
  const { token } = await world.member('ann')
  return { token, link: await askedForEmail(world, { token, email }) }
}

describe('§3.9 register-email', () => {
  it('R33, row 200: mail to the new address; the old one is kept, and can stop it', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    expect(told(await world.call(REGISTER_EMAIL, { token, json: { email: 'ann@EXAMPLE.net' } }))).toEqual(SENT)
    expect((await world.mails()).map(({ to }) => to).toSorted()).toEqual([NEW, 'ann@example.org'])
    expect(await emailOf(world)).toBe('ann@example.org')
  })

  it('row request: email is required, and an address', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    const send = async (json: object) => told(await world.call(REGISTER_EMAIL, { token, json }))
    expect(await send({})).toEqual([400, { email: [WORDS.REQUIRED] }])
    expect(await send({ email: null })).toEqual([400, { email: [WORDS.NULL] }])
    expect(await send({ email: '' })).toEqual([400, { email: [WORDS.BLANK] }])
    for (const email of ['ann', 7, ['a@b.example'], 'ann@example.org\r\nBcc: eve@evil.example']) {
      expect(await send({ email }), String(email)).toEqual([400, { email: [WORDS.EMAIL] }])
    }
  })

  it('T12: for nobody it is not there', async () => {
    expect(told(await newWorld().call(REGISTER_EMAIL, { json: { email: NEW } }))).toEqual([403, ANONYMOUS])
  })

  it('R33: for an address that somebody has the answer is the same, and the mail a notice without a link', async () => {
    const world = newWorld()
    await world.addUser('ben')
    const { token } = await world.member('ann')
    expect(told(await world.call(REGISTER_EMAIL, { token, json: { email: 'BEN@example.org' } }))).toEqual(SENT)
    const notice = (await world.mails()).find(({ to }) => to === 'ben@example.org')
    expect(notice?.subject).toBe('Your e-mail is already in use')
    expect(notice?.text).not.toMatch(/https?:/)
  })

  it('R34, REGISTER_EMAIL_VERIFICATION_ENABLED: without it the address is changed at once, and no link is sent', async () => {
    const changes: unknown[] = []
    const world = newWorld(
      { registerEmailVerificationEnabled: false },
      { events: { emailChanged: ({ user, oldEmail }) => void changes.push([user.email, oldEmail]) } },
    )
    const { token } = await world.member('ann')
    expect(told(await world.call(REGISTER_EMAIL, { token, json: { email: NEW } }))).toEqual(SENT)
    expect([await emailOf(world), changes]).toEqual([NEW, [[NEW, 'ann@example.org']]])
    expect((await world.mails()).map(({ to }) => to)).toEqual(['ann@example.org'])
  })

  it('R34, row verification off: an address that is taken is 400, one’s own counts', async () => {
    const world = newWorld({ registerEmailVerificationEnabled: false })
    await world.addUser('ben')
    const { token } = await world.member('ann')
    const send = async (email: string) => told(await world.call(REGISTER_EMAIL, { token, json: { email } }))
    expect([await send('BEN@example.org'), await send('ann@example.org')]).toEqual([TAKEN, TAKEN])
    expect(await send('nothing')).toEqual([400, { email: [WORDS.EMAIL] }])
    expect(await emailOf(world)).toBe('ann@example.org')
  })

  it('REGISTER_EMAIL_SERIALIZER_CLASS: a schema of the site’s own', async () => {
    const schema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value: unknown) =>
          String(Object(value).email).endsWith('@acme.test')
            ? { value }
            : { issues: [{ message: 'Only ours.', path: ['email'] }] },
      },
    } as const
    const world = newWorld({ schemas: { registerEmail: schema } })
    const { token } = await world.member('ann')
    expect(told(await world.call(REGISTER_EMAIL, { token, json: { email: NEW } }))).toEqual([
      400,
      { email: ['Only ours.'] },
    ])
    expect(told(await world.call(REGISTER_EMAIL, { token, json: { email: 'ann@acme.test' } }))).toEqual(SENT)
  })

  it('W16: too many of one user are throttled', async () => {
    const world = newWorld({}, { rateLimits: { changesPerUser: { count: 1, perSeconds: 60 } } })
    const { token } = await asking(world)
    expect((await world.call(REGISTER_EMAIL, { token, json: { email: 'b@example.net' } })).status).toBe(429)
  })
})

describe('§3.10 verify-email', () => {
  it('R35, row 200: the address becomes the user’s, and is told as an event', async () => {
    const changes: unknown[] = []
    const world = newWorld(
      {},
      { events: { emailChanged: ({ user, oldEmail }) => void changes.push([user.email, oldEmail]) } },
    )
    const { link } = await asking(world)
    expect([await verify(world, link), await emailOf(world)]).toEqual([VERIFIED, NEW])
    expect([changes, (await world.stored('ann')).emailVerifiedAt]).toEqual([
      [[NEW, 'ann@example.org']],
      world.clock.now(),
    ])
  })

  it('row request: all four are required', async () => {
    const required = [WORDS.REQUIRED]
    expect((await newWorld().call(VERIFY_EMAIL, { json: {} })).text).toBe(
      JSON.stringify({ user_id: required, email: required, timestamp: required, signature: required }),
    )
  })

  it('R35: altered stamp, address, user or signature: invalid, and nothing is changed', async () => {
    const world = newWorld()
    await world.addUser('ben')
    const { link } = await asking(world)
    for (const changes of [
      shifted(link, 1),
      { email: 'eve@example.net' },
      { email: 'ANN@example.net' },
      { user_id: '1' },
      { user_id: '99' },
      { signature: FORGED },
    ]) {
      expect(await verify(world, { ...link, ...changes }), JSON.stringify(changes)).toEqual(INVALID)
    }
    expect([await emailOf(world), await verify(world, link)]).toEqual(['ann@example.org', VERIFIED])
  })

  it('R35, REGISTER_EMAIL_VERIFICATION_PERIOD: seven days later it has expired, as codes.changeEmailSeconds says', async () => {
    const world = newWorld({}, { codes: { changeEmailSeconds: 7 * 86_400 } })
    const { link } = await asking(world)
    world.clock.advance({ days: 7 })
    expect(await verify(world, link)).toEqual(detail(400, 'Signature expired'))
    expect([await verify(world, shifted(link, 1)), await emailOf(world)]).toEqual([INVALID, 'ann@example.org'])
  })

  it('R35: somebody else has taken the address meanwhile', async () => {
    const world = newWorld()
    const { link } = await asking(world)
    await world.addUser('ben', { email: NEW })
    expect([await verify(world, link), await emailOf(world)]).toEqual([TAKEN, 'ann@example.org'])
  })

  it('R35: the user is no longer active', async () => {
    const world = newWorld()
    const { link } = await asking(world)
    await world.auth.setStatus({ userId: (await world.stored('ann')).id, status: 'disabled' })
    expect([await verify(world, link), await emailOf(world)]).toEqual([INVALID, 'ann@example.org'])
  })

  it('W15: it works once: an old link moves nothing back', async () => {
    const world = newWorld()
    const { token, link: first } = await asking(world)
    const second = await askedForEmail(world, { token, email: 'ann@example.com' })
    expect([await verify(world, first), await verify(world, first), await verify(world, second)]).toEqual([
      VERIFIED,
      INVALID,
      INVALID,
    ])
    expect(await emailOf(world)).toBe(NEW)
  })

  it('W15: one from before a new password is dead', async () => {
    const world = newWorld()
    const { token, link } = await asking(world)
    const json = { old_password: PASSWORD, password: OTHER_PASSWORD, password_confirm: OTHER_PASSWORD }
    await world.call('POST change-password/', { token, json })
    expect([await verify(world, link), await emailOf(world)]).toEqual([INVALID, 'ann@example.org'])
  })

  it('row 404, R35, REGISTER_EMAIL_VERIFICATION_ENABLED: without it there is nothing here', async () => {
    const world = newWorld({ registerEmailVerificationEnabled: false })
    expect(await verify(world, {})).toEqual([404, NOT_FOUND])
  })

  it('R11, USER_VERIFICATION_ID_FIELD: the link may name the user', async () => {
    const world = newWorld({ userVerificationIdField: 'username' })
    const { link } = await asking(world)
    expect([link.user_id, await verify(world, link)]).toEqual(['ann', VERIFIED])
  })

  it('L4: a link of a registration proves no other address', async () => {
    const world = newWorld()
    const link = await registered(world)
    expect(await verify(world, { ...link, email: 'ann@example.org' })).toEqual(INVALID)
  })
})
