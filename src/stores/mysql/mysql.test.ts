import { createPool } from 'mysql2'
import { createPool as createPromisePool } from 'mysql2/promise'
import { describe, expect, it } from 'vitest'
import type { StoreSchema } from '../../contracts/store.ts'
import { AuthError } from '../../errors.ts'
import { field } from '../../model/declare-field.ts'
import { ConnectionFailure } from '../sql/connection-failure.ts'
import { mysql } from './index.ts'
import { loadMysql2 } from './load-mysql2.ts'
import { errorNumber, failureOf, isUnusableAfter, translateMysqlError } from './mysql-errors.ts'
import { mysqlLocation } from './mysql-location.ts'
import { isWorthAnotherTry } from './retry-policy.ts'

const SCHEMA: StoreSchema = { ids: 'integer', fields: {}, profiles: {}, emailUnique: 'always', migrationsFolder: null }

describe('mysql', () => {
  it('refuses a location that is none, and does not repeat it', () => {
    const locations = [
      '',
      'app.db',
      'postgres://root:s3cret@host/db',
      'mysql:app',
      'mysql://root:s3cret@host',
      'mysql://root:s3cret@host/',
      'mysql://root:s3cret@host:port/a',
      'mysql://root:s3cret@host/a\0b',
      'mysql://root:s3cret%@host/a',
      'mysql://root:s3cret@host/a?multipleStatements=true',
      'mysql://root:s3cret@host/a?ssl=s3cret',
      'mysql://root:s3cret@host/a?ssl=[1]',
    ]
    for (const location of locations) {
      expect(() => mysql(location), location).toThrow(TypeError)
      expect(() => mysql(location), location).not.toThrow(/s3cret/)
    }
  })

  it('reads where the database is, and as whom to go there', () => {
    expect(mysqlLocation('mysql://ann%40x:s%2F3@[::1]:3307/my%20app?socketPath=/run/my.sock')).toEqual({
      host: '::1',
      port: 3307,
      user: 'ann@x',
      password: 's/3',
      database: 'my app',
      socketPath: '/run/my.sock',
    })
    expect(mysqlLocation('MariaDB://host/app')).toMatchObject({ host: 'host', port: 3306, user: '', password: '' })
  })

  it('asks for a proof of the host’s name over TLS, unless it is told not to', () => {
    expect(mysqlLocation('mysql://host/app?ssl=true')).toMatchObject({ ssl: { verifyIdentity: true } })
    const own = mysqlLocation('mysql://host/app?ssl={"ca":"x","verifyIdentity":false}')
    expect(own).toMatchObject({ ssl: { ca: 'x', verifyIdentity: false } })
  })

  it('refuses limits that are none, and those of a pool that is not its own', async () => {
    for (const maxConnections of [0, 1.5, Number.NaN]) {
      expect(() => mysql('mysql://host/app', { maxConnections })).toThrow('maxConnections must be a whole number')
    }
    // A timer that is to wait for longer does not wait at all.
    for (const name of ['connectTimeoutMilliseconds', 'statementTimeoutMilliseconds']) {
      expect(() => mysql('mysql://host/app', { [name]: 2 ** 31 })).toThrow(`${name} must be a whole number from 1 to`)
    }
    const pool = createPool({})
    expect(() => mysql(pool, { maxConnections: 3 })).toThrow('set it on your own pool')
    expect(() => mysql(pool, { connectTimeoutMilliseconds: 100 })).not.toThrow()
    pool.end()
  })

  it('takes a pool with promises or callbacks, and nothing else', async () => {
    const pools = [createPool({}), createPromisePool({})] as const
    for (const pool of pools) await mysql(pool).open(SCHEMA).close()
    for (const pool of pools) await pool.end()
    for (const other of [null, undefined, {}, { pool: {} }, 7, () => 1]) {
      // Calls from JavaScript are not checked by the compiler.
      expect(() => mysql(other as never), String(other)).toThrow(TypeError)
    }
  })

  it('connects to nothing before it is asked something', async () => {
    await mysql('mysql://localhost:1/app').open(SCHEMA).close()
  })

  it('refuses names that the database has no room for', () => {
    const long = `a${'b'.repeat(60)}`
    expect(() =>
      mysql('mysql://host/app').open({ ...SCHEMA, fields: { [long]: field.text({ unique: true }) } }),
    ).toThrow('the database has no room for the name')
  })

  it('says which package is missing', () => {
    const missing = (): never => {
      throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' })
    }
    expect(() => loadMysql2(missing)).toThrow(
      new TypeError('the MySQL store needs the package "mysql2"; add it with `npm install mysql2`'),
    )
    expect(() =>
      loadMysql2(() => {
        throw new SyntaxError('something else')
      }),
    ).toThrow(SyntaxError)
  })
})

describe('a failure', () => {
  const ofServer = (errno: number) => Object.assign(new Error('said the server'), { errno, sqlState: 'HY000' })

  it('of the server means that it is away, has no room, or took too long', () => {
    for (const number of [1040, 1053, 1114, 1205, 1213, 1290, 1836, 1969, 3024, 3032]) {
      expect(translateMysqlError(ofServer(number)), `${number}`).toMatchObject({ code: 'unavailable' })
    }
    for (const number of [1045, 1062, 1064, 1146]) {
      expect(translateMysqlError(ofServer(number)), `${number}`).toMatchObject({ errno: number })
    }
    expect(translateMysqlError(ofServer(1406))).toMatchObject({ code: 'malformed_request' })
    expect(translateMysqlError(ofServer(1406))).toBeInstanceOf(AuthError)
  })

  it('of the connection is told from one of a program', () => {
    const network = Object.assign(new Error('connect ECONNREFUSED'), { errno: -111, code: 'ECONNREFUSED' })
    expect(failureOf(network, 'connecting')).toMatchObject({ name: 'ConnectionFailure', moment: 'connecting' })
    const closed = new Error("Can't add new command when connection is in closed state")
    expect(failureOf(closed, 'unknown')).toMatchObject({ name: 'ConnectionFailure', moment: 'unsent' })
    expect(failureOf(ofServer(1053), 'unknown')).toBeInstanceOf(ConnectionFailure)
    expect(failureOf(new TypeError('a fault'), 'unknown')).toBeInstanceOf(TypeError)
    expect(errorNumber(network)).toBeNull()
  })

  it('ends the use of a connection that leads to a server that only reads', () => {
    expect([1290, 1792, 1836, 1243].map((number) => isUnusableAfter(ofServer(number)))).toEqual(Array(4).fill(true))
    expect(isUnusableAfter(ofServer(1062))).toBe(false)
  })

  it('of those that another look may mend is tried again, and not for ever', () => {
    expect([1213, 1062].map((number) => isWorthAnotherTry(ofServer(number), 19))).toEqual([true, true])
    expect([1213, 1062].map((number) => isWorthAnotherTry(ofServer(number), 20))).toEqual([false, false])
    expect([1205, 1064, 1969].map((number) => isWorthAnotherTry(ofServer(number), 1))).toEqual([false, false, false])
  })
})
