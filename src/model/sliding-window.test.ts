import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passSlidingWindow } from './sliding-window.ts'

const policy = { count: 3, periodMilliseconds: 60_000 }

describe('a sliding window of three a minute', () => {
  it('lets three through at once, and the next one when the first has left the window', () => {
    const passes = [1000, 2000, 30_000]
    expect(passSlidingWindow(passes, 40_000, policy)).toEqual({ outcome: 'refused', retryAt: 61_000 })
    expect(passSlidingWindow(passes, 60_999, policy)).toEqual({ outcome: 'refused', retryAt: 61_000 })
    expect(passSlidingWindow(passes, 61_000, policy)).toEqual({ outcome: 'passed', passes: [2000, 30_000, 61_000] })
  })

  it('waits for as many to leave as a lowered limit needs', () => {
    const passes = [1000, 2000, 3000, 4000, 5000]
    expect(passSlidingWindow(passes, 10_000, policy)).toEqual({ outcome: 'refused', retryAt: 63_000 })
  })

  it('lets no more than three through in any minute, whatever the rhythm', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 }), (waits) => {
        let [now, kept]: [number, readonly number[]] = [0, []]
        const passed: number[] = []
        for (const wait of waits) {
          now += wait
          const result = passSlidingWindow(kept, now, policy)
          if (result.outcome === 'refused') continue
          kept = result.passes
          passed.push(now)
        }
        for (const [index, at] of passed.entries()) {
          const third = passed[index + policy.count]
          expect(third === undefined || third - at >= policy.periodMilliseconds).toBe(true)
        }
        expect(kept.length).toBeLessThanOrEqual(policy.count)
      }),
    )
  })
})
