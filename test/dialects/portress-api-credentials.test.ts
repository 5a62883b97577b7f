/** The Portress API; every answer is checked against its OpenAPI document by the client: password, address and mailed codes. */
import { describe, expect, it } from 'vitest'
import { apiWorlds, codesOf, OTHER_PASSWORD, PASSWORD } from '../support/api-world.ts'

const newWorld = apiWorlds()

describe('the password', () => {
  it('is changed with the current one, and ends the other sessions', async () => {
    const { call, memberToken, logIn } = await newWorld()
    const token = await memberToken('ann')
    const other = (await logIn('ann')).body.token
    const json = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
    const changed = await call('POST /password/change', { token, json })
    expect([changed.status, changed.headers.getSetCookie()]).toEqual([204, []])
    expect((await call('GET /me', { token })).status).toBe(200)
    expect((await call('GET /me', { token: other })).status).toBe(401)
    expect((await logIn('ann')).status).toBe(401)
  })

  it('is not changed with a wrong one, nor to a bad one', async () => {
    const { call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    const wrong = { currentPassword: OTHER_PASSWORD, newPassword: OTHER_PASSWORD }
    expect((await call('POST /password/change', { token, json: wrong })).body.code).toBe('wrong_current_password')
    const bad = { currentPassword: PASSWORD, newPassword: 'ann' }
    const { body } = await call('POST /password/change', { token, json: bad })
    expect(codesOf(body)['newPassword']).toContain('password_too_short')
  })

  it('is reset with the mailed code, which ends every session', async () => {
    const { call, memberToken, mailedCode, logIn } = await newWorld()
    const token = await memberToken('ann')
    expect((await call('POST /password/reset', { json: { email: 'ANN@example.org' } })).status).toBe(202)
    const code = await mailedCode('ann@example.org')
    const bad = await call('POST /password/reset/confirm', { json: { code, newPassword: '123' } })
    expect(Object.keys(bad.body.errors)).toEqual(['newPassword'])
    const json = { code, newPassword: OTHER_PASSWORD }
    expect((await call('POST /password/reset/confirm', { json })).status).toBe(204)
    expect((await call('POST /password/reset/confirm', { json })).body.code).toBe('code_invalid')
    expect((await call('GET /me', { token })).status).toBe(401)
    expect((await logIn('ann')).status).toBe(401)
    expect((await call('POST /login', { json: { identifier: 'ann', password: OTHER_PASSWORD } })).status).toBe(200)
  })

  it('reset answers alike for an address that nobody has', async () => {
    const { auth, addUser, call, mailer } = await newWorld()
    await addUser('ann')
    const known = await call('POST /password/reset', { json: { email: 'ann@example.org' } })
    const unknown = await call('POST /password/reset', { json: { email: 'nobody@example.org' } })
    expect([unknown.status, [...unknown.headers]]).toEqual([known.status, [...known.headers]])
    await auth.flush()
    expect(mailer.sent.map(({ to }) => to)).toEqual(['ann@example.org'])
  })
})

describe('the address', () => {
  it('changes once the new one has confirmed', async () => {
    const { call, memberToken, mailedCode } = await newWorld()
    const token = await memberToken('ann')
    const json = { newEmail: 'ann@new.example.org', currentPassword: PASSWORD }
    expect((await call('POST /email/change', { token, json })).status).toBe(202)
    expect((await call('GET /me', { token })).body.user['email']).toBe('ann@example.org')
    const code = await mailedCode('ann@new.example.org')
    const { status, body } = await call('POST /email/change/confirm', { json: { code } })
    expect([status, body.user['email']]).toEqual([200, 'ann@new.example.org'])
    expect((await call('POST /email/change/confirm', { json: { code } })).body.code).toBe('code_invalid')
  })

  it('stays, or comes back, when the old one cancels', async () => {
    const { call, memberToken, mailedCode, logIn } = await newWorld()
    const token = await memberToken('ann')
    await call('POST /email/change', { token, json: { newEmail: 'eve@example.org', currentPassword: PASSWORD } })
    await call('POST /email/change/confirm', { json: { code: await mailedCode('eve@example.org') } })
    const code = await mailedCode('ann@example.org')
    expect((await call('POST /email/change/cancel', { json: { code } })).status).toBe(204)
    expect((await call('GET /me', { token })).status).toBe(401)
    // Whoever asked for the change knew the password, so it opens nothing any more.
    expect((await logIn('ann@example.org')).status).toBe(401)
    const reset = { code: await mailedCode('ann@example.org'), newPassword: PASSWORD }
    expect((await call('POST /password/reset/confirm', { json: reset })).status).toBe(204)
    expect((await logIn('ann@example.org')).status).toBe(200)
    expect((await logIn('eve@example.org')).status).toBe(401)
  })

  it('answers alike for one that somebody has, whose owner gets a notice without a link', async () => {
    const { auth, addUser, call, memberToken, mailer } = await newWorld()
    await addUser('bob')
    const token = await memberToken('ann')
    const [taken, free] = [
      await call('POST /email/change', { token, json: { newEmail: 'bob@example.org', currentPassword: PASSWORD } }),
      await call('POST /email/change', { token, json: { newEmail: 'new@example.org', currentPassword: PASSWORD } }),
    ]
    expect([taken.status, [...taken.headers]]).toEqual([free.status, [...free.headers]])
    await auth.flush()
    const textTo = (address: string) => mailer.sent.find(({ to }) => to === address)?.text ?? 'no mail'
    expect(textTo('bob@example.org')).toContain('already')
    expect(textTo('bob@example.org')).not.toContain('code=')
    expect(textTo('new@example.org')).toContain('code=')
  })

  it('needs the current password and an address', async () => {
    const { call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    const wrong = { newEmail: 'new@example.org', currentPassword: OTHER_PASSWORD }
    expect((await call('POST /email/change', { token, json: wrong })).body.code).toBe('wrong_current_password')
    const { body } = await call('POST /email/change', { token, json: { newEmail: 'no', currentPassword: PASSWORD } })
    expect(codesOf(body)).toEqual({ newEmail: ['email_invalid'] })
  })
})

describe('codes', () => {
  it('open nothing but what they were mailed for', async () => {
    const { addUser, call, mailedCode } = await newWorld()
    await addUser('ann')
    await call('POST /password/reset', { json: { email: 'ann@example.org' } })
    const code = await mailedCode('ann@example.org')
    const others = ['/email/verify', '/email/change/confirm', '/email/change/cancel', '/unlock'] as const
    for (const path of others) {
      const { status, body } = await call(`POST ${path}`, { json: { code } })
      expect([path, status, body.code]).toEqual([path, 400, 'code_invalid'])
    }
    const json = { code, newPassword: OTHER_PASSWORD }
    expect((await call('POST /password/reset/confirm', { json })).status).toBe(204)
  })

  it('die in time', async () => {
    const { addUser, call, mailedCode, clock } = await newWorld()
    await addUser('ann')
    await call('POST /password/reset', { json: { email: 'ann@example.org' } })
    const code = await mailedCode('ann@example.org')
    clock.advance({ hours: 1 })
    const { body } = await call('POST /password/reset/confirm', { json: { code, newPassword: OTHER_PASSWORD } })
    expect(body.code).toBe('code_invalid')
  })
})
