import { expect } from 'vitest'

/**
 * What a judgement found wrong; nothing, when the protection holds. The product and its controls go through the same
 * judgement, so a test that could not fail would be seen.
 */
export type Complaints = readonly string[]

export const HOLDS: Complaints = []

/** Gathers complaints; each condition says what must hold. */
export interface Judgement {
  must(holds: boolean, otherwise: string): void
  readonly complaints: Complaints
}

export function judgement(): Judgement {
  const complaints: string[] = []
  return {
    must(holds, otherwise) {
      if (!holds) complaints.push(otherwise)
    },
    complaints,
  }
}

/** Matches complaints of which one holds the text: a control must fail for its own reason. */
export function saying(text: string): unknown {
  return expect.arrayContaining([expect.stringContaining(text)])
}
