import { afterEach, describe, expect, it } from 'vitest'
import { adminSite, closeAdminSites, OTHER_PASSWORD, PASSWORD, withSuperuser } from './support/admin-site.ts'

afterEach(closeAdminSites)

const GENERIC =
  'Please enter the correct username or email address and password for a staff account. Note that both fields may be case-sensitive.'

const SESSION = '__Host-portress-session'

describe('the way in', () => {
  it.each([
    ['/', '/admin/login/?next=/admin/'],
    ['/users/', '/admin/login/?next=/admin/users/'],
    ['/users/?q=a%20b&staff=yes', '/admin/login/?next=/admin/users/%3Fq%3Da%2520b%26staff%3Dyes'],
    ['/no/such/page/', '/admin/login/?next=/admin/no/such/page/'],
  ])('HA1: leads a stranger from %s to the log-in and remembers where they wanted to go', async (path, to) => {
    const answer = await adminSite().browser().open(path)
    expect([answer.status, answer.location]).toEqual([302, to])
    expect(answer.headers.get('cache-control')).toBe('max-age=0, no-cache, no-store, must-revalidate, private')
  })

  it.each(['', '/users', '/no/such/page'])('HA1: adds the slash that "%s" lacks', async (path) => {
    const answer = await adminSite().browser().open(`${path}?a=b`)
    expect([answer.status, answer.location]).toEqual([301, `/admin${path}/?a=b`])
  })

  it('HA1: tells an operator that a page is not there', async () => {
    const { root } = await withSuperuser()
    for (const path of ['/no/such/page/', '/no/such/page', '/users/x/y/z/', '/%00/']) {
      expect((await root.open(path)).status).toBe(404)
    }
  })

  it('H1: says the same to wrong credentials and to whoever is not staff, and begins no session', async () => {
    const site = adminSite()
    await site.add('ann')
    const said = new Set<string>()
    const tries = [
      ['ann', PASSWORD],
      ['ann', 'wrong'],
      ['nobody', 'wrong'],
    ] as const
    for (const [username, password] of tries) {
      const browser = site.browser()
      await browser.open('/login/')
      const answer = await browser.post('/login/', { username, password })
      expect(answer.status).toBe(403)
      expect(answer.text).toContain(GENERIC)
      expect(answer.text).toContain('<title>Error: Log in |')
      expect(browser.jar.get(SESSION)).toBeNull()
      said.add(answer.text.replace(/value="[^"]*"/g, ''))
    }
    expect(said.size).toBe(1)
  })

  it('H1: names what logs in on this site', async () => {
    const site = adminSite({ auth: { user: { username: 'none' }, login: { identifiers: ['email'] } } })
    const browser = site.browser()
    expect((await browser.open('/login/')).text).toContain('<label for="id_username">Email address</label>')
    const answer = await browser.post('/login/', { username: 'ann@example.org', password: 'wrong' })
    expect(answer.text).toContain('Please enter the correct email address and password for a staff account.')
  })

  it('H1: counts and logs an attempt as one of the admin, and locks after as many failures as elsewhere', async () => {
    const site = adminSite()
    await site.add('root', { isStaff: true })
    const browser = site.browser()
    for (let tries = 0; tries < 3; tries += 1) await browser.post('/login/', { username: 'root', password: 'wrong' })
    const locked = await browser.post('/login/', { username: 'root', password: PASSWORD })
    expect([locked.status, browser.jar.get(SESSION)]).toEqual([403, null])
    expect(locked.text).toContain(GENERIC)
    const attempts = await site.auth.listAttempts({ scope: 'all', filter: { limit: 10 } })
    expect(attempts.map(({ door, outcome }) => `${door} ${outcome}`)).toEqual([
      'admin locked',
      ...Array.from({ length: 3 }, () => 'admin wrong_password'),
    ])
  })

  it('H1: a right password of somebody who is not staff counts as a wrong one', async () => {
    const site = adminSite()
    await site.add('ann')
    const browser = site.browser()
    for (let tries = 0; tries < 3; tries += 1) await browser.post('/login/', { username: 'ann', password: PASSWORD })
    const [attempt] = await site.auth.listAttempts({ scope: 'all', filter: { limit: 1 } })
    expect(attempt?.outcome).toBe('refused')
    await expect(site.auth.login({ identifier: 'ann', password: PASSWORD })).rejects.toMatchObject({
      code: 'invalid_credentials',
    })
  })
})

describe('the log-in form', () => {
  it('HA2: has the fields of Django’s, with `next` set to the front page', async () => {
    const { text, headers } = await adminSite().browser().open('/login/')
    const names = [...text.matchAll(/<input[^>]* name="([^"]+)"/g)].map(([, name]) => name)
    expect(names).toEqual(['csrfmiddlewaretoken', 'next', 'username', 'password'])
    expect(text).toContain('name="next" value="/admin/"')
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-frame-options')).toBe('DENY')
  })

  it('HA2: trims the name and not the password', async () => {
    const site = adminSite()
    await site.add('root', { isStaff: true })
    const browser = site.browser()
    expect((await browser.post('/login/', { username: ' root ', password: `${PASSWORD} ` })).status).toBe(403)
    expect((await browser.post('/login/', { username: ' root\t', password: PASSWORD })).status).toBe(302)
  })

  it('HA2: asks for what is missing', async () => {
    const answer = await adminSite().browser().post('/login/', { username: '', password: '' })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('This field is required.')
  })

  it('HA2: does nothing without the value that was made for this browser', async () => {
    const site = adminSite()
    await site.add('root', { isStaff: true })
    const fields = { username: 'root', password: PASSWORD }
    const postings = [
      { csrf: null },
      { csrf: 'x'.repeat(64) },
      { csrf: 'a'.repeat(32) },
      { headers: { 'content-type': 'application/json' } },
      { headers: { origin: 'https://evil.example' } },
      { headers: { origin: 'null' } },
      { headers: { origin: null, 'sec-fetch-site': 'cross-site' } },
    ]
    for (const posting of postings) {
      const browser = site.browser()
      await browser.open('/login/')
      const answer = await browser.post('/login/', fields, posting)
      expect([answer.status, browser.jar.get(SESSION)], JSON.stringify(posting)).toEqual([403, null])
    }
    expect(await site.auth.listAttempts({ scope: 'all', filter: { limit: 1 } })).toEqual([])
  })

  it.each([
    ['/admin/users/?q=a', '/admin/users/?q=a'],
    ['https://acme.test/admin/groups/', '/admin/groups/'],
    ['https://evil.example/', '/admin/'],
    ['//evil.example', '/admin/'],
    ['///evil.example', '/admin/'],
    ['/\\evil.example', '/admin/'],
    ['/\t/evil.example', '/admin/'],
    ['/.//evil.example', '/admin/'],
    ['javascript:alert(1)', '/admin/'],
    ['https://acme.test@evil.example/', '/admin/'],
    ['https://acme.test.evil.example/', '/admin/'],
    ['http://acme.test/', '/admin/'],
    ['users/', '/admin/'],
    ['', '/admin/'],
    ['a'.repeat(5000), '/admin/'],
  ])('HA3: leads from next=%s to %s', async (next, to) => {
    const site = adminSite()
    await site.add('root', { isStaff: true })
    const browser = site.browser()
    await browser.open(`/login/?next=${encodeURIComponent(next.toWellFormed())}`)
    const answer = await browser.post('/login/', { username: 'root', password: PASSWORD, next })
    expect([answer.status, answer.location]).toEqual([302, to])
  })

  it('HA3: sets the session, and another value for the forms', async () => {
    const site = adminSite()
    await site.add('root', { isStaff: true })
    const browser = site.browser()
    await browser.open('/login/')
    const before = browser.jar.get('__Host-portress-admin-csrf')
    const answer = await browser.post('/login/?next=/admin/audit/', { username: 'root', password: PASSWORD })
    expect(answer.location).toBe('/admin/audit/')
    const cookies = answer.headers.getSetCookie()
    for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/)
    expect(browser.jar.get(SESSION)).not.toBeNull()
    expect(browser.jar.get('__Host-portress-admin-csrf')).not.toBe(before)
  })

  it('HA4: leads whoever is logged in to the front page, and offers whoever is not staff another log-in', async () => {
    const { site, root } = await withSuperuser()
    const answer = await root.open('/login/?next=/admin/users/')
    expect([answer.status, answer.location]).toEqual([302, '/admin/'])
    await site.add('ann')
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD, carrier: 'cookie' })
    const browser = site.browser()
    browser.jar.set(SESSION, issued.token)
    expect((await browser.open('/users/')).location).toBe('/admin/login/?next=/admin/users/')
    const page = await browser.open('/login/')
    expect(page.status).toBe(200)
    expect(page.text).toContain('You are logged in, but not as somebody who may see this page.')
  })

  it('HA4: shows staff without permissions an empty front page, and no list', async () => {
    const site = adminSite()
    await site.add('clerk', { isStaff: true })
    const clerk = await site.browserOf('clerk')
    const front = await clerk.open('/')
    expect(front.text).toContain('You don’t have permission to view or edit anything.')
    for (const path of ['/users/', '/users/1/', '/groups/', '/attempts/', '/locks/', '/outbox/', '/audit/']) {
      expect((await clerk.open(path)).status, path).toBe(403)
    }
  })
})

describe('leaving', () => {
  it('HA5: logs out by a form alone', async () => {
    const { root } = await withSuperuser()
    expect((await root.open('/logout/')).status).toBe(405)
    expect((await root.post('/logout/', {}, { csrf: null })).status).toBe(403)
    expect((await root.open('/')).status).toBe(200)
    const answer = await root.post('/logout/')
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('<h1>Logged out</h1>')
    expect(root.jar.get(SESSION)).toBeNull()
    expect((await root.open('/')).status).toBe(302)
  })

  it('is not a page any more for whom staff was taken away from', async () => {
    const { site, root, user } = await withSuperuser()
    await site.auth.updateUser({ userId: user.id, isStaff: false })
    expect((await root.open('/')).location).toBe('/admin/login/?next=/admin/')
  })
})

describe('the own password', () => {
  const fields = { old_password: PASSWORD, new_password1: OTHER_PASSWORD, new_password2: OTHER_PASSWORD }

  it('HA6: is changed with the old one, which ends all other sessions', async () => {
    const { site, root } = await withSuperuser()
    const other = await site.browserOf('root')
    await root.open('/password_change/')
    const answer = await root.post('/password_change/', fields)
    expect([answer.status, answer.location]).toEqual([302, '/admin/password_change/done/'])
    expect((await root.open('/password_change/done/')).text).toContain('Your password was changed.')
    expect((await other.open('/')).status).toBe(302)
  })

  it.each([
    [{ old_password: 'wrong' }, 'Your old password was entered incorrectly. Please enter it again.', 403],
    [{ new_password2: 'another one entirely' }, 'The two password fields didn’t match.', 400],
    [{ new_password1: '12345678', new_password2: '12345678' }, 'This password is too common.', 400],
    [{ new_password1: '', new_password2: '' }, 'This field is required.', 400],
  ])('HA6: %j is refused with "%s"', async (changed, sentence, status) => {
    const { root } = await withSuperuser()
    await root.open('/password_change/')
    const answer = await root.post('/password_change/', { ...fields, ...changed })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(sentence)
    expect(answer.text).toContain('<title>Error: Password change |')
  })
})

describe('what is dangerous', () => {
  it('asks for the password once the log-in is ten minutes ago, and then goes on with what was typed', async () => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann')
    site.clock.advance({ minutes: 11 })
    await root.open(`/users/${ann.id}/delete/`)
    const asked = await root.post(`/users/${ann.id}/delete/`, { post: 'yes' })
    expect(asked.status).toBe(403)
    expect(asked.text).toContain('<h1>Confirm that it is you</h1>')
    expect(asked.text).toContain('<input type="hidden" name="post" value="yes">')
    const wrong = await root.post(`/users/${ann.id}/delete/`, { post: 'yes', confirm_password: 'wrong' })
    expect(wrong.text).toContain('This is not your password.')
    expect(await site.auth.findUser('ann')).not.toBeNull()
    const done = await root.post(`/users/${ann.id}/delete/`, { post: 'yes', confirm_password: PASSWORD })
    expect([done.status, done.location]).toEqual([302, '/admin/users/'])
    expect(await site.auth.findUser('ann')).toBeNull()
  })

  it('never writes a password that was typed into the page that asks', async () => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann')
    site.clock.advance({ minutes: 11 })
    await root.open(`/users/${ann.id}/password/`)
    const secret = 'typed into the form 4711'
    const asked = await root.post(`/users/${ann.id}/password/`, { password1: secret, password2: secret })
    expect(asked.text).toContain('Confirm that it is you')
    expect(asked.text).not.toContain(secret)
  })

  it('asks sooner or later as the site says', async () => {
    const { site, root } = await withSuperuser({ admin: { proofSeconds: 60 } })
    const ann = await site.add('ann')
    site.clock.advance({ minutes: 2 })
    await root.open(`/users/${ann.id}/delete/`)
    expect((await root.post(`/users/${ann.id}/delete/`, { post: 'yes' })).status).toBe(403)
  })
})
