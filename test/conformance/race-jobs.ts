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
import { deriveKey } from '../../src/util/secrets.ts'
import { systemRandom } from '../../src/util/system-random.ts'

export type RaceJob =
  | 'insertOneAddress'
  | 'linkOneIdentity'
  | 'dropIdentities'
  | 'takeCodes'
  | 'rotateSession'
  | 'issueUserTokens'
  | 'claimMails'
  | 'countUp'
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
    async migrate(store) {
      return store.migrations.apply()
    },
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
