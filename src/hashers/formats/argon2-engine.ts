import type { Buffer } from 'node:buffer'
import crypto from 'node:crypto'
import type { Argon2Text } from './argon2-text.ts'

/** What to compute: a stored text without its result. */
export type Argon2Input = Omit<Argon2Text, 'hash'> & { readonly hashLength: number }

/** Computes Argon2 on the calling thread; `null` when it cannot compute this version. */
export type Argon2Engine = (password: Uint8Array, input: Argon2Input) => Uint8Array | null

/** The part of `@node-rs/argon2` that is used. */
export interface Argon2Package {
  hashRawSync(password: Uint8Array, options: Argon2PackageOptions): Buffer
}

export interface Argon2PackageOptions {
  readonly algorithm: 0 | 1 | 2
  readonly version: 0 | 1
  readonly memoryCost: number
  readonly timeCost: number
  readonly parallelism: number
  readonly outputLen: number
  readonly salt: Uint8Array
}

/**
 * `@node-rs/argon2` where it loads, else Node's own Argon2 (24.7 and later), which takes 2.6 times as long.
 *
 * @throws {Error} where there is neither
 */
export async function loadArgon2Engine(load: () => Promise<Argon2Package>): Promise<Argon2Engine> {
  try {
    return packageEngine(await load())
  } catch (cause) {
    if (typeof crypto.argon2Sync === 'function') return nodeEngine
    throw new Error('Argon2 needs the package @node-rs/argon2 on this platform, or Node 24.7.', { cause })
  }
}

function packageEngine({ hashRawSync }: Argon2Package): Argon2Engine {
  const algorithms = { argon2d: 0, argon2i: 1, argon2id: 2 } as const
  return (password, input) =>
    hashRawSync(password, {
      algorithm: algorithms[input.kind],
      version: input.version === 19 ? 1 : 0,
      memoryCost: input.memoryKiB,
      timeCost: input.passes,
      parallelism: input.parallelism,
      outputLen: input.hashLength,
      salt: input.salt,
    })
}

function nodeEngine(password: Uint8Array, input: Argon2Input): Uint8Array | null {
  // Node computes RFC 9106 only, which is version 19.
  if (input.version !== 19) return null
  return crypto.argon2Sync(input.kind, {
    message: password,
    nonce: input.salt,
    memory: input.memoryKiB,
    passes: input.passes,
    parallelism: input.parallelism,
    tagLength: input.hashLength,
  })
}
