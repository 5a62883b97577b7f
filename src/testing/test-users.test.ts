import { describe, expect, it, onTestFinished } from 'vitest'
import { createAuth } from '../create-auth.ts'
import { field } from '../model/declare-field.ts'
import { mailedCode } from './mailed-code.ts'
import { testOptions } from './test-options.ts'
import { testUsers } from './test-users.ts'

const SITE = { site: { name: 'Acme', origin: 'https://acme.test' } }

function newAuth() {
  const options = testOptions()
  const auth = createAuth({ ...SITE, ...options, user: { fields: { motto: field.text({ default: 'None' }) } } })
  onTestFinished(() => auth.close())
  return { auth, ...options }
}

describe('testUsers', () => {
  it('makes users who differ, with what is given and what is declared', async () => {
    const { auth } = newAuth()
    const users = testUsers(auth)
    expect(await users.create()).toMatchObject({ username: 'user-1', email: 'user-1@example.org', status: 'active' })
    const ann = await users.create({ username: 'ann', isStaff: true, fields: { motto: 'Onwards' } })
    expect(ann).toMatchObject({
      username: 'ann',
      email: 'user-2@example.org',
      isStaff: true,
      fields: { motto: 'Onwards' },
    })
    await expect(users.create({ username: 'Ann' })).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it.each(['token', 'jwt'] as const)('logs in by %s, and sends requests in the name of the user', async (carrier) => {
    const { auth } = newAuth()
    const users = testUsers(auth)
    const client = await users.logIn(await users.create({ password: 'of their own' }), carrier)
    expect(await (await client.fetch('/api/me')).json()).toMatchObject({ user: { username: 'user-1' } })
    const renamed = await client.fetch('/api/me', {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ firstName: 'Ann' }),
    })
    expect(renamed.status).toBe(200)
    await auth.logout(client.caller)
    expect((await client.fetch('/api/me')).status).toBe(401)
  })

  it('sends them to the application that holds the accounts', async () => {
    const { auth } = newAuth()
    const handler = async (request: Request) => {
      const active = await auth.authenticate(request)
      return new Response(`${active?.user.username} at ${new URL(request.url).pathname}`)
    }
    const users = testUsers(auth, { handler, origin: 'https://acme.test' })
    const client = await users.logIn(await users.create())
    expect(await (await client.fetch('/notes?of=today')).text()).toBe('user-1 at /notes')
    expect(await (await client.fetch(new Request('https://acme.test/other'))).text()).toBe('user-1 at /other')
  })

  it('has nobody logged in who cannot', async () => {
    const { auth } = newAuth()
    const users = testUsers(auth)
    const nobody = await users.create({ password: null })
    await expect(users.logIn(nobody)).rejects.toThrow('only a user that this factory made')
  })

  it('goes without user names where the model has none', async () => {
    const options = testOptions()
    const auth = createAuth({ ...SITE, ...options, user: { username: 'none' } })
    onTestFinished(() => auth.close())
    const users = testUsers(auth)
    const client = await users.logIn(await users.create({ username: null }))
    expect(client.user.email).toBe('user-1@example.org')
  })
})

describe('testOptions', () => {
  it('lets time go by as the test says', async () => {
    const { auth, clock } = newAuth()
    const users = testUsers(auth)
    const client = await users.logIn(await users.create())
    clock.advance({ days: 400 })
    expect((await client.fetch('/api/me')).status).toBe(401)
  })
})

describe('mailedCode', () => {
  it('finds the code of the newest mail to an address', async () => {
    const { auth, mailer } = newAuth()
    await auth.register({ username: 'ann', email: 'ann@example.org', password: 'quiet otter by the weir' })
    await auth.flush()
    const { user } = await auth.activate({ code: mailedCode(mailer, 'ann@example.org') })
    expect(user.status).toBe('active')
  })

  it('says what there is instead', async () => {
    const { auth, mailer } = newAuth()
    expect(() => mailedCode(mailer, 'ann@example.org')).toThrow('nothing; was auth.flush() awaited?')
    await auth.register({ username: 'ann', email: 'ann@example.org', password: 'quiet otter by the weir' })
    await auth.flush()
    await auth.activate({ code: mailedCode(mailer, 'ann@example.org') })
    await auth.setPassword({ userId: 1, newPassword: 'quiet otter by a weir', passwordCheck: 'enforced' })
    await auth.flush()
    expect(() => mailedCode(mailer, 'ann@example.org')).toThrow(/the newest mail to ann@example.org carries no code.*"/)
  })
})
