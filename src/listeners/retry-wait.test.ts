import { describe, expect, it } from 'vitest'
import { retryWait } from './retry-wait.ts'

describe('the wait before another try', () => {
  it('is four times as long each time', () => {
    expect([1, 2, 3, 4].map((tried) => retryWait(1000, tried))).toEqual([1000, 4000, 16_000, 64_000])
  })

  it('is never longer than a timer can wait, whatever is configured', () => {
    for (let tried = 1; tried < 10; tried += 1) expect(retryWait(60_000, tried)).toBeLessThan(2 ** 31)
  })
})
