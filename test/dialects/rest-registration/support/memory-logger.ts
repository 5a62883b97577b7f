import type { Logger } from '../../../../src/contracts/logger.ts'

/** Keeps what it was warned of. */
export function memoryLogger(): Logger & { readonly warnings: readonly string[] } {
  const warnings: string[] = []
  return {
    warnings,
    debug() {},
    info() {},
    warn: (_, text) => void warnings.push(text),
    error() {},
  }
}
