import { randomBytes } from 'node:crypto'

/** The operating system's generator; it throws rather than give weaker bytes. */
export const systemRandom: { bytes(length: number): Uint8Array } = { bytes: (length) => randomBytes(length) }
