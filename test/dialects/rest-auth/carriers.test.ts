/** What proves who somebody is in one place is worth nothing in any other. */
import { beforeEach, describe, expect, it } from 'vitest'
import { CARRIERS } from '../../../src/model/session.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import type { CallOptions } from '../drf/support/request.ts'
import { type RestAuthWorld, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

let world: RestAuthWorld
let secrets: ReadonlyMap<string, string>

/** Each secret that a log-in can give, by its carrier. */
async function secretsOf({ auth }: RestAuthWorld): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const carrier of CARRIERS) {
    const { issued } = await auth.login({ identifier: 'ann', password: PASSWORD, carrier })
    found.set(carrier, issued.token)
    if (issued.refreshToken !== null) found.set(`${carrier}, refresh`, issued.refreshToken)
  }
  return found
}

beforeEach(async () => {
  world = newWorld({
    useJwt: true,
    jwtAuthCookie: 'access',
    jwtAuthRefreshCookie: 'refresh',
    authentication: ['token', 'jwt-cookie', 'drf-jwt', 'session'],
    tokenBlacklist: true,
    jwtAuthHttpOnly: false,
  })
  await world.addUser('ann')
  secrets = await secretsOf(world)
})

const inHeader = (type: string) => (secret: string) => ({ headers: { authorization: `${type} ${secret}` } })
const inCookie = (name: string) => (secret: string) => ({ headers: { cookie: `${name}=${secret}` } })

interface Place {
  readonly place: string
  readonly row: string
  readonly put: (secret: string) => CallOptions
  /** The one kind that is good there. */
  readonly good: string
}

const inBody = (refresh: string): CallOptions => ({ json: { refresh } })

const PLACES: readonly Place[] = [
  { place: 'Token', row: 'GET user/', put: inHeader('Token'), good: 'user-token' },
  { place: 'Bearer', row: 'GET user/', put: inHeader('Bearer'), good: 'simple-jwt' },
  { place: 'JWT', row: 'GET user/', put: inHeader('JWT'), good: 'drf-jwt' },
  { place: 'the cookie of the access token', row: 'GET user/', put: inCookie('access'), good: 'simple-jwt' },
  { place: 'the cookie of the session', row: 'GET user/', put: inCookie('sessionid'), good: 'cookie' },
  {
    place: 'the cookie of the refresh token',
    row: 'POST token/refresh/',
    put: inCookie('refresh'),
    good: 'simple-jwt, refresh',
  },
  { place: 'the body of token/refresh/', row: 'POST token/refresh/', put: inBody, good: 'simple-jwt, refresh' },
  { place: 'the body of logout/', row: 'POST logout/', put: inBody, good: 'simple-jwt, refresh' },
]

describe.each(PLACES)('in $place', ({ row, put, good }) => {
  it(`one kind alone is good: ${good}`, async () => {
    const accepted: string[] = []
    for (const [kind, secret] of secrets) {
      const { status } = await world.call(row, put(secret))
      if (status === 200) accepted.push(kind)
      else expect([kind, status]).toEqual([kind, 401])
    }
    expect(accepted).toEqual([good])
  })
})

describe('two doors on one host', () => {
  it.each([
    ['the header', inHeader('JWT')],
    ['a cookie of the same name', inCookie('access')],
  ])('tokens of one generation are no tokens of the other, in %s', async (_, put) => {
    const old = newWorld({ generation: '0.9', useJwt: true, jwtAuthCookie: 'access' })
    await old.addUser('ann')
    const accepted: string[] = []
    for (const [kind, secret] of await secretsOf(old)) {
      if ((await old.call('GET user/', put(secret))).status === 200) accepted.push(kind)
    }
    expect(accepted).toEqual(['drf-jwt'])
  })

  it.each(['sessionid', 'CSRFtoken', 'django_language', 'portress-session', 'portress-device'])(
    'a cookie %s has another meaning already, and is refused as one of tokens',
    (name) => {
      const site = name.startsWith('portress') ? { site: { name: 'Acme', origin: 'http://localhost:3000' } } : {}
      for (const option of ['jwtAuthCookie', 'jwtAuthRefreshCookie']) {
        const open = (): unknown => newWorld({ useJwt: true, [option]: name }, { environment: 'development', ...site })
        expect(open, option).toThrow(`${option} must not be "${name}"`)
      }
    },
  )
})
