/** The names of the keys in Redis. */
export interface RedisNames {
  /** What every script takes, in this order. */
  readonly all: readonly [entries: string, names: string, expiry: string, locked: string]
  readonly check: string
  /** Says whose turn it is to change the entry. */
  turnAt(key: string): string
}

/**
 * The braces are for clusters: what is in them decides where a key is, so that all of them are in one place and a script can
 * change them together.
 *
 * @throws {TypeError}
 */
export function redisNames(prefix: string): RedisNames {
  if (!/^[\w.:-]{1,64}$/.test(prefix)) {
    throw new TypeError('keyPrefix must be 1 to 64 letters, digits, dots, colons, underscores and hyphens')
  }
  const nameOf = (name: string): string => `{${prefix}}:${name}`
  return {
    all: [nameOf('entries'), nameOf('names'), nameOf('expiry'), nameOf('locked')],
    check: nameOf('check'),
    turnAt: (key) => nameOf(`turn:${key}`),
  }
}
