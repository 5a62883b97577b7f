import { afterEach } from 'vitest'
import type { UserOf } from '../../../../src/auth.ts'
import type { Store, StoreFactory } from '../../../../src/contracts/store.ts'
import type { AuthOptions } from '../../../../src/create-auth.ts'
import { type DjmongoauthOptions, djmongoauth } from '../../../../src/dialects/djmongoauth/index.ts'
import type { FieldDefinitions } from '../../../../src/model/field.ts'
import type { Mail } from '../../../../src/model/mail.ts'
import { quickHasher } from '../../../../src/testing/quick-hasher.ts'
import { TEST_ORIGIN, type TestAuth, testAuth } from '../../../support/test-auth.ts'
import { testStore } from '../../../support/test-store.ts'
import { type Answer, readAnswer, textIn } from '../../drf/support/answer.ts'

/** A password that every rule accepts. */
export const PASSWORD = 'plum-tart-4-breakfast'

export const OTHER_PASSWORD = 'cherry-pie-5-supper'

export interface SiteOptions extends Partial<Omit<AuthOptions, 'mounts' | 'store'>> {
  /** Settings of the door. */
  readonly door?: DjmongoauthOptions
  /** What answers beside it. */
  readonly beside?: NonNullable<AuthOptions['mounts']>
  /** Puts something between the engine and its store. */
  readonly wrapStore?: (store: Store) => Store
}

/** What goes along with a call. */
export interface CallOptions {
  /** Sent as JSON, and said to be plain text: nobody looks at the type. */
  readonly json?: unknown
  /** Sent as it is. */
  readonly body?: NonNullable<RequestInit['body']>
  /** Sent as `Authorization`, as it is. */
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Where it comes from. */
  readonly address?: string
}

/** An account system with the door at `/djmongoauth`, and everything that a test looks at from outside. */
export interface DjmongoauthSite extends TestAuth {
  readonly store: Store
  /** `call('PUT verify?a=…')`: the path is the one of the contract, below the mount. */
  call(row: string, options?: CallOptions): Promise<Answer>
  /** Makes an active user with `PASSWORD` and a proven address at `example.org`. */
  addUser(username: string, changes?: NewUser): Promise<UserOf<FieldDefinitions>>
  /** The request of a call, for tests that send it another way. */
  request(row: string, options?: CallOptions): Request
  /** Makes a user and logs in. */
  member(username: string, changes?: NewUser): Promise<{ readonly id: number; readonly token: string }>
  /** The token of a log-in. */
  tokenOf(username: string, password?: string): Promise<string>
  /** What was sent since the last `mailer.clear()`, once nothing is waiting any more. */
  mails(): Promise<readonly Mail[]>
  /** What a mail's link names, of the newest mail. */
  mailedCode(): Promise<string>
}

export interface NewUser {
  readonly email?: string | null
  readonly password?: string | null
}

/** Makes sites for the tests of a file, and closes them after each test. */
export function djmongoauthSites(): (options?: SiteOptions) => DjmongoauthSite {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  return (options = {}) => {
    const site = djmongoauthSite(options)
    closing.push(() => site.auth.close())
    return site
  }
}

export function djmongoauthSite({
  door = {},
  beside = {},
  wrapStore = (store) => store,
  ...options
}: SiteOptions = {}): DjmongoauthSite {
  let opened: Store | undefined
  const store: StoreFactory = {
    open(schema) {
      opened = testStore().open(schema)
      return wrapStore(opened)
    },
  }
  const site = testAuth<FieldDefinitions>({
    user: { email: 'optional' },
    login: { emailMustBeVerified: false, mailNewDevices: false },
    passwords: { hasher: quickHasher() },
    ...options,
    store,
    mounts: { ...beside, '/djmongoauth': djmongoauth({ siteUrl: 'test.com', ...door }) },
  })
  if (opened === undefined) throw new Error('the store was not opened')
  return { ...site, store: opened, ...callsOf(site) }
}

function callsOf(site: TestAuth): Omit<DjmongoauthSite, keyof TestAuth | 'store'> {
  const { auth, mailer } = site
  const call: DjmongoauthSite['call'] = async (row, options = {}) =>
    readAnswer(await auth.fetch(requestFor(row, options), { address: options.address ?? '192.0.2.1' }))
  const mails: DjmongoauthSite['mails'] = async () => {
    await auth.flush()
    return mailer.sent
  }
  const addUser: DjmongoauthSite['addUser'] = (
    username,
    { email = `${username}@example.org`, password = PASSWORD } = {},
  ) => auth.createUser({ username, email, password, passwordCheck: 'bypassed' })
  const tokenOf: DjmongoauthSite['tokenOf'] = async (username, password = PASSWORD) =>
    textIn(await call('POST login', { json: { username, password } }), 'token')
  return {
    request: requestFor,
    call,
    mails,
    addUser,
    tokenOf,
    async member(username, changes) {
      const { id } = await addUser(username, changes)
      return { id: Number(id), token: await tokenOf(username) }
    },
    async mailedCode() {
      const code = /\?a=([\w-]+)/.exec((await mails()).at(-1)?.text ?? '')?.[1]
      if (code === undefined) throw new Error('the newest mail has no link')
      return code
    },
  }
}

/** The request of a call. */
export function requestFor(row: string, { json, body, token, headers = {} }: CallOptions = {}): Request {
  const space = row.indexOf(' ')
  const [method, path] = [row.slice(0, space), row.slice(space + 1)]
  const type: Record<string, string> = json === undefined ? {} : { 'content-type': 'text/plain' }
  const credential: Record<string, string> = token === undefined ? {} : { authorization: token }
  return new Request(`${TEST_ORIGIN}/djmongoauth/${path}`, {
    method,
    headers: { ...type, ...credential, ...headers },
    body: json === undefined ? (body ?? null) : JSON.stringify(json),
  })
}

/** `400` and the text, to be compared as a whole: a key too many is a fault, too. */
export const refused = (text: string): readonly [number, unknown] => [400, { error: text }]

/** Status and type of an answer without a body, and what is wrong where it has one. */
export function empty({ status, text, headers }: Answer): number | string {
  if (text !== '') return `${status} with the body ${text}`
  const type = headers.get('content-type')
  return type === 'text/html; charset=utf-8' ? status : `${status} with the type ${type}`
}
