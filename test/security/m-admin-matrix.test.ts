/** Row 189 of the attack table: each page and each form of the admin, asked by everybody whom there is. */
import { afterEach, describe, expect, it } from 'vitest'
import { html } from '../../src/admin/index.ts'
import { adminRows, rowName } from '../../src/admin/row-table.ts'
import type { AdminAnswer, AdminBrowser, Fields } from '../admin/support/admin-browser.ts'
import { type AdminSite, adminSite, closeAdminSites, PASSWORD } from '../admin/support/admin-site.ts'
import { ADMIN_CELLS, type AdminCell, PEOPLE } from './support/admin-cells.ts'
import { EVERY_RIGHT } from './support/admin-house.ts'

afterEach(closeAdminSites)

const PARCELS = { path: 'parcels', title: 'Parcels', permission: 'portress.view_mail' }

/** What the clerk may: some of it. */
const SOME_RIGHTS = ['view_user', 'change_user', 'end_session', 'view_attempt', 'add_group', 'delete_group', 'unlock']

type Rank = 'a stranger' | 'a person' | 'staff without permissions' | 'staff with some permissions' | 'a superuser'

const RANKS: readonly Rank[] = [
  'a stranger',
  'a person',
  'staff without permissions',
  'staff with some permissions',
  'a superuser',
]

/** What the ids in the fields of cells stand for. */
interface House {
  readonly site: AdminSite
  readonly ids: Readonly<Record<'RULE' | 'MAIL' | 'SESSION', string>>
}

/** A site in which each thing can be done that the cells do. */
async function openHouse(rights: readonly string[] = SOME_RIGHTS): Promise<House> {
  const shout = {
    name: 'shout',
    label: 'Shout',
    permission: 'portress.view_attempt',
    run: async ({ users }: { readonly users: readonly unknown[] }) => `Shouted at ${users.length}.`,
  }
  const pages = [{ ...PARCELS, content: () => html`<p>None yet.</p>` }]
  const site = adminSite({ admin: { users: { actions: [shout] }, pages } })
  const { auth, mailer } = site
  const permissions = rights.map((right) => `portress.${right}`)
  await site.add('root', { isStaff: true, isSuperuser: true })
  await site.add('clerk', { isStaff: true, permissions })
  await site.add('bare', { isStaff: true })
  await site.add('boss', { isStaff: true })
  await site.add('ann')
  await site.add('zoe', { isStaff: true, isSuperuser: true })
  mailer.failWith(new Error('no route'))
  await auth.register({ username: 'newcomer', email: 'newcomer@example.org', password: PASSWORD })
  await auth.flush()
  await auth.createGroup({ name: 'Editors', permissions: ['portress.unlock'] })
  const { issued } = await auth.login({ identifier: 'ann', password: PASSWORD })
  for (const name of ['boss', 'zoe']) await auth.login({ identifier: name, password: PASSWORD })
  const caller = { actor: (await auth.login({ identifier: 'root', password: PASSWORD })).issued }
  const rule = await auth.adminSetAddressRule({ range: '198.51.100.1', effect: 'block' }, caller)
  const [mail] = await auth.adminListMails({ state: 'waiting' }, caller)
  return { site, ids: { RULE: rule.id, MAIL: String(mail?.id), SESSION: issued.session.id } }
}

async function browserOf({ site }: House, rank: Rank): Promise<AdminBrowser> {
  switch (rank) {
    case 'a stranger':
      return site.browser()
    case 'a person': {
      const browser = site.browser()
      const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD, carrier: 'cookie' })
      browser.jar.set('__Host-portress-session', issued.token)
      return browser
    }
    case 'staff without permissions':
      return site.browserOf('bare')
    case 'staff with some permissions':
      return site.browserOf('clerk')
    case 'a superuser':
      return site.browserOf('root')
  }
}

async function ask(
  { ids }: House,
  browser: AdminBrowser,
  { method, path, fields = {} }: AdminCell,
): Promise<AdminAnswer> {
  if (method === 'GET') return browser.open(path)
  const given: Fields = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, ids[value as keyof typeof ids] ?? value]),
  )
  return browser.post(path, given)
}

/** What the site knows, as far as anything here could have changed it. */
async function everythingOf({ site: { auth } }: House): Promise<unknown> {
  const caller = { actor: (await auth.login({ identifier: 'zoe', password: PASSWORD })).issued }
  const users = await Promise.all(Object.values(PEOPLE).map((id) => auth.findUserById(id)))
  const rights = await Promise.all(
    Object.values(PEOPLE).map((userId) => auth.listPermissions({ userId }).catch(() => null)),
  )
  return {
    users: users.map((user) => user && { ...user, lastLoginAt: null }),
    rights,
    groups: await auth.listGroups({ limit: 10 }),
    annSessions: (await auth.adminListSessions({ userId: PEOPLE.ann }, caller)).map(({ id }) => id).toSorted(),
    rules: await auth.adminListAddressRules(caller),
    audit: (await auth.adminListAudit({ limit: 1000 }, caller)).length,
  }
}

type Verdict = 'login' | 'refused' | 'done'

function verdictOf({ needs }: AdminCell, rank: Rank): Verdict {
  if (rank === 'a stranger' || rank === 'a person') return 'login'
  if (needs === 'nobody') return 'refused'
  if (rank === 'a superuser') return 'done'
  if (needs === 'superuser') return 'refused'
  const rights = rank === 'staff with some permissions' ? SOME_RIGHTS : []
  return needs.every((right) => rights.includes(right)) ? 'done' : 'refused'
}

const nameOf = ({ method, path, fields }: AdminCell): string =>
  `${method} ${path}${fields === undefined ? '' : ` ${new URLSearchParams(fields as Record<string, string>)}`}`

/** The row of the admin that answers it. */
function rowOf({ method, path }: AdminCell): string {
  const [plain = ''] = path.split('?')
  return `${method} ${plain.replace(/\/\d+\//, '/:id/')}`
}

async function expectDone(house: House, browser: AdminBrowser, cell: AdminCell): Promise<void> {
  const before = (await house.site.auth.adminListAudit({ limit: 1000 }, await rootOf(house))).length
  const answer = await ask(house, browser, cell)
  expect([answer.status < 400, answer.location?.includes('/login/') ?? false], answer.text).toEqual([true, false])
  if (cell.method === 'GET' || cell.isAudited === false) return
  const after = (await house.site.auth.adminListAudit({ limit: 1000 }, await rootOf(house))).length
  expect(after).toBeGreaterThan(before)
}

/** One who is not asked to be anybody else: zoe is deleted by some cells. */
async function rootOf({ site: { auth } }: House) {
  const identifier = (await auth.findUserById(PEOPLE.zoe)) === null ? 'root' : 'zoe'
  const password = PASSWORD
  const login = await auth.login({ identifier, password }).catch(() => auth.login({ identifier: 'root', password }))
  return { actor: login.issued }
}

describe.each(RANKS)('row 189: %s', (rank) => {
  const cellsOf = (verdict: Verdict) => ADMIN_CELLS.filter((cell) => verdictOf(cell, rank) === verdict)

  it('is led to the log-in or refused where the table says so, and changes nothing', async () => {
    const house = await openHouse()
    const browser = await browserOf(house, rank)
    const before = await everythingOf(house)
    for (const cell of [...cellsOf('login'), ...cellsOf('refused')]) {
      const label = nameOf(cell)
      const { status, location, text } = await ask(house, browser, cell)
      if (verdictOf(cell, rank) === 'login') {
        expect([status, location?.startsWith('/admin/login/?next='), text], label).toEqual([302, true, ''])
      } else {
        // Whoever lacks even the permission is refused with the whole request.
        expect([403, cell.refusal ?? 403], label).toContain(status)
      }
      expect(await everythingOf(house), label).toEqual(before)
    }
  })

  it.each(cellsOf('done').map((cell) => [nameOf(cell), cell] as const))('may: %s', async (_name, cell) => {
    const house = await openHouse()
    await expectDone(house, await browserOf(house, rank), cell)
  })
})

describe('row 189: the table', () => {
  it('has every row of the admin that is not for everybody', () => {
    const rows = adminRows([PARCELS]).filter(({ guard }) => guard !== 'public')
    expect(new Set(ADMIN_CELLS.map(rowOf))).toEqual(new Set(rows.map(rowName)))
  })

  const withNeeds = ADMIN_CELLS.filter(({ needs }) => Array.isArray(needs) && needs.length > 0)

  it('asks for no more than it says: who has just that may, and who lacks any of it and has all else may not', async () => {
    for (const cell of withNeeds) {
      const needs = cell.needs as readonly string[]
      const just = await openHouse(needs)
      await expectDone(just, await just.site.browserOf('clerk'), cell)
      await closeAdminSites()
      for (const right of needs) {
        const others = EVERY_RIGHT.map((name) => name.slice('portress.'.length)).filter((name) => name !== right)
        const house = await openHouse(others)
        const { status } = await ask(house, await house.site.browserOf('clerk'), cell)
        expect(status, `${nameOf(cell)} without ${right}`).toBe(403)
        await closeAdminSites()
      }
    }
  })
})
