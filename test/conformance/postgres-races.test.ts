import { describe } from 'vitest'
import { usePostgres } from '../support/use-postgres.ts'
import { sqlRaces } from './sql-races.ts'

const server = usePostgres('races of two processes on PostgreSQL')

describe('two processes with ten connections each', () => {
  sqlRaces(() => server().createDatabase())
})
