import { canonicalIdentifier } from '../model/identifier.ts'
import { doublingTiers } from '../model/lockout.ts'
import { type IpRange, parseIpRange } from '../util/ip-range.ts'
import type { Problems } from '../util/option-problems.ts'
import type { LockoutKey, LockoutList, LockoutOptions } from './options.ts'
import type { ResolvedLockout, ResolvedLockoutList } from './resolved-config.ts'

const DAY_SECONDS = 86_400

/** The order of parts in a key, and of keys in a guess: what is about one user stands before what is about a source. */
const LOCKOUT_KEYS: readonly LockoutKey[] = ['user', 'identifier', 'address', 'agent']

export function resolveLockout(lockout: LockoutOptions = {}, problems: Problems): ResolvedLockout {
  const numbers = {
    maxFailures: lockout.maxFailures ?? 3,
    windowSeconds: lockout.windowSeconds ?? 900,
    maxFailuresPerAddress: lockout.maxFailuresPerAddress ?? 50,
    maxWaitMilliseconds: lockout.maxWaitMilliseconds ?? 5000,
  }
  for (const [name, value] of Object.entries(numbers)) problems.wholeNumber(`lockout.${name}`, value, { min: 1 })
  const lockTiersSeconds = resolveTiers(lockout, problems)
  return {
    ...numbers,
    keys: resolveKeys(lockout.keys ?? ['user', 'identifier', 'address'], problems),
    lockTiersSeconds,
    forgetAfterSeconds: resolveForgetting(lockout, problems),
    neverLock: resolveList('lockout.neverLock', lockout.neverLock, problems),
    alwaysRefuse: resolveList('lockout.alwaysRefuse', lockout.alwaysRefuse, problems),
  }
}

function resolveKeys(
  given: readonly (LockoutKey | readonly LockoutKey[])[],
  problems: Problems,
): readonly (readonly LockoutKey[])[] {
  const keys = given.map((key) => inOrder(typeof key === 'string' ? [key] : key))
  if (keys.some((key) => key.length === 0)) problems.add('lockout.keys', 'must not hold an empty list')
  if (keys.some((key) => key.join() === 'agent')) {
    problems.add('lockout.keys', 'must not count "agent" by itself: a lock would be one of everybody with that browser')
  }
  const ofUsers = keys.filter((key) => key.includes('user'))
  if (ofUsers.length === 0) {
    problems.add(
      'lockout.keys',
      'must hold "user", alone or together with others: whoever has many addresses, or several names to type, would have no ' +
        'end of guesses at one user',
    )
  } else if (ofUsers.every((key) => key.includes('agent'))) {
    problems.add(
      'lockout.keys',
      'must hold one with "user" and without "agent": whoever guesses calls themselves something else each time',
    )
  }
  const distinct = new Map(keys.map((key) => [key.join(), key]))
  const rank = ([first]: readonly LockoutKey[]): number => (first === undefined ? 0 : LOCKOUT_KEYS.indexOf(first))
  return [...distinct.values()].sort((a, b) => rank(a) - rank(b))
}

const inOrder = (parts: readonly LockoutKey[]): readonly LockoutKey[] =>
  LOCKOUT_KEYS.filter((part) => parts.includes(part))

/** `null`: no lock ends by itself. */
function resolveTiers(lockout: LockoutOptions, problems: Problems): readonly number[] | null {
  const { firstLockSeconds = 60, maxLockSeconds = 3600, lockTiersSeconds, dangerouslyPermanent = false } = lockout
  const ends = (['lockTiersSeconds', 'firstLockSeconds', 'maxLockSeconds'] as const).filter(
    (name) => lockout[name] !== undefined,
  )
  if (dangerouslyPermanent) {
    for (const name of ends) problems.add(`lockout.${name}`, 'must be left out with lockout.dangerouslyPermanent')
    return null
  }
  if (lockTiersSeconds !== undefined) {
    for (const name of ends.slice(1)) problems.add(`lockout.${name}`, 'must be left out with lockout.lockTiersSeconds')
    return checkTiers(lockTiersSeconds, problems)
  }
  const isFirstFine = problems.wholeNumber('lockout.firstLockSeconds', firstLockSeconds, { min: 1 })
  const isLongestFine = problems.wholeNumber('lockout.maxLockSeconds', maxLockSeconds, { min: 1 })
  if (!isFirstFine || !isLongestFine) return []
  if (firstLockSeconds > maxLockSeconds) {
    problems.add('lockout.maxLockSeconds', 'must not be shorter than lockout.firstLockSeconds')
  }
  return doublingTiers(firstLockSeconds, maxLockSeconds)
}

function checkTiers(tiers: readonly number[], problems: Problems): readonly number[] {
  if (tiers.length === 0) problems.add('lockout.lockTiersSeconds', 'must hold at least one duration, such as 60')
  const fine = tiers.map((tier, index) => problems.wholeNumber(`lockout.lockTiersSeconds[${index}]`, tier, { min: 1 }))
  const isShrinking = tiers.some((tier, index) => tier < (tiers[index - 1] ?? 0))
  if (!fine.includes(false) && isShrinking)
    problems.add('lockout.lockTiersSeconds', 'must not hold a shorter lock after a longer one')
  return tiers
}

function resolveForgetting({ forgetAfterSeconds, lockTiersSeconds }: LockoutOptions, problems: Problems): number {
  const longest = Math.max(0, ...(lockTiersSeconds ?? []).filter(Number.isSafeInteger))
  const resolved = forgetAfterSeconds ?? Math.max(DAY_SECONDS, 2 * longest)
  const isFine = problems.wholeNumber('lockout.forgetAfterSeconds', resolved, { min: 1 })
  if (isFine && resolved <= longest) {
    problems.add(
      'lockout.forgetAfterSeconds',
      'must be longer than the longest of lockout.lockTiersSeconds, or every lock would be a first one',
    )
  }
  return resolved
}

function resolveList(path: string, list: LockoutList | undefined, problems: Problems): ResolvedLockoutList {
  const { addresses = [], identifiers = [] } = list ?? {}
  return {
    addresses: addresses.flatMap((address) => readRange(`${path}.addresses`, address, problems)),
    identifiers: new Set(identifiers.map(canonicalIdentifier)),
  }
}

/** A range that means everybody is a slip of the pen, so it is refused, not tidied up. */
function readRange(path: string, text: string, problems: Problems): readonly IpRange[] {
  try {
    return [parseIpRange(text)]
  } catch (error) {
    problems.add(path, error instanceof Error ? error.message : String(error))
    return []
  }
}
