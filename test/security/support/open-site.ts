import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Auth } from '../../../src/auth.ts'
import type { Logger } from '../../../src/contracts/logger.ts'
import type { Store, StoreFactory } from '../../../src/contracts/store.ts'
import { type AuthOptions, createAuth } from '../../../src/create-auth.ts'
import type { Mail } from '../../../src/model/mail.ts'
import { sqlite } from '../../../src/stores/sqlite/index.ts'
import { type FakeClock, fakeClock } from '../../../src/testing/fake-clock.ts'
import type { MemoryMailer } from '../../../src/testing/memory-mailer.ts'
import { quickHasher } from '../../../src/testing/quick-hasher.ts'
import { NO_RATE_LIMITS } from '../../../src/testing/test-options.ts'
import { orderedMailer } from '../../support/ordered-mailer.ts'
import { sampleProvider } from '../../support/sample-provider.ts'
import { testStore } from '../../support/test-store.ts'
import { type Answer, readAnswer } from './answer.ts'
import { type CountingHasher, countingHasher } from './counting-hasher.ts'

export const ORIGIN = 'https://accounts.example'

/** A password that no validator minds. */
export const PASSWORD = 'long grey winter morning'

export const OTHER_PASSWORD = 'quiet amber harbour light'

export interface SiteOptions extends Partial<Omit<AuthOptions, 'store'>> {
  /** A file of SQLite, for who looks into it or opens it twice. @default an empty store of the kind that the run is on */
  readonly location?: string
  /** Puts something between the engine and its store, such as a fault to be rejected. */
  readonly wrapStore?: (store: Store) => Store
}

/** What a request carries besides its body. */
export interface SendOptions {
  /** JSON, or the raw text of a body with its own content type in `headers`. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** A bearer token. */
  readonly token?: string
  /** A `Cookie` header; the request then says that it comes from the site's own page. */
  readonly cookie?: string
  readonly address?: string | null
}

/** A user that was made for a test. */
export interface Account {
  readonly user: Awaited<ReturnType<Auth['createUser']>>
  readonly username: string
  readonly email: string
  readonly password: string
}

/** One running account system with everything a test looks at from outside. */
export interface Site {
  readonly auth: Auth
  readonly store: Store
  readonly clock: FakeClock
  readonly mailer: MemoryMailer
  readonly hasher: CountingHasher
  /** How many rows of users were made. */
  inserted(): number
  /** Sends `POST /login` and the like below the mount. */
  send(row: string, options?: SendOptions): Promise<Answer>
  /** Waits until the outbox is worked off, and returns what left since the last `clear`. */
  mails(): Promise<readonly Mail[]>
  /** The code in the newest mail to the address. */
  codeFor(email: string): Promise<string>
  addUser(name: string, changes?: { readonly password?: string | null; readonly email?: string }): Promise<Account>
  /** The answer's bearer token. */
  tokenFor(account: Account): Promise<string>
}

/** Many tests break things on purpose; who wants to read of it gives a logger. */
const SILENT: Logger = { debug() {}, info() {}, warn() {}, error() {} }

const closers: (() => Promise<void> | void)[] = []

/** Closes every site and deletes every database file of the test that has ended. For `afterEach`. */
export async function closeSites(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close()
}

/** A database file of its own that goes when the test has ended. */
export function temporaryDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portress-security-'))
  closers.push(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'accounts.sqlite3')
}

export function randomSecret(): string {
  return randomBytes(36).toString('base64')
}

/**
 * An account system of its own with a clock that stands still, cheap hashes and no rate limits, unless a test says
 * otherwise. Everything else is as a production site has it.
 */
export async function openSite({ location, wrapStore, ...options }: SiteOptions = {}): Promise<Site> {
  const clock = fakeClock('2026-03-01T12:00:00Z')
  const mailer = orderedMailer()
  const hasher = countingHasher(options.passwords?.hasher ?? quickHasher())
  const factory = location === undefined ? testStore() : sqlite(location, { durability: 'normal' })
  const opened = capturing(factory, wrapStore)
  const auth = createAuth({
    site: { name: 'Acme', origin: ORIGIN },
    secrets: [randomSecret()],
    clock,
    mailer,
    rateLimits: NO_RATE_LIMITS,
    logger: SILENT,
    social: { providers: [sampleProvider().factory] },
    ...options,
    store: opened.factory,
    lockout: { maxFailuresPerAddress: 100_000, ...options.lockout },
    passwords: { ...options.passwords, hasher },
  })
  closers.push(() => auth.close())
  if (location !== undefined) await auth.migrate()
  const send = sender(auth)
  const mails = async (): Promise<readonly Mail[]> => {
    await auth.flush()
    return mailer.sent
  }
  return {
    auth,
    store: opened.store(),
    clock,
    mailer,
    hasher,
    inserted: opened.inserted,
    send,
    mails,
    codeFor: async (email) => codeIn((await mails()).filter(({ to }) => to === email).at(-1)),
    addUser: (name, changes) => addUser(auth, name, changes),
    async tokenFor({ username, password }) {
      const answer = await send('POST /login', { body: { identifier: username, password } })
      return String(answer.json['token'])
    },
  }
}

export function codeIn(mail: Mail | undefined): string {
  const code = /code=([\w-]{43})(?![\w-])/.exec(mail?.text ?? '')?.[1]
  if (code === undefined) throw new Error(`there is no code in the mail ${JSON.stringify(mail?.subject)}`)
  return code
}

function capturing(
  factory: StoreFactory,
  wrap: (store: Store) => Store = (store) => store,
): { readonly factory: StoreFactory; readonly store: () => Store; readonly inserted: () => number } {
  let opened: Store | undefined
  let inserted = 0
  return {
    factory: {
      open(schema) {
        const store = factory.open(schema)
        opened = store
        const insert: Store['users']['insert'] = async (user, options) => {
          const result = await store.users.insert(user, options)
          if (result.outcome === 'inserted') inserted += 1
          return result
        }
        return wrap({ ...store, users: { ...store.users, insert } })
      },
    },
    inserted: () => inserted,
    store() {
      if (opened === undefined) throw new Error('the store was not opened')
      return opened
    },
  }
}

function sender(auth: Auth): Site['send'] {
  return async (row, options = {}) => {
    const { address = '192.0.2.10' } = options
    return readAnswer(await auth.fetch(requestFor(row, options), { address }))
  }
}

/** `POST /login` with a body becomes a request to the API at its default place. */
export function requestFor(row: string, { body, headers = {}, token, cookie }: SendOptions): Request {
  const [method = 'GET', path = '/'] = row.replace('/:provider', '/sample').split(' ')
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  return new Request(`${ORIGIN}/api${path}`, {
    method,
    headers: {
      ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(cookie === undefined ? {} : { cookie, origin: ORIGIN }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
  })
}

async function addUser(
  auth: Auth,
  name: string,
  { password = PASSWORD, email = `${name}@example.org` }: { password?: string | null; email?: string } = {},
): Promise<Account> {
  const user = await auth.createUser({ username: name, email, password, passwordCheck: 'bypassed' })
  return { user, username: name, email, password: password ?? '' }
}
