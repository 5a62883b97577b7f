/** Section M of the attack table, rows 188, 189 and 196: who can make what of the admin. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Fields } from '../admin/support/admin-browser.ts'
import { closeAdminSites, OTHER_PASSWORD, PASSWORD } from '../admin/support/admin-site.ts'
import { ANN, EVERY_RIGHT, openHouse } from './support/admin-house.ts'

afterEach(closeAdminSites)

describe('row 189: staff raises rights', () => {
  const forged: readonly (readonly [string, Fields])[] = [
    ['is_superuser', { ...ANN, is_superuser: 'on' }],
    ['is_staff', { ...ANN, is_staff: 'on' }],
    ['groups', { ...ANN, groups: ['1'] }],
    ['user_permissions', { ...ANN, user_permissions: ['portress.delete_user'] }],
    ['isSuperuser', { ...ANN, isSuperuser: 'on', 'field.isSuperuser': 'on' }],
  ]

  it.each(forged)('row 189: by a forged field %s, of others and of oneself', async (_name, fields) => {
    const { site, clerk } = await openHouse()
    await site.auth.createGroup({ name: 'Admins', permissions: ['portress.delete_user'] })
    await clerk.open('/users/5/')
    await clerk.post('/users/5/', fields)
    await clerk.post('/users/2/', { ...fields, username: 'clerk', email: 'clerk@example.org' })
    for (const name of ['ann', 'clerk']) {
      const user = await site.auth.findUser(name)
      expect(user).toMatchObject({ isSuperuser: false, isStaff: name === 'clerk' })
      const { groups, own } = await site.auth.listPermissions({ userId: user?.id ?? 0 })
      expect(groups).toEqual([])
      expect(own).toHaveLength(name === 'ann' ? 0 : EVERY_RIGHT.length)
    }
  })

  it('row 189: control: a superuser does all of it by the same forms', async () => {
    const { site, root } = await openHouse()
    await root.open('/users/5/')
    const answer = await root.post('/users/5/', { ...ANN, is_superuser: 'on', is_staff: 'on' })
    expect(answer.status).toBe(302)
    expect(await site.auth.findUser('ann')).toMatchObject({ isSuperuser: true, isStaff: true })
  })

  it.each([
    [
      'another address',
      '/users/1/',
      { username: 'root', email: 'clerk+root@example.org', is_active: 'on', is_staff: 'on', is_superuser: 'on' },
    ],
    ['a password', '/users/1/password/', { password1: OTHER_PASSWORD, password2: OTHER_PASSWORD }],
    ['no password', '/users/1/password/', { usable_password: 'false' }],
    ['deletion', '/users/1/delete/', { post: 'yes' }],
    ['a password for staff', '/users/4/password/', { password1: OTHER_PASSWORD, password2: OTHER_PASSWORD }],
    ['an end of sessions', '/users/1/sessions/', { all: 'yes' }],
    ['a bulk action', '/users/', { action: 'deactivate', _selected_action: ['1', '4'] }],
    ['a bulk deletion', '/users/', { action: 'delete', post: 'yes', _selected_action: ['1', '4'] }],
    ['a proven address', '/users/', { action: 'verify-email', _selected_action: ['1', '4'] }],
  ] as const)('row 189: staff does nothing to a superuser or other staff: %s', async (_name, path, fields) => {
    const { site, clerk, root } = await openHouse()
    const before = [await site.auth.findUserById(1), await site.auth.findUserById(4)]
    await clerk.open('/users/')
    const answer = await clerk.post(path, fields)
    if (path !== '/users/') expect(answer.status).toBe(403)
    expect([await site.auth.findUserById(1), await site.auth.findUserById(4)]).toEqual(before)
    expect((await root.open('/')).status).toBe(200)
    await expect(site.auth.login({ identifier: 'root', password: PASSWORD })).resolves.toBeDefined()
  })

  it('row 189: staff makes nobody staff by adding them', async () => {
    const { site, clerk } = await openHouse()
    await clerk.open('/users/add/')
    const fields = { username: 'eve', email: 'eve@example.org', password1: PASSWORD, password2: PASSWORD }
    await clerk.post('/users/add/', { ...fields, is_staff: 'on', is_superuser: 'on', isStaff: 'true', groups: ['1'] })
    expect(await site.auth.findUser('eve')).toMatchObject({ isStaff: false, isSuperuser: false })
  })

  it('row 189: staff gives a group no more than they have themselves', async () => {
    const { site } = await openHouse()
    await site.add('keeper', {
      isStaff: true,
      permissions: ['portress.view_group', 'portress.add_group', 'portress.change_group'],
    })
    const keeper = await site.browserOf('keeper')
    await keeper.open('/groups/add/')
    expect((await keeper.post('/groups/add/', { name: 'Mine', permissions: ['portress.delete_user'] })).status).toBe(
      403,
    )
    expect((await keeper.post('/groups/add/', { name: 'Mine', permissions: ['portress.view_group'] })).status).toBe(302)
    expect((await keeper.post('/groups/1/', { name: 'Mine', permissions: ['portress.delete_user'] })).status).toBe(403)
  })
})

describe('row 188, row 196: each page asks for its permission', () => {
  const PAGES = [
    '/users/',
    '/users/5/',
    '/users/add/',
    '/users/5/password/',
    '/users/5/delete/',
    '/users/5/sessions/',
    '/users/5/attempts/',
    '/users/5/identities/',
    '/users/5/history/',
    '/groups/',
    '/groups/add/',
    '/attempts/',
    '/locks/',
    '/addresses/',
    '/outbox/',
    '/audit/',
  ]
  const FOR_VIEWERS = new Set(['/users/', '/users/5/', '/users/5/identities/'])

  it.each(PAGES)('row 196: %s, for whoever may only look at users', async (path) => {
    const { viewer } = await openHouse()
    const answer = await viewer.open(path)
    expect(answer.status).toBe(FOR_VIEWERS.has(path) ? 200 : 403)
  })

  it('row 196, HA16: whoever may only look gets pages to read, and every form is refused', async () => {
    const { site, viewer } = await openHouse()
    const { text } = await viewer.open('/users/5/')
    expect(text).toContain('<h1>View user: ann</h1>')
    expect(text).not.toContain('name="_save"')
    const posts: readonly (readonly [string, Fields])[] = [
      ['/users/5/', { ...ANN, first_name: 'Eve' }],
      ['/users/5/password/', { password1: OTHER_PASSWORD, password2: OTHER_PASSWORD }],
      ['/users/5/delete/', { post: 'yes' }],
      ['/users/5/sessions/', { all: 'yes' }],
      ['/users/', { action: 'delete', post: 'yes', _selected_action: ['5'] }],
      ['/users/', { action: 'deactivate', _selected_action: ['5'] }],
      ['/users/add/', { username: 'eve', email: 'eve@example.org', password1: PASSWORD, password2: PASSWORD }],
      ['/groups/add/', { name: 'x' }],
      ['/locks/', { lock: 'all' }],
      ['/addresses/', { range: '203.0.113.1', effect: 'block' }],
      ['/outbox/', { mail: '1' }],
    ]
    const before = await site.auth.findUser('ann')
    for (const [path, fields] of posts) expect((await viewer.post(path, fields)).status, path).toBe(403)
    expect(await site.auth.findUser('ann')).toEqual(before)
    expect(await site.auth.findUser('eve')).toBeNull()
  })

  it('row 188: strangers, and users who are no staff, are led to the log-in from every page and form', async () => {
    const { site } = await openHouse()
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD, carrier: 'cookie' })
    const [stranger, ann] = [site.browser(), site.browser()]
    ann.jar.set('__Host-portress-session', issued.token)
    for (const browser of [stranger, ann]) {
      for (const path of [...PAGES, '/users/999/']) {
        const answers = [await browser.open(path), await browser.post(path, { post: 'yes' })]
        for (const { status, location, text } of answers) {
          expect([status, location?.startsWith('/admin/login/?next='), text]).toEqual([302, true, ''])
        }
      }
    }
  })
})
