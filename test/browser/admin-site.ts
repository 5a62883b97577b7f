import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { admin } from '../../src/admin/index.ts'
import { field } from '../../src/model/declare-field.ts'
import { type HttpServer, httpServer } from '../support/http-server.ts'
import { type TestAuth, testAuth } from '../support/test-auth.ts'
import { watchTroubles } from './watch-troubles.ts'

export const PASSWORD = 'correct horse battery'

/** What somebody may call themselves. */
const HOSTILE = '"><img src=x onerror="alert(1)"><script>alert(2)</script>'

/** The admin on a real server, with people in it. */
export interface BrowsedAdmin extends TestAuth {
  readonly origin: string
  /** A window of its own, with all that went wrong in it. */
  open(browser: Browser, options?: BrowserContextOptions): Promise<Visit>
  close(): Promise<void>
}

export interface Visit {
  readonly page: Page
  /** Dialogs, refusals of the policy, errors of the script. */
  readonly troubles: readonly string[]
  goTo(path: string): Promise<void>
  logIn(): Promise<void>
  close(): Promise<void>
}

export async function browsedAdmin(): Promise<BrowsedAdmin> {
  const server = await httpServer()
  const made = testAuth({
    site: { name: 'Acme', origin: server.origin },
    environment: 'development',
    user: {
      fields: {
        plan: field.enum({ choices: ['free', 'pro'], default: 'free' }),
        about: field.text({ maxLength: 4000 }),
      },
      profiles: { verification: { verified: field.boolean({ default: false }) } },
    },
    mounts: { '/admin': admin() },
  })
  const { auth } = made
  server.answerWith(auth.fetch)
  await populate(made as unknown as TestAuth)
  return {
    ...(made as unknown as TestAuth),
    origin: server.origin,
    open: (browser, options = {}) => visit(browser, server, options),
    async close() {
      await server.close()
      await auth.close()
    },
  }
}

const PEOPLE = [
  'Ada Lovelace',
  'Grace Hopper',
  'Alan Turing',
  'Edsger Dijkstra',
  'Barbara Liskov',
  'Radia Perlman',
  'محمد الخوارزمي',
]

async function populate({ auth, clock }: TestAuth): Promise<void> {
  const shared = { passwordCheck: 'bypassed', password: PASSWORD } as const
  await auth.createUser({ ...shared, username: 'root', email: 'root@acme.test', isStaff: true, isSuperuser: true })
  await auth.createGroup({ name: 'Editors', permissions: ['portress.view_user'] })
  for (const [index, name] of PEOPLE.entries()) {
    const [firstName = '', lastName = ''] = name.split(' ')
    clock.advance({ minutes: 40 })
    await auth.createUser({
      ...shared,
      username: `user-${index}`,
      email: `user-${index}@example.org`,
      firstName,
      lastName,
    })
    for (let tries = 0; tries <= index % 3; tries += 1) {
      await auth
        .login({ identifier: `user-${index}`, password: 'wrong' }, { address: '198.51.100.7' })
        .catch(() => undefined)
    }
    await auth.login({ identifier: `user-${index + 1}`, password: PASSWORD }).catch(() => undefined)
  }
  await auth.createUser({
    ...shared,
    username: 'hostile',
    email: 'hostile@example.org',
    firstName: HOSTILE,
    lastName: 'x'.repeat(150),
  })
  await auth.createGroup({ name: HOSTILE.slice(0, 100) })
  await auth.login({ identifier: HOSTILE, password: 'x' }, { userAgent: HOSTILE }).catch(() => undefined)
}

async function visit(browser: Browser, { origin }: HttpServer, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Tokyo', ...options })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const troubles = watchTroubles(page)
  const goTo: Visit['goTo'] = async (path) =>
    void (await page.goto(`${origin}/admin${path}`, { waitUntil: 'domcontentloaded' }))
  return {
    page,
    troubles,
    goTo,
    async logIn() {
      await goTo('/login/')
      await page.fill('[name=username]', 'root')
      await page.fill('[name=password]', PASSWORD)
      await page.click('main button')
      await page.waitForURL(`${origin}/admin/`)
    },
    close: () => context.close(),
  }
}
