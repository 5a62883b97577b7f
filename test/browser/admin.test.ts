/** The admin as operators use it: a real browser, with and without script, on a phone and on a wide screen. */
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { type BrowsedAdmin, browsedAdmin, PASSWORD, type Visit } from './admin-site.ts'
import { auditPage } from './audit-page.ts'

let browser: Browser | undefined
let site: BrowsedAdmin
let visit: Visit | undefined

beforeAll(async () => {
  if (hasBrowser()) browser = await openBrowser()
  else process.stderr.write('Left out, because Chromium is not installed: the admin in a browser\n')
})

afterAll(() => browser?.close())

beforeEach(async ({ skip }) => {
  if (browser === undefined) skip('Chromium is not installed')
  site = await browsedAdmin()
})

afterEach(async () => {
  await visit?.close()
  visit = undefined
  await site?.close()
})

async function arrive(options: BrowserContextOptions = {}): Promise<Visit> {
  if (browser === undefined) throw new Error('there is no browser')
  visit = await site.open(browser, options)
  await visit.logIn()
  return visit
}

const PAGES = [
  '/',
  '/users/',
  '/users/add/',
  '/users/2/',
  '/users/9/',
  '/users/2/password/',
  '/users/2/delete/',
  '/users/2/sessions/',
  '/users/2/attempts/',
  '/users/2/identities/',
  '/users/2/history/',
  '/groups/',
  '/groups/add/',
  '/groups/2/',
  '/groups/2/delete/',
  '/attempts/',
  '/locks/',
  '/addresses/',
  '/outbox/',
  '/audit/',
  '/password_change/',
  '/no/such/page/',
] as const

const PHONE = { viewport: { width: 360, height: 740 } }

describe.each([
  ['with script', {}],
  ['without script', { javaScriptEnabled: false }],
] as const)('%s', (_name, options) => {
  it('H1 to H9: an operator logs in, finds, adds, changes and deletes a user', async () => {
    const { page, goTo, troubles } = await arrive(options)
    await page.click('nav.sections >> text=Users')
    await page.fill('[name=q]', 'hopper')
    await page.click('.filters button')
    expect(await page.locator('tbody th').allTextContents()).toEqual(['user-1'])

    await goTo('/users/add/')
    await page.fill('[name=username]', 'newcomer')
    await page.fill('[name=email]', 'newcomer@example.org')
    await page.fill('[name=password1]', PASSWORD)
    await page.fill('[name=password2]', 'something else')
    await page.click('text="Save"')
    expect(await page.textContent('#id_password2_problem')).toContain('didn’t match')
    await page.fill('[name=password1]', 'a quite good sentence')
    await page.fill('[name=password2]', 'a quite good sentence')
    await page.click('text="Save"')
    expect(await page.textContent('.done')).toContain('“newcomer” was added successfully')

    await page.fill('[name=first_name]', 'New')
    await page.check('[name=is_staff]')
    await choose(page, { name: 'groups', label: 'Editors', options })
    await page.click('text=Save and continue editing')
    expect(await page.textContent('.done')).toContain('was changed successfully')
    const user = await site.auth.findUser('newcomer')
    expect(user).toMatchObject({ firstName: 'New', isStaff: true })
    expect((await site.auth.listPermissions({ userId: user?.id ?? 0 })).groups).toHaveLength(1)

    await page.click('.saving >> text=Delete')
    await page.click('text=Yes, I’m sure')
    expect(await page.textContent('.done')).toContain('was deleted successfully')
    expect(await site.auth.findUser('newcomer')).toBeNull()
    expect(troubles).toEqual([])
  })

  it('does something to several users at once', async () => {
    const { page, goTo, troubles } = await arrive(options)
    await goTo('/users/?staff=no')
    await page.check('tbody tr:nth-child(2) input')
    await page.check('tbody tr:nth-child(3) input')
    await page.selectOption('[name=action]', 'deactivate')
    await page.click('.actions button')
    expect(await page.textContent('.done')).toContain('successfully done for 2 users')
    expect(page.url()).toContain('?staff=no')
    expect(troubles).toEqual([])
  })

  it('asks for the password before what is dangerous, once the log-in is long ago', async () => {
    const { page, goTo } = await arrive(options)
    site.clock.advance({ minutes: 11 })
    await goTo('/users/2/delete/')
    await page.click('text=Yes, I’m sure')
    expect(await page.textContent('h1')).toBe('Confirm that it is you')
    await page.fill('[name=confirm_password]', PASSWORD)
    await page.click('main button')
    expect(await page.textContent('.done')).toContain('was deleted successfully')
  })

  it('unlocks with one click, and logs out', async () => {
    const { page, goTo } = await arrive(options)
    for (let tries = 0; tries < 4; tries += 1) {
      await site.auth.login({ identifier: 'user-3', password: 'wrong' }).catch(() => undefined)
    }
    await goTo('/locks/')
    await page.click('[aria-label="Unlock: user-3"]')
    expect(await page.textContent('.done')).toContain('Unlocked.')
    await page.click('text=Log out')
    expect(await page.textContent('h1')).toBe('Logged out')
  })
})

type Walker = Visit['page']

interface Choice {
  readonly name: string
  readonly label: string
  readonly options: BrowserContextOptions
}

async function choose(page: Walker, { name, label, options }: Choice): Promise<void> {
  if (options.javaScriptEnabled === false) {
    await page.selectOption(`[name=${name}]`, { label })
    return
  }
  const boxes = page.locator(`#id_${name} + .chooser`)
  await boxes.locator('select').first().selectOption({ label })
  await boxes.locator('text=Choose').click()
  expect(await boxes.locator('select').last().locator('option').allTextContents()).toEqual([label])
}

describe('with script', () => {
  it('moments are in the reader’s zone', async () => {
    const { page, goTo } = await arrive()
    await goTo('/users/2/')
    const shown = await page.textContent('dl.facts time')
    // 12:40 UTC, in Tokyo.
    expect(shown).toMatch(/21:40|9:40 PM/)
  })

  it('ticks a whole page, and says how many are ticked', async () => {
    const { page, goTo } = await arrive()
    await goTo('/users/')
    await page.check('[data-all]')
    expect(await page.textContent('[data-count]')).toBe('9')
  })

  it('the list of attempts finds new ones by itself', async () => {
    const { page, goTo, troubles } = await arrive()
    await goTo('/attempts/')
    await site.auth.login({ identifier: 'just-now', password: 'wrong' }).catch(() => undefined)
    await page.waitForSelector('text=just-now', { timeout: 15_000 })
    expect(troubles).toEqual([])
  })

  it('the exported file arrives', async () => {
    const { page, goTo, troubles } = await arrive()
    await goTo('/users/?staff=no')
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Export as CSV')])
    const stream = await download.createReadStream()
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const lines = Buffer.concat(chunks).toString().trimEnd().split('\r\n')
    expect(lines).toHaveLength(9)
    expect(troubles).toEqual([])
  })
})

describe.each([
  ['a wide screen', { viewport: { width: 1400, height: 900 } }],
  ['a phone', PHONE],
  ['a screen at night, in German', { colorScheme: 'dark', locale: 'de-DE' }],
] as const)('on %s', (_name, options) => {
  it('row 192: every page can be read and used, whatever people call themselves', async () => {
    const { page, goTo, troubles } = await arrive(options as BrowserContextOptions)
    const found: string[] = []
    for (const path of PAGES) {
      await goTo(path)
      found.push(...(await auditPage(page)).map((problem) => `${path}: ${problem}`))
    }
    expect(found).toEqual([])
    expect(troubles).toEqual([])
  })
})

describe.each([
  ['with script', {}],
  ['without script', { javaScriptEnabled: false }],
] as const)('filters, %s', (_name, options) => {
  it('are folded on a phone, open with a tap, and stay open while one is in use', async () => {
    const { page, goTo } = await arrive({ ...options, ...PHONE })
    await goTo('/users/')
    const staff = page.locator('[name=staff]')
    expect([await page.locator('[name=q]').isVisible(), await staff.isVisible()]).toEqual([true, false])
    await page.click('.filters summary')
    await staff.selectOption('yes')
    await page.click('.filters button')
    expect(new URL(page.url()).searchParams.get('staff')).toBe('yes')
    expect(await staff.isVisible()).toBe(true)
    await goTo('/attempts/')
    expect(await page.locator('[name=address]').isVisible()).toBe(false)
  })

  it('stand beside each other where there is room', async () => {
    const { page, goTo } = await arrive({ ...options, viewport: { width: 1280, height: 800 } })
    await goTo('/users/')
    expect(await page.locator('[name=staff]').isVisible()).toBe(true)
    expect(await page.locator('.filters summary').isVisible()).toBe(false)
    const [staff, status] = [
      await page.locator('[name=staff]').boundingBox(),
      await page.locator('[name=status]').boundingBox(),
    ]
    expect(staff?.y).toBe(status?.y)
  })
})

describe('control', () => {
  it('a text that is too faint, a button without a name and a part that is too wide are noticed', async () => {
    const { page, goTo } = await arrive(PHONE)
    await goTo('/users/')
    await page.evaluate(`(() => {
      document.querySelector('h1').style.color = '#c8c8c8';
      document.querySelector('main button').textContent = '';
      document.querySelector('main').style.minWidth = '900px';
    })()`)
    const found = await auditPage(page)
    expect(found.join()).toMatch(/button-name: <button.*color-contrast: <h1.*wider than the window/)
  })
})
