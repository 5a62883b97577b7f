/** Lists that are longer than a page, and the names of people in them. */
import { afterEach, describe, expect, it } from 'vitest'
import type { NamedGroup } from '../../src/model/group.ts'
import { replacedStore } from '../support/replaced-store.ts'
import { adminSite, closeAdminSites, PASSWORD, withSuperuser } from './support/admin-site.ts'
import { fieldIn, textOf } from './support/read-page.ts'

afterEach(closeAdminSites)

type Found = Awaited<ReturnType<typeof withSuperuser>>

/** The rows of a list from its first page to its last, as the links lead there. */
async function walk({ root }: Pick<Found, 'root'>, path: string, row: RegExp): Promise<readonly string[]> {
  const rows: string[] = []
  for (let next: string | null = path; next !== null; ) {
    const { text, status } = await root.open(next)
    expect(status).toBe(200)
    rows.push(...[...text.matchAll(row)].map(([, found = '']) => found))
    next = /rel="next" href="\/admin([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? null
  }
  return rows
}

describe('locks', () => {
  it('are listed page by page, however many there are, with whom each is about', async () => {
    const found = await withSuperuser()
    const { site, root } = found
    await site.add('ann')
    // From somewhere else each time, so that no address is locked before them.
    for (const [at, identifier] of [
      'ann',
      ...Array.from({ length: 205 }, (_, number) => `nobody-${number}`),
    ].entries()) {
      for (let tries = 0; tries < 3; tries += 1) {
        const address = `198.18.${at}.${tries}`
        await site.auth.login({ identifier, password: 'wrong' }, { address }).catch(() => undefined)
      }
    }
    const ids = await walk(found, '/locks/', /name="lock" value="([^"]+)"/g)
    const all = await site.auth.listLocks({ limit: 10_000 })
    expect(all.length).toBeGreaterThan(200)
    expect(ids.toSorted()).toEqual(all.map(({ id }) => id).toSorted())
    expect(new Set(ids).size).toBe(ids.length)
    const { text } = await root.open('/locks/')
    expect(text).toContain('rel="next"')
    for (const cursor of ['x', 'W10.W10', 'a'.repeat(5000)]) {
      expect((await root.open(`/locks/?cursor=${cursor}`)).status).toBe(400)
    }
  })

  it('that do not end by themselves are no end of the list either', async () => {
    const found = await withSuperuser({ auth: { lockout: { dangerouslyPermanent: true } } })
    for (let at = 0; at < 105; at += 1) {
      for (let tries = 0; tries < 3; tries += 1) {
        await found.site.auth.login({ identifier: `nobody-${at}`, password: 'wrong' }).catch(() => undefined)
      }
    }
    expect(new Set(await walk(found, '/locks/', /name="lock" value="([^"]+)"/g)).size).toBeGreaterThan(104)
  })
})

describe('groups', () => {
  const all: readonly NamedGroup[] = Array.from({ length: 6000 }, (_, at) => ({ id: at + 1, name: `group ${at + 1}` }))
  const store = replacedStore(({ groups }) => ({
    groups: {
      ...groups,
      names: async ({ after, limit }) => all.filter(({ id }) => Number(id) > Number(after ?? 0)).slice(0, limit),
      list: async () => {
        throw new Error('nobody counts the members of all groups for a list of names')
      },
      find: async (id) => {
        const group = all.find((one) => one.id === id)
        return group === undefined ? null : { ...group, permissions: [] }
      },
      groupsOf: async () => [{ id: 5999, name: 'group 5999', permissions: [] }],
    },
  }))

  it('are offered as a filter, a thousand of them, and the one that is asked for', async () => {
    const { root } = await withSuperuser({ auth: { store } })
    const { text } = await root.open('/users/')
    const offered = [...(/<select id="id_filter_group"[\s\S]*?<\/select>/.exec(text)?.[0] ?? '').matchAll(/<option/g)]
    expect(offered).toHaveLength(1001)
    const other = await root.open('/users/?group=4711')
    expect(textOf(/<option value="4711" selected>[^<]*/.exec(other.text)?.[0] ?? '')).toBe('group 4711')
    expect((await root.open('/users/?group=7000')).status).toBe(200)
  })

  it('that a user is in stay in the form, wherever they stand in the list', async () => {
    const { root, user } = await withSuperuser({ auth: { store } })
    const { text } = await root.open(`/users/${user.id}/`)
    expect(fieldIn(text, 'groups')).toEqual(['5999'])
    const site = adminSite({ auth: { store } })
    await site.add('root', { isStaff: true, isSuperuser: true })
    const ann = await site.add('ann')
    const form = (await (await site.browserOf('root')).open(`/users/${ann.id}/`)).text
    expect(fieldIn(form, 'groups')).toEqual(['5999'])
    expect(form).toContain('Only the first 5,000 groups and those of the user are offered.')
    expect([
      ...(/<select[^>]*name="groups"[\s\S]*?<\/select>/.exec(form)?.[0] ?? '').matchAll(/<option/g),
    ]).toHaveLength(5001)
  })

  it('are listed page by page', async () => {
    const found = await withSuperuser()
    for (let at = 0; at < 405; at += 1) await found.site.auth.createGroup({ name: `group ${at}` })
    const names = await walk(found, '/groups/', /<td data-label="Name"><a href="[^"]+"><bdi>([^<]+)/g)
    expect(names).toEqual(Array.from({ length: 405 }, (_, at) => `group ${at}`))
  })
})

describe('people in lists', () => {
  it('have names among the attempts, read once for the whole page', async () => {
    let reads = 0
    const counted = replacedStore(({ userLists, users }) => ({
      userLists: {
        ...userLists,
        page: async (query) => {
          reads += 1
          return userLists.page(query)
        },
      },
      users: { ...users },
    }))
    const { site, root, user } = await withSuperuser({ auth: { store: counted } })
    const ann = await site.add('ann')
    for (const identifier of ['ann', 'root', 'nobody', 'ann']) {
      await site.auth.login({ identifier, password: 'wrong' }).catch(() => undefined)
    }
    reads = 0
    const { text } = await root.open('/attempts/')
    expect(reads).toBe(1)
    expect(text).toContain(`<a href="/admin/users/${ann.id}/"><bdi>ann</bdi></a>`)
    expect(text).toContain(`<a href="/admin/users/${user.id}/"><bdi>root</bdi></a>`)
  })

  it('have the names of today in the audit log, and of whoever is gone the one of that time, without a link', async () => {
    const { site, root } = await withSuperuser()
    const [ann, bob] = [await site.add('ann'), await site.add('bob')]
    await root.open('/users/')
    await root.post('/users/', { action: 'deactivate', _selected_action: [String(ann.id), String(bob.id)] })
    await site.auth.updateProfile({ userId: ann.id, username: 'anna' }, await callerOf(site))
    await root.post('/users/', { action: 'delete', post: 'yes', _selected_action: [String(bob.id)] })
    const { text } = await root.open('/audit/?action=user.deactivated')
    expect(text).toContain(`<a href="/admin/users/${ann.id}/"><bdi>anna</bdi></a>`)
    expect(textOf(text)).toContain('bob')
    expect(text).not.toContain(`href="/admin/users/${bob.id}/"`)
  })

  it('without user names are told apart by addresses, which only those see in full who may see users', async () => {
    const site = adminSite({ auth: { user: { username: 'none' }, login: { identifiers: ['email'] } as never } })
    await site.add('root', { isStaff: true, isSuperuser: true })
    await site.add('clerk', { isStaff: true, permissions: ['portress.view_attempt', 'portress.view_audit'] })
    const ann = await site.add('ann')
    const root = await site.browserOf('root@example.org')
    await root.post('/users/', { action: 'deactivate', _selected_action: [String(ann.id)] })
    const clerk = await site.browserOf('clerk@example.org')
    for (const path of ['/attempts/', '/audit/']) {
      expect((await root.open(path)).text, path).toContain('<bdi>root@example.org</bdi>')
      const { text } = await clerk.open(path)
      expect(text, path).toContain('<bdi>r***@example.org</bdi>')
      expect(text.replaceAll(/<td data-label="Entered name">[\s\S]*?<\/td>/g, ''), path).not.toContain(
        'root@example.org',
      )
    }
    // Nor does asking for an address tell whose it is.
    for (const path of ['/attempts/?user=root@example.org', '/audit/?actor=root@example.org']) {
      expect((await root.open(path)).text, path).toContain('<bdi>root@example.org</bdi>')
      expect((await clerk.open(path)).text, path).not.toContain('<bdi>r***@example.org</bdi>')
    }
  })
})

async function callerOf({ auth }: Found['site']) {
  return { actor: (await auth.login({ identifier: 'root', password: PASSWORD })).issued }
}
