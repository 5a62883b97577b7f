import { describe, expect, it } from 'vitest'
import { type DoorSite, doorSites } from './support/door-site.ts'
import { PASSWORD } from './support/passwords.ts'

const newSite = doorSites()

const HTML = { accept: 'text/html,application/xhtml+xml' }

const SESSIONS = { door: { schemes: ['session', 'token'] } } as const

/** What Chromium sends with a form of the page itself. */
const FROM_HERE = { ...HTML, origin: 'https://acme.test' }

const csrfInputOf = (text: string): string =>
  /<input type="hidden" name="csrfmiddlewaretoken" value="([a-zA-Z0-9]+)">/.exec(text)?.[1] ?? ''

async function visit(site: DoorSite, path: string): Promise<{ readonly cookie: string; readonly token: string }> {
  const { text, headers } = await site.call(`GET ${path}`, { headers: HTML })
  return { cookie: headers.getSetCookie()[0]?.split(';', 1)[0] ?? '', token: csrfInputOf(text) }
}

describe('the page for people', () => {
  it.each([
    ['GET session/login', 405],
    ['POST session/login', 400],
    ['GET me/', 403],
    ['OPTIONS echo/', 200],
    ['GET people/1/', 200],
    ['POST nothing', 400],
  ])('of %s has the status of the JSON answer, and its headers: %i', async (row, status) => {
    const { call } = newSite(SESSIONS)
    const [page, json] = [await call(row, { headers: HTML }), await call(row)]
    expect([page.status, json.status]).toEqual([status, status])
    for (const name of ['allow', 'www-authenticate']) expect(page.headers.get(name)).toBe(json.headers.get(name))
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  it('shows what has no content with a 200', async () => {
    const site = newSite({ door: { schemes: ['token'] } })
    const headers = { ...HTML, authorization: await site.member('ann') }
    const { status, text } = await site.call('POST logout/', { headers })
    expect([status, text.includes('HTTP 204')]).toEqual([200, true])
  })

  it('runs nothing and loads nothing but its own style', async () => {
    const { call } = newSite(SESSIONS)
    const { headers, text } = await call('GET session/login', { headers: HTML })
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    expect(text).not.toMatch(/<script|<style| style=| on[a-z]+=|javascript:/i)
    expect([...text.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, address]) => address)).toEqual([
      '/door/portress.css',
    ])
    expect((await call('GET portress.css')).headers.get('content-type')).toBe('text/css; charset=utf-8')
  })

  it.each(['<script>alert(1)</script>', '"><img src=x onerror=y>', "' onfocus='x", '</pre><b>', '&lt;b&gt;'])(
    'shows %s as the text it is',
    async (text) => {
      const { call } = newSite()
      const page = await call('POST echo/', { json: { username: text, email: text }, headers: HTML })
      expect([page.status, page.text.includes(text)]).toEqual([400, false])
      const method = await call(`GET people/${encodeURI(text)}/`, { headers: { ...HTML } })
      expect(method.text).not.toContain(text)
      const unrouted = await call(`GET x/?${text}`, { headers: HTML })
      expect(unrouted.text).not.toContain(text)
    },
  )

  it('hides what is typed as a password, and asks for nothing that is only shown', async () => {
    const { text } = await newSite(SESSIONS).call('GET session/login', { headers: HTML })
    expect(text).toContain('<input id="field-password" name="password" type="password" autocomplete="off" required>')
    expect(text).toContain('<input id="field-username" name="username" type="text" autocomplete="off" required>')
  })

  it('has no form for who may not post', async () => {
    const site = newSite(SESSIONS)
    expect((await site.call('GET logout/', { headers: HTML })).text).not.toContain('<form')
    const { cookie } = await site.browser('ann')
    expect((await site.call('GET logout/', { headers: { ...HTML, cookie } })).text).toContain('<form method="post">')
  })

  it('varies by the cookie whose token it holds', async () => {
    const { headers } = await newSite(SESSIONS).call('GET echo/', { headers: HTML })
    expect([headers.get('vary'), headers.get('cache-control')]).toEqual(['Accept, Cookie', 'no-store'])
  })
})

describe('the form of the page', () => {
  it('repeats the token of its cookie, masked anew each time', async () => {
    const site = newSite(SESSIONS)
    const { cookie, token } = await visit(site, 'echo/')
    expect(cookie).toMatch(/^csrftoken=[a-zA-Z0-9]{32}$/)
    expect(token).toMatch(/^[a-zA-Z0-9]{64}$/)
    const again = await site.call('GET echo/', { headers: { ...HTML, cookie } })
    expect(again.headers.getSetCookie()).toEqual([])
    expect(csrfInputOf(again.text)).toMatch(/^[a-zA-Z0-9]{64}$/)
    expect(csrfInputOf(again.text)).not.toBe(token)
    expect(again.text).not.toContain(cookie.slice(10))
  })

  it('is accepted from somebody with a session, and log-in with it renews the token', async () => {
    const site = newSite(SESSIONS)
    await site.addUser('ann')
    const { cookie, token: csrfmiddlewaretoken } = await visit(site, 'session/login')
    const form = { username: 'ann', password: PASSWORD, csrfmiddlewaretoken }
    const login = await site.call('POST session/login', { form, headers: { ...FROM_HERE, cookie } })
    expect(login.status).toBe(200)
    const cookies = login.headers.getSetCookie().map((value) => value.split(';', 1)[0])
    expect(cookies.map((value) => value?.split('=', 1)[0])).toEqual(['sessionid', 'csrftoken'])
    const headers = { ...FROM_HERE, cookie: cookies.join('; ') }
    const stale = await site.call('POST echo/', { form: { username: 'a', csrfmiddlewaretoken }, headers })
    expect(stale.status).toBe(403)
    const fresh = csrfInputOf((await site.call('GET echo/', { headers })).text)
    const posted = await site.call('POST echo/', { form: { username: 'a', csrfmiddlewaretoken: fresh }, headers })
    expect(posted.status).toBe(200)
  })

  it('makes a new token for a cookie that is none', async () => {
    const site = newSite(SESSIONS)
    for (const cookie of ['csrftoken=x', 'csrftoken="><script>', `csrftoken=${'-'.repeat(32)}`]) {
      const { headers, text } = await site.call('GET echo/', { headers: { ...HTML, cookie } })
      expect(headers.getSetCookie()[0]).toMatch(/^csrftoken=[a-zA-Z0-9]{32}; /)
      expect(text).not.toContain('<script')
    }
  })

  it('holds no token, and sets no cookie, where no session could need it', async () => {
    const site = newSite({ door: { schemes: ['token'] } })
    const { text, headers } = await site.call('GET echo/', { headers: HTML })
    expect([csrfInputOf(text), headers.getSetCookie()]).toEqual(['', []])
  })
})
