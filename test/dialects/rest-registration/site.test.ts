import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { passwordBackend } from '../../../src/backends/password-backend.ts'
import { told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { mailedValues, newcomer, registered } from './support/links.ts'
import { done } from './support/words.ts'
import { restRegistrationWorlds, SESSIONS_ONLY } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const VERIFY = 'POST verify-registration/'

describe('settings of the original that are the whole site’s here', () => {
  it('VERIFICATION_FROM_EMAIL is mail.from, and REGISTER_VERIFICATION_EMAIL_SENDER is the mailer', async () => {
    const world = newWorld({}, { mail: { from: 'Acme <hello@acme.test>' } })
    await registered(world)
    const [mail] = await world.mails()
    expect([mail?.from, mail?.to]).toEqual(['Acme <hello@acme.test>', 'ann@example.org'])
  })

  it('RESET_PASSWORD_VERIFICATION_EMAIL_SENDER and REGISTER_EMAIL_VERIFICATION_EMAIL_SENDER are the same mailer', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    await world.call('POST send-reset-password-link/', { json: { login: 'ann' } })
    await world.call('POST register-email/', { token, json: { email: 'new@example.org' } })
    expect((await world.mails()).map(({ to }) => to).toSorted()).toEqual([
      ...['ann@example.org', 'ann@example.org', 'new@example.org'],
    ])
  })

  it('VERIFICATION_TEMPLATE_RENDERER: templates are functions, and render themselves', async () => {
    const templates = {
      subject: () => 'Hello',
      body: ({ user }: { user: object | null }) => `For ${Object(user).username}`,
    }
    const world = newWorld({ registerVerificationEmailTemplates: templates })
    await world.call('POST register/', { json: newcomer('ann') })
    expect((await world.mails())[0]).toMatchObject({ subject: 'Hello', text: expect.stringContaining('For ann') })
  })

  it('USER_VERIFICATION_FLAG_FIELD: is_active follows the status of the user', async () => {
    const world = newWorld({ userPublicFields: ['username', 'isActive'] })
    const answer = await world.call('POST register/', { json: newcomer('ann') })
    expect(answer.body).toMatchObject({ is_active: false })
    await world.call(VERIFY, { json: await mailedValues(world, 'ann@example.org') })
    const token = await world.tokenOf('ann')
    expect((await world.call('GET profile/', { token })).body).toMatchObject({ is_active: true })
  })

  it('USER_EMAIL_FIELD: it is the address, which is public whatever else is', async () => {
    const { call, member } = newWorld({ userPublicFields: ['username'] })
    const { token } = await member('ann')
    expect((await call('GET profile/', { token })).body).toEqual({ username: 'ann', email: 'ann@example.org' })
  })

  it('REGISTER_SERIALIZER_CLASS: a schema of the site’s own decides what is read', async () => {
    const register = z.object({ username: z.string(), email: z.string(), password: z.string().min(20, 'longer!') })
    const { call } = newWorld({ schemas: { register } })
    const json = { username: 'ann', email: 'ann@example.org', password: 'short' }
    expect(told(await call('POST register/', { json }))).toEqual([400, { password: ['longer!'] }])
    expect((await call('POST register/', { json: { ...json, password: PASSWORD } })).status).toBe(201)
  })

  it('R38: what validators say is merged by field, beside the empty list', async () => {
    const { call } = newWorld()
    const json = newcomer('ann', { password: '123456', password_confirm: '1234567' })
    expect(told(await call('POST register/', { json }))).toEqual([
      400,
      {
        password: [
          'This password is too short. It must contain at least 8 characters.',
          'This password is too common.',
          'This password is entirely numeric.',
        ],
        password_confirm: ["Passwords don't match"],
        non_field_errors: [],
      },
    ])
  })
})

describe('§12 weak points that are none here', () => {
  it('R25, W3, USER_LOGIN_FIELDS_UNIQUE_CHECK_ENABLED: no two users share an address, so nobody is mailed for another', async () => {
    const world = newWorld({ userLoginFields: ['username', 'email'] })
    await world.addUser('ann')
    await expect(world.addUser('ben', { email: 'ANN@example.org' })).rejects.toMatchObject({
      code: 'validation_failed',
    })
    const answer = await world.call('POST register/', { json: newcomer('ben', { email: 'Ann@Example.org' }) })
    expect(answer.status).toBe(201)
    world.mailer.clear()
    const login = await world.call('POST login/', { json: { login: 'ANN@EXAMPLE.ORG', password: PASSWORD } })
    expect(login.status).toBe(200)
    await world.call('POST send-reset-password-link/', { json: { login: 'ann' } })
    const linked = (await world.mails()).filter(({ text }) => text.includes('user_id='))
    expect(linked.map(({ to }) => to)).toEqual(['ann@example.org'])
  })

  it('W2: the log-in is known by where it came from, whatever proves it', async () => {
    const world = newWorld({ loginAuthenticator: () => ({ id: 1 }) })
    await world.addUser('ann')
    await world.call('POST login/', { json: { login: 'ann', password: 'x' }, address: '198.51.100.7' })
    expect((await world.store.attempts.list({ limit: 1 }))[0]).toMatchObject({
      address: '198.51.100.7',
      door: 'rest-registration',
      outcome: 'success',
    })
  })

  it('W13: with several backends auto-login lets in, by a session that opens the profile', async () => {
    const first = passwordBackend({ identifiers: ['username'] })
    const backends = [first, { ...first, name: 'second' }]
    const world = newWorld({ ...SESSIONS_ONLY, registerVerificationAutoLogin: true }, { login: { backends } })
    const link = await registered(world)
    const page = world.browser()
    expect(told(await page.call(VERIFY, { json: link }))).toEqual(done('User verified successfully'))
    expect(await page.call('GET profile/')).toMatchObject({ status: 200, body: { username: 'ann' } })
  })

  it('W1: a wrong password behind an address is one guess, as behind the name', async () => {
    const world = newWorld({ userLoginFields: ['username', 'email'] })
    await world.addUser('ann')
    for (const login of ['ann', 'ann@example.org']) {
      await world.call('POST login/', { json: { login, password: OTHER_PASSWORD } })
    }
    expect((await world.call('POST login/', { json: { login: 'ann', password: PASSWORD } })).status).toBe(200)
    expect(await world.store.attempts.list({ limit: 10 })).toHaveLength(3)
  })
})
