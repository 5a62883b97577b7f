import { afterEach } from 'vitest'
import type { AuthOptions } from '../../../../src/create-auth.ts'
import type { FieldDefinitions } from '../../../../src/model/field.ts'
import { TEST_ORIGIN, type TestAuth, testAuth } from '../../../support/test-auth.ts'
import { PASSWORD } from './passwords.ts'
import { type DoorSettings, sampleDoor } from './sample-door.ts'

export interface DoorCall {
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly body?: NonNullable<RequestInit['body']>
  readonly headers?: Readonly<Record<string, string>>
}

export interface DoorAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Parsed, where it is JSON; `null` where there is none. */
  readonly body: unknown
}

export interface DoorSite extends TestAuth {
  /** `call('POST token/login', …)`: the path is below the mount. */
  call(row: string, options?: DoorCall): Promise<DoorAnswer>
  addUser(username: string): Promise<number | string>
  /** The value of `Authorization` for a new user. */
  member(username: string): Promise<string>
  /** The cookies of a new user with a session, as a browser sends them, and the CSRF token among them. */
  browser(username: string): Promise<{ readonly cookie: string; readonly csrf: string }>
}

export interface DoorSiteOptions<F extends FieldDefinitions> extends Partial<Omit<AuthOptions<F>, 'mounts'>> {
  readonly door?: DoorSettings
}

/** Makes sites with the sample door at `/door` for the tests of a file, and closes them after each test. */
export function doorSites(): <const F extends FieldDefinitions = Record<never, never>>(
  options?: DoorSiteOptions<F>,
) => DoorSite {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  return ({ door, ...options } = {}) => {
    const site = testAuth({
      login: { emailMustBeVerified: false },
      ...options,
      mounts: { '/door': sampleDoor(door) },
    }) as TestAuth
    closing.push(() => site.auth.close())
    return { ...site, ...callsOf(site, options.site?.origin ?? TEST_ORIGIN) }
  }
}

function callsOf({ auth }: TestAuth, origin: string): Omit<DoorSite, keyof TestAuth> {
  const call: DoorSite['call'] = async (row, options = {}) => {
    const space = row.indexOf(' ')
    const init = { method: row.slice(0, space), headers: headersOf(options), body: bodyOf(options) }
    return readAnswer(await auth.fetch(new Request(`${origin}/door/${row.slice(space + 1)}`, init)))
  }
  const addUser: DoorSite['addUser'] = async (username) => {
    const email = `${username}@example.org`
    return (await auth.createUser({ username, email, password: PASSWORD, passwordCheck: 'bypassed' })).id
  }
  return {
    call,
    addUser,
    async member(username) {
      await addUser(username)
      const { body } = await call('POST token/login', { json: { username, password: PASSWORD } })
      return `Token ${(body as { readonly token: string }).token}`
    },
    async browser(username) {
      await addUser(username)
      const { headers } = await call('POST session/login', { json: { username, password: PASSWORD } })
      const pairs = headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '')
      return { cookie: pairs.join('; '), csrf: pairs.find((pair) => pair.startsWith('csrftoken='))?.slice(10) ?? '' }
    },
  }
}

async function readAnswer(response: Response): Promise<DoorAnswer> {
  const { status, headers } = response
  const text = await response.text()
  const isJson = headers.get('content-type') === 'application/json' && text !== ''
  return { status, headers, text, body: isJson ? JSON.parse(text) : null }
}

function headersOf({ json, headers }: DoorCall): Record<string, string> {
  return { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers }
}

function bodyOf({ json, form, body }: DoorCall): NonNullable<RequestInit['body']> | null {
  if (json !== undefined) return JSON.stringify(json)
  return form === undefined ? (body ?? null) : new URLSearchParams(form)
}
