import { randomBytes } from 'node:crypto'

/** Nobody can guess it, and nobody had it before. */
export const newToken = (): string => randomBytes(12).toString('base64url')
