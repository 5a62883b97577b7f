/**
 * The lockout as a pure state machine over one counted key: a user, a typed identifier, an address or a device.
 *
 * A guess takes a slot before its password is hashed. A wrong one keeps the slot until it leaves the window; the one
 * that fills the last slot starts a lock, which uses those slots up. So between two moments without a lock no more
 * than `maxFailures` guesses are ever evaluated, however many arrive at once.
 */
export interface LockoutPolicy {
  readonly maxFailures: number
  readonly windowMilliseconds: number
  /**
   * How long the first lock lasts, how long the second, and so on; the last one repeats. `null`: no lock ends by itself.
   */
  readonly lockMilliseconds: readonly number[] | null
  /** Without a wrong guess for so long, the next lock is a first one again. */
  readonly forgetAfterMilliseconds: number
  /** A reservation nobody settled for so long belonged to a process that died; it counts as a wrong guess. */
  readonly leaseMilliseconds: number
}

/** One taken slot. `isOpen` while its guess is being evaluated. */
interface Slot {
  readonly id: string
  readonly at: number
  readonly isOpen: boolean
}

/** Moments are milliseconds since 1970 here, because this is what is written to the store. */
export interface LockoutState {
  readonly slots: readonly Slot[]
  /** How many locks there were since the last success or the last long quiet. */
  readonly level: number
  readonly lockedUntil: number
  readonly lastFailureAt: number
}

/** The end of a lock that does not end by itself: the last moment that every store can keep. */
export const NO_END: number = Date.UTC(9999, 11, 31)

export type ReserveOutcome =
  | { readonly outcome: 'reserved' }
  /** Every slot is taken, and some guess is still being evaluated: wait for it. */
  | { readonly outcome: 'busy' }
  | { readonly outcome: 'locked'; readonly until: number }

export const NO_FAILURES: LockoutState = { slots: [], level: 0, lockedUntil: 0, lastFailureAt: 0 }

/** Takes a slot for the guess `slotId`, if there is one. */
export function reserveSlot(
  state: LockoutState,
  guess: { readonly slotId: string; readonly now: number },
  policy: LockoutPolicy,
): { readonly state: LockoutState; readonly outcome: ReserveOutcome } {
  const current = settleTime(state, guess.now, policy)
  if (current.lockedUntil > guess.now) {
    return { state: current, outcome: { outcome: 'locked', until: current.lockedUntil } }
  }
  if (current.slots.length >= policy.maxFailures) return { state: current, outcome: { outcome: 'busy' } }
  const slot = { id: guess.slotId, at: guess.now, isOpen: true }
  return { state: { ...current, slots: [...current.slots, slot] }, outcome: { outcome: 'reserved' } }
}

/** The guess was wrong. It may start a lock, whose end is in `lockedUntil` of the new state. */
export function failSlot(
  state: LockoutState,
  guess: { readonly slotId: string; readonly now: number },
  policy: LockoutPolicy,
): LockoutState {
  const slots = state.slots.map((slot) => (slot.id === guess.slotId ? { ...slot, isOpen: false } : slot))
  return settleTime({ ...state, slots, lastFailureAt: guess.now }, guess.now, policy)
}

/** The guess was never evaluated, or its success does not vouch for this key: only its slot is given back. */
export function releaseSlot(state: LockoutState, slotId: string): LockoutState {
  return { ...state, slots: state.slots.filter((slot) => slot.id !== slotId) }
}

/** The guess was right: the wrong ones before it are forgotten, those still being evaluated keep their slots. */
export function succeedSlot(state: LockoutState, slotId: string): LockoutState {
  return { ...NO_FAILURES, slots: state.slots.filter((slot) => slot.isOpen && slot.id !== slotId) }
}

/** Durations that begin with `first` and double until they reach `longest`. */
export function doublingTiers(first: number, longest: number): readonly number[] {
  const tiers: number[] = []
  for (let tier = first; tier < longest; tier *= 2) tiers.push(tier)
  return [...tiers, longest]
}

/** When the state means nothing any more. */
export function forgottenAt(state: LockoutState, policy: LockoutPolicy): number {
  const lastSlot = Math.max(0, ...state.slots.map((slot) => slot.at + policy.windowMilliseconds))
  const level = state.level > 0 ? state.lastFailureAt + policy.forgetAfterMilliseconds : 0
  return Math.min(Math.max(lastSlot, state.lockedUntil, level), NO_END)
}

/** Applies what the passing of time alone changes, and starts a lock where all slots are wrong guesses. */
function settleTime(state: LockoutState, now: number, policy: LockoutPolicy): LockoutState {
  const level = now - state.lastFailureAt >= policy.forgetAfterMilliseconds ? 0 : state.level
  const slots = state.slots
    .filter((slot) => now - slot.at < policy.windowMilliseconds)
    .map((slot) => (slot.isOpen && now - slot.at >= policy.leaseMilliseconds ? { ...slot, isOpen: false } : slot))
  const isFull = slots.length >= policy.maxFailures && slots.every((slot) => !slot.isOpen)
  if (!isFull || state.lockedUntil > now) return { ...state, level, slots }
  const lockedUntil = endOfLock(level, now, policy)
  return { slots: [], level: level + 1, lockedUntil, lastFailureAt: Math.max(state.lastFailureAt, now) }
}

function endOfLock(level: number, now: number, { lockMilliseconds }: LockoutPolicy): number {
  const duration = lockMilliseconds?.[level] ?? lockMilliseconds?.at(-1)
  return duration === undefined ? NO_END : Math.min(now + duration, NO_END)
}
