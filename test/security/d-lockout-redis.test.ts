import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usePostgres } from '../support/use-postgres.ts'
import { useRedis } from '../support/use-redis.ts'
import { HOLDS } from './support/complaints.ts'
import { PATIENT, raceRightPasswords, raceWrongGuesses } from './support/lockout-races.ts'
import { closeSites, temporaryDatabase } from './support/open-site.ts'

const redis = useRedis('races of two server processes at the lockout on Redis')
const postgres = usePostgres('races of two server processes at the lockout on Redis and PostgreSQL')

// Each test starts processes of its own.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(() => redis().command('FLUSHALL'))
afterEach(closeSites)

const onRedis = () => ({ throttles: redis().url as `redis:${string}`, options: PATIENT })

describe('two server processes that count on one Redis server', () => {
  it('row 66: a hundred parallel wrong guesses evaluate three, beside SQLite', async () => {
    expect(await raceWrongGuesses({ database: temporaryDatabase(), ...onRedis() })).toEqual(HOLDS)
  })

  it('row 66: a hundred parallel wrong guesses evaluate three, beside PostgreSQL', async () => {
    expect(await raceWrongGuesses({ database: await postgres().createDatabase(), ...onRedis() })).toEqual(HOLDS)
  })

  it('row 66: a hundred parallel right passwords all pass', async () => {
    const settings = { database: temporaryDatabase(), delayMilliseconds: 0, ...onRedis() }
    expect(await raceRightPasswords(settings)).toEqual(HOLDS)
  })
})
