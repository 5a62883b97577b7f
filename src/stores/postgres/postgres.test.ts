import { Pool } from 'pg'
import { describe, expect, it } from 'vitest'
import type { StoreSchema } from '../../contracts/store.ts'
import { field } from '../../model/declare-field.ts'
import { postgres } from './index.ts'
import { loadPg } from './load-pg.ts'
import { preparedStatements } from './prepared-statements.ts'

const SCHEMA: StoreSchema = { ids: 'integer', fields: {}, profiles: {}, emailUnique: 'always', migrationsFolder: null }

describe('postgres', () => {
  it('refuses a location that is none, and does not repeat it', () => {
    for (const location of ['', 'app.db', 'mysql://root:s3cret@host/db', 'postgres:app', 'postgres://host/a\0b']) {
      expect(() => postgres(location), location).toThrow(TypeError)
      expect(() => postgres(location), location).not.toThrow(/s3cret/)
    }
  })

  it('refuses limits that are none, and those of a pool that is not its own', async () => {
    for (const maxConnections of [0, 1.5, Number.NaN]) {
      expect(() => postgres('postgres://host/app', { maxConnections })).toThrow('maxConnections must be a whole number')
    }
    const pool = new Pool()
    expect(() => postgres(pool, { maxConnections: 3 })).toThrow('set it on your own pool')
    await pool.end()
  })

  it('connects to nothing before it is asked something', async () => {
    await postgres('postgres://localhost:1/app').open(SCHEMA).close()
  })

  it('refuses names that the database would cut off', () => {
    const long = `a${'b'.repeat(60)}`
    expect(() =>
      postgres('postgres://host/app').open({ ...SCHEMA, fields: { [long]: field.text({ unique: true }) } }),
    ).toThrow('the database has no room for the name')
  })

  it('says which package is missing', () => {
    const missing = (): never => {
      throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' })
    }
    expect(() => loadPg(missing)).toThrow(
      new TypeError('the PostgreSQL store needs the package "pg"; add it with `npm install pg`'),
    )
    expect(() =>
      loadPg(() => {
        throw new SyntaxError('something else')
      }),
    ).toThrow(SyntaxError)
  })
})

describe('the names of prepared statements', () => {
  it('are those of their text, and end when a connection keeps enough', () => {
    const preparedOf = preparedStatements()
    const nameOf = (statement: { readonly text: string; readonly gives: 'rows' }) => preparedOf(statement)?.name ?? null
    const statement = (text: string) => ({ text, gives: 'rows' }) as const
    const first = nameOf(statement('SELECT 1'))
    expect(first).toMatch(/^portress_[\w-]{22}$/)
    expect(nameOf(statement('SELECT 1'))).toBe(first)
    const names = Array.from({ length: 600 }, (_, index) => nameOf(statement(`SELECT ${index}`)))
    expect(new Set(names).size).toBe(501)
    expect(names.at(-1)).toBeNull()
    expect(nameOf(statement('SELECT 1'))).toBe(first)
  })
})
