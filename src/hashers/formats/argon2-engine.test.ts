import { Buffer } from 'node:buffer'
import crypto from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Argon2Input, loadArgon2Engine } from './argon2-engine.ts'

const noNodeArgon2 = typeof crypto.argon2Sync !== 'function'
const REASON = 'Node has Argon2 from 24.7 on; before, there is nothing to fall back on'
const INPUT: Argon2Input = {
  kind: 'argon2id',
  version: 19,
  memoryKiB: 1024,
  passes: 2,
  parallelism: 1,
  salt: Buffer.from('GgrYvXKyoqCN4AlPCZM8vQ'),
  hashLength: 32,
}
const PASSWORD = Buffer.from('correct horse battery staple')
/** From Django 6.1 with argon2-cffi 25.1. */
const HASH = '7Kh5X4iczi3oIrO29wZox22bbxSBoMyzchsmA2j/P2E='

const load = () => import('@node-rs/argon2')
const failToLoad = () => Promise.reject(new Error('Cannot find native binding.'))

describe('loadArgon2Engine', () => {
  afterEach(() => vi.restoreAllMocks())

  it('computes with the package', async () => {
    const engine = await loadArgon2Engine(load)
    expect(Buffer.from(engine(PASSWORD, INPUT) ?? []).toString('base64')).toBe(HASH)
  })

  it('computes with Node where the package does not load', async ({ skip }) => {
    skip(noNodeArgon2, REASON)
    const ofNode = vi.spyOn(crypto, 'argon2Sync')
    const engine = await loadArgon2Engine(failToLoad)
    expect(Buffer.from(engine(PASSWORD, INPUT) ?? []).toString('base64')).toBe(HASH)
    expect(ofNode).toHaveBeenCalledTimes(1)
  })

  it.for(['argon2d', 'argon2i', 'argon2id'] as const)('computes the same %s either way', async (kind, { skip }) => {
    skip(noNodeArgon2, REASON)
    const input: Argon2Input = { ...INPUT, kind, parallelism: 4, passes: 3, hashLength: 16 }
    const [first, second] = [await loadArgon2Engine(load), await loadArgon2Engine(failToLoad)]
    expect(Buffer.from(first(PASSWORD, input) ?? [])).toEqual(Buffer.from(second(PASSWORD, input) ?? []))
  })

  it('does not compute version 16 with Node, which has only 19', async ({ skip }) => {
    skip(noNodeArgon2, REASON)
    const engine = await loadArgon2Engine(failToLoad)
    expect(engine(PASSWORD, { ...INPUT, version: 16 })).toBeNull()
  })

  it('says what to install where there is neither', async () => {
    const ofNode = crypto.argon2Sync
    Reflect.set(crypto, 'argon2Sync', undefined)
    try {
      await expect(loadArgon2Engine(failToLoad)).rejects.toThrow('@node-rs/argon2')
    } finally {
      Reflect.set(crypto, 'argon2Sync', ofNode)
    }
  })
})
