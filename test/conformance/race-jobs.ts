import type { Store } from '../../src/contracts/store.ts'
import { digestOf, LONG_AGO, later, MINUTE, NOW, newUser } from '../../src/testing/store-conformance/store-samples.ts'

export type RaceJob = 'insertOneAddress' | 'takeCodes' | 'rotateSession' | 'claimMails' | 'countUp' | 'migrate'

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
