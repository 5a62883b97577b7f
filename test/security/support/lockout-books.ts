import type { LockoutOptions } from '../../../src/config/options.ts'

export const MINUTE = 60_000
export const WINDOW = 15 * MINUTE
export const DAY = 24 * 60 * MINUTE

/** How a password is presented: typed with a name, with an address, from a known device, behind a session, or elsewhere. */
export type Way = 'name' | 'email' | 'device' | 'session' | 'elsewhere'

export const WAYS: readonly Way[] = ['name', 'email', 'device', 'session', 'elsewhere']

export type Step =
  | { readonly do: 'guess'; readonly way: Way; readonly isRight: boolean; readonly atOnce: number }
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'unlock' }

/** The books: for each count, when wrong guesses were judged and how long it is locked. */
interface Count {
  wrong: number[]
  lockedUntil: number
  locks: number
  lastWrongAt: number
}

const newCount = (): Count => ({ wrong: [], lockedUntil: 0, locks: 0, lastWrongAt: 0 })

export type Books = Map<string, Count>

/** What is configured, in the words of the books. */
export interface Rules {
  readonly lockout: LockoutOptions
  readonly counted: { readonly [K in Way]: readonly string[] }
  /** What a success clears besides its own counts; an operator clears all. */
  readonly vouchedFor: { readonly [K in Way]: readonly string[] }
  /** How long a lock lasts, when there were so many before it. */
  readonly duration: (locks: number) => number
  readonly forgottenAfter: number
}

const DEVICE = { counted: ['device'], vouchedFor: [] }

export const DEFAULT: Rules = {
  lockout: {},
  counted: {
    name: ['user', 'name'],
    email: ['user', 'email'],
    device: DEVICE.counted,
    session: ['user'],
    elsewhere: ['user', 'name'],
  },
  vouchedFor: {
    name: ['user', 'name', 'email'],
    email: ['user', 'name', 'email'],
    device: DEVICE.vouchedFor,
    session: ['user', 'name', 'email'],
    elsewhere: ['user', 'name', 'email'],
  },
  duration: (locks) => Math.min(MINUTE * 2 ** locks, 60 * MINUTE),
  forgottenAfter: DAY,
}

export const TIERS: Rules = {
  ...DEFAULT,
  lockout: { lockTiersSeconds: [60, 600, 86_400] },
  duration: (locks) => [MINUTE, 10 * MINUTE][locks] ?? DAY,
  forgottenAfter: 2 * DAY,
}

export const PERMANENT: Rules = {
  ...DEFAULT,
  lockout: { dangerouslyPermanent: true },
  duration: () => Number.POSITIVE_INFINITY,
}

const HERE = ['user here', 'name here', 'email here']

/** Of one user from one source, and of one name from one source. */
export const COMBINED: Rules = {
  ...DEFAULT,
  lockout: {
    keys: [
      ['user', 'address'],
      ['address', 'identifier'],
    ],
  },
  counted: {
    name: ['user here', 'name here'],
    email: ['user here', 'email here'],
    device: DEVICE.counted,
    session: ['user here'],
    elsewhere: ['user there', 'name there'],
  },
  vouchedFor: {
    name: HERE,
    email: HERE,
    device: DEVICE.vouchedFor,
    session: HERE,
    elsewhere: ['user there', 'name there', 'email there'],
  },
}

/** How many of the guesses get in or are judged, and what the books say afterwards. */
export function expectGuesses(books: Books, rules: Rules, { step, now }: GuessesAt): Expected {
  const counts = rules.counted[step.way].map((name) => countIn(books, name))
  if (counts.some(({ lockedUntil }) => lockedUntil > now)) return { proven: 0, judged: 0 }
  if (step.isRight) {
    for (const name of [...rules.counted[step.way], ...rules.vouchedFor[step.way]]) books.delete(name)
    return { proven: step.atOnce, judged: step.atOnce }
  }
  let judged = 0
  while (judged < step.atOnce && counts.every(({ lockedUntil }) => lockedUntil <= now)) {
    judged += 1
    for (const count of counts) countWrong(count, rules, now)
  }
  return { proven: 0, judged }
}

interface GuessesAt {
  readonly step: Extract<Step, { do: 'guess' }>
  readonly now: number
}

function countIn(books: Books, name: string): Count {
  const count = books.get(name) ?? newCount()
  books.set(name, count)
  return count
}

export interface Expected {
  readonly proven: number
  readonly judged: number
}

function countWrong(count: Count, { duration, forgottenAfter }: Rules, now: number): void {
  if (now - count.lastWrongAt >= forgottenAfter) count.locks = 0
  count.lastWrongAt = now
  count.wrong = [...count.wrong.filter((at) => now - at < WINDOW), now]
  if (count.wrong.length < 3) return
  count.lockedUntil = now + duration(count.locks)
  count.locks += 1
  count.wrong = []
}
