import type { Auth, LoggedIn, UserOf } from '../auth.ts'
import type { FieldDefinitions } from '../model/field.ts'
import type { Carrier } from '../model/session.ts'

/** Makes users for tests and logs them in. */
export interface TestUsers<F extends FieldDefinitions> {
  /**
   * An active user with a proven address. What is not given is made up: `user-1`, `user-1@example.org`, and `PASSWORD_OF_TEST_USERS`.
   *
   * @throws {AuthError} `validation_failed`
   */
  create(input?: TestUserInput<F>): Promise<UserOf<F>>
  /** A new log-in of a user of this factory. @throws {AuthError} what `login` throws */
  logIn(user: UserOf<F>, carrier?: Exclude<Carrier, 'cookie'>): Promise<TestClient<F>>
}

/** What `createUser` takes, all of it optional. */
export type TestUserInput<F extends FieldDefinitions> = Partial<Parameters<Auth<F>['createUser']>[0]>

/** Somebody who is logged in. */
export interface TestClient<F extends FieldDefinitions> extends LoggedIn<F> {
  /** For commands that they call: `auth.updateProfile(input, client.caller)`. */
  readonly caller: { readonly actor: LoggedIn<F>['issued'] }
  /** A request in their name, with a path of this site or a whole `Request`; it goes to `auth.fetch` unless told otherwise. */
  fetch(target: string | Request, init?: RequestInit): Promise<Response>
}

/** What answers requests. */
export type Handler = (request: Request) => Response | Promise<Response>

export interface TestUsersOptions {
  /** Where users send their requests: an application that holds `auth`. @default auth.fetch */
  readonly handler?: Handler
  /** Of the site. @default 'http://localhost' */
  readonly origin?: string
}

/** Long and odd enough for every built-in validator. */
export const PASSWORD_OF_TEST_USERS = 'sixty copper lanterns at noon'

/**
 * Makes a factory of users. Passwords are not checked by validators, unless `passwordCheck` says so.
 *
 * @example
 * const users = testUsers(auth)
 * const ann = await users.create({ username: 'ann', isStaff: true })
 * const client = await users.logIn(ann)
 * expect((await client.fetch('/api/me')).status).toBe(200)
 */
export function testUsers<F extends FieldDefinitions>(
  auth: Auth<F>,
  { handler = auth.fetch, origin = 'http://localhost' }: TestUsersOptions = {},
): TestUsers<F> {
  const passwords = new Map<unknown, string>()
  let count = 0
  return {
    async create(input = {}) {
      count += 1
      const password = input.password === undefined ? PASSWORD_OF_TEST_USERS : input.password
      const made = { username: `user-${count}`, email: `user-${count}@example.org`, passwordCheck: 'bypassed' as const }
      const account = { ...made, ...input, password } as Parameters<Auth<F>['createUser']>[0]
      const user = await auth.createUser(account)
      if (password !== null) passwords.set(user.id, password)
      return user
    },
    async logIn(user, carrier = 'token') {
      const identifier = user.username ?? user.email
      const password = passwords.get(user.id)
      if (identifier === null || password === undefined) {
        throw new TypeError('only a user that this factory made, with a name or an address and a password, can log in')
      }
      const loggedIn = await auth.login({ identifier, password, carrier })
      const fetch: TestClient<F>['fetch'] = async (target, init) =>
        handler(
          signed(typeof target === 'string' ? new Request(new URL(target, origin), init) : target, loggedIn.issued),
        )
      return { ...loggedIn, caller: { actor: loggedIn.issued }, fetch }
    },
  }
}

function signed(request: Request, { token }: { readonly token: string }): Request {
  const headers = new Headers(request.headers)
  if (!headers.has('Authorization')) headers.set('Authorization', `Bearer ${token}`)
  return new Request(request, { headers })
}
