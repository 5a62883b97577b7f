import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Debian's package puts it. */
const CHROMIUM = '/usr/bin/chromium'

/** Whether tests in a browser can run. With `CI` they do, and fail where there is none. */
export const hasBrowser = (): boolean => existsSync(CHROMIUM) || Boolean(process.env['CI'])

export function openBrowser(): Promise<Browser> {
  // In containers tests run as root, for whom Chromium has no sandbox.
  return chromium.launch({ executablePath: CHROMIUM, chromiumSandbox: false })
}
