/** The pictures of the guide. `UPDATE_PICTURES=1` takes them anew; otherwise each must be there, and of the size of today's. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { type BrowsedAdmin, browsedAdmin } from './admin-site.ts'

const FOLDER = join(process.cwd(), 'docs/guides/pictures')

const PICTURES = [
  { name: 'admin-users', path: '/users/', options: { viewport: { width: 1280, height: 800 } } },
  { name: 'admin-user', path: '/users/2/', options: { viewport: { width: 1280, height: 800 } } },
  {
    name: 'admin-attempts',
    path: '/attempts/',
    options: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  },
  { name: 'admin-phone', path: '/users/?q=user', options: { viewport: { width: 360, height: 740 } } },
] as const

let browser: Browser | undefined
let site: BrowsedAdmin | undefined

beforeAll(async () => {
  if (!hasBrowser()) return
  browser = await openBrowser()
  site = await browsedAdmin()
})

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** The width and height that a PNG says of itself. */
const sizeOf = (picture: Buffer): readonly number[] => [picture.readUInt32BE(16), picture.readUInt32BE(20)]

describe('the pictures of the guide', () => {
  it.for(PICTURES)('$name shows $path', async ({ name, path, options }, { skip }) => {
    if (browser === undefined || site === undefined) return skip('Chromium is not installed')
    const visit = await site.open(browser, { timezoneId: 'UTC', ...options })
    await visit.logIn()
    await visit.goTo(path)
    // What is above the list is much the same on every screen.
    if (name === 'admin-phone') await visit.page.evaluate("document.querySelector('.actions').scrollIntoView()")
    const taken = await visit.page.screenshot()
    const file = join(FOLDER, `${name}.png`)
    if (process.env['UPDATE_PICTURES'] !== undefined) writeFileSync(file, taken)
    expect(existsSync(file)).toBe(true)
    expect(sizeOf(readFileSync(file))).toEqual(sizeOf(taken))
    await visit.close()
  })
})
