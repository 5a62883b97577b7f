import { describe, expect, it } from 'vitest'
import { type Answer, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const RATE = { throttleRate: { requests: 3, windowSeconds: 60 }, authentication: ['token', 'session'] } as const

const throttled = ({ status, body, headers }: Answer): unknown => [status, body, headers.get('retry-after')]

const wait = (seconds: number): unknown => [
  429,
  { detail: `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? '' : 's'}.` },
  String(seconds),
]

describe('§1.7 throttleRate', () => {
  it('counts the routes of its scope together, and says when the first leaves the window', async () => {
    const { call, clock } = newWorld(RATE)
    expect((await call('POST login/', { json: {} })).status).toBe(400)
    clock.advance({ seconds: 1 })
    expect((await call('POST password/reset/', { json: {} })).status).toBe(400)
    expect((await call('POST logout/')).status).toBe(200)
    for (const row of [
      'POST login/',
      'POST logout/',
      'POST password/reset/',
      'POST password/reset/confirm/',
      'POST registration/',
    ]) {
      expect([row, throttled(await call(row, { json: {} }))]).toEqual([row, wait(59)])
    }
    clock.advance({ seconds: 58, milliseconds: 500 })
    expect(throttled(await call('POST login/', { json: {} }))).toEqual(wait(1))
    // What was refused was not counted, so one more passes now, and no second one.
    clock.advance({ milliseconds: 500 })
    expect((await call('POST login/', { json: {} })).status).toBe(400)
    expect(throttled(await call('POST login/', { json: {} }))).toEqual(wait(1))
  })

  it('leaves user/, verify-email, resend-email and token/* alone', async () => {
    const { call, member } = newWorld({ ...RATE, useJwt: true, authentication: ['jwt-cookie'] })
    const { token } = await member('ann')
    for (const row of [
      'GET user/',
      'POST registration/verify-email/',
      'POST registration/resend-email/',
      'POST token/verify/',
      'POST token/refresh/',
    ]) {
      const sent = row.startsWith('GET') ? { jwt: token } : { json: {} }
      for (const _ of [1, 2, 3, 4]) expect([row, (await call(row, sent)).status]).not.toEqual([row, 429])
    }
  })

  it('counts by user, from wherever they call, and by address while nobody has logged in', async () => {
    const { call, addUser, auth } = newWorld(RATE)
    const tokens: string[] = []
    for (const identifier of ['ann', 'ben']) {
      await addUser(identifier)
      const { issued } = await auth.login({ identifier, password: PASSWORD, carrier: 'user-token' })
      tokens.push(issued.token)
    }
    const [ann = '', ben = ''] = tokens
    const change = async (address: string, token?: string): Promise<number> =>
      (await call(token === undefined ? 'POST login/' : 'POST password/change/', { json: {}, token, address })).status
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) expect(await change(address, ann)).toBe(400)
    expect(await change('192.0.2.4', ann)).toBe(429)
    expect(await change('192.0.2.1', ben)).toBe(400)
    for (const _ of [1, 2, 3]) expect(await change('192.0.2.1')).toBe(400)
    expect([await change('192.0.2.1'), await change('192.0.2.2')]).toEqual([429, 400])
  })

  it('§1.2 comes after the credential and the permission, and before the method and the body', async () => {
    const { call } = newWorld(RATE)
    const headers = { authorization: 'Token bad' }
    // Neither is counted.
    for (const _ of [1, 2, 3, 4]) {
      expect((await call('POST login/', { headers })).status).toBe(401)
      expect((await call('POST password/change/', { json: {} })).status).toBe(401)
      expect((await call('POST login/', { headers: { accept: 'image/png' } })).status).toBe(406)
    }
    expect((await call('GET login/')).status).toBe(405)
    expect((await call('OPTIONS login/')).status).toBe(200)
    expect((await call('POST login/', { body: '{', headers: { 'content-type': 'application/json' } })).status).toBe(400)
    expect((await call('GET login/')).status).toBe(429)
    expect((await call('POST login/', { body: '{', headers: { 'content-type': 'application/json' } })).status).toBe(429)
    expect((await call('POST login/', { headers })).status).toBe(401)
    expect((await call('POST password/change/', { json: {} })).status).toBe(401)
  })

  it('lets no more through however many arrive at once', async () => {
    const { call } = newWorld(RATE)
    const answers = await Promise.all(Array.from({ length: 20 }, () => call('POST logout/')))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
  })

  it('is off by default, and in generation 0.9 there is none', async () => {
    for (const options of [{}, { generation: '0.9' }] as const) {
      const { call } = newWorld(options)
      for (let count = 0; count < 25; count += 1) expect(told(await call('POST logout/'))[0]).toBe(200)
    }
    expect(() => newWorld({ ...RATE, generation: '0.9' })).toThrow('throttleRate is of generation "7"')
  })

  it.each([
    { requests: 0, windowSeconds: 60 },
    { requests: 1001, windowSeconds: 60 },
    { requests: 1.5, windowSeconds: 60 },
    { requests: 1, windowSeconds: 86_401 },
    { requests: 1, windowSeconds: Number.POSITIVE_INFINITY },
  ])('refuses %j at start', (throttleRate) => {
    expect(() => newWorld({ throttleRate })).toThrow(
      /throttleRate\.(requests|windowSeconds) must be a whole number, from 1 to/,
    )
  })
})
