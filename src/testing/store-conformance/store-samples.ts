import { createHash } from 'node:crypto'
import type { Store, StoreSchema } from '../../contracts/store.ts'
import type { NewAttempt } from '../../model/attempt.ts'
import type { Code } from '../../model/code.ts'
import type { Identity, NewIdentity } from '../../model/identity.ts'
import type { Session } from '../../model/session.ts'
import type { NewUser, User } from '../../model/user.ts'

export const PLAIN_SCHEMA: StoreSchema = {
  ids: 'integer',
  fields: {},
  profiles: {},
  emailUnique: 'always',
  migrationsFolder: null,
}

/** The moment around which the tests happen. */
export const NOW: Date = later(0)

/** Nobody joined before. */
export const LONG_AGO: Date = new Date(0)

export const MINUTE = 60_000

/** So many milliseconds after `NOW`; before it when negative. */
export function later(milliseconds: number): Date {
  return new Date(Date.UTC(2026, 0, 1) + milliseconds)
}

/** Texts that break what is put together carelessly. Every one of them is a value like any other. */
export const HOSTILE_TEXTS: readonly string[] = [
  "Robert'); DROP TABLE portress_users;--",
  '"quoted" \'single\' `back` [brackets]',
  '\\ % _ * ? $1 :name @name ?1 {{braces}} $dollar',
  '-- comment /* comment */ # comment',
  'line\nbreak\r\nand\ttab \u0001\u007f',
  'emoji 👩‍👩‍👧 and 🏴󠁧󠁢󠁳󠁣󠁴󠁿, \u{10ffff}, \ufffd',
  'rtl \u202e evil, combining e\u0301, ﬁ ligature, ß, İ, ı',
  ' spaces around ',
  '',
]

/** Texts that no database keeps as they are. */
export const UNKEEPABLE_TEXTS: readonly string[] = ['nul\0inside', '\0', 'lone \ud800 surrogate', '\udc00']

export function digestOf(text: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(text).digest())
}

export function newUser(changes: Partial<NewUser> = {}): NewUser {
  return {
    id: null,
    username: 'Ann',
    email: 'Ann@example.org',
    passwordHash: 'argon2$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
    firstName: 'Ann',
    lastName: 'Example',
    status: 'active',
    isStaff: false,
    isSuperuser: false,
    emailVerifiedAt: null,
    dateJoined: NOW,
    fields: {},
    profiles: {},
    ...changes,
  }
}

/** Inserts a user that must not conflict with anybody. */
export async function insertUser(store: Store, changes: Partial<NewUser> = {}): Promise<User> {
  const result = await store.users.insert(newUser(changes), { replacePendingBefore: LONG_AGO })
  if (result.outcome === 'conflict') throw new Error(`the sample user conflicts in ${result.field}`)
  return result.user
}

/** Inserts a user who has nothing but this name. */
export async function insertNamed(store: Store, username: string, changes: Partial<NewUser> = {}): Promise<User> {
  return insertUser(store, { username, email: null, ...changes })
}

/** Inserts a user who was active and must confirm something before they are active again. */
export async function insertFormerlyActive(store: Store, changes: Partial<NewUser> = {}): Promise<User> {
  const user = await insertUser(store, changes)
  const result = await store.users.update(user.id, { status: 'pending' }, { endSessions: 'all' })
  if (result.outcome !== 'updated') throw new Error('the sample user could not be changed')
  return result.user
}

export function sessionOf(user: User, changes: Partial<Session> = {}): Session {
  const id = changes.id ?? 'session'
  return {
    id,
    userId: user.id,
    digest: digestOf(id),
    carrier: 'token',
    createdAt: NOW,
    lastUsedAt: NOW,
    idleExpiresAt: later(10 * MINUTE),
    expiresAt: later(60 * MINUTE),
    address: '192.0.2.1',
    userAgent: 'Browser/1.0',
    assurance: 'password',
    backend: 'password',
    generation: 0,
    rotatedAt: null,
    ...changes,
  }
}

export async function insertSession(store: Store, user: User, changes: Partial<Session> = {}): Promise<Session> {
  const session = sessionOf(user, changes)
  if (!(await store.sessions.insert(session, user))) throw new Error('the sample session was not inserted')
  return session
}

export function newIdentity(changes: Partial<NewIdentity> = {}): NewIdentity {
  return {
    provider: 'github',
    subject: '4711',
    createdAt: NOW,
    lastLoginAt: NOW,
    email: 'ann@example.org',
    extraData: { login: 'ann', followers: 3, company: null },
    sealedTokens: null,
    ...changes,
  }
}

export async function insertIdentity(store: Store, user: User, changes: Partial<NewIdentity> = {}): Promise<Identity> {
  const result = await store.identities.insert(newIdentity(changes), user.id)
  if (result.outcome !== 'inserted') throw new Error('the sample identity was not inserted')
  return result.identity
}

export function codeOf(user: User, changes: Partial<Code> = {}): Code {
  return {
    digest: digestOf('code'),
    purpose: 'reset-password',
    userId: user.id,
    payload: { email: 'ann@example.org' },
    createdAt: NOW,
    expiresAt: later(10 * MINUTE),
    ...changes,
  }
}

export function newAttempt(changes: Partial<NewAttempt> = {}): NewAttempt {
  return {
    at: NOW,
    userId: null,
    identifier: 'ann',
    address: '192.0.2.1',
    userAgent: 'Browser/1.0',
    door: 'library',
    action: 'login',
    outcome: 'wrong_password',
    sessionId: null,
    ...changes,
  }
}

/** Calls so many times at once. */
export function atOnce<T>(count: number, call: (index: number) => Promise<T>): Promise<readonly T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => call(index)))
}
