/** The page at `/` as a newcomer uses it: a real browser, from the first registration to the deletion of the account. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { auditPage } from './audit-page.ts'
import { type DemoSite, type DemoVisit, demoSite, PASSWORD } from './demo-site.ts'

const OTHER_PASSWORD = 'cherry-pie-5-supper'

const PHONE = { viewport: { width: 360, height: 740 } }

let browser: Browser | undefined
let site: DemoSite
let visit: DemoVisit | undefined

beforeAll(async () => {
  if (!hasBrowser()) {
    process.stderr.write('Left out, because Chromium is not installed: the demo in a browser\n')
    return
  }
  browser = await openBrowser()
  site = await demoSite()
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

beforeEach(({ skip }) => {
  if (browser === undefined) skip('Chromium is not installed')
})

afterEach(async () => {
  await visit?.close()
  visit = undefined
})

async function arrive(options: BrowserContextOptions = {}): Promise<DemoVisit> {
  if (browser === undefined) throw new Error('there is no browser')
  visit = await site.open(browser, options)
  return visit
}

async function arriveAs(username: string, options: BrowserContextOptions = {}): Promise<DemoVisit> {
  const arrived = await arrive(options)
  await arrived.logIn(username)
  await arrived.page.waitForSelector('#sessions li')
  return arrived
}

/** Opens the latest mail of the outbox and follows its link, as a person does. */
async function followMail(page: Page, subject: RegExp): Promise<void> {
  await site.auth.flush()
  await page.getByRole('link', { name: 'Open the outbox' }).click()
  await page.getByRole('link', { name: subject }).first().click()
  await page.locator('pre a').first().click()
  await page.getByRole('button').click()
  await page.getByRole('link', { name: 'Go to Acme' }).click()
  await page.waitForSelector('.cards:not([hidden])')
}

const BACKGROUND = 'getComputedStyle(document.documentElement).backgroundColor'

const said = (page: Page, form: string): Promise<string | null> => page.textContent(`[data-form=${form}] .done`)

const doneIn = async (page: Page, form: string): Promise<string | null> => {
  await page.waitForSelector(`[data-form=${form}] .done:not(:empty)`)
  return said(page, form)
}

describe('a newcomer', () => {
  it('registers, confirms, logs in, looks after the account, and leaves', async () => {
    const { page, troubles, logIn } = await arrive(PHONE)
    await page.fill('#register-username', 'newcomer')
    await page.fill('#register-email', 'newcomer@example.org')
    await page.fill('#register-password', 'short')
    await page.click('[data-form=register] button')
    await page.waitForSelector('#register-password[aria-invalid]')
    expect(await page.textContent('#register-password-problem')).toContain('at least')
    expect(await page.evaluate('document.activeElement.id')).toBe('register-password')
    await page.fill('#register-password', PASSWORD)
    await page.click('[data-form=register] button')
    expect(await doneIn(page, 'register')).toContain('We have written to newcomer@example.org.')
    await followMail(page, /confirm/i)

    await logIn('newcomer')
    await page.waitForSelector('#sessions li')
    expect(await page.textContent('#message')).toBe('Welcome, newcomer.')
    expect(await page.textContent('#who span')).toBe('Logged in as newcomer')
    expect(await auditPage(page)).toEqual([])

    await page.fill('#profile-firstName', 'Nora')
    await page.click('[data-form=profile] button')
    expect(await doneIn(page, 'profile')).toBe('Your profile is saved.')
    expect(await page.textContent('#who span')).toBe('Logged in as Nora')
    expect(await page.textContent('#message')).toBe('')

    await page.fill('#password-currentPassword', 'wrong')
    await page.fill('#password-newPassword', OTHER_PASSWORD)
    await page.click('[data-form=password] button')
    await page.waitForSelector('#password-currentPassword[aria-invalid]')
    expect(await said(page, 'profile')).toBe('')
    await page.fill('#password-currentPassword', PASSWORD)
    await page.click('[data-form=password] button')
    expect(await doneIn(page, 'password')).toBe('Your password is changed.')

    await page.fill('#email-newEmail', 'nora@example.net')
    await page.fill('#email-currentPassword', OTHER_PASSWORD)
    await page.click('[data-form=email] button')
    expect(await doneIn(page, 'email')).toContain('We have written to nora@example.net.')
    await followMail(page, /confirm your new/i)
    await page.waitForSelector('#sessions li')
    expect(await page.textContent('#address')).toBe('Your address is nora@example.net.')

    await page.fill('#deletion-currentPassword', OTHER_PASSWORD)
    await page.click('[data-form=deletion] button')
    await page.waitForSelector('#outside:not([hidden])')
    expect(await page.textContent('#message')).toBe('Your account is deleted.')
    expect(await site.auth.findUser('newcomer')).toBeNull()
    expect(troubles).toEqual([])
  })

  it('may ask for a link to set a new password, and come in by the provider that is there to be tried', async () => {
    const { page, troubles } = await arrive()
    await page.click('summary')
    await page.fill('#forgotten-email', 'somebody@example.org')
    await page.click('[data-form=forgotten] button')
    expect(await doneIn(page, 'forgotten')).toContain('If somebody@example.org belongs to an account')
    await page.click('text=Try social log-in offline')
    await page.waitForSelector('#sessions li')
    expect(page.url()).toBe(`${site.origin}/`)
    await page.click('#logout')
    await page.waitForSelector('#outside:not([hidden])')
    expect(await page.textContent('#message')).toBe('You are logged out.')
    expect(troubles).toEqual([])
  })
})

describe('a lock', () => {
  it('is told after three wrong passwords, with the time that runs out', async () => {
    await site.addUser('guessed')
    const { page, troubles, logIn } = await arrive()
    await page.clock.install()
    for (let guess = 0; guess < 3; guess += 1) {
      await logIn('guessed', `wrong ${guess}`)
      await page.waitForSelector('[data-form=login] .alert:not(:empty)')
      await page.waitForSelector('[data-form=login]:not([aria-busy])')
    }
    await logIn('guessed')
    await page.waitForSelector('#wait:not([hidden])')
    expect(await page.textContent('#wait')).toBe('Try again in 1:00')
    // The time is told once, where it runs.
    expect(await page.textContent('[data-form=login] .alert')).toBe('That was tried too often.')
    await page.clock.runFor(21_000)
    expect(await page.textContent('#wait')).toBe('Try again in 0:39')
    site.clock.advance({ seconds: 60 })
    await page.clock.runFor(40_000)
    expect(await page.isHidden('#wait')).toBe(true)
    expect(await said(page, 'login')).toBe('You can try again now.')
    await page.click('[data-form=login] button')
    await page.waitForSelector('#sessions li')
    expect(troubles).toEqual([])
  })
})

describe('sessions', () => {
  it('are listed and ended, one and all others, and a page whose session was ended says so', async () => {
    await site.addUser('roamer')
    for (let other = 0; other < 3; other += 1) await site.auth.login({ identifier: 'roamer', password: PASSWORD })
    const { page, troubles } = await arriveAs('roamer')
    expect(await page.locator('#sessions li').count()).toBe(4)
    expect(await page.textContent('#sessions li:has(.badge)')).toContain('Chrome, Linux')
    await page.locator('#sessions button').first().click()
    await page.waitForSelector('#card-sessions .done:not(:empty)')
    expect(await page.locator('#sessions li').count()).toBe(3)
    expect(await page.evaluate('document.activeElement.id')).toBe('title-sessions')
    await page.click('#end-others')
    await page.waitForSelector('text=All other sessions are over.')
    expect(await page.locator('#sessions li').count()).toBe(1)

    const user = await site.auth.findUser('roamer')
    await site.auth.setPassword({ userId: user?.id ?? 0, newPassword: OTHER_PASSWORD, passwordCheck: 'bypassed' })
    await page.click('[data-form=profile] button')
    await page.waitForSelector('#outside:not([hidden])')
    expect(await page.textContent('#message')).toBe('Your session is over. Please log in again.')
    expect(troubles).toEqual([])
  })
})

describe('by keyboard alone', () => {
  it('everything is reached in the order of the page, seen, and done', async () => {
    await site.addUser('typist')
    const { page } = await arrive()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    await page.keyboard.press('Enter')
    const order: unknown[] = []
    for (let step = 0; step < 9; step += 1) {
      await page.keyboard.press('Tab')
      order.push(await page.evaluate('document.activeElement.id || document.activeElement.tagName'))
      const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineWidth')
      expect(Number.parseFloat(outline)).toBeGreaterThanOrEqual(2)
    }
    expect(order).toEqual([
      'register-username',
      'register-email',
      'register-password',
      'BUTTON',
      'login-identifier',
      'login-password',
      'BUTTON',
      'SUMMARY',
      'A',
    ])
    await page.focus('#login-identifier')
    await page.keyboard.type('typist')
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForSelector('#sessions li')
    // What had the focus is gone: it begins again at the content.
    expect(await page.evaluate('document.activeElement.id')).toBe('content')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Tina')
    await page.keyboard.press('Enter')
    expect(await doneIn(page, 'profile')).toBe('Your profile is saved.')
  })
})

describe.each([
  ['a wide screen', { viewport: { width: 1400, height: 900 } }],
  ['a phone at night, in German', { ...PHONE, colorScheme: 'dark', locale: 'de-DE' }],
] as const)('on %s', (name, options) => {
  it('nothing keeps anybody from reading and using it, outside and inside', async () => {
    const username = `reader-${name.length}-${'x'.repeat(90)}`
    await site.addUser(username)
    const { page, troubles, logIn } = await arrive(options)
    const [, shade] = /rgb\((\d+)/.exec(await page.evaluate<string>(BACKGROUND)) ?? []
    expect(Number(shade) < 40).toBe('colorScheme' in options)
    expect(await auditPage(page)).toEqual([])
    await page.fill('#register-email', 'nonsense')
    await page.click('[data-form=register] button')
    await page.waitForSelector('#register-password[aria-invalid]')
    await logIn(username, 'wrong')
    await page.waitForSelector('[data-form=login] .alert:not(:empty)')
    expect(await auditPage(page)).toEqual([])
    await logIn(username)
    await page.waitForSelector('#sessions li')
    expect(await auditPage(page)).toEqual([])
    expect(troubles).toEqual([])
  })
})

describe('without script', () => {
  it('it says what it needs, shows no form, and leads on', async () => {
    const { page } = await arrive({ javaScriptEnabled: false })
    expect(await page.isVisible('noscript .alert')).toBe(true)
    expect(await page.locator('form:visible').count()).toBe(0)
    expect(await page.getByRole('link', { name: 'The admin, for staff' }).isVisible()).toBe(true)
  })
})
