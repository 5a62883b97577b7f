import { afterEach, describe, expect, it } from 'vitest'
import { djoser } from '../../../src/dialects/djoser/index.ts'
import { quickHasher } from '../../../src/testing/quick-hasher.ts'
import { newWorkplace } from '../../cli/portress.ts'
import { httpServer } from '../../support/http-server.ts'
import { testAuth } from '../../support/test-auth.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Sent {
  /** What `curl --data` sends, and how it calls it. */
  readonly data?: string
  readonly token?: string
}

/** The body that a line of the walk prints. */
async function printed(row: string, { data, token }: Sent = {}): Promise<string> {
  const [method = '', url = ''] = row.split(' ')
  const headers = {
    ...(data === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(token === undefined ? {} : { authorization: `Token ${token}` }),
  }
  return (await fetch(url, { method, headers, body: data ?? null })).text()
}

const NOBODY = '{"detail": "Authentication credentials were not provided."}'

const USER = '{"email": "", "username": "djoser"}'

/** The tutorial of djoser 0.1, line by line: nobody, a registration, a log-in, the user, a logout, nobody again. */
async function walk(auth: string, password: string): Promise<void> {
  const data = `username=djoser&password=${password}`
  expect(await printed(`POST ${auth}/register`, { data })).toBe(USER)
  expect(await printed(`GET ${auth}/me`)).toBe(NOBODY)
  const loggedIn = await printed(`POST ${auth}/login`, { data })
  expect(loggedIn).toMatch(/^\{"auth_token": "[0-9a-f]{40}"\}$/)
  const { auth_token: token } = JSON.parse(loggedIn) as { readonly auth_token: string }
  expect(await printed(`GET ${auth}/me`)).toBe(NOBODY)
  expect(await printed(`GET ${auth}/me`, { token })).toBe(USER)
  expect(await printed(`POST ${auth}/logout`, { token })).toBe('')
  expect(await printed(`GET ${auth}/me`, { token })).toBe('{"detail": "Invalid token"}')
}

describe('the tutorial of djoser 0.1', () => {
  it('works as it is printed where a site has no password validators', async () => {
    const server = await httpServer()
    const { auth } = testAuth({
      site: { name: 'Acme', origin: server.origin },
      cookies: { dangerouslyAllowPlainHttp: true },
      user: { email: 'optional' },
      passwords: { hasher: quickHasher(), validators: [] },
      mounts: { '/auth': djoser() },
    })
    server.answerWith(auth.fetch)
    closing.push(server.close, auth.close)
    await walk(`${server.origin}/auth`, 'djoser')
  })

  it('works with a strong password on the server that nobody configured', async () => {
    const server = await newWorkplace().serve()
    await walk(`${server.url}/auth`, 'plum-tart-4-breakfast')
    await server.stop()
  })
})
