import type { Engine } from '../../src/commands/context.ts'
import { failGuess, takeGuessSlots } from '../../src/commands/steps/guess-slots.ts'
import { createSlotQueue } from '../../src/commands/steps/slot-queue.ts'
import type { LockoutOptions } from '../../src/config/options.ts'
import { resolveLockout } from '../../src/config/resolve-lockout.ts'
import { systemClock } from '../../src/config/system-clock.ts'
import type { Store } from '../../src/contracts/store.ts'
import type { IssueInput, TokenManager } from '../../src/contracts/token-manager.ts'
import type { User } from '../../src/model/user.ts'
import {
  digestOf,
  LONG_AGO,
  later,
  MINUTE,
  NOW,
  newIdentity,
  newUser,
} from '../../src/testing/store-conformance/store-samples.ts'
import { userTokens } from '../../src/tokens/user-tokens.ts'
import { collectProblems } from '../../src/util/option-problems.ts'
import { deriveKey } from '../../src/util/secrets.ts'
import { systemRandom } from '../../src/util/system-random.ts'

export type RaceJob =
  | 'insertOneAddress'
  | 'proveOneAddress'
  | 'linkOneIdentity'
  | 'dropIdentities'
  | 'insertOneGroup'
  | 'changeGroups'
  | 'takeCodes'
  | 'rotateSession'
  | 'issueUserTokens'
  | 'claimMails'
  | 'countUp'
  | 'deleteByPrefix'
  | 'guessWithTiers'
  | 'guessForever'
  | 'migrate'

/** How often each process tries. */
export const TRIES = 25

/** What each of the processes does, and what came of it in words that can be counted. */
export const RACE_JOBS: Readonly<Record<RaceJob, (store: Store, processIndex: number) => Promise<readonly string[]>>> =
  {
    async insertOneAddress(store, processIndex) {
      const insert = async (index: number) => {
        const user = newUser({ username: `ann${processIndex}-${index}`, email: 'Ann@example.org' })
        return (await store.users.insert(user, { replacePendingBefore: LONG_AGO })).outcome
      }
      return Promise.all(Array.from({ length: TRIES }, (_, index) => insert(index)))
    },
    async proveOneAddress(store, processIndex) {
      const users = await store.users.findByIdentifier('ann@example.org', ['email'], 2 * TRIES)
      const own = users.filter(({ id }) => Number(id) % 2 === processIndex)
      return Promise.all(own.map(async ({ id }) => (await store.users.update(id, { emailVerifiedAt: NOW })).outcome))
    },
    async linkOneIdentity(store, processIndex) {
      const link = async (index: number) => {
        const user = newUser({ username: `ann${processIndex}-${index}`, email: null, passwordHash: null })
        const options = { replacePendingBefore: LONG_AGO }
        return (await store.identities.insertWithUser(newIdentity(), user, options)).outcome
      }
      return Promise.all(Array.from({ length: TRIES }, (_, index) => link(index)))
    },
    async dropIdentities(store) {
      const [user] = await store.users.findByIdentifier('ann', ['username'], 1)
      const identities = user ? await store.identities.listForUser(user.id) : []
      return Promise.all(identities.map(({ id, userId }) => store.identities.delete(id, userId)))
    },
    async insertOneGroup(store, processIndex) {
      const names = Array.from({ length: TRIES }, (_, index) => ((index + processIndex) % 2 ? 'Editors' : 'EDITORS'))
      const insert = (name: string) => store.groups.insert({ id: null, name, permissions: ['blog.add_post'] })
      return (await Promise.all(names.map(insert))).map(({ outcome }) => outcome)
    },
    async changeGroups(store, processIndex) {
      const groups = await store.groups.list({ after: null, limit: TRIES })
      const [user] = await store.users.findByIdentifier('ann', ['username'], 1)
      const outcomes: string[] = []
      for (const { id } of groups) {
        if (processIndex === 0) outcomes.push(`${await store.groups.delete(id)}`)
        else outcomes.push((await store.groups.setGroups(user?.id ?? 0, [id])).outcome)
      }
      return outcomes
    },
    async takeCodes(store) {
      const take = async (index: number) => {
        const code = await store.codes.take(digestOf(`code ${index}`), 'reset-password', NOW)
        return code ? [`code ${index}`] : []
      }
      return (await Promise.all(Array.from({ length: TRIES }, (_, index) => take(index)))).flat()
    },
    async rotateSession(store) {
      const won: string[] = []
      for (let generation = 0; generation < TRIES; generation += 1) {
        const change = { generation, now: NOW, idleExpiresAt: later(10 * MINUTE) }
        if (await store.sessions.rotate('session', change)) won.push(`generation ${generation}`)
      }
      return won
    },
    async issueUserTokens(store) {
      const issued: string[] = []
      for (let index = 0; index < TRIES; index += 1) {
        const [user] = await store.users.findByIdentifier(`user${index}`, ['username'], 1)
        if (user) issued.push((await managerOf(store).issue(inputOf(user)))?.token ?? 'nothing')
      }
      return issued
    },
    async claimMails(store) {
      const claimed: string[] = []
      for (;;) {
        const rows = await store.outbox.claim(NOW, later(MINUTE), 3)
        if (rows.length === 0) return claimed
        claimed.push(...rows.map(({ id, tries }) => `mail ${id} try ${tries}`))
      }
    },
    async countUp(store) {
      for (let index = 0; index < 10 * TRIES; index += 1) {
        await store.throttles.update(['counter'], ([before]) => {
          const state = String(Number(before?.state ?? 0) + 1)
          return { entries: [{ state, expiresAt: later(MINUTE), lockedUntil: null }], result: null }
        })
      }
      return []
    },
    async deleteByPrefix(store) {
      return [String(await store.throttles.deleteByPrefix('p+'))]
    },
    guessWithTiers: (store) => guessInRounds(store, { lockTiersSeconds: [60, 3600] }),
    guessForever: (store) => guessInRounds(store, { dangerouslyPermanent: true }),
    async migrate(store) {
      return store.migrations.apply()
    },
  }

/** Further apart than any lock of `guessWithTiers` lasts. */
const ROUND_HOURS = 2

const ROUNDS = 4

/** Guesses wrongly as the gate does, many at once in each round, and tells in which round each was judged. */
async function guessInRounds(store: Store, lockout: LockoutOptions): Promise<readonly string[]> {
  const judged: string[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const engine = guessingEngine(store, lockout, later(round * ROUND_HOURS * 60 * MINUTE))
    const guess = async (): Promise<void> => {
      const taken = await takeGuessSlots(engine, KEYS)
      if (taken.outcome === 'locked') return
      judged.push(`round ${round}`)
      await failGuess(engine, taken.slots)
    }
    await Promise.all(Array.from({ length: TRIES }, guess))
  }
  return judged
}

/** A user as a whole, and from one source. */
const KEYS = [
  { key: 'lock:user:1', kind: 'user' },
  { key: 'lock:user:1+address:192.0.2.1', kind: 'user', isNarrow: true },
] as const

type GuessingEngine = Parameters<typeof takeGuessSlots>[0]

function guessingEngine(store: Store, lockout: LockoutOptions, now: Date): GuessingEngine {
  const resolved = resolveLockout({ ...lockout, maxWaitMilliseconds: 30_000 }, collectProblems())
  return {
    config: { lockout: resolved } as Engine['config'],
    throttles: store.throttles,
    clock: { now: () => now },
    random: systemRandom,
    slotQueue: createSlotQueue(),
  }
}

/** As every process with the same secret makes it. */
const managerOf = (store: Store): TokenManager =>
  userTokens()({
    sessions: store.sessions,
    clock: systemClock,
    random: systemRandom,
    keysFor: (purpose) => [deriveKey('k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU', purpose)],
    issuer: 'https://acme.test',
    lifetimes: { idleMilliseconds: MINUTE, absoluteMilliseconds: MINUTE },
  })

const inputOf = (user: User): IssueInput => ({
  sessionId: 'any',
  user,
  carrier: 'user-token',
  assurance: 'password',
  backend: 'password',
  address: null,
  userAgent: null,
})
