import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { BUILT_IN_MIGRATIONS } from '../../src/stores/sql/built-in-migrations.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import {
  codeOf,
  digestOf,
  insertIdentity,
  insertNamed,
  insertSession,
  NOW,
  PLAIN_SCHEMA,
} from '../../src/testing/store-conformance/store-samples.ts'
import { TRIES } from './race-jobs.ts'
import { runInProcesses } from './run-in-processes.ts'

const BUILT_IN = BUILT_IN_MIGRATIONS.map(({ name }) => name)

const folder = mkdtempSync(join(tmpdir(), 'portress-races-'))
afterAll(() => rmSync(folder, { recursive: true }))

let location: string
beforeEach((context) => {
  location = join(folder, `${context.task.id}.db`)
})

/** Prepares the database, and lets go of it before the race. */
async function prepare(work: (store: Store) => Promise<void>): Promise<void> {
  const store = sqlite(location).open(PLAIN_SCHEMA)
  await store.migrations.apply()
  await work(store)
  await store.close()
}

/** Looks at the database after the race. */
async function inspect<T>(look: (store: Store) => Promise<T>): Promise<T> {
  const store = sqlite(location).open(PLAIN_SCHEMA)
  const seen = await look(store)
  await store.close()
  return seen
}

describe('two processes on one file', () => {
  it('insert exactly one of fifty users with one address', async () => {
    await prepare(async () => undefined)
    const outcomes = (await runInProcesses({ job: 'insertOneAddress', location })).flat()
    expect(outcomes.filter((outcome) => outcome === 'inserted')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(2 * TRIES - 1)
  })

  it('make one user of fifty who come by one identity', async () => {
    await prepare(async () => undefined)
    const outcomes = (await runInProcesses({ job: 'linkOneIdentity', location })).flat()
    expect(outcomes.filter((outcome) => outcome === 'inserted')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'identity-taken')).toHaveLength(2 * TRIES - 1)
    expect(await inspect((store) => store.users.list({ after: null, limit: 9 }))).toHaveLength(1)
  })

  it('leave a user without a password one of many identities', async () => {
    await prepare(async (store) => {
      const user = await insertNamed(store, 'ann', { passwordHash: null })
      for (let index = 0; index < TRIES; index += 1) await insertIdentity(store, user, { subject: `${index}` })
    })
    const outcomes = (await runInProcesses({ job: 'dropIdentities', location })).flat()
    expect(outcomes.filter((outcome) => outcome === 'deleted')).toHaveLength(TRIES - 1)
    const [user] = await inspect((store) => store.users.findByIdentifier('ann', ['username'], 1))
    expect(await inspect((store) => store.identities.listForUser(user?.id ?? 0))).toHaveLength(1)
  })

  it('take each code once', async () => {
    const codes = Array.from({ length: TRIES }, (_, index) => `code ${index}`)
    await prepare(async (store) => {
      const user = await insertNamed(store, 'ann')
      for (const code of codes) await store.codes.insert(codeOf(user, { digest: digestOf(code) }))
    })
    const taken = (await runInProcesses({ job: 'takeCodes', location })).flat()
    expect(taken).toHaveLength(TRIES)
    expect(new Set(taken)).toEqual(new Set(codes))
  })

  it('rotate each generation of a session once', async () => {
    await prepare(async (store) => {
      await insertSession(store, await insertNamed(store, 'ann'))
    })
    const won = (await runInProcesses({ job: 'rotateSession', location })).flat()
    expect(new Set(won).size).toBe(won.length)
    const found = await inspect((store) => store.sessions.find({ id: 'session' }))
    expect(found?.session.generation).toBe(won.length)
    expect(won.length).toBeGreaterThan(0)
  })

  it('give each user one token, though both see the first log-in', async () => {
    const names = Array.from({ length: TRIES }, (_, index) => `user${index}`)
    await prepare(async (store) => {
      for (const name of names) await insertNamed(store, name)
    })
    const [one, other] = await runInProcesses({ job: 'issueUserTokens', location })
    expect(one).toEqual(other)
    expect(new Set(one).size).toBe(TRIES)
    for (const token of one ?? []) expect(token).toMatch(/^[0-9a-f]{40}$/)
  })

  it('claim each mail once', async () => {
    await prepare(async (store) => {
      for (let index = 0; index < 4 * TRIES; index += 1) {
        await store.outbox.insert({ createdAt: NOW, body: new Uint8Array([index]) })
      }
    })
    const claimed = (await runInProcesses({ job: 'claimMails', location })).flat()
    expect(claimed).toHaveLength(4 * TRIES)
    expect(new Set(claimed).size).toBe(4 * TRIES)
    expect(claimed.every((mail) => mail.endsWith('try 1'))).toBe(true)
  })

  it('count every step of both', async () => {
    await prepare(async () => undefined)
    await runInProcesses({ job: 'countUp', location })
    const counted = await inspect((store) =>
      store.throttles.update(['counter'], (entries) => ({ entries, result: entries[0]?.state })),
    )
    expect(counted).toBe(String(2 * 10 * TRIES))
  })

  it('migrate a new database together, each migration once', async () => {
    const migrationsFolder = mkdtempSync(join(folder, 'migrations-'))
    const names = Array.from({ length: 10 }, (_, index) => `${String(index + 1).padStart(4, '0')}_table.sql`)
    for (const [index, name] of names.entries()) {
      writeFileSync(join(migrationsFolder, name), `CREATE TABLE table_${index} (id INTEGER);`)
    }
    const applied = (await runInProcesses({ job: 'migrate', location, migrationsFolder })).flat()
    expect(applied).toHaveLength(BUILT_IN.length + names.length)
    expect(new Set(applied)).toEqual(new Set([...BUILT_IN, ...names]))
    const status = await inspect((store) => store.migrations.status())
    expect(status).toEqual({ applied: [...BUILT_IN, ...names], pending: [], problems: [] })
  })
})
