import { canonicalIdentifier } from '../model/identifier.ts'
import { deviceKeys, LOCK_PREFIX, type LockInfo, narrowerKeys } from '../model/lock-key.ts'
import type { User, UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { findCandidates } from './steps/find-candidates.ts'
import { addressLockKey, lockKeysOf, lockKeysOfIdentifier } from './steps/lock-keys.ts'
import { readLocks } from './steps/read-locks.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

/** What an operator unlocks: whom, from where, or both; or everybody. */
export type ClearLocksInput =
  | { readonly identifier: string; readonly addressBucket?: string }
  | { readonly identifier?: undefined; readonly addressBucket: string }
  | { readonly all: true }

export interface ClearedLocks {
  /** How many locks there were. */
  readonly locks: number
  /** Whom the identifier means; more than one only where addresses may repeat. */
  readonly userIds: readonly UserId[]
}

/** Users behind one identifier; more than one only where addresses may repeat. */
const MAX_USERS = 100

/** Locks read at a time. */
const PAGE = 1000

/**
 * Ends the locks of a user, of a name that nobody has, of a source address, or all there are, and forgets the wrong
 * guesses behind them. For operators; nobody's proof is asked.
 */
export async function clearLocks(ctx: CommandContext, input: ClearLocksInput): Promise<ClearedLocks> {
  if (isAll(input)) return clearAll(ctx)
  const { identifier, addressBucket } = input
  const users = identifier === undefined ? [] : await usersCalled(ctx, identifier)
  const keys = new Set([
    ...(identifier === undefined ? [] : lockKeysOfIdentifier(ctx, identifier)),
    ...users.flatMap((user) => lockKeysOf(ctx, user)),
    ...(addressBucket === undefined ? [] : [addressLockKey(addressBucket)]),
  ])
  const userIds = users.map(({ id }) => id)
  const prefixes = [...[...keys].map(narrowerKeys), ...userIds.map(deviceKeys)]
  const locks = await endLocks(ctx, { keys: [...keys], prefixes, addressBucket: addressBucket ?? null })
  await writeClearing(ctx, users, addressBucket)
  if (identifier === undefined) return { locks, userIds }
  const called = users.length === 0 ? [null] : users
  for (const user of called) ctx.emit('userUnlocked', { user, identifier }, ctx.request)
  return { locks, userIds }
}

/** A name that nobody has is not written down: it may be what somebody mistyped. */
async function writeClearing(
  ctx: CommandContext,
  users: readonly User[],
  addressBucket: string | undefined,
): Promise<void> {
  for (const user of users) await writeAudit(ctx, { action: 'user.unlocked', object: auditedUser(user) })
  if (users.length > 0) return
  const address = addressBucket ?? null
  await writeAudit(ctx, { action: 'lock.ended', object: { kind: 'lock', id: address, name: address } })
}

/** Whoever says that not all are meant does not mean all. */
const isAll = (input: ClearLocksInput): input is { readonly all: true } =>
  (input as { readonly all?: unknown }).all === true

/** By name, by address, and by whatever else logs in. */
async function usersCalled(ctx: CommandContext, identifier: string): Promise<readonly User[]> {
  const key = canonicalIdentifier(identifier)
  const called = await ctx.store.users.findByIdentifier(key, ['username', 'email'], MAX_USERS)
  const verifyPassword = (): Promise<boolean> => Promise.resolve(false)
  const tools = { users: ctx.store.users, verifyPassword, canonical: canonicalIdentifier }
  const meant = (await findCandidates(ctx.backends, identifier, tools)).flatMap(({ users }) => users)
  return [...new Map([...called, ...meant].map((user) => [user.id, user])).values()]
}

interface Ended {
  readonly keys: readonly string[]
  /** Of everything that narrows a key down, and of devices. */
  readonly prefixes: readonly string[]
  readonly addressBucket: string | null
}

/** A lock of a user for one source begins with the user's key; which of them are of a source only reading them tells. */
async function endLocks(ctx: CommandContext, { keys, prefixes, addressBucket }: Ended): Promise<number> {
  const concerns = ({ id, address }: LockInfo): boolean =>
    keys.includes(id) ||
    prefixes.some((prefix) => id.startsWith(prefix)) ||
    (address !== null && address === addressBucket)
  const locked: string[] = []
  for await (const page of readLocks(ctx, PAGE)) locked.push(...page.filter(concerns).map(({ id }) => id))
  await ctx.throttles.delete([...new Set([...keys, ...locked])])
  for (const prefix of prefixes) await ctx.throttles.deleteByPrefix(prefix)
  return locked.length
}

async function clearAll(ctx: CommandContext): Promise<ClearedLocks> {
  let locks = 0
  for await (const page of readLocks(ctx, PAGE)) locks += page.length
  await ctx.throttles.deleteByPrefix(LOCK_PREFIX)
  await writeAudit(ctx, { action: 'lock.all-ended', object: { kind: 'lock', id: null, name: null } })
  ctx.emit('userUnlocked', { user: null, identifier: null }, ctx.request)
  return { locks, userIds: [] }
}
