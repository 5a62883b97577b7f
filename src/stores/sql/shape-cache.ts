/** More shapes than programs have; a client that varies which fields it sends must not fill the memory. */
const MAX_SHAPES = 100

/** Keeps what `make` makes of each list of words, the latest made `MAX_SHAPES` of them. */
export function shapeCache<T>(make: (words: readonly string[]) => T): (words: readonly string[]) => T {
  const made = new Map<string, T>()
  return (words) => {
    const shape = words.join('\n')
    const known = made.get(shape)
    if (known !== undefined) return known
    const fresh = make(words)
    made.set(shape, fresh)
    const [oldest] = made.keys()
    if (made.size > MAX_SHAPES && oldest !== undefined) made.delete(oldest)
    return fresh
  }
}
