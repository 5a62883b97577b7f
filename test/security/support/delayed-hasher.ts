import type { PasswordHasher } from '../../../src/contracts/password-hasher.ts'

/** Holds every judgement back, so that requests meet inside the gate as they do with dear hashes. */
export function delayedHasher(inner: PasswordHasher, milliseconds: number): PasswordHasher {
  if (milliseconds === 0) return inner
  return {
    ...inner,
    async verify(request, encoded) {
      const isRight = await inner.verify(request, encoded)
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      return isRight
    },
  }
}
