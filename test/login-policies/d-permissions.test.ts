/** Who may do what: D14 and A2 of the contract about login policies, and the data behind them. */
import { describe, expect, it } from 'vitest'
import type { UserOf } from '../../src/auth.ts'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import type { AuthenticationBackend, PermissionVerdict } from '../../src/contracts/authentication-backend.ts'
import type { EventMap } from '../../src/contracts/hooks.ts'
import type { AuthOptions } from '../../src/create-auth.ts'
import { field } from '../../src/model/declare-field.ts'
import type { FieldDefinitions } from '../../src/model/field.ts'
import { BUILT_IN_PERMISSIONS } from '../../src/model/permission.ts'
import type { UserId } from '../../src/model/user.ts'
import { GOOD_PASSWORD, refusalOf } from '../support/accounts.ts'
import { bearer, HOSTILE_VALUES, newMember } from '../support/members.ts'
import { openStore } from '../support/open-store.ts'
import { type TestAuth, testAuth } from '../support/test-auth.ts'

const PERMISSIONS = {
  'blog.add_post': 'Can add a post',
  'blog.delete_post': 'Can delete a post',
  'shop.view_order': 'Can view an order',
} as const

const EVERY_PERMISSION = [...Object.keys(PERMISSIONS), ...Object.keys(BUILT_IN_PERMISSIONS)]

const newSite = (options: Partial<AuthOptions> = {}): TestAuth => testAuth({ permissions: PERMISSIONS, ...options })

type Marks = Partial<Pick<UserOf<FieldDefinitions>, 'isStaff' | 'isSuperuser'>>

async function addUser({ auth }: TestAuth, username: string, marks: Marks = {}): Promise<UserOf<FieldDefinitions>> {
  const email = `${username}@example.org`
  return auth.createUser({ username, email, password: GOOD_PASSWORD, passwordCheck: 'bypassed', ...marks })
}

/** The permissions that the user has, of all that are declared, each asked for by itself. */
async function allowed({ auth }: TestAuth, user: UserId | { readonly id: UserId }): Promise<readonly string[]> {
  const answers = await Promise.all(EVERY_PERMISSION.map((permission) => auth.hasPermission(user, permission)))
  return EVERY_PERMISSION.filter((_, index) => answers[index])
}

/** The modules whose pages are for the user. */
async function openModules({ auth }: TestAuth, user: { readonly id: UserId }): Promise<readonly string[]> {
  const modules = ['blog', 'shop', 'portress']
  const answers = await Promise.all(modules.map((module) => auth.hasModulePermissions(user, module)))
  return modules.filter((_, index) => answers[index])
}

/** A backend that recognises people as the built-in one does, and answers for permissions as it is told to. */
function backendWith(name: string, hasPermission?: AuthenticationBackend['hasPermission']): AuthenticationBackend {
  const password = passwordBackend({ identifiers: ['username', 'email'] })
  return { ...password, name, ...(hasPermission === undefined ? {} : { hasPermission }) }
}

const always =
  (verdict: PermissionVerdict): AuthenticationBackend['hasPermission'] =>
  async () =>
    verdict

describe('D14: what a backend allows', () => {
  it('D14: one that only recognises people allows them nothing, and never everything', async () => {
    const site = newSite({ login: { backends: [backendWith('bare')] } })
    const { user } = await newMember(site, 'ann')
    expect(await allowed(site, user)).toEqual([])
    expect((await site.auth.listPermissions({ userId: user.id })).effective).toEqual([])
  })

  it('D14: leaves what is stored in force, whatever recognises people', async () => {
    const site = newSite({ login: { backends: [backendWith('bare')] } })
    const ann = await addUser(site, 'ann')
    await site.auth.setUserPermissions({ userId: ann.id, permissions: ['blog.add_post'] })
    expect(await allowed(site, ann)).toEqual(['blog.add_post'])
  })

  it('D14: one that answers for permissions grants those, and no other', async () => {
    const asked: string[] = []
    const directory = backendWith('directory', async (user, permission, { users, canonical }) => {
      asked.push(permission)
      const [present] = await users.findByIdentifier(canonical(`${user.username}`), ['username'], 1)
      return present?.username === 'ann' && permission.startsWith('shop.') ? 'granted' : 'unknown'
    })
    const site = newSite({ login: { backends: [backendWith('bare'), directory] } })
    const ann = await addUser(site, 'ann')
    const bob = await addUser(site, 'bob')
    expect(await allowed(site, ann)).toEqual(['shop.view_order'])
    expect(await allowed(site, bob)).toEqual([])
    expect(new Set(asked)).toEqual(new Set(EVERY_PERMISSION))
    expect((await site.auth.listPermissions({ userId: ann.id })).effective).toEqual([
      {
        permission: 'shop.view_order',
        module: 'shop',
        description: 'Can view an order',
        sources: ['backend:directory'],
      },
    ])
  })

  it('D14: the first that denies ends the asking, but takes nothing away that is stored', async () => {
    const backends = [
      backendWith('first', always('unknown')),
      backendWith('second', async (_, permission) => (permission === 'blog.add_post' ? 'denied' : 'unknown')),
      backendWith('third', always('granted')),
    ]
    const site = newSite({ login: { backends } })
    const ann = await addUser(site, 'ann')
    const others = EVERY_PERMISSION.filter((permission) => permission !== 'blog.add_post')
    expect(await allowed(site, ann)).toEqual(others)
    await site.auth.setUserPermissions({ userId: ann.id, permissions: ['blog.add_post'] })
    expect(await allowed(site, ann)).toEqual(EVERY_PERMISSION)
  })

  it('D14: neither inactive users nor superusers are asked about', async () => {
    const site = newSite({ login: { backends: [backendWith('generous', always('granted'))] } })
    const ann = await addUser(site, 'ann')
    expect(await allowed(site, ann)).toEqual(EVERY_PERMISSION)
    await site.auth.setStatus({ userId: ann.id, status: 'disabled' })
    expect(await allowed(site, ann)).toEqual([])
    const strict = newSite({ login: { backends: [backendWith('strict', always('denied'))] } })
    expect(await allowed(strict, await addUser(strict, 'root', { isSuperuser: true }))).toEqual(EVERY_PERMISSION)
  })

  it.each([true, 1, 'yes', null, {}, [], Symbol('granted')])(
    'D14: an answer that is none opens nothing: %s',
    async (answer) => {
      const odd = backendWith('odd', async () => answer as PermissionVerdict)
      const site = newSite({ login: { backends: [odd] } })
      const ann = await addUser(site, 'ann')
      const given = await site.auth.hasPermission(ann, 'blog.add_post').catch((error: unknown) => error)
      expect(given === false || given instanceof TypeError).toBe(true)
    },
  )

  it('D14: a backend that fails opens nothing', async () => {
    const failing = backendWith('failing', () => Promise.reject(new RangeError('the directory is away')))
    const site = newSite({ login: { backends: [failing] } })
    const ann = await addUser(site, 'ann')
    await expect(site.auth.hasPermission(ann, 'blog.add_post')).rejects.toThrow(RangeError)
    await expect(
      site.auth.hasModulePermissions(await addUser(site, 'eve', { isStaff: true }), 'blog'),
    ).rejects.toThrow()
  })
})

describe('A2: permissions of the user of system S1', () => {
  const newS1 = () =>
    testAuth({
      permissions: PERMISSIONS,
      user: { usernameMaxLength: 15, fields: { description: field.text({ maxLength: 50, default: 'None' }) } },
    })

  it('A2: grants everything to active superusers only', async () => {
    const site = newS1() as TestAuth
    const admin = await addUser(site, 'admin1', { isStaff: true, isSuperuser: true })
    const staff = await addUser(site, 'staff1', { isStaff: true })
    const plain = await addUser(site, 'plain1')
    expect(await allowed(site, admin)).toEqual(EVERY_PERMISSION)
    expect(await allowed(site, staff)).toEqual([])
    expect(await allowed(site, plain)).toEqual([])
    await site.auth.setStatus({ userId: admin.id, status: 'disabled' })
    expect(await allowed(site, admin)).toEqual([])
  })

  it('A2: opens modules to active staff only, and those of which they may do something', async () => {
    const site = newS1() as TestAuth
    const users = {
      admin: await addUser(site, 'admin1', { isStaff: true, isSuperuser: true }),
      staff: await addUser(site, 'staff1', { isStaff: true }),
      idle: await addUser(site, 'idle1', { isStaff: true }),
      plain: await addUser(site, 'plain1'),
      // All permissions, but none of the staff.
      remote: await addUser(site, 'remote1', { isSuperuser: true }),
    }
    for (const { id } of [users.staff, users.plain]) {
      await site.auth.setUserPermissions({ userId: id, permissions: ['blog.add_post'] })
    }
    expect(await openModules(site, users.admin)).toEqual(['blog', 'shop', 'portress'])
    expect(await openModules(site, users.staff)).toEqual(['blog'])
    expect(await openModules(site, users.idle)).toEqual([])
    expect(await allowed(site, users.plain)).toEqual(['blog.add_post'])
    expect(await openModules(site, users.plain)).toEqual([])
    expect(await allowed(site, users.remote)).toEqual(EVERY_PERMISSION)
    expect(await openModules(site, users.remote)).toEqual([])
    for (const { id } of Object.values(users)) await site.auth.setStatus({ userId: id, status: 'disabled' })
    for (const user of Object.values(users)) expect(await openModules(site, user)).toEqual([])
  })

  it('A2: opens modules by groups and by backends as well', async () => {
    const directory = backendWith('directory', async (_, permission) =>
      permission === 'shop.view_order' ? 'granted' : 'unknown',
    )
    const site = newSite({ login: { backends: [directory] } })
    const staff = await addUser(site, 'ann', { isStaff: true })
    expect(await openModules(site, staff)).toEqual(['shop'])
    const { id } = await site.auth.createGroup({ name: 'Editors', permissions: ['blog.delete_post'] })
    await site.auth.setUserGroups({ userId: staff.id, groupIds: [id] })
    expect(await openModules(site, staff)).toEqual(['blog', 'shop'])
  })
})

describe('hasPermission', () => {
  it('answers for a user, or for the id of one, as things are now', async () => {
    for (const ids of ['integer', 'uuid'] as const) {
      const site = newSite({ ids })
      const ann = await addUser(site, 'ann', { isSuperuser: true })
      expect(await allowed(site, ann)).toEqual(EVERY_PERMISSION)
      expect(await allowed(site, ann.id)).toEqual(EVERY_PERMISSION)
      expect(await site.auth.hasPermission(`${ann.id}`, 'blog.add_post')).toBe(true)
      await site.auth.updateUser({ userId: ann.id, isSuperuser: false })
      expect(ann.isSuperuser).toBe(true)
      expect(await allowed(site, ann)).toEqual([])
    }
  })

  it('forgets what a deleted user could do, and knows nobody by a hostile id', async () => {
    const site = newSite()
    const { user, caller } = await newMember(site, 'ann', { isSuperuser: true })
    await site.auth.deleteAccount({ currentPassword: GOOD_PASSWORD }, caller)
    expect(await allowed(site, user)).toEqual([])
    for (const value of [undefined, ...HOSTILE_VALUES]) {
      expect(await site.auth.hasPermission(value as UserId, 'blog.add_post'), String(value)).toBe(false)
      expect(await site.auth.hasPermission({ id: value as UserId }, 'blog.add_post')).toBe(false)
      expect(await site.auth.hasModulePermissions(value as UserId, 'blog')).toBe(false)
    }
  })

  it('throws for a name that is not declared, with the one that was meant', async () => {
    const { auth } = newSite()
    const ask = (permission: unknown) => auth.hasPermission(1, permission as string)
    await expect(ask('blog.add_pots')).rejects.toThrow(
      new TypeError('there is no permission "blog.add_pots"; did you mean "blog.add_post"?'),
    )
    await expect(ask('garden.dig')).rejects.toThrow(
      new TypeError('there is no permission "garden.dig"; declare it in the option permissions'),
    )
    await expect(auth.hasModulePermissions(1, 'blgo')).rejects.toThrow(
      new TypeError('there is no module "blgo"; did you mean "blog"?'),
    )
    for (const value of [undefined, ...HOSTILE_VALUES, 'toString', '__proto__', 'constructor']) {
      await expect(ask(value), String(value)).rejects.toThrow(TypeError)
      await expect(auth.hasModulePermissions(1, value as string), String(value)).rejects.toThrow(TypeError)
    }
  })

  it('says no to what is stored but no longer declared', async () => {
    const { factory } = openStore()
    const before = newSite({ store: factory })
    await before.auth.migrate()
    const ann = await addUser(before, 'ann')
    const { id } = await before.auth.createGroup({ name: 'Editors', permissions: ['blog.delete_post'] })
    await before.auth.setUserGroups({ userId: ann.id, groupIds: [id] })
    await before.auth.setUserPermissions({ userId: ann.id, permissions: ['blog.add_post'] })
    const { auth } = testAuth({ store: factory, permissions: { 'shop.view_order': 'Can view an order' } })
    const listed = await auth.listPermissions({ userId: ann.id })
    expect(listed.effective).toEqual([])
    expect(listed.own).toEqual(['blog.add_post'])
    expect(listed.groups).toMatchObject([{ permissions: ['blog.delete_post'] }])
    await expect(auth.hasPermission(ann, 'blog.add_post')).rejects.toThrow(TypeError)
    expect(await before.auth.hasPermission(ann, 'blog.add_post')).toBe(true)
  })

  it('tells a change to every process at once', async () => {
    const { factory } = openStore()
    const [one, other] = [newSite({ store: factory }), newSite({ store: factory })]
    await one.auth.migrate()
    const ann = await addUser(one, 'ann')
    expect(await allowed(other, ann)).toEqual([])
    await one.auth.setUserPermissions({ userId: ann.id, permissions: ['blog.add_post'] })
    expect(await allowed(other, ann)).toEqual(['blog.add_post'])
    await other.auth.setUserPermissions({ userId: ann.id, permissions: [] })
    expect(await allowed(one, ann)).toEqual([])
  })
})

describe('groups', () => {
  it('give their members what they may do, and take it away again', async () => {
    const site = newSite()
    const ann = await addUser(site, 'ann')
    const group = await site.auth.createGroup({ name: ' Editors ', permissions: ['blog.add_post', 'blog.add_post'] })
    expect(group).toEqual({ id: group.id, name: 'Editors', permissions: ['blog.add_post'] })
    expect(await site.auth.setUserGroups({ userId: ann.id, groupIds: [group.id, `${group.id}`] })).toEqual([group])
    expect(await allowed(site, ann)).toEqual(['blog.add_post'])
    const permissions = ['shop.view_order', 'blog.delete_post']
    const changed = await site.auth.updateGroup({ groupId: group.id, name: 'Shop', permissions })
    expect(changed).toEqual({ id: group.id, name: 'Shop', permissions: ['blog.delete_post', 'shop.view_order'] })
    expect(await site.auth.readGroup({ groupId: `${group.id}` })).toEqual(changed)
    expect(await allowed(site, ann)).toEqual(['blog.delete_post', 'shop.view_order'])
    await site.auth.deleteGroup({ groupId: group.id })
    expect(await allowed(site, ann)).toEqual([])
    expect(await site.auth.findUserById(ann.id)).not.toBeNull()
  })

  it('are listed page by page with how many are in each', async () => {
    const site = newSite()
    const ann = await addUser(site, 'ann')
    const names = ['Editors', 'Authors', 'Readers']
    for (const name of names) await site.auth.createGroup({ name })
    const [editors, authors, readers] = await site.auth.listGroups({ limit: 10 })
    await site.auth.setUserGroups({ userId: ann.id, groupIds: [authors?.id ?? 0] })
    const all = await site.auth.listGroups({ limit: 10, afterId: null })
    expect(all.map(({ name, memberCount }) => `${name} ${memberCount}`)).toEqual([
      'Editors 0',
      'Authors 1',
      'Readers 0',
    ])
    expect(await site.auth.listGroups({ limit: 1, afterId: editors?.id ?? 0 })).toEqual([all[1]])
    expect(await site.auth.listGroups({ limit: 10, afterId: readers?.id ?? 0 })).toEqual([])
    for (const limit of [0, 1001, 1.5, Number.NaN, '1' as unknown as number]) {
      expect(await refusalOf(site.auth.listGroups({ limit }))).toBe('validation_failed')
    }
    for (const value of HOSTILE_VALUES.filter((one) => one !== null)) {
      expect(await refusalOf(site.auth.listGroups({ limit: 1, afterId: value as UserId }))).toBe('validation_failed')
    }
  })

  it('have a name of their own, however it is written', async () => {
    const { auth } = newSite()
    const { id } = await auth.createGroup({ name: 'Größe' })
    const other = await auth.createGroup({ name: 'Other' })
    const taken = { code: 'validation_failed', details: { fields: { name: [{ code: 'taken' }] } } }
    for (const name of ['größe', 'GRÖSSE', ' Gro\u0308ße ']) {
      await expect(auth.createGroup({ name }), name).rejects.toMatchObject(taken)
      await expect(auth.updateGroup({ groupId: other.id, name }), name).rejects.toMatchObject(taken)
    }
    expect(await auth.updateGroup({ groupId: id, name: 'GRÖSSE' })).toMatchObject({ id, name: 'GRÖSSE' })
  })

  it('have a name that no other can be taken for by what nobody sees', async () => {
    const { auth } = newSite()
    await auth.createGroup({ name: 'Editors' })
    for (const unseen of ['\u200b', '\u00ad', '\u2060', '\ufe0f', '\u3164', '\uffa0', '\u034f']) {
      const refused = auth.createGroup({ name: `Edi${unseen}tors${unseen}` })
      await expect(refused, unseen).rejects.toMatchObject({ details: { fields: { name: [{ code: 'taken' }] } } })
    }
    expect((await auth.createGroup({ name: '\u2764\ufe0f Family' })).name).toBe('\u2764\ufe0f Family')
  })

  it.each([
    [undefined, 'required'],
    [null, 'required'],
    ['', 'required'],
    [' \u00a0 ', 'required'],
    ['\u200b \u3164', 'required'],
    [7, 'not_text'],
    [['Editors'], 'not_text'],
    [{ toString: () => 'Editors' }, 'not_text'],
    ['two\nlines', 'not_text'],
    ['staff\u202e', 'not_text'],
    ['x'.repeat(151), 'too_long'],
    ['x'.repeat(1_000_000), 'too_long'],
    // One character that stands for eighteen.
    ['\ufdfa'.repeat(150), 'too_long'],
    ['nul\0', 'null_characters'],
    ['\ud800', 'surrogate_characters'],
  ])('refuse the name %j', async (name, code) => {
    const { auth } = newSite()
    const refused = { code: 'validation_failed', details: { fields: { name: [{ code }] } } }
    await expect(auth.createGroup({ name: name as string })).rejects.toMatchObject(refused)
    const { id } = await auth.createGroup({ name: '\u{1f98a}'.repeat(127) })
    if (name !== undefined) {
      await expect(auth.updateGroup({ groupId: id, name: name as string })).rejects.toMatchObject(refused)
    }
    expect(await auth.listGroups({ limit: 9 })).toHaveLength(1)
  })

  it('that are not there are told as such, whatever stands for the id', async () => {
    const { auth } = newSite()
    for (const value of [undefined, 99, ...HOSTILE_VALUES]) {
      const groupId = value as UserId
      expect(await refusalOf(auth.readGroup({ groupId })), String(value)).toBe('not_found')
      expect(await refusalOf(auth.updateGroup({ groupId, name: 'New' }))).toBe('not_found')
      expect(await refusalOf(auth.deleteGroup({ groupId }))).toBe('not_found')
    }
  })
})

describe('what is given', () => {
  /** No list of declared permissions. */
  const ODD_LISTS: readonly unknown[] = [
    'blog.add_post',
    {},
    7,
    true,
    ['blog.add_pots'],
    ['blog.add_post', null],
    // A hole, as in `[, 'blog.add_post']`.
    Object.assign(new Array(2), { 1: 'blog.add_post' }),
    [['blog.add_post']],
    ['BLOG.ADD_POST'],
    ['__proto__'],
    ['toString'],
    ['*'],
    [''],
    ['\0'],
    ['\ud800'],
    ['x'.repeat(1_000_000)],
  ]

  it('must be declared, and is refused as a whole otherwise', async () => {
    const site = newSite()
    const ann = await addUser(site, 'ann')
    const group = await site.auth.createGroup({ name: 'Editors', permissions: ['blog.add_post'] })
    await site.auth.setUserPermissions({ userId: ann.id, permissions: ['blog.add_post'] })
    const refused = { code: 'validation_failed', details: { fields: { permissions: [{ code: 'not_a_choice' }] } } }
    for (const list of ODD_LISTS) {
      const permissions = list as readonly string[]
      await expect(site.auth.setUserPermissions({ userId: ann.id, permissions })).rejects.toMatchObject(refused)
      await expect(site.auth.updateGroup({ groupId: group.id, permissions })).rejects.toMatchObject(refused)
      await expect(site.auth.createGroup({ name: 'New', permissions })).rejects.toMatchObject(refused)
    }
    for (const missing of [undefined, null]) {
      const input = { userId: ann.id, permissions: missing as unknown as readonly string[] }
      expect(await refusalOf(site.auth.setUserPermissions(input))).toBe('validation_failed')
    }
    expect((await site.auth.listPermissions({ userId: ann.id })).own).toEqual(['blog.add_post'])
    expect(await site.auth.listGroups({ limit: 9 })).toEqual([{ ...group, memberCount: 0 }])
  })

  it('to a user can be a group only that is there', async () => {
    const site = newSite()
    const ann = await addUser(site, 'ann')
    const group = await site.auth.createGroup({ name: 'Editors' })
    await site.auth.setUserGroups({ userId: ann.id, groupIds: [group.id] })
    const hole: readonly unknown[] = Object.assign(new Array(2), { 1: group.id })
    const odd: readonly unknown[] = ['1', {}, 7, hole, [99], [group.id, 99], ...HOSTILE_VALUES.map((value) => [value])]
    for (const list of [undefined, null, ...odd]) {
      const input = { userId: ann.id, groupIds: list as readonly UserId[] }
      expect(await refusalOf(site.auth.setUserGroups(input)), String(list)).toBe('validation_failed')
    }
    expect((await site.auth.listPermissions({ userId: ann.id })).groups).toEqual([group])
  })

  it('belongs to a user who is there', async () => {
    const { auth } = newSite()
    for (const value of [undefined, 99, ...HOSTILE_VALUES]) {
      const userId = value as UserId
      expect(await refusalOf(auth.setUserGroups({ userId, groupIds: [] })), String(value)).toBe('not_found')
      expect(await refusalOf(auth.setUserPermissions({ userId, permissions: [] }))).toBe('not_found')
      expect(await refusalOf(auth.listPermissions({ userId }))).toBe('not_found')
    }
  })
})

describe('listPermissions', () => {
  it('tells all that a user may do, and where each comes from', async () => {
    const site = newSite()
    const ann = await addUser(site, 'ann')
    const editors = await site.auth.createGroup({ name: 'Editors', permissions: ['blog.add_post', 'shop.view_order'] })
    const authors = await site.auth.createGroup({ name: 'Authors', permissions: ['blog.add_post'] })
    await site.auth.setUserGroups({ userId: ann.id, groupIds: [authors.id, editors.id] })
    await site.auth.setUserPermissions({ userId: ann.id, permissions: ['shop.view_order', 'portress.unlock'] })
    const listed = await site.auth.listPermissions({ userId: ann.id })
    expect(listed.effective.map(({ permission, sources }) => [permission, sources])).toEqual([
      ['blog.add_post', ['group:Editors', 'group:Authors']],
      ['shop.view_order', ['user', 'group:Editors']],
      ['portress.unlock', ['user']],
    ])
    expect(listed.effective.map(({ permission }) => permission)).toEqual(await allowed(site, ann))
    expect(listed).toMatchObject({ own: ['portress.unlock', 'shop.view_order'], groups: [editors, authors] })
  })

  it('tells what is stored of somebody who may do nothing now, and everything of a superuser', async () => {
    const site = newSite()
    const ann = await addUser(site, 'ann', { isSuperuser: true })
    await site.auth.setUserPermissions({ userId: ann.id, permissions: ['blog.add_post'] })
    const { effective } = await site.auth.listPermissions({ userId: ann.id })
    expect(effective.map(({ permission }) => permission)).toEqual(EVERY_PERMISSION)
    expect(effective[0]?.sources).toEqual(['superuser', 'user'])
    expect(effective.slice(1).every(({ sources }) => sources.join() === 'superuser')).toBe(true)
    await site.auth.setStatus({ userId: ann.id, status: 'disabled' })
    const disabled = await site.auth.listPermissions({ userId: ann.id })
    expect(disabled).toEqual({ effective: [], own: ['blog.add_post'], groups: [] })
  })

  it('has all that can be given beside it', async () => {
    const declared = await newSite().auth.listDeclaredPermissions()
    expect(declared.map(({ permission }) => permission)).toEqual(EVERY_PERMISSION)
    expect(declared[0]).toEqual({ permission: 'blog.add_post', module: 'blog', description: 'Can add a post' })
    expect(declared.every(({ permission, module }) => permission.startsWith(`${module}.`))).toBe(true)
    expect(declared.every(({ description }) => description.startsWith('Can '))).toBe(true)
  })
})

describe('changes of permissions', () => {
  it('raise events that say what was changed, and carry no secret', async () => {
    const told: unknown[] = []
    const note = (name: keyof EventMap) => (event: object) => void told.push([name, event])
    const site = newSite({
      events: { groupChanged: note('groupChanged'), permissionsChanged: note('permissionsChanged') },
    })
    const { id: userId } = await addUser(site, 'ann')
    const group = await site.auth.createGroup({ name: 'Editors' })
    await site.auth.updateGroup({ groupId: group.id, name: 'Authors' })
    await site.auth.setUserGroups({ userId, groupIds: [group.id] })
    await site.auth.setUserPermissions({ userId, permissions: ['blog.add_post'] })
    await site.auth.deleteGroup({ groupId: group.id })
    await refusalOf(site.auth.setUserGroups({ userId, groupIds: [group.id] }))
    await refusalOf(site.auth.updateGroup({ groupId: group.id, name: 'Gone' }))
    const user = { id: userId, username: 'ann' }
    expect(told).toMatchObject([
      ['groupChanged', { change: 'created', group: { name: 'Editors' } }],
      ['groupChanged', { change: 'updated', group: { name: 'Authors' } }],
      ['permissionsChanged', { user, replaced: 'groups' }],
      ['permissionsChanged', { user, replaced: 'permissions' }],
      ['groupChanged', { change: 'deleted', group: { name: 'Authors' } }],
    ])
    expect(JSON.stringify(told)).not.toMatch(/argon2|passwordHash|sessionEpoch/)
  })

  it('stand in what a user can export', async () => {
    const site = newSite()
    const { user, caller } = await newMember(site, 'ann')
    const group = await site.auth.createGroup({ name: 'Editors', permissions: ['blog.add_post'] })
    await site.auth.setUserGroups({ userId: user.id, groupIds: [group.id] })
    await site.auth.setUserPermissions({ userId: user.id, permissions: ['shop.view_order'] })
    const exported = await site.auth.exportUser(caller)
    expect(exported).toMatchObject({ groups: [group], permissions: ['shop.view_order'] })
  })
})

describe('requireUser with a permission', () => {
  it('lets in whoever has it now, with a session of before', async () => {
    const site = newSite()
    const { user, issued } = await newMember(site, 'ann')
    const ask = () => site.auth.requireUser(bearer(issued), { permission: 'blog.add_post' })
    expect(await refusalOf(ask())).toBe('forbidden')
    await site.auth.setUserPermissions({ userId: user.id, permissions: ['blog.add_post'] })
    expect(await ask()).toMatchObject({ id: user.id })
    await site.auth.setUserPermissions({ userId: user.id, permissions: [] })
    expect(await refusalOf(ask())).toBe('forbidden')
    expect(await site.auth.requireUser(bearer(issued))).toMatchObject({ id: user.id })
  })

  it('takes a privilege away at once from an access token that is not checked against its session', async () => {
    const site = newSite({ jwt: { stateless: true } })
    const user = await addUser(site, 'ann', { isSuperuser: true })
    const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier: 'jwt' })
    const ask = () => site.auth.requireUser(bearer(issued), { permission: 'blog.add_post' })
    expect(await ask()).toMatchObject({ id: user.id })
    await site.auth.updateUser({ userId: user.id, isSuperuser: false })
    expect(await refusalOf(ask())).toBe('forbidden')
  })

  it('asks who it is first, and tells of a misspelt one whoever asks', async () => {
    const site = newSite()
    const nobody = new Request('https://acme.test/')
    expect(await refusalOf(site.auth.requireUser(nobody, { permission: 'blog.add_post' }))).toBe('not_authenticated')
    await expect(site.auth.requireUser(nobody, { permission: 'blog.add' })).rejects.toThrow(TypeError)
  })

  it('takes no misspelt need, nor one that was looked up in vain, for none', async () => {
    const site = newSite()
    const { issued } = await newMember(site, 'ann')
    const names: Readonly<Record<string, string>> = {}
    for (const needs of [
      { permission: names['addPost'] },
      { permission: null },
      { permission: '' },
      { permissions: 'blog.add_post' },
    ]) {
      const asked = site.auth.requireUser(bearer(issued), needs as { readonly permission?: string })
      await expect(asked, JSON.stringify(needs)).rejects.toThrow(TypeError)
    }
    expect((await site.auth.requireUser(bearer(issued), {})).username).toBe('ann')
  })
})
