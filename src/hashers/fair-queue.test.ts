import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FairQueue, fairQueue } from './fair-queue.ts'

describe('fairQueue', () => {
  it('serves keys in turn and each key in order', () => {
    const queue = fairQueue<string>()
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) queue.add(item.charAt(0), item)
    expect(takeAll(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3'])
  })

  it('serves a newcomer after one item of each key that was there', () => {
    const queue = fairQueue<string>()
    for (const item of ['a1', 'a2', 'a3']) queue.add('a', item)
    queue.take()
    queue.add('b', 'b1')
    expect(takeAll(queue)).toEqual(['a2', 'b1', 'a3'])
  })

  it('counts what waits, in all and per key', () => {
    const queue = fairQueue<string>()
    queue.add('a', 'a1')
    queue.add('a', 'a2')
    queue.add('b', 'b1')
    queue.take()
    expect([queue.size(), queue.sizeOf('a'), queue.sizeOf('b'), queue.sizeOf('c')]).toEqual([2, 1, 1, 0])
  })

  it('has nothing to give when it is empty', () => {
    expect(fairQueue().take()).toBeNull()
  })

  it('loses nothing, and never serves a key twice while another one waits', () => {
    const item = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer())
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const queue = fairQueue<readonly [string, number]>()
        for (const entry of items) queue.add(entry[0], entry)
        const taken = takeAll(queue)
        for (const key of ['a', 'b', 'c', 'd']) {
          expect(taken.filter(([k]) => k === key)).toEqual(items.filter(([k]) => k === key))
        }
        // All was there from the start, so the n-th turn holds each key that has an n-th item, once.
        const turns = taken.map(([key], index) => taken.slice(0, index).filter(([k]) => k === key).length)
        expect(turns).toEqual(turns.toSorted((x, y) => x - y))
      }),
    )
  })
})

function takeAll<Item>(queue: FairQueue<Item>): Item[] {
  const items: Item[] = []
  for (let item = queue.take(); item !== null; item = queue.take()) items.push(item)
  return items
}
