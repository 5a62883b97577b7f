import type { Page } from 'playwright-core'

/** What goes wrong on a page without being asked for: scripts that fail, dialogs, complaints of the browser. Filled as it happens. */
export function watchTroubles(page: Page): string[] {
  const troubles: string[] = []
  page.on('dialog', async (dialog) => {
    troubles.push(`dialog ${dialog.message()}`)
    await dialog.dismiss()
  })
  page.on('pageerror', ({ message }) => troubles.push(message))
  page.on('console', (message) => {
    // What is refused is answered with a 4xx, which the console of a browser calls an error.
    const isAnswer = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isAnswer) troubles.push(message.text())
  })
  return troubles
}
