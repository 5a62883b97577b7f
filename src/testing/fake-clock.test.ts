import { describe, expect, it } from 'vitest'
import { fakeClock } from './fake-clock.ts'

describe('fakeClock', () => {
  it('stands still, and moves by what it is told', () => {
    const clock = fakeClock('2026-02-03T04:05:06Z')
    expect(clock.now()).toEqual(clock.now())
    clock.advance({ days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 5 })
    expect(clock.now().toISOString()).toBe('2026-02-04T06:08:10.005Z')
    clock.set(new Date('2025-01-01T00:00:00Z'))
    expect(clock.now().toISOString()).toBe('2025-01-01T00:00:00.000Z')
  })

  it('hands out moments that cannot move it', () => {
    const clock = fakeClock()
    clock.now().setFullYear(1999)
    expect(clock.now().getFullYear()).toBe(2026)
  })

  it('refuses what is no moment', () => {
    expect(() => fakeClock('soon')).toThrow(new TypeError('"soon" is no moment'))
  })
})
