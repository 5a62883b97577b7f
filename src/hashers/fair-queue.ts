/** A queue that serves keys in turn, and the items of one key in the order of their arrival. */
export interface FairQueue<Item> {
  add(key: string, item: Item): void
  /** The next item of the key whose turn it is, or `null` when nothing waits. */
  take(): Item | null
  size(): number
  sizeOf(key: string): number
}

export function fairQueue<Item>(): FairQueue<Item> {
  // A `Map` keeps the order of insertion: the first key is the one that was served longest ago.
  const waiting = new Map<string, Item[]>()
  let size = 0
  return {
    add(key, item) {
      const items = waiting.get(key)
      if (items) items.push(item)
      else waiting.set(key, [item])
      size += 1
    },
    take() {
      for (const [key, items] of waiting) {
        waiting.delete(key)
        const item = items.shift()
        if (items.length > 0) waiting.set(key, items)
        if (item === undefined) continue
        size -= 1
        return item
      }
      return null
    },
    size: () => size,
    sizeOf: (key) => waiting.get(key)?.length ?? 0,
  }
}
