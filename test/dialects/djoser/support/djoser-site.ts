import { afterEach } from 'vitest'
import type { UserOf } from '../../../../src/auth.ts'
import type { Store, StoreFactory } from '../../../../src/contracts/store.ts'
import type { AuthOptions } from '../../../../src/create-auth.ts'
import { type DjoserOptions, djoser } from '../../../../src/dialects/djoser/index.ts'
import type { FieldDefinitions } from '../../../../src/model/field.ts'
import type { Mail } from '../../../../src/model/mail.ts'
import type { User } from '../../../../src/model/user.ts'
import { sqlite } from '../../../../src/stores/sqlite/index.ts'
import { minimumLength } from '../../../../src/validators/minimum-length.ts'
import { notCommon } from '../../../../src/validators/not-common.ts'
import { notEntirelyNumeric } from '../../../../src/validators/not-entirely-numeric.ts'
import { notSimilar } from '../../../../src/validators/not-similar.ts'
import { cheapHasher } from '../../../support/cheap-hasher.ts'
import { TEST_ORIGIN, type TestAuth, testAuth } from '../../../support/test-auth.ts'
import { type Answer, readAnswer } from './answer.ts'

/** A password that every rule accepts. */
export const PASSWORD = 'plum-tart-4-breakfast'

export const OTHER_PASSWORD = 'cherry-pie-5-supper'

/** Where the pages of the front end lie that mails lead to. */
const LINKS = {
  activationUrl: '#/activate/{uid}/{token}',
  passwordResetConfirmUrl: '#/password/reset/confirm/{uid}/{token}',
  usernameResetConfirmUrl: '#/username/reset/confirm/{uid}/{token}',
} as const

export interface SiteOptions<F extends FieldDefinitions = FieldDefinitions>
  extends Partial<Omit<AuthOptions<F>, 'mounts' | 'store'>> {
  /** Settings of the door. */
  readonly djoser?: DjoserOptions
  /** Puts something between the engine and its store. */
  readonly wrapStore?: (store: Store) => Store
}

/** What goes along with a call. */
export interface CallOptions {
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>
  /** Sent as it is. */
  readonly body?: NonNullable<RequestInit['body']>
  /** Sent as `Authorization: Token …`. */
  readonly token?: string | undefined
  /** Sent as `Authorization: Bearer …`. */
  readonly jwt?: string
  readonly headers?: Readonly<Record<string, string>>
  /** The page that sends it; `null`: the request does not say. @default the site's own beside a cookie, else `null` */
  readonly origin?: string | null
  /** Where it comes from. */
  readonly address?: string
}

export interface NewUser {
  readonly email?: string | null
  readonly password?: string | null
  readonly isStaff?: boolean
  readonly isSuperuser?: boolean
}

/** An account system with the djoser door at `/auth`, and everything that a test looks at from outside. */
export interface DjoserSite<F extends FieldDefinitions = FieldDefinitions> extends TestAuth<F> {
  readonly store: Store
  /** `call('POST users/', …)`: the path is the one of the contract, below the mount. */
  call(row: string, options?: CallOptions): Promise<Answer>
  /** Makes an active user with `PASSWORD` and a proven address at `example.org`. */
  addUser(username: string, changes?: NewUser): Promise<UserOf<F>>
  /** The key that `token/login/` gives for `PASSWORD`. */
  tokenOf(username: string, password?: string): Promise<string>
  /** Makes a user and logs in. */
  member(username: string, changes?: NewUser): Promise<{ readonly id: number; readonly token: string }>
  /** The whole row of a user, as it is stored. */
  stored(username: string): Promise<User>
  /** What was sent since the last `mailer.clear()`, once nothing is waiting any more. */
  mails(): Promise<readonly Mail[]>
}

/** The stock user of the original: a name, and an address that may be blank. */
const STOCK_USER = { email: 'optional' } as const

/** The four that a site of the original has, in its order. */
const USUAL_VALIDATORS = [notSimilar(), minimumLength(8), notCommon(), notEntirelyNumeric()]

/** Makes sites for the tests of a file, and closes them after each test. */
export function djoserSites(): <const F extends FieldDefinitions = Record<never, never>>(
  options?: SiteOptions<F>,
) => DjoserSite<F> {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  return (options = {}) => {
    const site = djoserSite(options)
    closing.push(() => site.auth.close())
    return site
  }
}

export function djoserSite<const F extends FieldDefinitions = Record<never, never>>({
  djoser: settings = {},
  wrapStore = (store) => store,
  ...options
}: SiteOptions<F> = {}): DjoserSite<F> {
  let opened: Store | undefined
  const store: StoreFactory = {
    open(schema) {
      opened = sqlite(':memory:').open(schema)
      return wrapStore(opened)
    },
  }
  const site = testAuth<F>({
    login: { emailMustBeVerified: false },
    ...options,
    passwords: { hasher: cheapHasher(), validators: USUAL_VALIDATORS, ...options.passwords },
    user: { ...STOCK_USER, ...options.user },
    store,
    mounts: { '/auth': djoser({ ...LINKS, ...settings }) },
  })
  if (opened === undefined) throw new Error('the store was not opened')
  return { ...site, store: opened, ...callsOf(site, opened) }
}

type Calls<F extends FieldDefinitions> = Omit<DjoserSite<F>, keyof TestAuth | 'store'>

function callsOf<F extends FieldDefinitions>(site: TestAuth<F>, store: Store): Calls<F> {
  const { auth, mailer } = site
  const call: Calls<F>['call'] = async (row, options = {}) =>
    readAnswer(await auth.fetch(requestFor(row, options), { address: options.address ?? '192.0.2.1' }))
  const addUser: Calls<F>['addUser'] = (username, { email = `${username}@example.org`, ...changes } = {}) =>
    auth.createUser({ username, email, password: PASSWORD, passwordCheck: 'bypassed', ...changes })
  const tokenOf: Calls<F>['tokenOf'] = async (username, password = PASSWORD) => {
    const { status, body } = await call('POST token/login/', { json: { username, password } })
    if (status !== 200) throw new Error(`${username} could not log in: ${status}`)
    return (body as { readonly auth_token: string }).auth_token
  }
  return {
    call,
    addUser,
    tokenOf,
    async member(username, changes) {
      const { id } = await addUser(username, changes)
      return { id: Number(id), token: await tokenOf(username) }
    },
    async stored(username) {
      const [user] = await store.users.findByIdentifier(username, ['username', 'email'], 1)
      if (user === undefined) throw new Error(`there is no ${username}`)
      return user
    },
    async mails() {
      await auth.flush()
      return mailer.sent
    },
  }
}

/** The request of a call, for tests that send it another way. */
export function requestFor(row: string, options: CallOptions = {}): Request {
  const space = row.indexOf(' ')
  const [method, path] = [row.slice(0, space), row.slice(space + 1)]
  return new Request(`${TEST_ORIGIN}/auth/${path}`, { method, headers: headersOf(options), body: bodyOf(options) })
}

function headersOf({ json, token, jwt, headers = {}, ...options }: CallOptions): Record<string, string> {
  const { origin = 'cookie' in headers ? TEST_ORIGIN : null } = options
  return {
    ...(origin === null ? {} : { origin }),
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Token ${token}` }),
    ...(jwt === undefined ? {} : { authorization: `Bearer ${jwt}` }),
    ...headers,
  }
}

function bodyOf({ json, form, body }: CallOptions): NonNullable<RequestInit['body']> | null {
  if (json !== undefined) return JSON.stringify(json)
  return form === undefined ? (body ?? null) : new URLSearchParams(form)
}
