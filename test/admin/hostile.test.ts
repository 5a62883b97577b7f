import { afterEach, describe, expect, it } from 'vitest'
import { field } from '../../src/model/declare-field.ts'
import { closeAdminSites, PASSWORD, withSuperuser } from './support/admin-site.ts'

afterEach(closeAdminSites)

/** What somebody may call themselves. */
const NAMES = [
  '"><img src=x onerror=alert(1)>',
  '<script>alert(2)</script>',
  '{{7*7}}$(7*7)',
  "' onmouseover='alert(3)",
  '</title></select></textarea><h1>x</h1>',
  'javascript:alert(4)',
  'x'.repeat(150),
  'مرحبا‮ txt.exe',
  '👩‍👩‍👧‍👦'.repeat(12),
  '&lt;b&gt;',
]

const LONG = 'lorem '.repeat(660).trim()

async function hostileSite() {
  const found = await withSuperuser({
    auth: {
      user: {
        fields: { about: field.text({ maxLength: 4000 }) },
        profiles: { card: { title: field.text({ maxLength: 4000 }) } },
      },
    },
    admin: { users: { columns: ['username', 'firstName', 'lastName', 'fields.about', 'profiles.card.title'] } },
  })
  const { auth } = found.site
  for (const [index, name] of NAMES.entries()) {
    await auth.createUser({
      username: `evil${index}`,
      email: `evil${index}@example.org`,
      firstName: name,
      lastName: name,
      password: PASSWORD,
      passwordCheck: 'bypassed',
      fields: { about: index === 0 ? LONG : name },
      profiles: { card: { title: name } },
    } as never)
    await auth.login({ identifier: name, password: 'wrong' }, { userAgent: name }).catch(() => undefined)
    await auth.login({ identifier: `evil${index}`, password: PASSWORD }, { userAgent: name })
    if (index < 4) await auth.createGroup({ name: name.slice(0, 100) })
  }
  return found
}

const PAGES = [
  '/',
  '/users/',
  '/users/2/',
  '/users/8/',
  '/users/2/sessions/',
  '/users/2/attempts/',
  '/users/2/history/',
  '/users/2/delete/',
  '/users/2/password/',
  '/groups/',
  '/groups/1/',
  '/groups/1/delete/',
  '/attempts/',
  '/locks/',
  '/audit/',
  '/outbox/',
]

describe('names that are markup, long, or run the other way', () => {
  it.each(PAGES)('%s shows them as text, and stays whole', async (path) => {
    const { root } = await hostileSite()
    const { status, text } = await root.open(path)
    expect(status).toBe(200)
    expect(text).not.toMatch(/<img|<script>|onerror=alert\(1\)>|\sonmouseover='|href="javascript:/)
    expect([...text.matchAll(/<h1[ >]/g)]).toHaveLength(1)
    expect(text.trimEnd().endsWith('</html>')).toBe(true)
    expect([...text.matchAll(/<script/g)]).toHaveLength(1)
    expect(text).not.toMatch(/ style=| on\w+="/)
  })

  it('are shown shortened in lists, and whole in the form', async () => {
    const { root } = await hostileSite()
    expect((await root.open('/users/')).text).not.toContain(LONG)
    expect((await root.open('/users/2/')).text).toContain(LONG)
  })

  it('come back as they were typed when a form is refused', async () => {
    const { root } = await hostileSite()
    await root.open('/users/add/')
    for (const name of NAMES) {
      const { status, text } = await root.post('/users/add/', {
        username: name,
        email: name,
        password1: 'x',
        password2: 'y',
      })
      expect(status).toBe(400)
      expect(text).not.toMatch(/<img|<script>|href="javascript:/)
    }
  })

  it('do not break the notice that a redirect carries', async () => {
    const { site, root } = await withSuperuser()
    for (const name of NAMES.slice(0, 6)) await site.auth.createGroup({ name: name.slice(0, 100) })
    for (const [index, name] of NAMES.slice(0, 6).entries()) {
      await root.open('/groups/')
      const answer = await root.postAndFollow(`/groups/${index + 1}/delete/`, { post: 'yes' })
      expect(answer.status, name).toBe(200)
      expect(answer.text).toMatch(/class="done" role="status"/)
      expect(answer.text).not.toMatch(/<img|<script>/)
    }
  })
})

describe('forms that no browser sends', () => {
  const BODIES = [
    '',
    '=',
    '&&&',
    'a',
    '%',
    '%ff',
    '\0',
    'username',
    'username=%00&username=%00',
    `username=${'x'.repeat(60_000)}`,
    '__proto__=1&constructor=2',
    Array.from({ length: 2000 }, () => 'groups=1').join('&'),
  ]
  const PATHS = [
    '/login/',
    '/users/',
    '/users/add/',
    '/users/1/',
    '/users/1/password/',
    '/users/1/delete/',
    '/users/export/',
    '/groups/add/',
    '/locks/',
    '/addresses/',
    '/outbox/',
    '/password_change/',
    '/logout/',
  ]

  it.each(PATHS)('%s answers every one of them, and never with a fault', async (path) => {
    const { site, root } = await withSuperuser()
    await root.open('/')
    const cookie = root.jar.headerFor('/admin/') ?? ''
    for (const body of BODIES) {
      for (const type of [
        'application/x-www-form-urlencoded',
        'application/json',
        'multipart/form-data; boundary=x',
        '',
      ]) {
        const headers = { cookie, origin: 'https://acme.test', 'content-type': type }
        const answer = await site.auth.fetch(
          new Request(`https://acme.test/admin${path}`, { method: 'POST', body, headers }),
        )
        expect(answer.status, `${type} ${body.slice(0, 30)}`).toBeLessThan(500)
        expect(answer.status).toBeGreaterThanOrEqual(302)
      }
    }
  })

  it.each(['portress-admin-notice', 'portress-admin-csrf', 'portress-session'])(
    'a spoilt cookie %s does no harm',
    async (name) => {
      const { site } = await withSuperuser()
      for (const value of ['', 'x', 'W10.W10', 'a'.repeat(8000), '%00', '.'.repeat(100)]) {
        const browser = site.browser()
        browser.jar.set(`__Host-${name}`, value)
        expect((await browser.open('/login/')).status).toBe(200)
      }
    },
  )

  it('the store being away is told with a page', async () => {
    const { site, root } = await withSuperuser()
    await site.auth.close()
    const answer = await root.open('/users/')
    expect([500, 503]).toContain(answer.status)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })
})
