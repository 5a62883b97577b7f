import { describe, expect, it, vi } from 'vitest'
import { useMysql } from '../support/use-mysql.ts'
import { usePostgres } from '../support/use-postgres.ts'
import { HOLDS } from './support/complaints.ts'
import { PATIENT, raceRightPasswords, raceWrongGuesses } from './support/lockout-races.ts'

const SERVERS = { PostgreSQL: usePostgres, MariaDB: useMysql } as const

// Each test starts processes of its own.
vi.setConfig({ testTimeout: 60_000 })

describe.each(Object.entries(SERVERS))('two server processes on one database of %s', (name, useServer) => {
  const server = useServer(`races of two server processes at the lockout on ${name}`)

  it('row 66: a hundred parallel wrong guesses evaluate three', async () => {
    expect(await raceWrongGuesses({ database: await server().createDatabase() })).toEqual(HOLDS)
  })

  it('row 66: a hundred parallel right passwords all pass', async () => {
    const settings = { database: await server().createDatabase(), delayMilliseconds: 0, options: PATIENT }
    expect(await raceRightPasswords(settings)).toEqual(HOLDS)
  })
})
