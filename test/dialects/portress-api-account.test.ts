/** The Portress API; every answer is checked against its OpenAPI document by the client: one’s own account. */
import { describe, expect, it } from 'vitest'
import { apiWorlds, codesOf, OTHER_PASSWORD, PASSWORD } from '../support/api-world.ts'

const newWorld = apiWorlds()

describe('/me', () => {
  it('is the user', async () => {
    const { call, memberToken } = await newWorld()
    const { status, body } = await call('GET /me', { token: await memberToken('ann') })
    expect([status, body.user['username'], body.user['email']]).toEqual([200, 'ann', 'ann@example.org'])
  })

  it('changes names, and leaves what was not sent', async () => {
    const { call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    await call('PATCH /me', { token, json: { firstName: 'Ann', lastName: 'Lee' } })
    const { status, body } = await call('PATCH /me', { token, json: { lastName: '' } })
    expect([status, body.user['firstName'], body.user['lastName']]).toEqual([200, 'Ann', ''])
    expect((await call('PATCH /me', { token, json: {} })).status).toBe(200)
  })

  it('changes nothing that has a command of its own or none', async () => {
    const { call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    const json = {
      username: 'eve',
      email: 'eve@example.org',
      password: 'x',
      isStaff: true,
      emailVerified: false,
      id: 9,
    }
    const { status, body } = await call('PATCH /me', { token, json: { ...json, firstName: 'Eve' } })
    expect(status).toBe(400)
    expect(Object.keys(body.errors)).toEqual(Object.keys(json))
    expect((await call('GET /me', { token })).body.user).toMatchObject({ username: 'ann', firstName: '' })
  })

  it('is deleted with the current password', async () => {
    const { auth, call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    const wrong = await call('DELETE /me', { token, json: { currentPassword: OTHER_PASSWORD } })
    expect([wrong.status, wrong.body.code]).toEqual([403, 'wrong_current_password'])
    const missing = await call('DELETE /me', { token })
    expect(codesOf(missing.body)).toEqual({ currentPassword: ['required'] })
    expect((await call('DELETE /me', { token, json: { currentPassword: PASSWORD } })).status).toBe(204)
    expect((await call('GET /me', { token })).status).toBe(401)
    expect(await auth.findUser('ann')).toBeNull()
  })

  it('is not deleted where a hook refuses', async () => {
    const { call, memberToken } = await newWorld({ hooks: { beforeDelete: () => ({ refuse: 'Pay first.' }) } })
    const token = await memberToken('ann')
    const { body } = await call('DELETE /me', { token, json: { currentPassword: PASSWORD } })
    expect(body).toMatchObject({ status: 403, code: 'refused_by_hook', detail: 'Pay first.' })
  })
})

describe('GET /me/export and /me/attempts', () => {
  it('tells what is kept, and no secret', async () => {
    const { call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    const { status, body, text } = await call('GET /me/export', { token })
    expect(status).toBe(200)
    const kept = ['user', 'identities', 'sessions', 'attempts', 'groups', 'permissions']
    expect(Object.keys(body)).toEqual([...kept, 'exportedAt'])
    expect(body.sessions.map(({ isCurrent }) => isCurrent)).toEqual([true])
    expect(text).not.toMatch(/argon2|passwordHash|digest|epoch/i)
  })

  it('lists one’s own attempts, newest first', async () => {
    const { addUser, call, memberToken, clock } = await newWorld()
    await addUser('bob')
    const token = await memberToken('ann')
    clock.advance({ seconds: 1 })
    await call('POST /login', { json: { identifier: 'ANN', password: OTHER_PASSWORD } })
    await call('POST /login', { json: { identifier: 'bob', password: OTHER_PASSWORD } })
    const { body } = await call('GET /me/attempts', { token })
    expect(body.attempts).toMatchObject([
      { identifier: 'ANN', outcome: 'wrong_password', door: 'portress-api', action: 'login', address: '192.0.2.1' },
      { identifier: 'ann', outcome: 'success', door: 'portress-api', action: 'login' },
    ])
  })
})

describe('POST /username/change', () => {
  it('gives another name, unless somebody has it', async () => {
    const { addUser, call, memberToken, logIn } = await newWorld()
    await addUser('bob')
    const token = await memberToken('ann')
    const json = { newUsername: 'anna', currentPassword: PASSWORD }
    const { status, body } = await call('POST /username/change', { token, json })
    expect([status, body.user['username']]).toEqual([200, 'anna'])
    expect([(await logIn('anna')).status, (await logIn('ann')).status]).toEqual([200, 401])
    const taken = await call('POST /username/change', { token, json: { ...json, newUsername: 'BOB' } })
    expect(codesOf(taken.body)).toEqual({ newUsername: ['taken'] })
    const guess = { newUsername: 'anne', currentPassword: OTHER_PASSWORD }
    const wrong = await call('POST /username/change', { token, json: guess })
    expect(wrong.body.code).toBe('wrong_current_password')
    const both = await call('POST /username/change', { token, json: { ...guess, newUsername: 'BOB' } })
    expect(codesOf(both.body)).toEqual({ newUsername: ['taken'], currentPassword: ['wrong_password'] })
  })
})
