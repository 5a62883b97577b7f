import { afterEach, describe, expect, it } from 'vitest'
import { field } from '../../src/model/declare-field.ts'
import { adminSite, closeAdminSites, PASSWORD, withSuperuser } from './support/admin-site.ts'
import { headingsIn, namesIn } from './support/read-page.ts'

afterEach(closeAdminSites)

const WITHOUT_NAMES = { user: { username: 'none' }, login: { identifiers: ['email'] } } as const

/** Root and some people. */
async function crowd() {
  const found = await withSuperuser()
  const { site } = found
  await site.add('ann', { firstName: 'Ann', lastName: 'Archer', isStaff: true })
  await site.add('ben', { firstName: 'Ben', lastName: 'O_Neil' })
  const carl = await site.add('carl', { firstName: 'Carl 100%', lastName: 'Archer' })
  await site.auth.setStatus({ userId: carl.id, status: 'disabled' })
  return found
}

describe('the columns', () => {
  it('H2: are address, first and last name and staff, in the order of addresses, where users have no names', async () => {
    const site = adminSite({ auth: WITHOUT_NAMES })
    await site.add('root', { isStaff: true, isSuperuser: true })
    await site.add('ann')
    const root = await site.browserOf('root@example.org')
    const { text } = await root.open('/users/')
    expect(headingsIn(text)).toEqual(['Email address', 'First name', 'Last name', 'Staff status'])
    expect(namesIn(text)).toEqual(['ann@example.org', 'root@example.org'])
  })

  it('HA8: have the user name in front, in its order, a hundred to a page', async () => {
    const { site, root } = await withSuperuser()
    for (let index = 0; index < 105; index += 1) await site.add(`user-${String(index).padStart(3, '0')}`)
    const { text } = await root.open('/users/')
    expect(headingsIn(text)).toEqual(['Username', 'Email address', 'First name', 'Last name', 'Staff status'])
    expect(namesIn(text)).toHaveLength(100)
    expect(text).toContain('106 users')
    const next = /rel="next" href="\/admin([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await root.open(next)
    expect(namesIn(second.text)).toHaveLength(6)
    const previous = /rel="prev" href="\/admin([^"]+)"/.exec(second.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(namesIn((await root.open(previous)).text)).toEqual(namesIn(text))
  })

  it('order the list by a heading, and by it the other way round', async () => {
    const { root } = await crowd()
    expect(namesIn((await root.open('/users/?o=-username')).text)).toEqual(['root', 'carl', 'ben', 'ann'])
    const { text } = await root.open('/users/?o=firstName')
    expect(namesIn(text)).toEqual(['ann', 'ben', 'carl', 'root'])
    expect(text).toContain('aria-sort="ascending"')
  })
})

describe('the filters', () => {
  it('H3: are staff, superuser, status and groups, the last only where there are any', async () => {
    const { site, root } = await crowd()
    const before = (await root.open('/users/')).text
    for (const name of ['staff', 'superuser', 'status', 'verified', 'locked', 'joined']) {
      expect(before).toContain(`name="${name}"`)
    }
    expect(before).not.toContain('name="group"')
    const group = await site.auth.createGroup({ name: 'Editors' })
    const ben = await site.auth.findUser('ben')
    await site.auth.setUserGroups({ userId: ben?.id ?? 0, groupIds: [group.id] })
    expect((await root.open('/users/')).text).toContain('name="group"')
    expect(namesIn((await root.open(`/users/?group=${group.id}`)).text)).toEqual(['ben'])
  })

  it.each([
    ['staff=yes', ['ann', 'root']],
    ['staff=no', ['ben', 'carl']],
    ['superuser=yes', ['root']],
    ['status=disabled', ['carl']],
    ['status=active&staff=no', ['ben']],
    ['verified=yes', ['ann', 'ben', 'carl', 'root']],
    ['verified=no', []],
    ['joined=today', ['ann', 'ben', 'carl', 'root']],
    ['staff=', ['ann', 'ben', 'carl', 'root']],
  ])('H3: %s lists %j', async (query, names) => {
    const { root } = await crowd()
    expect(namesIn((await root.open(`/users/?${query}`)).text)).toEqual(names)
  })

  it('list who is locked', async () => {
    const { site, root } = await crowd()
    for (let tries = 0; tries < 4; tries += 1) {
      await site.auth.login({ identifier: 'ben', password: 'wrong' }).catch(() => undefined)
    }
    expect(namesIn((await root.open('/users/?locked=yes')).text)).toEqual(['ben'])
  })
})

describe('the search', () => {
  it.each([
    ['archer', ['ann', 'carl']],
    ['ARCHER carl', ['carl']],
    ['ben@example', ['ben']],
    ['"carl 100%"', ['carl']],
    ['o_neil', ['ben']],
    ['oxneil', []],
    ['100%', ['carl']],
    ['%', ['carl']],
    ['_', ['ben']],
  ])('H4, HA9: %s finds %j', async (words, names) => {
    const { root } = await crowd()
    expect(namesIn((await root.open(`/users/?q=${encodeURIComponent(words)}`)).text)).toEqual(names)
  })

  it('HA9: says that NULs are not allowed', async () => {
    const { root } = await crowd()
    const answer = await root.open('/users/?q=a%00b')
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('Null characters are not allowed.')
  })
})

describe('what the address may ask', () => {
  it.each([
    'password__startswith=a',
    'passwordHash=a',
    'username__startswith=a',
    'groups__permissions=1',
    'staff=1',
    'status=locked',
    'group=x',
    'o=passwordHash',
    'o=isStaff',
    'o=fields.secret',
    'o=constructor',
    'cursor=x',
    'cursor=W10.W10',
    'q=a&q=b',
    'filter[resetToken][$regex]=a',
    '__proto__=x',
  ])('HA10: refuses %s, which the list does not offer', async (query) => {
    const { root } = await crowd()
    const answer = await root.open(`/users/?${query}`)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('Show the whole list')
  })
})

describe('the actions', () => {
  it('HA11: say when nobody or nothing was chosen', async () => {
    const { root } = await crowd()
    await root.open('/users/')
    const nobody = await root.postAndFollow('/users/', { action: 'unlock' })
    expect(nobody.text).toContain(
      'Items must be selected in order to perform actions on them. No items have been changed.',
    )
    for (const action of ['', 'no-such-action', 'toString']) {
      const nothing = await root.postAndFollow('/users/', { action, _selected_action: ['2'] })
      expect(nothing.text).toContain('No action selected.')
    }
    expect((await root.post('/users/', { action: 'unlock', _selected_action: ['x'] })).status).toBe(400)
  })

  it('HA11: delete asks with what goes, and then deletes', async () => {
    const { site, root } = await crowd()
    await root.open('/users/?staff=no')
    const asked = await root.post('/users/?staff=no', { action: 'delete', _selected_action: ['3', '4'] })
    expect(asked.text).toContain('Are you sure you want to delete 2 users?')
    expect(asked.text).toContain('Login attempts')
    expect(await site.auth.findUser('ben')).not.toBeNull()
    const done = await root.post('/users/?staff=no', { action: 'delete', post: 'yes', _selected_action: ['3', '4'] })
    expect(done.location).toBe('/admin/users/?staff=no')
    expect((await root.open('/users/')).text).toContain('Delete selected users: successfully done for 2 users.')
    expect(await site.auth.findUser('ben')).toBeNull()
  })

  it.each([
    ['deactivate', 'ben', async (site: Site) => (await site.auth.findUser('ben'))?.status === 'disabled'],
    ['activate', 'carl', async (site: Site) => (await site.auth.findUser('carl'))?.status === 'active'],
    ['unlock', 'ben', async (site: Site) => (await site.auth.listLocks({ limit: 5 })).length === 0],
    ['send-reset', 'ben', async (site: Site) => (await sentBy(site)).includes('Set a new password for Acme')],
  ] as const)('%s does so', async (action, name, isDone) => {
    const { site, root } = await crowd()
    for (let tries = 0; tries < 4; tries += 1) {
      await site.auth.login({ identifier: 'ben', password: 'wrong' }).catch(() => undefined)
    }
    expect(await isDone(site)).toBe(false)
    const user = await site.auth.findUser(name)
    await root.open('/users/')
    await root.post('/users/', { action, _selected_action: [String(user?.id)] })
    expect(await isDone(site)).toBe(true)
  })

  it('end-sessions logs out', async () => {
    const { site, root } = await crowd()
    const { issued } = await site.auth.login({ identifier: 'ben', password: PASSWORD })
    await root.open('/users/')
    await root.post('/users/', { action: 'end-sessions', _selected_action: ['3'] })
    const request = new Request('https://acme.test/', { headers: { authorization: `Bearer ${issued.token}` } })
    await expect(site.auth.authenticate(request)).rejects.toMatchObject({ code: 'token_invalid' })
  })

  it('say for how many it was refused', async () => {
    const { root, user } = await crowd()
    await root.open('/users/')
    const answer = await root.postAndFollow('/users/', {
      action: 'deactivate',
      _selected_action: [String(user.id), '3'],
    })
    expect(answer.text).toContain('successfully done for 1 user.')
    expect(answer.text).toContain('Refused for 1 user')
  })
})

describe('the exported file', () => {
  it('has the columns and the users of the list', async () => {
    const { root } = await crowd()
    await root.open('/users/?staff=no')
    const answer = await root.post('/users/export/?staff=no&o=-username')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="users.csv"')
    expect(answer.headers.get('x-expected-rows')).toBe('2')
    expect(answer.text.split('\r\n')).toEqual([
      'username,email,firstName,lastName,isStaff',
      'carl,carl@example.org,Carl 100%,Archer,false',
      'ben,ben@example.org,Ben,O_Neil,false',
      '',
    ])
  })

  it('has columns of the developer’s own, and orders by them where an index can', async () => {
    const { site, root } = await withSuperuser({
      auth: { user: { fields: { phone: field.text({ maxLength: 20, unique: true }) } } },
      admin: {
        users: {
          columns: [
            'username',
            'fields.phone',
            { name: 'shout', label: 'Loud', value: ({ username }) => `${username}!` },
          ],
        },
      },
    })
    await site.auth.createUser({
      username: 'ann',
      email: 'ann@example.org',
      password: null,
      passwordCheck: 'bypassed',
      fields: { phone: '123' },
    } as never)
    const { text } = await root.open('/users/?o=fields.phone')
    expect(headingsIn(text)).toEqual(['Username', 'Phone', 'Loud'])
    expect(text).toContain('ann!')
    expect((await root.post('/users/export/')).text).toContain('ann,123,ann!')
  })
})

type Site = ReturnType<typeof adminSite>

async function sentBy({ auth, mailer }: Site): Promise<readonly string[]> {
  await auth.flush()
  return mailer.sent.map(({ subject }) => subject)
}
