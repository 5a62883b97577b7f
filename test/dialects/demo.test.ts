/** The page at `/` and its files as they are sent. What it does is shown in a browser, in `test/browser/demo.test.ts`. */
import { describe, expect, it } from 'vitest'
import { demo } from '../../src/dialects/demo/index.ts'
import { pages } from '../../src/dialects/pages/index.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { pageSites } from '../support/page-site.ts'
import { TEST_ORIGIN } from '../support/test-auth.ts'

const startSite = pageSites()

const links = [
  { href: '/x?a=1&b="', label: '<b>Bold</b>' },
  { href: '/help', label: (language: string) => `Help in ${language}` },
]

const mounted = () =>
  startSite({ mounts: { '/': [demo({ links, outbox: '/outbox' }), pages({ hasIndexPage: false })] } })

describe('the demo', () => {
  it('is one page without anything inline or from elsewhere, that cannot be framed or kept', async () => {
    const answer = await mounted().open('/')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; " +
        "frame-ancestors 'none'; base-uri 'none'",
    )
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const text = await answer.text()
    expect(text).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:|https?:/i)
    expect(text.match(/<script[^>]*>[^<]*/g)).toEqual(['<script type="module" src="/demo/demo.js">'])
    expect(text).toContain('<link rel="stylesheet" href="/demo/demo.css">')
  })

  it('sends nothing but what is behind its form elements: without the script they are not shown', async () => {
    const text = await (await mounted().open('/')).text()
    for (const [form] of text.matchAll(/<form[^>]*>/g)) expect(form).toContain('method="post"')
    expect(text).toContain('<div id="outside" class="cards" hidden>')
    expect(text).toContain('<div id="inside" class="cards" hidden>')
    expect(text).toContain('<noscript>')
  })

  it('loads the client of the package, file by file, as scripts that a browser understands', async () => {
    const site = mounted()
    const seen = new Set<string>()
    const load = async (path: string): Promise<void> => {
      if (seen.has(path)) return
      seen.add(path)
      const answer = await site.open(path)
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        200,
        'text/javascript; charset=utf-8',
      ])
      const text = await answer.text()
      expect(text, path).not.toMatch(/\binterface |\bas const\b|\.ts'/)
      for (const [, target = ''] of text.matchAll(/ from '(\.\/[^']+)'/g)) {
        await load(new URL(target, TEST_ORIGIN + path).pathname)
      }
    }
    await load('/demo/demo.js')
    expect(seen).toContain('/demo/client/create-client.js')
    expect(seen.size).toBeGreaterThan(6)
  })

  it.each([
    '/demo/nothing.js',
    '/demo/client/nothing.js',
    '/demo/client/create-client.ts',
    '/demo/client/create-client.test.js',
    '/demo/client/..%2fcreate-auth.js',
    '/demo/client/%2e%2e%2findex.js',
    '/demo/client/index.js%00',
    '/demo/client/INDEX.js',
  ])('hands out nothing else: %s', async (path) => {
    const answer = await mounted().open(path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  })

  it('speaks the reader’s language, and says which it is', async () => {
    const site = mounted()
    const open = async (language: string) => site.open('/', { headers: { 'accept-language': language } })
    const german = await open('de-AT, en;q=0.5')
    expect(german.headers.get('content-language')).toBe('de')
    const germanText = await german.text()
    expect(germanText).toMatch(/<html lang="de">[\s\S]*<h1>Die Konten von Acme ausprobieren<\/h1>/)
    expect(germanText).toContain('<a href="/help">Help in de</a>')
    const frenchText = await (await open('fr')).text()
    expect(frenchText).toContain('<h1>Try the accounts of Acme</h1>')
    expect(frenchText).toContain('<a href="/help">Help in en</a>')
  })

  it('shows names and links as text, whatever they are', async () => {
    const name = '<img src=x onerror=alert(1)> & "Söhne"'
    const site = startSite({ site: { name, origin: TEST_ORIGIN }, mounts: { '/': demo({ links }) } })
    const text = await (await site.open('/')).text()
    expect(text).not.toContain('<img')
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Söhne&quot;')
    expect(text).toContain('<a href="/x?a=1&amp;b=&quot;">&lt;b&gt;Bold&lt;/b&gt;</a>')
  })

  it('asks for what the site knows of people', async () => {
    const site = startSite({ user: { username: 'none' }, mounts: { '/': demo() } })
    const text = await (await site.open('/')).text()
    expect(text).not.toContain('register-username')
    expect(text).toContain('register-email')
    expect(text).not.toContain('while mails are kept here')
  })

  it.each(['optional', 'required'] as const)('marks the address as optional where it is: %s', async (email) => {
    const site = startSite({ user: { email }, mounts: { '/': demo() } })
    const marked = '<label for="register-email">E-mail address <small>optional</small></label>'
    expect((await (await site.open('/')).text()).includes(marked)).toBe(email === 'optional')
  })

  it('works below another path, for an API at another one', async () => {
    const site = startSite({ mounts: { '/accounts-api': portressApi(), '/try': demo({ api: '/accounts-api' }) } })
    for (const path of ['/try', '/try/']) {
      const text = await (await site.open(path)).text()
      expect(text).toContain('src="/try/demo/demo.js"')
      expect(text).toContain('data-api="/accounts-api"')
    }
    expect((await site.open('/try/demo/client/index.js')).status).toBe(200)
  })

  it.each(['production', 'development'] as const)('is not there in %s unless it is mounted', async (environment) => {
    const site = startSite({ environment, mounts: undefined as never })
    expect(site.auth.mounts.map(({ dialect }) => dialect)).not.toContain('demo')
    expect(await (await site.open('/')).text()).toContain('The account system is running.')
    expect((await site.open('/demo/demo.js')).status).toBe(404)
  })
})
