import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Auth } from '../../src/auth.ts'
import { defaultMounts } from '../../src/default-mounts.ts'
import { outboxMailer } from '../../src/mailers/outbox-mailer.ts'
import { development } from '../../src/providers/development.ts'
import type { FakeClock } from '../../src/testing/fake-clock.ts'
import { httpServer } from '../support/http-server.ts'
import { testAuth } from '../support/test-auth.ts'
import { watchTroubles } from './watch-troubles.ts'

export const PASSWORD = 'plum-tart-4-breakfast'

/** What runs during development, on a real server. */
export interface DemoSite {
  readonly auth: Auth
  readonly clock: FakeClock
  readonly origin: string
  addUser(username: string): Promise<void>
  /** A window of its own at `/`, once its script has found out who is there. */
  open(browser: Browser, options?: BrowserContextOptions): Promise<DemoVisit>
  close(): Promise<void>
}

export interface DemoVisit {
  readonly page: Page
  /** Dialogs, refusals of the policy, errors of the script, requests to elsewhere. */
  readonly troubles: readonly string[]
  logIn(identifier: string, password?: string): Promise<void>
  close(): Promise<void>
}

export async function demoSite(): Promise<DemoSite> {
  const server = await httpServer()
  const { origin } = server
  const { auth, clock } = testAuth({
    site: { name: 'Acme', origin },
    environment: 'development',
    mailer: outboxMailer(),
    user: { email: 'optional' },
    login: { emailMustBeVerified: true },
    social: { providers: [development()] },
    mounts: defaultMounts({ hasOutboxPage: true, hasDocs: true, hasDemo: true, hasDevelopmentProvider: true }),
  })
  server.answerWith(auth.fetch)
  await auth.migrate()
  return {
    auth,
    clock,
    origin,
    async addUser(username) {
      const email = `${username}@example.org`
      await auth.createUser({ username, email, password: PASSWORD, passwordCheck: 'bypassed' })
    },
    open: (browser, options = {}) => visit(browser, origin, options),
    async close() {
      await server.close()
      await auth.close()
    },
  }
}

async function visit(browser: Browser, origin: string, options: BrowserContextOptions): Promise<DemoVisit> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const troubles = watchTroubles(page)
  page.on('request', (request) => {
    if (!/^data:/.test(request.url()) && !request.url().startsWith(origin)) troubles.push(request.url())
  })
  await page.goto(origin)
  if (options.javaScriptEnabled !== false) await page.waitForSelector('.cards:not([hidden])')
  return {
    page,
    troubles,
    async logIn(identifier, password = PASSWORD) {
      await page.fill('#login-identifier', identifier)
      await page.fill('#login-password', password)
      await page.click('[data-form=login] button')
    },
    close: () => context.close(),
  }
}
