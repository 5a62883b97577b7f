import { describe, expect, it } from 'vitest'
import type { SharedThrottles } from '../contracts/shared-throttles.ts'
import { NOW } from './store-conformance/store-samples.ts'
import { throttlePromises } from './store-conformance/throttle-promises.ts'

export interface ThrottleStoreConformanceOptions {
  /** Opens an empty one for each test; the suite closes it. */
  readonly newThrottles: () => SharedThrottles | Promise<SharedThrottles>
  /** Tests that do not apply, by their whole name, each with the reason that the report shows. */
  readonly skip?: readonly { readonly test: string; readonly reason: string }[]
}

/**
 * Checks that what counts beside the store keeps the promises of `SharedThrottles`. Call it inside a `describe` of Vitest.
 *
 * @example
 * describe('myThrottles', () => throttleStoreConformance({ newThrottles: () => myThrottles(freshServer()) }))
 */
export function throttleStoreConformance({ newThrottles, skip = [] }: ThrottleStoreConformanceOptions): void {
  describe('keeps the contract of throttles', () => {
    for (const [name, check] of Object.entries(PROMISES)) {
      it(name, async (context) => {
        const skipped = skip.find(({ test }) => test === name)
        if (skipped) context.skip(skipped.reason)
        const throttles = await newThrottles()
        try {
          await check(throttles)
        } finally {
          await throttles.close()
        }
      })
    }
    it('skips only tests that there are', () => {
      expect(Object.keys(PROMISES)).toEqual(expect.arrayContaining(skip.map(({ test }) => test)))
    })
  })
}

const PROMISES: Readonly<Record<string, (throttles: SharedThrottles) => Promise<void>>> = {
  ...throttlePromises,
  'describes itself in one line': async ({ description }) => {
    expect(description).toMatch(/^[^\r\n]+$/)
  },
  'is checked before anything else is asked of it, and as often as one likes': async (throttles) => {
    await Promise.all([throttles.check(), throttles.check()])
    await throttles.check()
    expect(await throttles.purge(NOW, { cappedPrefix: 'u:', maxEntries: 0 })).toBe(0)
  },
  'lets what was begun come to its end when it closes': async (throttles) => {
    const ends: string[] = []
    const begun = throttles.update(['key'], (entries) => ({ entries, result: 'done' })).then((end) => ends.push(end))
    await throttles.close()
    expect(ends).toEqual(['done'])
    await begun
  },
  'refuses work with unavailable once it is closed, and closes twice': async (throttles) => {
    await throttles.close()
    const refused = { code: 'unavailable', details: { retryAfterSeconds: expect.any(Number) } }
    await expect(throttles.delete(['key'])).rejects.toMatchObject(refused)
    await expect(throttles.update(['key'], (entries) => ({ entries, result: 0 }))).rejects.toMatchObject(refused)
    await expect(throttles.check()).rejects.toMatchObject(refused)
    await throttles.close()
  },
}
