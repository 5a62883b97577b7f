const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** Methods that change nothing (RFC 9110 §9.2.1), and so need no proof of where they come from. */
export const isSafeMethod = (method: string): boolean => SAFE_METHODS.has(method)
