import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/** What keeps people from reading or using a page: what axe calls serious or critical, and a page wider than its window. */
export async function auditPage(page: Page): Promise<readonly string[]> {
  // As text, because it runs over there: here there is neither a document nor types for one.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, { resultTypes: ['violations'] })`)
  const problems = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
  return [...problems, ...(await page.evaluate<readonly string[]>(WIDTH))]
}

const WIDTH = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? ['wider than the window: ' + scrollWidth + ' > ' + clientWidth] : [];
})()`
