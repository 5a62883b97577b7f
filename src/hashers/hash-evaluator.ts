/**
 * The work of one job, on the calling thread.
 *
 * Invariant: whatever is stored, a wrong answer has cost one evaluation of today's parameters or more. What cannot be
 * computed is replaced by a whole decoy; what was cheaper is topped up by Argon2 over a share of the memory.
 * CVE-2024-39329, CVE-2016-2513 and their kin told users apart by the lack of it.
 */

import { Buffer } from 'node:buffer'
import { equalBytes } from '../util/secrets.ts'
import type { Argon2Engine } from './formats/argon2-engine.ts'
import { type Argon2Parameters, writeArgon2Text } from './formats/argon2-text.ts'
import { identifyAlgorithm } from './identify-algorithm.ts'
import { HASH_LENGTH, isCurrent } from './is-current.ts'
import { movingMedian } from './moving-median.ts'
import type { PasswordFormat } from './password-format.ts'
import { randomSalt } from './random-salt.ts'

/** Each round leaves a part of what was missing; after two there is hardly ever anything left. */
const TOP_UP_ROUNDS = 4

/** The share of an evaluation that nobody could measure. */
const NEGLIGIBLE = 0.01

/** `hash` answers with text, `verify` with a boolean. */
export type HashJob =
  | { readonly kind: 'hash'; readonly password: string }
  | { readonly kind: 'verify'; readonly password: string; readonly encoded: string | null }

export interface HashEvaluatorOptions {
  /** Today's parameters. */
  readonly argon2: Argon2Parameters
  readonly engine: Argon2Engine
  readonly formats: ReadonlyMap<string, PasswordFormat>
  /** A clock that only measures spans, in any unit. */
  readonly now: () => number
}

export function hashEvaluator(options: HashEvaluatorOptions): (job: HashJob) => string | boolean {
  const { argon2: today, engine, formats, now } = options
  const decoySalt = Buffer.from(randomSalt())
  // How long a whole evaluation takes on this thread. A median, because a few are held up by others' work.
  const whole = movingMedian()

  function hash(password: Uint8Array): string {
    const salt = Buffer.from(randomSalt())
    const began = now()
    const computed = compute(password, salt, today.memoryKiB)
    whole.add(now() - began)
    return writeArgon2Text({ ...today, kind: 'argon2id', version: 19, salt, hash: computed })
  }

  function compute(password: Uint8Array, salt: Uint8Array, memoryKiB: number): Uint8Array {
    const input = { ...today, memoryKiB, kind: 'argon2id', version: 19, salt, hashLength: HASH_LENGTH } as const
    const computed = engine(password, input)
    if (!computed) throw new Error('The Argon2 engine cannot compute version 19.')
    return computed
  }

  function verify(password: Uint8Array, encoded: string | null): boolean {
    const began = now()
    const computed = encoded === null ? null : reencode(password, encoded)
    const spent = now() - began
    if (encoded === null || computed === null) {
      evaluateDecoy(password)
      return false
    }
    if (equalTexts(computed, encoded)) return true
    if (isCurrent(encoded, today)) whole.add(spent)
    else topUp(password, began)
    return false
  }

  function reencode(password: Uint8Array, encoded: string): string | null {
    const algorithm = identifyAlgorithm(encoded)
    const format = algorithm === null ? undefined : formats.get(algorithm)
    return format?.reencode(password, encoded) ?? null
  }

  function evaluateDecoy(password: Uint8Array): void {
    const began = now()
    compute(password, decoySalt, today.memoryKiB)
    whole.add(now() - began)
  }

  // A share of the memory takes about that share of the time. Less memory fits better into the caches and takes less than
  // its share, so what is missing is looked at again.
  function topUp(password: Uint8Array, began: number): void {
    const reference = whole.current()
    if (reference === null) {
      evaluateDecoy(password)
      return
    }
    for (let round = 0; round < TOP_UP_ROUNDS; round += 1) {
      const missing = 1 - (now() - began) / reference
      const memoryKiB = Math.round(today.memoryKiB * missing)
      // RFC 9106 §3.1 wants 8 KiB a lane.
      if (!(missing >= NEGLIGIBLE) || memoryKiB < 8 * today.parallelism) return
      compute(password, decoySalt, memoryKiB)
    }
  }

  return (job) => {
    const password = Buffer.from(job.password, 'utf8')
    return job.kind === 'hash' ? hash(password) : verify(password, job.encoded)
  }
}

function equalTexts(a: string, b: string): boolean {
  return equalBytes(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))
}
