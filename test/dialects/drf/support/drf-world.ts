import { afterEach } from 'vitest'
import type { UserOf } from '../../../../src/auth.ts'
import type { Store, StoreFactory } from '../../../../src/contracts/store.ts'
import type { AuthOptions } from '../../../../src/create-auth.ts'
import type { Dialect } from '../../../../src/http/dialect.ts'
import type { FieldDefinitions } from '../../../../src/model/field.ts'
import type { Mail } from '../../../../src/model/mail.ts'
import type { User } from '../../../../src/model/user.ts'
import { quickHasher } from '../../../../src/testing/quick-hasher.ts'
import { minimumLength } from '../../../../src/validators/minimum-length.ts'
import { notCommon } from '../../../../src/validators/not-common.ts'
import { notEntirelyNumeric } from '../../../../src/validators/not-entirely-numeric.ts'
import { notSimilar } from '../../../../src/validators/not-similar.ts'
import { type TestAuth, testAuth } from '../../../support/test-auth.ts'
import { testStore } from '../../../support/test-store.ts'
import { type Answer, readAnswer } from './answer.ts'
import { PASSWORD } from './passwords.ts'
import { type Ask, type CallOptions, type Place, requestFor } from './request.ts'

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

/** An account system with a door of Django REST framework, and everything that a test looks at from outside. */
export interface DrfWorld<F extends FieldDefinitions = FieldDefinitions> extends TestAuth<F> {
  readonly store: Store
  /** Where the door is. */
  readonly mount: string
  /** The request of a call, for tests that send it another way. */
  request(row: string, options?: CallOptions): Request
  /** `call('POST login/', …)`: the path is the one of the contract, below the mount. Keeps nothing. */
  call(row: string, options?: CallOptions): Promise<Answer>
  /** Makes an active user with `PASSWORD` and a proven address at `example.org`. */
  addUser(username: string, changes?: NewUser): Promise<UserOf<F>>
  /** The token that the door's log-in gives. */
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

/** What a world has of one dialect. */
export interface DoorOfWorld extends Place {
  readonly dialect: Dialect
  /** The log-in that gives a token, and where its answer has it. */
  readonly login: (username: string, password: string) => Ask
  readonly tokenIn: (body: unknown) => unknown
}

/** The stock user of the originals: a name, and an address that may be blank. */
const STOCK_USER = { email: 'optional' } as const

/** The four that a site of the originals has, in its order. */
const USUAL_VALIDATORS = [notSimilar(), minimumLength(8), notCommon(), notEntirelyNumeric()]

/** One world, still open. An address may be unproven, as at a fresh site of the originals. */
export function drfWorld<const F extends FieldDefinitions = Record<never, never>>(
  door: DoorOfWorld,
  { wrapStore = (store) => store, ...engine }: EngineOptions<F> = {},
): DrfWorld<F> {
  let opened: Store | undefined
  const store: StoreFactory = {
    open(schema) {
      opened = testStore().open(schema)
      return wrapStore(opened)
    },
  }
  const site = testAuth<F>({
    ...engine,
    login: { emailMustBeVerified: false, ...engine.login },
    passwords: { hasher: quickHasher(), validators: USUAL_VALIDATORS, ...engine.passwords },
    user: { ...STOCK_USER, ...engine.user },
    store,
    mounts: { [door.mount]: door.dialect },
  })
  if (opened === undefined) throw new Error('the store was not opened')
  return { ...site, ...callsOf(site, opened, door) }
}

function callsOf<F extends FieldDefinitions>(
  { auth, mailer }: TestAuth<F>,
  store: Store,
  door: DoorOfWorld,
): Omit<DrfWorld<F>, keyof TestAuth> {
  const request: DrfWorld['request'] = (row, options) => requestFor(door, row, options)
  const call: DrfWorld['call'] = async (row, options = {}) =>
    readAnswer(await auth.fetch(request(row, options), { address: options.address ?? '192.0.2.1' }))
  const addUser: DrfWorld<F>['addUser'] = (username, { email = `${username}@example.org`, ...changes } = {}) =>
    auth.createUser({ username, email, password: PASSWORD, passwordCheck: 'bypassed', ...changes })
  const tokenOf: DrfWorld['tokenOf'] = async (username, password = PASSWORD) => {
    const { status, body } = await call(...door.login(username, password))
    const token = door.tokenIn(body)
    if (status === 200 && typeof token === 'string') return token
    throw new Error(`${username} got no token: ${status} ${JSON.stringify(body)}`)
  }
  return {
    store,
    mount: door.mount,
    request,
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
    users: () => store.users.list({ after: null, limit: 100 }),
    async mails() {
      await auth.flush()
      return mailer.sent
    },
  }
}

/** Closes after each test what the tests of a file have opened in it. */
export function closedAfterEach(): <W extends Pick<DrfWorld, 'auth'>>(world: W) => W {
  const open: Pick<DrfWorld, 'auth'>[] = []
  afterEach(async () => {
    for (const { auth } of open.splice(0)) await auth.close()
  })
  return (world) => {
    open.push(world)
    return world
  }
}
