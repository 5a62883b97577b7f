import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  doublingTiers,
  failSlot,
  forgottenAt,
  type LockoutPolicy,
  type LockoutState,
  NO_END,
  NO_FAILURES,
  releaseSlot,
  reserveSlot,
  succeedSlot,
} from './lockout.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const START = Date.UTC(2026, 0, 1)

const policy: LockoutPolicy = {
  maxFailures: 3,
  windowMilliseconds: 15 * MINUTE,
  lockMilliseconds: doublingTiers(MINUTE, 60 * MINUTE),
  forgetAfterMilliseconds: 24 * 60 * MINUTE,
  leaseMilliseconds: 30 * SECOND,
}

/** Guesses that are judged wrong at once. */
function guessing(rules: LockoutPolicy) {
  const guessWrong = (state: LockoutState, now: number, slotId = `at-${now}`): LockoutState => {
    const reserved = reserveSlot(state, { slotId, now }, rules)
    expect(reserved.outcome).toEqual({ outcome: 'reserved' })
    return failSlot(reserved.state, { slotId, now }, rules)
  }
  const guessWrongTimes = (state: LockoutState, times: number, start: number): LockoutState => {
    let current = state
    for (let index = 0; index < times; index += 1) current = guessWrong(current, start + index)
    return current
  }
  return { guessWrong, guessWrongTimes }
}

const { guessWrong, guessWrongTimes } = guessing(policy)

describe('the lockout of one key', () => {
  it('locks for a minute with the third wrong guess', () => {
    const state = guessWrongTimes(NO_FAILURES, 3, START)
    expect(state.lockedUntil).toBe(START + 2 + MINUTE)
    const during = reserveSlot(state, { slotId: 'x', now: START + 3 }, policy)
    expect(during.outcome).toEqual({ outcome: 'locked', until: START + 2 + MINUTE })
  })

  it('lets in again in the millisecond in which the lock ends', () => {
    const state = guessWrongTimes(NO_FAILURES, 3, START)
    const before = reserveSlot(state, { slotId: 'x', now: state.lockedUntil - 1 }, policy)
    const after = reserveSlot(state, { slotId: 'x', now: state.lockedUntil }, policy)
    expect(before.outcome.outcome).toBe('locked')
    expect(after.outcome.outcome).toBe('reserved')
  })

  it('doubles each further lock up to an hour', () => {
    let state = NO_FAILURES
    let now = START
    const minutes: number[] = []
    for (let lock = 0; lock < 9; lock += 1) {
      state = guessWrongTimes(state, 3, now)
      minutes.push((state.lockedUntil - now - 2) / MINUTE)
      now = state.lockedUntil
    }
    expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
  })

  it('lasts as its tier says, the last of them again and again', () => {
    const tiered = { ...policy, lockMilliseconds: [MINUTE, 5 * MINUTE, 60 * MINUTE] }
    let state = NO_FAILURES
    let now = START
    const minutes: number[] = []
    for (let lock = 0; lock < 5; lock += 1) {
      state = guessing(tiered).guessWrongTimes(state, 3, now)
      minutes.push((state.lockedUntil - now - 2) / MINUTE)
      now = state.lockedUntil
    }
    expect(minutes).toEqual([1, 5, 60, 60, 60])
  })

  it('does not end by itself where nothing says when', () => {
    const endless = { ...policy, lockMilliseconds: null }
    const state = guessing(endless).guessWrongTimes(NO_FAILURES, 3, START)
    expect(state.lockedUntil).toBe(NO_END)
    const inAThousandYears = START + 1000 * 366 * 24 * 60 * MINUTE
    const tried = reserveSlot(state, { slotId: 'x', now: inAThousandYears }, endless)
    expect(tried.outcome).toEqual({ outcome: 'locked', until: NO_END })
    expect(forgottenAt(state, endless)).toBe(NO_END)
    expect(reserveSlot(succeedSlot(state, 'x'), { slotId: 'y', now: START + 3 }, endless).outcome.outcome).toBe(
      'reserved',
    )
  })

  it('starts with a short lock again after a day without a wrong guess', () => {
    const first = guessWrongTimes(NO_FAILURES, 3, START)
    const second = guessWrongTimes(first, 3, START + policy.forgetAfterMilliseconds + MINUTE)
    expect(second.level).toBe(1)
  })

  it('forgets a wrong guess when it leaves the window, each by itself', () => {
    let state = guessWrong(NO_FAILURES, START)
    state = guessWrong(state, START + 10 * MINUTE)
    state = guessWrong(state, START + policy.windowMilliseconds)
    expect(state.lockedUntil).toBe(0)
    state = guessWrong(state, START + policy.windowMilliseconds + 1)
    expect(state.lockedUntil).toBeGreaterThan(0)
  })

  it('is busy, not locked, while all slots are still being evaluated', () => {
    let state = NO_FAILURES
    for (const slotId of ['a', 'b', 'c']) state = reserveSlot(state, { slotId, now: START }, policy).state
    expect(reserveSlot(state, { slotId: 'd', now: START + 1 }, policy).outcome).toEqual({ outcome: 'busy' })
    const freed = succeedSlot(state, 'b')
    expect(reserveSlot(freed, { slotId: 'd', now: START + 1 }, policy).outcome).toEqual({ outcome: 'reserved' })
  })

  it('counts a guess that nobody settled as wrong once its lease is over', () => {
    let state = NO_FAILURES
    for (const slotId of ['a', 'b', 'c']) state = reserveSlot(state, { slotId, now: START }, policy).state
    const later = reserveSlot(state, { slotId: 'd', now: START + policy.leaseMilliseconds }, policy)
    expect(later.outcome.outcome).toBe('locked')
  })

  it('gives back the slot of a guess that was never evaluated, and nothing else', () => {
    const two = guessWrongTimes(NO_FAILURES, 2, START)
    const taken = reserveSlot(two, { slotId: 'x', now: START + 5 }, policy).state
    expect(releaseSlot(taken, 'x').slots).toEqual(two.slots)
  })
})

type Step =
  | { readonly do: 'reserve' }
  | { readonly do: 'fail' | 'succeed' | 'release'; readonly which: number }
  | { readonly do: 'wait'; readonly milliseconds: number }

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant<Step>({ do: 'reserve' }) },
    { weight: 4, arbitrary: fc.nat(5).map((which): Step => ({ do: 'fail', which })) },
    { weight: 1, arbitrary: fc.nat(5).map((which): Step => ({ do: 'succeed', which })) },
    { weight: 1, arbitrary: fc.nat(5).map((which): Step => ({ do: 'release', which })) },
    { weight: 3, arbitrary: fc.nat(20 * MINUTE).map((milliseconds): Step => ({ do: 'wait', milliseconds })) },
  ),
  { maxLength: 120 },
)

/** The state machine under test, and beside it much simpler books of what happened. */
interface World {
  readonly policy: LockoutPolicy
  state: LockoutState
  now: number
  serial: number
  /** Guesses that are still being evaluated. */
  open: { readonly slotId: string; readonly at: number }[]
  /** When the wrong guesses since the last lock or success were let in. */
  wrong: number[]
}

const moves: { readonly [K in Step['do']]: (world: World, step: Extract<Step, { readonly do: K }>) => void } = {
  wait(world, { milliseconds }) {
    world.now += milliseconds
    if (milliseconds < world.policy.leaseMilliseconds) return
    world.wrong.push(...world.open.map(({ at }) => at))
    world.open = []
  },
  reserve(world) {
    world.serial += 1
    const slotId = `s${world.serial}`
    const { lockedUntil } = world.state
    const tried = reserveSlot(world.state, { slotId, now: world.now }, world.policy)
    world.state = tried.state
    if (lockedUntil > world.now) expect(tried.outcome).toEqual({ outcome: 'locked', until: lockedUntil })
    if (tried.outcome.outcome === 'reserved') world.open.push({ slotId, at: world.now })
  },
  fail(world, { which }) {
    const guess = leave(world, which)
    if (guess === undefined) return
    world.wrong.push(guess.at)
    world.state = failSlot(world.state, { slotId: guess.slotId, now: world.now }, world.policy)
  },
  succeed(world, { which }) {
    const guess = leave(world, which)
    if (guess === undefined) return
    world.wrong = []
    world.state = succeedSlot(world.state, guess.slotId)
  },
  release(world, { which }) {
    const guess = leave(world, which)
    if (guess !== undefined) world.state = releaseSlot(world.state, guess.slotId)
  },
}

function leave(world: World, which: number): World['open'][number] | undefined {
  const guess = world.open[which % Math.max(1, world.open.length)]
  world.open = world.open.filter((other) => other !== guess)
  return guess
}

/** Few durations, some of them shorter than the window and some longer; or none. */
const policies: fc.Arbitrary<LockoutPolicy> = fc
  .option(fc.array(fc.constantFrom(SECOND, MINUTE, 14 * MINUTE, 60 * MINUTE), { minLength: 1, maxLength: 4 }))
  .map((lockMilliseconds) => ({ ...policy, lockMilliseconds }))

function longestLock({ lockMilliseconds }: LockoutPolicy): number {
  return lockMilliseconds === null ? NO_END : Math.max(...lockMilliseconds)
}

function play(script: readonly Step[], rules: LockoutPolicy): void {
  const world: World = { policy: rules, state: NO_FAILURES, now: START, serial: 0, open: [], wrong: [] }
  for (const step of script) {
    const lockedBefore = world.state.lockedUntil
    const move = moves[step.do] as (world: World, step: Step) => void
    move(world, step)
    const { state, now } = world
    if (state.lockedUntil > now && state.lockedUntil !== lockedBefore) {
      expect(state.lockedUntil - now).toBeLessThanOrEqual(longestLock(rules))
      world.wrong = []
    }
    const counted = world.wrong.filter((at) => now - at < policy.windowMilliseconds)
    expect(counted.length).toBeLessThanOrEqual(policy.maxFailures)
    expect(state.slots.length).toBeLessThanOrEqual(policy.maxFailures)
  }
}

const tiered = policies.filter(({ lockMilliseconds }) => lockMilliseconds !== null)

describe('any order of guesses and pauses', () => {
  it('never evaluates more wrong guesses in a window than allowed, and never moves the end of a lock', () => {
    fc.assert(fc.property(steps, policies, play), { numRuns: 3000 })
  })

  it('means nothing any more from the moment it may be purged', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20 * MINUTE), { maxLength: 20 }), tiered, (pauses, rules) => {
        let state = NO_FAILURES
        let now = START
        for (const pause of pauses) {
          now = Math.max(now + pause, state.lockedUntil)
          state = guessing(rules).guessWrong(state, now, `${now}-${pause}`)
        }
        const later = Math.max(now, forgottenAt(state, rules))
        const fresh = reserveSlot(NO_FAILURES, { slotId: 'x', now: later }, rules)
        const kept = reserveSlot(state, { slotId: 'x', now: later }, rules)
        expect(kept.outcome).toEqual(fresh.outcome)
        expect(kept.state.slots).toEqual(fresh.state.slots)
        expect(kept.state.level).toBe(0)
      }),
      { numRuns: 300 },
    )
  })
})
