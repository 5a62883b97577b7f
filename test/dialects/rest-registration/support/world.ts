import { afterEach } from 'vitest'
import type { UserOf } from '../../../../src/auth.ts'
import type { Store, StoreFactory } from '../../../../src/contracts/store.ts'
import type { AuthOptions } from '../../../../src/create-auth.ts'
import type { RestRegistrationOptions } from '../../../../src/dialects/rest-registration/options.ts'
import { restRegistration } from '../../../../src/dialects/rest-registration/rest-registration.ts'
import type { FieldDefinitions } from '../../../../src/model/field.ts'
import type { Mail } from '../../../../src/model/mail.ts'
import type { User } from '../../../../src/model/user.ts'
import { sqlite } from '../../../../src/stores/sqlite/index.ts'
import { minimumLength } from '../../../../src/validators/minimum-length.ts'
import { notCommon } from '../../../../src/validators/not-common.ts'
import { notEntirelyNumeric } from '../../../../src/validators/not-entirely-numeric.ts'
import { notSimilar } from '../../../../src/validators/not-similar.ts'
import { cheapHasher } from '../../../support/cheap-hasher.ts'
import { type TestAuth, testAuth } from '../../../support/test-auth.ts'
import { type Answer, readAnswer } from '../../djoser/support/answer.ts'
import { type Browser, newBrowser } from './browser.ts'
import { type CallOptions, MOUNT, requestFor } from './request.ts'

/** A password that every rule accepts. */
export const PASSWORD = 'plum-tart-4-breakfast'

export const OTHER_PASSWORD = 'cherry-pie-5-supper'

/** Where the pages of the front end lie that mails lead to. */
const PAGES = {
  registerVerificationUrl: 'https://app.acme.test/verify-user/',
  resetPasswordVerificationUrl: 'https://app.acme.test/reset-password/',
  registerEmailVerificationUrl: 'https://app.acme.test/verify-email/',
} as const

/** What of `REST_FRAMEWORK` the original's own documents begin with: sessions first, and no tokens. */
export const SESSIONS_ONLY = { authentication: ['session', 'basic'] } as const satisfies RestRegistrationOptions

export const TOKENS_ONLY = { authentication: ['token'] } as const satisfies RestRegistrationOptions

export interface EngineOptions<F extends FieldDefinitions = FieldDefinitions>
  extends Partial<Omit<AuthOptions<F>, 'mounts' | 'store'>> {
  /** Puts something between the engine and its store. */
  readonly wrapStore?: (store: Store) => Store
}

export interface NewUser {
  readonly email?: string | null
  readonly password?: string | null
  readonly isStaff?: boolean
  readonly isSuperuser?: boolean
}

/** An account system with the rest-registration door, and everything that a test looks at from outside. */
export interface RestRegistrationWorld<F extends FieldDefinitions = FieldDefinitions> extends TestAuth<F> {
  readonly store: Store
  /** `call('POST login/', …)`: the path is the one of the contract, below the mount. Keeps nothing. */
  call(row: string, options?: CallOptions): Promise<Answer>
  /** A browser of its own: keeps cookies, and sends the CSRF token that it was given. */
  browser(): Browser
  /** Makes an active user with `PASSWORD` and a proven address at `example.org`. */
  addUser(username: string, changes?: NewUser): Promise<UserOf<F>>
  /** The token that `login/` gives. */
  tokenOf(username: string, password?: string): Promise<string>
  /** Makes a user and logs in; the token goes into `CallOptions`. */
  member(username: string, changes?: NewUser): Promise<{ readonly id: number; readonly token: string }>
  /** The whole row of a user, as it is stored. */
  stored(username: string): Promise<User>
  /** Everybody there is. */
  users(): Promise<readonly User[]>
  /** What was sent since the last `mailer.clear()`, once nothing is waiting any more. */
  mails(): Promise<readonly Mail[]>
}

/** The stock user of the original: a name, and an address that may be blank. */
const STOCK_USER = { email: 'optional' } as const

/** The four that a site of the original has, in its order. */
const USUAL_VALIDATORS = [notSimilar(), minimumLength(8), notCommon(), notEntirelyNumeric()]

type NewWorld = <const F extends FieldDefinitions = Record<never, never>>(
  options?: RestRegistrationOptions,
  engineOptions?: EngineOptions<F>,
) => RestRegistrationWorld<F>

/** Makes worlds for the tests of a file, and closes them after each test. */
export function restRegistrationWorlds(): NewWorld {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  return (options, engineOptions) => {
    const world = restRegistrationWorld(options, engineOptions)
    closing.push(() => world.auth.close())
    return world
  }
}

/**
 * One world, still open.
 *
 * What logs in are `userLoginFields`, which is the name unless a test says otherwise, and an address may be unproven, as
 * at a fresh site of the original. Tokens are given and taken beside sessions, because `authentication` has both.
 */
export function restRegistrationWorld<const F extends FieldDefinitions = Record<never, never>>(
  options: RestRegistrationOptions = {},
  { wrapStore = (store) => store, ...engine }: EngineOptions<F> = {},
): RestRegistrationWorld<F> {
  let opened: Store | undefined
  const store: StoreFactory = {
    open(schema) {
      opened = sqlite(':memory:').open(schema)
      return wrapStore(opened)
    },
  }
  const byEmail = engine.user?.username === 'none'
  const identifiers = options.userLoginFields ?? [byEmail ? 'email' : 'username']
  const site = testAuth<F>({
    ...engine,
    login: { identifiers, emailMustBeVerified: false, ...engine.login },
    passwords: { hasher: cheapHasher(), validators: USUAL_VALIDATORS, ...engine.passwords },
    user: { ...STOCK_USER, ...engine.user },
    store,
    mounts: { [MOUNT]: restRegistration({ ...PAGES, ...options }) },
  })
  if (opened === undefined) throw new Error('the store was not opened')
  return { ...site, store: opened, ...callsOf(site, opened) }
}

type Calls<F extends FieldDefinitions> = Omit<RestRegistrationWorld<F>, keyof TestAuth | 'store'>

function callsOf<F extends FieldDefinitions>({ auth, mailer }: TestAuth<F>, store: Store): Calls<F> {
  const call: Calls<F>['call'] = async (row, options = {}) =>
    readAnswer(await auth.fetch(requestFor(row, options), { address: options.address ?? '192.0.2.1' }))
  const addUser: Calls<F>['addUser'] = (username, { email = `${username}@example.org`, ...changes } = {}) =>
    auth.createUser({ username, email, password: PASSWORD, passwordCheck: 'bypassed', ...changes })
  const tokenOf: Calls<F>['tokenOf'] = async (login, password = PASSWORD) => {
    const { status, body } = await call('POST login/', { json: { login, password } })
    const { token } = Object(body)
    if (status !== 200 || typeof token !== 'string') throw new Error(`${login} got no token: ${JSON.stringify(body)}`)
    return token
  }
  return {
    call,
    browser: () => newBrowser(PASSWORD, call),
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
    users: () => store.users.list({ after: null, limit: 100 }),
    async mails() {
      await auth.flush()
      return mailer.sent
    },
  }
}
