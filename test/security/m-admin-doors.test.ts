/** Section M of the attack table, rows 193 and 195: forged forms, other ways in, and the first admin. */
import { afterEach, describe, expect, it } from 'vitest'
import { admin } from '../../src/admin/index.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import type { Fields } from '../admin/support/admin-browser.ts'
import { adminSite, closeAdminSites, OTHER_PASSWORD, PASSWORD } from '../admin/support/admin-site.ts'
import { ANN, openHouse } from './support/admin-house.ts'

afterEach(closeAdminSites)

describe('row 193: forged forms, frames, and another way in', () => {
  const FORMS: readonly (readonly [string, Fields])[] = [
    ['/users/', { action: 'deactivate', _selected_action: ['5'] }],
    ['/users/add/', { username: 'eve', email: 'eve@example.org', password1: PASSWORD, password2: PASSWORD }],
    ['/users/5/', { ...ANN, is_superuser: 'on' }],
    ['/users/5/password/', { password1: OTHER_PASSWORD, password2: OTHER_PASSWORD }],
    ['/users/5/delete/', { post: 'yes' }],
    ['/users/5/sessions/', { all: 'yes' }],
    ['/users/export/', {}],
    ['/groups/add/', { name: 'x' }],
    ['/locks/', { lock: 'all' }],
    ['/addresses/', { range: '203.0.113.1', effect: 'block' }],
    ['/outbox/', { mail: '1' }],
    ['/password_change/', { old_password: PASSWORD, new_password1: OTHER_PASSWORD, new_password2: OTHER_PASSWORD }],
    ['/logout/', {}],
  ]

  it.each(FORMS)('row 193: %s is refused from another site, and without its value', async (path, fields) => {
    const { site, root } = await openHouse()
    const before = await site.auth.findUser('ann')
    const postings = [
      { headers: { origin: 'https://evil.example' } },
      { headers: { origin: 'null' } },
      { headers: { origin: null } },
      { headers: { origin: null, 'sec-fetch-site': 'cross-site' } },
      { headers: { origin: null, 'sec-fetch-site': 'same-site' } },
      { csrf: null },
      { csrf: 'b'.repeat(64) },
    ]
    for (const posting of postings) {
      expect((await root.post(path, fields, posting)).status, JSON.stringify(posting)).toBe(403)
    }
    expect(await site.auth.findUser('ann')).toEqual(before)
    expect((await root.open('/')).status).toBe(200)
  })

  it.each(FORMS.filter(([path]) => path !== '/outbox/'))(
    'row 193: control: %s does something from its own page',
    async (path, fields) => {
      const { root } = await openHouse()
      expect((await root.post(path, fields)).status).toBeLessThan(400)
    },
  )

  it('row 193: an origin that the site trusts otherwise sends no form', async () => {
    const trusted = 'https://app.acme.test'
    const site = adminSite({ auth: { site: { name: 'Acme', origin: 'https://acme.test', trustedOrigins: [trusted] } } })
    await site.add('root', { isStaff: true, isSuperuser: true })
    const root = await site.browserOf('root')
    const fields = { name: 'Editors' }
    expect((await root.post('/groups/add/', fields, { headers: { origin: trusted } })).status).toBe(403)
    expect((await root.post('/groups/add/', fields)).status).toBe(302)
  })

  it('row 193: an origin that the site trusts otherwise reads no page', async () => {
    const trusted = 'https://app.acme.test'
    const site = adminSite({
      auth: {
        site: { name: 'Acme', origin: 'https://acme.test', trustedOrigins: [trusted] },
        mounts: { '/admin': admin(), '/api': portressApi() },
      },
    })
    await site.add('root', { isStaff: true, isSuperuser: true })
    const root = await site.browserOf('root')
    for (const path of ['/', '/users/', '/users/1/', '/login/', '/no/such/']) {
      const { headers } = await root.open(path, { origin: trusted })
      expect(headers.get('access-control-allow-origin'), path).toBeNull()
      expect(headers.get('access-control-allow-credentials'), path).toBeNull()
      expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin')
    }
    const ask = (path: string) =>
      site.auth.fetch(
        new Request(`https://acme.test${path}`, {
          method: 'OPTIONS',
          headers: { origin: trusted, 'access-control-request-method': 'POST' },
        }),
        { address: '192.0.2.7' },
      )
    expect((await ask('/admin/users/')).headers.get('access-control-allow-origin')).toBeNull()
    // Control: the same origin does read what is for programs.
    expect((await ask('/api/sessions')).headers.get('access-control-allow-origin')).toBe(trusted)
  })

  it('row 193: no path of an admin at the root leads to another site', async () => {
    const site = adminSite({ auth: { mounts: { '/': admin() } } })
    const open = (path: string) => site.auth.fetch(new Request(`https://acme.test${path}`), { address: '192.0.2.7' })
    for (const path of ['//evil.example', '//evil.example/x', '/\\evil.example', '/.//evil.example?a=b']) {
      const { status, headers } = await open(path)
      expect(status, path).toBe(302)
      expect(headers.get('location'), path).toMatch(/^\/login\//)
    }
    // Control: a page without its slash.
    expect((await open('/users?o=email')).headers.get('location')).toBe('/users/?o=email')
  })

  it('row 193: nothing can frame a page, and a page runs nothing but its one script', async () => {
    const { root } = await openHouse()
    for (const path of ['/login/', '/', '/users/', '/users/5/', '/no/such/']) {
      const { headers } = await root.open(path)
      const policy = headers.get('content-security-policy')
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
      expect(headers.get('x-frame-options')).toBe('DENY')
    }
  })

  it('row 193: a token in a header opens no page, so that no other credential is a weaker way in', async () => {
    const { site } = await openHouse()
    const { issued } = await site.auth.login({ identifier: 'root', password: PASSWORD })
    const answer = await site.browser().open('/', { authorization: `Bearer ${issued.token}` })
    expect(answer.status).toBe(302)
  })
})

describe('row 195: the first admin', () => {
  it('row 195: a fresh site lets nobody in and offers no way to become the first', async () => {
    const site = adminSite({ auth: { mounts: { '/api': portressApi(), '/admin': admin() } } })
    const browser = site.browser()
    const pairs = [
      ['admin', 'admin'],
      ['root', 'root'],
      ['admin', 'password'],
      ['portress', 'portress'],
      ['', ''],
    ] as const
    for (const [username, password] of pairs) {
      const answer = await browser.post('/login/', { username, password })
      expect([answer.status >= 400, browser.jar.get('__Host-portress-session')]).toEqual([true, null])
    }
    for (const path of ['/setup/', '/install/', '/register/', '/users/add/', '/createsuperuser/']) {
      expect((await browser.open(path)).location).toContain('/admin/login/')
      expect((await browser.post(path, { username: 'eve', password1: PASSWORD, password2: PASSWORD })).status).toBe(302)
    }
    await site.auth.register({
      username: 'eve',
      email: 'eve@example.org',
      password: PASSWORD,
      isStaff: true,
      isSuperuser: true,
    } as never)
    expect(await site.auth.findUser('eve')).toMatchObject({ isStaff: false, isSuperuser: false })
  })
})
