import { Worker } from 'node:worker_threads'
import type { PasswordHasher } from '../contracts/password-hasher.ts'
import { AuthError } from '../errors.ts'
import { type Argon2Parameters, isWithinArgon2Bounds } from './formats/argon2-text.ts'
import type { HashJob } from './hash-evaluator.ts'
import { isCurrent } from './is-current.ts'
import { jobLane } from './job-lane.ts'
import { loopLoad } from './loop-load.ts'
import { workerPool } from './worker-pool.ts'

export interface HashLaneOptions {
  /** What a password that is set today costs. Memory is per worker. */
  readonly argon2: Argon2Parameters
  /**
   * How many threads hash, at most. One a core is the most that helps; while the thread that answers requests is busy
   * itself, one less.
   */
  readonly workers: number
  /** Work that may wait, in seconds of all workers' time. */
  readonly maxQueueSeconds: number
}

/** Before the first job was measured: about twice what a core of 2026 takes for a KiB and a pass. */
const ESTIMATED_SECONDS_PER_KIB_PASS = 0.5e-6

/**
 * The default password hasher: Argon2id in Django's text, computed synchronously by a few threads of low priority.
 *
 * Nothing is loaded or started before the first password. Verifies every format that Django has written, bcrypt only
 * where the optional peer `@node-rs/bcrypt` is installed. A password that is not well-formed Unicode never verifies,
 * and `hash` refuses it with `validation_failed`: in UTF-8 it would be equal to others.
 *
 * @throws {TypeError} for parameters that are not valid, or above what the lane would agree to verify
 *
 * @example
 * const hasher = hashLane({ argon2: { memoryKiB: 19456, passes: 2, parallelism: 1 }, workers: 2, maxQueueSeconds: 3 })
 */
export function hashLane(options: HashLaneOptions): PasswordHasher {
  assertOptions(options)
  const { argon2, workers, maxQueueSeconds } = options
  const lane = jobLane<HashJob, string | boolean>({
    pool: workerPool({ size: workers, newWorker: () => newHashWorker(argon2) }),
    workers: sparingWorkers(workers),
    maxQueueSeconds,
    estimatedSeconds: argon2.memoryKiB * argon2.passes * ESTIMATED_SECONDS_PER_KIB_PASS,
  })
  return {
    async hash({ password, fairnessKey }) {
      if (!password.isWellFormed()) throw surrogatesRefused()
      const encoded = await lane.run(fairnessKey, { kind: 'hash', password })
      if (typeof encoded !== 'string') throw new TypeError('A worker answered a hash job without text.')
      return encoded
    },
    async verify({ password, fairnessKey }, encoded) {
      const candidate = password.isWellFormed() ? encoded : null
      return (await lane.run(fairnessKey, { kind: 'verify', password, encoded: candidate })) === true
    },
    needsRehash: (encoded) => !isCurrent(encoded, argon2),
    close: lane.close,
    evaluations: lane.started,
  }
}

function assertOptions({ argon2, workers, maxQueueSeconds }: HashLaneOptions): void {
  if (!isWithinArgon2Bounds(argon2)) throw new TypeError('argon2: the parameters are not valid or out of bounds')
  if (!(Number.isInteger(workers) && workers >= 1)) throw new TypeError('workers must be 1 or more')
  if (!(maxQueueSeconds > 0)) throw new TypeError('maxQueueSeconds must be more than 0')
}

/** From here on the main thread is better off with a core of its own. */
const BUSY = 0.6

/**
 * A thread of low priority still takes its share of a core, and is not put aside at once when the main thread has
 * something to do. So one of several stays idle while the main thread is busy with more than log-ins.
 */
function sparingWorkers(workers: number): () => number {
  if (workers === 1) return () => 1
  const load = loopLoad()
  return () => (load() > BUSY ? workers - 1 : workers)
}

function newHashWorker(argon2: Argon2Parameters): Worker {
  // The sources run as they are while developing; a package holds what was compiled. Both are spelled out, because
  // tools that follow a `new URL` read text, not expressions.
  const source = new URL('./hash-worker.ts', import.meta.url)
  const compiled = new URL('./hash-worker.js', import.meta.url)
  const file = import.meta.url.endsWith('.ts') ? source : compiled
  // Flags of the host, such as `--input-type`, are not meant for this file.
  return new Worker(file, { workerData: argon2, execArgv: [], name: 'portress-hash', resourceLimits: SMALL_HEAP })
}

/** MiB. A thread handles one short message at a time; left to itself V8 lets each heap grow by dozens of MiB first. */
const SMALL_HEAP = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 32 }

function surrogatesRefused(): AuthError {
  return new AuthError('validation_failed', { fields: { password: [{ code: 'surrogate_characters' }] } })
}
