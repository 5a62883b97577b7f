import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { loopLoad } from './loop-load.ts'

it('is low while the loop waits, and high while it works', async () => {
  const load = loopLoad()
  await delay(300)
  expect(load()).toBeLessThan(0.5)
  const end = performance.now() + 300
  while (performance.now() < end) {
    // One turn of the loop that lasts.
    await delay(0)
    const turn = performance.now() + 50
    while (performance.now() < turn);
  }
  expect(load()).toBeGreaterThan(0.5)
})
