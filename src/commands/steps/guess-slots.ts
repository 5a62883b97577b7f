import type { ThrottleEntry } from '../../contracts/throttle-store.ts'
import { AuthError } from '../../errors.ts'
import {
  failSlot,
  forgottenAt,
  type LockoutPolicy,
  type LockoutState,
  NO_END,
  NO_FAILURES,
  type ReserveOutcome,
  releaseSlot,
  reserveSlot,
  succeedSlot,
} from '../../model/lockout.ts'
import type { UserId } from '../../model/user.ts'
import type { Engine } from '../context.ts'

/** After so long a guess that nobody settled counts as wrong: its process died. */
const LEASE_MILLISECONDS = 30_000

/** What one guess is counted under. */
export interface CountedKey {
  readonly key: string
  readonly kind: 'user' | 'identifier' | 'device' | 'address'
  /** Whom alone it is about, where what was typed may mean several. */
  readonly userId?: UserId
  /** A success is not about this one: wrong guesses before it stay. @default only for addresses */
  readonly remembers?: boolean
  /** Counts a user or a name for one source or one agent alone: a lock keeps nobody else out. */
  readonly isNarrow?: boolean
}

/** A slot under each key, held while the password is evaluated. */
export interface GuessSlots {
  readonly slotId: string
  readonly keys: readonly CountedKey[]
}

export type TakeSlotsResult =
  | { readonly outcome: 'taken'; readonly slots: GuessSlots }
  | (Locked & { readonly until: Date | null })

interface Locked {
  readonly outcome: 'locked'
  readonly kind: CountedKey['kind']
  /** Who is locked, where that is one of the users that are meant. */
  readonly userId: UserId | null
}

/** A lock that a wrong guess has just started. */
export interface StartedLock {
  readonly kind: CountedKey['kind']
  /** `null`: it does not end by itself. */
  readonly until: Date | null
  readonly isNarrow: boolean
}

type SlotEngine = Pick<Engine, 'config' | 'throttles' | 'clock' | 'random' | 'slotQueue'>

/**
 * Takes a slot under every key, as one atomic step, or finds out which key is locked.
 *
 * Where every slot of a key belongs to guesses that are still being evaluated it waits for them, so that many right
 * passwords at once all get their turn. With `held` the same guess is counted under more keys.
 *
 * @throws {AuthError} `overloaded` when the wait was too long
 */
export async function takeGuessSlots(
  engine: SlotEngine,
  keys: readonly CountedKey[],
  held: GuessSlots | null = null,
): Promise<TakeSlotsResult> {
  const taken: readonly CountedKey[] = [...(held?.keys ?? []), ...keys]
  const slotId = held?.slotId ?? Buffer.from(engine.random.bytes(9)).toString('base64url')
  // Whoever is never locked is counted nowhere.
  if (keys.length === 0) return { outcome: 'taken', slots: { slotId, keys: taken } }
  // A real wait, whatever clock the rules go by: it is about other requests, not about time.
  const patience = performance.now() + engine.config.lockout.maxWaitMilliseconds
  for (;;) {
    const found = await reserveAll(engine, keys, slotId)
    if (found.outcome === 'reserved') return { outcome: 'taken', slots: { slotId, keys: taken } }
    if (found.outcome === 'locked') return { ...found, until: endOf(found.until) }
    if (performance.now() >= patience) throw new AuthError('overloaded', { retryAfterSeconds: 1 })
    await engine.slotQueue.wait(found.key)
  }
}

/**
 * The guess was right: wrong ones before it are forgotten, also under the keys `alsoForget`, but never those of its address
 * and of whomever else it is not about.
 */
export async function succeedGuess(
  engine: SlotEngine,
  slots: GuessSlots,
  alsoForget: readonly string[],
): Promise<void> {
  const change = (state: LockoutState, { kind, remembers = kind === 'address' }: CountedKey): LockoutState =>
    remembers ? releaseSlot(state, slots.slotId) : succeedSlot(state, slots.slotId)
  await settle(engine, slots, { change, alsoForget })
  for (const { key } of slots.keys) engine.slotQueue.wake(key, engine.config.lockout.maxFailures)
}

/** The guess was never evaluated. */
export async function releaseGuess(engine: SlotEngine, slots: GuessSlots): Promise<void> {
  await settle(engine, slots, { change: (state) => releaseSlot(state, slots.slotId) })
  for (const { key } of slots.keys) engine.slotQueue.wake(key, 1)
}

/** The guess was wrong; tells which locks it started. */
export async function failGuess(engine: SlotEngine, slots: GuessSlots): Promise<readonly StartedLock[]> {
  const now = engine.clock.now().getTime()
  const change = (state: LockoutState, { kind }: CountedKey): LockoutState =>
    failSlot(state, { slotId: slots.slotId, now }, policyFor(engine, kind))
  const locks = await settle(engine, slots, { change })
  for (const { key } of slots.keys) engine.slotQueue.wake(key, Number.MAX_SAFE_INTEGER)
  return locks
}

type ReserveAll =
  | { readonly outcome: 'reserved' }
  | { readonly outcome: 'busy'; readonly key: string }
  | (Locked & { readonly until: number })

function reserveAll(engine: SlotEngine, keys: readonly CountedKey[], slotId: string): Promise<ReserveAll> {
  const now = engine.clock.now().getTime()
  return engine.throttles.update<ReserveAll>(
    keys.map(({ key }) => key),
    (entries) => {
      const tries = keys.map((key, index) => {
        const policy = policyFor(engine, key.kind)
        const before = readState(entries[index] ?? null)
        return { ...key, before, ...reserveSlot(before, { slotId, now }, policy) }
      })
      const result = worstOf(tries)
      const written = tries.map(({ kind, before, state }, index) => {
        // Where one key refuses, the slots under the others are not taken; a lock that time has begun is kept.
        const after = result.outcome === 'reserved' ? state : releaseSlot(state, slotId)
        return sameState(before, after) ? (entries[index] ?? null) : writeState(after, policyFor(engine, kind))
      })
      return { entries: written, result }
    },
  )
}

type Try = CountedKey & { readonly outcome: ReserveOutcome }

function worstOf(tries: readonly Try[]): ReserveAll {
  // That of the source first: what it is told must not depend on who else is locked.
  const isOfSource = ({ kind }: Try): boolean => kind === 'address'
  const inOrder = tries.toSorted((a, b) => Number(isOfSource(b)) - Number(isOfSource(a)))
  for (const { kind, outcome, userId = null } of inOrder) {
    if (outcome.outcome === 'locked') return { outcome: 'locked', kind, until: outcome.until, userId }
  }
  const busy = tries.find(({ outcome }) => outcome.outcome === 'busy')
  return busy === undefined ? { outcome: 'reserved' } : { outcome: 'busy', key: busy.key }
}

interface Settlement {
  readonly change: (state: LockoutState, key: CountedKey) => LockoutState
  /** Keys without a slot of this guess: wrong guesses under them are forgotten in the same step. */
  readonly alsoForget?: readonly string[]
}

function settle(
  engine: SlotEngine,
  { slotId, keys }: GuessSlots,
  { change, alsoForget = [] }: Settlement,
): Promise<readonly StartedLock[]> {
  const now = engine.clock.now().getTime()
  if (keys.length + alsoForget.length === 0) return Promise.resolve([])
  return engine.throttles.update<readonly StartedLock[]>([...keys.map(({ key }) => key), ...alsoForget], (entries) => {
    const locks: StartedLock[] = []
    const written = keys.map((key, index) => {
      const { kind, isNarrow = false } = key
      const before = readState(entries[index] ?? null)
      const after = change(before, key)
      const isNew = after.lockedUntil > now && before.lockedUntil <= now
      if (isNew) locks.push({ kind, until: endOf(after.lockedUntil), isNarrow })
      return writeState(after, policyFor(engine, kind))
    })
    // Those that are under way keep their slots, or they would go uncounted.
    const forgotten = entries.slice(keys.length).map((entry) => succeedSlot(readState(entry), slotId))
    const kept = forgotten.map((state) => writeState(state, policyFor(engine, 'user')))
    return { entries: [...written, ...kept], result: locks }
  })
}

function policyFor({ config: { lockout } }: SlotEngine, kind: CountedKey['kind']): LockoutPolicy {
  return {
    maxFailures: kind === 'address' ? lockout.maxFailuresPerAddress : lockout.maxFailures,
    windowMilliseconds: lockout.windowSeconds * 1000,
    lockMilliseconds: lockout.lockTiersSeconds?.map((seconds) => seconds * 1000) ?? null,
    forgetAfterMilliseconds: lockout.forgetAfterSeconds * 1000,
    leaseMilliseconds: LEASE_MILLISECONDS,
  }
}

/** `null`: the lock does not end by itself. */
const endOf = (lockedUntil: number): Date | null => (lockedUntil >= NO_END ? null : new Date(lockedUntil))

const readState = (entry: ThrottleEntry | null): LockoutState =>
  entry === null ? NO_FAILURES : (JSON.parse(entry.state) as LockoutState)

const sameState = (a: LockoutState, b: LockoutState): boolean => JSON.stringify(a) === JSON.stringify(b)

function writeState(state: LockoutState, policy: LockoutPolicy): ThrottleEntry | null {
  const isEmpty = state.slots.length === 0 && state.level === 0 && state.lockedUntil === 0
  if (isEmpty) return null
  return {
    state: JSON.stringify(state),
    expiresAt: new Date(forgottenAt(state, policy)),
    lockedUntil: state.lockedUntil > 0 ? new Date(state.lockedUntil) : null,
  }
}
