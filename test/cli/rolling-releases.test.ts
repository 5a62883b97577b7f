/**
 * Releases of an application that follow each other without a pause: the database is migrated forward while the old one
 * serves, both serve side by side, and what nobody uses any more goes last (expand, migrate, contract).
 */
import { cpSync, existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { useMongodb } from '../support/use-mongodb.ts'
import { useMysql } from '../support/use-mysql.ts'
import { usePostgres } from '../support/use-postgres.ts'
import { newWorkplace, type Served, type Workplace } from './portress.ts'

type Databases = () => { readonly createDatabase: () => string | Promise<string> }

const ENGINES: Readonly<Record<string, (what: string) => Databases>> = {
  SQLite: () => () => ({ createDatabase: () => newWorkplace().path('shared.sqlite3') }),
  PostgreSQL: usePostgres,
  MariaDB: useMysql,
  MongoDB: useMongodb,
}

const RELEASES = {
  first: `{ fields: { nick: field.text({ default: 'nobody' }) } }`,
  second: `{
    fields: {
      nick: field.text({ default: 'nobody' }),
      badge: field.number({ integer: true, default: 7 }),
      company: field.text({ unique: true }),
    },
    profiles: { author: { bio: field.text({ default: 'None' }) } },
  }`,
  third: `{
    fields: { badge: field.number({ integer: true, default: 7 }), company: field.text({ unique: true }) },
    profiles: { author: { bio: field.text({ default: 'None' }) } },
  }`,
}

const STORE_AT = pathToFileURL(resolve(import.meta.dirname, '../support/store-at.ts')).href
const FIELD = pathToFileURL(resolve(import.meta.dirname, '../../src/index.ts')).href

/** A folder with a release of the application in it, and with the migrations of the one before. */
function release(name: keyof typeof RELEASES, database: string, before?: Workplace): Workplace {
  const place = newWorkplace()
  writeFileSync(
    place.path('portress.config.ts'),
    `
      import { field } from '${FIELD}'
      import { storeAt } from '${STORE_AT}'

      export default {
        store: storeAt('${database}'),
        secrets: ['q7Zp0vK3xT9mB2nL5sR8wE1yU4iO6aDf'],
        site: { name: 'Acme', origin: 'http://127.0.0.1:4000' },
        environment: 'development',
        login: { emailMustBeVerified: false },
        rateLimits: { registrationsPerAddress: false, passwordsPerAddress: false, mailsPerAddress: false },
        migrationsFolder: '${place.path('migrations')}',
        user: ${RELEASES[name]},
      }
    `,
  )
  if (before && existsSync(before.path('migrations'))) {
    cpSync(before.path('migrations'), place.path('migrations'), { recursive: true })
  }
  return place
}

const PASSWORD = 'sixty copper lanterns at noon'

async function call({ url }: Served, path: string, { body, token }: { body?: unknown; token?: string } = {}) {
  const response = await fetch(`${url}/api${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}

async function register(server: Served, username: string, more: object = {}): Promise<void> {
  const body = { username, email: `${username}@example.org`, password: PASSWORD, ...more }
  expect(await call(server, '/register', { body })).toMatchObject({ status: 201 })
}

/** What the server tells a user about themselves. */
async function logIn(server: Served, identifier: string): Promise<Record<string, unknown>> {
  const { status, json } = await call(server, '/login', { body: { identifier, password: PASSWORD } })
  expect({ status, json }).toMatchObject({ status: 200 })
  const me = await call(server, '/me', { token: String(json['token']) })
  expect(me.status).toBe(200)
  return me.json['user'] as Record<string, unknown>
}

/** People come and go at this server, one after the other, until `end` is called; it tells how many came. */
function crowdAt(server: Served, prefix: string): { readonly end: () => Promise<number> } {
  let isOpen = true
  const work = (async () => {
    let count = 0
    for (; isOpen || count === 0; count += 1) {
      await register(server, `${prefix}${count}`)
      await logIn(server, `${prefix}${count}`)
      // Each of them costs two hashes, and other tests need the processor as well.
      await sleep(100)
    }
    return count
  })()
  // A failure is told by `end`, and by nothing before it.
  work.catch(() => undefined)
  return {
    end() {
      isOpen = false
      return work
    },
  }
}

describe.each(Object.entries(ENGINES))('releases on %s', (name, useServer) => {
  const server = useServer(`releases that follow each other on ${name}`)

  it('follow each other without a refused request', async () => {
    const database = await server().createDatabase()
    const first = release('first', database)
    await first.json(['makemigrations'])
    await first.json(['migrate'])
    const old = await first.serve()
    await register(old, 'ann')

    // Expand, with people at the old release.
    const second = release('second', database, first)
    await second.json(['makemigrations'])
    const busy = crowdAt(old, 'early')
    await second.json(['migrate'])
    const between = await second.serve()
    const alsoBusy = crowdAt(between, 'late')
    await register(between, 'bob', { badge: 12, company: 'Acme', author: { bio: 'Writes.' } })

    // Side by side, and the old one may even start again.
    expect(await logIn(between, 'ann')).toMatchObject({ nick: 'nobody', badge: 7, company: null })
    expect(await logIn(old, 'bob')).not.toHaveProperty('badge')
    const restarted = await first.serve()
    expect((await fetch(`${restarted.url}/ready`)).status).toBe(200)
    await register(restarted, 'cara')
    expect(await logIn(between, 'cara')).toMatchObject({ badge: 7, author: null })
    expect(await busy.end()).toBeGreaterThan(0)
    for (const one of [old, restarted]) expect((await one.stop()).status).toBe(0)

    // Contract: what the third no longer declares goes when the second is gone, with people at the third.
    const third = release('third', database, second)
    const last = await third.serve()
    await register(last, 'dora')
    expect(await logIn(between, 'dora')).toMatchObject({ nick: 'nobody' })
    expect(await alsoBusy.end()).toBeGreaterThan(0)
    await between.stop()
    const stillBusy = crowdAt(last, 'latest')
    // Documents have no columns.
    const dropped = name === 'MongoDB' ? [] : ['portress_users.nick']
    expect(await third.json(['makemigrations', '--drop'])).toMatchObject({ dropped })
    await third.json(['migrate'])
    expect(await logIn(last, 'bob')).toMatchObject({ badge: 12, company: 'Acme', author: { bio: 'Writes.' } })
    expect(await stillBusy.end()).toBeGreaterThan(0)
    expect((await fetch(`${last.url}/ready`)).status).toBe(200)
    expect((await last.stop()).status).toBe(0)
  })
})
