/** Tells whether a session can say that it was begun by a backend of this name. */
export const isBackendName = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w.:-]{1,64}$/.test(value)
