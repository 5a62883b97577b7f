/** Section A of the attack table: what no two users may share, whoever asks at the same moment. */
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { canonicalIdentifier } from '../../src/model/identifier.ts'
import type { Answer } from './support/answer.ts'
import { readTables } from './support/database.ts'
import { closeSites, openSite, PASSWORD, randomSecret, temporaryDatabase } from './support/open-site.ts'
import { race } from './support/send-http.ts'
import { type ServerProcess, startServer } from './support/start-server.ts'

afterEach(closeSites)

interface Outcome {
  readonly statuses: readonly number[]
  /** The values of the column of all rows. */
  readonly values: readonly string[]
}

describe('row 6: parallel registrations of one value', () => {
  const ROUNDS = 3
  const PARALLEL = 50
  const CASES = ['Ann@Example.ORG', 'ann@example.org', 'ANN@example.org', 'ａｎｎ@example.org'.normalize('NFKC')]

  /** At most one row has the value, and nobody is told of a fault of the server. */
  function faultsOf({ statuses, values }: Outcome): readonly string[] {
    const faults = statuses.filter((status) => status >= 500).map((status) => `a status ${status}`)
    const counts = Map.groupBy(values, canonicalIdentifier)
    for (const [value, rows] of counts) if (rows.length > 1) faults.push(`${rows.length} rows have ${value}`)
    if (values.length === 0) faults.push('nobody was registered at all')
    return faults
  }

  async function startTwo(): Promise<{ readonly servers: readonly ServerProcess[]; readonly database: string }> {
    const database = temporaryDatabase()
    const settings = { database, secret: randomSecret(), startsAt: '2026-03-01T12:00:00Z' }
    return { servers: await Promise.all([startServer(settings), startServer(settings)]), database }
  }

  interface Body {
    readonly username: string
    readonly email: string
    readonly password: string
  }

  function raceOver(servers: readonly ServerProcess[], bodyOf: (index: number) => Body): Promise<readonly Answer[]> {
    const calls = Array.from({ length: PARALLEL }, (_, index) => ({
      port: servers[index % servers.length]?.port ?? 0,
      method: 'POST',
      path: '/api/register',
      body: bodyOf(index),
    }))
    return race(calls)
  }

  const columnOf = (database: string, column: string): readonly string[] =>
    (readTables(database).get('portress_users') ?? []).flatMap((row) => {
      const value = row[column]
      return typeof value === 'string' ? [value] : []
    })

  it('row 6: leave one row for one address, in two processes on one file', async () => {
    const { servers, database } = await startTwo()
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await raceOver(servers, (index) => ({
        username: `person${round}x${index}`,
        email: `${round}${CASES[index % CASES.length]}`,
        password: PASSWORD,
      }))
      const statuses = answers.map(({ status }) => status)
      // Each of them is told the same, because nobody may learn who else asked.
      expect(new Set(statuses)).toEqual(new Set([201]))
      expect(faultsOf({ statuses, values: columnOf(database, 'email') })).toEqual([])
    }
  })

  it('row 6: give one name to one of them', async () => {
    const { servers, database } = await startTwo()
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await raceOver(servers, (index) => ({
        username: index % 2 === 0 ? `Robin${round}` : `ROBIN${round}`,
        email: `person${round}x${index}@example.org`,
        password: PASSWORD,
      }))
      const statuses = answers.map(({ status }) => status)
      expect(statuses.filter((status) => status === 201)).toHaveLength(1)
      expect(faultsOf({ statuses, values: columnOf(database, 'username') })).toEqual([])
    }
  })

  it('row 6: control: a registration that looks first and writes afterwards is noticed', async () => {
    const values: string[] = []
    const register = async (email: string): Promise<number> => {
      const isTaken = values.some((value) => canonicalIdentifier(value) === canonicalIdentifier(email))
      await new Promise((resolve) => setTimeout(resolve, 1))
      if (!isTaken) values.push(email)
      return 201
    }
    const statuses = await Promise.all(
      Array.from({ length: PARALLEL }, (_, index) => register(CASES[index % CASES.length] ?? '')),
    )
    expect(faultsOf({ statuses, values })).not.toEqual([])
  })
})

describe('row 7: a missing unique index', () => {
  /** What must be unique so far; further ones come with what they are for. */
  const UNIQUE = [
    ['portress_users', 'username_key'],
    ['portress_users', 'email_key'],
    ['portress_sessions', 'digest'],
  ] as const

  async function problemsOf(location: string): Promise<readonly string[]> {
    const site = await openSite({ location })
    const { problems } = await site.auth.migrationStatus()
    await site.auth.close()
    return problems
  }

  function uniqueIndexes(location: string): readonly { name: string; table: string; columns: readonly string[] }[] {
    const db = new DatabaseSync(location)
    const tables = [...readTables(location).keys()]
    const indexes = tables.flatMap((table) =>
      db
        .prepare('SELECT name FROM pragma_index_list(?) WHERE "unique" = 1')
        .all(table)
        .map(({ name }) => ({
          name: String(name),
          table,
          columns: db
            .prepare('SELECT name FROM pragma_index_info(?)')
            .all(String(name))
            .map((row) => String(row['name'])),
        })),
    )
    db.close()
    return indexes
  }

  it('row 7: there is one for every value that no two rows may share', async () => {
    const location = temporaryDatabase()
    expect(await problemsOf(location)).toEqual([])
    const found = uniqueIndexes(location).map(({ table, columns }) => `${table} ${columns.join()}`)
    for (const [table, column] of UNIQUE) expect(found).toContain(`${table} ${column}`)
    expect(found).toContain('portress_codes digest')
  })

  it('row 7: is told by name, so that nobody serves without it; control: with all of them there is nothing to tell', async () => {
    for (const [table, column] of UNIQUE) {
      const location = temporaryDatabase()
      expect(await problemsOf(location)).toEqual([])
      const index = uniqueIndexes(location).find((one) => one.table === table && one.columns.join() === column)
      const db = new DatabaseSync(location)
      db.exec(`DROP INDEX "${index?.name}"`)
      db.close()
      expect((await problemsOf(location)).join()).toContain(column)
    }
  })
})
