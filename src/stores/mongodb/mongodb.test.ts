import { MongoClient } from 'mongodb'
import { describe, expect, it } from 'vitest'
import type { StoreSchema } from '../../contracts/store.ts'
import { mongodb } from './index.ts'
import { loadMongodb } from './load-mongodb.ts'
import { translateMongoError } from './mongo-errors.ts'
import { equals } from './values.ts'

const SCHEMA: StoreSchema = { ids: 'integer', fields: {}, profiles: {}, emailUnique: 'always', migrationsFolder: null }

describe('mongodb', () => {
  it('refuses a location that is none, and does not repeat it', () => {
    const none = ['', 'app.db', 'mysql://root:s3cret@host/db', 'mongodb:app', 'mongodb://', 'mongodb://host/a\0b']
    for (const location of none) {
      expect(() => mongodb(location), location).toThrow(TypeError)
      expect(() => mongodb(location), location).not.toThrow(/s3cret/)
    }
  })

  it('refuses limits that are none, and those of a client that is not its own', async () => {
    for (const maxConnections of [0, 1.5, Number.NaN]) {
      expect(() => mongodb('mongodb://host/app', { maxConnections })).toThrow('maxConnections must be a whole number')
    }
    const client = new MongoClient('mongodb://localhost:1/app')
    expect(() => mongodb(client, { maxConnections: 3 })).toThrow('set it on your own client')
    expect(() => mongodb(client.db('app'), { commandTimeoutMilliseconds: 3 })).not.toThrow()
    await client.close()
  })

  it('refuses what is neither a URL nor a client nor a database', () => {
    for (const given of [null, undefined, 7, {}, { databaseName: 'app' }]) {
      expect(() => mongodb(given as never)).toThrow('takes a URL, or a MongoClient or Db')
    }
  })

  it('connects to nothing before it is asked something', async () => {
    await mongodb('mongodb://localhost:1/app').open(SCHEMA).close()
  })

  it('refuses names that MongoDB would read as something else, and one name for two things', () => {
    for (const name of ['a.b', '$a', '', 'a\0b', '_id', 'system.users']) {
      expect(() => mongodb('mongodb://h/a', { naming: { collections: { users: name } } }), name).toThrow(TypeError)
      expect(() => mongodb('mongodb://h/a', { naming: { fields: { users: { status: name } } } }), name).toThrow(
        TypeError,
      )
    }
    expect(() => mongodb('mongodb://h/a', { naming: { collections: { users: 'portress_groups' } } })).toThrow('two')
    expect(() => mongodb('mongodb://h/a', { naming: { fields: { users: { status: 'email' } } } })).toThrow('two')
  })

  it('says which package is missing', () => {
    const missing = (): never => {
      throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' })
    }
    expect(() => loadMongodb(missing)).toThrow(
      new TypeError('the MongoDB store needs the package "mongodb"; add it with `npm install mongodb`'),
    )
    expect(() =>
      loadMongodb(() => {
        throw new SyntaxError('something else')
      }),
    ).toThrow(SyntaxError)
  })
})

describe('a value that is compared with', () => {
  it('is never an operator, whatever a caller without types hands over', () => {
    for (const value of [{ $ne: null }, { $gt: '' }, [], [{ $exists: true }], /a/, null, undefined, () => true]) {
      expect(() => equals(value)).toThrow(TypeError)
    }
    expect(equals('$ne')).toEqual({ $eq: '$ne' })
  })

  it('is a text that is kept as it is', () => {
    for (const text of ['nul\0inside', 'lone \ud800 surrogate']) {
      expect(() => equals(text)).toThrow(expect.objectContaining({ code: 'malformed_request' }))
    }
  })
})

describe('what the driver throws', () => {
  const named = (name: string, code?: number) => Object.assign(new Error('words'), { name, ...(code && { code }) })

  it('is unavailable where the database is out of reach, has no room, or takes too long', () => {
    const errors = [
      named('MongoNetworkError'),
      named('MongoServerSelectionError'),
      named('MongoWaitQueueTimeoutError'),
      named('MongoWriteConcernError', 100),
      named('MongoServerError', 10107),
      named('MongoServerError', 50),
      named('MongoServerError', 14031),
    ]
    for (const error of errors) {
      expect(translateMongoError(error)).toMatchObject({ code: 'unavailable', details: { retryAfterSeconds: 1 } })
    }
  })

  it('is itself where it is anything else', () => {
    for (const error of [named('MongoServerError', 11000), named('MongoServerError', 18), new TypeError('a fault')]) {
      expect(translateMongoError(error)).toBe(error)
    }
  })
})
