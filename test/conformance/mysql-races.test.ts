import { describe } from 'vitest'
import { useMysql } from '../support/use-mysql.ts'
import { sqlRaces } from './sql-races.ts'

const server = useMysql('races of two processes on MariaDB')

describe('two processes with ten connections each', () => {
  sqlRaces(() => server().createDatabase())
})
