import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passRateLimit } from './rate-limit.ts'

const policy = { count: 5, periodMilliseconds: 3_600_000 }

function passTimes(times: number, now: number, from = 0): { readonly passed: number; readonly usedUpTo: number } {
  let usedUpTo = from
  let passed = 0
  for (let index = 0; index < times; index += 1) {
    const result = passRateLimit(usedUpTo, now, policy)
    if (result.outcome === 'refused') continue
    passed += 1
    usedUpTo = result.usedUpTo
  }
  return { passed, usedUpTo }
}

describe('a rate limit of five an hour', () => {
  it('lets five through at once and no sixth', () => {
    expect(passTimes(20, 1_000_000).passed).toBe(5)
  })

  it('lets one more through each twelve minutes', () => {
    const { usedUpTo } = passTimes(5, 0)
    expect(passRateLimit(usedUpTo, 719_999, policy)).toEqual({ outcome: 'refused', retryAt: 720_000 })
    expect(passRateLimit(usedUpTo, 720_000, policy).outcome).toBe('passed')
  })

  it('never lets more than twice its count through in any period, whatever the rhythm', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(600_000), { maxLength: 200 }), (pauses) => {
        const passes: number[] = []
        let usedUpTo = 0
        let now = 0
        for (const pause of pauses) {
          now += pause
          const result = passRateLimit(usedUpTo, now, policy)
          if (result.outcome === 'refused') continue
          usedUpTo = result.usedUpTo
          passes.push(now)
        }
        for (const start of passes) {
          const inPeriod = passes.filter((at) => at >= start && at < start + policy.periodMilliseconds)
          expect(inPeriod.length).toBeLessThanOrEqual(policy.count * 2 - 1)
        }
      }),
    )
  })
})
