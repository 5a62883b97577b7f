/** The entry of a hashing thread: one message in, one message out. Loaded by `hashLane` with its Argon2 parameters. */

import { parentPort, workerData } from 'node:worker_threads'
import { loadArgon2Engine } from './formats/argon2-engine.ts'
import type { Argon2Parameters } from './formats/argon2-text.ts'
import { type HashJob, hashEvaluator } from './hash-evaluator.ts'
import type { JobReply } from './job-lane.ts'
import { lowerPriority } from './lower-priority.ts'
import { passwordFormats } from './password-formats.ts'

lowerPriority()
const engine = await loadArgon2Engine(() => import('@node-rs/argon2'))
const now = () => performance.now()
const evaluate = hashEvaluator({
  argon2: workerData as Argon2Parameters,
  engine,
  formats: passwordFormats(engine),
  now,
})

parentPort?.on('message', (job: HashJob) => parentPort?.postMessage(perform(job)))

function perform(job: HashJob): JobReply<string | boolean> {
  const began = now()
  const seconds = () => (now() - began) / 1000
  try {
    return { outcome: 'done', result: evaluate(job), seconds: seconds() }
  } catch (error) {
    return { outcome: 'failed', error, seconds: seconds() }
  }
}
