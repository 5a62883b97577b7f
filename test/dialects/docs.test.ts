import { afterEach, describe, expect, it } from 'vitest'
import type { Auth } from '../../src/auth.ts'
import { docs } from '../../src/dialects/docs/index.ts'
import { openApiDocument, portressApi } from '../../src/dialects/portress-api/index.ts'
import { ERRORS } from '../../src/errors.ts'
import { field } from '../../src/model/declare-field.ts'
import { TEST_ORIGIN, testAuth } from '../support/test-auth.ts'

const open: Pick<Auth, 'close'>[] = []

afterEach(async () => {
  for (const auth of open.splice(0)) await auth.close()
})

const MOUNTS = { '/api': portressApi(), '/docs': docs({ document: openApiDocument }) }

type Options = NonNullable<Parameters<typeof testAuth>[0]>

function site(options: Options = {}): { readonly auth: Auth; readonly ask: (path: string) => Promise<Response> } {
  const made = testAuth({ environment: 'development', mounts: MOUNTS, ...options })
  const auth = made.auth as unknown as Auth
  open.push(auth)
  return { auth, ask: (path) => auth.fetch(new Request(TEST_ORIGIN + path)) }
}

const textOf = (page: string): string =>
  page
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')

describe('the page about the API', () => {
  it('begins a registration with an address, without which no mail would come, also where none is asked for', async () => {
    for (const email of ['optional', 'required'] as const) {
      const page = await (await site({ user: { email } }).ask('/docs')).text()
      const [, form = ''] = page.split('<textarea id="post-register-body"')
      expect(form.split('</textarea>', 1)[0]).toContain('&quot;email&quot;: &quot;ann@example.org&quot;')
    }
  })

  it('has every row, with what it takes, answers and refuses for', async () => {
    const { auth, ask } = site()
    const page = await (await ask('/docs')).text()
    const document = await openApiDocument(auth.config)
    const ids = new Set([...page.matchAll(/<details id="([^"]+)" data-row/g)].map(([, id]) => id))
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    expect(ids.size).toBe(operations.length)
    for (const { path, method, operation } of operations) {
      const [, html = ''] = page.split(`data-row="${method} ${path} `)
      const row = textOf(html.split('</details>', 1)[0] ?? '')
      expect(row).toContain(`${method.toUpperCase()} ${path} `)
      const summary = String(operation['summary'])
      expect(row).toContain(summary)
      for (const code of codesOf(operation)) expect(row).toContain(` ${code} ${ERRORS[code].split('`', 1)[0]?.trim()}`)
    }
  })

  it('begins a body with what is required, and with defaults', async () => {
    const { ask } = site({ user: { fields: { age: field.number({ min: 18, required: true }) } } })
    const page = await (await ask('/docs')).text()
    const bodies = [...page.matchAll(/<textarea id="([\w-]+)-body"[^>]*>([^<]*)</g)].map(([, id, text = '']) => {
      return [id, JSON.parse(text.replaceAll('&quot;', '"'))] as const
    })
    const body = new Map(bodies)
    expect(body.get('post-login')).toEqual({ identifier: '', password: '', carrier: 'token' })
    expect(body.get('post-register')).toEqual({ username: '', email: 'ann@example.org', password: '', age: 18 })
    expect(body.get('patch-me')).toMatchObject({ firstName: '', lastName: '' })
    expect(body.has('get-me')).toBe(false)
  })

  it('may run its own script and ask its own origin, and nothing else', async () => {
    const { ask } = site()
    const { headers } = await ask('/docs')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; " +
        "frame-ancestors 'none'; base-uri 'none'",
    )
    const page = await (await ask('/docs/')).text()
    const named = [...page.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path = '']) => path)
    expect(named).toEqual(['/docs/assets/docs.css', '/docs/assets/docs.js'])
    for (const path of named) expect((await ask(path)).headers.get('cache-control')).toBe('public, max-age=3600')
    expect(page).not.toMatch(/https?:\/\/(?!acme\.test)/)
    expect(page).not.toMatch(/\sstyle=|\son\w+=/)
    expect((await (await ask('/docs/assets/docs.js')).text()).length).toBeLessThan(7000)
  })

  it('writes names as text, whatever is in them', async () => {
    const hostile = '<img src=x onerror=alert(1)>'
    const { ask } = site({ site: { name: hostile, origin: TEST_ORIGIN } })
    const page = await (await ask('/docs')).text()
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;img src=x')
  })

  it('knows no other files, and says so on a page', async () => {
    const { ask } = site()
    for (const path of ['/docs/assets/__proto__', '/docs/assets/page.js', '/docs/else']) {
      const answer = await ask(path)
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 404, 'text/html; charset=utf-8'])
    }
  })

  it('is not there in production, unless it is asked for', async () => {
    const production: Options = { environment: 'production' }
    expect((await site(production).ask('/docs')).status).toBe(404)
    expect((await site(production).ask('/docs/assets/docs.js')).status).toBe(404)
    const shown = docs({ document: openApiDocument, path: '/v1', inProduction: true })
    const { ask } = site({ ...production, mounts: { '/v1': portressApi(), '/docs': shown } })
    expect(await (await ask('/docs')).text()).toContain('data-base="/v1"')
  })

  it('comes by default in development alone', async () => {
    const dev = testAuth({ environment: 'development' }).auth as unknown as Auth
    const live = testAuth().auth as unknown as Auth
    open.push(dev, live)
    const ask = async (auth: Auth, path: string): Promise<Response> => auth.fetch(new Request(TEST_ORIGIN + path))
    expect((await ask(dev, '/docs')).status).toBe(200)
    expect((await ask(live, '/docs')).status).toBe(404)
  })
})

function codesOf(operation: Readonly<Record<string, unknown>>): readonly (keyof typeof ERRORS)[] {
  const lists = JSON.stringify(operation['responses']).matchAll(/"code":\{"enum":(\[[^\]]*\])/g)
  return [...lists].flatMap(([, list = '[]']) => JSON.parse(list) as (keyof typeof ERRORS)[])
}
