/** The pages that mailed links lead to: what all of them have in common. */
import { describe, expect, it } from 'vitest'
import { operations } from '../../src/dialects/operations/index.ts'
import { pages } from '../../src/dialects/pages/index.ts'
import {
  codeOf,
  FORM,
  NEW_PASSWORD,
  PASSWORD,
  type PageSite,
  pageSites,
  pathOf,
  resetLink,
} from '../support/page-site.ts'
import { replacedStore } from '../support/replaced-store.ts'
import { TEST_ORIGIN } from '../support/test-auth.ts'

async function emailChangeLink(site: PageSite, to: string): Promise<string> {
  await site.addAnn()
  const { issued, user } = await site.auth.login({ identifier: 'ann', password: PASSWORD, carrier: 'token' })
  const actor = { session: issued.session, user }
  await site.auth.changeEmail({ newEmail: 'new@example.org', currentPassword: PASSWORD }, { actor })
  return site.mailedLink(to)
}

/** Every page: how one gets its link, and what pressing its button brings about. */
const PAGES: readonly {
  readonly path: string
  readonly done: string
  readonly link: (site: PageSite) => Promise<string>
  readonly happened: (site: PageSite) => Promise<boolean>
}[] = [
  {
    path: '/account/verify-email',
    done: 'Your address is confirmed.',
    async link(site) {
      await site.auth.register({ username: 'ann', email: 'ann@example.org', password: PASSWORD })
      return site.mailedLink('ann@example.org')
    },
    happened: async ({ auth }) => (await auth.findUser('ann'))?.status === 'active',
  },
  {
    path: '/account/reset-password',
    done: 'Your new password is set.',
    link: resetLink,
    happened: ({ auth }) =>
      auth.login({ identifier: 'ann', password: NEW_PASSWORD }).then(
        () => true,
        () => false,
      ),
  },
  {
    path: '/account/reset-username',
    done: 'Your new user name is set.',
    async link(site) {
      await site.addAnn()
      await site.auth.requestUsernameReset({ email: 'ann@example.org' })
      return site.mailedLink('ann@example.org')
    },
    happened: async ({ auth }) => (await auth.findUser('anna'))?.email === 'ann@example.org',
  },
  {
    path: '/account/change-email',
    done: 'Your new address is in use.',
    link: (site) => emailChangeLink(site, 'new@example.org'),
    happened: async ({ auth }) => (await auth.findUser('ann'))?.email === 'new@example.org',
  },
  {
    path: '/account/cancel-email-change',
    done: 'This is the address of your account.',
    link: (site) => emailChangeLink(site, 'ann@example.org'),
    async happened({ auth, mailer }) {
      await auth.flush()
      return mailer.sent.at(-1)?.subject === 'Set a new password for Acme'
    },
  },
  {
    path: '/account/unlock',
    done: 'Your account is unlocked.',
    async link(site) {
      await site.addAnn()
      for (const password of ['wrong 1', 'wrong 2', 'wrong 3']) {
        await site.auth.login({ identifier: 'ann', password }).catch(() => undefined)
      }
      return site.mailedLink('ann@example.org')
    },
    happened: ({ auth }) =>
      auth.login({ identifier: 'ann', password: PASSWORD }).then(
        () => true,
        () => false,
      ),
  },
]

const startSite = pageSites()

describe.each(PAGES)('$path', ({ path, done, link, happened }) => {
  it('does nothing when it is opened, and what it says once its button is pressed', async () => {
    const site = startSite()
    const mailed = await link(site)
    expect(pathOf(mailed)).toBe(path)
    await site.open(mailed, { method: 'HEAD' })
    for (let visit = 0; visit < 3; visit += 1) {
      const opened = await site.open(mailed)
      expect(opened.status).toBe(200)
      expect(await opened.text()).toContain(`<input type="hidden" name="code" value="${codeOf(mailed)}">`)
    }
    expect(await happened(site)).toBe(false)

    const fields = { code: codeOf(mailed), ...FORM }
    const answer = await site.send(path, fields)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain(done)
    expect(await happened(site)).toBe(true)
  })

  it('works once', async () => {
    const site = startSite()
    const fields = { ...FORM, code: codeOf(await link(site)) }
    expect((await site.send(path, fields)).status).toBe(200)
    // Another name: the first one is taken by now, by the same user.
    const again = await site.send(path, { ...fields, new_username: 'annabel' })
    expect(again.status).toBe(400)
    const text = await again.text()
    expect(text).toContain('<p class="alert" role="alert">This link does not work')
    expect(text).not.toContain('<form')
  })

  it('takes no code of another page', async () => {
    const site = startSite()
    const fields = { ...FORM, code: codeOf(await link(site)) }
    for (const other of PAGES.filter((page) => page.path !== path)) {
      expect((await site.send(other.path, fields)).status, other.path).toBe(400)
    }
    expect((await site.send(path, fields)).status).toBe(200)
  })

  it.each([
    '',
    '?code',
    '?code=',
    '?code=x',
    `?code=${'a'.repeat(10_000)}`,
    '?code=%00',
    '?code=%ED%A0%80',
    '?code=a&code=b',
  ])('is a plain page about an incomplete link for %.20j', async (query) => {
    const answer = await startSite().open(path + query)
    expect(answer.status).toBe(400)
    const text = await answer.text()
    expect(text).toContain('This page needs the complete link from a mail.')
    expect(text).not.toContain('<form')
  })

  it.each(['', 'x', 'a'.repeat(10_000), '\0', '\ud800', '"><script>alert(1)</script>', 'A'.repeat(43)])(
    'refuses the code %.20j and does not write it back',
    async (code) => {
      const answer = await startSite().send(path, { code, ...FORM })
      expect(answer.status).toBe(400)
      const text = await answer.text()
      expect(text).toContain('This link does not work')
      if (code.length > 1) expect(text).not.toContain(code)
    },
  )

  it('refuses what comes from another site, or from a page without an origin, and keeps the code', async () => {
    const site = startSite()
    const fields = { ...FORM, code: codeOf(await link(site)) }
    for (const origin of ['https://evil.example', 'null']) {
      const answer = await site.send(path, fields, { origin, 'sec-fetch-site': 'cross-site' })
      expect(answer.status, origin).toBe(403)
      expect(await answer.text()).not.toContain(fields.code)
    }
    expect((await site.send(path, fields)).status).toBe(200)
  })

  it('lets a browser send its own form: it names its origin to nobody but this site, and never its address', async () => {
    const { headers } = await startSite().open(`${path}?code=${'A'.repeat(43)}`)
    // `no-referrer` would make browsers send `Origin: null`, which the test above shows is refused.
    expect(headers.get('referrer-policy')).toBe('strict-origin')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('content-security-policy')).toContain("form-action 'self'")
  })

  it('answers bodies that are none with a page', async () => {
    const site = startSite()
    const bodies: readonly [type: string, body: string | Uint8Array<ArrayBuffer>, status: number][] = [
      ['application/x-www-form-urlencoded', 'code=a&code=b', 400],
      ['application/x-www-form-urlencoded', '__proto__=1', 400],
      ['application/x-www-form-urlencoded', new Uint8Array([0x63, 0x3d, 0xff]), 400],
      ['application/x-www-form-urlencoded', `code=${'a'.repeat(70_000)}`, 413],
      ['application/json', '{', 400],
      ['application/json', '{"code":{"$ne":1},"new_password":1,"new_password_again":1}', 400],
      ['text/plain', 'code=a', 415],
      ['multipart/form-data; boundary=x', '--x--', 415],
    ]
    for (const [type, body, status] of bodies) {
      const answer = await site.open(path, { method: 'POST', body, headers: { 'content-type': type } })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8'])
    }
  })
})

describe('the pages', () => {
  it('put the code into no header and no log', async () => {
    const logged: string[] = []
    const log = (fields: object, message: string): void => {
      logged.push(`${JSON.stringify(fields)} ${message}`)
    }
    const site = startSite({ logger: { debug: log, info: log, warn: log, error: log } })
    const link = await resetLink(site)
    const code = codeOf(link)
    const answers = [
      await site.open(link),
      await site.send(pathOf(link), { code, new_password: 'a', new_password_again: 'a' }),
      await site.send(pathOf(link), { code, new_password: NEW_PASSWORD, new_password_again: NEW_PASSWORD }),
      await site.send(pathOf(link), { code, new_password: NEW_PASSWORD, new_password_again: NEW_PASSWORD }),
    ]
    for (const { headers } of answers) expect(JSON.stringify([...headers])).not.toContain(code)
    expect(logged.join('\n')).not.toContain(code)
  })

  it('load nothing but one style sheet, and cannot be framed, kept or scripted', async () => {
    const site = startSite()
    const code = 'A'.repeat(43)
    for (const path of ['/', '/nothing', ...PAGES.map((page) => `${page.path}?code=${code}`)]) {
      const answer = await site.open(path)
      expect(answer.headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      )
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const text = await answer.text()
      expect(text).not.toMatch(/<script|\sstyle=|<style|javascript:|\ssrc=/i)
      expect(text.match(/<link[^>]*>/g)).toEqual(['<link rel="stylesheet" href="/account/portress.css">'])
    }
  })

  it('bring their style sheet along, for light and dark', async () => {
    const answer = await startSite().open('/account/portress.css')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
    const text = await answer.text()
    expect(text).toContain('prefers-color-scheme: dark')
    expect(text).toContain(':focus-visible')
    expect(text).not.toMatch(/url\(|@import|https?:/)
  })

  it('speak the reader’s language, and say which it is', async () => {
    const site = startSite()
    const open = async (language: string): Promise<string> => {
      const headers = { 'accept-language': language }
      return (await site.open(`/account/verify-email?code=${'A'.repeat(43)}`, { headers })).text()
    }
    expect(await open('de-AT, en;q=0.5')).toMatch(/<html lang="de">[\s\S]*<h1>E-Mail-Adresse bestätigen<\/h1>/)
    expect(await open('fr')).toMatch(/<html lang="en">[\s\S]*<h1>Confirm your e-mail address<\/h1>/)
  })

  it('show the site’s name as text, whatever it is', async () => {
    const name = '<img src=x onerror=alert(1)> & "Söhne"'
    const site = startSite({ site: { name, origin: TEST_ORIGIN } })
    for (const path of ['/', '/account/unlock', '/nothing']) {
      const text = await (await site.open(path)).text()
      expect(text).not.toContain('<img')
      expect(text).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Söhne&quot;')
    }
  })

  it('lead from a page that says they run to what is mounted', async () => {
    const links = [
      { href: '/api/openapi.json', label: 'API' },
      { href: '/x?a=1&b="', label: '<b>Bold</b>' },
      { href: '/help', label: (language: string) => `Help in ${language}` },
    ]
    const text = await (await startSite({ mounts: { '/': pages({ links }) } }).open('/')).text()
    expect(text).toContain('The account system is running.')
    expect(text).toContain('<li><a href="/api/openapi.json">API</a></li>')
    expect(text).toContain('<a href="/x?a=1&amp;b=&quot;">&lt;b&gt;Bold&lt;/b&gt;</a>')
    expect(text).toContain('<a href="/help">Help in en</a>')
    expect(await (await startSite().open('/')).text()).not.toContain('<ul')
  })

  it('work below another path', async () => {
    const site = startSite({ mounts: { '/me': pages() } })
    const answer = await site.open(`/me/account/unlock?code=${'A'.repeat(43)}`)
    const text = await answer.text()
    expect(text).toContain('<form method="post" action="/me/account/unlock">')
    expect(text).toContain('href="/me/account/portress.css"')
    expect((await site.open('/me/account/portress.css')).status).toBe(200)
    expect(await (await site.send('/me/account/unlock', { code: 'x' })).text()).toContain('Unlock your account')
  })

  it('share their path with other dialects', async () => {
    const site = startSite({ mounts: { '/': [pages(), operations()] } })
    expect((await site.open('/health')).headers.get('content-type')).toBe('application/json')
    expect((await site.open('/')).status).toBe(200)
    expect((await site.open('/nothing')).headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  it('refuse other methods, and say which there are', async () => {
    const answer = await startSite().open('/account/unlock', { method: 'DELETE' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
    expect(await answer.text()).toContain('This cannot be done here.')
  })

  it('tell of a fault by its request id alone', async () => {
    const logged: object[] = []
    const logger = { debug() {}, info() {}, warn() {}, error: (fields: object) => logged.push(fields) }
    const store = replacedStore(({ codes }) => ({
      codes: { ...codes, find: () => Promise.reject(new Error('secret of the driver')) },
    }))
    const answer = await startSite({ store, logger }).send('/account/unlock', { code: 'A'.repeat(43) })
    const requestId = answer.headers.get('x-request-id')
    const text = await answer.text()
    expect(answer.status).toBe(500)
    expect(text).toContain(`(${requestId})`)
    expect(text).not.toContain('driver')
    expect(logged).toMatchObject([{ requestId }])
  })
})
