import { afterEach } from 'vitest'
import type { AuthOptions } from '../../src/create-auth.ts'
import type { FieldDefinitions } from '../../src/model/field.ts'
import type { Carrier } from '../../src/model/session.ts'
import { type ApiAnswer, type ApiBody, type ApiClient, apiClient } from './api-client.ts'
import { TEST_ORIGIN, type TestAuth, testAuth } from './test-auth.ts'

/** A password that every rule accepts. */
export const PASSWORD = 'plum-tart-4-breakfast'

export const OTHER_PASSWORD = 'cherry-pie-5-supper'

/** A registration that nothing is wrong with. */
export const ANN = { username: 'ann', email: 'ann@example.org', password: PASSWORD }

/** The API of a fresh account system, called through `auth.fetch`. */
export interface ApiWorld<F extends FieldDefinitions = FieldDefinitions> extends TestAuth<F> {
  readonly call: ApiClient
  /** Makes an active user of that name with an address at `example.org`. */
  addUser(username: string): Promise<void>
  logIn(identifier: string, carrier?: Carrier): Promise<ApiAnswer>
  /** Makes the user, logs in and gives the token. */
  memberToken(username: string): Promise<string>
  /** The code in the latest mail to the address, once everything waiting is sent. */
  mailedCode(to: string): Promise<string>
}

/** Makes worlds for the tests of a file, and closes them after each test. */
export function apiWorlds(): <const F extends FieldDefinitions = Record<never, never>>(
  options?: Partial<AuthOptions<F>>,
) => Promise<ApiWorld<F>> {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  return async (options = {}) => {
    const world = await apiWorld(options)
    closing.push(() => world.auth.close())
    return world
  }
}

async function apiWorld<const F extends FieldDefinitions = Record<never, never>>(
  options: Partial<AuthOptions<F>>,
): Promise<ApiWorld<F>> {
  const world = testAuth<F>(options)
  const { auth, mailer } = world
  const call = await apiClient({
    config: auth.config,
    url: `${TEST_ORIGIN}/api`,
    fetch: (request) => auth.fetch(request, { address: '192.0.2.1' }),
  })
  const addUser = async (username: string): Promise<void> => {
    const email = `${username}@example.org`
    await auth.createUser({ username, email, password: PASSWORD, passwordCheck: 'bypassed' })
  }
  const logIn = (identifier: string, carrier: Carrier = 'token'): Promise<ApiAnswer> =>
    call('POST /login', { json: { identifier, password: PASSWORD, carrier } })
  return {
    ...world,
    call,
    addUser,
    logIn,
    async memberToken(username) {
      await addUser(username)
      return (await logIn(username)).body.token
    },
    async mailedCode(to) {
      await auth.flush()
      return codeIn(mailer.sent.findLast((mail) => mail.to === to)?.text ?? '')
    },
  }
}

/** The codes of complaints by field, without their sentences. */
export function codesOf({ errors }: Pick<ApiBody, 'errors'>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(errors).map(([name, list]) => [name, list.map(({ code }) => code)]))
}

/** The code of the link in a mail. */
export function codeIn(text: string): string {
  const code = /[?&]code=([\w-]{43})$/m.exec(text)?.[1]
  if (code === undefined) throw new Error(`there is no link with a code in: ${text}`)
  return code
}
