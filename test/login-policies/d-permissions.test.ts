/** Who may do what: D14 and A2 of the contract about login policies. */
import { describe, expect, it } from 'vitest'
import type { PermissionVerdict } from '../../src/contracts/authentication-backend.ts'
import { field } from '../../src/model/declare-field.ts'
import type { UserId } from '../../src/model/user.ts'
import { GOOD_PASSWORD, refusalOf } from '../support/accounts.ts'
import { bearer, HOSTILE_VALUES, newMember } from '../support/members.ts'
import { openStore } from '../support/open-store.ts'
import { type TestAuth, testAuth } from '../support/test-auth.ts'
import {
  addUser,
  allowed,
  always,
  backendWith,
  EVERY_PERMISSION,
  newSite,
  openModules,
  PERMISSIONS,
} from './support/permissions.ts'

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
