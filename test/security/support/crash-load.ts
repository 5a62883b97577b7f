import { randomBytes } from 'node:crypto'
import type { ServerProcess } from './start-server.ts'

/** What the server has acknowledged, and must therefore still know after a crash. */
export interface Ledger {
  /** Users that were registered: name and password. */
  readonly registered: Map<string, string>
  /** Passwords that may be in force, by user: one, or two where a change had no answer when the server died. */
  readonly passwords: Map<string, readonly string[]>
  /** Passwords that were replaced. */
  readonly replaced: Map<string, string>
  readonly liveTokens: Set<string>
  readonly endedTokens: Set<string>
}

/** Books for one life of the server; passwords are carried over from the life before. */
export function newLedger(passwords: Ledger['passwords']): Ledger {
  return {
    registered: new Map(),
    passwords,
    replaced: new Map(),
    liveTokens: new Set(),
    endedTokens: new Set(),
  }
}

/** Tells whether there is something of every kind to lose. */
export function isFilled({ registered, replaced, liveTokens, endedTokens }: Ledger): boolean {
  return registered.size > 1 && replaced.size > 1 && liveTokens.size > 0 && endedTokens.size > 0
}

/** Loads the server until it dies, and writes down what it acknowledges. Resolves once every worker has noticed. */
export async function loadUntilDeath(server: ServerProcess, ledger: Ledger, round: number): Promise<void> {
  const names = [...ledger.passwords.keys()]
  const workers = [
    ...[0, 1].map((lane) => registerOnAndOn(server, ledger, `r${round}lane${lane}`)),
    ...names.slice(0, 2).map((name) => changePasswordOnAndOn(server, ledger, name)),
    ...names.slice(2).map((name) => logInAndOutOnAndOn(server, ledger, name)),
  ]
  await Promise.allSettled(workers)
}

/** Each of these ends with the rejection of a request that got no answer. */
async function registerOnAndOn(server: ServerProcess, { registered }: Ledger, prefix: string): Promise<never> {
  for (let count = 0; ; count += 1) {
    const username = `${prefix}n${count}`
    const password = `harbour-lantern-${count}-fox`
    const { status } = await server.post('/register', { username, email: `${username}@example.org`, password })
    if (status === 201) registered.set(username, password)
  }
}

async function changePasswordOnAndOn(server: ServerProcess, ledger: Ledger, username: string): Promise<never> {
  const { passwords, replaced } = ledger
  for (;;) {
    const currentPassword = passwords.get(username)?.[0] ?? ''
    const newPassword = `violet-engine-${randomBytes(9).toString('base64url')}`
    const headers = { authorization: `Bearer ${await tokenOf(server, username, currentPassword)}` }
    passwords.set(username, [currentPassword, newPassword])
    const { status } = await server.post('/password/change', { currentPassword, newPassword }, headers)
    passwords.set(username, [status === 204 ? newPassword : currentPassword])
    if (status === 204) replaced.set(username, currentPassword)
  }
}

async function logInAndOutOnAndOn(server: ServerProcess, ledger: Ledger, username: string): Promise<never> {
  const { passwords, liveTokens, endedTokens } = ledger
  for (let count = 0; ; count += 1) {
    const token = await tokenOf(server, username, passwords.get(username)?.[0] ?? '')
    liveTokens.add(token)
    if (count % 3 === 0) continue
    liveTokens.delete(token)
    const { status } = await server.post('/logout', {}, { authorization: `Bearer ${token}` })
    if (status === 204) endedTokens.add(token)
  }
}

async function tokenOf(server: ServerProcess, identifier: string, password: string): Promise<string> {
  const { json } = await server.post('/login', { identifier, password })
  if (typeof json['token'] !== 'string') throw new Error(`${identifier} cannot log in`)
  return json['token']
}
