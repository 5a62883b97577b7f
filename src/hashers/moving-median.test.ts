import { describe, expect, it } from 'vitest'
import { movingMedian } from './moving-median.ts'

describe('movingMedian', () => {
  it('is nothing before the first value, and then that value', () => {
    const median = movingMedian()
    expect(median.current()).toBeNull()
    median.add(8)
    expect(median.current()).toBe(8)
  })

  it('is not moved by values that were held up, however far', () => {
    const median = movingMedian()
    for (const value of [20, 21, 900, 19, 20, 1200, 20]) median.add(value)
    expect(median.current()).toBe(20)
  })

  it('forgets what is long ago', () => {
    const median = movingMedian()
    for (const value of [...Array(40).fill(10), ...Array(15).fill(30)]) median.add(value)
    expect(median.current()).toBe(30)
  })
})
