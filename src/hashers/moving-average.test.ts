import { describe, expect, it } from 'vitest'
import { movingAverage } from './moving-average.ts'

describe('movingAverage', () => {
  it('knows nothing before the first value', () => {
    expect(movingAverage().current()).toBeNull()
  })

  it('starts at the first value, is moved little by an outlier and follows a change', () => {
    const average = movingAverage()
    average.add(10)
    expect(average.current()).toBe(10)
    average.add(60)
    expect(average.current()).toBe(20)
    for (let times = 0; times < 40; times += 1) average.add(60)
    expect(average.current()).toBeCloseTo(60, 1)
  })
})
