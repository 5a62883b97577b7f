/** Section M of the attack table, rows 188 to 196: what staff, and what strangers, can make of the admin. */
import { afterEach, describe, expect, it } from 'vitest'
import { admin } from '../../src/admin/index.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import type { AdminAnswer, AdminBrowser, Fields } from '../admin/support/admin-browser.ts'
import { type AdminSite, adminSite, closeAdminSites, OTHER_PASSWORD, PASSWORD } from '../admin/support/admin-site.ts'

afterEach(closeAdminSites)

const ALL_RIGHTS = ['view', 'add', 'change', 'delete'].flatMap((verb) => [
  `portress.${verb}_user`,
  `portress.${verb}_group`,
])

const OTHER_RIGHTS = [
  'view_attempt',
  'view_session',
  'end_session',
  'view_lock',
  'unlock',
  'view_mail',
  'retry_mail',
  'view_audit',
  'change_address_rule',
].map((name) => `portress.${name}`)

interface House {
  readonly site: AdminSite
  readonly root: AdminBrowser
  /** Staff with every permission that there is, and no superuser. */
  readonly clerk: AdminBrowser
  /** Staff who may only look. */
  readonly viewer: AdminBrowser
}

/** Ids: 1 root, 2 clerk, 3 viewer, 4 boss (staff), 5 ann. */
async function openHouse(): Promise<House> {
  const site = adminSite()
  await site.add('root', { isStaff: true, isSuperuser: true })
  await site.add('clerk', { isStaff: true, permissions: [...ALL_RIGHTS, ...OTHER_RIGHTS] })
  await site.add('viewer', { isStaff: true, permissions: ['portress.view_user'] })
  await site.add('boss', { isStaff: true, permissions: ['portress.delete_user'] })
  await site.add('ann')
  const [root, clerk, viewer] = [
    await site.browserOf('root'),
    await site.browserOf('clerk'),
    await site.browserOf('viewer'),
  ]
  return { site, root, clerk, viewer }
}

const ANN = { username: 'ann', email: 'ann@example.org', email_verified: 'on', is_active: 'on' }

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
      expect(own).toHaveLength(name === 'ann' ? 0 : ALL_RIGHTS.length + OTHER_RIGHTS.length)
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

describe('row 190: secrets', () => {
  it('row 190: are in no page and no file, and nothing is searched or ordered by them', async () => {
    const { site, root } = await openHouse()
    const created = await site.auth.createUser({
      username: 'canary',
      email: 'canary@example.org',
      password: 'canary-4711-password',
      passwordCheck: 'bypassed',
    })
    const { issued } = await site.auth.login({ identifier: 'canary', password: 'canary-4711-password' })
    await site.auth.requestPasswordReset({ email: 'canary@example.org' })
    await site.auth.flush()
    const code = /code=([\w-]+)/.exec(site.mailer.sent.at(-1)?.text ?? '')?.[1] ?? 'none'
    const { id } = created
    const pages = [
      '/',
      '/users/',
      `/users/${id}/`,
      `/users/${id}/sessions/`,
      `/users/${id}/attempts/`,
      `/users/${id}/history/`,
      '/attempts/',
      '/locks/',
      '/outbox/',
      '/audit/',
    ]
    const answers: AdminAnswer[] = []
    for (const path of pages) answers.push(await root.open(path))
    await root.open('/users/')
    answers.push(await root.post('/users/export/'))
    for (const { text } of answers) {
      expect(text).not.toMatch(/\$[\w+/=-]{8,}/)
      for (const secret of ['canary-4711-password', issued.token, code]) expect(text).not.toContain(secret)
    }
    expect(answers.at(-1)?.text).toContain('canary@example.org')
    for (const query of ['q=cheap$', 'o=passwordHash', 'o=-sessionEpoch', 'passwordHash__startswith=a', 'password=x']) {
      const { status, text } = await root.open(`/users/?${query}`)
      expect(status === 400 || text.includes('No users match.'), query).toBe(true)
    }
  })
})

describe('row 191: injection', () => {
  const FUZZ = [
    "'",
    "' OR 1=1 --",
    '";DROP TABLE users;--',
    '%27',
    '{"$ne":null}',
    '$where',
    ['$', '{7*7}'].join(''),
    '\\',
    '%',
    '_',
    '*',
    '\u0000',
    '🦄'.repeat(100),
    '-1',
    '1e9',
    '[]',
    'NaN',
    '../../etc/passwd',
    '<svg/onload=1>',
    '\ud800',
  ]
  const PARAMETERS = [
    'q',
    'o',
    'cursor',
    'staff',
    'status',
    'group',
    'joined',
    'locked',
    'user',
    'since',
    'identifier',
    'state',
    'actor',
  ]

  it('row 191: whatever a parameter holds, no page fails and nobody is lost', async () => {
    const { site, root } = await openHouse()
    for (const path of ['/users/', '/attempts/', '/outbox/', '/audit/', '/groups/']) {
      for (const name of PARAMETERS) {
        for (const value of FUZZ) {
          const { status } = await root.open(`${path}?${new URLSearchParams({ [name]: value })}`)
          expect([200, 400], `${path} ${name}=${value}`).toContain(status)
        }
      }
    }
    expect(await site.auth.findUser('ann')).not.toBeNull()
  })
})

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

describe('row 194: the exported file', () => {
  const FORMULAS = ['=HYPERLINK("//e")', '+1', '-1', '@x', '＝1+1', 'a,"b"', "'x"]

  it('row 194: calculates nothing, and keeps its cells apart', async () => {
    const { site, root } = await openHouse()
    for (const [index, firstName] of FORMULAS.entries()) {
      await site.auth.createUser({
        username: `evil${index}`,
        email: `evil${index}@example.org`,
        firstName,
        password: null,
        passwordCheck: 'bypassed',
      })
    }
    await root.open('/users/?q=evil')
    const { text } = await root.post('/users/export/?q=evil')
    const cells = text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)[2])
    expect(cells).toEqual([`"'=HYPERLINK(""//e"")"`, "'+1", "'-1", "'@x", "'＝1+1", '"a,""b"""', "'x"])
  })

  it('row 194: is for whoever may see the list, and has no more columns than it', async () => {
    const { site, root } = await openHouse()
    await site.add('clueless', { isStaff: true, permissions: ['portress.view_audit'] })
    const browser = await site.browserOf('clueless')
    expect((await browser.post('/users/export/')).status).toBe(403)
    await root.open('/users/')
    const { text } = await root.post('/users/export/?columns=passwordHash')
    expect(text).not.toContain('passwordHash,')
    expect((await root.post('/users/export/')).text.split('\r\n')[0]).toBe('username,email,firstName,lastName,isStaff')
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
