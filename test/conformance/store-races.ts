import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { Store, StoreSchema } from '../../src/contracts/store.ts'
import {
  codeOf,
  digestOf,
  insertIdentity,
  insertNamed,
  insertSession,
  insertUser,
  NOW,
  PLAIN_SCHEMA,
} from '../../src/testing/store-conformance/store-samples.ts'
import { storeAt } from '../support/store-at.ts'
import { TRIES } from './race-jobs.ts'
import { runInProcesses } from './run-in-processes.ts'

/** A kind of database that is raced for. */
export interface RacedEngine {
  /** Names an empty one for each test. */
  readonly newLocation: () => string | Promise<string>
  readonly migrations: {
    /** By name, in their order. */
    readonly builtIn: readonly string[]
    /** The name and the text of a file of the application that makes a table of this number. */
    readonly file: (number: number) => readonly [string, string]
  }
}

/** What one race works with. */
interface RaceCourse extends Pick<RacedEngine, 'migrations'> {
  /** Of an empty database. */
  readonly location: string
  /** Goes with the tests. */
  readonly folder: string
  withStore<T>(work: (store: Store) => Promise<T>, schema?: StoreSchema): Promise<T>
  /** Prepares the database, and lets go of it before the race. */
  prepare(work: (store: Store) => Promise<void>): Promise<void>
  /** Looks at the database after the race. */
  inspect<T>(look: (store: Store) => Promise<T>): Promise<T>
}

/** What two processes race for on one database. */
export function storeRaces({ newLocation, migrations }: RacedEngine): void {
  const folder = mkdtempSync(join(tmpdir(), 'portress-races-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  for (const [name, race] of Object.entries(RACES)) {
    it(name, async () => race({ migrations, ...raceCourse(await newLocation(), folder) }))
  }
}

function raceCourse(location: string, folder: string): Omit<RaceCourse, 'migrations'> {
  const withStore: RaceCourse['withStore'] = async (work, schema = PLAIN_SCHEMA) => {
    const store = storeAt(location).open(schema)
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  }
  return {
    location,
    folder,
    withStore,
    inspect: withStore,
    prepare: (work) =>
      withStore(async (store) => {
        await store.migrations.apply()
        await work(store)
      }),
  }
}

const RACES: Readonly<Record<string, (course: RaceCourse) => Promise<void>>> = {
  'insert exactly one of fifty users with one address': async ({ prepare, location }) => {
    await prepare(async () => undefined)
    const outcomes = (await runInProcesses({ job: 'insertOneAddress', location })).flat()
    expect(outcomes.filter((outcome) => outcome === 'inserted')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(2 * TRIES - 1)
  },
  'make one owner of fifty users who prove one address': async ({ prepare, inspect, withStore, location }) => {
    await prepare(async () => undefined)
    await withStore(
      async (store) => {
        for (let index = 0; index < 2 * TRIES; index += 1) await insertUser(store, { username: `ann${index}` })
      },
      { ...PLAIN_SCHEMA, emailUnique: 'once-proven' },
    )
    const outcomes = await runInProcesses({ job: 'proveOneAddress', location })
    expect(outcomes.map((ofOne) => ofOne.length)).toEqual([TRIES, TRIES])
    expect(outcomes.flat().filter((outcome) => outcome === 'updated')).toHaveLength(1)
    expect(outcomes.flat().filter((outcome) => outcome === 'conflict')).toHaveLength(2 * TRIES - 1)
    const users = await inspect((other) => other.users.list({ after: null, limit: 2 * TRIES }))
    expect(users.filter(({ emailVerifiedAt }) => emailVerifiedAt !== null)).toHaveLength(1)
  },
  'make one user of fifty who come by one identity': async ({ prepare, inspect, location }) => {
    await prepare(async () => undefined)
    const outcomes = (await runInProcesses({ job: 'linkOneIdentity', location })).flat()
    expect(outcomes.filter((outcome) => outcome === 'inserted')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'identity-taken')).toHaveLength(2 * TRIES - 1)
    expect(await inspect((store) => store.users.list({ after: null, limit: 9 }))).toHaveLength(1)
  },
  'leave a user without a password one of many identities': async ({ prepare, inspect, location }) => {
    await prepare(async (store) => {
      const user = await insertNamed(store, 'ann', { passwordHash: null })
      for (let index = 0; index < TRIES; index += 1) await insertIdentity(store, user, { subject: `${index}` })
    })
    const outcomes = (await runInProcesses({ job: 'dropIdentities', location })).flat()
    expect(outcomes.filter((outcome) => outcome === 'deleted')).toHaveLength(TRIES - 1)
    const [user] = await inspect((store) => store.users.findByIdentifier('ann', ['username'], 1))
    expect(await inspect((store) => store.identities.listForUser(user?.id ?? 0))).toHaveLength(1)
  },
  'make one group of fifty of one name': async ({ prepare, inspect, location }) => {
    await prepare(async () => undefined)
    const outcomes = (await runInProcesses({ job: 'insertOneGroup', location })).flat()
    expect(outcomes.filter((outcome) => outcome === 'inserted')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(2 * TRIES - 1)
    const groups = await inspect((store) => store.groups.list({ after: null, limit: 9 }))
    expect(groups).toMatchObject([{ permissions: ['blog.add_post'] }])
  },
  'leave a user in no group that the other has deleted': async ({ prepare, inspect, location }) => {
    await prepare(async (store) => {
      await insertNamed(store, 'ann')
      for (let index = 0; index < TRIES; index += 1) {
        await store.groups.insert({ id: null, name: `group ${index}`, permissions: ['blog.add_post'] })
      }
    })
    const [deleted, joined] = await runInProcesses({ job: 'changeGroups', location })
    expect(deleted).toEqual(Array(TRIES).fill('true'))
    for (const outcome of joined ?? []) expect(['set', 'group-missed']).toContain(outcome)
    expect(await inspect((store) => store.groups.groupsOf(1))).toEqual([])
    expect(await inspect((store) => store.groups.permissionsOf(1))).toEqual({ own: [], ofGroups: [] })
  },
  'take each code once': async ({ prepare, location }) => {
    const codes = Array.from({ length: TRIES }, (_, index) => `code ${index}`)
    await prepare(async (store) => {
      const user = await insertNamed(store, 'ann')
      for (const code of codes) await store.codes.insert(codeOf(user, { digest: digestOf(code) }))
    })
    const taken = (await runInProcesses({ job: 'takeCodes', location })).flat()
    expect(taken).toHaveLength(TRIES)
    expect(new Set(taken)).toEqual(new Set(codes))
  },
  'rotate each generation of a session once': async ({ prepare, inspect, location }) => {
    await prepare(async (store) => {
      await insertSession(store, await insertNamed(store, 'ann'))
    })
    const won = (await runInProcesses({ job: 'rotateSession', location })).flat()
    expect(new Set(won).size).toBe(won.length)
    const found = await inspect((store) => store.sessions.find({ id: 'session' }))
    expect(found?.session.generation).toBe(won.length)
    expect(won.length).toBeGreaterThan(0)
  },
  'give each user one token, though both see the first log-in': async ({ prepare, location }) => {
    const names = Array.from({ length: TRIES }, (_, index) => `user${index}`)
    await prepare(async (store) => {
      for (const name of names) await insertNamed(store, name)
    })
    const [one, other] = await runInProcesses({ job: 'issueUserTokens', location })
    expect(one).toEqual(other)
    expect(new Set(one).size).toBe(TRIES)
    for (const token of one ?? []) expect(token).toMatch(/^[0-9a-f]{40}$/)
  },
  'claim each mail once': async ({ prepare, location }) => {
    await prepare(async (store) => {
      for (let index = 0; index < 4 * TRIES; index += 1) {
        await store.outbox.insert({ createdAt: NOW, body: new Uint8Array([index]) })
      }
    })
    const claimed = (await runInProcesses({ job: 'claimMails', location })).flat()
    expect(claimed).toHaveLength(4 * TRIES)
    expect(new Set(claimed).size).toBe(4 * TRIES)
    expect(claimed.every((mail) => mail.endsWith('try 1'))).toBe(true)
  },
  'count every step of both': async ({ prepare, inspect, location }) => {
    await prepare(async () => undefined)
    await runInProcesses({ job: 'countUp', location })
    const counted = await inspect((store) =>
      store.throttles.update(['counter'], (entries) => ({ entries, result: entries[0]?.state })),
    )
    expect(counted).toBe(String(2 * 10 * TRIES))
  },
  'delete each entry below a prefix once': async ({ prepare, location }) => {
    const entry = { state: '', expiresAt: NOW, lockedUntil: null }
    const keys = Array.from({ length: 4 * TRIES }, (_, index) => `p+${index}`)
    await prepare((store) =>
      store.throttles.update(keys, () => ({ entries: keys.map(() => entry), result: undefined })),
    )
    const counts = (await runInProcesses({ job: 'deleteByPrefix', location })).flat().map(Number)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(keys.length)
  },
  'judge three wrong guesses before each lock, however many processes guess': async ({
    prepare,
    inspect,
    location,
  }) => {
    await prepare(async () => undefined)
    const judged = (await runInProcesses({ job: 'guessWithTiers', location })).flat()
    const rounds = Map.groupBy(judged, (round) => round)
    expect([...rounds.values()].map(({ length }) => length)).toEqual([3, 3, 3, 3])
    const locked = await inspect((store) => store.throttles.listLocked(NOW, 5))
    expect(locked.map(({ key }) => key)).toEqual(['lock:user:1', 'lock:user:1+address:192.0.2.1'])
  },
  'judge three wrong guesses in all before a lock that does not end': async ({ prepare, location }) => {
    await prepare(async () => undefined)
    const judged = (await runInProcesses({ job: 'guessForever', location })).flat()
    expect(judged).toEqual(['round 0', 'round 0', 'round 0'])
  },
  'migrate a new database together, each migration once': async ({ inspect, location, folder, migrations }) => {
    const migrationsFolder = mkdtempSync(join(folder, 'migrations-'))
    const files = Array.from({ length: 10 }, (_, index) => migrations.file(index + 1))
    for (const [name, text] of files) writeFileSync(join(migrationsFolder, name), text)
    const all = [...migrations.builtIn, ...files.map(([name]) => name)]
    const applied = (await runInProcesses({ job: 'migrate', location, migrationsFolder })).flat()
    expect(applied).toHaveLength(all.length)
    expect(new Set(applied)).toEqual(new Set(all))
    const status = await inspect((store) => store.migrations.status())
    expect(status).toEqual({ applied: all, pending: [], problems: [] })
  },
}
