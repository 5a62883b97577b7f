import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import type { MigrationStatus } from '../../src/contracts/store.ts'
import type { AuthOptions } from '../../src/create-auth.ts'
import { operations } from '../../src/dialects/operations/index.ts'
import { AuthError } from '../../src/errors.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { replacedStore } from '../support/replaced-store.ts'
import { TEST_ORIGIN, type TestAuth, testAuth } from '../support/test-auth.ts'

const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function start(options: Partial<AuthOptions> = {}): TestAuth & { readonly ask: (path: string) => Promise<Response> } {
  const made = testAuth({ mounts: { '/': operations() }, ...options })
  closers.push(() => made.auth.close())
  return { ...made, ask: (path) => made.auth.fetch(new Request(TEST_ORIGIN + path)) }
}

/** A store whose migrations are as `status` says; counts how often it was asked. */
function storeWith(status: () => Promise<MigrationStatus>): { store: AuthOptions['store']; asked: () => number } {
  let asked = 0
  const store = replacedStore(({ migrations }) => ({
    migrations: {
      ...migrations,
      status: () => {
        asked += 1
        return status()
      },
    },
  }))
  return { store, asked: () => asked }
}

const CURRENT: MigrationStatus = { applied: ['0001_initial'], pending: [], problems: [] }

const unreachable = async (): Promise<MigrationStatus> => {
  throw new AuthError('unavailable', {}, { cause: new Error('connect ECONNREFUSED db.internal:5432') })
}

describe('GET /health', () => {
  it('answers while the process lives, and asks the store nothing', async () => {
    const { store, asked } = storeWith(unreachable)
    const answer = await start({ store }).ask('/health')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toEqual({ status: 'ok' })
    expect(asked()).toBe(0)
  })

  it('answers HEAD without a body, and no other method', async () => {
    const { auth } = start()
    const head = await auth.fetch(new Request(`${TEST_ORIGIN}/health`, { method: 'HEAD' }))
    expect([head.status, await head.text()]).toEqual([200, ''])
    const post = await auth.fetch(new Request(`${TEST_ORIGIN}/health`, { method: 'POST' }))
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect(await post.json()).toEqual({ status: 'error', code: 'method_not_allowed' })
  })

  it('leaves other paths alone', async () => {
    const answer = await start().ask('/healthy')
    expect([answer.status, await answer.json()]).toEqual([404, { status: 'error', code: 'not_found' }])
  })
})

describe('GET /ready', () => {
  it('is ready where the store is reachable and its schema current', async () => {
    const answer = await start().ask('/ready')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ status: 'ready', store: 'reachable', migrations: 'current' })
  })

  it('becomes ready with the migrations, and is not any more once a part of the schema is gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portress-ready-'))
    closers.push(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'app.db')
    const { auth, clock, ask } = start({ store: sqlite(file) })

    const before = await ask('/ready')
    expect([before.status, before.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await before.json()).toEqual({ status: 'not_ready', store: 'reachable', migrations: 'pending' })

    await auth.migrate()
    expect((await ask('/ready')).status).toBe(200)

    const database = new DatabaseSync(file)
    const index = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").get()
    database.exec(`DROP INDEX "${String(index?.['name'])}"`)
    database.close()
    clock.advance({ seconds: 1 })
    const after = await ask('/ready')
    expect([after.status, after.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await after.json()).toEqual({ status: 'not_ready', store: 'reachable', migrations: 'faulty' })
  })

  it('says that the store is away, and nothing about where it is', async () => {
    const answer = await start({ store: storeWith(unreachable).store }).ask('/ready')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await answer.json()).toEqual({ status: 'not_ready', store: 'unreachable', migrations: 'unknown' })
  })

  it('tells the log what it does not tell an outsider', async () => {
    const logged: unknown[] = []
    const logger = { debug() {}, info() {}, error() {}, warn: (fields: object) => logged.push(fields) }
    const problems = ['the index users_email is missing']
    const { store } = storeWith(async () => ({ ...CURRENT, problems }))
    const answer = await start({ store, logger }).ask('/ready')
    expect(await answer.text()).not.toContain('users_email')
    expect(logged).toEqual([{ pending: [], problems }])
  })

  it('answers 500 with a request id and nothing more when the check itself breaks', async () => {
    const { store } = storeWith(() => Promise.reject(new Error('secret of the driver')))
    const answer = await start({ store }).ask('/ready')
    const body = (await answer.json()) as Record<string, unknown>
    expect(answer.status).toBe(500)
    expect(body).toEqual({ status: 'error', requestId: answer.headers.get('x-request-id') })
  })

  it('asks the store once a second at most while all is well, however many probes there are', async () => {
    const { store, asked } = storeWith(async () => CURRENT)
    const { clock, ask } = start({ store })
    await Promise.all(Array.from({ length: 20 }, () => ask('/ready')))
    clock.advance({ milliseconds: 999 })
    await ask('/ready')
    expect(asked()).toBe(1)
    clock.advance({ milliseconds: 1 })
    await ask('/ready')
    expect(asked()).toBe(2)
  })

  it('does not keep an answer because the clock was set back', async () => {
    const { store, asked } = storeWith(async () => CURRENT)
    const { clock, ask } = start({ store })
    await ask('/ready')
    clock.set('2026-02-01T00:00:00Z')
    await ask('/ready')
    expect(asked()).toBe(2)
  })

  it('sees at once that the store is back, and that it has gone when the second is over', async () => {
    let status = unreachable
    const { store } = storeWith(() => status())
    const { clock, ask } = start({ store })
    expect((await ask('/ready')).status).toBe(503)
    status = async () => CURRENT
    expect((await ask('/ready')).status).toBe(200)
    status = unreachable
    clock.advance({ seconds: 1 })
    expect((await ask('/ready')).status).toBe(503)
  })

  it('lets those who ask while the store is away share one check', async () => {
    const { store, asked } = storeWith(unreachable)
    const { ask } = start({ store })
    await Promise.all(Array.from({ length: 20 }, () => ask('/ready')))
    expect(asked()).toBe(1)
  })
})
