import { createRequire } from 'node:module'

/** The part of the optional peer `@node-rs/bcrypt` that is used. */
export interface BcryptLibrary {
  hashSync(password: Uint8Array, options: { readonly salt: string }): string
}

/** Loads the library when the first bcrypt text comes, and remembers when there is none. */
export function bcryptLibrary(load: () => BcryptLibrary = loadPeer): () => BcryptLibrary | null {
  let library: BcryptLibrary | null | undefined
  return () => {
    if (library === undefined) library = loadOrNull(load)
    return library
  }
}

function loadOrNull(load: () => BcryptLibrary): BcryptLibrary | null {
  try {
    return load()
  } catch {
    return null
  }
}

function loadPeer(): BcryptLibrary {
  const require = createRequire(import.meta.url)
  return require('@node-rs/bcrypt') as BcryptLibrary
}
