import { describe, expect, it } from 'vitest'
import { mongodb } from '../../src/stores/mongodb/index.ts'
import { apiWorlds, OTHER_PASSWORD, PASSWORD } from '../support/api-world.ts'
import { withDatabase } from '../support/mongodb-server.ts'
import { useMongodb } from '../support/use-mongodb.ts'

const server = useMongodb('a walk through the API on MongoDB')

const newWorld = apiWorlds()

describe('the API on MongoDB', () => {
  it('takes a person from registration over a lock and a reset to a session', async () => {
    const database = server().createDatabase()
    const world = await newWorld({ store: mongodb(database) })
    await world.auth.migrate()
    const { call, mailedCode, clock } = world
    const address = 'ann@example.org'
    const registered = await call('POST /register', { json: { username: 'Ann', email: address, password: PASSWORD } })
    expect(registered.status).toBe(201)
    expect((await world.logIn('ann')).status).toBe(401)
    await call('POST /email/verify', { json: { code: await mailedCode(address) } })
    const wrong = { json: { identifier: 'ANN', password: 'not-the-password-1', carrier: 'token' } }
    for (let guess = 0; guess < 3; guess += 1) expect((await call('POST /login', wrong)).status).toBe(401)
    expect((await world.logIn('ann')).status).toBe(401)
    await call('POST /password/reset', { json: { email: address } })
    const reset = { code: await mailedCode(address), newPassword: OTHER_PASSWORD }
    expect((await call('POST /password/reset/confirm', { json: reset })).status).toBe(204)
    const { body } = await call('POST /login', {
      json: { identifier: address, password: OTHER_PASSWORD, carrier: 'token' },
    })
    clock.advance({ minutes: 2 })
    const current = await call('GET /me', { token: body.token })
    expect(current.body.user).toMatchObject({ username: 'Ann', email: address })
    await call('POST /logout', { token: body.token })
    expect((await call('GET /me', { token: body.token })).status).toBe(401)
    const attempts = await withDatabase(database, (db) =>
      db
        .collection('portress_attempts')
        .find({}, { projection: { outcome: 1 } })
        .toArray(),
    )
    const outcomes = new Set(attempts.map(({ outcome }): unknown => outcome))
    expect(outcomes).toEqual(new Set(['locked', 'not_active', 'success', 'wrong_password']))
  })
})
