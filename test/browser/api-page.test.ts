/** The page about the API in a real browser: read, searched, tried, by keyboard and on a phone. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { docs } from '../../src/dialects/docs/index.ts'
import { openApiDocument, portressApi } from '../../src/dialects/portress-api/index.ts'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { httpServer } from '../support/http-server.ts'
import { testAuth } from '../support/test-auth.ts'
import { auditPage } from './audit-page.ts'
import { watchTroubles } from './watch-troubles.ts'

const PASSWORD = 'correct horse battery'

let browser: Browser | undefined
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  if (hasBrowser()) browser = await openBrowser()
  else process.stderr.write('Left out, because Chromium is not installed: the page about the API in a browser\n')
})

afterAll(() => browser?.close())

beforeEach(({ skip }) => {
  if (browser === undefined) skip('Chromium is not installed')
})

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

interface Visit {
  readonly page: Page
  /** Refusals of the policy, and errors of the script. */
  readonly troubles: readonly string[]
  readonly open: (hash?: string) => Promise<void>
}

async function visit(options: BrowserContextOptions = {}): Promise<Visit> {
  if (browser === undefined) throw new Error('there is no browser')
  const server = await httpServer()
  closing.push(() => server.close())
  const { auth } = testAuth({
    site: { name: 'Acme', origin: server.origin },
    environment: 'development',
    mounts: { '/api': portressApi(), '/docs': docs({ document: openApiDocument }) },
  })
  closing.push(() => auth.close())
  await auth.createUser({ username: 'ann', email: 'ann@example.org', password: PASSWORD, passwordCheck: 'bypassed' })
  server.answerWith(auth.fetch)
  const context = await browser.newContext(options)
  closing.push(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const troubles = watchTroubles(page)
  return { page, troubles, open: async (hash = '') => void (await page.goto(`${server.origin}/docs${hash}`)) }
}

describe('the page about the API', () => {
  it('logs in, and asks for the user with the token that came back', async () => {
    const { page, troubles, open } = await visit()
    // Whatever the link has behind its hash, a password goes into no address.
    await open('#%')
    const login = page.locator('#post-login')
    await login.locator('summary').click()
    const body = login.getByLabel('Body')
    expect(JSON.parse(await body.inputValue())).toEqual({ identifier: '', password: '', carrier: 'token' })
    await body.fill('{"identifier": "ann"')
    await login.getByRole('button', { name: 'Send' }).click()
    await login.getByText('The body is no JSON').waitFor()
    await body.fill(JSON.stringify({ identifier: 'ann', password: 'wrong' }))
    await login.getByRole('button', { name: 'Send' }).click()
    await login.getByText('HTTP 401').waitFor()
    expect(await login.locator('.answer').textContent()).toContain('"code": "invalid_credentials"')
    await body.fill(JSON.stringify({ identifier: 'ann', password: PASSWORD }))
    await body.press('Control+Enter')
    await login.getByText('HTTP 200').waitFor()
    expect(await login.locator('.answer').textContent()).toContain('cache-control: no-store')
    expect(await login.getByText('cache-control').isVisible()).toBe(false)
    await login.getByText('Headers', { exact: true }).click()
    expect(await login.getByText('cache-control').isVisible()).toBe(true)
    expect(await page.getByLabel(/^Token/).inputValue()).not.toBe('')

    const me = page.locator('#get-me')
    await me.locator('summary').click()
    await me.getByRole('button', { name: 'Send' }).click()
    await me.getByText('"username": "ann"').waitFor()
    const session = page.locator('#delete-sessions-id')
    await session.locator('summary').click()
    await session.getByRole('textbox', { name: 'id' }).fill('a/b?c')
    await session.getByRole('button', { name: 'Send' }).click()
    await session.getByText('HTTP 404').waitFor()
    expect(troubles).toEqual([])
  })

  it('finds rows by words, and is gone through by keyboard alone', async () => {
    const { page, troubles, open } = await visit()
    await open()
    const shown = page.locator('details[data-row]:visible')
    const all = await shown.count()
    expect(all).toBeGreaterThan(30)
    await page.keyboard.press('/')
    await page.keyboard.type('password reset')
    expect(await shown.count()).toBe(2)
    expect(await page.locator('#found').textContent()).toBe(`2 of ${all} endpoints`)
    await page.keyboard.press('Enter')
    expect(await focused(page)).toContain('POST /password/reset ')
    expect(await page.locator('#post-password-reset').getAttribute('open')).toBe('')
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toContain('POST /password/reset/confirm')
    await page.keyboard.press('/')
    await page.keyboard.press('Escape')
    expect(await shown.count()).toBe(all)
    const shapes = page.locator('details[data-shape]:visible')
    expect(await shapes.count()).toBeGreaterThan(20)
    // Whoever was refused looks for the code.
    await page.keyboard.type('wrong_current_password')
    expect(await page.locator('#post-password-change').isVisible()).toBe(true)
    expect(await page.locator('#post-register').isVisible()).toBe(false)
    expect(await shapes.count()).toBe(0)
    expect(troubles).toEqual([])
  })

  it('opens the row that a link names', async () => {
    const { page, open } = await visit()
    await open('#patch-me')
    expect(await page.locator('#patch-me').getAttribute('open')).toBe('')
    await page.locator('#patch-me').getByRole('link', { name: 'User', exact: true }).click()
    await page.locator('#shape-User[open]').waitFor()
    expect(await page.locator('#shape-User').getAttribute('open')).toBe('')
  })

  it.each([
    ['in the light', {}],
    ['on a phone, in the dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
  ] as const)('can be read and used %s', async (_name, options) => {
    const { page, troubles, open } = await visit(options)
    await open()
    for (const row of ['post-register', 'post-social-provider-login', 'get-me-export', 'shape-LoggedIn']) {
      await page.locator(`#${row} > summary`).click()
    }
    await page.locator('#get-me-export').getByRole('button').click()
    await page.locator('#get-me-export').getByText('HTTP 401').waitFor()
    expect(await auditPage(page)).toEqual([])
    expect(troubles).toEqual([])
  })

  it('can be read without script', async () => {
    const { page, open } = await visit({ javaScriptEnabled: false })
    await open()
    await page.locator('#post-login > summary').click()
    expect(await page.locator('#post-login').getByText('invalid_credentials').isVisible()).toBe(true)
    expect(await page.getByRole('button').count()).toBe(0)
  })
})

const focused = (page: Page): Promise<string> => page.evaluate<string>('document.activeElement.textContent')
