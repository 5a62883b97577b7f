/** Argon2id with the same parameters and nothing else: one worker thread that hashes synchronously, again and again. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { hashRawSync } from '@node-rs/argon2'
import { answerQuestions } from './answer-questions.ts'
import { usage } from './usage.ts'

/** What `config/resolve-config.ts` fills in; 2 is Argon2id, and 1 its version 19. */
const PARAMETERS = { algorithm: 2, version: 1, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const

function startWorker() {
  const worker = new Worker(new URL(import.meta.url))
  const answers = {
    usage,
    async hash(count: number): Promise<void> {
      worker.postMessage(count)
      await once(worker, 'message')
    },
  }
  answerQuestions(answers)
  return answers
}

export type RawArgon2Answers = ReturnType<typeof startWorker>

function hashWhenAsked(): void {
  parentPort?.on('message', (count: number) => {
    for (let done = 0; done < count; done += 1) {
      hashRawSync('correct horse battery staple', { ...PARAMETERS, salt: randomBytes(22) })
    }
    parentPort?.postMessage(count)
  })
}

if (isMainThread) startWorker()
else hashWhenAsked()
