import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { newSeed, readRefreshToken, writeRefreshToken } from './refresh-token.ts'

const key = new Uint8Array(randomBytes(32))
const otherKey = new Uint8Array(randomBytes(32))
const random = { bytes: (length: number): Uint8Array => randomBytes(length) }

describe('a refresh token', () => {
  it('is read back with the key it was written with, also when a newer one signs now', () => {
    const token = { seed: newSeed(random), generation: 7 }
    const text = writeRefreshToken(key, token)
    expect(readRefreshToken([key], text)).toEqual(token)
    expect(readRefreshToken([otherKey, key], text)).toEqual(token)
  })

  it('is nothing without its key', () => {
    const text = writeRefreshToken(key, { seed: newSeed(random), generation: 0 })
    expect(readRefreshToken([otherKey], text)).toBeNull()
  })

  it('cannot be moved to another generation or another seed', () => {
    const seed = newSeed(random)
    const [first, second] = [0, 1].map((generation) => writeRefreshToken(key, { seed, generation }))
    const foreign = writeRefreshToken(key, { seed: newSeed(random), generation: 0 })
    const bytes = (text = ''): Buffer => Buffer.from(text, 'base64url')
    const mixed = [
      Buffer.concat([bytes(second).subarray(0, 36), bytes(first).subarray(36)]),
      Buffer.concat([bytes(foreign).subarray(0, 32), bytes(first).subarray(32)]),
    ]
    for (const forged of mixed) expect(readRefreshToken([key], forged.toString('base64url'))).toBeNull()
  })

  it('is refused in any other spelling', () => {
    const text = writeRefreshToken(key, { seed: newSeed(random), generation: 3 })
    for (const spelling of [
      '',
      text.slice(0, -1),
      `${text}A`,
      `${text}=`,
      ` ${text}`,
      text.toUpperCase(),
      `${text}\n`,
    ]) {
      expect(readRefreshToken([key], spelling)).toBeNull()
    }
  })
})
