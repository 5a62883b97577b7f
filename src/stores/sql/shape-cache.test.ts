import { expect, it } from 'vitest'
import { shapeCache } from './shape-cache.ts'

it('makes each shape once', () => {
  const made: string[] = []
  const cache = shapeCache((words) => made.push(words.join()))
  expect([cache(['a', 'b']), cache(['a']), cache(['a', 'b'])]).toEqual([1, 2, 1])
  expect(made).toEqual(['a,b', 'a'])
})

it('forgets the oldest when a client varies what it sends', () => {
  let made = 0
  const cache = shapeCache(() => ++made)
  for (let index = 0; index < 100; index += 1) cache([`${index}`])
  expect(cache(['0'])).toBe(1)
  expect(cache(['one more'])).toBe(101)
  expect(cache(['1'])).toBe(2)
  expect(cache(['0'])).toBe(102)
})
