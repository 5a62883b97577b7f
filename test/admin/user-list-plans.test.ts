/** What the pages of users ask a database for: no statement may look at more when there are more users. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fillSqlite } from '../../bench/support/fill-users.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import type { AdminBrowser } from './support/admin-browser.ts'
import { adminSite, closeAdminSites } from './support/admin-site.ts'

/** More than the widest window, so that a walk without an end would show. */
const MANY = 20_000

const FEW = 300

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portress-plans-'))
})

afterEach(async () => {
  await closeAdminSites()
  rmSync(folder, { recursive: true, force: true })
})

/** Every order with every kind of filter and search, as addresses of the list. */
const ORDERS = ['username', '-email', 'firstName', '-lastName', 'dateJoined', '-lastLoginAt', 'id']
const CONDITIONS = [
  '',
  'q=first4',
  'q=reader-0000042',
  'q="first7 last8"',
  'staff=yes',
  'staff=no',
  'superuser=no',
  'status=active',
  'status=disabled',
  'status=pending',
  'verified=no',
  'group=1',
  'joined=week',
  'lastLogin=never',
  'status=disabled&q=first7&joined=year',
]

const PATHS = [
  ...CONDITIONS.map((query) => `/users/?${query}`),
  ...ORDERS.flatMap((order) => ['', '&status=disabled', '&q=first4'].map((more) => `/users/?o=${order}${more}`)),
]

interface Site {
  readonly file: string
  readonly root: AdminBrowser
}

async function siteOf(count: number): Promise<Site> {
  const file = join(folder, `${count}.sqlite3`)
  const site = adminSite({
    auth: { store: sqlite(file) },
    admin: {
      users: {
        columns: ['username', 'email', 'firstName', 'lastName', 'dateJoined', 'lastLoginAt'],
        filters: ['staff', 'superuser', 'status', 'verified', 'group', 'joined', 'lastLogin'],
      },
    },
  })
  await site.auth.migrate()
  await site.add('root', { isStaff: true, isSuperuser: true })
  fillSqlite(file, count)
  return { file, root: await site.browserOf('root') }
}

/** A page and behind it the next one, each of which must be there. */
async function openTwo(root: AdminBrowser, path: string): Promise<void> {
  const first = await root.open(path)
  expect(first.status, path).toBe(200)
  const next = /rel="next" href="\/admin([^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&')
  if (next !== undefined) expect((await root.open(next)).status, next).toBe(200)
}

/** What a statement does that grows with the number of users, by its plan. */
function growing(database: DatabaseSync, text: string): readonly string[] {
  const steps = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { readonly detail: string }[]
  const details = steps.map(({ detail }) => detail)
  // A part of the statement that is read as if it were a table has an end of its own.
  const parts = details.flatMap((detail) => /^(?:CO-ROUTINE|MATERIALIZE) (\w+)$/.exec(detail)?.[1] ?? [])
  const walks = details.filter((detail) => detail.startsWith('SCAN ') && detail !== 'SCAN CONSTANT ROW')
  const ofParts = walks.filter((detail) => parts.some((name) => detail === `SCAN ${name}`)).slice(0, parts.length)
  const ofTables = walks.length - ofParts.length
  // Of candidates there are no more than a few, whatever they are put in order by.
  const sorts = details.filter(
    (detail) => detail.startsWith('USE TEMP B-TREE') && !text.includes('AS found CROSS JOIN'),
  )
  return [...(ofTables > 0 && !isWindow(text) ? walks : []), ...sorts]
}

/** Whether all walks through a table take its rows in an order, up to a number, and look at nothing but that order. */
function isWindow(text: string): boolean {
  const walks = [
    ...text.matchAll(
      /FROM "portress_\w+"(?: AS u)?(?: WHERE ((?:(?! ORDER BY| LIMIT).)*))?(?: ORDER BY ([^()]*?))? LIMIT /g,
    ),
  ]
  const columnsIn = (part = ''): readonly string[] => [...part.matchAll(/"(\w+)"/g)].map(([, name = '']) => name)
  return (
    walks.length > 0 &&
    walks.every(([, tests, order]) => columnsIn(tests).every((name) => columnsIn(order).includes(name)))
  )
}

describe('the pages of users', () => {
  it('ask for nothing that no index has, or that has no end', async () => {
    const { file, root } = await siteOf(FEW)
    const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare')
    for (const path of PATHS) await openTwo(root, path)
    const texts = new Set(prepare.mock.calls.map(([text]) => text).filter((text) => /^SELECT/.test(text)))
    prepare.mockRestore()
    expect([...texts].filter((text) => text.includes('portress_users')).length).toBeGreaterThan(50)
    const database = new DatabaseSync(file)
    const found = [...texts].flatMap((text) => growing(database, text).map((step) => `${step}: ${text}`))
    expect(found).toEqual([])
    // Controls: what looks at a text of everybody, in the order of something else, and what puts everybody in order.
    const users = 'FROM "portress_users" AS u'
    for (const text of [
      `SELECT u."id" ${users} WHERE u."last_name_key" LIKE '%x%' ORDER BY u."username_key" LIMIT 10`,
      `SELECT u."id" ${users} WHERE u."last_name_key" LIKE '%x%' LIMIT 10`,
      `SELECT COUNT(*) ${users}`,
      `SELECT u."id" ${users} ORDER BY u."last_name" LIMIT 10`,
    ]) {
      expect(growing(database, text), text).not.toEqual([])
    }
    expect(growing(database, `SELECT u."id" ${users} ORDER BY u."username_key" LIMIT 10`)).toEqual([])
    database.close()
  })

  it('read and ask no more of many users than of few', async () => {
    const small = await asked(await siteOf(FEW))
    const large = await asked(await siteOf(MANY))
    for (const path of PATHS) {
      const [few, many] = [small.get(path), large.get(path)]
      // A page of a hundred, one more to see whether there is another, and what every page reads of its operator.
      expect(many?.rows, path).toBeLessThan(150 + 101)
      expect(many?.statements, path).toBeLessThan((few?.statements ?? 0) + 10)
    }
  })
})

interface Asked {
  readonly rows: number
  readonly statements: number
}

/** How many rows came back for each page, by how many statements. */
async function asked({ root }: Site): Promise<ReadonlyMap<string, Asked>> {
  const found = new Map<string, Asked>()
  const [all, get] = [vi.spyOn(StatementSync.prototype, 'all'), vi.spyOn(StatementSync.prototype, 'get')]
  for (const path of PATHS) {
    all.mockClear()
    get.mockClear()
    expect((await root.open(path)).status, path).toBe(200)
    const rows = all.mock.results.reduce((sum, { value }) => sum + (value as readonly unknown[]).length, 0)
    found.set(path, { rows, statements: all.mock.calls.length + get.mock.calls.length })
  }
  all.mockRestore()
  get.mockRestore()
  return found
}
